"""Connections in the window: the button that names them, connecting and disconnecting, the production band.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtGui import QAction

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.connections_dialog import ConnectionsManager
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from clacks_monitor.gui.kit import formats, outage_texts
from clacks_monitor.gui.kit.connection_texts import exceptions, queue
from clacks_monitor.gui.kit.plain_text import as_caption, spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.session.outages import Outage, Outages

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QToolButton, QWidget

    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.bars.production_band import ProductionBand
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.notices import PasswordWanted

_LIVE = frozenset(ConnectionState) - {ConnectionState.CLOSED}
_WORST = (
    ConnectionState.REFUSED,
    ConnectionState.LOST,
    ConnectionState.CONNECTING,
    ConnectionState.CONNECTED,
    ConnectionState.CLOSED,
)


class ConnectionActions(QObject):
    """``changed`` comes when a state changes; ``notified`` and ``failed`` carry what to say.

    ``coloured`` carries the names of connections with the names of their colours, ``counted`` how many there are.
    """

    changed = Signal()
    coloured = Signal(object)
    counted = Signal(int)
    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self,
        connections: Connections,
        commands: Commands,
        theme: Theme,
        button: QToolButton,
        band: ProductionBand,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._connections, self._commands, self._theme = connections, commands, theme
        self._window = parent
        self._band = band
        self._finder = Outages()
        self.outages: tuple[Outage, ...] = ()
        self.button = button
        self._menu = button.menu()
        self._set_up_button()
        commands.on("connect", self.ask_new)
        commands.on("connection.edit", self.ask_edit)
        commands.on("connection.again", self.connect_again)
        commands.on("disconnect", self.disconnect_all)
        theme.changed.connect(self.refresh)
        self.refresh()

    def _set_up_button(self) -> None:
        self.button.setMenu(self._menu)
        self.button.setAccessibleName(self.tr("Connections"))
        self._menu.aboutToShow.connect(self._fill_menu)

    # -- what is shown -------------------------------------------------------------------------------------------

    @staticmethod
    def state_text(status: ConnectionStatus) -> str:
        """Return a state in words."""
        translate = QCoreApplication.translate
        text = {
            ConnectionState.CLOSED: translate("ConnectionActions", "not connected"),
            ConnectionState.CONNECTING: translate("ConnectionActions", "connecting…"),
            ConnectionState.CONNECTED: translate("ConnectionActions", "connected"),
            ConnectionState.LOST: translate("ConnectionActions", "connection lost"),
            ConnectionState.REFUSED: translate("ConnectionActions", "refused"),
        }[status.state]
        return f"{text}: {translated(status.reason)}" if status.reason else text

    def state_colour(self, state: ConnectionState) -> QColor:
        """Return the colour of a state's sign."""
        return {
            ConnectionState.CONNECTED: self._theme.good,
            ConnectionState.CONNECTING: self._theme.warn,
            ConnectionState.LOST: self._theme.bad,
            ConnectionState.REFUSED: self._theme.bad,
        }.get(state, self._theme.muted)

    def shown_status(self) -> ConnectionStatus | None:
        """Return the state that matters most: the worst of those that are open."""
        statuses = list(self._connections.statuses().values())
        return min(statuses, key=lambda status: _WORST.index(status.state), default=None)

    def live(self) -> list[ConnectionSettings]:
        """Return the connections that are open, or being opened."""
        statuses = self._connections.statuses()
        return [c for c in self._connections.all() if c.id in statuses and statuses[c.id].state in _LIVE]

    @Slot()
    def refresh(self) -> None:
        """Show the states as they are now."""
        self.outages = self._finder.find(self._connections.statuses().values(), self._connections.all())
        status = self.shown_status()
        live = self.live()
        state = status.state if status else ConnectionState.CLOSED
        sign = {
            ConnectionState.CONNECTED: "connect",
            ConnectionState.CONNECTING: "busy",
            ConnectionState.CLOSED: "disconnect",
        }.get(state, "warning")
        careless = [word for settings in live for word in exceptions(settings)]
        if careless and state is ConnectionState.CONNECTED:
            self.button.setIcon(self._theme.icons.icon("warning", self._theme.warn))
        else:
            self.button.setIcon(self._theme.icons.icon(sign, self.state_colour(state)))
        others = len(live) - 1
        name = live[0].name if live else (status.name if status else "")
        shown = f"{as_caption(name)} +{others}" if others > 0 else as_caption(name)
        shown = " · ".join([shown, *self._down(len(live)), *dict.fromkeys(careless)])
        self.button.setText(shown if shown and state is not ConnectionState.CLOSED else self.tr("Not connected"))
        self.button.setToolTip(plain_tip(self._tip()))
        self.button.setAccessibleDescription(spoken(self._tip()))
        self._commands["disconnect"].setEnabled(bool(live))
        self._commands["connection.edit"].setEnabled(bool(self._connections.all()))
        self._show_band([c for c in live if c.production])
        self.changed.emit()
        self.counted.emit(len(self._connections.all()))
        self.coloured.emit({c.name: c.colour for c in self._connections.all() if c.colour != "none"})

    def _down(self, live: int) -> list[str]:
        """Return what the button says of connections that are down."""
        if not self.outages:
            return []
        return [self.tr("no connection") if live == 1 else self.tr("%Ln without connection", "", len(self.outages))]

    def _tip(self) -> str:
        lines = []
        for status in self._connections.statuses().values():
            since = self.tr("since %1").replace("%1", formats.clock_short(status.since_ns))
            host = f" ({status.host})" if status.host else ""
            lines.append(f"{status.name}{host}: {self.state_text(status)}, {since}")
            settings = self._connections.get(status.connection_id)
            more = exceptions(settings) if settings is not None else []
            if status.queue_depth >= 0:
                more.append(queue(status.queue_depth))
            lines += [f"    {text}" for text in more]
        return "\n".join(lines) or self.tr("Connect to a bus")

    def _show_band(self, production: list[ConnectionSettings]) -> None:
        names = ", ".join(connection.name for connection in production)
        text = self.tr("Production: %1").replace("%1", names) if production else ""
        self._band.show_message(text, production[0].colour if production else "none")

    # -- the menu ------------------------------------------------------------------------------------------------

    @Slot()
    def _fill_menu(self) -> None:
        self._menu.clear()
        statuses = self._connections.statuses()
        for settings in self._connections.all():
            status = statuses.get(settings.id)
            action = self._menu.addAction(self._entry(settings, status))
            action.setCheckable(True)
            action.setChecked(status is not None and status.state in _LIVE)
            action.setData(settings.id)
            if settings.colour != "none":
                action.setIcon(self._theme.icons.square(settings.colour))
            action.setToolTip(plain_tip(settings.url))
            action.triggered.connect(self._toggle)
        if self._connections.all():
            self._menu.addSeparator()
        for key in ("connect", "connection.edit", "disconnect"):
            self._menu.addAction(self._commands[key])

    def _entry(self, settings: ConnectionSettings, status: ConnectionStatus | None) -> str:
        """Return a connection's name with its state in words, where it is not closed."""
        if status is None or status.state not in _LIVE:
            return as_caption(settings.name)
        outage = next((one for one in self.outages if one.connection_id == settings.id), None)
        state = self.state_text(replace(status, reason="")) if outage is None else outage_texts.state(outage)
        return f"{as_caption(settings.name)} – {state}"

    @Slot()
    def _toggle(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            if action.isChecked():
                self.open(str(action.data()))
            else:
                self._connections.close(str(action.data()))

    # -- connecting ----------------------------------------------------------------------------------------------

    def open(self, connection_id: str) -> None:
        """Connect; should no password be known, ask_password() follows."""
        reason = self._connections.open(connection_id)
        if reason:
            self.failed.emit(translated(reason))

    @Slot(object)
    def ask_password(self, notice: PasswordWanted) -> None:
        """Ask for the password that a connection waits for, and connect with it."""
        settings = self._connections.get(notice.connection_id)
        reason = self._open_with_password(settings) if settings is not None else ""
        if reason:
            self.failed.emit(translated(reason))

    @Slot()
    def connect_again(self) -> None:
        """Try again now where there is no connection."""
        for connection_id in self._connections.statuses():
            self.try_now(connection_id)

    @Slot(str)
    def try_now(self, connection_id: str) -> None:
        """Try a connection again at once; one that waits for its next attempt keeps what it knows of its gap."""
        status = self._connections.statuses().get(connection_id)
        if status is None or status.state not in {ConnectionState.REFUSED, ConnectionState.LOST}:
            return
        if status.retry_ns:
            self._connections.retry(connection_id)
        else:
            self.open(connection_id)

    def _open_with_password(self, settings: ConnectionSettings) -> str:
        prompt = PasswordPrompt(settings.name, settings.user, self._window)
        wanted = bool(prompt.exec())
        password, remember = prompt.password, prompt.remember
        prompt.deleteLater()
        if not wanted:
            self._connections.close(settings.id)
            return ""
        reason = self._connections.save(settings, password, remember=True) if remember else ""
        return reason or self._connections.open(settings.id, password)

    @Slot()
    def ask_new(self) -> None:
        """Let the user describe a new connection, and connect."""
        dialog = ConnectionDialog(self._connections, None, self._theme, self._window, connects=True)
        try:
            from clacks_monitor.gui.connections.nearby_brokers import NearbyBrokers  # the window starts faster
        except ImportError:
            pass  # Qt's network module needs a library that not every system has: then none are looked for
        else:
            dialog.offer(NearbyBrokers(self._connections.protocols, dialog))
        if dialog.exec():
            self.open(dialog.connection_id)
        dialog.deleteLater()

    @Slot()
    def ask_edit(self) -> None:
        """Let the user change the connections."""
        manager = ConnectionsManager(self._connections, self._theme, self._window)
        manager.open_wanted.connect(self.open)
        self.changed.connect(manager.refresh)
        manager.exec()
        self.changed.disconnect(manager.refresh)
        manager.deleteLater()

    @Slot()
    def disconnect_all(self) -> None:
        """Disconnect everything."""
        for settings in self.live():
            self._connections.close(settings.id)
