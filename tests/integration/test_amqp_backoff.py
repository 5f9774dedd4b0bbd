"""A broker that takes connections only to end them is not dialled without end, and makes no row of each attempt."""

from __future__ import annotations

import itertools
import threading
from contextlib import ExitStack
from dataclasses import replace
from itertools import pairwise

from clacks_monitor.amqp.values import write
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, from_url
from clacks_monitor.core.event import GapCause
from clacks_monitor.networking.reconnect import Backoff
from tests.helpers.recorder import Recorder, connection
from tests.helpers.scripted_peer import (
    ATTACH,
    DETACH,
    FLOW,
    SOURCE,
    TRUE,
    ScriptedPeer,
    described,
    event,
    scripted_peer,
    serve,
    symbol,
    transfer,
    uint,
)
from tests.helpers.turning_clock import TurningClock

DAY = 24 * 3600
NEVER_PROVEN = Backoff(first=200.0, longest=80_000.0, lasting=1.0, proven=24 * DAY)
"""Half of each pause is chance, so each is longer than the one before the last. None ends before its day is turned."""


def settings(*ports: int) -> ConnectionSettings:
    """Return settings for peers that send no heartbeats while hours pass."""
    found = from_url(f"amqp://127.0.0.1:{ports[0]}")[0]
    return replace(found, hosts=tuple(("127.0.0.1", port) for port in ports), idle_timeout_s=0)


def wait_attempts(recorder: Recorder, count: int) -> None:
    """Wait until so many attempts have failed."""
    recorder.wait(lambda: attempts(recorder) == count, f"attempt {count}")


def attempts(recorder: Recorder) -> int:
    """Return how many attempts have failed."""
    return sum(status.state is ConnectionState.LOST for status in recorder.statuses)


def pauses(recorder: Recorder) -> list[float]:
    """Return the pauses that were told, in seconds."""
    lost = [status for status in recorder.statuses if status.state is ConnectionState.LOST]
    return [(status.retry_ns - status.since_ns) / 1e9 for status in lost]


def test_the_pauses_grow_until_a_connection_has_lasted_and_there_is_one_growing_gap() -> None:
    rounds, time = 9, TurningClock()
    with (
        scripted_peer(serve) as port,
        connection(settings(port), backoff=NEVER_PROVEN, clock=time.clock) as (made, recorder),
    ):
        for number in range(1, rounds + 1):
            wait_attempts(recorder, number)
            time.turn(DAY, made)
        recorder.wait(lambda: attempts(recorder) > rounds, "the last attempt")
        found = pauses(recorder)
        told = len(recorder.gaps)
    assert all(later > before for before, later in zip(found, found[2:], strict=False))
    assert found[-1] > NEVER_PROVEN.first * 2 ** (rounds - 2)
    assert told == 1, "the first gap is told at once, what follows is one that grows"
    first, growing = recorder.gaps
    assert {first.cause, growing.cause} == {GapCause.CONNECTION_LOST}
    assert growing.from_ns >= first.to_ns
    assert growing.to_ns - growing.from_ns >= (rounds - 2) * DAY * 10**9


def test_pauses_begin_anew_and_the_gap_is_told_once_a_connection_has_lasted() -> None:
    time, numbers, end = TurningClock(), itertools.count(1), threading.Event()
    backoff = replace(NEVER_PROVEN, proven=60.0)

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        if next(numbers) == 6:
            assert end.wait(20)

    with (
        scripted_peer(script) as port,
        connection(settings(port), backoff=backoff, clock=time.clock) as (made, recorder),
    ):
        for number in range(1, 6):
            wait_attempts(recorder, number)
            time.turn(DAY, made)
        recorder.wait(lambda: recorder.last.subscribed, "the connection that lasts")
        assert len(recorder.gaps) == 1
        time.turn(DAY, made)
        recorder.wait(lambda: len(recorder.gaps) == 2, "the gap")
        before, after = recorder.gaps
        assert after.to_ns - after.from_ns >= 3 * DAY * 10**9
        assert after.from_ns >= before.to_ns
        end.set()
        recorder.wait(lambda: attempts(recorder) == 6, "the loss")
        assert pauses(recorder)[-1] <= NEVER_PROVEN.first


def test_an_event_ends_the_gap_that_grew_before_it() -> None:
    time, numbers, send = TurningClock(), itertools.count(1), threading.Event()

    def script(peer: ScriptedPeer) -> None:
        serve(peer)
        if next(numbers) == 4:
            assert send.wait(20)
            transfer(peer, 0, event(b"<a/>"))
            peer.until_hung_up()

    with (
        scripted_peer(script) as port,
        connection(settings(port), backoff=NEVER_PROVEN, clock=time.clock) as (made, recorder),
    ):
        for number in range(1, 4):
            wait_attempts(recorder, number)
            time.turn(DAY, made)
        recorder.wait(lambda: recorder.last.subscribed, "the connection that lasts")
        assert len(recorder.gaps) == 1
        time.turn(DAY, made)
        send.set()
        (message,) = recorder.wait_messages(1)
        gap = recorder.gaps[1]
        # It ends when events could arrive again, not when the first one came.
        assert gap.to_ns <= message.wall_ns - DAY * 10**9


def test_hosts_that_all_hang_up_are_tried_in_turn_with_growing_pauses() -> None:
    time, rounds = TurningClock(), 5
    with ExitStack() as peers:
        ports = [peers.enter_context(scripted_peer(serve)) for _host in range(3)]
        with connection(settings(*ports), backoff=NEVER_PROVEN, clock=time.clock) as (made, recorder):
            for number in range(1, rounds + 1):
                wait_attempts(recorder, 3 * number)
                time.turn(DAY, made)
            dialled = [s.host for s in recorder.statuses if s.state is ConnectionState.CONNECTING and s.host]
            found = pauses(recorder)
    expected = [f"127.0.0.1:{port}" for port in ports]
    tried = [host for host, other in pairwise([*dialled, ""]) if host != other]
    assert tried[: 3 * rounds] == expected * rounds
    assert [pause > 0 for pause in found[: 3 * rounds]] == [False, False, True] * rounds


def test_a_link_that_is_ended_again_and_again_is_attached_with_growing_pauses() -> None:

    time, rounds = TurningClock(), 6

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open()
        ours: dict[object, int] = {}
        for number in itertools.count():
            code, fields = peer.hear()
            if code == ATTACH:
                ours[fields[1]] = number
                peer.attach(str(fields[0]), SOURCE, handle=number)
            elif code == FLOW and fields[4] in ours:
                reason = described(0x1D, symbol("amqp:internal-error"), write("no"))
                peer.say(DETACH, uint(ours.pop(fields[4])), TRUE, reason)

    with (
        scripted_peer(script) as port,
        connection(settings(port), backoff=NEVER_PROVEN, clock=time.clock) as (made, recorder),
    ):

        def refused() -> list[float]:
            statuses = [s for s in recorder.statuses if s.state is ConnectionState.REFUSED]
            return [(status.retry_ns - status.since_ns) / 1e9 for status in statuses]

        def wait_refused(count: int) -> None:
            recorder.wait(lambda: len(refused()) == count, f"attempt {count}")

        for number in range(1, rounds + 1):
            wait_refused(number)
            time.turn(DAY, made)
        found = refused()
        assert len(recorder.gaps) == 1
    assert all(later > before for before, later in zip(found, found[2:], strict=False))
