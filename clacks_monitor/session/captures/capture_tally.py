"""Counts what is in the capture in use, and what another monitor adds to it.

Owner: the session's thread, or while an archive is in use the thread that follows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.receiving.counting import Counting

MOST_AT_ONCE = 5_000
"""Entries of another monitor that are read one by one; adding up a month takes longer than so many."""


@dataclass(frozen=True, slots=True)
class CaptureCounts:
    """What is in a capture: by type (count, last time), events with a problem, gaps, first and last number."""

    types: dict[str, tuple[int, int]]
    invalid: int
    gaps: int
    bounds: tuple[int, int]


def counted(capture: EventStore) -> CaptureCounts:
    """Count what is in a capture. Raises StorageError. Any thread."""
    with capture.reader() as reader:
        return _counted_by(reader)


def _counted_by(reader: EventReader) -> CaptureCounts:
    types = {found.type: (found.count, found.last_ns) for found in reader.statistics.type_counts()}
    return CaptureCounts(types, reader.statistics.invalid_count(), reader.statistics.gap_count(), reader.bounds())


class CaptureTally:
    """Keeps ``counting`` in step with a capture."""

    def __init__(self, counting: Counting) -> None:
        self._counting = counting
        self._begins = self._last = 0

    def begin(self, capture: EventStore, counts: CaptureCounts | None = None) -> None:
        """Count a capture from its beginning, unless its ``counts`` are known. Raises StorageError."""
        self._start(counts or counted(capture))

    def _start(self, counts: CaptureCounts) -> None:
        self._counting.start(counts.types, invalid=counts.invalid, gaps=counts.gaps)
        self._begins, self._last = counts.bounds

    def count_more(self, reader: EventReader) -> int:
        """Count what was added since; return the newest sequence number, 0 if nothing was. Raises StorageError.

        Everything is counted again where the oldest entries have gone, or where very many were added.
        """
        before = self._last
        begins, last = reader.bounds()
        if (begins, last) == (self._begins, self._last):
            return 0
        if begins == self._begins and last - self._last <= MOST_AT_ONCE:
            self._counting.add_rows(reader.rows(range(self._last + 1, last + 1)))
            self._last = last
        else:
            self._start(_counted_by(reader))
        return self._last if self._last > before else 0

    def has_entries(self) -> bool:
        """Return whether anything was counted."""
        return bool(self._counting.received + self._counting.gaps)
