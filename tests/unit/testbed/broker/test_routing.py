"""Threads that are preempted while they route, without a socket."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.amqp import codec
from clacks_monitor.testbed.broker.envelope import Envelope
from clacks_monitor.testbed.broker.exchange import XmlExchange
from clacks_monitor.testbed.broker.queues import Queue
from clacks_monitor.testbed.broker.routing import RoutingThread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping


class Everything:
    """A selection in which every query matches; each is asked as long as it is there."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()

    def add(self, number: int, query: str) -> None:
        del query
        self._numbers.add(number)

    def remove(self, number: int) -> None:
        self._numbers.remove(number)

    def offer(
        self, body: bytes, properties: Mapping[str, Any], numbers: Collection[int], deliver: Callable[[int], None]
    ) -> None:
        del body, properties
        for number in numbers:
            assert number in self._numbers
            deliver(number)

    def when_decided(self, number: int, call: Callable[[], None]) -> bool:
        del number, call
        return True

    def close(self) -> None:
        """Do nothing."""


class Later:
    """A loop that calls when the test says."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []
        self.seconds: list[float] = []

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        self.seconds.append(seconds)
        self.calls.append(action)


@pytest.fixture
def exchange() -> XmlExchange:
    return XmlExchange("x", Everything())


def message() -> Envelope:
    return Envelope(codec.encode(b"<a/>", subject="event"))


def routed(exchange: XmlExchange, loop: Any, meanwhile: Callable[[], object]) -> list[Queue]:
    """Route a message with a thread that is preempted; return the queues that hold up its publisher."""
    thread, holding = RoutingThread(loop, 2.0), list[list[Queue]]()
    assert not thread.is_preempted()
    thread.route(exchange, message(), holding.append)
    assert thread.is_preempted()
    meanwhile()
    assert holding == []
    loop.calls.pop()()
    assert not thread.is_preempted()
    (found,) = holding
    return found


@pytest.mark.parametrize("query", [None, "1 = 1"])
def test_a_message_is_routed_with_the_bindings_of_a_moment_ago(exchange: XmlExchange, query: str | None) -> None:
    old, new, loop = Queue("old"), Queue("new"), Later()
    exchange.bind("event", query, old)
    routed(exchange, loop, lambda: exchange.bind("event", query, new))
    assert (len(old), len(new)) == (1, 0)
    assert 0 <= loop.seconds[0] <= 2.0
    assert (exchange.received, exchange.routed) == (1, 1)


@pytest.mark.parametrize("query", [None, "1 = 1"])
def test_a_binding_that_has_gone_meanwhile_gets_at_most_what_it_had(exchange: XmlExchange, query: str | None) -> None:
    depths = set()
    for _ in range(40):
        old, loop = Queue("old"), Later()
        number = exchange.bind("event", query, old)
        routed(exchange, loop, lambda number=number: exchange.unbind(number))  # type: ignore[misc]  # a default binds it
        depths.add(len(old))
    assert depths == {0, 1}, "preempted before and after"


def test_queues_that_hold_up_are_named_and_full_ones_count_it_as_refused(exchange: XmlExchange) -> None:
    size = len(message().encoded)
    holding, full = Queue("holding", size), Queue("full", size - 1)
    for queue in (holding, full):
        exchange.bind("event", None, queue)
    assert set(routed(exchange, Later(), lambda: None)) == {holding}
    assert (full.refused, holding.refused) == (1, 0)


def test_a_broker_of_one_thread_is_never_preempted() -> None:
    loop: Any = Later()
    never, sometimes = RoutingThread(loop, 0.0), RoutingThread(loop, 0.001)
    assert not any(never.is_preempted_now() for _ in range(10_000))
    assert any(sometimes.is_preempted_now() for _ in range(10_000))
