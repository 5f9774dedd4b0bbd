"""Aligns the lines of two texts in a time that is bounded whatever they hold. Pure; any thread.

What both begin and end with is put aside, then lines that occur once in each are taken as anchors (patience diff), then
the gaps between are searched for the shortest script (Myers), up to a bound. A gap that is beyond it is not aligned:
its lines stand side by side as they come.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

MAX_EDITS = 200
"""Lines removed and added within one gap that are looked for."""
MAX_STEPS = 200_000
"""Of the searches in all gaps together."""
_ANCHORINGS = 3

Pair = tuple[str, str, bool]
Run = tuple[int, int, int]
"""Where equal lines begin on the left and on the right, and how many they are."""
_Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Pairs of lines, "" where one side has none, and whether they differ; ``coarse`` if some were not aligned."""

    pairs: tuple[Pair, ...]
    coarse: bool = False

    @property
    def differences(self) -> int:
        """How many pairs differ."""
        return sum(differs for _left, _right, differs in self.pairs)


def align(left: Sequence[str], right: Sequence[str], wanted: Callable[[], None] = lambda: None) -> Alignment:
    """Return ``left`` and ``right`` aligned; ``wanted`` is called now and then, and may raise."""
    aligner = _Aligner(left, right, wanted)
    runs = sorted(aligner.runs())
    return Alignment(tuple(_paired(left, right, runs)), aligner.coarse)


def _paired(left: Sequence[str], right: Sequence[str], runs: Sequence[Run]) -> Iterator[Pair]:
    a = b = 0
    for start, place, length in (*runs, (len(left), len(right), 0)):
        ours, theirs = left[a:start], right[b:place]
        for n in range(max(len(ours), len(theirs))):
            one, other = ours[n : n + 1], theirs[n : n + 1]
            yield "".join(one), "".join(other), list(one) != list(other)
        yield from ((line, line, False) for line in left[start : start + length])
        a, b = start + length, place + length


class _Aligner:
    """Lines are compared as numbers: equal lines have the same one. ``steps`` counts the work of the searches."""

    def __init__(self, left: Sequence[str], right: Sequence[str], wanted: Callable[[], None]) -> None:
        numbers: dict[str, int] = {}
        self._left = [numbers.setdefault(line, len(numbers)) for line in left]
        self._right = [numbers.setdefault(line, len(numbers)) for line in right]
        self._wanted = wanted
        self.steps = 0
        self.coarse = False

    def runs(self) -> Iterator[Run]:
        """Yield runs of equal lines, in no order."""
        waiting: list[tuple[_Span, int]] = [((0, len(self._left), 0, len(self._right)), 0)]
        while waiting:
            self._wanted()
            span, depth = waiting.pop()
            trimmed = yield from self._trimmed(span)
            a, b, c, d = trimmed
            if a == b or c == d:
                continue
            anchors = self._anchors(trimmed) if depth < _ANCHORINGS else []
            if not anchors:
                yield from self._searched(trimmed)
                continue
            for one, other in (*anchors, (b, d)):
                waiting.append(((a, one, c, other), depth + 1))
                if one < b:
                    yield one, other, 1
                a, c = one + 1, other + 1

    def _trimmed(self, span: _Span) -> Generator[Run, None, _Span]:
        """Yield what a span begins and ends with on both sides; return the rest."""
        a, b, c, d = span
        head = 0
        while a + head < b and c + head < d and self._left[a + head] == self._right[c + head]:
            head += 1
        if head:
            yield a, c, head
        a, c = a + head, c + head
        tail = 0
        while a < b - tail and c < d - tail and self._left[b - tail - 1] == self._right[d - tail - 1]:
            tail += 1
        if tail:
            yield b - tail, d - tail, tail
        return a, b - tail, c, d - tail

    def _anchors(self, span: _Span) -> list[tuple[int, int]]:
        """Return the places of lines that occur once on each side, the longest row of them in the same order."""
        a, b, c, d = span
        left, right = Counter(self._left[a:b]), Counter(self._right[c:d])
        places = {number: place for place, number in enumerate(self._right[c:d], c) if right[number] == 1}
        found = [
            (place, places[number])
            for place, number in enumerate(self._left[a:b], a)
            if left[number] == 1 and number in places
        ]
        return _rising(found)

    def _searched(self, span: _Span) -> Iterator[Run]:
        """Yield the equal lines of the shortest script from left to right, nothing when it is too long."""
        a, b, c, d = span
        ours, theirs = self._left[a:b], self._right[c:d]
        if Counter(ours).keys().isdisjoint(theirs):
            return
        trace = self._trace(ours, theirs)
        if trace is None:
            self.coarse = True
            return
        x, y = len(ours), len(theirs)
        for edits in range(len(trace) - 1, -1, -1):
            reached, k = trace[edits], x - y
            down = k == -edits or (k != edits and reached.get(k - 1, -1) < reached.get(k + 1, -1))
            before = k + 1 if down else k - 1
            from_x = reached.get(before, 0) if edits else 0
            start = (from_x if down else from_x + 1) if edits else 0
            if x > start:
                yield a + start, c + start - k, x - start
            x, y = from_x, from_x - before

    def _trace(self, ours: Sequence[int], theirs: Sequence[int]) -> list[dict[int, int]] | None:
        """Return how far each diagonal was reached before each further edit, None when there are too many edits."""
        reached = {1: 0}
        trace: list[dict[int, int]] = []
        for edits in range(MAX_EDITS + 1):
            trace.append(dict(reached))
            for k in range(-edits, edits + 1, 2):
                down = k == -edits or (k != edits and reached.get(k - 1, -1) < reached.get(k + 1, -1))
                x = reached.get(k + 1, 0) if down else reached.get(k - 1, 0) + 1
                y = x - k
                self.steps += 1
                while x < len(ours) and y < len(theirs) and ours[x] == theirs[y]:
                    x, y = x + 1, y + 1
                    self.steps += 1
                reached[k] = x
                if x >= len(ours) and y >= len(theirs):
                    return trace
            if self.steps > MAX_STEPS:
                return None
        return None


def _rising(found: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest row of pairs that rise on both sides; they rise on the first already."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for number, (_place, other) in enumerate(found):
        at = bisect_left(ends, other)
        ends[at : at + 1] = [other]
        last[at : at + 1] = [number]
        before.append(last[at - 1] if at else -1)
    row: list[tuple[int, int]] = []
    number = last[-1] if last else -1
    while number >= 0:
        row.append(found[number])
        number = before[number]
    return row[::-1]
