"""Many queries on one event: one parse, one context, and each query the cheapest safe way.

Role: (event, properties) -> one verdict per query. Owner: the thread that made it; a QuerySet is
not shared between threads, its compiled expressions are its own. Queries that have no fast path go
to the guard's worker, or, without a guard, run here under a deadline that C code can overrun.
"""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.xquery.document import Document
from clacks_monitor.xquery.fastpath import Shape, is_inline
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.match_result import MATCH, MatchResult
from clacks_monitor.xquery.matching.batch import ask, bare
from clacks_monitor.xquery.matching.planner import USUAL_DEGREE, Asked, Known, Plan, Plans

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.xquery.matching.guard.guard import Guard
    from clacks_monitor.xquery.query import Property, Query

__all__ = ["INLINE_BYTES", "QuerySet"]

INLINE_BYTES: Final = 1_000_000
"""Events above this are not even parsed on the caller's thread when there is a guard."""
UNGUARDED: Final = Limits(seconds=2.0)
"""What a query may use when there is no guard."""
_ALWAYS_INLINE: Final = 1_400
"""Events below this size (its square is the allowed work) suit every query of degree 2."""
_NOTHING: Final[Mapping[str, Property]] = {}

_Left = tuple[int, list[Plan], bytes, "Mapping[str, Property]"]
_Waiting = tuple[Asked, list[int], list[bytes]]
"""Events that are asked the same together: their places, their roots."""
_Result = tuple[list[MatchResult], list[Plan]]
"""Verdicts so far, and the plans that the general way must answer."""


