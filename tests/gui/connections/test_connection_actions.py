"""Connections from the window: what the button says in each state, its menu, passwords, the subscription filter."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, TlsSettings
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.connections_dialog import ConnectionsManager
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from clacks_monitor.gui.kit import formats, message_boxes, outage_texts
from clacks_monitor.session.notices import PasswordWanted
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QMenu

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

CLOSED, CONNECTING, CONNECTED = ConnectionState.CLOSED, ConnectionState.CONNECTING, ConnectionState.CONNECTED
LOST, REFUSED = ConnectionState.LOST, ConnectionState.REFUSED


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.bridge.deliver()
    return Stage(window, session)


def put(stage: Stage, name: str, state: ConnectionState, reason: str = "", **settings: object) -> None:
    """Have a connection in a state."""
    stage.session.connections.save(
        ConnectionSettings(name, (("h.example.org", 5672),), id=name, **settings)  # type: ignore[arg-type]  # handed on
    )
    stage.session.connections.set_state(name, state, reason)
    stage.window.bridge.deliver()


def menu_of(stage: Stage) -> QMenu:
    menu = stage.window.frame.connection_button.menu()
    menu.aboutToShow.emit()
    return menu


def trouble(stage: Stage) -> str:
    return stage.window.panes.trouble.text.text() if stage.window.panes.trouble.isVisible() else ""


@pytest.mark.parametrize(
    ("state", "text", "words"),
    [
        (CLOSED, "Not connected", "not connected"),
        (CONNECTING, "office bus", "connecting…"),
        (CONNECTED, "office bus", "connected"),
        (LOST, "office bus · no connection", "connection lost"),
        (REFUSED, "office bus · no connection", "refused"),
    ],
)
def test_the_button_names_the_connection_and_says_its_state(
    stage: Stage, state: ConnectionState, text: str, words: str
) -> None:
    stage.session.connections.set_state("office", state)
    stage.window.bridge.deliver()
    button = stage.window.frame.connection_button
    since = formats.clock_short(stage.session.connections.statuses()["office"].since_ns)
    assert (button.text(), button.toolTip()) == (text, f"office bus (bus.example.org): {words}, since {since}")
    stage.session.connections.set_state("office", state, "No route.")
    stage.window.bridge.deliver()
    assert f"{words}: No route., since" in button.accessibleDescription()


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [
        (CONNECTED, CLOSED, "one"),
        (CONNECTED, CONNECTED, "one +1"),
        (CONNECTED, CONNECTING, "one +1"),
        (CLOSED, CONNECTED, "two"),
        (CLOSED, CLOSED, "Not connected"),
        (CLOSED, REFUSED, "two · no connection"),
        (REFUSED, CONNECTED, "one +1 · 1 without connection"),
        (REFUSED, LOST, "one +1 · 2 without connection"),
    ],
)
def test_of_several_connections_the_open_ones_are_counted(
    stage: Stage, first: ConnectionState, second: ConnectionState, shown: str
) -> None:
    stage.session.connections.remove("office")
    stage.session.connections._statuses.clear()
    put(stage, "one", first)
    put(stage, "two", second)
    assert stage.window.frame.connection_button.text() == shown


@pytest.mark.parametrize(
    ("states", "worst"),
    [
        ((CONNECTED, REFUSED, LOST), REFUSED),
        ((CONNECTED, LOST, CONNECTING), LOST),
        ((CONNECTED, CONNECTING, CLOSED), CONNECTING),
        ((CLOSED, CONNECTED), CONNECTED),
        ((CLOSED,), CLOSED),
    ],
)
def test_what_matters_most_is_the_worst(
    stage: Stage, states: tuple[ConnectionState, ...], worst: ConnectionState
) -> None:
    stage.session.connections._statuses.clear()
    for number, state in enumerate(states):
        put(stage, f"c{number}", state)
    status = stage.window.controllers.connections.shown_status()
    assert status is not None
    assert status.state is worst


def test_production_is_named_in_the_band_while_it_is_open(stage: Stage) -> None:
    band = stage.window.controllers.band
    assert band.isHidden()
    put(stage, "plant", CONNECTED, production=True, colour="green")
    put(stage, "mill", CONNECTED, production=True)
    assert (band.isVisible(), band.label.text()) == (True, "Production: plant, mill")
    assert band.label.palette().window().color() == stage.window.theme.swatch("green")
    put(stage, "plant", CLOSED, production=True)
    assert band.label.text() == "Production: mill"
    assert band.label.palette().window().color() == stage.window.theme.swatch("red")
    put(stage, "mill", REFUSED, production=True)
    assert band.label.text() == "Production: mill", "it is tried again by itself"
    put(stage, "mill", CLOSED, production=True)
    assert band.isHidden()
    assert not band.toggleViewAction().isEnabled()


def test_care_that_is_left_out_stands_beside_the_name_once(stage: Stage) -> None:
    careless = TlsSettings(verify_certificate=False)
    stage.session.connections.remove("office")
    put(stage, "a", CONNECTED, tls=careless)
    put(stage, "b", CONNECTED, tls=careless)
    assert stage.window.frame.connection_button.text() == "a +1 · certificate not verified"
    assert stage.window.frame.connection_button.toolTip().count("certificate not verified") == 2


# -- the menu ----------------------------------------------------------------------------------------------------------


def test_the_menu_has_each_connection_checked_as_it_is(stage: Stage) -> None:
    for number, state in enumerate((CLOSED, CONNECTING, LOST, REFUSED)):
        put(stage, f"c{number}", state, colour="green" if number == 1 else "none")
    actions = menu_of(stage).actions()
    found = {action.text(): action.isChecked() for action in actions[:5]}
    since = {name: outage_texts.moment(stage.session.connections.statuses()[name].since_ns) for name in ("c2", "c3")}
    assert found == {
        "office bus – connected": True,
        "c0": False,
        "c1 – connecting…": True,
        f"c2 – not connected, trying since {since['c2']}": True,
        f"c3 – not connected, trying since {since['c3']}": True,
    }
    assert [action.icon().isNull() for action in actions[:5]] == [True, True, False, True, True]
    assert "bus.example.org" in actions[0].toolTip()
    assert actions[5].isSeparator()
    assert [action.objectName() for action in actions[6:]] == ["connect", "connection.edit", "disconnect"]


def test_a_click_in_the_menu_connects_and_disconnects(stage: Stage) -> None:
    put(stage, "other", CLOSED)
    fakes = stage.session.connections
    fakes.opened.clear()
    menu_of(stage).actions()[1].trigger()
    assert (fakes.opened, fakes.statuses()["other"].state) == (["other"], CONNECTED)
    menu_of(stage).actions()[0].trigger()
    assert fakes.statuses()["office"].state is CLOSED
    assert fakes.opened == ["other"]


def test_a_menu_without_connections_only_offers_to_make_one(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    stage = Stage(open_window(session), session)
    assert [action.objectName() for action in menu_of(stage).actions()] == ["connect", "connection.edit", "disconnect"]
    assert stage.window.frame.connection_button.toolTip() == "Connect to a bus"


# -- connecting --------------------------------------------------------------------------------------------------------


def test_why_it_cannot_be_opened_is_told(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stage.session.connections, "open", lambda *_args: "It is gone.")
    stage.window.controllers.connections.open("office")
    assert trouble(stage) == "It is gone."


@pytest.mark.parametrize("accepted", [True, False])
def test_a_new_connection_is_opened_once_it_is_described(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, accepted: bool
) -> None:
    ids = list[str]()

    def run(dialog: ConnectionDialog) -> int:
        ids.append(dialog.connection_id)
        assert dialog.save_button.text() == "Connect"
        return int(accepted)

    monkeypatch.setattr(ConnectionDialog, "exec", run)
    stage.session.connections.opened.clear()
    stage.by_menu("connect")
    assert stage.session.connections.opened == (ids if accepted else [])


def test_the_list_of_connections_opens_what_it_is_told_and_follows_the_states(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[str]()

    def run(manager: ConnectionsManager) -> int:
        stage.session.connections.set_state("office", REFUSED, "No.")
        stage.window.bridge.deliver()
        item = manager.list.topLevelItem(0)
        assert item is not None
        seen.append(item.text(2))
        manager.open_wanted.emit("office")
        return 0

    monkeypatch.setattr(ConnectionsManager, "exec", run)
    stage.session.connections.opened.clear()
    stage.by_menu("connection.edit")
    assert seen == ["refused: No."]
    assert stage.session.connections.opened == ["office"]


@pytest.mark.parametrize(("remember", "refusal"), [(False, ""), (True, ""), (True, "The keyring is locked.")])
def test_a_password_is_used_and_kept_where_that_is_wanted(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, remember: bool, refusal: str
) -> None:
    fakes, calls = stage.session.connections, list[tuple[object, ...]]()

    def save(settings: ConnectionSettings, password: str | None = None, *, remember: bool = False) -> str:
        calls.append(("save", settings.id, password, remember))
        return refusal

    def connect(connection_id: str, password: str | None = None) -> str:
        calls.append(("open", connection_id, password))
        return ""

    def type_it(prompt: PasswordPrompt) -> int:
        prompt.line.setText("s3cret")
        prompt._box.setChecked(remember)
        return 1

    monkeypatch.setattr(fakes, "save", save)
    monkeypatch.setattr(fakes, "open", connect)
    monkeypatch.setattr(PasswordPrompt, "exec", type_it)
    stage.session.notify([PasswordWanted("office")])
    stage.window.bridge.deliver()
    opened, saved = ("open", "office", "s3cret"), ("save", "office", "s3cret", True)
    assert calls == ([saved] if refusal else [saved, opened] if remember else [opened])
    assert trouble(stage) == refusal


def test_without_a_password_the_connection_is_closed(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PasswordPrompt, "exec", lambda _prompt: 0)
    stage.session.connections.opened.clear()
    stage.session.notify([PasswordWanted("office"), PasswordWanted("unknown")])
    stage.window.bridge.deliver()
    assert stage.session.connections.statuses()["office"].state is CLOSED
    assert stage.session.connections.opened == []
    assert trouble(stage) == ""


# -- the subscription filter -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("agreed", [True, False])
@pytest.mark.parametrize(
    ("query", "question"),
    [
        (
            "./f:Event/f:PhoneStatus",
            "Receive only events from office bus that match the current filter? Other events are not recorded.",
        ),
        ("", "Remove the broker filter and receive all events from office bus?"),
    ],
)
def test_the_subscription_filter_is_agreed_to_first(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, query: str, question: str, agreed: bool
) -> None:
    asked, subscribed = list[str](), list[tuple[str, str]]()

    def agrees(_parent: object, _title: str, words: str) -> bool:
        asked.append(words)
        return agreed

    def subscribe(connection_id: str, text: str) -> str:
        subscribed.append((connection_id, text))
        return "It is not allowed."

    monkeypatch.setattr(message_boxes, "agrees", agrees)
    monkeypatch.setattr(stage.session.connections, "subscribe", subscribe)
    stage.window.frame.filter.set(query)
    stage.by_menu("subscription")
    assert asked == [question]
    assert subscribed == ([("office", query)] if agreed else [])
    assert trouble(stage) == ("It is not allowed." if agreed else "")


def test_a_subscription_filter_needs_a_connection(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.cancel_dialogs(monkeypatch)
    stage.session.connections.set_state("office", CLOSED)
    stage.window.bridge.deliver()
    stage.by_menu("subscription")
    assert stage.asked == []
    assert stage.said == "The broker filter belongs to a connection. Connect first."


def test_a_system_without_the_library_of_qts_network_module_still_gets_new_connections(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered, shown = list[object](), list[ConnectionDialog]()

    def run(dialog: ConnectionDialog) -> int:
        shown.append(dialog)
        return 0

    monkeypatch.setitem(sys.modules, "clacks_monitor.gui.connections.nearby_brokers", None)
    monkeypatch.setattr(ConnectionDialog, "offer", lambda _dialog, search: offered.append(search))
    monkeypatch.setattr(ConnectionDialog, "exec", run)
    stage.by_menu("connect")
    assert (len(shown), offered) == (1, [])
