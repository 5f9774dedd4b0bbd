"""Opens the compose window and passes it what the session notifies. Owner: the application. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clacks_monitor.session import notices as n

if TYPE_CHECKING:
    import threading
    from collections.abc import Sequence

    from PySide6.QtCore import QSettings

    from clacks_monitor.gui.compose.window import ComposeWindow
    from clacks_monitor.gui.window.main_window import MainWindow


class ComposeHost(QObject):
    """Holds the one compose window, from the first time that it is opened on."""

    def __init__(self, main: MainWindow, settings: QSettings, parent: QObject) -> None:
        super().__init__(parent)
        self._main, self._settings = main, settings
        self.window: ComposeWindow | None = None

    @Slot(object)
    def open(self, body: bytes) -> None:
        """Open the window on an event like ``body``; b"" opens it on a new one, or as it was left."""
        window = self.window
        if window is None:
            window = self.window = self._build()
        if body:
            window.compose_from(body)
        elif not window.isVisible() and not window.draft.changes.unsent:
            window.compose_new()
        self._show(window)

    @Slot(str)
    def open_type(self, name: str) -> None:
        """Open the window on a new event of a type."""
        window = self.window
        if window is None:
            window = self.window = self._build()
        window.compose_new(name)
        self._show(window)

    @Slot(object)
    def restore(self, bodies: Sequence[bytes]) -> None:
        """Open the window on the drafts of the last run."""
        window = self.window
        if window is None:
            window = self.window = self._build()
        window.restore(bodies)
        self._show(window)

    def _show(self, window: ComposeWindow) -> None:
        window.show()
        window.raise_()
        window.activateWindow()

    def _build(self) -> ComposeWindow:
        from clacks_monitor.gui.compose.window import ComposeWindow  # 0.1 s; ComposePreload imports it before

        window = ComposeWindow(self._main.session, self._main.theme, self._settings)
        window.row_wanted.connect(self._show_row)
        bridge = self._main.bridge
        bridge.listen(n.EventSent, self._on_sent)
        bridge.listen(n.StatusChanged, window.target.refresh)
        bridge.listen(n.ConnectionsChanged, window.target.refresh)
        bridge.listen(n.TypesChanged, window.refresh_types)
        return window

    def drafts(self) -> list[bytes]:
        """Return the events that are being composed; of a window that was closed those that were not sent."""
        if self.window is None:
            return []
        return self.window.drafts.bodies() if self.window.isVisible() else self.window.drafts.bodies(unsent=True)

    @Slot(object)
    def _on_sent(self, notice: n.EventSent) -> None:
        if self.window is not None:
            self.window.on_sent(notice.result)

    @Slot(int)
    def _show_row(self, sequence: int) -> None:
        self._main.panes.table.go_to(sequence)
        self._main.raise_()

    def stop(self) -> list[threading.Thread]:
        """Close the window. Return the threads that still work for it."""
        if self.window is None:
            return []
        threads = self.window.stop()
        self.window.close()
        return threads
