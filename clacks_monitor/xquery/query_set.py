"""Many queries on one event: one parse, one context, and each query the cheapest safe way.

Role: (event, properties) -> one verdict per query. Owner: the thread that made it; a QuerySet is
not shared between threads, its compiled expressions are its own. Queries that have no fast path go
to the guard's worker, or, without a guard, run here under a deadline that C code can overrun.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from clacks_monitor.xquery.document import Document, new_parser
from clacks_monitor.xquery.fastpath import USUAL_READS, FastPath, is_inline
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.verdict import MATCH, NO_MATCH, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.xquery.guard.guard import Guard
    from clacks_monitor.xquery.query import Property, Query

__all__ = ["INLINE_BYTES", "QuerySet"]

INLINE_BYTES: Final = 1_000_000
"""Events above this are not even parsed on the caller's thread when there is a guard."""
UNGUARDED: Final = Limits(seconds=2.0)
"""What a query may use when there is no guard."""
_USUAL_DEGREE: Final = 2
_ALWAYS_INLINE: Final = 1_400
"""Events below this size (its square is the allowed work) suit every query of degree 2."""
_NOTHING: Final[Mapping[str, Property]] = {}


_MANY: Final = 3
"""From this number of queries on it pays to look at an event's type first."""
_MAX_TYPES: Final = 1_000


class _Plan:
    """How one query of a set is asked."""

    __slots__ = ("event_names", "fast", "index", "needs_body", "query", "xpath")

    def __init__(self, index: int, query: Query) -> None:
        self.index = index
        self.query = query
        self.fast = query.fast
        self.xpath = self.fast.compiled() if self.fast else None
        self.needs_body = query.needs.body
        # A property that is missing is an error whatever the event is, so it must be asked for.
        self.event_names = None if query.needs.externals else query.needs.event_names

    def may_match(self, tag: str) -> bool:
        """Whether an event whose root has this one child, `{namespace}name`, can match at all."""
        return self.event_names is None or tag.rpartition("}")[2] in self.event_names


_Left = tuple[int, list[_Plan], bytes, "Mapping[str, Property]"]
_Quick = tuple[int, etree.XPath]
_Result = tuple[list[Verdict], list[_Plan]]
"""Verdicts so far, and the plans that the general way must answer."""


