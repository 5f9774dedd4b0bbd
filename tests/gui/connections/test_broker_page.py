"""The broker page: what is known of the peer of each connection."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from clacks_monitor.core.messages import Message
from clacks_monitor.core.peer import DistributionMode, LinkFacts, PeerFacts, SenderSettleMode, TlsFacts
from clacks_monitor.gui.connections import peer_texts
from clacks_monitor.gui.connections.peer_texts import EXPIRES_SOON_DAYS, Fact, facts_of
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QTreeWidgetItem

    from clacks_monitor.gui.connections.broker_pane import BrokerPane
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

DAY_NS = 86_400 * 10**9
NOW = time.time_ns()
TLS = TlsFacts("TLSv1.3", "AES", verified=True, fingerprint="ab" * 32, subject="commonName=bus", issuer="commonName=CA",
               expires_ns=NOW + 90 * DAY_NS)  # fmt: skip
EVENTS = LinkFacts(
    "link.1", receives=True, attached=True, address="org.clacks", credit=3999, filters=(("xquery", "true()"),),
    distribution=DistributionMode.COPY, sender_settles=SenderSettleMode.SETTLED,
)  # fmt: skip
SENDER = LinkFacts("link.2", receives=False, attached=True, address="org.clacks", credit=500)
PEER = PeerFacts(
    "office", "office bus", is_open=True, host="bus:5671", product="qpid-cpp", version="1.40", container="c",
    mechanism="SCRAM-SHA-256", user="monitor", tls=TLS, capabilities=("ANONYMOUS-RELAY",),
    properties=(("platform", "Linux"),), details=((Message("Queue depth"), "7"),),
    links=(EVENTS, SENDER, LinkFacts("link.3", receives=True)), queue_depth=0.25, round_trip_ns=1_234_000,
)  # fmt: skip


def flat(facts: tuple[Fact, ...]) -> dict[str, Fact]:
    """Return all facts by their path of names."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found[fact.name] = fact
        found |= {f"{fact.name}/{name}": below for name, below in flat(fact.below).items()}
    return found


def test_all_that_is_known_is_said(qapp: QApplication) -> None:
    del qapp
    values = {path: fact.value for path, fact in flat(facts_of(PEER, NOW)).items()}
    expected = {
        "Broker": "qpid-cpp",
        "Broker/Version": "1.40",
        "Broker/platform": "Linux",
        "Connection": "bus:5671",
        "Connection/Login": "SCRAM-SHA-256 as monitor",
        "Connection/Queue depth": "25 % full",
        "Connection/Round trip": "1.2 ms",
        "Connection/TLS": "TLSv1.3, AES",
        "Connection/Certificate verified": "yes",
        "Connection/Subject": "commonName=bus",
        "Connection/SHA-256": "ab" * 32,
        "Management/Queue depth": "7",
        "Links": "3",
    }
    assert {path: values[path] for path in expected} == expected
    links = {
        link.key: {fact.key: fact.value for fact in link.below} for link in flat(facts_of(PEER, NOW))["Links"].below
    }
    assert links["link.1"] == {
        "name": "link.1",
        "address": "org.clacks",
        "credit": "3,999",
        "mode": "copy: other receivers get the events as well",
        "sender": "when sending",
        "receiver": "on arrival",
        "filter xquery": "true()",
    }
    assert "mode" not in links["link.2"]
    assert "filter" not in links["link.2"]
    assert links["link.3"] == {}


def test_what_is_not_known_is_left_out(qapp: QApplication) -> None:
    del qapp
    facts = facts_of(PeerFacts("office", "office bus"), NOW)
    assert [fact.key for fact in facts] == ["broker", "login"]
    assert [fact.value for fact in facts[1].below] == ["not used"]


@pytest.mark.parametrize(("days", "warns"), [(EXPIRES_SOON_DAYS + 1, False), (EXPIRES_SOON_DAYS - 1, True), (-1, True)])
def test_a_certificate_that_ends_soon_is_marked(qapp: QApplication, days: int, warns: bool) -> None:
    del qapp
    peer = replace(PEER, tls=replace(TLS, expires_ns=NOW + days * DAY_NS))
    assert flat(facts_of(peer, NOW))["Connection/Valid until"].warns is warns


def test_what_takes_events_away_and_what_is_not_verified_is_marked(qapp: QApplication) -> None:
    del qapp
    peer = replace(PEER, links=(replace(EVENTS, distribution=DistributionMode.MOVE, filters=()),))
    found = flat(facts_of(peer, NOW))
    assert found["Links/receives"].warns
    assert found["Links/receives/Filter"].value == "none"
    unverified = replace(PEER, tls=TlsFacts("TLSv1.3", "AES", verified=False, fingerprint="ab"))
    assert flat(facts_of(unverified, NOW))["Connection/Certificate verified"].warns


