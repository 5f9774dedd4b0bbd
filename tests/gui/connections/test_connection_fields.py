"""Every field of a connection: shown, changed, given back; what is said of it; and the list of connections."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QDoubleSpinBox, QFileDialog, QPushButton, QTabWidget, QWidget

from clacks_monitor.core.connection import (
    AMQP,
    BusProtocol,
    ConnectionSettings,
    DialectName,
    Mechanism,
    MqttVersion,
    TlsSettings,
)
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.connections_dialog import ConnectionsManager
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import Tone
from tests.helpers.compose_widgets import shown
from tests.helpers.connection_port import PLANT, Connections, Step, press_save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def connections() -> Iterator[Connections]:
    connections = Connections()
    yield connections
    for probe in connections.probes.started:
        probe.thread.join()


WHOLE = ConnectionSettings(
    "site",
    hosts=(("bus.example.org", 5671),),
    domain="org.site",
    routing_key="event.#",
    vhost="a/b",
    stream_from="first",
    user="bert",
    tls=TlsSettings("/etc/ca.pem", "/etc/me.pem", "/etc/me.key", verify_host=False, verify_certificate=False),
    mechanism=Mechanism.EXTERNAL,
    plain_without_tls=True,
    dialect=DialectName.RABBITMQ,
    colour="green",
    production=True,
    read_only=True,
    consumes=True,
    connect_timeout_s=7.0,
    idle_timeout_s=33.0,
    id="site",
)


MQTT_SITE = replace(
    WHOLE,
    routing_key="event",
    vhost="",
    stream_from="",
    mechanism=Mechanism.AUTO,
    consumes=False,
    protocol="mqtt",
    dialect=DialectName.PLAIN,
    topics=("a/#", "b"),
    version=MqttVersion.V3_1_1,
)


@pytest.mark.parametrize("whole", [WHOLE, MQTT_SITE, replace(MQTT_SITE, dialect=DialectName.GOSA)])
def test_every_field_is_shown_and_comes_back(connections: Connections, theme: Theme, whole: ConnectionSettings) -> None:
    dialog = ConnectionDialog(connections, whole, theme)
    assert dialog.settings() == whole
    blank = ConnectionDialog(connections, ConnectionSettings("", id="site", protocol=whole.protocol), theme)
    blank.show_settings(whole)
    assert blank.settings() == whole


AMQP_ONLY = ("routingKey", "dialect", "virtualHost", "streamFrom", "mechanism", "consumes")
MQTT_ONLY = ("payload", "topics", "version")


def test_a_protocol_shows_its_own_fields_and_its_usual_port(connections: Connections, theme: Theme) -> None:
    settings = ConnectionSettings("x", hosts=(("a", 5672), ("b", 7)))
    with shown(ConnectionDialog(connections, settings, theme)) as dialog:
        for protocol, wanted, others, port in (
            ("mqtt", MQTT_ONLY, AMQP_ONLY, 1883),
            ("amqp", AMQP_ONLY, MQTT_ONLY, 5672),
        ):
            chosen = dialog.combo("protocol")
            chosen.setCurrentIndex(chosen.findData(protocol))
            chosen.activated.emit(chosen.currentIndex())
            assert dialog.settings().protocol == protocol
            assert dialog.settings().hosts == (("a", port), ("b", 7))
            assert dialog.line("url").text().startswith(f"{protocol}://a:{port}/")
            assert [child(dialog, QWidget, name).isVisibleTo(dialog_page(dialog, name)) for name in wanted] == [
                True
            ] * len(wanted)
            assert not any(child(dialog, QWidget, name).isVisibleTo(dialog_page(dialog, name)) for name in others)


def dialog_page(dialog: ConnectionDialog, name: str) -> QWidget:
    page = child(dialog, QWidget, name).parentWidget()
    assert page is not None
    return page


def test_a_url_of_mqtt_fills_in_what_it_says(connections: Connections, theme: Theme) -> None:
    dialog = ConnectionDialog(connections, ConnectionSettings("x", id="x"), theme)
    url = "mqtts://me@bus/site?dialect=plain&topics=a/+,b/#&version=3.1"
    dialog.line("url").setText(url)
    dialog.line("url").textEdited.emit(url)
    found = dialog.settings()
    assert (found.protocol, found.hosts, found.domain, found.user) == ("mqtt", (("bus", 8883),), "site", "me")
    assert (found.dialect, found.topics, found.version) == (DialectName.PLAIN, ("a/+", "b/#"), MqttVersion.V3_1)
    dialog.line("topics").setText("a/#/b")
    assert dialog.note.tone is Tone.BAD
    assert "# must be the last level" in dialog.note.text()


@pytest.mark.parametrize(
    ("do", "change"),
    [
        (lambda d: d.line("name").setText(" other "), {"name": "other"}),
        (lambda d: d.hosts.setPlainText("a:1\nb"), {"hosts": (("a", 1), ("b", 5671))}),
        (lambda d: d.line("domain").setText(" "), {"domain": "org.clacks"}),
        (lambda d: d.line("domain").setText(" x.y "), {"domain": "x.y"}),
        (lambda d: d.line("routingKey").setText(""), {"routing_key": "event"}),
        (lambda d: d.line("routingKey").setText("z"), {"routing_key": "z"}),
        (lambda d: d.line("user").setText(" carl "), {"user": "carl"}),
        (lambda d: d.line("virtualHost").setText(" z "), {"vhost": "z"}),
        (lambda d: d.line("streamFrom").setText(" 10:00 "), {"stream_from": "10:00"}),
        (lambda d: d.box("tls").setChecked(False), {"tls": None}),
        (lambda d: d.box("plain").setChecked(False), {"plain_without_tls": False}),
        (lambda d: d.box("production").setChecked(False), {"production": False}),
        (lambda d: d.box("readOnly").setChecked(False), {"read_only": False}),
        (lambda d: d.box("consumes").setChecked(False), {"consumes": False}),
        (lambda d: d.combo("colour").setCurrentIndex(d.combo("colour").findData("red")), {"colour": "red"}),
        (lambda d: d.combo("dialect").setCurrentIndex(0), {"dialect": DialectName.AUTO}),
        (lambda d: d.combo("mechanism").setCurrentIndex(0), {"mechanism": Mechanism.AUTO}),
        (lambda d: child(d, QDoubleSpinBox, "connectTimeout").setValue(9), {"connect_timeout_s": 9.0}),
        (lambda d: child(d, QDoubleSpinBox, "idleTimeout").setValue(90), {"idle_timeout_s": 90.0}),
    ],
)
def test_a_field_that_is_changed_changes_that_alone(
    connections: Connections, theme: Theme, do: Callable[[ConnectionDialog], None], change: dict[str, object]
) -> None:
    with shown(ConnectionDialog(connections, WHOLE, theme)) as dialog:
        do(dialog)
        press_save(dialog)
    ((settings, password, remember),) = connections.saved
    assert settings == replace(WHOLE, **change)  # type: ignore[arg-type]  # names of fields
    assert (password, remember) == (None, False)


def test_a_url_brings_its_protocol_and_the_ports_of_it(
    connections: Connections, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Connections, "protocols", (AMQP, BusProtocol("mqtt", 1883, 8883)))
    with shown(ConnectionDialog(connections, None, theme)) as dialog:
        line = dialog.line("url")
        line.setText("mqtts://h")
        line.textEdited.emit(line.text())
        assert dialog.settings().url == "mqtts://h:8883/org.clacks"
        dialog.hosts.setPlainText("other")
        press_save(dialog)
    ((settings, _password, _remember),) = connections.saved
    assert (settings.url, settings.protocol) == ("mqtts://other:8883/org.clacks", "mqtt")


def test_a_protocol_that_is_not_known_is_said_and_not_saved(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, replace(WHOLE, protocol="stomp"), theme)) as dialog:
        assert "does not know the protocol" in dialog.note.text()
        assert not dialog.test_button.isEnabled()


def test_cancel_saves_nothing(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, WHOLE, theme)) as dialog:
        dialog.line("name").setText("other")
        dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
        assert (dialog.isVisible(), dialog.result()) == (False, 0)
    assert connections.saved == []


def test_fields_that_have_no_meaning_now_are_off(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, WHOLE, theme)) as dialog:
        of_tls: list[QWidget] = [dialog.line(name) for name in ("caFile", "certificateFile", "keyFile")]
        of_tls += [child(dialog, QPushButton, name) for name in ("caButton", "certificateButton", "keyButton")]
        of_tls += [dialog.box(name) for name in ("verifyHost", "verifyCertificate")]
        for on in (True, False, True):
            dialog.box("tls").setChecked(on)
            assert [widget.isEnabled() for widget in of_tls] == [on] * 8
            assert dialog.box("plain").isEnabled() is not on
        remember = dialog.box("remember")
        assert not remember.isEnabled()
        dialog.line("password").setText("x")
        assert remember.isEnabled()


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("domain", "org.other", "when you save it"),
        ("routingKey", "another", "when you save it"),
        ("streamFrom", "last", "when you save it"),
        ("user", "anna", "at the next connect"),
        ("virtualHost", "another", "at the next connect"),
        ("name", "another", ""),
    ],
)
@pytest.mark.parametrize("is_open", [True, False])
def test_when_a_change_takes_effect_is_said(
    connections: Connections, theme: Theme, field: str, text: str, said: str, *, is_open: bool
) -> None:
    settings = replace(WHOLE, tls=TlsSettings(), consumes=False, production=False)
    connections.live = {settings.id} if is_open else set()
    with shown(ConnectionDialog(connections, settings, theme)) as dialog:
        dialog.line(field).setText(text)
        note = dialog.note.text()
        assert (said in note and bool(note) is bool(said)) if is_open else note == ""
        dialog.line(field).setText(getattr(settings, FIELDS[field]))
        assert dialog.note.text() == ""


FIELDS = {
    "domain": "domain", "routingKey": "routing_key", "streamFrom": "stream_from", "user": "user",
    "virtualHost": "vhost", "name": "name",
}  # fmt: skip  # as many on a line as fit


@pytest.mark.parametrize(
    ("settings", "tone", "words"),
    [
        (WHOLE, Tone.WARN, "Anyone could impersonate"),
        (replace(WHOLE, tls=TlsSettings(verify_host=False)), Tone.WARN, "Any certificate of the CA"),
        (replace(WHOLE, tls=None, plain_without_tls=False, mechanism=Mechanism.PLAIN), Tone.WARN, "Turn on TLS"),
        (replace(WHOLE, tls=None, plain_without_tls=True), Tone.WARN, "The password is sent"),
        (replace(WHOLE, tls=TlsSettings()), Tone.WARN, "may be missing for other receivers"),
        (replace(WHOLE, tls=TlsSettings(), consumes=False), Tone.HELP, "requires a typed confirmation"),
        (replace(WHOLE, tls=TlsSettings(), consumes=False, production=False), Tone.HELP, ""),
        (replace(WHOLE, name=" "), Tone.BAD, "Enter a name"),
    ],
)
def test_what_to_think_of_settings_is_said(
    connections: Connections, theme: Theme, settings: ConnectionSettings, tone: Tone, words: str
) -> None:
    with shown(ConnectionDialog(connections, settings, theme)) as dialog:
        assert dialog.note.tone is tone
        assert words in dialog.note.text()
        assert bool(dialog.note.text()) is bool(words)
        usable = [dialog.test_button, dialog.save_button]
        assert [button.isEnabled() for button in usable] == [tone is not Tone.BAD] * 2


def test_the_address_follows_the_fields_until_it_is_typed_in(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, WHOLE, theme)) as dialog:
        dialog.activateWindow()
        dialog.hosts.setPlainText("other.example.org:5671")
        assert dialog.line("url").text() == dialog.settings().url
        assert "other.example.org" in dialog.line("url").text()
        line = dialog.line("url")
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, "amqp://x@h:1:2")
        assert dialog.note.tone is Tone.BAD
        assert line.text() == "amqp://x@h:1:2"


def test_an_address_that_is_typed_keeps_the_other_hosts(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        line = dialog.line("url")
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, "amqps://dora@b9.example.org/org.new")
        found = dialog.settings()
        assert dialog.password is None
    assert found.hosts == (("b9.example.org", 5671), ("::1", 5671))
    assert (found.user, found.domain) == ("dora", "org.new")


@pytest.mark.parametrize(
    ("button", "line"), [("caButton", "caFile"), ("certificateButton", "certificateFile"), ("keyButton", "keyFile")]
)
def test_files_are_chosen(
    connections: Connections, theme: Theme, monkeypatch: pytest.MonkeyPatch, button: str, line: str
) -> None:
    with shown(ConnectionDialog(connections, WHOLE, theme)) as dialog:
        before = dialog.line(line).text()
        for chosen, expected in (("", before), ("/chosen.pem", "/chosen.pem")):
            monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, chosen=chosen: (chosen, ""))
            child(dialog, QPushButton, button).click()
            assert dialog.line(line).text() == expected


def test_a_second_trial_takes_the_first_ones_place(connections: Connections, theme: Theme, qtbot: QtBot) -> None:
    connections.probes.steps = [Step(True, "b1 answers.")]
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        assert not dialog.steps.isVisible()
        dialog.test_button.click()
        dialog.test_button.click()
        assert dialog.steps.isVisible()
        qtbot.waitUntil(lambda: dialog.steps.count() == 1)
        assert [probe.cancelled for probe in connections.probes.started] == [True, False]
        assert dialog.steps.item(0).data(Qt.ItemDataRole.AccessibleTextRole) == "passed: b1 answers."
        dialog.line("name").setText("")
        dialog.test()
        assert len(connections.probes.started) == 2


def test_a_refused_save_is_told_on_the_first_page(connections: Connections, theme: Theme) -> None:
    connections.refusal = "The disk is full."
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        tabs = child(dialog, QTabWidget, "tabs")
        tabs.setCurrentIndex(1)
        press_save(dialog)
        assert (tabs.currentIndex(), dialog.note.tone, dialog.result()) == (0, Tone.BAD, 0)


# -- the list ----------------------------------------------------------------------------------------------------------


def _buttons(manager: ConnectionsManager) -> dict[str, bool]:
    names = ("openButton", "addButton", "editButton", "copyButton", "removeButton", "closeButton")
    return {name: child(manager, QPushButton, name).isEnabled() for name in names}


def test_without_a_connection_one_can_only_be_made(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionsManager(connections, theme)) as manager:
        assert {name for name, on in _buttons(manager).items() if on} == {"addButton", "closeButton"}
        for do in (manager.edit, manager.duplicate, manager.remove, manager.open_or_close):
            do()
    assert (connections.removed, connections.closed) == ([], [])


@pytest.mark.parametrize(
    ("button", "described"),
    [
        ("addButton", ("New connection", False)),
        ("editButton", ("plant", True)),
        ("copyButton", ("plant (copy)", False)),
    ],
)
def test_a_connection_is_made_changed_or_copied(
    connections: Connections, theme: Theme, monkeypatch: pytest.MonkeyPatch, button: str, described: tuple[str, bool]
) -> None:
    connections.settings = [ConnectionSettings("office", id="office"), PLANT]
    found = list[tuple[str, bool]]()

    def run(dialog: ConnectionDialog) -> int:
        found.append((dialog.line("name").text(), dialog.connection_id == "plant"))
        connections.settings.append(ConnectionSettings("late", id="late"))
        return 1

    monkeypatch.setattr(ConnectionDialog, "exec", run)
    with shown(ConnectionsManager(connections, theme)) as manager:
        assert all(_buttons(manager).values())
        manager.list.setCurrentIndex(manager.list.model().index(1, 0))
        child(manager, QPushButton, button).click()
        assert found == [described]
        assert manager.list.topLevelItemCount() == 3
        chosen = manager.chosen()
        assert chosen is not None
        assert chosen.id == "plant"


@pytest.mark.parametrize("agreed", [True, False])
def test_removing_is_asked_first(
    connections: Connections, theme: Theme, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    connections.settings = [PLANT]
    asked = list[str]()

    def agrees(_parent: object, _title: str, question: str) -> bool:
        asked.append(question)
        return agreed

    monkeypatch.setattr(message_boxes, "agrees", agrees)
    with shown(ConnectionsManager(connections, theme)) as manager:
        child(manager, QPushButton, "removeButton").click()
        assert asked == ["Remove the connection plant and its password? This cannot be undone."]
        assert manager.list.topLevelItemCount() == (0 if agreed else 1)
    assert connections.removed == (["plant"] if agreed else [])


def test_the_button_says_what_it_would_do(connections: Connections, theme: Theme) -> None:
    connections.settings = [ConnectionSettings("office", id="office", read_only=True), PLANT]
    connections.live = {"plant"}
    connections.refused = {"office": "No route."}
    with shown(ConnectionsManager(connections, theme)) as manager:
        button, said = child(manager, QPushButton, "openButton"), list[tuple[str, str]]()
        for row in range(2):
            item = manager.list.topLevelItem(row)
            assert item is not None
            manager.list.setCurrentItem(item)
            said.append((item.text(2), button.text()))
    assert said == [("refused, read-only: No route.", "&Connect"), ("connected, production", "Dis&connect")]
