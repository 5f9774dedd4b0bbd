"""Kills under load, hostile messages, many sends. Small numbers by default; CLACKS_ENDURANCE=1 runs the full ones."""

from __future__ import annotations

import os
import random
import threading
from typing import Any

from proton import Message, int32, symbol, timestamp

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.event import BodyKind
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.networking.reconnect import Backoff
from tests.helpers.broker import running_broker
from tests.helpers.broker_client import client
from tests.helpers.kills import descriptors, kill_under_load
from tests.helpers.memory import Allocated, allocated
from tests.helpers.proxy import running_proxy
from tests.helpers.recorder import connection

FULL = bool(os.environ.get("CLACKS_ENDURANCE"))
KILLS = 100 if FULL else 10
HOSTILE = 100_000 if FULL else 3_000
SENDS = 50_000 if FULL else 5_000
CUTS = 500 if FULL else 100
AT_ONCE = Backoff(first=0.001, longest=0.01, lasting=0.01)


def test_kills_under_load_lose_nothing_received_leave_nothing_behind_and_are_told() -> None:
    """What arrives is numbered; between two gaps there is no hole, and each kill is one gap."""
    with running_broker() as broker:
        report = kill_under_load(broker, broker.url, KILLS)
    assert len(report.gaps) == KILLS
    assert all(gap.from_ns < gap.to_ns for gap in report.gaps)
    assert not report.untold
    assert (report.files, report.threads) <= (0, 0)


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
        assert {m.kind for m in recorder.messages} == set(BodyKind) - {BodyKind.JSON_RPC}, "calls travel on MQTT only"
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
