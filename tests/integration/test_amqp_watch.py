"""What a broker does not say by itself: the exchange is gone, the own queue is full."""

from __future__ import annotations

import threading
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from proton import Message
from proton.reactor import AtMostOnce

from clacks_monitor.amqp import Connection, subscription_health
from clacks_monitor.amqp.queue_statistics import QueueAction, QueueReading
from clacks_monitor.amqp.reception import Reception
from clacks_monitor.core.connection import ConnectionState, from_url
from clacks_monitor.core.event import GapCause
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.broker_client import client, event, objects
from tests.helpers.recorder import Recorder, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.event import RawMessage


@pytest.fixture
def broker() -> Iterator[BrokerProcess]:
    with running_broker("--queue-mb", "1") as process:
        yield process


@pytest.fixture(autouse=True)
def _impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PERIOD_S", "HASTE_S"):
        monkeypatch.setattr(subscription_health, name, 0.05)
    monkeypatch.setattr(subscription_health, "EXCHANGE_EVERY", 2)


def manage(broker: BrokerProcess, method: str, **arguments: object) -> None:
    """Have the broker's management create or delete something."""
    with client(broker.url) as bus:
        receiver, address = bus.replies()
        body = {"_object_id": {"_object_name": "org.apache.qpid.broker:broker:amqp-broker"}}
        request = Message(
            body=body | {"_method_name": method, "_arguments": arguments},
            reply_to=address,
            properties={"x-amqp-0-10.app-id": "qmf2", "qmf.opcode": "_method_request", "method": "request"},
        )
        bus.sender("qmf.default.direct").send(request)
        answer = receiver.receive(timeout=20)
        assert answer.properties["qmf.opcode"] == "_method_response", answer.body


@pytest.mark.parametrize("read_only", [False, True])
def test_a_deleted_exchange_is_noticed_and_subscribed_to_again_when_it_is_back(
    broker: BrokerProcess, *, read_only: bool
) -> None:
    settings = replace(from_url(broker.url)[0], read_only=read_only)
    with connection(settings) as (_made, recorder), connection(broker.url, receiving=False) as (sender, _sent):
        manage(broker, "delete", type="exchange", name="org.clacks")
        recorder.wait_state(ConnectionState.REFUSED)
        assert "org.clacks" in recorder.last.reason
        assert not recorder.last.subscribed
        manage(broker, "create", type="exchange", name="org.clacks", properties={"exchange-type": "xml"})
        recorder.wait_state(ConnectionState.CONNECTED)
        (gap,) = recorder.gaps
        assert gap.cause is GapCause.EXCHANGE_DELETED
        assert gap.from_ns < gap.to_ns
        sender.send(b"<a/>")
        recorder.wait_messages(1)


def test_the_queue_is_shown(broker: BrokerProcess) -> None:
    with connection(broker.url) as (_made, recorder):
        recorder.wait(lambda: recorder.last.queue_depth == 0.0, "the queue's filling")


