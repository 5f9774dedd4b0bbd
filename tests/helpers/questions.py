"""Asking a store in tests: the whole answer at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clacks_monitor.app import load_ports
from clacks_monitor.session.questions import (
    EVERYTHING,
    AnswerPart,
    Asking,
    Ending,
    EventSelection,
    QuestionLimits,
    Request,
    ResultForm,
    ResultRow,
    StoreLocation,
    compile_question,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

FULL = QuestionLimits()


@dataclass(frozen=True)
class Answer:
    """What came of a question."""

    rows: list[ResultRow]
    ending: Ending
    progress: list[AnswerPart]

    @property
    def values(self) -> list[dict[str, Any]]:
        """The rows as dictionaries."""
        return [dict(row.values) for row in self.rows]

    @property
    def items(self) -> list[Any]:
        """The rows of which each is one value."""
        return [next(iter(row.values.values())) for row in self.rows]


def location_of(address: object) -> StoreLocation:
    """Return how a worker opens a store."""
    return load_ports().location(str(address))


def ask(
    address: object,
    text: str,
    *,
    selection: EventSelection = EVERYTHING,
    parameters: Mapping[str, str] | None = None,
    form: ResultForm = ResultForm.ROWS,
    limits: QuestionLimits = FULL,
) -> Answer:
    """Ask, and wait for the whole answer."""
    asking = Asking(location_of(address), Request(compile_question(text), selection, parameters or {}, form, limits))
    progress = list(asking.run())
    assert asking.ending is not None
    return Answer([row for one in progress for row in one.rows], asking.ending, progress)
