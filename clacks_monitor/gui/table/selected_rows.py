"""The rows that are selected in the event table, a million of them included.

Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QObject, Slot

if TYPE_CHECKING:
    from clacks_monitor.gui.table.event_model import EventModel

_MOVED = 1_000
"""Selected rows that stay selected when the table is put into another order."""


class SelectedRows(QObject):
    """Answers from the ranges of a selection: Qt's own questions go through it row by row."""

    def __init__(self, selection: QItemSelectionModel, model: EventModel) -> None:
        super().__init__(selection)
        self._selection, self._model = selection, model
        model.about_to_reorder.connect(self._drop_large_selection)

    def count(self) -> int:
        """Return how many rows are selected."""
        return sum(part.height() for part in self._selection.selection().toList())

    def sequences(self, limit: int = 10_000) -> list[int]:
        """Return the sequence numbers of the first ``limit`` selected rows, in the order that is shown."""
        spans = sorted((part.top(), part.bottom()) for part in self._selection.selection().toList())
        rows: dict[int, None] = {}
        for first, last in spans:
            rows.update(dict.fromkeys(range(first, min(last, first + limit) + 1)))
            if len(rows) >= limit:
                break
        return [self._model.store.sequence_at(row) for row in list(rows)[:limit]]

    def ends(self) -> tuple[int, int]:
        """Return the first and the last selected row; there has to be one."""
        parts = self._selection.selection().toList()
        return min(part.top() for part in parts), max(part.bottom() for part in parts)

    def between(self, first: int, last: int) -> set[int]:
        """Return which of the rows from ``first`` to ``last`` are selected."""
        found: set[int] = set()
        for part in self._selection.selection().toList():
            found.update(range(max(first, part.top()), min(last, part.bottom()) + 1))
        return found

    @Slot()
    def _drop_large_selection(self) -> None:
        """Clear a large selection: Qt would move each of its cells to its new place, which takes half a minute."""
        if self.count() <= _MOVED:
            return
        current = self._selection.currentIndex()
        self._selection.clearSelection()
        if current.isValid():
            flags = QItemSelectionModel.SelectionFlag
            self._selection.select(current, flags.ClearAndSelect | flags.Rows)
