"""The times of a row since other rows: the one before it, and the time reference or the last mark above it.

Owner: the event model. Thread: the window's.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.core.columns import RelativeColumn
from clacks_monitor.gui.kit import formats

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import Row
    from clacks_monitor.gui.table.row_store import RowStore


@dataclass(frozen=True, slots=True)
class Reference:
    """The entry whose time is the reference: its sequence number, and its time in nanoseconds (wall clock)."""

    sequence: int
    wall_ns: int


class TimeOffsets:
    """``reference`` is the time reference, None while there is none; ``marks`` are sequence numbers, ascending.

    ``row`` returns what a position shows, ``entry`` an entry by its sequence number; one that is still being read has
    no time, and no offsets then.
    """

    def __init__(self, store: RowStore, row: Callable[[int], Row], entry: Callable[[int], Row]) -> None:
        self._store, self._row, self._entry = store, row, entry
        self.reference: Reference | None = None
        self.marks: Sequence[int] = ()

    def text(self, position: int, column: RelativeColumn) -> str:
        """Return what a column says about a row, "" for nothing."""
        row = self._row(position)
        if column is RelativeColumn.PREVIOUS:
            from_ns = self._previous(position)
        else:
            reference = self._reference_of(row)
            if reference is not None and reference.sequence == row.sequence:
                return QCoreApplication.translate("Cells", "REF")
            from_ns = reference.wall_ns if reference is not None else 0
        return formats.offset(row.wall_ns - from_ns) if row.wall_ns and from_ns else ""

    def _previous(self, position: int) -> int:
        """Return the time of the row that came before, 0 when there is none; in other orders, none did."""
        before = position + 1 if self._store.newest_first else position - 1
        if self._store.order is not None or not 0 <= before < len(self._store):
            return 0
        return self._row(before).wall_ns

    def _reference_of(self, row: Row) -> Reference | None:
        if self.reference is not None:
            return self.reference
        place = bisect_right(self.marks, row.sequence)
        if not place:
            return None
        mark = self.marks[place - 1]
        return Reference(mark, self._entry(mark).wall_ns)
