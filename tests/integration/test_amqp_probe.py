"""The trial of a connection, step by step, against brokers that end it at each of them."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace

import pytest

from clacks_monitor.amqp.probe import probe
from clacks_monitor.amqp.values import write
from clacks_monitor.core.bus import ProbeStep, ProbeStepName
from clacks_monitor.core.connection import ConnectionSettings, DialectName, Mechanism, from_url
from clacks_monitor.networking.probing import _connect
from tests.helpers.scripted_links import Links
from tests.helpers.scripted_peer import (
    CLOSE,
    OPEN,
    SASL,
    ScriptedPeer,
    described,
    frame,
    scripted_peer,
    serve,
    symbol,
    uint,
    ushort,
)

XQUERY = b"\x00\xa3\x1fapache.org:xquery-filter:string"


def settings(port: int, query: str = "") -> ConnectionSettings:
    return replace(from_url(f"amqp://127.0.0.1:{port}")[0], subscription=query)


def tried(port: int, query: str = "", *, filters_here: bool = False, **changes: object) -> list[ProbeStep]:
    return list(probe(replace(settings(port, query), **changes), None, filters_here=filters_here))  # type: ignore[arg-type]  # its fields


def filtering(peer: ScriptedPeer) -> None:
    """Agree to the subscription and its filter."""
    content = symbol("xquery") + XQUERY + write("x")
    filters = b"\xc1" + bytes((len(content) + 1, 2)) + content
    serve(peer, described(0x28, write("org.clacks"), *[b"\x40"] * 6, filters))
    peer.until_hung_up()


def agreeing(peer: ScriptedPeer) -> None:
    """Agree to the subscription, and say nothing of a filter."""
    Links(peer).hear()
    peer.until_hung_up()


def test_each_step_is_told_in_words() -> None:
    with scripted_peer(filtering) as port:
        steps = tried(port, "1 = 1")
    assert [step.name for step in steps] == [name for name in ProbeStepName if name is not ProbeStepName.TLS]
    assert all(step.ok for step in steps)
    assert [step.message for step in steps] == [
        "No name lookup needed for 127.0.0.1.",
        f"127.0.0.1 accepts connections on port {port}.",
        "Logged in anonymously.",
        "Broker: unknown product.",
        "Receiving events from org.clacks.",
        "Filter accepted by the broker.",
    ]
    assert steps[3].detail == ("id: peer",)


@pytest.mark.parametrize("query", ["", "1 = 1"])
def test_a_broker_that_does_not_filter_is_told(query: str) -> None:
    with scripted_peer(agreeing) as port:
        last = tried(port, query)[-1]
    assert (last.name, last.ok) == (ProbeStepName.FILTER, True)
    assert last.message == (
        "The broker does not support XQuery filters (filter missing in its answer). The filter is evaluated locally."
    )


def test_rabbitmq_is_not_asked_for_a_filter() -> None:
    with scripted_peer(agreeing) as port:
        *_before, attach, last = tried(port, "1 = 1", dialect=DialectName.RABBITMQ)
    assert attach.message == "Receiving events from /exchange/org.clacks/event."
    assert last.ok


def refusing(peer: ScriptedPeer) -> None:
    """Refuse the link."""
    links = Links(peer)
    links.refusing["org.clacks"] = "amqp:internal-error"
    while True:
        links.hear()


def test_a_refusal_that_stays_without_the_filter_ends_the_trial() -> None:
    with scripted_peer(refusing) as port:
        last = tried(port, "1 = 1")[-1]
    assert (last.name, last.ok) == (ProbeStepName.ATTACH, False)
    assert "as the test has it" in last.message


@pytest.mark.parametrize("filters_here", [False, True])
def test_a_filter_longer_than_the_brokers_frames_is_not_given_to_it(*, filters_here: bool) -> None:
    def short(peer: ScriptedPeer) -> None:
        original = peer.open
        peer.open = lambda **given: original(**{**given, "max_frame": 2048})  # type: ignore[method-assign]  # for this one
        agreeing(peer)

    words = "The filter is too long for the broker, which accepts 1,024 bytes."
    with scripted_peer(short) as port:
        last = tried(port, "x" * 1025, filters_here=filters_here)[-1]
        assert (last.name, last.ok) == (ProbeStepName.FILTER, filters_here)
        assert last.message == (f"{words} The filter is evaluated locally." if filters_here else words)
        fits = tried(port, "x" * 1024)[-1]
        assert words not in fits.message


@pytest.mark.parametrize("steps", range(1, 6))
def test_a_broker_that_hangs_up_instead_of_saying_goodbye_leaves_nothing_of_the_trial(steps: int) -> None:
    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        links.hear()
        while peer.hear()[0] != CLOSE:
            pass

    with scripted_peer(script) as port:
        trial = probe(settings(port), None)
        for _step in range(steps):
            next(trial)
        trial.close()  # type: ignore[attr-defined]  # it is a generator
    assert not [thread for thread in threading.enumerate() if thread.name == "amqp probe"]


def never(peer: ScriptedPeer) -> None:
    peer.until_hung_up()


def closing(peer: ScriptedPeer) -> None:
    peer.login()
    peer.open()
    peer.say(CLOSE, described(0x1D, symbol("amqp:not-allowed"), write("not you")))
    peer.until_hung_up()


def hanging_up(peer: ScriptedPeer) -> None:
    peer.login()


def letting_nobody_in(peer: ScriptedPeer) -> None:
    peer.sock.sendall(SASL + frame(described(0x40, symbol("ANONYMOUS")), kind=1))
    peer.sock.sendall(frame(described(0x44, b"\x50\x01"), kind=1))
    peer.until_hung_up()


def mute_after_opening(peer: ScriptedPeer) -> None:
    peer.login()
    peer.say(OPEN, write("peer"), b"\x40", uint(1 << 20), ushort(100))
    peer.until_hung_up()


@pytest.mark.parametrize(
    ("script", "name", "words"),
    [
        (never, ProbeStepName.SASL, "No answer within 0.2 s."),
        (letting_nobody_in, ProbeStepName.SASL, "requires a login"),
        (hanging_up, ProbeStepName.OPEN, "Connection closed by"),
        (mute_after_opening, ProbeStepName.ATTACH, "No answer within 0.2 s."),
        (closing, ProbeStepName.ATTACH, "not you"),
    ],
)
def test_the_trial_ends_where_the_broker_ends_it(script: object, name: ProbeStepName, words: str) -> None:
    assert callable(script)
    with scripted_peer(script) as port:
        last = tried(port, connect_timeout_s=0.2)[-1]
    assert (last.name, last.ok) == (name, False)
    assert words in last.message


def test_a_login_that_is_not_allowed_is_not_tried() -> None:
    with scripted_peer(never) as port:
        last = tried(port, mechanism=Mechanism.PLAIN, hosts=(("127.0.0.1", port), ("bus", 1)))[-1]
    assert (last.name, last.ok) == (ProbeStepName.SASL, False)
    assert "clear text" in last.message


def test_the_first_of_the_hosts_is_tried() -> None:
    with scripted_peer(agreeing) as port:
        steps = tried(port, hosts=(("127.0.0.1", port), ("no.such.host.invalid", 1)))
        assert steps[-1].ok
        (only,) = tried(port, hosts=(("no.such.host.invalid", 1), ("127.0.0.1", port)))
    assert (only.name, only.ok) == (ProbeStepName.NAME, False)


def test_addresses_are_tried_in_their_order_and_the_last_says_why() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        first, second = ((socket.AF_INET, server.getsockname()) for server in (one, two))
        with socket.create_server(("127.0.0.1", 0)) as gone:
            refused = (socket.AF_INET, gone.getsockname())
        for addresses, expected in (([first, second], one), ([refused, second, first], two)):
            found = _connect(addresses, 20, "bus:1")
            assert isinstance(found, socket.socket)
            with found:
                assert found.getpeername() == expected.getsockname()
        assert _connect([refused], 20, "bus:1") == "No connection to bus:1: connection refused."


def test_an_address_that_does_not_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(_sock: socket.socket, _address: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(socket.socket, "connect", slow)
    found = _connect([(socket.AF_INET, ("127.0.0.1", 1))], 0.5, "bus:1")
    assert found == "bus:1 did not answer within 0.5 s."
