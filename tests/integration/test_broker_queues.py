"""The embedded broker's queues and their management, as a client on a socket sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.sending import SendOutcome
from tests.helpers.broker import BrokerProcess, running_broker
from tests.helpers.broker_client import Client, ask, client, event, objects, queue_fields, take
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as process:
        yield process


@pytest.fixture
def bus(broker: BrokerProcess) -> Iterator[Client]:
    with client(broker.url) as connected:
        yield connected


def test_a_queue_is_of_a_hundred_megabytes(bus: Client) -> None:
    bus.subscribe(name="usual")
    assert queue_fields(bus, "usual")["arguments"] == {"qpid.max_size": 100 * 1024 * 1024}


def test_a_queue_that_fills_up_holds_publishers_up_until_it_has_sunk() -> None:
    """From 80 % on messages are not accepted yet, and accepted at 70 %; what does not fit is given back."""
    big = b"x" * 100_000
    with (
        running_broker("--queue-mb", "1") as process,
        client(process.url) as bus,
        connection(process.url, receiving=False) as (sender, sent),
    ):
        receiver = bus.subscribe(name="slow", credit=0)
        for _ in range(12):
            sender.send(big)
        sent.wait(lambda: len(sent.results) == 10, "what is decided at once")
        accepted = [result.ticket for result in sent.results if result.outcome is SendOutcome.ACCEPTED]
        given_back = [result.ticket for result in sent.results if result.outcome is SendOutcome.REJECTED]
        assert (accepted, given_back) == (list(range(1, 9)), [11, 12])
        assert queue_fields(bus, "slow")["flowStopped"]
        receiver.link.flow(2)
        take(receiver)
        take(receiver)
        assert queue_fields(bus, "slow")["flowStopped"]
        assert len(sent.results) == 10
        receiver.link.flow(1)
        take(receiver)
        sent.wait(lambda: len(sent.results) == 12, "the rest")
        assert not queue_fields(bus, "slow")["flowStopped"]
        assert [(result.ticket, result.outcome) for result in sent.results[-2:]] == [
            (9, SendOutcome.ACCEPTED),
            (10, SendOutcome.ACCEPTED),
        ]


def test_who_goes_holds_nobody_up_any_more() -> None:
    with (
        running_broker("--queue-mb", "1") as process,
        client(process.url) as bus,
        connection(process.url, receiving=False) as (sender, sent),
    ):
        receiver = bus.subscribe(name="slow", credit=0)
        for _ in range(9):
            sender.send(b"x" * 100_000)
        sent.wait(lambda: len(sent.results) == 8, "what is accepted at once")
        receiver.close()
        sent.wait(lambda: len(sent.results) == 9, "the rest")
        assert {result.outcome for result in sent.results} == {SendOutcome.ACCEPTED}


def test_a_full_ring_drops_the_oldest_and_counts_them() -> None:
    big = b"x" * 100_000
    with running_broker("--queue-mb", "1") as process, client(process.url) as bus:
        receiver = bus.subscribe(name="full", credit=0, ring=True)
        sender = bus.sender()
        for number in range(20):
            sender.send(event(str(number).encode() + b":" + big))
        fields = queue_fields(bus, "full")
        assert fields["discardsRing"] == 10
        assert fields["msgDepth"] == 10
        assert fields["byteDepth"] <= fields["arguments"]["qpid.max_size"] == 1024 * 1024
        receiver.link.flow(10)
        first = take(receiver).body
        assert isinstance(first, bytes)
        assert first.startswith(b"10:")


def test_the_queue_is_named_after_container_and_link_and_goes_with_it(bus: Client) -> None:
    receiver = bus.subscribe(name="goes")
    container = bus.connection.container.container_id
    assert f"{container}_goes" in {one["name"] for one in objects(bus, "queue")}
    receiver.close()
    assert f"{container}_goes" not in {one["name"] for one in objects(bus, "queue")}


def test_management_says_what_it_does_not_know(bus: Client) -> None:
    for opcode, body in (("_query_request", {}), ("_method_request", {"_method_name": "x"}), ("nonsense", {})):
        answer, content = ask(bus, opcode, body)
        assert answer == "_exception"
        assert content["_values"]["error_text"]
