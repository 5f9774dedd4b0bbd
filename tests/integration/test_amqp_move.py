"""A move to another source while events are published, with each kind of broker that the embedded one can play."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, FilterPlace, from_url
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from tests.helpers.moving import check_moves
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

OTHER = "org.other"


@contextlib.contextmanager
def two_exchanges(settings: BrokerSettings) -> Iterator[tuple[ConnectionSettings, ConnectionSettings]]:
    """Run a broker with two exchanges; return the settings for each."""
    with played_broker(settings) as broker:
        if settings.kind is not BrokerKind.RABBITMQ:
            broker.nodes.exchange(OTHER)
        first = replace(from_url(broker.url)[0], handover_s=0.1)
        yield first, replace(first, domain="amq.topic" if settings.kind is BrokerKind.RABBITMQ else OTHER)


@pytest.mark.parametrize(
    "settings",
    [
        BrokerSettings(port=0),
        BrokerSettings(port=0, product="qpid-cpp", preemption_s=0.05),
        BrokerSettings(port=0, kind=BrokerKind.BROKER_J, preemption_s=0.05),
        BrokerSettings(port=0, kind=BrokerKind.RABBITMQ),
    ],
    ids=["embedded", "qpid", "broker-j", "rabbitmq"],
)
def test_moving_to_another_exchange_and_back_misses_and_doubles_nothing(settings: BrokerSettings) -> None:
    with (
        two_exchanges(settings) as (here, there),
        connection(here) as moved,
        connection(here, receiving=False) as sender,
        connection(there, receiving=False) as other_sender,
    ):
        check_moves(moved, (here, there), (sender, other_sender), 20, exactly=settings.kind is BrokerKind.RABBITMQ)


def test_the_filter_goes_along() -> None:
    query = "declare variable $n external; $n = 1"
    with (
        two_exchanges(BrokerSettings(port=0)) as (here, there),
        connection(replace(here, subscription=query)) as (made, recorder),
        connection(there, receiving=False) as (sender, _sent),
    ):
        made.move(there)
        recorder.wait(lambda: recorder.peers and OTHER in [link.address for link in recorder.peers[-1].links], "it")
        for number in range(3):
            sender.send(b"<a/>", properties={"n": number})
        sender.send(b"<last/>", properties={"n": 1})
        recorder.wait_messages(2)
        assert [message.properties["n"] for message in recorder.messages] == [1, 1]
        assert recorder.last.filter_place is FilterPlace.BROKER


def test_changes_that_come_while_one_is_under_way_are_made_one_after_the_other() -> None:
    with (
        two_exchanges(BrokerSettings(port=0, product="qpid-cpp")) as (here, there),
        connection(here) as (made, recorder),
        connection(there, receiving=False) as (sender, _sent),
    ):
        made.subscribe("1 = 1")
        made.move(there)
        made.subscribe("2 = 2")
        made.move(here)
        made.subscribe("3 = 3")
        made.move(there)
        recorder.wait(
            lambda: (
                recorder.last.subscription == "3 = 3"
                and recorder.peers
                and {link.address for link in recorder.peers[-1].links if link.receives and link.credit} >= {OTHER}
            ),
            "the last change",
        )
        sender.send(b"<a/>")
        recorder.wait_messages(1)
        assert not recorder.gaps


def test_the_right_domain_is_tried_at_once_where_the_wrong_one_is_refused() -> None:
    with two_exchanges(BrokerSettings(port=0)) as (here, there):
        wrong = replace(here, domain="org.nowhere")
        with connection(wrong, wait=False) as (made, recorder):
            recorder.wait_state(ConnectionState.REFUSED)
            made.move(there)
            recorder.wait_state(ConnectionState.CONNECTED)
            made.send(b"<a/>")
            recorder.wait_messages(1)
            assert not recorder.gaps


def test_what_was_sent_before_goes_to_the_old_exchange_and_its_outcome_comes() -> None:
    with (
        two_exchanges(BrokerSettings(port=0)) as (here, there),
        connection(here, receiving=False) as (made, results),
        connection(here) as (_one, seen),
        connection(there) as (_other, seen_there),
    ):
        for number in range(500):
            made.send(str(number).encode())
        made.move(there)
        for number in range(500, 1000):
            made.send(str(number).encode())
        results.wait(lambda: len(results.results) == 1000, "the outcomes")
        seen.wait_messages(500)
        seen_there.wait_messages(500)
        bodies = [str(number).encode() for number in range(1000)]
        assert (seen.bodies(), seen_there.bodies()) == (bodies[:500], bodies[500:])
