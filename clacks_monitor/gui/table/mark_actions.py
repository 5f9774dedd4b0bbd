"""Marks and comments: set, taken away, gone through; and two events side by side.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.event import Event
from clacks_monitor.gui.kit import message_boxes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.core.event import Excerpt, Row
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.view.annotations import Annotations
    from clacks_monitor.session.view.noted_rows import Annotated
    from clacks_monitor.session.view.rows import Rows

_TWO = 2


class MarkActions(QObject):
    """Works on the table's selection; ``notified`` and ``failed`` carry what to say."""

    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self, rows: Rows, annotations: Annotations, table: EventTable, commands: Commands, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._rows, self._annotations = rows, annotations
        self._table, self._commands, self._theme = table, commands, theme
        self._window = parent
        self._gaps = -1
        commands.on("mark", self.mark)
        commands.on("mark.next", self.next_mark)
        commands.on("mark.previous", self.previous_mark)
        commands.on("comment", self.ask_comment)
        commands.on("compare", self.compare)
        table.selection_changed.connect(self.enable)
        self.enable()

    @Slot()
    def enable(self) -> None:
        """Enable what can be done with the selection."""
        count = self._table.selection.count()
        self._commands["mark"].setEnabled(count > 0)
        self._commands["comment"].setEnabled(count > 0 and bool(self._table.current_sequence))
        self._commands["compare"].setEnabled(count == _TWO)

    @Slot()
    def refresh(self) -> None:
        """Show on the map what is marked now, after a change or in another capture."""
        self._rows.marks().then(self._show_marks)

    def _show_marks(self, marks: Sequence[int]) -> None:
        self._table.map.show_marks(marks)
        self._table.events.use_marks(marks)

    def show_gaps(self, count: int) -> None:
        """Show the gaps on the map; they are read again when their number is another."""
        if count != self._gaps:
            self._gaps = count
            if count:
                self._rows.gaps().then(self._table.map.show_gaps)
            else:
                self._table.map.show_gaps(())

    @Slot(object)
    def on_annotated(self, notice: Annotated) -> None:
        """Show what was written, or say why it was not."""
        if notice.problem:
            self.failed.emit(notice.problem)
            return
        for sequence in notice.sequences:
            self._table.events.refresh(sequence)
        self.refresh()

    @Slot()
    def mark(self) -> None:
        """Mark the selected rows; when all are marked, take the marks away."""
        self._annotations.toggle_marks(self._table.selection.sequences())

    @Slot()
    def ask_comment(self) -> None:
        """Let the user write a comment to the event."""
        sequence = self._table.current_sequence
        self._rows.readable([sequence]).then(partial(self._ask_comment, sequence))

    def _ask_comment(self, sequence: int, rows: Sequence[Row]) -> None:
        if not rows:
            return
        message = self.tr("Comment on this event:")
        text = message_boxes.ask_text(self._window, self.tr("Comment"), message, rows[0].comment)
        if text is not None:
            self._annotations.set_comment(sequence, text.strip())

    @Slot()
    def next_mark(self) -> None:
        """Go to the next marked row; past the end, to the first."""
        self._go(1)

    @Slot()
    def previous_mark(self) -> None:
        """Go to the marked row before; past the beginning, to the last."""
        self._go(-1)

    def _go(self, step: int) -> None:
        self._rows.marks().then(partial(self._go_among, step))

    def _go_among(self, step: int, everywhere: Sequence[int]) -> None:
        here = self._table.current_sequence
        marks = [sequence for sequence in everywhere if self._table.events.store.shows(sequence)]
        if not marks:
            self.notified.emit(self.tr("No shown event is marked"))
            return
        index = bisect_right(marks, here) if step > 0 else bisect_left(marks, here) - 1
        if not 0 <= index < len(marks):
            self.notified.emit(
                self.tr("Search wrapped to the start") if step > 0 else self.tr("Search wrapped to the end")
            )
        self._table.go_to(marks[index % len(marks)])

    @Slot()
    def compare(self) -> None:
        """Show the two selected events side by side."""
        one, other = sorted(self._table.selection.sequences(_TWO))
        self._rows.excerpt(one).then(
            lambda first: self._rows.excerpt(other).then(
                lambda second: self._compare([(one, first), (other, second)]),
            )
        )

    def _compare(self, found: Sequence[tuple[int, Excerpt | None]]) -> None:
        from clacks_monitor.gui.table.difference_dialog import DifferenceDialog  # the window starts faster

        events = [
            (sequence, excerpt.entry, excerpt)
            for sequence, excerpt in found
            if excerpt is not None and isinstance(excerpt.entry, Event)
        ]
        if len(events) != _TWO:
            self.notified.emit(self.tr("Only events can be compared"))
            return
        dialog = DifferenceDialog(events[0], events[1], self._theme, self._window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
