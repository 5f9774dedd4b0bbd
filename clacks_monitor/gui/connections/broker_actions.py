"""The dock of the broker page: built on first use, updated while it is visible. Owner: the main window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clacks_monitor.gui.connections.broker_pane import BrokerPane
from clacks_monitor.gui.kit.side_dock import bring_up, side_dock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDockWidget, QMainWindow

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.connections import Connections


class BrokerActions(QObject):
    """Shows what is known of the brokers."""

    def __init__(self, connections: Connections, commands: Commands, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._connections, self._theme, self._window = connections, theme, window
        self._dock: QDockWidget | None = None
        self.pane: BrokerPane | None = None
        commands.on("broker", self.show)

    @Slot()
    def show(self) -> None:
        """Show the page, or bring it to the front."""
        if self._dock is None:
            self._dock = self._make()
        bring_up(self._dock)
        self.refresh()
        if self.pane is not None:
            self.pane.tree.setFocus()

    def _make(self) -> QDockWidget:
        self.pane = BrokerPane(self._theme, self._window)
        dock = side_dock(self._window, self.tr("Broker"), "brokerDock", self.pane)
        dock.visibilityChanged.connect(self.refresh)
        return dock

    @Slot()
    def refresh(self) -> None:
        """Show what is known now, unless the page is not seen."""
        if self.pane is not None and self.pane.isVisible():
            self.pane.show_peers(self._connections.peers())
