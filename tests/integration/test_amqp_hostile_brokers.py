"""Each broker of the hostile corpus: it ends with a reason, is tried at growing intervals, and fills nothing."""

from __future__ import annotations

import socket
import threading
from dataclasses import replace
from typing import Final

import pytest

from clacks_monitor.amqp import receiving, transport
from clacks_monitor.amqp.frame_check import MAX_FRAME
from clacks_monitor.amqp.transport import Transport
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, DialectName, from_url
from clacks_monitor.networking.reconnect import Backoff
from tests.helpers.recorder import Recorder, connection
from tests.helpers.scripted_peer import ScriptedPeer, scripted_peer
from tests.helpers.turning_clock import TurningClock
from tests.hostile.corpus.brokers import SCRIPTS

ATTEMPTS: Final = 4
HOUR: Final = 3600
BACKOFF: Final = Backoff(first=1.0, longest=1_000.0, lasting=1.0, proven=1_000.0 * HOUR)
ENDS: Final = {
    "hangs up at once": "Connection closed by",
    "hangs up after login": "Connection closed by",
    "hangs up after subscription": "Connection closed by",
    "another protocol": "does not support AMQP 1.0",
    "endless greeting": "does not support AMQP 1.0",
    "endless challenges": "requires a login",
    "endless mechanisms": "does not finish the login",
    "a million mechanisms": "sends a frame of",
    "refuses the login": "requires a login",
    "repeated open": "does not open the connection as AMQP 1.0 requires",
    "open of megabytes": "sends a frame of",
    "repeated begin": "opens sessions",
    "flood of links": "were not requested",
    "attach and detach": "were not requested",
    "detaches the subscription": "ended org.clacks",
    "flood of flows": "too many frames",
    "flood of dispositions": "illegal delivery range",
    "flood of empty frames": "too many frames",
    "flood of events": "more than requested",
    "endless event": "more than requested",
    "a thousand beginnings": "invalid delivery-id",
    "sections of millions": "sequencing error",
    "frame of two gigabytes": "sends a frame of",
    "frames of odd sizes": "not valid in AMQP 1.0",
    "ends the session": "ended the session",
    "greets twice": "restarts the protocol",
    "queue with a hostile name": "sends a frame of",
    "redirects": "elsewhere",
}
"""What ends by itself, and a part of the reason that is told."""

WAITS: Final = {
    "never answers": "did not open it",
    "slow drip": "did not open it",
    "open nested": "No answer from the broker to the subscription",
}
"""What does nothing more: time ends it."""

GOES_ON: Final = {"events of nonsense": 300, "flood of large events": 20}
"""What is let go on, bad events are data: and how many are waited for here."""

LARGEST: Final = 1_000_000
FILLED: Final = LARGEST + transport.READS_PER_TURN * transport.CHUNK
"""Bytes of an event that has come in part: as much as is kept of one, and what is read at once."""

BY_NAME: Final = {script.__name__.replace("_", " "): script for script in SCRIPTS}


class Filling:
    """How much was buffered at most: bytes in the engine, links, and bytes that wait in the batch."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.incoming = self.links = 0
        read = Transport._read

        def counted(transport: Transport) -> None:
            read(transport)
            if transport._socket is not None:
                self.incoming = max(self.incoming, transport.session._session.incoming_bytes)
                self.links = max(self.links, len(transport.session.links) + transport.session._unrequested)

        monkeypatch.setattr(Transport, "_read", counted)


@pytest.fixture
def filling(monkeypatch: pytest.MonkeyPatch) -> Filling:
    return Filling(monkeypatch)


@pytest.fixture(autouse=True)
def _small_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let less than a gigabyte be the most."""
    monkeypatch.setattr(receiving, "MAX_MESSAGE", LARGEST)
    monkeypatch.setattr(receiving, "MAX_DISCARDED", 10_000_000)


