"""Restores what was open in the last run, and notes what is open as it changes. Owner: the application.

Connections are opened once the window works: one of them may ask for its password. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.session.restore import RestoreState

KEEP_MS = 15_000
"""How often what changes without a signal is stored: a killed process loses no more than that."""


class SessionRestore(QObject):
    """``drafts_wanted`` carries the unsent events to continue; ``drafts`` returns those that are open."""

    drafts_wanted = Signal(object)

    def __init__(
        self, stored: RestoreState, window: MainWindow, drafts: Callable[[], list[bytes]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stored, self._window, self._drafts = stored, window, drafts
        self._to_open: list[str] = []
        self._ended = False
        self._timer = QTimer(self, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep_drafts)
        self._timer.timeout.connect(window.keep_arrangement)
        window.frame.commands["restore"].setChecked(stored.kept)
        window.frame.commands.on("restore", self.keep)
        window.frame.filter.applied.connect(self.remember)
        window.controllers.connections.changed.connect(self.remember)

    def open(self, connection_ids: Sequence[str]) -> None:
        """Open these connections and the unsent events, once the event loop is back."""
        self._to_open = list(connection_ids)
        self._timer.start()
        QTimer.singleShot(0, self._open)

    @Slot()
    def _open(self) -> None:
        to_open, self._to_open = self._to_open, []
        for connection_id in to_open:
            self._window.controllers.connections.open(connection_id)
        bodies = self._stored.drafts()
        if bodies:
            self.drafts_wanted.emit(bodies)

    @Slot(bool)
    def keep(self, on: bool) -> None:
        """Restore the session at the next start, or not."""
        self._notify(self._stored.keep(on=on))

    @Slot()
    def remember(self) -> None:
        """Store what is open and in force, unless connections are still to be opened."""
        if not self._to_open and not self._ended:
            self._notify(self._stored.remember())

    @Slot()
    def keep_drafts(self) -> None:
        """Store the events that are being composed."""
        if not self._ended:
            self._notify(self._stored.keep_drafts(self._drafts()))

    def end(self) -> None:
        """Store the drafts a last time: windows that are closed from now on were not closed by the user."""
        self.keep_drafts()
        self._ended = True
        self._timer.stop()

    def _notify(self, reason: str) -> None:
        if reason:
            self._window.panes.trouble.notify(reason)
