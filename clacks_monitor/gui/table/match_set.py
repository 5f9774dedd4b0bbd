"""What a search has found so far, and whether that is enough to know the next one. No Qt here.

Owner: the window's finding. Sequence numbers only, in two compact arrays: those after the entry that the search began
at, and those before it, which are found last.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class MatchSet:
    """The matches of one search that began after entry ``start``."""

    def __init__(self, start: int = 0) -> None:
        self.start = start
        self.finished = False
        self._after = array("q")
        self._before = array("q")

    def __len__(self) -> int:
        return len(self._before) + len(self._after)

    def add(self, sequences: Iterable[int]) -> None:
        """Take what was found: ascending, but for one turn round the end."""
        for sequence in sequences:
            (self._after if sequence > self.start else self._before).append(sequence)

    def __contains__(self, sequence: int) -> bool:
        return self.count_between(sequence, sequence + 1) > 0

    def count_between(self, low: int, high: int) -> int:
        """Return how many there are from ``low`` on and below ``high``."""
        return sum(bisect_left(part, high) - bisect_left(part, low) for part in (self._before, self._after))

    def sampled(self, most: int) -> list[int]:
        """Return them, or at most so many of them, evenly chosen."""
        step = max(1, -(-len(self) // most))
        return [*self._before[::step], *self._after[::step]]

    def above(self, sequence: int) -> int:
        """Return the first one above ``sequence``, 0 when there is none, -1 while nobody can know."""
        if sequence < self.start:
            if not self.finished:
                return -1
            index = bisect_right(self._before, sequence)
            if index < len(self._before):
                return self._before[index]
        index = bisect_right(self._after, sequence)
        if index < len(self._after):
            return self._after[index]
        return 0 if self.finished else -1

    def below(self, sequence: int) -> int:
        """Return the last one below ``sequence``, 0 when there is none, -1 while nobody can know."""
        index = bisect_left(self._after, sequence)
        if index:
            return self._after[index - 1]
        if not self.finished:
            return -1
        index = bisect_left(self._before, sequence)
        return self._before[index - 1] if index else 0

    def first(self) -> int:
        """Return the first of all, 0 when there is none, -1 while nobody can know."""
        return self.above(0)

    def last(self) -> int:
        """Return the last of all, 0 when there is none, -1 while nobody can know."""
        if not self.finished:
            return -1
        return next((part[-1] for part in (self._after, self._before) if part), 0)
