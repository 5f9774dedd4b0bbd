"""The fields of a connection that only some protocols have: shown for those, and between fields and settings.

Owner: the connection dialog. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QWidget

from clacks_monitor.core.connection import AMQP, MQTT, DialectName, MqttVersion, topics_from
from clacks_monitor.gui.kit.layouts import child

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.connection import BusProtocol, ConnectionSettings

_BROKER, _SECURITY, _MORE = "brokerTabForm", "securityTabForm", "moreTabForm"
_AMQP: Final = (
    (_BROKER, "routingKey"), (_BROKER, "dialect"), (_BROKER, "virtualHost"), (_BROKER, "streamFrom"),
    (_SECURITY, "mechanism"), (_MORE, "consumes"),
)  # fmt: skip  # by forms
_MQTT: Final = ((_BROKER, "payload"), (_BROKER, "topics"), (_BROKER, "version"))
_NAMES: Final = {AMQP.name: "AMQP 1.0", MQTT.name: "MQTT (GOsa 3)"}


class ProtocolFields:
    """The choice of the protocol, and the fields of MQTT."""

    def __init__(self, dialog: QWidget, protocols: Sequence[BusProtocol]) -> None:
        self._dialog = dialog
        self.protocol = child(dialog, QComboBox, "protocol")
        self._payload, self._version = child(dialog, QComboBox, "payload"), child(dialog, QComboBox, "version")
        self._topics = child(dialog, QLineEdit, "topics")
        self._dialect = DialectName.AUTO
        translate = QCoreApplication.translate
        for protocol in protocols:
            self.protocol.addItem(_NAMES.get(protocol.name, protocol.name), protocol.name)
        self._payload.addItem(translate("ConnectionDialog", "wrapped in JSON, as GOsa 3 does it"), DialectName.GOSA)
        self._payload.addItem(translate("ConnectionDialog", "the event itself"), DialectName.PLAIN)
        self._version.addItem(translate("ConnectionDialog", "the newest that the broker knows"), MqttVersion.AUTO)
        for version in (MqttVersion.V5, MqttVersion.V3_1_1, MqttVersion.V3_1):
            self._version.addItem(version.value, version)

    def show_settings(self, settings: ConnectionSettings) -> None:
        """Show what settings say, and only the fields that their protocol has."""
        self._dialect = settings.dialect
        plain = settings.dialect is DialectName.PLAIN
        self._payload.setCurrentIndex(self._payload.findData(DialectName.PLAIN if plain else DialectName.GOSA))
        self._version.setCurrentIndex(self._version.findData(settings.version))
        self._topics.setText(", ".join(settings.topics))
        self._topics.setPlaceholderText(f"{settings.domain}/client/#, {settings.domain}/bus …")
        self.show_protocol(settings.protocol)

    def show_protocol(self, protocol: str) -> None:
        """Show the fields that a protocol has."""
        self.protocol.setCurrentIndex(self.protocol.findData(protocol))
        for fields, shown in ((_AMQP, protocol != MQTT.name), (_MQTT, protocol == MQTT.name)):
            for form, name in fields:
                child(self._dialog, QFormLayout, form).setRowVisible(child(self._dialog, QWidget, name), shown)

    def values(self, amqp_dialect: DialectName, protocol: str) -> dict[str, Any]:
        """Return the settings that the fields of MQTT stand for, and the dialect. Raises AddressError."""
        if protocol != MQTT.name:
            return {"dialect": amqp_dialect}
        chosen = DialectName(self._payload.currentData())
        unsaid = chosen is DialectName.GOSA and self._dialect is DialectName.AUTO
        return {
            "dialect": DialectName.AUTO if unsaid else chosen,
            "topics": topics_from(self._topics.text()),
            "version": MqttVersion(self._version.currentData()),
        }
