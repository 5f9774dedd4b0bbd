"""A broker that means harm: whatever it says, the connection survives or ends with a reason, in bounded memory."""

from __future__ import annotations

import struct
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import receiving, subscription
from clacks_monitor.amqp.link_session import MAX_UNREQUESTED
from clacks_monitor.amqp.values import Reader, write
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, DialectName, FilterPlace, from_url
from clacks_monitor.core.event import BodyKind
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.networking import sending
from tests.helpers.recorder import connection
from tests.helpers.scripted_peer import (
    ATTACH,
    BEGIN,
    CLOSE,
    DISPOSITION,
    FLOW,
    NULL,
    SOURCE,
    TRANSFER,
    TRUE,
    ScriptedPeer,
    described,
    scripted_peer,
    serve,
    subscription_name,
    symbol,
    transfer,
    uint,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def nested(depth: int) -> bytes:
    """Return a map whose only value is a list in a list in a list."""
    value, lists = b"\x45", b""
    for _ in range(depth):
        lists = b"\xd0" + struct.pack(">II", len(value) + len(lists) + 4, 1) + lists
    content = symbol("a") + lists + value
    return b"\xd1" + struct.pack(">II", len(content) + 4, 2) + content


def settings(port: int, query: str = "") -> ConnectionSettings:
    """Return settings for the peer."""
    return replace(from_url(f"amqp://127.0.0.1:{port}")[0], subscription=query)


@pytest.mark.parametrize("depth", [40, 2_000, 13_000])
def test_brackets_without_end_in_what_a_broker_says_of_itself(depth: int) -> None:
    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open(properties=nested(depth))
        name = subscription_name(peer)
        peer.attach(name, described(0x28, write("org.clacks"), *[NULL] * 5, symbol("copy"), nested(depth)))
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port, "1 = 1")) as (_made, recorder):
        assert recorder.last.dialect is DialectName.GENERIC
        assert recorder.last.filter_place is FilterPlace.HERE


def test_brackets_without_end_in_the_reason_of_a_goodbye() -> None:
    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        peer.say(CLOSE, described(0x1D, symbol("amqp:internal-error"), write("so it is"), nested(10_000)))
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port)) as (_made, recorder):
        assert "so it is" in recorder.wait_state(ConnectionState.LOST).reason


def flood_of_links(peer: ScriptedPeer) -> None:
    """Open links that nobody asked for."""
    for number in range(MAX_UNREQUESTED + 1):
        peer.attach(f"stranger {number}", SOURCE, handle=number + 1)


def messages_nobody_asked_for(peer: ScriptedPeer) -> None:
    """Deliver on a link that nobody asked for."""
    peer.attach("stranger", SOURCE, handle=1)
    transfer(peer, 0, b"x" * 1000, handle=1)


def flood_of_sessions(peer: ScriptedPeer) -> None:
    """Begin sessions that nobody asked for."""
    for channel in range(1, 50):
        peer.say(BEGIN, NULL, uint(0), uint(100), uint(100), channel=channel)


def frame_beyond_all_bounds(peer: ScriptedPeer) -> None:
    """Announce two gigabytes."""
    peer.sock.sendall(struct.pack(">IBBH", 0x7FFFFFFF, 2, 0, 0) + b"x" * 1000)


@pytest.mark.parametrize(
    "harm", [flood_of_links, messages_nobody_asked_for, flood_of_sessions, frame_beyond_all_bounds]
)
def test_what_no_broker_does_ends_the_connection_with_a_reason(harm: Callable[[ScriptedPeer], None]) -> None:
    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        harm(peer)
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port)) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "127.0.0.1" in status.reason
        recorder.wait(lambda: len(recorder.gaps) >= 1 or recorder.last.attempt > 1, "another attempt")


def test_a_few_late_answers_are_no_attack() -> None:
    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        for number in range(3 * MAX_UNREQUESTED):
            peer.attach(f"late {number}", described(0x28), handle=1)
            peer.say(0x16, uint(1), TRUE)
        transfer(peer, 0, b"\x00\x53\x75" + write(b"<a/>"))
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port)) as (_made, recorder):
        assert recorder.wait_messages(1)[0].body == b"<a/>"
        assert recorder.last.state is ConnectionState.CONNECTED


def test_a_message_beyond_all_bounds_is_not_kept_in_memory_but_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "MAX_MESSAGE", 100_000)
    piece, count = b"x" * 50_000, 200

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        for number in range(count):
            transfer(peer, 0, piece, more=number + 1 < count)
        transfer(peer, 1, b"\x00\x53\x75" + write(b"<next/>"))
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port)) as (_made, recorder):
        told, following = recorder.wait_messages(2)
        assert told.kind is BodyKind.OTHER
        assert f"{len(piece) * count:,} bytes" in told.body.decode()
        assert following.body == b"<next/>"


def test_a_broker_that_does_not_answer_the_subscription_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscription, "PATIENCE", 0.1)

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port), wait=False) as (_made, recorder):
        assert "No answer from the broker to the subscription" in recorder.wait_state(ConnectionState.REFUSED).reason


def test_thousands_of_names_in_what_a_broker_says_of_itself() -> None:
    pairs = b"".join(symbol(f"name {number}") + write("x") for number in range(5_000))
    properties = b"\xd1" + struct.pack(">II", len(pairs) + 4, 10_000) + pairs

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open(properties=properties)
        peer.attach(subscription_name(peer), SOURCE)
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port)) as (_made, recorder):
        assert recorder.last.dialect is DialectName.GENERIC


def test_events_that_the_broker_does_not_take_are_told_and_their_outcome_follows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sending, "PATIENCE", 0.1)
    told = threading.Event()

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        fields, _end = Reader(peer.wait_for(ATTACH)).read(0)
        assert isinstance(fields, list)
        peer.accept_sender(str(fields[0]))
        assert told.wait(20)
        peer.say(FLOW, uint(0), uint(100), uint(0), uint(100), uint(0), uint(0), uint(10))
        peer.wait_for(TRANSFER)
        peer.say(DISPOSITION, TRUE, uint(0), uint(0), TRUE, described(0x24))
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (made, recorder):
        ticket = made.send(b"<a/>")
        recorder.wait(lambda: recorder.results, "word of it")
        (waiting,) = recorder.results
        assert (waiting.ticket, waiting.outcome, waiting.final) == (ticket, SendOutcome.TIMED_OUT, False)
        assert "accepted no events" in waiting.detail
        told.set()
        recorder.wait(lambda: len(recorder.results) == 2, "the outcome")
        assert (recorder.results[1].outcome, recorder.results[1].final) == (SendOutcome.ACCEPTED, True)