@pytest.mark.parametrize(("ns", "text"), [(1_000, "0.0 ms"), (1_234_000, "1.2 ms"), (99_000_000, "99.0 ms"),
                                          (123_400_000, "123 ms")])  # fmt: skip
def test_a_round_trip_has_the_digits_that_say_something(qapp: QApplication, ns: int, text: str) -> None:
    del qapp
    assert peer_texts.round_trip(ns) == text


# -- the page ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.bridge.deliver()
    return Stage(window, session)


def opened(stage: Stage) -> BrokerPane:
    stage.by_menu("broker")
    pane = stage.window.controllers.broker.pane
    assert pane is not None
    return pane


def tell(stage: Stage, peer: PeerFacts) -> None:
    stage.session.connections.set_peer(peer)
    stage.window.bridge.deliver()


def group(pane: BrokerPane, key: str) -> QTreeWidgetItem:
    items = [pane.tree.topLevelItem(place) for place in range(pane.tree.topLevelItemCount())]
    (found,) = [item for item in items if item is not None and item.data(0, Qt.ItemDataRole.UserRole) == key]
    return found


def test_without_a_connection_it_says_what_to_do(stage: Stage) -> None:
    pane = opened(stage)
    assert pane.tree.topLevelItemCount() == 0
    assert not pane.choice.isVisible()
    assert not pane.chip.isVisible()


def test_an_update_leaves_what_is_open_and_selected(stage: Stage) -> None:
    tell(stage, PEER)
    pane = opened(stage)
    assert (pane.chip.text(), pane.chip.isVisible()) == ("1.2 ms", True)
    links = group(pane, "links")
    first, second = links.child(0), links.child(1)
    assert first is not None
    assert second is not None
    first.setExpanded(True)
    pane.tree.setCurrentItem(second)
    probe = LinkFacts("link.0", receives=True)
    tell(stage, replace(PEER, round_trip_ns=2_000_000, links=(probe, replace(EVENTS, credit=7), SENDER)))
    assert pane.chip.text() == "2.0 ms"
    assert [links.child(place).text(1) for place in range(links.childCount())] == [  # type: ignore[union-attr]  # there
        "waiting for the broker", "org.clacks", "org.clacks",
    ]  # fmt: skip
    assert (links.child(1), links.child(2)) == (first, second)
    assert first.isExpanded()
    assert pane.tree.currentItem() is second
    credit = [first.child(place) for place in range(first.childCount())]
    assert "7" in [item.text(1) for item in credit if item is not None]


def test_after_the_end_the_last_facts_stay_and_are_called_so(stage: Stage) -> None:
    tell(stage, PEER)
    pane = opened(stage)
    assert not pane.state.isVisible()
    tell(stage, replace(PEER, is_open=False, links=()))
    assert pane.state.isVisible()
    assert not pane.chip.isVisible()
    assert group(pane, "broker").text(1) == "qpid-cpp"


def test_one_of_several_is_chosen_and_stays_chosen(stage: Stage) -> None:
    tell(stage, PEER)
    pane = opened(stage)
    tell(stage, PeerFacts("plant", "plant", is_open=True, product="Artemis"))
    assert [pane.choice.itemText(place) for place in range(2)] == ["office bus", "plant"]
    pane.choice.setCurrentIndex(1)
    assert group(pane, "broker").text(1) == "Artemis"
    tell(stage, PeerFacts("third", "third", is_open=True))
    assert pane.choice.currentText() == "plant"


def test_a_value_is_copied_whole(stage: Stage) -> None:
    query = "x" * 3000
    tell(stage, replace(PEER, links=(replace(EVENTS, filters=(("xquery", query),)),)))
    pane = opened(stage)
    link = group(pane, "links").child(0)
    assert link is not None
    last = link.child(link.childCount() - 1)
    assert last is not None
    pane.tree.setCurrentItem(last)
    pane.tree.setFocus()
    QTest.keyClick(pane.tree, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == query


def test_what_is_not_seen_is_not_updated(stage: Stage) -> None:
    tell(stage, PEER)
    pane = opened(stage)
    dock = pane.parentWidget()
    assert dock is not None
    dock.setVisible(False)
    tell(stage, replace(PEER, product="other"))
    assert group(pane, "broker").text(1) == "qpid-cpp"
    dock.setVisible(True)
    assert group(pane, "broker").text(1) == "other"
