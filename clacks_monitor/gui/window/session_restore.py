"""Brings back what lay on the operator's desk, and takes note of it as it changes. Owner: the application.

Thread: the window's. Connections are opened once the window works: one of them may ask for its password.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.session.restore import Workplace

KEEP_MS = 15_000
"""How often what changes without a signal is kept: a killed process loses no more than that."""


class Desk(QObject):
    """``draft_wanted`` carries the unsent event to go on with; ``draft`` returns the one that is open, or b""."""

    draft_wanted = Signal(bytes)

    def __init__(
        self, workplace: Workplace, window: MainWindow, draft: Callable[[], bytes], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workplace, self._window, self._draft = workplace, window, draft
        self._left: list[str] = []
        self._gone = False
        self._timer = QTimer(self, interval=KEEP_MS)
        self._timer.timeout.connect(self.keep_draft)
        self._timer.timeout.connect(window.keep_arrangement)
        action = window.commands["restore"]
        action.setChecked(workplace.kept)
        window.commands.on("restore", self.keep)
        window.filter.applied.connect(self.remember)
        window.connections.changed.connect(self.remember)

    def open(self, connection_ids: Sequence[str]) -> None:
        """Open connections that were open, and the event that was being composed, as soon as there is time."""
        self._left = list(connection_ids)
        self._timer.start()
        QTimer.singleShot(0, self._open)

    @Slot()
    def _open(self) -> None:
        left, self._left = self._left, []
        for connection_id in left:
            self._window.connections.open(connection_id)
        body = self._workplace.draft()
        if body:
            self.draft_wanted.emit(body)

    @Slot(bool)
    def keep(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        """Bring the desk back at the next start, or not."""
        self._notify(self._workplace.keep(on=on))

    @Slot()
    def remember(self) -> None:
        """Take note of what is open and in force; while connections are still to be opened, of nothing."""
        if not self._left and not self._gone:
            self._notify(self._workplace.remember())

    @Slot()
    def keep_draft(self) -> None:
        """Keep the event that is being composed."""
        if not self._gone:
            self._notify(self._workplace.keep_draft(self._draft()))

    def leave(self) -> None:
        """Keep what is there, once: windows that are closed from now on were not closed by the user."""
        self.keep_draft()
        self._gone = True
        self._timer.stop()

    def _notify(self, reason: str) -> None:
        if reason:
            self._window.trouble.notify(reason)
