"""Parts of connecting at their edges: hosts and names, what is found, dialogs that go, the page of a broker."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from clacks_monitor.core.connection import AddressError, ConnectionSettings, ConnectionState
from clacks_monitor.core.peer import PeerFacts
from clacks_monitor.gui.connections import peer_texts
from clacks_monitor.gui.connections.broker_pane import BrokerPane, FactsTree
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.connections_dialog import ConnectionsManager
from clacks_monitor.gui.connections.found_list import FoundList
from clacks_monitor.gui.connections.hosts import MAX_PORT, host_lines, read_hosts
from clacks_monitor.gui.connections.nearby_brokers import MOST_HOSTS, FoundBroker, NearbyBrokers, hosts_of
from clacks_monitor.gui.connections.password_dialog import PasswordPrompt
from clacks_monitor.gui.connections.peer_texts import Fact
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.session.notices import PasswordWanted
from tests.helpers.compose_widgets import shown
from tests.helpers.overlaps import overlapping
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

pytestmark = pytest.mark.qt_log_ignore("does not support|propagateSizeHints")


# -- hosts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("bus", ("bus", 5_672)),
        (" bus:1 ", ("bus", 1)),
        (f"bus:{MAX_PORT}", ("bus", 65_535)),
        ("[::1]", ("::1", 5_672)),
        ("[::1]:7", ("::1", 7)),
        ("::1", ("::1", 5_672)),
    ],
)
def test_a_line_is_a_host_and_a_port_or_the_usual_one(line: str, found: tuple[str, int]) -> None:
    assert read_hosts(f"\n{line}\n", usual_port=5_672) == (found,)
    assert host_lines(ConnectionSettings("x", (found,))) in {f"{found[0]}:{found[1]}", f"[{found[0]}]:{found[1]}"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a\nbus:", "Line 2: the port is missing."),
        ("\nbus:0", "Line 2: 0 is not a valid port."),
        ("bus:65536", "Line 1: 65536 is not a valid port."),
        ("bus:x", "Line 1: x is not a valid port."),
        (":5672", "Line 1: the host is missing or not valid."),
        ("[]:5672", "Line 1: the host is missing or not valid."),
        ("my bus:5672", "Line 1: the host is missing or not valid."),
        (" \n\n", "Enter at least one host."),
    ],
)
def test_what_is_wrong_with_a_line_is_said(text: str, words: str) -> None:
    with pytest.raises(AddressError) as raised:
        read_hosts(text, usual_port=5_672)
    assert str(raised.value) == words


@pytest.mark.parametrize(
    ("host", "port", "usable"),
    [
        ("bus", 1, True),
        ("bus", 65_535, True),
        ("bus", 65_536, False),
        ("bus", 0, False),
        ("a" * 63 + ".example", 1, True),
        ("a" * 64 + ".example", 1, False),
        (".".join(["a" * 61] * 4) + ".abcd", 1, True),
        (".".join(["a" * 61] * 4) + ".abcdef", 1, False),
        ("", 1, False),
        ("a..b", 1, False),
        ("a b", 1, False),
        ("-a", 1, False),
    ],
)
def test_a_record_of_the_dns_names_a_host(host: str, port: int, usable: bool) -> None:
    assert hosts_of([(f"{host}.", port, 0, 0)]) == (((host, port),) if usable else ())


def test_records_are_taken_by_priority_then_weight_then_name() -> None:
    records = [("c", 1, 1, 9), ("b", 1, 0, 1), ("a", 1, 0, 1), ("d", 1, 0, 5), ("a", 1, 0, 1)]
    assert [host for host, _port in hosts_of(records)] == ["d", "a", "b", "c"]
    assert MOST_HOSTS == 8
    assert len(hosts_of([(f"h{number}", 1, 0, 0) for number in range(8)])) == 8
    assert len(hosts_of([(f"h{number}", 1, 0, 0) for number in range(9)])) == 8


# -- what is found -----------------------------------------------------------------------------------------------------


def test_what_is_found_is_offered_with_its_hosts(qtbot: QtBot) -> None:
    search = NearbyBrokers((), domain="")
    found = FoundList(search)
    qtbot.addWidget(found)
    chosen: list[object] = []
    found.chosen.connect(chosen.append)
    near = FoundBroker("amqp", secure=True, hosts=(("a", 1), ("b", 2), ("c", 3)), domain="site.example")
    alone = FoundBroker("amqp", secure=False, hosts=(("localhost", 5_672),))
    for one in (near, alone):
        search.found.emit(one)
    first, second = found.item(0), found.item(1)
    assert first.text() == "a:1 · 2 more hosts · TLS · DNS of site.example"
    assert second.text() == "localhost:5672 · without TLS · this computer"
    assert first.toolTip() == "a:1\nb:2\nc:3"
    assert first.data(Qt.ItemDataRole.AccessibleTextRole) == first.text()
    assert chosen == []
    found.setCurrentRow(1)
    found.setCurrentRow(0)
    found.setCurrentRow(-1)
    assert chosen == [alone, near]
    assert found.height() == 3 * (found.fontMetrics().height() + 6) + 2 * found.frameWidth()
    search.deleteLater()


# -- dialogs -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    return Stage(window, session)


def _dialogs(widget: QWidget) -> list[QDialog]:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return widget.findChildren(QDialog)


@pytest.mark.parametrize("answer", [0, 1])
def test_the_question_for_a_password_goes_with_its_answer(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, answer: int
) -> None:
    asked: list[str] = []

    def run(prompt: PasswordPrompt) -> int:
        asked.append(prompt.windowTitle())
        return answer

    monkeypatch.setattr(PasswordPrompt, "exec", run)
    stage.session.notify([PasswordWanted("office")])
    stage.window.bridge.deliver()
    assert len(asked) == 1
    assert _dialogs(stage.window) == []


def test_the_list_keeps_no_dialog_of_a_connection(
    session: FakeSession, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.connect_office()
    opened: list[str] = []

    def run(dialog: ConnectionDialog) -> int:
        opened.append(dialog.line("name").text())
        return 0

    monkeypatch.setattr(ConnectionDialog, "exec", run)
    with shown(ConnectionsManager(session.connections, theme)) as manager:  # type: ignore[arg-type]  # the fake's own
        for act in (manager.add, manager.edit, manager.duplicate):
            act()
            assert _dialogs(manager) == []
        assert opened == ["New connection", "office bus", "office bus (copy)"]
        assert [child(manager, QPushButton, name).autoDefault() for name in ("openButton", "closeButton")] == [
            False
        ] * 2
        manager.list.clear()
        for act in (manager.edit, manager.duplicate, manager.remove, manager.open_or_close):
            act()
        assert len(opened) == 3


@pytest.mark.parametrize(
    ("state", "button"),
    [
        (ConnectionState.CLOSED, "&Connect"),
        (ConnectionState.CONNECTING, "Dis&connect"),
        (ConnectionState.CONNECTED, "Dis&connect"),
        (ConnectionState.LOST, "Dis&connect"),
        (ConnectionState.REFUSED, "&Connect"),
    ],
)
def test_what_the_list_offers_depends_on_the_state(
    session: FakeSession, theme: Theme, state: ConnectionState, button: str
) -> None:
    session.connect_office()
    session.connections.set_state("office", state, "Why.")
    with shown(ConnectionsManager(session.connections, theme)) as manager:  # type: ignore[arg-type]  # the fake's own
        assert child(manager, QPushButton, "openButton").text() == button
        item = manager.list.topLevelItem(0)
        assert item is not None
        failed = state in {ConnectionState.LOST, ConnectionState.REFUSED}
        assert item.text(2).endswith(": Why.") is failed
        assert item.toolTip(2) == item.text(2)


# -- the page of a broker ----------------------------------------------------------------------------------------------


def test_facts_that_stay_keep_their_lines_and_new_groups_are_open(qtbot: QtBot, theme: Theme) -> None:
    tree = FactsTree(theme)
    qtbot.addWidget(tree)
    below = (Fact("x", "X", "1"), Fact("y", "Y", "2", warns=True))
    tree.show_facts([Fact("a", "A", "", below), Fact("b", "B", "long\nvalue")])
    first, second = tree.topLevelItem(0), tree.topLevelItem(1)
    assert first is not None
    assert second is not None
    assert first.isExpanded()
    assert (second.text(1), second.toolTip(1), second.toolTip(0)) == ("long value", "long\nvalue", "B")
    assert first.data(0, Qt.ItemDataRole.AccessibleTextRole) == "A"
    inner = first.child(1)
    assert inner is not None
    assert inner.foreground(1).color() == theme.warn
    assert inner.data(0, Qt.ItemDataRole.AccessibleTextRole) == "Y: 2"
    first.setExpanded(False)
    tree.setCurrentItem(second)
    tree.show_facts([Fact("n", "N", "new"), Fact("a", "A", "", below[1:]), Fact("b", "B", "other")])
    assert [tree.topLevelItem(place).text(0) for place in range(3)] == ["N", "A", "B"]  # type: ignore[union-attr]
    assert tree.topLevelItem(1) is first
    assert (first.childCount(), first.isExpanded(), tree.currentItem() is second) == (1, False, True)
    assert (second.text(1), second.toolTip(1)) == ("other", "other")
    tree.show_facts([Fact("a", "A", "", (Fact("y", "Y", "2"),))])
    assert first.child(0).foreground(1).style() is Qt.BrushStyle.NoBrush  # type: ignore[union-attr]
    tree.show_facts([])
    assert tree.topLevelItemCount() == 0


def test_the_page_shows_the_round_trip_of_what_is_open(qtbot: QtBot, theme: Theme) -> None:
    pane = BrokerPane(theme)
    qtbot.addWidget(pane)
    pane.resize(500, 400)
    pane.show()
    assert [pane.choice.isVisible(), pane.chip.isVisible(), pane.state.isVisible()] == [False] * 3
    peers = {
        "a": PeerFacts("a", "office", is_open=True, round_trip_ns=2_000_000),
        "b": PeerFacts("b", "plant", is_open=True),
        "c": PeerFacts("c", "lab", is_open=False, round_trip_ns=1),
    }
    pane.show_peers(peers)
    seen = []
    for place in range(3):
        pane.choice.setCurrentIndex(place)
        seen.append((pane.chip.isVisible(), pane.state.isVisible()))
        assert overlapping(pane) == []
    assert seen == [(True, False), (False, False), (False, True)]
    pane.choice.setCurrentIndex(0)
    assert pane.chip.text() == peer_texts.round_trip(2_000_000)
    assert pane.chip.toolTip().startswith("Round trip: ")
    pane.choice.setCurrentIndex(1)
    pane.show_peers({"b": peers["b"], "d": PeerFacts("d", "new", is_open=True)})
    assert (pane.choice.currentData(), pane.choice.count()) == ("b", 2)
    pane.show_peers({"d": PeerFacts("d", "renamed", is_open=True)})
    assert (pane.choice.currentText(), pane.choice.count()) == ("renamed", 1)
    for scheme in (Scheme.DARK, Scheme.LIGHT):
        theme.use(scheme)
        assert pane.chip.palette().window().color() == theme.washed(theme.accent, 0.20)


def test_capabilities_and_what_the_management_says_are_listed(qapp: QApplication) -> None:
    del qapp
    peer = PeerFacts("a", "office", is_open=True, capabilities=("x", "y"), details=(("Depth", "7"),))
    groups = {fact.key: fact for fact in peer_texts.facts_of(peer, 0)}
    assert list(groups) == ["broker", "login", "capabilities", "management"]
    assert [(fact.key, fact.name, fact.value) for fact in groups["capabilities"].below] == [
        ("0", "", "x"),
        ("1", "", "y"),
    ]
    assert groups["capabilities"].value == "2"
    assert [(fact.key, fact.name, fact.value) for fact in groups["management"].below] == [("0 Depth", "Depth", "7")]


@pytest.mark.parametrize(
    ("depth", "text"), [(-1.0, None), (0.0, "0 % full"), (0.256, "26 % full"), (1.0, "100 % full")]
)
def test_how_full_the_queue_is_is_said_where_it_is_known(qapp: QApplication, depth: float, text: str | None) -> None:
    del qapp
    groups = {fact.key: fact for fact in peer_texts.facts_of(PeerFacts("a", "a", is_open=True, queue_depth=depth), 0)}
    assert {fact.key: fact.value for fact in groups["login"].below}.get("depth") == text
