"""Where to: the connection, the way onto the bus, and what speaks against it.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QMainWindow

from clacks_monitor.core.sending import Via
from clacks_monitor.gui.kit.contrast import readable_on
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.plain_text import as_title
from clacks_monitor.gui.kit.translation import translated

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.sending.composing import Composing


class Target(QObject):
    """``changed`` comes when another connection or way was chosen, or the connection's state may be another."""

    changed = Signal()

    def __init__(self, composing: Composing, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._composing = composing
        self._theme = theme
        self.connections = child(window, QComboBox, "connectionChooser")
        self.ways = child(window, QComboBox, "viaChooser")
        self.band = child(window, QFrame, "band")
        self.band_label = child(window, PlainLabel, "bandLabel")
        self.band.setAutoFillBackground(True)
        for strategy, text, tip in (
            (Via.EXCHANGE, self.tr("the exchange"), self.tr("Directly to the exchange. The event is not checked.")),
            (
                Via.AGENT,
                self.tr("the agent"),
                self.tr("The agent checks the event and your permissions, then publishes it."),
            ),
        ):
            self.ways.addItem(text, strategy)
            self.ways.setItemData(self.ways.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self.connections.currentIndexChanged.connect(self._chosen)
        self.ways.currentIndexChanged.connect(self.changed)
        theme.changed.connect(self._show_band)

    def refresh(self) -> None:
        """Show the connections as they are now; the chosen one stays chosen."""
        chosen = self.connections.currentData()
        settings = self._composing.connections.all()
        self.connections.blockSignals(True)
        self.connections.clear()
        for item in settings:
            # An empty square would look like a box to tick.
            icon = QIcon() if item.colour == "none" else self._theme.icons.square(item.colour)
            self.connections.addItem(icon, as_title(self._message(item)), item.id)
        ids = [item.id for item in settings]
        ready = [identity for identity in ids if not self._composing.sender.why_not(identity)]
        wanted = chosen if chosen in ids else next(iter([*ready, *ids]), "")
        self.connections.setCurrentIndex(self.connections.findData(wanted))
        self.connections.setEnabled(bool(ids))
        self.connections.blockSignals(False)
        self._chosen()

    def _message(self, settings: ConnectionSettings) -> str:
        marks = [
            self.tr("production") if settings.production else "",
            self.tr("read-only") if settings.read_only else "",
            self.tr("not connected") if self._composing.sender.why_not(settings.id) and not settings.read_only else "",
        ]
        text = ", ".join(mark for mark in marks if mark)
        return f"{settings.name} ({text})" if text else settings.name

    def _chosen(self) -> None:
        self._show_band()
        self.changed.emit()

    @Slot()
    def _show_band(self) -> None:
        settings = self.settings
        self.band.setVisible(settings is not None and settings.production)
        if settings is None:
            return
        colour = settings.colour if settings.colour != "none" else "red"
        background = self._theme.swatch(colour)
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, background)
        palette.setColor(QPalette.ColorRole.WindowText, readable_on(background, self._theme.text))
        self.band.setPalette(palette)
        text = self.tr("Production: events sent to {0} affect real machines and users.")
        self.band_label.setText(text.format(settings.name))

    @property
    def settings(self) -> ConnectionSettings | None:
        """The connection that is chosen."""
        return self._composing.connections.get(str(self.connections.currentData() or ""))

    @property
    def via(self) -> Via:
        """The way that is chosen."""
        return Via(self.ways.currentData())

    def why_not(self) -> str:
        """Return why nothing can be sent there, "" when it can."""
        settings = self.settings
        if settings is None:
            return self.tr("No connection to send to.")
        return translated(self._composing.sender.why_not(settings.id))

    def message(self, *, broken: bool) -> str:
        """Return what sending would do, for the button."""
        settings = self.settings
        if settings is None:
            return self.tr("Not connected")
        if self.via is Via.AGENT:
            text = (
                self.tr("Send invalid event to {0} through the agent")
                if broken
                else self.tr("Send to {0} through the agent")
            )
        else:
            text = self.tr("Send invalid event to {0}") if broken else self.tr("Send to {0}")
        return text.format(as_title(settings.domain)) + ("…" if settings.production else "")
