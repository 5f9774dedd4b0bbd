"""The connection against RabbitMQ: another dialect, another broker's habits."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import probe, subscription_health
from clacks_monitor.core.bus import NotConnected, ProbeStepName
from clacks_monitor.core.connection import ConnectionState, DialectName, FilterPlace, from_url
from clacks_monitor.core.event import BodyKind, GapCause
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.other_receiver import EVENTS, OtherReceiver, publish
from tests.helpers.proxy import running_proxy
from tests.helpers.rabbitmq import PASSWORD, RabbitMQ, installed, running_rabbitmq
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.rabbitmq,
    pytest.mark.skipif(not installed(), reason="Debian's rabbitmq-server is not installed"),
]


@pytest.fixture(scope="module")
def rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RabbitMQ]:
    with running_rabbitmq(tmp_path_factory.mktemp("rabbitmq")) as server:
        yield server


@pytest.mark.parametrize("domain", ["org.clacks", "amq.topic"])
def test_events_go_round_and_the_filter_runs_here(rabbit: RabbitMQ, domain: str) -> None:
    settings, password = from_url(rabbit.url(domain))
    with connection(replace(settings, subscription="true()"), password=password) as (made, recorder):
        assert recorder.last.dialect is DialectName.RABBITMQ
        assert recorder.last.product.startswith("RabbitMQ 3.")
        assert recorder.last.filter_place is FilterPlace.HERE
        assert "RabbitMQ" in recorder.last.filter_note
        for number in range(2000):
            made.send(str(number).encode(), properties={"n": number, "s": "t", "b": True, "f": 0.5})
        recorder.wait_messages(2000)
        recorder.wait(lambda: len(recorder.results) == 2000, "the outcomes")
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        assert recorder.bodies() == [str(number).encode() for number in range(2000)]
        first = recorder.messages[0]
        assert first.kind is BodyKind.DATA
        assert first.properties == {"n": 0, "s": "t", "b": True, "f": 0.5}
        assert first.message_id == made.message_id(1)
        assert first.content_type == "text/xml"


def test_another_receiver_gets_all_events(rabbit: RabbitMQ) -> None:
    with connection(rabbit.url()) as (_made, recorder):
        other = OtherReceiver(rabbit.url(), "/exchange/org.clacks/event")
        publish(rabbit.url(), "org.clacks")
        assert other.wait() == list(range(EVENTS))
        recorder.wait_messages(EVENTS)


def test_a_queue_of_others_is_not_received_from(rabbit: RabbitMQ) -> None:
    other = OtherReceiver(rabbit.url(), "/queue/telephones")
    with connection(rabbit.url("queue/telephones"), wait=False) as (_made, recorder):
        assert "take events away" in recorder.wait_state(ConnectionState.REFUSED).reason
        publish(rabbit.url(), "queue/telephones")
        assert other.wait() == list(range(EVENTS))
        assert not recorder.messages


def test_a_change_of_the_filter_is_no_matter_for_the_broker(rabbit: RabbitMQ) -> None:
    with connection(rabbit.url()) as (made, recorder):
        made.subscribe("1 = 1")
        recorder.wait(lambda: recorder.last.subscription == "1 = 1", "the filter")
        made.send(b"<a/>")
        recorder.wait_messages(1)
        assert not recorder.gaps


def test_a_missing_exchange_is_told(rabbit: RabbitMQ) -> None:
    with connection(rabbit.url("org.nowhere"), wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "org.nowhere" in status.reason


def test_a_wrong_password_is_refused(rabbit: RabbitMQ) -> None:
    settings, _password = from_url(rabbit.url())
    with connection(settings, password="wrong", wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "login" in status.reason


def test_large_bodies_come_whole(rabbit: RabbitMQ) -> None:
    bodies = [b"x" * size for size in (0, 1, 131_000, 131_072, 3_000_000)]
    with connection(rabbit.url()) as (made, recorder):
        for body in bodies:
            made.send(body)
        recorder.wait_messages(len(bodies))
        assert recorder.bodies() == bodies


def test_a_cut_connection_comes_back(rabbit: RabbitMQ) -> None:
    with (
        running_proxy(rabbit.port) as proxy,
        connection(rabbit.url().replace(str(rabbit.port), str(proxy.port))) as (made, recorder),
    ):
        for cut in range(3):
            proxy.cut()
            recorder.wait_state(ConnectionState.LOST)
            recorder.wait_state(ConnectionState.CONNECTED)
            made.send(b"<a/>")
            recorder.wait_messages(cut + 1)
        assert [gap.cause for gap in recorder.gaps] == [GapCause.CONNECTION_LOST] * 3


def test_the_trial_tells_where_filters_run(rabbit: RabbitMQ) -> None:
    steps = list(probe(from_url(rabbit.url())[0], PASSWORD))
    assert all(step.ok for step in steps), steps
    assert steps[-1].name is ProbeStepName.FILTER
    assert "evaluated locally" in steps[-1].message


def test_calling_an_agent_does_not_end_the_subscription(rabbit: RabbitMQ) -> None:
    with connection(rabbit.url()) as (made, recorder):
        with pytest.raises(NotConnected, match="no agent"):
            made.call("getMethods")
        made.send(b"<a/>")
        recorder.wait_messages(1)


def test_a_deleted_exchange_is_noticed(rabbit: RabbitMQ, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PERIOD_S", "HASTE_S"):
        monkeypatch.setattr(subscription_health, name, 0.1)
    monkeypatch.setattr(subscription_health, "EXCHANGE_EVERY", 1)
    rabbit.evaluate(
        'rabbit_exchange:declare({resource,<<"/">>,exchange,<<"brief">>},topic,true,false,false,[],<<"t">>)'
    )
    with connection(rabbit.url("brief")) as (made, recorder):
        made.send(b"<a/>")
        recorder.wait_messages(1)
        rabbit.evaluate('rabbit_exchange:delete({resource,<<"/">>,exchange,<<"brief">>},false,<<"t">>)')
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "brief" in status.reason
