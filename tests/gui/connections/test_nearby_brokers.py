"""Brokers that are found: on ports of this computer, in the DNS, and how one of them fills in a new connection."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from clacks_monitor.core.connection import MQTT, BusProtocol
from clacks_monitor.gui.connections.connection_dialog import ConnectionDialog
from clacks_monitor.gui.connections.found_list import FoundList
from clacks_monitor.gui.connections.nearby_brokers import MOST_HOSTS, FoundBroker, NearbyBrokers, hosts_of
from clacks_monitor.gui.kit.layouts import child
from tests.helpers.name_server import name_server

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from tests.helpers.fake_session import FakeSession

DOMAIN = "site.example"
SECURE, PLAIN = f"_amqps._tcp.{DOMAIN}", f"_amqp._tcp.{DOMAIN}"


KEPT = pytest.mark.keeps_files
"""A thread of Qt's that has asked a name server keeps its socket until it is not needed for half a minute."""


@contextmanager
def listening() -> Iterator[int]:
    """Listen on a port of this computer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@contextmanager
def closed_port() -> Iterator[int]:
    """Keep a port on which nothing listens."""
    with socket.socket() as kept:
        kept.bind(("127.0.0.1", 0))
        yield kept.getsockname()[1]


def search(qtbot: QtBot, brokers: NearbyBrokers) -> list[FoundBroker]:
    """Look until the search ends; return what it has found."""
    found: list[FoundBroker] = []
    brokers.found.connect(found.append)
    with qtbot.waitSignal(brokers.finished, timeout=30_000):
        brokers.start()
    brokers.deleteLater()
    return found


def test_ports_that_are_listened_on_are_found_with_their_protocol(qtbot: QtBot) -> None:
    with listening() as amqp, closed_port() as amqps, closed_port() as mqtt, listening() as mqtts:
        protocols = (BusProtocol("amqp", amqp, amqps), BusProtocol("mqtt", mqtt, mqtts))
        found = search(qtbot, NearbyBrokers(protocols, domain=""))
    assert sorted(found, key=lambda one: one.protocol) == [
        FoundBroker("amqp", secure=False, hosts=(("localhost", amqp),)),
        FoundBroker("mqtt", secure=True, hosts=(("localhost", mqtts),)),
    ]


@KEPT
def test_the_services_of_the_domain_are_found_in_their_order(qtbot: QtBot) -> None:
    zone = {
        SECURE: [(20, 0, 5671, "third.site.example"), (10, 1, 5671, "second.site.example"),
                 (10, 9, 5673, "first.site.example")],
        PLAIN: [(0, 0, 0, ".")],
    }  # fmt: skip
    with closed_port() as one, closed_port() as other, name_server(zone) as server:
        brokers = NearbyBrokers((BusProtocol("amqp", one, other),), domain=DOMAIN, nameserver=server.address)
        found = search(qtbot, brokers)
        assert sorted(server.asked) == sorted([SECURE, PLAIN])
    hosts = (("first.site.example", 5673), ("second.site.example", 5671), ("third.site.example", 5671))
    assert found == [FoundBroker("amqp", secure=True, hosts=hosts, domain=DOMAIN)], "'.' says that there is none"


@KEPT
def test_the_bus_of_gosa_is_found_by_its_own_service(qtbot: QtBot) -> None:
    service = f"_gosa-bus._tcp.{DOMAIN}"
    with (
        closed_port() as one,
        closed_port() as other,
        name_server({service: [(0, 0, 1883, "bus.site.example")]}) as server,
    ):
        protocol = replace(MQTT, port=one, tls_port=other)
        found = search(qtbot, NearbyBrokers((protocol,), domain=DOMAIN, nameserver=server.address))
        assert sorted(server.asked) == sorted([f"_mqtt._tcp.{DOMAIN}", f"_mqtts._tcp.{DOMAIN}", service])
    assert found == [FoundBroker("mqtt", secure=False, hosts=(("bus.site.example", 1883),), domain=DOMAIN)]


@KEPT
def test_a_name_server_that_never_answers_is_given_up(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.gui.connections.nearby_brokers.PATIENCE_MS", 50)
    with listening() as one, closed_port() as other, name_server({}, answers=False) as server:
        brokers = NearbyBrokers((BusProtocol("amqp", one, other),), domain=DOMAIN, nameserver=server.address)
        found = search(qtbot, brokers)
    assert [broker.domain for broker in found] == [""]


@pytest.mark.parametrize("domain", ["", "a b", "x" * 64 + ".example", "ä.example", "-.." * 100])
def test_a_domain_that_is_no_name_is_not_asked_about(qtbot: QtBot, domain: str) -> None:
    with closed_port() as one, closed_port() as other, name_server({}) as server:
        brokers = NearbyBrokers((BusProtocol("amqp", one, other),), domain=domain, nameserver=server.address)
        assert search(qtbot, brokers) == []
        assert server.asked == []


def test_records_that_cannot_be_used_are_left_out_and_very_many_are_cut() -> None:
    hostile = ["<b>x</b>", "a b", "", ".", "x" * 64, "ä", "a\n", "a..b", "amqp://x", "\u202eevil"]
    records = [(target, 5671, 0, 0) for target in hostile]
    assert hosts_of([*records, ("good.example", 0, 0, 0), ("good.example", 70_000, 0, 0)]) == ()
    assert hosts_of([("good.example.", 5671, 0, 0)] * 2) == (("good.example", 5671),)
    assert len(hosts_of((f"bus{number}.example", 5671, 0, 0) for number in range(100))) == MOST_HOSTS


# -- the dialog --------------------------------------------------------------------------------------------------------


class Search(NearbyBrokers):
    """A search that finds what a test says."""

    def __init__(self) -> None:
        super().__init__((), domain="")
        self.started = 0

    def start(self) -> None:
        self.started += 1


@pytest.fixture
def dialog(qapp: QApplication, session: FakeSession, theme: Theme) -> Iterator[ConnectionDialog]:
    del qapp
    made = ConnectionDialog(session.connections, None, theme, connects=True)  # type: ignore[arg-type]  # a fake
    yield made
    made.deleteLater()


def test_choosing_one_fills_in_hosts_tls_and_the_name(dialog: ConnectionDialog) -> None:
    looking = Search()
    dialog.offer(looking)
    assert looking.started == 1
    offered = child(dialog, FoundList, "")
    height = offered.height()
    hosts = (("bus1.site.example", 5671), ("bus2.site.example", 5672))
    looking.found.emit(FoundBroker("amqp", secure=False, hosts=(("localhost", 5672),)))
    looking.found.emit(FoundBroker("amqp", secure=True, hosts=hosts, domain=DOMAIN))
    texts = [offered.item(place).text() for place in range(2)]
    assert texts == [
        "localhost:5672 · without TLS · this computer",
        "bus1.site.example:5671 · 1 more host · TLS · DNS of site.example",
    ]
    assert offered.height() == height
    assert dialog.settings().name == "New connection", "nothing is chosen by itself"
    offered.setCurrentRow(1)
    settings = dialog.settings()
    assert (settings.name, settings.hosts) == ("bus1.site.example", hosts)
    assert settings.tls is not None
    assert dialog.line("url").text() == "amqps://bus1.site.example:5671/org.clacks"
    offered.setCurrentRow(0)
    settings = dialog.settings()
    assert (settings.name, settings.hosts, settings.tls) == ("localhost", (("localhost", 5672),), None)
    dialog.line("name").setText("mine")
    offered.setCurrentRow(1)
    assert dialog.settings().name == "mine"


def test_it_is_said_that_nothing_was_found(dialog: ConnectionDialog) -> None:
    looking = Search()
    dialog.offer(looking)
    (hint,) = child(dialog, FoundList, "").findChildren(QLabel)
    assert hint.text().startswith("Looking for brokers")
    looking.finished.emit()
    assert hint.text() == "No broker found on this computer or in the DNS."


@KEPT
def test_closing_the_dialog_ends_the_search(dialog: ConnectionDialog, qtbot: QtBot) -> None:
    with name_server({}, answers=False) as server:
        looking = NearbyBrokers((), domain=DOMAIN, nameserver=server.address)
        dialog.offer(looking)
        ended: list[bool] = []
        looking.finished.connect(lambda: ended.append(True))
        looking._done = False
        looking._ask(SECURE, "amqp", secure=True)
        dialog.reject()
        assert ended == [True]
        qtbot.waitUntil(lambda: server.asked == [SECURE])
