"""Many queries on one event: one parse, and each query evaluated in the cheapest safe way.

Role: (event, properties) -> one match result per query. Owner: the thread that made it; a QuerySet is not shared
between threads, its compiled expressions are its own. Queries that have no fast path go to the guard's worker, or,
without a guard, run here under a deadline that C code can overrun.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser, has_doctype
from clacks_monitor.xquery.document import Document
from clacks_monitor.xquery.fastpath import EventNames, is_inline
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.match_result import MATCH, MatchResult
from clacks_monitor.xquery.matching.batch import evaluate_batch, root_of
from clacks_monitor.xquery.matching.planner import USUAL_DEGREE, Planner, PrefixPlan, QueryPlan, SetPlan

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.xquery.matching.guard.guard import Guard
    from clacks_monitor.xquery.query import Property, Query

__all__ = ["INLINE_BYTES", "QuerySet"]

INLINE_BYTES: Final = 1_000_000
"""Events above this are not even parsed on the caller's thread when there is a guard."""
UNGUARDED: Final = Limits(seconds=2.0)
"""The limits of a query without a guard."""
_ALWAYS_INLINE: Final = 1_400
"""Events below this size (its square is the allowed work) suit every query of degree 2."""
_NOTHING: Final[Mapping[str, Property]] = {}

_Left = tuple[int, list[QueryPlan], bytes, "Mapping[str, Property]"]
_Waiting = tuple[SetPlan, list[int], list[bytes]]
"""Events that are evaluated in one batch: their plan, their places, their roots."""
_Result = tuple[list[MatchResult], list[QueryPlan]]
"""Results so far, and the queries that the general way must answer."""


