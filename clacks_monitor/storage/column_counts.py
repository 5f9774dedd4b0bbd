"""Counts of events by a column, put together from the questions that each store answers in its own SQL.

Part of a reader: same owner, same thread.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.columns import Column
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME
from clacks_monitor.storage.counting import LONGEST_VALUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clacks_monitor.core.store import TypeTally

CHUNK: Final = 5_000
_PART_OF_SOURCE: Final = {Column.CONNECTION: 0, Column.SUBJECT: 1}


class ColumnCounts(ABC):
    """What ``counts_by_column`` of core.store.EventStatistics does in every store."""

    @abstractmethod
    def type_counts(self, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME) -> list[TypeTally]:
        """See core.store.EventStatistics."""

    @abstractmethod
    def _counts_by_problem(self, from_ns: int, to_ns: int) -> Counter[str]:
        """Return how often each problem was found, "" for events without one."""

    @abstractmethod
    def _parts(self, from_ns: int, to_ns: int, size: int) -> Iterator[tuple[tuple[int, int], int, int]]:
        """Yield (first and last number, done then, total) of parts that together hold all entries of a time."""

    @abstractmethod
    def _counts_of_sources(
        self, span: tuple[int, int], from_ns: int, to_ns: int
    ) -> Iterable[tuple[tuple[str, ...], int]]:
        """Return how many events each source has sent (connection, subject, ...) among the entries of a span."""

    def counts_by_column(
        self, column: Column, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        """See core.store.EventStatistics."""
        if column is Column.TYPE:
            yield 1, 1, Counter({tally.type: tally.count for tally in self.type_counts(from_ns, to_ns)})
        elif column is Column.PROBLEM:
            yield 1, 1, self._counts_by_problem(from_ns, to_ns)
        elif column in _PART_OF_SOURCE:
            yield from self._counts_by_source(_PART_OF_SOURCE[column], from_ns, to_ns)
        else:
            raise ValueError(f"events are not counted by {column}")

    def _counts_by_source(self, part: int, from_ns: int, to_ns: int) -> Iterator[tuple[int, int, Counter[str]]]:
        counts: Counter[str] = Counter()
        yield 0, 1, counts
        for span, done, total in self._parts(from_ns, to_ns, CHUNK * 20):
            for source, count in self._counts_of_sources(span, from_ns, to_ns):
                counts[source[part][:LONGEST_VALUE]] += count
            yield done, total, counts