@pytest.fixture
def silent(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Set when the broker says nothing more."""
    said = threading.Event()
    wait = ScriptedPeer.until_hung_up

    def until_hung_up(peer: ScriptedPeer) -> None:
        said.set()
        wait(peer)

    monkeypatch.setattr(ScriptedPeer, "until_hung_up", until_hung_up)
    return said


def settings(port: int) -> ConnectionSettings:
    """Return settings for the broker, without heartbeats that would run out when hours pass."""
    return replace(from_url(f"amqp://127.0.0.1:{port}")[0], idle_timeout_s=0)


def failures(recorder: Recorder) -> list[tuple[float, str]]:
    """Return the pause after each failed attempt, and its reason."""
    failed = {ConnectionState.LOST, ConnectionState.REFUSED}
    return [
        ((status.retry_ns - status.since_ns) / 1e9, status.reason)
        for status in recorder.statuses
        if status.state in failed
    ]


def assert_fit_to_be_shown(reason: str) -> None:
    """A reason is one line of bounded length, without controls."""
    assert reason
    assert len(reason) < 800
    assert reason.isprintable()


def test_all_cases_are_known_here() -> None:
    assert set(BY_NAME) == {*ENDS, *WAITS, *GOES_ON}


@pytest.mark.parametrize("name", ENDS)
def test_it_ends_with_a_reason_and_is_tried_at_growing_intervals(name: str, filling: Filling) -> None:
    time = TurningClock()
    with (
        scripted_peer(BY_NAME[name]) as port,
        connection(settings(port), wait=False, backoff=BACKOFF, clock=time.clock) as (made, recorder),
    ):
        for number in range(1, ATTEMPTS + 1):
            recorder.wait(lambda number=number: len(failures(recorder)) == number, f"attempt {number} of {name}")  # type: ignore[misc]  # a default binds it
            time.turn(HOUR, made)
        found = failures(recorder)[:ATTEMPTS]
        gaps, events = len(recorder.gaps), len(recorder.messages)
    assert all(later > before for (before, _), (later, _) in zip(found, found[2:], strict=False))
    for _pause, reason in found:
        assert_fit_to_be_shown(reason)
    assert ENDS[name] in found[0][1]
    assert gaps <= 1 or events, "without events there is one gap, and one that grows"
    assert gaps < ATTEMPTS
    assert filling.incoming <= (FILLED if name == "endless event" else MAX_FRAME)
    assert filling.links <= 20


@pytest.mark.parametrize("name", WAITS)
def test_one_that_says_nothing_more_is_given_up(name: str, filling: Filling, silent: threading.Event) -> None:
    time = TurningClock()

    def script(peer: ScriptedPeer) -> None:
        peer.sock.recv(1, socket.MSG_PEEK)  # the client is through with dialling
        BY_NAME[name](peer)

    with (
        scripted_peer(script) as port,
        connection(settings(port), wait=False, backoff=BACKOFF, clock=time.clock) as (made, recorder),
    ):
        assert silent.wait(20)
        if name == "open nested":
            recorder.wait(lambda: recorder.last.dialect is DialectName.GENERIC, "the broker's words of itself")
        time.turn(HOUR, made)
        recorder.wait(lambda: failures(recorder), "the end")
        ((pause, reason),) = failures(recorder)
    assert WAITS[name] in reason
    assert_fit_to_be_shown(reason)
    assert pause > 0
    assert filling.incoming == 0
    assert filling.links <= 1


@pytest.mark.parametrize(("name", "count"), GOES_ON.items())
def test_bad_events_are_data(name: str, count: int, filling: Filling) -> None:
    with (
        scripted_peer(BY_NAME[name]) as port,
        connection(settings(port), backoff=BACKOFF) as (_made, recorder),
    ):
        assert len(recorder.wait_messages(count)) >= count
        assert recorder.last.state is ConnectionState.CONNECTED
    assert filling.incoming <= FILLED
