"""A durable subscription on the embedded broker: what is not accepted is delivered again, and nothing else."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp.durable_connection import connect_durably
from clacks_monitor.amqp.durable_link import DURABLE_WINDOW
from clacks_monitor.core.connection import FilterPlace, from_url
from clacks_monitor.testbed.broker import Broker, BrokerSettings
from clacks_monitor.testbed.broker.rabbitmq.attach import NODE
from clacks_monitor.testbed.broker.rabbitmq.node import RabbitMQNode
from clacks_monitor.testbed.broker.settings import BrokerKind
from tests.helpers.broker import running_broker
from tests.helpers.deliveries import Deliveries, started
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import QUICK, connection

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.networking.recorder_connection import RecorderConnection
    from clacks_monitor.testbed.broker import Broker
    from tests.helpers.broker import BrokerProcess


@pytest.fixture(scope="module")
def broker() -> Iterator[BrokerProcess]:
    with running_broker() as running:
        yield running


@contextlib.contextmanager
def recording(
    url: str, owner: str, query: str = "", *, attach: bool = True
) -> Iterator[tuple[RecorderConnection, Deliveries]]:
    seen = Deliveries()
    settings = from_url(url)[0]
    made = connect_durably(settings, seen, password=lambda: None, owner=owner, backoff=QUICK)
    made.subscribe(query)
    with started(made, seen, attach=attach):
        yield made, seen


def send(url: str, numbers: range) -> None:
    with connection(url, receiving=False) as (sender, sent):
        for number in numbers:
            sender.send(str(number).encode())
        sent.wait(lambda: len(sent.results) == len(numbers), "outcomes")


def test_what_is_not_accepted_comes_again_and_is_marked(broker: BrokerProcess) -> None:
    with recording(broker.url, "again") as (made, seen):
        send(broker.url, range(10))
        seen.wait(lambda: len(seen.all) == 10)
        assert [one.number for one in seen.all] == list(range(1, 11))
        made.accept(6)
    send(broker.url, range(10, 12))
    with recording(broker.url, "again") as (_made, seen):
        seen.wait(lambda: len(seen.all) == 6)
        assert seen.bodies() == [6, 7, 8, 9, 10, 11]
        assert all(one.repeated for one in seen.all)


def test_only_the_first_window_may_be_repeated(broker: BrokerProcess) -> None:
    count = DURABLE_WINDOW + 50
    with recording(broker.url, "window") as (made, seen):
        send(broker.url, range(count))
        seen.wait(lambda: len(seen.all) == DURABLE_WINDOW)
        made.accept(DURABLE_WINDOW)
        seen.wait(lambda: len(seen.all) == count)
        assert [one.repeated for one in seen.all] == [True] * DURABLE_WINDOW + [False] * 50


def test_credit_is_bounded_by_what_is_not_accepted(broker: BrokerProcess) -> None:
    with recording(broker.url, "bounded") as (made, seen):
        send(broker.url, range(DURABLE_WINDOW + 10))
        seen.wait(lambda: len(seen.all) == DURABLE_WINDOW)
        made.accept(DURABLE_WINDOW)
        seen.wait(lambda: len(seen.all) == DURABLE_WINDOW + 10)


def test_a_second_recorder_waits_for_the_first(broker: BrokerProcess) -> None:
    with recording(broker.url, "pair", attach=False) as (standby, other):
        with recording(broker.url, "pair"):
            standby.attach()
            other.wait(lambda: other.status is not None and "resource-locked" in other.status.reason)
        other.wait_subscribed()
        send(broker.url, range(3))
        other.wait(lambda: len(other.all) == 3)


def test_detach_returns_what_was_not_accepted_and_attach_goes_on(broker: BrokerProcess) -> None:
    with recording(broker.url, "detach") as (made, seen):
        send(broker.url, range(4))
        seen.wait(lambda: len(seen.all) == 4)
        made.accept(2)
        made.detach()
        seen.wait_subscribed(to=False)
        send(broker.url, range(4, 6))
        made.attach()
        seen.wait(lambda: len(seen.all) == 8)
        assert seen.bodies() == [0, 1, 2, 3, 2, 3, 4, 5]
        assert [one.attachment for one in seen.all] == [1] * 4 + [2] * 4


def test_the_broker_filters_a_durable_subscription(broker: BrokerProcess) -> None:
    with recording(broker.url, "filtered", "number(.) > 1 or true()") as (_made, seen):
        assert seen.status is not None
        assert seen.status.filter_place is FilterPlace.BROKER
        assert seen.status.asked_here == ()


def test_on_rabbitmq_the_queue_is_declared_once_and_stays() -> None:
    settings = BrokerSettings(port=0, kind=BrokerKind.RABBITMQ)
    with played_broker(settings) as broker:
        with recording(broker.url, "rabbit") as (made, seen):
            send(broker.url, range(4))
            seen.wait(lambda: len(seen.all) == 4)
            made.accept(2)
        send(broker.url, range(4, 6))
        with recording(broker.url, "rabbit") as (_made, seen):
            seen.wait(lambda: len(seen.all) == 4)
            assert seen.bodies() == [2, 3, 4, 5]
            assert all(one.repeated for one in seen.all)
        ((name, arguments),) = _declared(broker).items()
    assert name == "rabbit.org.clacks.event"
    assert arguments == {"x-queue-type": "quorum", "x-single-active-consumer": True}


def _declared(broker: Broker) -> dict[str, dict[str, object]]:
    node = broker.nodes.services[NODE]
    assert isinstance(node, RabbitMQNode)
    return {name: node.arguments[name] for name in node.arguments if name not in node.owners}
