"""What a query says about one event.

Owner: xquery. Thread: any; the values are frozen.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.xquery.errors import QueryError


class MatchOutcome(enum.Enum):
    """The three answers; an error counts as no match, but it is said."""

    MATCH = "match"
    NO_MATCH = "no match"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class MatchResult:
    """The answer of a query for one event; the last four fields are only set for an error."""

    outcome: MatchOutcome
    code: str = ""
    reason: str = ""
    line: int | None = None
    column: int | None = None

    @property
    def matches(self) -> bool:
        """Whether the event is to be shown: an error is no match."""
        return self.outcome is MatchOutcome.MATCH

    @classmethod
    def of_error(cls, error: QueryError) -> MatchResult:
        """The verdict for an error that was raised while evaluating."""
        return cls(MatchOutcome.ERROR, error.code, error.reason, error.line, error.column)


MATCH = MatchResult(MatchOutcome.MATCH)
NO_MATCH = MatchResult(MatchOutcome.NO_MATCH)
