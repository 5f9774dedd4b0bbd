"""Tests of a profile's query: sample events with the verdict that is expected of each. Pure; any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop
from clacks_monitor.core.profile import Expected
from clacks_monitor.session.view.compiled_queries import found
from clacks_monitor.xquery import Guard, MatchOutcome, MatchResult, QueryError, QuerySet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.profile import Sample

_VERDICTS = {
    MatchOutcome.MATCH: Expected.MATCH,
    MatchOutcome.NO_MATCH: Expected.NO_MATCH,
    MatchOutcome.ERROR: Expected.ERROR,
}


@dataclass(frozen=True, slots=True)
class Tried:
    """What a query says about a sample. ``reason``, line and column (from 1, 0 where unknown) are of an error."""

    expected: Expected
    found: Expected
    reason: str = ""
    line: int = 0
    column: int = 0

    @property
    def good(self) -> bool:
        """Whether the query says what is expected."""
        return self.expected is self.found


def try_samples(query: str, samples: Sequence[Sample], stop: Stop | None = None) -> list[Tried]:
    """Ask a query about each sample until ``stop``; where it cannot be read, each has the error of reading it."""
    compiled = found(query if query.strip() else "true()")
    if isinstance(compiled, QueryError):
        verdict = MatchResult.of_error(compiled)
        return [_tried(sample, verdict) for sample in samples]
    with Guard() as guard, (stop or Stop()).calling(guard.kill):
        verdicts = QuerySet([compiled], guard=guard).evaluate_many([(s.body, s.properties) for s in samples])
    return [_tried(sample, verdict[0]) for sample, verdict in zip(samples, verdicts, strict=True)]


def _tried(sample: Sample, verdict: MatchResult) -> Tried:
    found = _VERDICTS[verdict.outcome]
    return Tried(sample.expected, found, verdict.reason, verdict.line or 0, verdict.column or 0)