class QuerySet:
    """Evaluates ``queries`` on events; results come in their order.

    ``guard`` evaluates queries that are not proved to be short; the set does not close it.
    """

    def __init__(self, queries: Sequence[Query], guard: Guard | None = None) -> None:
        self.queries = tuple(queries)
        self._guard = guard
        self._planner = Planner(self.queries)
        self._parser = hardened_parser()

    def evaluate(self, event: Document | bytes, properties: Mapping[str, Property] = _NOTHING) -> list[MatchResult]:
        """Return one result per query; never raises for anything a query or an event does."""
        if isinstance(event, Document):
            body, result = event.body, self._document(event, properties)
        else:
            found = self._quickly(event, None)
            if found is not None:
                return found
            body, result = event, self._one(event, properties, None)
        if result[1] and self._guard is not None:
            return self._guarded([(0, result[1], body, properties)], [result[0]])[0]
        return result[0]

    def evaluate_many(
        self, events: Sequence[tuple[bytes, Mapping[str, Property]]], children: Sequence[str] = ()
    ) -> list[list[MatchResult]]:
        """Return the results for many events, (body, properties) each; the quick way to filter again.

        ``children`` has for each event the name of the one element in its root, as it was found when it was parsed
        first, "" where nothing is known or the body is not like that: many queries are then decided without a parse.
        Events may share their list of results, which must not be changed.
        """
        results: list[list[MatchResult]] = []
        left: list[_Left] = []
        waiting: dict[int, _Waiting] = {}
        plan_for = self._planner.for_body
        for row, ((body, properties), child) in enumerate(zip(events, children or repeat(""), strict=False)):
            known = plan_for(body) if child else None
            if known is None:
                results.append(self._by_itself(row, body, properties, None, left))
            elif known.plan.decided or _joins_batch(known, row, body, waiting):
                results.append(known.plan.results)
            else:
                results.append(self._by_itself(row, body, properties, known.plan, left))
        for plan, rows, bodies in waiting.values():
            for row, matches in zip(rows, evaluate_batch(plan.batch, bodies, self._parser), strict=True):
                if matches is None:
                    results[row] = self._by_itself(row, *events[row], plan, left)
                else:
                    results[row] = plan.results_of(matches)
        return self._guarded(left, results) if left else results

    def _by_itself(
        self, row: int, body: bytes, properties: Mapping[str, Property], plan: SetPlan | None, left: list[_Left]
    ) -> list[MatchResult]:
        found = self._quickly(body, plan)
        if found is not None:
            return found
        results, rest = self._one(body, properties, plan)
        if rest:
            left.append((row, rest, body, properties))
        return results

    # -- one event; ``plan`` is known before the parse, or None

    def _quickly(self, body: bytes, plan: SetPlan | None) -> list[MatchResult] | None:
        """Evaluate usual queries on a small event; None if there are others, or the event is not small.

        ``_one`` handles all cases; this takes half of the time that it adds to parsing.
        """
        chosen = plan or self._planner.default
        if chosen.others or not chosen.usual or len(body) > _ALWAYS_INLINE:
            return None
        try:
            root = etree.fromstring(body, self._parser)
            if plan is None:
                if has_doctype(root):
                    return None
                chosen = self._plan_for(root)
            matches, bit = 0, 1
            for _, xpath in chosen.usual:
                if xpath(root):
                    matches |= bit
                bit <<= 1
        except (etree.LxmlError, ValueError):
            return None
        return chosen.results_of(matches)

    def _one(self, body: bytes, properties: Mapping[str, Property], plan: SetPlan | None) -> _Result:
        default = self._planner.default
        if not self._planner.needs_body:
            return self._rest(None, body, default.results.copy(), properties, default.undecided)
        if len(body) > INLINE_BYTES and self._guard is not None:
            chosen = plan or default
            return chosen.results.copy(), chosen.undecided
        try:
            root = etree.fromstring(body, self._parser)
        except (etree.XMLSyntaxError, ValueError):
            return self._unreadable(Document(body), properties)
        if has_doctype(root):
            return self._unreadable(Document(body), properties)
        return self._parsed(root, body, properties, plan or self._plan_for(root))

    def _document(self, document: Document, properties: Mapping[str, Property]) -> _Result:
        if not self._planner.needs_body:
            default = self._planner.default
            return self._rest(document, b"", default.results.copy(), properties, default.undecided)
        if document.problem is not None:
            return self._unreadable(document, properties)
        root = document.tree.getroot()
        return self._parsed(root, document.body, properties, self._plan_for(root), document)

    def _plan_for(self, root: etree._Element) -> SetPlan:
        """Choose by the names in a parsed event, where that is faster."""
        if not self._planner.looks_at_names or len(root) != 1:
            return self._planner.default
        tag = root[0].tag
        return (
            self._planner.for_names(EventNames(str(root.tag), tag)) if isinstance(tag, str) else self._planner.default
        )

    def _parsed(
        self,
        root: etree._Element,
        body: bytes,
        properties: Mapping[str, Property],
        plan: SetPlan,
        document: Document | None = None,
    ) -> _Result:
        results = plan.results.copy()
        if len(body) > _ALWAYS_INLINE or not body:
            document = document or _document_of(root, body)
            if self._guard is not None and not is_inline(document, USUAL_DEGREE):
                # Large: the degree of each query decides.
                return self._rest(document, body, results, properties, plan.undecided)
        try:
            for index, xpath in plan.usual:
                if xpath(root):
                    results[index] = MATCH
        except etree.XPathError:  # libxml2's own limits
            return self._rest(document or _document_of(root, body), body, results, properties, plan.undecided)
        if not plan.others:
            return results, []
        return self._rest(document or _document_of(root, body), body, results, properties, plan.others)

    def _rest(
        self,
        document: Document | None,
        body: bytes,
        results: list[MatchResult],
        properties: Mapping[str, Property],
        queries: list[QueryPlan],
    ) -> _Result:
        """Evaluate the queries that need more than the parsed event."""
        document = document or Document(body)
        left: list[QueryPlan] = []
        for query in queries:
            result = self._fast_result(query, document, properties)
            if result is None and self._guard is None:
                result = query.query.matches(document, properties, UNGUARDED)
            if result is None:
                left.append(query)
            else:
                results[query.index] = result
        return results, left

    def _fast_result(
        self, query: QueryPlan, document: Document, properties: Mapping[str, Property]
    ) -> MatchResult | None:
        if query.fast is None:
            return None
        guarded = self._guard is not None and query.needs_body
        if guarded and not is_inline(document, query.fast.degree, query.fast.reads):
            return None
        return query.fast.matches(document, properties, query.xpath)

    def _unreadable(self, document: Document, properties: Mapping[str, Property]) -> _Result:
        """Return an error for every query that reads the event: it has no tree."""
        results = self._planner.default.results.copy()
        rest: list[QueryPlan] = []
        for query in self._planner.queries:
            if query.needs_body:
                results[query.index] = query.query.matches(document, properties, UNGUARDED)
            else:
                rest.append(query)
        return self._rest(document, document.body, results, properties, rest)

    def _guarded(self, left: list[_Left], results: list[list[MatchResult]]) -> list[list[MatchResult]]:
        """Let the worker evaluate the remaining queries, for all events in one request."""
        if self._guard is None:
            return results
        jobs = [([query.query for query in queries], body, props) for _, queries, body, props in left]
        for (row, queries, _, _), found in zip(left, self._guard.evaluate_many(jobs), strict=True):
            for query, result in zip(queries, found, strict=True):
                results[row][query.index] = result
        return results


def _joins_batch(known: PrefixPlan, row: int, body: bytes, waiting: dict[int, _Waiting]) -> bool:
    """Add an event to the batch with the same plan; return whether it can be."""
    plan = known.plan
    if not plan.batch or len(body) > _ALWAYS_INLINE:
        return False
    root = root_of(body, known.prefix)
    if root is None:
        return False
    _, rows, bodies = waiting.setdefault(id(plan), (plan, [], []))
    rows.append(row)
    bodies.append(root)
    return True


def _document_of(root: etree._Element, body: bytes) -> Document:
    """Make a document that is not parsed again, and that still knows its bytes."""
    document = Document.of_tree(root)
    document.body = body
    return document
