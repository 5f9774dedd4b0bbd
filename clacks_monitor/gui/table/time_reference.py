"""The time reference, and the time between selected rows. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.columns import RelativeColumn
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.table.time_offsets import Reference

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.window.bars.status_bar import StatusBar

_TWO = 2
_MINUTE_NS = 60 * formats.NS


class TimeReference(QObject):
    """Sets and removes the reference; ``notified`` carries what to say."""

    notified = Signal(str)

    def __init__(self, table: EventTable, commands: Commands, status: StatusBar, parent: QObject) -> None:
        super().__init__(parent)
        self._table, self._status = table, status
        self._command = commands["reference"]
        commands.on("reference", self.toggle)
        table.selection_changed.connect(self.refresh)
        table.events.dataChanged.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Enable the command where there is a row, and show the time between the selected rows."""
        self._command.setEnabled(bool(self._table.current_sequence))
        self._status.show_selection(self._between())

    def _between(self) -> str:
        """Return how many rows are selected and the time from the first to the last, "" for one row."""
        count = self._table.selection.count()
        if count < _TWO:
            return ""
        first, last = (self._table.events.row(position).wall_ns for position in self._table.selection.ends())
        text = self.tr("%Ln row(s) selected", "", formats.plural(count))
        if not (first and last):  # still being read
            return text
        distance = abs(last - first)
        shown = formats.offset(distance)
        return f"{text}: {self.tr('%1 s').replace('%1', shown) if distance < _MINUTE_NS else shown}"

    @Slot()
    def toggle(self) -> None:
        """Make the selected row the reference, and show the times since it; or remove it."""
        events = self._table.events
        row = events.entry(self._table.current_sequence)
        present = events.offsets.reference
        if present is not None and present.sequence == row.sequence:
            self.forget()
            self.notified.emit(self.tr("Time reference removed"))
        elif row.wall_ns:
            events.use_reference(Reference(row.sequence, row.wall_ns))
            columns = self._table.columns
            if not columns.is_shown(RelativeColumn.REFERENCE):
                columns.show_beside_times(RelativeColumn.REFERENCE)
            self.notified.emit(self.tr("Time reference: %1").replace("%1", cells.time_text(row)))

    @Slot()
    def forget(self) -> None:
        """Have no reference: another capture is open."""
        self._table.events.use_reference(None)
