"""Notices about questions: what was read of files, rows of an answer, and how it ended. Values; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.config import StoredQuestion
    from clacks_monitor.core.files import BrokenFile
    from clacks_monitor.session.questions.ending import Ending
    from clacks_monitor.session.questions.rows import ResultRow


@dataclass(frozen=True, slots=True)
class QuestionsRead:
    """The questions as they are on disk now, and the files that cannot be read.

    ``chosen`` is the identifier of the one that was saved or imported, "" for none; ``problem`` says why something
    that was asked for could not be done, "" where it was.
    """

    shipped: tuple[StoredQuestion, ...]
    own: tuple[StoredQuestion, ...]
    broken: tuple[BrokenFile, ...] = ()
    chosen: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRows:
    """Further rows of the answer to a question, and progress: ``done`` of ``total`` entries are looked through."""

    number: int
    rows: tuple[ResultRow, ...]
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class AnswerEnded:
    """The answer to a question has no more rows; it took so many seconds."""

    number: int
    ending: Ending
    seconds: float


@dataclass(frozen=True, slots=True)
class ResultWritten:
    """A result was written to a file, or not: ``problem`` says why."""

    path: Path
    problem: str = ""


QuestionNotice = QuestionsRead | AnswerRows | AnswerEnded | ResultWritten