class QuerySet:
    """Evaluates `queries` together; verdicts come in their order.

    `guard` takes what is not proved to be short; the set does not close it.
    """

    def __init__(self, queries: Sequence[Query], guard: Guard | None = None) -> None:
        self.queries = tuple(queries)
        self._guard = guard
        self._plans = [_Plan(i, query) for i, query in enumerate(self.queries)]
        self._no_matches = [NO_MATCH] * len(self._plans)
        self._needs_body = any(plan.needs_body for plan in self._plans)
        self._parser = new_parser()
        # The usual queries: an event is looked at, no variables, at most quadratic.
        self._usual = [
            plan
            for plan in self._plans
            if plan.fast and plan.fast.is_plain and plan.needs_body and _is_usual(plan.fast)
        ]
        self._others = [plan for plan in self._plans if plan not in self._usual]
        self._all_quick = _quick(self._usual)
        self._quick_by_type: dict[str, list[_Quick]] = {}
        self._only_usual = not self._others and bool(self._usual)
        self._by_type = len(self._usual) >= _MANY or any(not p.fast for p in self._others)

    def evaluate(self, event: Document | bytes, properties: Mapping[str, Property] = _NOTHING) -> list[Verdict]:
        """Give one verdict per query; never raises for anything a query or an event does."""
        if isinstance(event, Document):
            body, result = event.body, self._document(event, properties)
        else:
            found = self._quickly(event)
            if found is not None:
                return found
            body, result = event, self._one(event, properties)
        if result[1] and self._guard is not None:
            return self._guarded([(0, result[1], body, properties)], [result[0]])[0]
        return result[0]

    def evaluate_many(self, events: Sequence[tuple[bytes, Mapping[str, Property]]]) -> list[list[Verdict]]:
        """Give the verdicts for many events, (body, properties) each; the quick way to refilter."""
        results: list[list[Verdict]] = []
        left: list[_Left] = []
        quickly, one = self._quickly, self._one
        for body, properties in events:
            found = quickly(body)
            if found is not None:
                results.append(found)
                continue
            verdicts, rest = one(body, properties)
            if rest:
                left.append((len(results), rest, body, properties))
            results.append(verdicts)
        return self._guarded(left, results) if left else results

    # -- one event

    def _quickly(self, body: bytes) -> list[Verdict] | None:
        """Take the shortest way there is: small events, usual queries only; None if it is not so.

        `_one` does the same with all cases; this saves it half of what it adds to the parse.
        """
        if not self._only_usual or len(body) > _ALWAYS_INLINE:
            return None
        try:
            root = etree.fromstring(body, self._parser)
            if root.getroottree().docinfo.internalDTD is not None:
                return None
            if not self._by_type:
                return [MATCH if xpath(root) else NO_MATCH for _, xpath in self._all_quick]
            tag = root[0].tag if len(root) == 1 else None
            verdicts = self._no_matches.copy()
            for index, xpath in self._quick_of(tag):
                if xpath(root):
                    verdicts[index] = MATCH
        except (etree.LxmlError, ValueError):
            return None
        return verdicts

    def _one(self, body: bytes, properties: Mapping[str, Property]) -> _Result:
        if not self._needs_body:
            return self._rest(None, body, self._no_matches.copy(), properties)
        if len(body) > INLINE_BYTES and self._guard is not None:
            return self._no_matches.copy(), self._plans
        try:
            root = etree.fromstring(body, self._parser)
        except (etree.XMLSyntaxError, ValueError):
            return self._unreadable(Document(body), properties)
        if root.getroottree().docinfo.internalDTD is not None:
            return self._unreadable(Document(body), properties)
        return self._parsed(root, body, properties)

    def _document(self, document: Document, properties: Mapping[str, Property]) -> _Result:
        if not self._needs_body:
            return self._rest(document, b"", self._no_matches.copy(), properties)
        if document.problem is not None:
            return self._unreadable(document, properties)
        return self._parsed(document.tree.getroot(), document.body, properties, document)

    def _parsed(
        self,
        root: etree._Element,
        body: bytes,
        properties: Mapping[str, Property],
        document: Document | None = None,
    ) -> _Result:
        verdicts = self._no_matches.copy()
        tag = root[0].tag if self._by_type and len(root) == 1 else None
        if len(body) > _ALWAYS_INLINE or not body:
            document = document or _document_of(root, body)
            if self._guard is not None and not is_inline(document, _USUAL_DEGREE):
                return self._heavy(document, tag, verdicts, properties)
        try:
            for index, xpath in self._quick_of(tag):
                if xpath(root):
                    verdicts[index] = MATCH
        except etree.XPathError:  # libxml2's own limits
            return self._heavy(document or _document_of(root, body), tag, verdicts, properties)
        if not self._others:
            return verdicts, []
        return self._rest(document or _document_of(root, body), body, verdicts, properties, tag)

    def _quick_of(self, tag: object) -> list[_Quick]:
        """Choose the usual queries that an event can match whose root has this one child."""
        if not isinstance(tag, str):  # several children, or a comment
            return self._all_quick
        found = self._quick_by_type.get(tag)
        if found is None:
            if len(self._quick_by_type) >= _MAX_TYPES:
                self._quick_by_type.clear()
            found = _quick([plan for plan in self._usual if plan.may_match(tag)])
            self._quick_by_type[tag] = found
        return found

    def _heavy(
        self, document: Document, tag: object, verdicts: list[Verdict], props: Mapping[str, Property]
    ) -> _Result:
        """Ask one by one: large events, where the shape of each query decides."""
        return self._rest(document, document.body, verdicts, props, tag, self._plans)

    def _rest(
        self,
        document: Document | None,
        body: bytes,
        verdicts: list[Verdict],
        properties: Mapping[str, Property],
        tag: object = None,
        plans: list[_Plan] | None = None,
    ) -> _Result:
        """Answer the queries that need more than a look at the tree."""
        document = document or Document(body)
        left: list[_Plan] = []
        for plan in self._others if plans is None else plans:
            if isinstance(tag, str) and not plan.may_match(tag):
                continue
            verdict = self._fast_verdict(plan, document, properties)
            if verdict is None and self._guard is None:
                verdict = plan.query.matches(document, properties, UNGUARDED)
            if verdict is None:
                left.append(plan)
            else:
                verdicts[plan.index] = verdict
        return verdicts, left

    def _fast_verdict(self, plan: _Plan, document: Document, properties: Mapping[str, Property]) -> Verdict | None:
        if plan.fast is None:
            return None
        guarded = self._guard is not None and plan.needs_body
        if guarded and not is_inline(document, plan.fast.degree, plan.fast.reads):
            return None
        return plan.fast.verdict(document, properties, plan.xpath)

    def _unreadable(self, document: Document, properties: Mapping[str, Property]) -> _Result:
        """No tree: an error for every query that looks at the event, before it does anything."""
        verdicts = self._no_matches.copy()
        for plan in self._plans:
            if plan.needs_body:
                verdicts[plan.index] = plan.query.matches(document, properties, UNGUARDED)
        rest = [plan for plan in self._plans if not plan.needs_body]
        return self._rest(document, document.body, verdicts, properties, plans=rest)

    def _guarded(self, left: list[_Left], results: list[list[Verdict]]) -> list[list[Verdict]]:
        """Have the worker answer what is left, for all events in one go."""
        if self._guard is None:
            return results
        jobs = [([plan.query for plan in plans], body, props) for _, plans, body, props in left]
        for (row, plans, _, _), found in zip(left, self._guard.evaluate_many(jobs), strict=True):
            for plan, verdict in zip(plans, found, strict=True):
                results[row][plan.index] = verdict
        return results


def _is_usual(fast: FastPath) -> bool:
    return fast.degree <= _USUAL_DEGREE and fast.reads <= USUAL_READS


def _quick(plans: list[_Plan]) -> list[_Quick]:
    return [(plan.index, plan.xpath) for plan in plans if plan.xpath is not None]


def _document_of(root: etree._Element, body: bytes) -> Document:
    """Make a document that is not parsed again, and that still knows its bytes."""
    document = Document.of_tree(root)
    document.body = body
    return document