def test_looks_that_find_nothing_new_tell_nothing(broker: BrokerProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[QueueReading] = []
    enough, original = threading.Event(), Reception.queue_read

    def read(self: Reception, reading: QueueReading) -> None:
        original(self, reading)
        looks.append(reading)
        if len(looks) == 5:
            enough.set()

    monkeypatch.setattr(Reception, "queue_read", read)
    with connection(broker.url) as (_made, recorder):
        assert enough.wait(30)
        told = list(recorder.statuses)
    assert [now for before, now in pairwise(told) if now == before] == []


@pytest.mark.parametrize("left", [False, True], ids=["while it is received from", "when it is left"])
def test_what_the_queue_dropped_is_counted_exactly(
    broker: BrokerProcess, monkeypatch: pytest.MonkeyPatch, *, left: bool
) -> None:
    """The monitor stands still while 60 MB are published: its queue of 1 MB drops its oldest."""
    if left:
        monkeypatch.setattr(subscription_health, "PERIOD_S", 1000.0)  # a change of filter is the only occasion to ask
    go_on = threading.Event()
    original = Recorder.on_messages
    blocked = threading.Event()

    def slow(self: Recorder, batch: list[RawMessage]) -> None:
        blocked.set()
        go_on.wait(60)
        original(self, batch)

    monkeypatch.setattr(Recorder, "on_messages", slow)
    count, body = 6000, b"x" * 10_000
    with connection(broker.url) as (made, recorder), connection(broker.url, receiving=False) as (sender, sent):
        recorder.wait(lambda: asks(made), "the links to the management")
        sender.send(b"first")
        assert blocked.wait(30)
        for _ in range(count):
            sender.send(body)
        sender.send(b"last")
        sent.wait(lambda: len(sent.results) == count + 2, "the outcomes")
        go_on.set()
        recorder.wait(lambda: recorder.bodies()[-1:] == [b"last"], "the last event")
        if left:
            assert not recorder.gaps
            made.subscribe("1 = 1")
        recorder.wait(lambda: recorder.gaps, "the gap")
        lost = sum(gap.lost for gap in recorder.gaps)
        assert {gap.cause for gap in recorder.gaps} == {GapCause.QUEUE_OVERFLOW}
        assert lost > 0
        assert len(recorder.messages) + lost == count + 2


def asks(made: Connection) -> bool:
    """Return whether questions to the management can be sent."""
    health = made._worker.reception._health
    return health is not None and health._links is not None and health._links.ready


def test_what_the_queue_rejected_is_told_as_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A queue as Qpid's are rejects the newest; the monitor hears of it by the count alone."""
    monkeypatch.setattr(subscription_health, "HASTE_S", 1000.0)
    go_on, blocked = threading.Event(), threading.Event()
    original = Recorder.on_messages

    def slow(self: Recorder, batch: list[RawMessage]) -> None:
        blocked.set()
        go_on.wait(60)
        original(self, batch)

    monkeypatch.setattr(Recorder, "on_messages", slow)
    count, body = 6000, b"x" * 10_000
    with (
        running_broker("--queue-mb", "1", "--overflow", "reject") as broker,
        connection(broker.url) as (made, recorder),
        client(broker.url) as bus,
    ):
        bus.sender().send(event(b"first"))
        assert blocked.wait(30)
        sender = bus.sender(options=AtMostOnce())
        for _ in range(count):
            sender.send(event(body))
        bus.connection.wait(lambda: sender.link.queued == 0)
        (queue,) = [one for one in objects(bus, "queue") if one["exclusive"]]
        rejected = queue["discardsOverflow"]
        assert queue["arguments"] == {"qpid.max_size": 1024 * 1024}, "a ring was asked for in vain"
        assert 0 < rejected < count
        go_on.set()
        recorder.wait_messages(count + 1 - rejected)
        made._loop.call(made._worker.reception._health._check)  # type: ignore[union-attr]  # it is connected
        recorder.wait(lambda: recorder.gaps, "the gap")
        (gap,) = recorder.gaps
        assert (gap.cause, gap.lost) == (GapCause.QUEUE_OVERFLOW, rejected)
        assert gap.detail == "The queue in the broker was full and rejected the newest events."
        assert recorder.bodies() == [b"first", *[body] * (count - rejected)]


def look(made: Connection, action: QueueAction, messages: int = 0) -> None:
    """Have the connection take a look at its queue with this result; a real one would need minutes to fill."""
    reading = QueueReading(0.6, messages, 0, 0, unbound=False, action=action)
    made._loop.call(lambda: made._worker.reception.queue_read(reading))


def test_shedding_takes_events_unread_and_counts_them(broker: BrokerProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subscription_health, "HASTE_S", 1000.0)
    with connection(broker.url) as (made, recorder):
        look(made, QueueAction.SHED)
        for _ in range(10):
            made.send(b"<lost/>")
        recorder.wait(lambda: len(recorder.results) == 10, "the outcomes")
        assert made.call("getMethods")  # behind the events on the same connection
        look(made, QueueAction.RECEIVE_ALL)
        made.send(b"<seen/>")
        recorder.wait_messages(1)
        assert recorder.bodies() == [b"<seen/>"]
        assert [(gap.cause, gap.lost) for gap in recorder.gaps] == [(GapCause.SHED, 10)]
        look(made, QueueAction.SHED)
        look(made, QueueAction.RECEIVE_ALL)
        recorder.wait(lambda: len(recorder.gaps) == 2, "the end of another shedding")
        assert recorder.gaps[1].lost == 0, "each counts by itself"


def test_the_last_resort_leaves_the_queue_behind_and_counts_it(
    broker: BrokerProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subscription_health, "HASTE_S", 1000.0)
    with connection(broker.url) as (made, recorder):
        count = len(recorder.statuses)
        look(made, QueueAction.RENEW, messages=7)
        recorder.wait(lambda: recorder.gaps and len(recorder.statuses) > count, "the gap")
        assert [(gap.cause, gap.lost) for gap in recorder.gaps] == [(GapCause.SHED, 7)]
        assert made.call("getMethods")
        made.send(b"<seen/>")
        recorder.wait_messages(1)
