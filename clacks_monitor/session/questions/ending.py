"""How the answer to a question ended: complete, or by which bound, and what there is of it. Values; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.errors import TOO_DEEP, TOO_LARGE, TOO_SLOW

if TYPE_CHECKING:
    from clacks_monitor.core.confined import ChildGoneError


class EndKind(StrEnum):
    """Why an answer has no more rows."""

    COMPLETE = "complete"
    CANCELLED = "cancelled"
    TIME = "time"
    MEMORY = "memory"
    ROWS = "rows"
    ERROR = "error"
    STORE = "store"
    KILLED = "killed"


@dataclass(frozen=True, slots=True)
class Ending:
    """``message`` says what happened and what to do, "" where the answer is complete.

    For an error of the query: its W3C ``code``, ``line`` and ``column``.
    """

    kind: EndKind
    message: str = ""
    code: str = ""
    line: int | None = None
    column: int | None = None

    @property
    def complete(self) -> bool:
        """Whether the rows are the whole answer."""
        return self.kind is EndKind.COMPLETE


COMPLETE = Ending(EndKind.COMPLETE)
CANCELLED = Ending(EndKind.CANCELLED, Message("The question was cancelled: the rows so far are not the whole answer."))

GONE = Ending(
    EndKind.KILLED,
    Message(
        "A worker process was ended by the system, perhaps for lack of memory:"
        " the rows so far are not the whole answer."
    ),
)

KILLED_BY_ERROR = Ending(
    EndKind.KILLED, Message("An internal error ended the question: the rows so far are not the whole answer.")
)


class EndedError(Exception):
    """The answer has ended; ``how`` says by what."""

    def __init__(self, how: Ending) -> None:
        super().__init__(how.message)
        self.how = how


def too_many_rows(limit: int) -> Ending:
    """Return the ending for a result of too many rows."""
    return Ending(
        EndKind.ROWS,
        Message("The result has more than {0} rows: the first of them are shown. Ask for less, or count.", limit),
    )


def too_much_text() -> Ending:
    """Return the ending for a result of too much text."""
    return Ending(
        EndKind.ROWS, Message("The result has too much text: the first rows are shown. Ask for less of each event.")
    )


def unreadable(text: str) -> Ending:
    """Return the ending for a store that cannot be read."""
    return Ending(EndKind.STORE, text)


def of_error(code: str, reason: str, line: int | None, column: int | None) -> Ending:
    """Return the ending for an error of the query, or a bound that the worker noticed itself."""
    if code == TOO_SLOW:
        return too_slow()
    if code in {TOO_LARGE, TOO_DEEP}:
        return Ending(
            EndKind.MEMORY,
            Message("The question was stopped, and the rows so far are not the whole answer: {0}", reason),
            code,
            line,
            column,
        )
    return Ending(EndKind.ERROR, reason, code, line, column)


def of_child(error: ChildGoneError) -> Ending:
    """Return the ending for a worker process that is gone."""
    if error.closed:
        return CANCELLED
    if error.killed:
        return GONE
    if error.slow:
        return too_slow()
    return Ending(
        EndKind.MEMORY,
        Message("The question needs more memory than a worker may have: the rows so far are not the whole answer."),
    )


def too_slow() -> Ending:
    """Return the ending for a question that takes too long."""
    return Ending(
        EndKind.TIME,
        Message(
            "The question takes too long and was stopped: the rows so far are not the whole answer. Ask about a shorter"
            " time or one type of events."
        ),
        TOO_SLOW,
    )