class QuerySet:
    """Evaluates `queries` together; verdicts come in their order.

    `guard` takes what is not proved to be short; the set does not close it.
    """

    def __init__(self, queries: Sequence[Query], guard: Guard | None = None) -> None:
        self.queries = tuple(queries)
        self._guard = guard
        self._plans = Plans(self.queries)
        self._parser = hardened_parser()

    def evaluate(self, event: Document | bytes, properties: Mapping[str, Property] = _NOTHING) -> list[MatchResult]:
        """Give one verdict per query; never raises for anything a query or an event does."""
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
        """Give the verdicts for many events, (body, properties) each; the quick way to refilter.

        `children` has for each event the name of the one element in its root, as whoever parsed it has found it, ""
        where nothing is known or the body is not like that: many a query is then decided without a parse. Events may
        share their list of verdicts; nobody may change one.
        """
        results: list[list[MatchResult]] = []
        left: list[_Left] = []
        waiting: dict[int, _Waiting] = {}
        known_of = self._plans.for_known
        for row, ((body, properties), child) in enumerate(zip(events, children or repeat(""), strict=False)):
            known = known_of(body) if child else None
            if known is None:
                results.append(self._by_itself(row, body, properties, None, left))
            elif known.asked.decided or _waits(known, row, body, waiting):
                results.append(known.asked.verdicts)
            else:
                results.append(self._by_itself(row, body, properties, known.asked, left))
        for asked, rows, bodies in waiting.values():
            for row, matches in zip(rows, ask(asked.together, bodies, self._parser), strict=True):
                if matches is None:
                    results[row] = self._by_itself(row, *events[row], asked, left)
                else:
                    results[row] = asked.row(matches)
        return self._guarded(left, results) if left else results

    def _by_itself(
        self, row: int, body: bytes, properties: Mapping[str, Property], asked: Asked | None, left: list[_Left]
    ) -> list[MatchResult]:
        found = self._quickly(body, asked)
        if found is not None:
            return found
        verdicts, rest = self._one(body, properties, asked)
        if rest:
            left.append((row, rest, body, properties))
        return verdicts

    # -- one event; `asked` is what is to be asked where that is known before the parse

    def _quickly(self, body: bytes, asked: Asked | None) -> list[MatchResult] | None:
        """Take the shortest way there is: small events, usual queries only; None if it is not so.

        `_one` does the same with all cases; this saves it half of what it adds to the parse.
        """
        asks = asked or self._plans.anything
        if asks.others or not asks.quick or len(body) > _ALWAYS_INLINE:
            return None
        try:
            root = etree.fromstring(body, self._parser)
            if asked is None:
                if root.getroottree().docinfo.internalDTD is not None:
                    return None
                asks = self._asked_of(root)
            matches, bit = 0, 1
            for _, xpath in asks.quick:
                if xpath(root):
                    matches |= bit
                bit <<= 1
        except (etree.LxmlError, ValueError):
            return None
        return asks.row(matches)

    def _one(self, body: bytes, properties: Mapping[str, Property], asked: Asked | None) -> _Result:
        anything = self._plans.anything
        if not self._plans.needs_body:
            return self._rest(None, body, anything.verdicts.copy(), properties, anything.plans)
        if len(body) > INLINE_BYTES and self._guard is not None:
            asks = asked or anything
            return asks.verdicts.copy(), asks.plans
        try:
            root = etree.fromstring(body, self._parser)
        except (etree.XMLSyntaxError, ValueError):
            return self._unreadable(Document(body), properties)
        if root.getroottree().docinfo.internalDTD is not None:
            return self._unreadable(Document(body), properties)
        return self._parsed(root, body, properties, asked or self._asked_of(root))

    def _document(self, document: Document, properties: Mapping[str, Property]) -> _Result:
        if not self._plans.needs_body:
            anything = self._plans.anything
            return self._rest(document, b"", anything.verdicts.copy(), properties, anything.plans)
        if document.problem is not None:
            return self._unreadable(document, properties)
        root = document.tree.getroot()
        return self._parsed(root, document.body, properties, self._asked_of(root), document)

    def _asked_of(self, root: etree._Element) -> Asked:
        """Choose by the names in a parsed event, where that pays."""
        if not self._plans.looks_at_shape or len(root) != 1:
            return self._plans.anything
        tag = root[0].tag
        return self._plans.for_shape(Shape(str(root.tag), tag)) if isinstance(tag, str) else self._plans.anything

    def _parsed(
        self,
        root: etree._Element,
        body: bytes,
        properties: Mapping[str, Property],
        asked: Asked,
        document: Document | None = None,
    ) -> _Result:
        verdicts = asked.verdicts.copy()
        if len(body) > _ALWAYS_INLINE or not body:
            document = document or _document_of(root, body)
            if self._guard is not None and not is_inline(document, USUAL_DEGREE):
                # Large: the shape of each query decides.
                return self._rest(document, body, verdicts, properties, asked.plans)
        try:
            for index, xpath in asked.quick:
                if xpath(root):
                    verdicts[index] = MATCH
        except etree.XPathError:  # libxml2's own limits
            return self._rest(document or _document_of(root, body), body, verdicts, properties, asked.plans)
        if not asked.others:
            return verdicts, []
        return self._rest(document or _document_of(root, body), body, verdicts, properties, asked.others)

    def _rest(
        self,
        document: Document | None,
        body: bytes,
        verdicts: list[MatchResult],
        properties: Mapping[str, Property],
        plans: list[Plan],
    ) -> _Result:
        """Answer the queries that need more than a look at the tree."""
        document = document or Document(body)
        left: list[Plan] = []
        for plan in plans:
            verdict = self._fast_verdict(plan, document, properties)
            if verdict is None and self._guard is None:
                verdict = plan.query.matches(document, properties, UNGUARDED)
            if verdict is None:
                left.append(plan)
            else:
                verdicts[plan.index] = verdict
        return verdicts, left

    def _fast_verdict(self, plan: Plan, document: Document, properties: Mapping[str, Property]) -> MatchResult | None:
        if plan.fast is None:
            return None
        guarded = self._guard is not None and plan.needs_body
        if guarded and not is_inline(document, plan.fast.degree, plan.fast.reads):
            return None
        return plan.fast.verdict(document, properties, plan.xpath)

    def _unreadable(self, document: Document, properties: Mapping[str, Property]) -> _Result:
        """No tree: an error for every query that looks at the event, before it does anything."""
        verdicts = self._plans.anything.verdicts.copy()
        rest: list[Plan] = []
        for plan in self._plans.all:
            if plan.needs_body:
                verdicts[plan.index] = plan.query.matches(document, properties, UNGUARDED)
            else:
                rest.append(plan)
        return self._rest(document, document.body, verdicts, properties, rest)

    def _guarded(self, left: list[_Left], results: list[list[MatchResult]]) -> list[list[MatchResult]]:
        """Have the worker answer what is left, for all events in one go."""
        if self._guard is None:
            return results
        jobs = [([plan.query for plan in plans], body, props) for _, plans, body, props in left]
        for (row, plans, _, _), found in zip(left, self._guard.evaluate_many(jobs), strict=True):
            for plan, verdict in zip(plans, found, strict=True):
                results[row][plan.index] = verdict
        return results


def _waits(known: Known, row: int, body: bytes, waiting: dict[int, _Waiting]) -> bool:
    """Put an event to those that are asked the same together; return whether it can be."""
    asked = known.asked
    if not asked.together or len(body) > _ALWAYS_INLINE:
        return False
    root = bare(body, known.head)
    if root is None:
        return False
    _, rows, bodies = waiting.setdefault(id(asked), (asked, [], []))
    rows.append(row)
    bodies.append(root)
    return True


def _document_of(root: etree._Element, body: bytes) -> Document:
    """Make a document that is not parsed again, and that still knows its bytes."""
    document = Document.of_tree(root)
    document.body = body
    return document
