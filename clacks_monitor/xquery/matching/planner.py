"""How the queries of a set are evaluated: which of them an event's names decide, and how the others are asked.

Role: (queries, names) -> plan. Owner: a QuerySet, and so one thread: compiled expressions are its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.fastpath import USUAL_READS, EventNames, FastQuery
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchResult
from clacks_monitor.xquery.matching.event_names import MAX_PREFIX, EventPrefix, prefix_of, read_prefix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from clacks_monitor.xquery.query import Query

USUAL_DEGREE: Final = 2
MANY: Final = 3
"""From this number of queries on, looking at the names in a parsed event first is faster."""
_MAX_PLANS: Final = 1_000
_MAX_RESULTS: Final = 1_000


class QueryPlan:
    """How one query of a set is evaluated."""

    __slots__ = ("_event_names", "fast", "index", "needs_body", "query", "xpath")

    def __init__(self, index: int, query: Query) -> None:
        self.index = index
        self.query = query
        self.fast = query.fast
        self.xpath = self.fast.compiled() if self.fast else None
        self.needs_body = query.requirements.body
        # A property that is missing is an error for any event, so it must be evaluated.
        self._event_names = None if query.requirements.externals else query.requirements.event_names

    @property
    def is_usual(self) -> bool:
        """Whether it reads nothing but the event, on the fast path and at most in quadratic time."""
        return self.fast is not None and self.fast.is_plain and self.needs_body and _is_usual(self.fast)

    def precheck(self, names: EventNames) -> MatchResult | None:
        """Return the result for every event with these names, None when they differ."""
        if self._event_names is not None and names.child.rpartition("}")[2] not in self._event_names:
            return NO_MATCH
        found = self.fast.precheck(names) if self.fast is not None and self.needs_body else None
        return None if found is None else MATCH if found else NO_MATCH


def _is_usual(fast: FastQuery) -> bool:
    return fast.degree <= USUAL_DEGREE and fast.reads <= USUAL_READS


@dataclass(frozen=True, slots=True)
class SetPlan:
    """How the queries of a set are evaluated on events with the same names.

    ``results`` has those that the names decide, ``usual`` the usual queries that they do not, by their places;
    ``others`` needs more than a parsed event; ``undecided`` is both, and ``decided`` says that there is none.
    ``batch`` has the usual queries as they are evaluated on many events in one document, empty where one cannot be.
    """

    results: list[MatchResult]
    usual: list[tuple[int, etree.XPath]]
    others: list[QueryPlan]
    undecided: list[QueryPlan]
    decided: bool
    batch: list[etree.XPath]
    _rows: dict[int, list[MatchResult]] = field(default_factory=dict)

    def results_of(self, matches: int) -> list[MatchResult]:
        """Return the results when those of the usual queries match whose bits, by place in ``usual``, are set.

        The same list each time: few patterns come again and again, and the caller may remember what they mean.
        """
        found = self._rows.get(matches)
        if found is None:
            if len(self._rows) >= _MAX_RESULTS:
                self._rows.clear()
            found = self._rows[matches] = self.results.copy()
            for bit, (index, _) in enumerate(self.usual):
                if matches >> bit & 1:
                    found[index] = MATCH
        return found


@dataclass(frozen=True, slots=True)
class PrefixPlan:
    """The plan for events that begin with the same prefix."""

    plan: SetPlan
    prefix: EventPrefix


class Planner:
    """The queries of a set, and the plans for the names that were met last."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self.queries = [QueryPlan(index, query) for index, query in enumerate(queries)]
        self.needs_body = any(query.needs_body for query in self.queries)
        self.default = self._plan(None)
        """The plan for an event of which nothing is known."""
        self.looks_at_names = len(self.default.usual) >= MANY or any(not query.fast for query in self.queries)
        self._by_names: dict[EventNames, SetPlan] = {}
        self._by_prefix: dict[bytes, PrefixPlan | None] = {}

    def for_names(self, names: EventNames) -> SetPlan:
        """Return the plan for an event whose root holds nothing but one element."""
        found = self._by_names.get(names)
        if found is None:
            if len(self._by_names) >= _MAX_PLANS:
                self._by_names.clear()
            found = self._by_names[names] = self._plan(names)
        return found

    def for_body(self, body: bytes) -> PrefixPlan | None:
        """Return the plan for a body that is known to be well-formed, with one element in its root.

        None when its prefix does not prove its names.
        """
        prefix = prefix_of(body)
        found = self._by_prefix.get(prefix)
        return self._read(prefix) if found is None and prefix not in self._by_prefix else found

    def _read(self, prefix: bytes) -> PrefixPlan | None:
        read = read_prefix(prefix)
        found = None if read is None else PrefixPlan(self.for_names(read.names), read)
        if len(prefix) <= MAX_PREFIX:
            if len(self._by_prefix) >= _MAX_PLANS:
                self._by_prefix.clear()
            self._by_prefix[prefix] = found
        return found

    def _plan(self, names: EventNames | None) -> SetPlan:
        results: list[MatchResult] = [NO_MATCH] * len(self.queries)
        undecided: list[QueryPlan] = []
        for query in self.queries:
            result = None if names is None else query.precheck(names)
            if result is None:
                undecided.append(query)
            else:
                results[query.index] = result
        usual = [(query.index, query.xpath) for query in undecided if query.is_usual and query.xpath is not None]
        others = [query for query in undecided if not query.is_usual]
        batch = [] if others or names is None else _for_batch(undecided)
        return SetPlan(results, usual, others, undecided, not undecided, batch)


def _for_batch(queries: Sequence[QueryPlan]) -> list[etree.XPath]:
    compiled = [query.fast.compiled_within() for query in queries if query.fast is not None]
    found = [xpath for xpath in compiled if xpath is not None]
    return found if len(found) == len(queries) else []
