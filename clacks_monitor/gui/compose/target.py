"""Where to: the connection, the way onto the bus or the topic of MQTT, and what speaks against it.

Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QComboBox, QFrame, QMainWindow

from clacks_monitor.core.connection import MQTT
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


TOPICS: Final = ("events", "client/broadcast", "client/", "bus", "proxy")
"""Where GOsa's programs listen, below the domain; a client's UUID or a user's name belongs behind ``client/``."""
_TOPIC_LENGTH: Final = 26
"""Characters of a topic that can be seen at least."""


class Target(QObject):
    """``changed`` comes when another connection, way or topic was chosen, or the connection's state may be another.

    ``ways`` holds the ways onto the bus, or for a connection over MQTT topics, which may also be typed.
    """

    changed = Signal()

    def __init__(self, composing: Composing, theme: Theme, window: QMainWindow) -> None:
        super().__init__(window)
        self._composing = composing
        self._theme = theme
        self.connections = child(window, QComboBox, "connectionChooser")
        self.ways = child(window, QComboBox, "viaChooser")
        self.ways_label = child(window, PlainLabel, "viaLabel")
        self._through = self.ways_label.text()
        self._ways_of = ("", "")
        self.band = child(window, QFrame, "band")
        self.band_label = child(window, PlainLabel, "bandLabel")
        self.band.setAutoFillBackground(True)
        self._offer_ways()
        self.connections.currentIndexChanged.connect(self._chosen)
        self.ways.currentTextChanged.connect(self.changed)
        theme.changed.connect(self._show_band)

    def _offer(self) -> None:
        """Offer what the chosen connection has: topics, or ways. What is chosen stays while that is the same."""
        settings = self.settings
        domain = settings.domain if settings is not None and settings.protocol == MQTT.name else ""
        if self._ways_of == (MQTT.name if domain else "", domain):
            return
        self._ways_of = (MQTT.name if domain else "", domain)
        self.ways.blockSignals(True)
        self.ways.clear()
        self.ways.setEditable(bool(domain))
        if domain:
            self.ways.addItems([f"{domain}/{name}" for name in TOPICS])
        else:
            self._offer_ways()
        self.ways.setToolTip(self.tr("The topic that the event is published on") if domain else "")
        self.ways_label.setText(self.tr("throu&gh topic") if domain else self._through)
        self.ways.setMinimumContentsLength(_TOPIC_LENGTH if domain else 0)
        self.ways.blockSignals(False)

    def _offer_ways(self) -> None:
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
        self._offer()
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
        return Via.EXCHANGE if self._ways_of[0] else Via(self.ways.currentData())

    @property
    def topic(self) -> str:
        """The topic that is chosen or typed, "" on a bus without topics."""
        return self.ways.currentText().strip() if self._ways_of[0] else ""

    @property
    def name(self) -> str:
        """What it is sent to: the topic or the domain."""
        settings = self.settings
        return self.topic or ("" if settings is None else settings.domain)

    def why_not(self) -> str:
        """Return why nothing can be sent there, "" when it can."""
        settings = self.settings
        if settings is None:
            return self.tr("No connection to send to.")
        if self._ways_of[0] and (not self.topic or set(self.topic) & set("+#\0")):
            return self.tr("Enter the topic to send to: one without the wildcards + and #.")
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
        return text.format(as_title(self.name)) + ("…" if settings.production else "")
