"""Runs the filter tests of a profile: events with the result that its query is expected to have. Any thread."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop
from clacks_monitor.core.profile import Expected
from clacks_monitor.session.view.compiled_queries import found
from clacks_monitor.xquery import Guard, MatchOutcome, MatchResult, QueryError, QuerySet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.profile import FilterTest

_FOUND = {
    MatchOutcome.MATCH: Expected.MATCH,
    MatchOutcome.NO_MATCH: Expected.NO_MATCH,
    MatchOutcome.ERROR: Expected.ERROR,
}


@dataclass(frozen=True, slots=True)
class FilterTestResult:
    """What a test expects and what was found; an error has a ``reason``, line and column (from 1, 0 if unknown)."""

    expected: Expected
    found: Expected
    reason: str = ""
    line: int = 0
    column: int = 0

    @property
    def good(self) -> bool:
        """Whether the test has passed."""
        return self.expected is self.found


def run_filter_tests(query: str, tests: Sequence[FilterTest], stop: Stop | None = None) -> list[FilterTestResult]:
    """Run each test until ``stop``; all have the error of a query that does not compile."""
    compiled = found(query if query.strip() else "true()")
    if isinstance(compiled, QueryError):
        error = MatchResult.of_error(compiled)
        return [_result(test, error) for test in tests]
    with Guard() as guard, (stop or Stop()).calling(guard.kill):
        answers = QuerySet([compiled], guard=guard).evaluate_many([(test.body, test.properties) for test in tests])
    return [_result(test, results[0]) for test, results in zip(tests, answers, strict=True)]


def _result(test: FilterTest, result: MatchResult) -> FilterTestResult:
    found = _FOUND[result.outcome]
    return FilterTestResult(test.expected, found, result.reason, result.line or 0, result.column or 0)
