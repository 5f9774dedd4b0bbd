"""The dock of the notes: built on first use, read again after each change. Owner: the main window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.gui.kit.side_dock import bring_up, side_dock
from clacks_monitor.gui.table.notes_pane import NotesPane

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget, QMainWindow

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.window.bars.chip_bar import ChipBar
    from clacks_monitor.session.session import Session
    from clacks_monitor.session.view.noted_rows import NotesRead

_KEY: Final = "notes"


class NotesActions(QObject):
    """Lists marks and comments, and limits the table to them; ``notified`` carries what to say."""

    notified = Signal(str)

    def __init__(
        self, session: Session, table: EventTable, chips: ChipBar, commands: Commands, theme: Theme, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session, self._table, self._chips = session, table, chips
        self._theme, self._window = theme, window
        self._dock: QDockWidget | None = None
        self.pane: NotesPane | None = None
        commands.on("notes", self.show)
        chips.removed.connect(self._remove)

    @Slot()
    def show(self) -> None:
        """Show the notes, or bring them to the front."""
        if self._dock is None:
            self._dock = self._make()
        bring_up(self._dock)
        self.refresh()
        if self.pane is not None:
            self.pane.tree.setFocus()

    def _make(self) -> QDockWidget:
        pane = self.pane = NotesPane(self._theme, self._window)
        pane.row_wanted.connect(self._go_to)
        pane.only_changed.connect(self._limit)
        return side_dock(self._window, self.tr("Notes"), "notesDock", pane, below=True)

    @Slot()
    def refresh(self) -> None:
        """Read the notes again, unless they are not shown and limit nothing."""
        if self.pane is not None and (self.pane.isVisible() or self.pane.only.isChecked()):
            self._session.annotations.ask_notes()

    @Slot(object)
    def on_notes(self, notice: NotesRead) -> None:
        """Show what was read."""
        if self.pane is not None:
            self.pane.show_notes(notice.rows, notice.total)
            if self.pane.only.isChecked():
                self._limit()

    @Slot(int)
    def _go_to(self, sequence: int) -> None:
        if not self._table.go_to(sequence):
            self.notified.emit(self.tr("The event is hidden by the filter"))

    @Slot()
    def _limit(self) -> None:
        pane = self.pane
        if pane is None or not pane.only.isChecked():
            self._chips.hide_chip(_KEY)
            self._session.filtering.show_only(None)
            return
        self._chips.show_chip(
            _KEY, self.tr("Only: %1").replace("%1", pane.which.currentText()), "", self.tr("Show all events again")
        )
        self._session.filtering.show_only([row.sequence for row in pane.listed])

    @Slot(str)
    def _remove(self, key: str) -> None:
        if key == _KEY and self.pane is not None:
            self.pane.only.setChecked(False)

    @Slot()
    def end(self) -> None:
        """Limit nothing any more: another capture is open."""
        if self.pane is not None:
            self.pane.only.setChecked(False)
            self.refresh()
