"""How the queries of a set are asked: which of them the names in an event decide, and how the others are.

Role: (queries, shape) -> what is left to ask. Owner: a QuerySet, and so one thread: compiled expressions are its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.fastpath import USUAL_READS, FastPath, Shape
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchResult
from clacks_monitor.xquery.matching.event_names import MAX_HEAD, Head, head_of, read_head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml import etree

    from clacks_monitor.xquery.query import Query

USUAL_DEGREE: Final = 2
MANY: Final = 3
"""From this number of queries on it pays to look at the names in a parsed event first."""
_MAX_SHAPES: Final = 1_000
_MAX_ROWS: Final = 1_000


class Plan:
    """How one query of a set is asked."""

    __slots__ = ("_event_names", "fast", "index", "needs_body", "query", "xpath")

    def __init__(self, index: int, query: Query) -> None:
        self.index = index
        self.query = query
        self.fast = query.fast
        self.xpath = self.fast.compiled() if self.fast else None
        self.needs_body = query.needs.body
        # A property that is missing is an error whatever the event is, so it must be asked for.
        self._event_names = None if query.needs.externals else query.needs.event_names

    @property
    def is_usual(self) -> bool:
        """Whether it looks at the event and at nothing else, on the fast path and at most in quadratic time."""
        return self.fast is not None and self.fast.is_plain and self.needs_body and _is_usual(self.fast)

    def told(self, shape: Shape) -> MatchResult | None:
        """Return the verdict on every event of a shape, None when they differ."""
        if self._event_names is not None and shape.child.rpartition("}")[2] not in self._event_names:
            return NO_MATCH
        found = self.fast.told(shape) if self.fast is not None and self.needs_body else None
        return None if found is None else MATCH if found else NO_MATCH


def _is_usual(fast: FastPath) -> bool:
    return fast.degree <= USUAL_DEGREE and fast.reads <= USUAL_READS


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be asked about events of one shape.

    `verdicts` has those that are told by the shape, `quick` the usual queries that are not, with their places;
    `others` needs more than a look at the tree, `plans` is everything that is left; `decided` where nothing is.
    `together` has the quick ones as they are asked about many events in one document, empty where one cannot be.
    """

    verdicts: list[MatchResult]
    quick: list[tuple[int, etree.XPath]]
    others: list[Plan]
    plans: list[Plan]
    decided: bool
    together: list[etree.XPath]
    _rows: dict[int, list[MatchResult]] = field(default_factory=dict)

    def row(self, matches: int) -> list[MatchResult]:
        """Return the verdicts when those of the quick queries match whose bits, by place in `quick`, are set.

        The same list each time: few patterns come again and again, and who gets them may remember what they mean.
        """
        found = self._rows.get(matches)
        if found is None:
            if len(self._rows) >= _MAX_ROWS:
                self._rows.clear()
            found = self._rows[matches] = self.verdicts.copy()
            for bit, (index, _) in enumerate(self.quick):
                if matches >> bit & 1:
                    found[index] = MATCH
        return found


@dataclass(frozen=True, slots=True)
class Known:
    """What the beginning of a body tells: what is left to ask, and where its root begins and ends."""

    asked: Asked
    head: Head


class Plans:
    """The plans of a set, and what is left of them for each shape."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self.all = [Plan(index, query) for index, query in enumerate(queries)]
        self.needs_body = any(plan.needs_body for plan in self.all)
        self.anything = self._asked(None)
        """What is to be asked about an event of which nothing is known."""
        self.looks_at_shape = len(self.anything.quick) >= MANY or any(not plan.fast for plan in self.all)
        self._by_shape: dict[Shape, Asked] = {}
        self._by_head: dict[bytes, Known | None] = {}

    def for_shape(self, shape: Shape) -> Asked:
        """Return what is to be asked about an event whose root holds nothing but one element."""
        found = self._by_shape.get(shape)
        if found is None:
            if len(self._by_shape) >= _MAX_SHAPES:
                self._by_shape.clear()
            found = self._by_shape[shape] = self._asked(shape)
        return found

    def for_known(self, body: bytes) -> Known | None:
        """Return what is to be asked about a body that is known to be well-formed, one element in its root.

        None when its beginning does not prove its shape.
        """
        head = head_of(body)
        found = self._by_head.get(head)
        return self._learn(head) if found is None and head not in self._by_head else found

    def _learn(self, head: bytes) -> Known | None:
        told = read_head(head)
        known = None if told is None else Known(self.for_shape(told.shape), told)
        if len(head) <= MAX_HEAD:
            if len(self._by_head) >= _MAX_SHAPES:
                self._by_head.clear()
            self._by_head[head] = known
        return known

    def _asked(self, shape: Shape | None) -> Asked:
        verdicts: list[MatchResult] = [NO_MATCH] * len(self.all)
        left: list[Plan] = []
        for plan in self.all:
            told = None if shape is None else plan.told(shape)
            if told is None:
                left.append(plan)
            else:
                verdicts[plan.index] = told
        quick = [(plan.index, plan.xpath) for plan in left if plan.is_usual and plan.xpath is not None]
        others = [plan for plan in left if not plan.is_usual]
        together = [] if others or shape is None else _together(left)
        return Asked(verdicts, quick, others, left, not left, together)


def _together(plans: Sequence[Plan]) -> list[etree.XPath]:
    compiled = [plan.fast.compiled_within() for plan in plans if plan.fast is not None]
    found = [xpath for xpath in compiled if xpath is not None]
    return found if len(found) == len(plans) else []
