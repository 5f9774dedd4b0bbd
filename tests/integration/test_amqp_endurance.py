"""Kills under load, hostile messages, many sends. Small numbers by default; CLACKS_ENDURANCE=1 runs the full ones."""

from __future__ import annotations

import gc
import itertools
import os
import random
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from proton import Message, int32, symbol, timestamp

from clacks_monitor.amqp.reconnect import Backoff
from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.event import BodyKind, GapCause
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.broker import running_broker
from tests.helpers.broker_client import client
from tests.helpers.memory import Allocated, allocated
from tests.helpers.proxy import running_proxy
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from collections.abc import Sized

FULL = bool(os.environ.get("CLACKS_ENDURANCE"))
KILLS = 100 if FULL else 10
HOSTILE = 100_000 if FULL else 3_000
SENDS = 50_000 if FULL else 5_000
CUTS = 500 if FULL else 100
AT_ONCE = Backoff(first=0.001, longest=0.01, lasting=0.01)
SETTLED_KILLS = 3
"""After so many kills everything that is made once has been made."""


def descriptors() -> int:
    """Return how many file descriptors this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


def has(things: Sized, count: int) -> bool:
    """Return whether there are that many, or more."""
    return len(things) >= count


def test_kills_under_load_lose_nothing_received_leave_nothing_behind_and_are_told() -> None:
    """What arrives is numbered; between two gaps there is no hole, and each kill is one gap."""
    with running_broker() as broker, connection(broker.url) as (_made, recorder):
        with connection(broker.url, receiving=False) as (sender, sent):
            stop = threading.Event()

            def load() -> None:
                number = 0
                while not stop.is_set():
                    sender.send(str(number).encode())
                    number += 1
                    if number % 20 == 0:
                        sent.wait(partial(has, sent.results, number - 100), "outcomes")
                        sent.wait(lambda: sent.last.state is ConnectionState.CONNECTED, "the broker")

            thread = threading.Thread(target=load)
            thread.start()
            base_files = base_threads = 0
            for kill in range(KILLS):
                recorder.wait_messages(len(recorder.messages) + 50)
                broker.kill()
                recorder.wait_state(ConnectionState.LOST)
                broker.restart()
                recorder.wait_state(ConnectionState.CONNECTED)
                sent.wait_state(ConnectionState.CONNECTED)
                recorder.wait(partial(has, recorder.gaps, kill + 1), "the gap")
                if kill == SETTLED_KILLS:
                    gc.collect()
                    base_files, base_threads = descriptors(), threading.active_count()
            recorder.wait_messages(len(recorder.messages) + 50)
            stop.set()
            thread.join()
            gc.collect()
            assert descriptors() <= base_files
            assert threading.active_count() <= base_threads
        times = [gap for gap in recorder.gaps if gap.cause is GapCause.CONNECTION_LOST]
        assert len(times) == KILLS
        assert all(gap.from_ns < gap.to_ns for gap in times)
        _no_hole_between_gaps([(m.wall_ns, int(m.body)) for m in recorder.messages], [g.to_ns for g in times])


def _no_hole_between_gaps(seen: list[tuple[int, int]], ends: list[int]) -> None:
    numbers = [number for _when, number in seen]
    assert numbers == sorted(set(numbers))
    for (_, before), (after_ns, after) in itertools.pairwise(seen):
        if after != before + 1:
            before_ns = next(when for when, number in seen if number == before)
            # The sender's own connection breaks as well, a little earlier or later than the receiver's.
            assert any(before_ns <= end <= after_ns + 1_000_000_000 for end in ends), (before, after)


def test_broken_connections_leave_neither_memory_nor_descriptors_behind() -> None:
    with running_broker() as broker, running_proxy(broker.port) as proxy:
        with connection(f"amqp://127.0.0.1:{proxy.port}/org.clacks", backoff=AT_ONCE) as (made, recorder):

            def cut(times: int) -> tuple[int, int, Allocated]:
                for _ in range(times):
                    made.send(b"<a/>")
                    recorder.wait(lambda: recorder.messages, "the event")
                    proxy.cut()
                    recorder.wait_state(ConnectionState.LOST)
                    recorder.wait_state(ConnectionState.CONNECTED)
                    recorder.forget()
                return descriptors(), threading.active_count(), allocated()

            files, threads, memory = cut(CUTS)
            after_files, after_threads, after_memory = cut(CUTS)
        assert after_files <= files
        assert after_threads <= threads
        grown = after_memory - memory
        assert grown.blocks < 5 * CUTS, grown
        assert grown.heap < 1_000 * CUTS, grown


def hostile(number: int, chance: random.Random) -> bytes:
    """Return an encoded message that some sender might send to do harm, or by mistake."""
    xml = b'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><CallerId>1</CallerId></PhoneStatus></Event>'
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><a>&b;&b;</a>'
    bodies: list[Any] = [
        chance.randbytes(chance.randrange(400)),
        xml[: chance.randrange(len(xml))],
        b"<a>" * chance.randrange(2000),
        bomb,
        xml.decode().encode("utf-16"),
        b'<?xml version="1.0" encoding="utf-7"?>' + xml,
        {"a": [1, {"b": None}], "c": b"\xff"},
        [1, "two", b"three", [4]],
        int32(5),
        timestamp(7),
        None,
        "",
        "\ufffe text",
        b"",
    ]
    body = bodies[number % len(bodies)]
    properties = {"n": number, "big": "x" * (50_000 if number % 97 == 0 else 3)}
    if number % 500 == 250:
        body = b"<" + b"y" * 3_000_000
    message = Message(
        body=body,
        inferred=number % 2 == 0 and isinstance(body, bytes),
        properties=properties,
        annotations={symbol("x-opt-nested"): [[[[]]]]},
        subject="event",
        content_type="\x01" if number % 3 else None,
    )
    return bytes(message.encode())


def test_hostile_messages_each_arrive_as_something_and_harm_nothing() -> None:
    chance = random.Random(5)
    with running_broker() as broker, connection(broker.url) as (_made, recorder), client(broker.url) as bus:
        sender = bus.sender()
        for number in range(HOSTILE):
            sender.send(_Encoded(hostile(number, chance)))
        sender.send(Message(body=b"<end/>", inferred=True, subject="event"))
        recorder.wait_messages(HOSTILE + 1, timeout=600)
        assert [m.properties.get("n") for m in recorder.messages[:-1]] == list(range(HOSTILE))
        assert recorder.messages[-1].body == b"<end/>"
        assert {m.kind for m in recorder.messages} == set(BodyKind)
        assert not recorder.gaps


class _Encoded:
    """A message that is encoded already, as proton's blocking sender takes it."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def send(self, sender: object, tag: str | None = None) -> object:
        """Send the bytes."""
        delivery = sender.delivery(tag or sender.delivery_tag())  # type: ignore[attr-defined] # proton's own interface
        sender.stream(self._data)  # type: ignore[attr-defined] # proton's own interface
        sender.advance()  # type: ignore[attr-defined] # proton's own interface
        return delivery


