"""The list of connections: make, change, copy, remove, connect. Owner: its opener. Thread: the window's."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QTreeWidget, QTreeWidgetItem, QWidget

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.store_port import ConnectionStorePort
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.ui.ui_dialog_connections import Ui_ConnectionsManager

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

_ROLE = Qt.ItemDataRole.UserRole
_STATE = 2
_FAILED = frozenset({ConnectionState.LOST, ConnectionState.REFUSED})
_LIVE = frozenset({ConnectionState.CONNECTING, ConnectionState.CONNECTED, ConnectionState.LOST})


class ConnectionListPort(ConnectionStorePort, Protocol):
    """What the list wants of the session's connections."""

    def all(self) -> list[ConnectionSettings]:
        """Return them in the user's order."""
        ...

    def remove(self, connection_id: str) -> None:
        """Forget a connection."""
        ...

    def close(self, connection_id: str) -> None:
        """Disconnect."""
        ...


class ConnectionsManager(QDialog):
    """``open_wanted`` carries the id of the connection to open; its listener asks for the password if needed."""

    open_wanted = Signal(str)

    def __init__(self, connections: ConnectionListPort, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_ConnectionsManager().setupUi(self)
        self._connections = connections
        self._theme = theme
        self.list = child(self, QTreeWidget, "list")
        self.list.setColumnWidth(0, 180)
        self.list.setColumnWidth(1, 300)
        self.list.currentItemChanged.connect(self._show_buttons)
        self.list.itemActivated.connect(self.edit)
        self.list.header().setStretchLastSection(True)
        for name, slot in (
            ("openButton", self.open_or_close),
            ("addButton", self.add),
            ("editButton", self.edit),
            ("copyButton", self.duplicate),
            ("removeButton", self.remove),
            ("closeButton", self.reject),
        ):
            button = child(self, QPushButton, name)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
        self.resize(800, 320)
        self.refresh()

    def refresh(self) -> None:
        """Show the connections as they are now."""
        chosen = self.chosen()
        statuses = self._connections.statuses()
        self.list.clear()
        for settings in self._connections.all():
            status = statuses.get(settings.id)
            item = QTreeWidgetItem([settings.name, settings.url, self._text(settings, status)])
            item.setToolTip(_STATE, plain_tip(item.text(_STATE)))
            item.setIcon(0, self._theme.icons.square(settings.colour))
            item.setData(0, _ROLE, settings)
            self.list.addTopLevelItem(item)
            if chosen is not None and chosen.id == settings.id:
                self.list.setCurrentItem(item)
        first = self.list.topLevelItem(0)
        if self.list.currentItem() is None and first is not None:
            self.list.setCurrentItem(first)
        self._show_buttons()

    def _text(self, settings: ConnectionSettings, status: ConnectionStatus | None) -> str:
        state = status.state if status is not None else ConnectionState.CLOSED
        said = {
            ConnectionState.CLOSED: self.tr("not connected"),
            ConnectionState.CONNECTING: self.tr("connecting…"),
            ConnectionState.CONNECTED: self.tr("connected"),
            ConnectionState.LOST: self.tr("connection lost"),
            ConnectionState.REFUSED: self.tr("refused"),
        }[state]
        marks = [
            self.tr("production") if settings.production else "",
            self.tr("read-only") if settings.read_only else "",
        ]
        why = translated(status.reason) if status is not None and state in _FAILED else ""
        return ", ".join(part for part in (said, *marks) if part) + (f": {why}" if why else "")

    def chosen(self) -> ConnectionSettings | None:
        """Return the connection that is selected."""
        item = self.list.currentItem()
        found = item.data(0, _ROLE) if item is not None else None
        return found if isinstance(found, ConnectionSettings) else None

    def _is_live(self, settings: ConnectionSettings) -> bool:
        status = self._connections.statuses().get(settings.id)
        return status is not None and status.state in _LIVE

    def _show_buttons(self) -> None:
        settings = self.chosen()
        for name in ("openButton", "editButton", "copyButton", "removeButton"):
            child(self, QPushButton, name).setEnabled(settings is not None)
        live = settings is not None and self._is_live(settings)
        child(self, QPushButton, "openButton").setText(self.tr("Dis&connect") if live else self.tr("&Connect"))

    def _ask(self, settings: ConnectionSettings | None) -> None:
        dialog = ConnectionDialog(self._connections, settings, self._theme, self)
        dialog.exec()
        dialog.deleteLater()
        self.refresh()

    def add(self) -> None:
        """Describe a new connection."""
        self._ask(None)

    def edit(self) -> None:
        """Change the selected one."""
        settings = self.chosen()
        if settings is not None:
            self._ask(settings)

    def duplicate(self) -> None:
        """Describe a new one that begins as a copy of the selected one."""
        settings = self.chosen()
        if settings is not None:
            name = self.tr("{0} (copy)").format(settings.name)
            self._ask(replace(settings, name=name, id=uuid.uuid4().hex))

    def remove(self) -> None:
        """Forget the selected one, with its password."""
        settings = self.chosen()
        if settings is None:
            return
        text = self.tr("Remove the connection {0} and its password? This cannot be undone.")
        if message_boxes.agrees(self, self.tr("Remove"), text.format(settings.name)):
            self._connections.remove(settings.id)
            self.refresh()

    def open_or_close(self) -> None:
        """Connect the selected one, or disconnect it."""
        settings = self.chosen()
        if settings is None:
            return
        if self._is_live(settings):
            self._connections.close(settings.id)
        else:
            self.open_wanted.emit(settings.id)
        self.refresh()
