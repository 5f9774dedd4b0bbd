"""The dialogs around connections: what is entered is what is stored, a trial is shown step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from clacks_monitor.core.connection import (
    AMQP,
    AddressError,
    ConnectionSettings,
    TlsSettings,
)
from clacks_monitor.core.messages import Message
from clacks_monitor.gui.compose.confirm_dialog import ConfirmDialog
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.connections_dialog import ConnectionsManager
from clacks_monitor.gui.connections.hosts import host_lines, read_hosts
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.notes import Tone
from tests.helpers.compose_widgets import shown
from tests.helpers.connection_port import PLANT, Connections, Step, press_save

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def connections() -> Iterator[Connections]:
    connections = Connections()
    yield connections
    for probe in connections.probes.started:
        probe.thread.join()


def test_opening_and_saving_changes_nothing(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        assert "Save" in dialog.save_button.text()
        press_save(dialog)
    assert connections.saved == [(PLANT, None, False)]


def test_a_url_fills_the_fields(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, None, theme)) as dialog:
        line = dialog.line("url")
        line.selectAll()
        QTest.keyClicks(line, "amqps://bert:s3cret@bus.example.org/org.site")
        dialog.line("name").setText("site")
        dialog.box("remember").setChecked(True)
        press_save(dialog)
    ((settings, password, remember),) = connections.saved
    assert settings.hosts == (("bus.example.org", 5671),)
    assert (settings.name, settings.domain, settings.user) == ("site", "org.site", "bert")
    assert settings.tls == TlsSettings()
    assert (password, remember) == ("s3cret", True)
    assert "s3cret" not in settings.url


def test_what_cannot_be_is_said_and_not_saved(connections: Connections, theme: Theme) -> None:
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        dialog.hosts.setPlainText("b1.example.org:99999")
        assert dialog.note.tone is Tone.BAD
        assert "port" in dialog.note.text()
        assert not dialog.test_button.isEnabled()
        press_save(dialog)
    assert connections.saved == []


def test_a_refused_save_keeps_the_dialog_open_and_says_why(connections: Connections, theme: Theme) -> None:
    connections.refusal = "The disk is full."
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        press_save(dialog)
        assert dialog.isVisible()
        assert dialog.note.text() == "The disk is full."


@pytest.mark.parametrize(
    ("box", "on", "words"),
    [("verifyCertificate", False, "impersonate"), ("tls", False, "unencrypted")],
)
def test_what_is_unsafe_is_said(connections: Connections, theme: Theme, box: str, on: bool, words: str) -> None:
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        dialog.box(box).setChecked(on)
        assert dialog.note.tone is Tone.WARN
        assert words in dialog.note.text()


def test_a_trial_is_shown_step_by_step(connections: Connections, theme: Theme, qtbot: QtBot) -> None:
    connections.probes.steps = [
        Step(True, "b1 is 192.0.2.7.", ("asked ns1",)),
        Step(False, "The broker refused the login."),
    ]
    with shown(ConnectionDialog(connections, PLANT, theme)) as dialog:
        dialog.line("password").setText("x")
        dialog.test_button.click()
        qtbot.waitUntil(lambda: dialog.steps.count() == 2)
        assert dialog.steps.item(0).text() == "b1 is 192.0.2.7.\nasked ns1"
        assert dialog.steps.item(1).data(Qt.ItemDataRole.AccessibleTextRole).startswith("failed")
        assert connections.probes.asked == [(PLANT, "x")]
        assert connections.saved == []
        dialog.reject()
    assert connections.probes.started[0].cancelled


@pytest.mark.parametrize(
    ("text", "secure", "hosts"),
    [
        ("a\nb:5673\n\n", False, (("a", 5672), ("b", 5673))),
        ("a", True, (("a", 5671),)),
        ("[::1]:5672\n[fe80::1]\n2001:db8::7", False, (("::1", 5672), ("fe80::1", 5672), ("2001:db8::7", 5672))),
    ],
)
def test_hosts_are_read_line_by_line(text: str, secure: bool, hosts: tuple[tuple[str, int], ...]) -> None:
    usual_port = AMQP.usual_port(secure=secure)
    assert read_hosts(text, usual_port=usual_port) == hosts
    assert read_hosts(host_lines(ConnectionSettings("x", hosts=hosts)), usual_port=usual_port) == hosts


@pytest.mark.parametrize("text", ["", "a:b", ":5672", "a b", "a:0", "a:70000"])
def test_what_is_no_host_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        read_hosts(text, usual_port=5672)


def test_the_list_connects_disconnects_and_removes(
    connections: Connections, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    connections.settings = [ConnectionSettings("office", id="office"), PLANT]
    connections.live = {"plant"}
    monkeypatch.setattr(message_boxes, "agrees", lambda *_args: True)
    with shown(ConnectionsManager(connections, theme)) as manager:
        wanted: list[str] = []
        manager.open_wanted.connect(wanted.append)
        button = child(manager, QPushButton, "openButton")
        button.click()
        assert wanted == ["office"]
        plant = manager.list.topLevelItem(1)
        assert plant is not None
        manager.list.setCurrentItem(plant)
        assert "production" in plant.text(2)
        button.click()
        assert connections.closed == ["plant"]
        manager.remove()
        assert connections.removed == ["plant"]
        assert manager.list.topLevelItemCount() == 1


def test_a_password_is_asked_for_without_being_shown() -> None:
    with shown(PasswordPrompt("R&D", "anna")) as prompt:
        QTest.keyClicks(prompt.focusWidget(), "s3cret")
        assert (prompt.password, prompt.remember) == ("s3cret", False)
        assert prompt.line.echoMode() is prompt.line.EchoMode.Password


def test_production_is_confirmed_by_its_name_only() -> None:
    with shown(ConfirmDialog("what", "effects", "plant")) as dialog:
        QTest.keyClicks(dialog.typed, "plan")
        assert not dialog.send_button.isEnabled()
        QTest.keyClick(dialog.typed, Qt.Key.Key_Return)
        assert dialog.result() == 0
        QTest.keyClicks(dialog.typed, "t")
        assert dialog.send_button.isEnabled()


def test_a_connection_is_described_from_its_name_on(theme: Theme) -> None:
    with shown(ConnectionDialog(Connections(), None, theme)) as dialog:
        dialog.activateWindow()
        assert dialog.focusWidget() is dialog.line("name")


def test_the_list_says_why_a_connection_does_not_work(theme: Theme) -> None:
    connections = Connections([ConnectionSettings("office", id="office")])
    connections.refused["office"] = Message("The certificate of {0} is not accepted.", "bus")
    with shown(ConnectionsManager(connections, theme)) as manager:
        item = manager.list.topLevelItem(0)
        assert item is not None
        assert item.text(2) == "refused: The certificate of bus is not accepted."
        assert item.toolTip(2) == item.text(2)
        QTest.mouseClick(child(manager, QPushButton, "closeButton"), Qt.MouseButton.LeftButton)
        assert not manager.isVisible()
