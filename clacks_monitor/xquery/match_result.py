"""The result of a query for one event.

Owner: xquery. Thread: any; the values are frozen.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from clacks_monitor.xquery.errors import QueryError


class MatchOutcome(enum.Enum):
    """The three outcomes; an error counts as no match, but is reported."""

    MATCH = "match"
    NO_MATCH = "no match"
    ERROR = "error"


NO_REASON: Final = Message.verbatim("")


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The result of a query for one event; the last four fields are only set for an error."""

    outcome: MatchOutcome
    code: str = ""
    reason: Message = NO_REASON
    line: int | None = None
    column: int | None = None

    @property
    def matches(self) -> bool:
        """Whether the event is to be shown: an error does not match."""
        return self.outcome is MatchOutcome.MATCH

    @classmethod
    def of_error(cls, error: QueryError) -> MatchResult:
        """Return the result for an error that was raised while evaluating."""
        return cls(MatchOutcome.ERROR, error.code, error.reason, error.line, error.column)


MATCH = MatchResult(MatchOutcome.MATCH)
NO_MATCH = MatchResult(MatchOutcome.NO_MATCH)
