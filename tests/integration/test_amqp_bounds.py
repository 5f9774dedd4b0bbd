"""Bounds of what a broker may ask for, leave unfinished, answer and say."""

from __future__ import annotations

import struct
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import Connection, codec, receiving, request_response
from clacks_monitor.amqp.frame_check import UNFINISHED_S
from clacks_monitor.amqp.values import write
from clacks_monitor.core.bus import NotConnected
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, from_url
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.networking import sending
from tests.helpers.recorder import connection
from tests.helpers.scripted_links import Links
from tests.helpers.scripted_peer import (
    ATTACH,
    CLOSE,
    DISPOSITION,
    FLOW,
    NULL,
    OPEN,
    TRANSFER,
    TRUE,
    ScriptedPeer,
    described,
    event,
    frame,
    scripted_peer,
    serve,
    symbol,
    transfer,
    uint,
    ushort,
)
from tests.helpers.turning_clock import TurningClock

if TYPE_CHECKING:
    from collections.abc import Callable


def settings(port: int) -> ConnectionSettings:
    """Return settings for a peer that sends no heartbeats while time passes."""
    return replace(from_url(f"amqp://127.0.0.1:{port}")[0], idle_timeout_s=0)


@pytest.mark.parametrize(("idle_ms", "max_frame"), [(1, 1 << 20), (99, 1 << 20), (0, 511), (0, 1)])
def test_a_broker_that_asks_for_endless_work_is_refused(idle_ms: int, max_frame: int) -> None:
    def script(peer: ScriptedPeer) -> None:
        peer.login()
        idle = uint(idle_ms) if idle_ms else NULL
        peer.say(OPEN, write("peer"), NULL, uint(max_frame), ushort(100), idle)
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port), wait=False) as (_made, recorder):
        recorder.wait(lambda: any(s.state is ConnectionState.REFUSED for s in recorder.statuses), "the refusal")
        assert all(status.state is not ConnectionState.CONNECTED for status in recorder.statuses)


def test_a_broker_may_ask_for_heartbeats_that_cost_little() -> None:
    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.say(OPEN, write("peer"), NULL, uint(512), ushort(100), uint(100))
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (_made, recorder):
        assert recorder.last.state is ConnectionState.CONNECTED


@pytest.mark.parametrize("size", [1, 7, 9, 40])
def test_a_frame_that_is_never_finished_ends_the_connection(size: int) -> None:
    time = TurningClock()

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        peer.sock.sendall(frame(described(TRANSFER) + b"x" * 100)[:size])
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port), clock=time.clock) as (made, recorder):
        unfinished = made._worker._transport._check  # type: ignore[union-attr]  # the connection is there
        while unfinished.unfinished is None:
            time.turn(0, made)
        time.turn(int(UNFINISHED_S) - 1, made)
        assert recorder.last.state is ConnectionState.CONNECTED
        time.turn(2, made)
        recorder.wait(lambda: any("did not finish a frame" in s.reason for s in recorder.statuses), "the end")


def test_an_answer_beyond_all_bounds_ends_the_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_response, "MAX_ANSWER", 100_000)
    sent = [0]

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        for handle in range(2):
            code, fields = peer.hear()
            while code != ATTACH:
                code, fields = peer.hear()
            if fields[2]:
                peer.attach(str(fields[0]), described(0x28, write("replies")), handle=handle)
                replies = handle
            else:
                peer.accept_sender(str(fields[0]), handle=handle)
                peer.say(FLOW, uint(0), uint(100), uint(0), uint(100), uint(handle), uint(0), uint(10))
        peer.wait_for(TRANSFER)
        while True:
            transfer(peer, 0, b"x" * 50_000, more=True, handle=replies)
            sent[0] += 50_000

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (made, recorder):
        with pytest.raises(NotConnected, match="more than requested"):
            made.call("getMethods", timeout=20)
        assert any("more than requested" in status.reason for status in recorder.statuses)


def words(text: bytes) -> bytes:
    """Return an encoded string of these bytes, whatever they are."""
    return b"\xb1" + struct.pack(">I", len(text)) + text