def test_many_sends_arrive_once_each_and_in_order() -> None:
    with running_broker() as broker, connection(broker.url) as (made, recorder):
        for number in range(SENDS):
            made.send(str(number).encode())
        recorder.wait(lambda: len(recorder.results) == SENDS, "the outcomes", timeout=300)
        recorder.wait_messages(SENDS, timeout=300)
        assert [int(body) for body in recorder.bodies()] == list(range(SENDS))
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        assert sorted(result.ticket for result in recorder.results) == list(range(1, SENDS + 1))


def test_memory_does_not_grow_with_what_was_received_and_sent() -> None:
    """After a first two thousand that warm everything up, ten thousand more leave nothing in the process."""
    with running_broker() as broker, connection(broker.url) as (made, recorder):
        body = b"x" * 2000

        def through(count: int) -> None:
            before = len(recorder.results)
            for _ in range(count):
                made.send(body)
            recorder.wait(lambda: len(recorder.results) == before + count, "the outcomes")
            recorder.wait_messages(count)
            recorder.messages.clear()

        through(2000)
        recorder.results.clear()
        base = allocated()
        for _ in range(5):
            through(2000)
            recorder.results.clear()
        grown = allocated() - base
        assert grown.blocks < 2_000, grown
        assert grown.heap < 2_000_000, grown
