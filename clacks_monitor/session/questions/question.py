"""A question: a query whose default collection is a store, compiled in order to find its errors early.

Owner: the caller. Thread: any; a Question never changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clacks_monitor.session.questions.functions import ENVIRONMENT
from clacks_monitor.session.questions.rows import ResultForm
from clacks_monitor.session.questions.stored_events import EVERYTHING, EventSelection
from clacks_monitor.xquery.query import compile_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.xquery.engine import Parameter

TIMES = ("from", "to")
"""External variables that every question has: the time that it is about."""


@dataclass(frozen=True, slots=True)
class Question:
    """A text that compiles. ``parameters`` are its external variables, without $from and $to."""

    text: str
    parameters: tuple[Parameter, ...]


def compile_question(text: str) -> Question:
    """Compile a question; raises QueryError with code, reason, line and column."""
    query = compile_query(text, environment=ENVIRONMENT)
    return Question(text, tuple(one for one in query.parameters if one.name not in TIMES))


@dataclass(frozen=True, slots=True)
class QuestionLimits:
    """How much a question may take.

    ``seconds`` of each worker process, ``rows`` and their ``characters`` in the result, ``workers`` (0: one for each
    processor). A worker's memory is bounded too.
    """

    seconds: float = 600.0
    rows: int = 1_000_000
    characters: int = 200_000_000
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the question, the events that it is about, values of its parameters, and the form of the result.

    Without a ``selection`` in time, $from and $to are the times of the store's first and last entry.
    """

    question: Question
    selection: EventSelection = EVERYTHING
    parameters: Mapping[str, str] = field(default_factory=dict)
    form: ResultForm = ResultForm.ROWS
    limits: QuestionLimits = QuestionLimits()