@pytest.mark.parametrize(
    "text", [b"\xff\xfe no text", b"x" * 100_000, "\u202eright to left".encode(), b"two\nlines\x1b[31m", b"a\0b"]
)
@pytest.mark.parametrize("where", ["close", "refusal"])
def test_what_a_broker_says_is_one_line_that_hides_nothing(text: bytes, where: str) -> None:
    error = b"\x00\x53\x1d\xd0" + _list(symbol("amqp:not-allowed"), words(text))

    def closing(peer: ScriptedPeer) -> None:
        serve(peer)
        peer.sock.sendall(frame(b"\x00\x53" + bytes([CLOSE]) + b"\xd0" + _list(error)))
        peer.until_hung_up()

    def refusing(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        code, fields = peer.hear()
        while code != ATTACH:
            code, fields = peer.hear()
        peer.attach(str(fields[0]), NULL)
        peer.sock.sendall(frame(b"\x00\x53\x16\xd0" + _list(uint(0), b"\x41", error)))
        peer.until_hung_up()

    scripts: dict[str, Callable[[ScriptedPeer], None]] = {"close": closing, "refusal": refusing}
    with scripted_peer(scripts[where]) as port, connection(settings(port), wait=False) as (_made, recorder):
        reason = recorder.wait_state(ConnectionState.REFUSED).reason
    assert reason.isprintable()
    assert len(reason) < 700


def _list(*items: bytes) -> bytes:
    content = b"".join(items)
    return struct.pack(">II", len(content) + 4, len(items)) + content


def unfinished(made: Connection) -> object:
    """Return what watches over a message that has come in part."""
    subscription = made._worker.reception._subscription
    return subscription is not None and subscription.active is not None and subscription.active._partial._timer


def test_an_event_that_is_never_finished_ends_the_connection_although_frames_go_on() -> None:
    time, more = TurningClock(), threading.Semaphore(0)

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        transfer(peer, 0, b"x" * 100, more=True)
        while True:
            assert more.acquire(timeout=20)
            with peer.together():
                peer.sock.sendall(frame(b""))
                transfer(peer, 0, b"x", more=True)

    with scripted_peer(script) as port, connection(settings(port), clock=time.clock) as (made, recorder):
        while not unfinished(made):
            time.turn(0, made)
        for seconds in (30, 29):
            time.turn(seconds, made)
            more.release()
        assert recorder.last.state is ConnectionState.CONNECTED
        time.turn(2, made)
        recorder.wait(lambda: any("did not finish sending an event" in s.reason for s in recorder.statuses), "the end")
        more.release()


@pytest.mark.parametrize("kept", [True, False])
def test_a_large_event_has_a_second_for_each_kilobyte_and_no_more(
    monkeypatch: pytest.MonkeyPatch, *, kept: bool
) -> None:
    if not kept:
        monkeypatch.setattr(receiving, "MAX_MESSAGE", 10_000)
    time, more = TurningClock(), threading.Event()

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        transfer(peer, 0, event(b"x" * 102_400)[:-1], more=True)
        assert more.wait(20)
        transfer(peer, 0, b"x")
        transfer(peer, 1, b"\x00\x53\x75\xa0\x05begin", more=True)
        transfer(peer, 1, b"\x00\x53\x75\xa0\x03end")
        transfer(peer, 2, event(b"x" * 102_400)[:-1], more=True)
        peer.until_hung_up()

    with scripted_peer(script) as port, connection(settings(port), clock=time.clock) as (made, recorder):
        while not unfinished(made):
            time.turn(0, made)
        time.turn(61, made)
        time.turn(90, made)
        more.set()
        assert recorder.wait_messages(2)[1].body == b"beginend"
        while not unfinished(made):
            time.turn(0, made)
        time.turn(61, made)
        time.turn(98, made)
        assert recorder.last.state is ConnectionState.CONNECTED
        time.turn(5, made)
        recorder.wait(lambda: any("did not finish sending an event" in s.reason for s in recorder.statuses), "the end")
    assert len(recorder.messages) == 2


def test_what_waits_for_a_broker_that_takes_nothing_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "MAX_WAITING", 3_000)
    go_on = threading.Event()
    bodies: list[bytes] = []

    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number, _fields = links.hear()
            if code == ATTACH:
                assert go_on.wait(20)
                links.credit(number)
            elif code == TRANSFER:
                bodies.append(codec.decode(links.payload).body)
                peer.say(DISPOSITION, TRUE, uint(len(bodies) - 1), NULL, TRUE, described(0x24))

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (made, recorder):
        for count in range(6):
            made.send(b"%d" % count * 1_000)  # with its fields, and what it takes besides, more than 1,500
        recorder.wait(lambda: len(recorder.results) == 4, "the refusals")
        for refused in recorder.results:
            assert (refused.outcome, refused.final) == (SendOutcome.TIMED_OUT, True)
            assert "2 events are already waiting" in refused.detail
        assert [refused.ticket for refused in recorder.results] == [3, 4, 5, 6]
        go_on.set()
        recorder.wait(lambda: len(recorder.results) == 6, "the outcomes of the others")
        made.send(b"later")
        recorder.wait(lambda: len(recorder.results) == 7, "room again")
        assert {result.outcome for result in recorder.results[4:]} == {SendOutcome.ACCEPTED}
    assert bodies == [b"0" * 1_000, b"1" * 1_000, b"later"]
