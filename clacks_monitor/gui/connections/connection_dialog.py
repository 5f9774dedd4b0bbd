"""Describes a connection: where the broker is, how to log in, what to be careful about; and tries it out.

Owner: its opener. Thread: the window's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core import stream_position
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.connection import (
    AddressError,
    ConnectionSettings,
    ConnectionState,
    DialectName,
    Mechanism,
    TlsSettings,
    from_url,
)
from clacks_monitor.core.messages import reason
from clacks_monitor.gui.connections.caution import caution, when_in_effect
from clacks_monitor.gui.connections.found_list import FoundList
from clacks_monitor.gui.connections.hosts import host_lines, read_hosts
from clacks_monitor.gui.connections.probe_run import ProbeRun
from clacks_monitor.gui.connections.protocol_fields import ProtocolFields
from clacks_monitor.gui.kit.colour_names import colour_name
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child, put
from clacks_monitor.gui.kit.notes import Note, Tone
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.ui.ui_dialog_connection import Ui_ConnectionDialog

if TYPE_CHECKING:
    from clacks_monitor.core.connection import BusProtocol
    from clacks_monitor.gui.connections.nearby_brokers import FoundBroker, NearbyBrokers
    from clacks_monitor.gui.connections.store_port import ConnectionStorePort
    from clacks_monitor.gui.kit.theme import Theme


class ConnectionDialog(QDialog):
    """``connection_id`` is the stored connection's, once the dialog was accepted."""

    def __init__(
        self,
        connections: ConnectionStorePort,
        settings: ConnectionSettings | None,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        connects: bool = False,
    ) -> None:
        """Take whether the opener ``connects`` with what is saved: then the button says so."""
        super().__init__(parent)
        Ui_ConnectionDialog().setupUi(self)
        self._connections = connections
        self._theme = theme
        self._before = settings or ConnectionSettings(self.tr("New connection"))
        self.connection_id = self._before.id
        status = connections.statuses().get(self._before.id)
        self._open = settings if status is not None and status.state is not ConnectionState.CLOSED else None
        self._filling = False
        self._offered_name = ""
        self.note = put(self, "note", Note(theme, Tone.HELP, self))
        self.steps = child(self, QListWidget, "steps")
        self._probe = ProbeRun(connections, self.steps, theme)
        self.test_button = child(self, QPushButton, "testButton")
        self.buttons = child(self, QDialogButtonBox, "buttons")
        self.save_button = self.buttons.button(QDialogButtonBox.StandardButton.Save)
        if connects:
            self.save_button.setText(self.tr("Connect"))
        self._fields = ProtocolFields(self, connections.protocols)
        self._fill_choices()
        self.show_settings(self._before)
        self._connect()
        self._show_whether()
        self.line("name").selectAll()
        self.line("name").setFocus()
        self.resize(520, 440)

    def _fill_choices(self) -> None:
        for dialect, text in (
            (DialectName.AUTO, self.tr("detect automatically")),
            (DialectName.QPID, "Apache Qpid C++"),
            (DialectName.EMBEDDED, self.tr("embedded broker of this program")),
            (DialectName.RABBITMQ, "RabbitMQ"),
            (DialectName.ARTEMIS, "ActiveMQ Artemis"),
            (DialectName.BROKER_J, "Apache Qpid Broker-J"),
            (DialectName.ROUTER, self.tr("Qpid dispatch router")),
            (DialectName.GENERIC, self.tr("another AMQP 1.0 broker")),
        ):
            self.combo("dialect").addItem(text, dialect)
        for mechanism in Mechanism:
            text = self.tr("automatic (strongest available)") if mechanism is Mechanism.AUTO else mechanism.value
            self.combo("mechanism").addItem(text, mechanism)
        for colour in COLOURS:
            self.combo("colour").addItem(self._theme.icons.square(colour), colour_name(colour), colour)

    def _connect(self) -> None:
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.finished.connect(self._probe.cancel)
        self.test_button.clicked.connect(self.test)
        self.line("url").textEdited.connect(self._url_edited)
        self._fields.protocol.activated.connect(self._protocol_chosen)
        for name in ("name", "domain", "routingKey", "user", "password", "virtualHost", "streamFrom", "topics"):
            self.line(name).textChanged.connect(self._show_whether)
        self.hosts.textChanged.connect(self._show_whether)
        for name in ("tls", "plain", "verifyHost", "verifyCertificate", "production", "readOnly", "consumes"):
            self.box(name).toggled.connect(self._show_whether)
        for name in ("mechanism", "payload", "version"):
            self.combo(name).currentIndexChanged.connect(self._show_whether)
        for button, line, title in (
            ("caButton", "caFile", self.tr("CA certificates to verify the broker")),
            ("certificateButton", "certificateFile", self.tr("Client certificate")),
            ("keyButton", "keyFile", self.tr("Private key of the client certificate")),
        ):
            _pick_file_with(child(self, QPushButton, button), self.line(line), title)

    def line(self, name: str) -> QLineEdit:
        """Return a line edit by its name in the form."""
        return child(self, QLineEdit, name)

    def box(self, name: str) -> QCheckBox:
        """Return a check box by its name in the form."""
        return child(self, QCheckBox, name)

    def combo(self, name: str) -> QComboBox:
        """Return a combo box by its name in the form."""
        return child(self, QComboBox, name)

    @property
    def hosts(self) -> QPlainTextEdit:
        """The failover list, one host on each line."""
        return child(self, QPlainTextEdit, "hosts")

    # -- between settings and fields -------------------------------------------------------------------------------

    def show_settings(self, settings: ConnectionSettings) -> None:
        """Show a connection's settings in the fields."""
        self._filling = True
        tls = settings.tls or TlsSettings()
        for name, text in (
            ("name", settings.name),
            ("url", settings.url),
            ("domain", settings.domain),
            ("routingKey", settings.routing_key),
            ("virtualHost", settings.vhost),
            ("streamFrom", settings.stream_from),
            ("user", settings.user),
            ("caFile", tls.ca_file),
            ("certificateFile", tls.certificate_file),
            ("keyFile", tls.key_file),
        ):
            self.line(name).setText(text)
        self._fields.show_settings(settings)
        self.hosts.setPlainText(host_lines(settings))
        for name, on in (
            ("tls", settings.tls is not None),
            ("verifyHost", tls.verify_host),
            ("verifyCertificate", tls.verify_certificate),
            ("plain", settings.plain_without_tls),
            ("production", settings.production),
            ("readOnly", settings.read_only),
            ("consumes", settings.consumes),
        ):
            self.box(name).setChecked(on)
        for name, data in (
            ("dialect", settings.dialect),
            ("mechanism", settings.mechanism),
            ("colour", settings.colour),
        ):
            self.combo(name).setCurrentIndex(self.combo(name).findData(data))
        child(self, QDoubleSpinBox, "connectTimeout").setValue(settings.connect_timeout_s)
        child(self, QDoubleSpinBox, "idleTimeout").setValue(settings.idle_timeout_s)
        self._filling = False

    def settings(self) -> ConnectionSettings:
        """Return what the fields say. Raises AddressError."""
        secure = self.box("tls").isChecked()
        name = self.line("name").text().strip()
        if not name:
            raise AddressError(self.tr("Enter a name for the connection."))
        tls = TlsSettings(
            self.line("caFile").text().strip(),
            self.line("certificateFile").text().strip(),
            self.line("keyFile").text().strip(),
            self.box("verifyHost").isChecked(),
            self.box("verifyCertificate").isChecked(),
        )
        return replace(
            self._before,
            name=name,
            hosts=read_hosts(self.hosts.toPlainText(), usual_port=self._protocol().usual_port(secure=secure)),
            domain=self.line("domain").text().strip() or "org.clacks",
            routing_key=self.line("routingKey").text().strip() or "event",
            vhost=self.line("virtualHost").text().strip(),
            stream_from=self._stream_from(),
            user=self.line("user").text().strip(),
            tls=tls if secure else None,
            mechanism=Mechanism(self.combo("mechanism").currentData()),
            plain_without_tls=self.box("plain").isChecked(),
            **self._fields.values(self._dialect(), self._before.protocol),
            colour=str(self.combo("colour").currentData()),
            production=self.box("production").isChecked(),
            read_only=self.box("readOnly").isChecked(),
            consumes=self.box("consumes").isChecked(),
            connect_timeout_s=child(self, QDoubleSpinBox, "connectTimeout").value(),
            idle_timeout_s=child(self, QDoubleSpinBox, "idleTimeout").value(),
        )

    def _dialect(self) -> DialectName:
        return DialectName(self.combo("dialect").currentData() or DialectName.AUTO)

    def _stream_from(self) -> str:
        text = self.line("streamFrom").text().strip()
        try:
            stream_position.parse(text)
        except stream_position.StreamPositionError as error:
            raise AddressError(reason(error)) from None
        return text

    def _protocol(self) -> BusProtocol:
        for protocol in self._connections.protocols:
            if protocol.name == self._before.protocol:
                return protocol
        raise AddressError(self.tr("This version does not know the protocol of this connection."))

    @property
    def password(self) -> str | None:
        """What was entered as the password; None when nothing was."""
        return self.line("password").text() or None

    def _url_edited(self, text: str) -> None:
        try:
            found, password = from_url(
                text.strip(), name=self.line("name").text(), protocols=self._connections.protocols
            )
        except AddressError as error:
            self.note.set_text(translated(reason(error)), Tone.BAD)
            return
        self._before = replace(self._before, protocol=found.protocol)
        usual_port = self._protocol().usual_port(secure=False)
        others = read_hosts(self.hosts.toPlainText() or "localhost", usual_port=usual_port)[1:]
        tls = found.tls and (self._before.tls or found.tls)
        self._filling = True
        self._fields.show_settings(found)
        self.hosts.setPlainText(host_lines(replace(found, hosts=(*found.hosts, *others))))
        self.line("domain").setText(found.domain)
        self.line("virtualHost").setText(found.vhost)
        self.line("streamFrom").setText(found.stream_from)
        self.line("user").setText(found.user)
        self.box("tls").setChecked(tls is not None)
        if password is not None:
            self.line("password").setText(password)
        self._filling = False
        self._show_whether(keep_url=True)

    @Slot()
    def _protocol_chosen(self) -> None:
        """Show the fields of the protocol that was chosen, and its usual port where that of the other was shown."""
        secure, lines = self.box("tls").isChecked(), self.hosts.toPlainText()
        before = self._protocol().usual_port(secure=secure)
        self._before = replace(self._before, protocol=str(self._fields.protocol.currentData()))
        self._fields.show_protocol(self._before.protocol)
        after = self._protocol().usual_port(secure=secure)
        changed = [
            f"{line.removesuffix(f':{before}')}:{after}" if line.endswith(f":{before}") else line
            for line in lines.splitlines()
        ]
        self.hosts.setPlainText("\n".join(changed))
        self._show_whether()

    def _show_whether(self, *_changed: object, keep_url: bool = False) -> None:
        """Say whether the fields make a connection, and what to think of it."""
        if self._filling:
            return
        secure = self.box("tls").isChecked()
        for name in ("caFile", "certificateFile", "keyFile"):
            self.line(name).setEnabled(secure)
        for name in ("caButton", "certificateButton", "keyButton"):
            child(self, QPushButton, name).setEnabled(secure)
        for name in ("verifyHost", "verifyCertificate"):
            self.box(name).setEnabled(secure)
        self.box("plain").setEnabled(not secure)
        self.box("remember").setEnabled(bool(self.password))
        try:
            settings = self.settings()
        except AddressError as error:
            self.note.set_text(translated(reason(error)), Tone.BAD)
        else:
            text, tone = caution(settings)
            effect = "" if self._open is None else when_in_effect(self._open, settings)
            self.note.set_text(" ".join(filter(None, (text, effect))), tone)
            if not keep_url and not self.line("url").hasFocus():
                self.line("url").setText(settings.url)
        usable = self.note.tone is not Tone.BAD
        self.test_button.setEnabled(usable)
        self.save_button.setEnabled(usable)

    # -- what is found ---------------------------------------------------------------------------------------------

    def offer(self, search: NearbyBrokers) -> None:
        """Offer what a search finds, as long as the dialog is open."""
        found = FoundList(search, self)
        found.chosen.connect(self._fill_in)
        column = child(self, QVBoxLayout, "column")
        column.insertWidget(0, PlainLabel(self, found.accessibleName()))
        column.insertWidget(1, found)
        self.finished.connect(search.stop)
        search.start()

    @Slot(object)
    def _fill_in(self, found: FoundBroker) -> None:
        """Take host, port and TLS of a broker that was found; the name follows while it is not the user's own."""
        named = self.line("name").text() in {self.tr("New connection"), self._offered_name}
        self._before = replace(self._before, protocol=found.protocol)
        self._fields.show_protocol(found.protocol)
        self._filling = True
        self.hosts.setPlainText("\n".join(f"{host}:{port}" for host, port in found.hosts))
        self.box("tls").setChecked(found.secure)
        if named:
            self._offered_name = found.hosts[0][0]
            self.line("name").setText(self._offered_name)
        self._filling = False
        self._show_whether()

    # -- trying out ------------------------------------------------------------------------------------------------

    def test(self) -> None:
        """Try the connection; each step is shown when it is done."""
        try:
            settings = self.settings()
        except AddressError:
            return
        self._probe.start(settings, self.password)
        self.resize(max(self.width(), 520), max(self.height(), 600))

    # -- the end ---------------------------------------------------------------------------------------------------

    @override
    def accept(self) -> None:
        try:
            settings = self.settings()
        except AddressError as error:
            self.note.set_text(translated(reason(error)), Tone.BAD)
            return
        problem = self._connections.save(settings, self.password, remember=self.box("remember").isChecked())
        if problem:
            self.note.set_text(translated(problem), Tone.BAD)
            child(self, QTabWidget, "tabs").setCurrentIndex(0)
            return
        super().accept()


def _pick_file_with(button: QPushButton, line: QLineEdit, title: str) -> None:
    button.setAccessibleName(spoken(title))

    def pick() -> None:
        name, _filter = QFileDialog.getOpenFileName(button.window(), title, line.text())
        if name:
            line.setText(name)

    button.clicked.connect(pick)
