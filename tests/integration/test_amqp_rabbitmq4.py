"""The connection against RabbitMQ 4: a queue of its own, addresses of version 2, streams, and refusals in words."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from queue import Queue
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import probe, subscription_health
from clacks_monitor.amqp.answer import Answer
from clacks_monitor.core.bus import NotConnected, ProbeStepName
from clacks_monitor.core.connection import ConnectionState, DialectName, FilterPlace, from_url
from clacks_monitor.core.event import BodyKind, GapCause
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.networking.failure import Failure
from tests.helpers.moving import check_moves
from tests.helpers.overflow import check_overflow, check_uncounted
from tests.helpers.proxy import running_proxy
from tests.helpers.rabbitmq4 import (
    GUARDED,
    NARROW,
    NEXT,
    OTHER_HOST,
    PASSWORD,
    STABLE,
    RabbitMQ4,
    missing,
    running_rabbitmq4,
)
from tests.helpers.recorder import connection
from tests.helpers.refused_send import check_refused_send

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.rabbitmq4, pytest.mark.skipif(bool(missing()), reason=missing())]
OTHER = "?vhost=other%2Fhost"


@pytest.fixture(scope="module", params=[STABLE, NEXT])
def rabbit(request: pytest.FixtureRequest) -> Iterator[RabbitMQ4]:
    if why := missing(request.param):
        pytest.skip(why)
    with running_rabbitmq4(request.param) as server:
        yield server
        assert [server.exchanges(vhost) for vhost in ("/", OTHER_HOST)] == [["org.clacks"]] * 2


@pytest.fixture(autouse=True)
def _no_queue_is_left_behind(rabbit: RabbitMQ4) -> Iterator[None]:
    yield
    assert [queue["name"] for vhost in ("/", OTHER_HOST) for queue in rabbit.queues(vhost)] == []


@pytest.fixture
def queue_of_others(rabbit: RabbitMQ4) -> Iterator[str]:
    rabbit.declare("work", durable=True)
    yield "work"
    rabbit.delete_queue("work")


@pytest.fixture
def stream(rabbit: RabbitMQ4) -> Iterator[str]:
    rabbit.declare("kept/here", durable=True, kind="stream")
    yield "kept%252Fhere"
    rabbit.delete_queue("kept/here")


@pytest.mark.parametrize("domain", ["org.clacks", "amq.topic", "exchanges/amq.topic/other", "topic/some.key"])
def test_events_go_round_through_an_own_queue(rabbit: RabbitMQ4, domain: str) -> None:
    settings, password = from_url(rabbit.url(domain))
    with connection(replace(settings, subscription="true()"), password=password) as (made, recorder):
        assert recorder.last.dialect is DialectName.RABBITMQ
        assert recorder.last.product.startswith("RabbitMQ 4.")
        assert recorder.last.filter_place is FilterPlace.HERE
        (queue,) = rabbit.own_queues()
        assert (queue["exclusive"], queue["auto_delete"], queue["durable"]) == (True, True, False)
        for number in range(2000):
            made.send(str(number).encode(), properties={"n": number, "s": "t", "b": True, "f": 0.5})
        recorder.wait_messages(2000)
        recorder.wait(lambda: len(recorder.results) == 2000, "the outcomes")
        assert {result.outcome for result in recorder.results} == {SendOutcome.ACCEPTED}
        assert recorder.bodies() == [str(number).encode() for number in range(2000)]
        first = recorder.messages[0]
        assert first.kind is BodyKind.DATA
        assert first.properties == {"n": 0, "s": "t", "b": True, "f": 0.5}
        assert (first.message_id, first.content_type) == (made.message_id(1), "text/xml")
    assert not recorder.gaps


def test_the_own_queue_is_bounded_and_its_depth_is_reported(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url()) as (_made, recorder):
        recorder.wait(lambda: recorder.last.queue_depth == 0.0, "the depth of the queue")
        (queue,) = rabbit.own_queues()
        arguments = queue["arguments"]
        assert isinstance(arguments, list)
        assert {name: value for name, _type, value in arguments}.items() >= {
            "x-max-length": 200_000,
            "x-max-length-bytes": 256 * 1024 * 1024,
            "x-overflow": "drop-head",
        }.items()


@pytest.mark.parametrize(
    ("bounds", "counted"),
    [({"MAX_MESSAGES": 1000}, 20_000), ({"MAX_BYTES": 1_000_000}, 20_000), ({"MAX_BYTES": 1_000_000}, 100)],
)
def test_what_the_own_queue_drops_is_told(rabbit: RabbitMQ4, bounds: dict[str, int], counted: int) -> None:
    check_overflow(rabbit.url(), bounds, counted)


def test_a_user_who_may_declare_the_own_queue_only_is_told_that_its_losses_are_not_counted(rabbit: RabbitMQ4) -> None:
    check_uncounted(*from_url(rabbit.url(user=NARROW)))


def test_another_receiver_and_two_monitors_get_every_event(rabbit: RabbitMQ4, queue_of_others: str) -> None:
    """The other receiver is one of another program, at a queue that is bound to the same exchange."""
    rabbit.bind("org.clacks", queue_of_others, "event")
    everything = [str(number).encode() for number in range(10_000)]
    with (
        connection(rabbit.url()) as (made, first),
        connection(rabbit.url()) as (_other, second),
        connection(rabbit.url(f"queues/{queue_of_others}"), wait=False) as (_reading, refused),
    ):
        assert "taken away" in refused.wait_state(ConnectionState.REFUSED).reason
        for body in everything:
            made.send(body)
        for recorder in (first, second):
            recorder.wait_messages(10_000)
            assert recorder.bodies() == everything
        assert refused.messages == []
    settings, password = from_url(rabbit.url(f"queues/{queue_of_others}"))
    with connection(replace(settings, consumes=True), password=password) as (_consumer, recorder):
        recorder.wait_messages(10_000)
        assert recorder.bodies() == everything


def test_the_details_name_the_own_queue_and_its_binding(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url()) as (_made, recorder):
        (queue,) = rabbit.own_queues()
        recorder.wait(lambda: recorder.peers and "Bound to" in dict(recorder.peers[-1].details), "the binding")
        details = dict(recorder.peers[-1].details)
        assert details == {
            "Own queue": queue["name"],
            "Events in the own queue": "0",
            "Dropped by the own queue": "0",
            "Bound to": "org.clacks, event",
        }


def test_a_queue_of_others_is_not_read(rabbit: RabbitMQ4, queue_of_others: str) -> None:
    with connection(rabbit.url(f"queues/{queue_of_others}"), wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "taken away from its other receivers" in status.reason
        assert not status.subscribed


def test_an_event_that_no_queue_gets_is_not_routed(rabbit: RabbitMQ4) -> None:
    settings, password = from_url(rabbit.url())
    lonely = replace(settings, routing_key="nobody.listens")
    with connection(lonely, password=password, receiving=False) as (made, recorder):
        made.send(b"<a/>")
        recorder.wait(lambda: recorder.results, "the outcome")
        (result,) = recorder.results
        assert result.outcome is SendOutcome.NOT_ROUTED
        assert "org.clacks" in result.detail


@pytest.mark.parametrize("other", ["exchanges/amq.topic/here", "exchanges/org.clacks/a.*"])
def test_a_move_binds_the_own_queue_before_it_removes_the_old_binding(rabbit: RabbitMQ4, other: str) -> None:
    settings, password = from_url(rabbit.url("exchanges/org.clacks/a.b"))
    there = replace(settings, domain=other)
    with (
        connection(settings, password=password) as (made, recorder),
        connection(settings, password=password, receiving=False) as sender,
        connection(rabbit.url("exchanges/amq.topic/here"), receiving=False) as other_sender,
    ):
        (queue,) = rabbit.own_queues()
        if other.startswith("exchanges/amq.topic"):
            check_moves((made, recorder), (settings, there), (sender, other_sender), 20, exactly=True)
        else:
            for change in range(20):
                made.move(settings if change % 2 else there)
                for number in range(100):
                    sender[0].send(b"<a/>", properties={"n": 100 * change + number})
            recorder.wait_messages(2000)
            assert [message.properties["n"] for message in recorder.messages] == list(range(2000))
        assert rabbit.own_queues() == [queue | {"messages": 0}], "there has been no other queue"
        assert rabbit.bindings(str(queue["name"])) == [("org.clacks", "a.b")]
        assert not recorder.gaps


def test_a_move_from_a_stream_to_an_exchange_and_back(rabbit: RabbitMQ4, stream: str) -> None:
    settings, password = from_url(rabbit.url(f"queues/{stream}", query="?from=first"))
    exchange = from_url(rabbit.url())[0]
    with (
        connection(settings, password=password) as (made, recorder),
        connection(exchange, password=password, receiving=False) as (sender, _sent),
    ):
        made.send(b"<kept/>")
        recorder.wait_messages(1)
        made.move(exchange)
        recorder.wait(lambda: any("Own queue" in dict(peer.details) for peer in recorder.peers), "the own queue")
        sender.send(b"<b/>")
        recorder.wait_messages(2)
        made.move(settings)
        recorder.wait_messages(3)
        assert recorder.bodies() == [b"<kept/>", b"<b/>", b"<kept/>"], "the stream is read from its beginning again"


def test_a_refused_send_is_reported_and_the_subscription_goes_on(rabbit: RabbitMQ4) -> None:
    check_refused_send(*from_url(rabbit.url()))


def test_a_request_that_the_management_does_not_know_does_not_end_the_subscription(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url()) as (made, recorder):
        answers: Queue[Answer | Failure] = Queue()
        session = made._worker._transport.session  # type: ignore[union-attr]  # it is connected
        ask = partial(session.management.request, "PUT", "/unknown", None, answers.put)  # type: ignore[union-attr]
        made._loop.call(ask)
        refused = answers.get(timeout=30)
        assert isinstance(refused, Failure) or not refused.ok
        made._loop.call(partial(session.management.request, "GET", "/queues/none", None, answers.put))  # type: ignore[union-attr]
        answer = answers.get(timeout=30)
        assert isinstance(answer, Answer)
        assert answer.status == 404
        made.send(b"<a/>")
        recorder.wait_messages(1)
        assert not recorder.gaps


def test_a_virtual_host_is_another_bus(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url()) as (made, here), connection(rabbit.url(query=OTHER)) as (there, elsewhere):
        assert [len(rabbit.own_queues(vhost)) for vhost in ("/", OTHER_HOST)] == [1, 1]
        there.send(b"<there/>")
        elsewhere.wait_messages(1)
        made.send(b"<here/>")
        here.wait_messages(1)
        assert (here.bodies(), elsewhere.bodies()) == ([b"<here/>"], [b"<there/>"])


@pytest.mark.parametrize(("user", "query"), [("monitor", "?vhost=nowhere"), (GUARDED, OTHER)])
def test_a_virtual_host_that_is_not_this_users_is_named(rabbit: RabbitMQ4, user: str, query: str) -> None:
    with connection(rabbit.url(user=user, query=query), wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert f"virtual host {from_url(rabbit.url(query=query))[0].vhost}" in status.reason


def test_a_missing_permission_is_named(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url(user=GUARDED), wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "configure access" in status.reason
        assert "lacks this permission" in status.reason


def test_a_missing_exchange_is_named(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url("org.nowhere"), wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "no exchange 'org.nowhere'" in status.reason
        recorder.wait_state(ConnectionState.REFUSED)


def test_a_wrong_password_is_refused(rabbit: RabbitMQ4) -> None:
    settings, _password = from_url(rabbit.url())
    with connection(settings, password="wrong", wait=False) as (_made, recorder):
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "login" in status.reason


def test_the_trial_names_the_product_and_where_filters_run(rabbit: RabbitMQ4) -> None:
    steps = list(probe(from_url(rabbit.url())[0], PASSWORD))
    assert all(step.ok for step in steps), steps
    assert steps[-1].name is ProbeStepName.FILTER
    assert "evaluated locally" in steps[-1].message


def test_there_is_no_agent_and_asking_for_it_does_not_end_the_subscription(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url()) as (made, recorder):
        with pytest.raises(NotConnected, match="no agent"):
            made.call("getMethods")
        made.send(b"<a/>")
        recorder.wait_messages(1)


def test_a_read_only_connection_receives(rabbit: RabbitMQ4) -> None:
    settings, password = from_url(rabbit.url())
    with (
        connection(replace(settings, read_only=True), password=password) as (_made, recorder),
        connection(rabbit.url(), receiving=False) as (sending, _sender),
    ):
        sending.send(b"<a/>")
        recorder.wait_messages(1)


def test_a_deleted_exchange_is_noticed(rabbit: RabbitMQ4, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PERIOD_S", "HASTE_S"):
        monkeypatch.setattr(subscription_health, name, 0.1)
    monkeypatch.setattr(subscription_health, "EXCHANGE_EVERY", 1)
    rabbit.declare_exchange("brief")
    with connection(rabbit.url("brief")) as (made, recorder):
        made.send(b"<a/>")
        recorder.wait_messages(1)
        rabbit.delete_exchange("brief")
        status = recorder.wait_state(ConnectionState.REFUSED)
        assert "brief" in status.reason
        rabbit.declare_exchange("brief")
        recorder.wait_state(ConnectionState.CONNECTED)
        assert [gap.cause for gap in recorder.gaps] == [GapCause.EXCHANGE_DELETED]
    rabbit.delete_exchange("brief")


def test_a_deleted_queue_is_replaced(rabbit: RabbitMQ4) -> None:
    with connection(rabbit.url()) as (made, recorder):
        (queue,) = rabbit.own_queues()
        rabbit.delete_queue(str(queue["name"]))
        recorder.wait_state(ConnectionState.REFUSED)
        recorder.wait_state(ConnectionState.CONNECTED)
        made.send(b"<a/>")
        recorder.wait_messages(1)
        assert len(recorder.gaps) == 1


def test_a_stream_is_read_from_where_the_user_says_and_on_after_a_loss(rabbit: RabbitMQ4, stream: str) -> None:
    with connection(rabbit.url(f"queues/{stream}"), receiving=False) as (made, sent):
        for number in range(1000):
            made.send(str(number).encode())
        sent.wait(lambda: len(sent.results) == 1000, "the outcomes")
    bodies = [str(number).encode() for number in range(1000)]
    with (
        running_proxy(rabbit.port) as proxy,
        connection(rabbit.url(f"queues/{stream}", query="?from=first").replace(str(rabbit.port), str(proxy.port))) as (
            made,
            recorder,
        ),
    ):
        recorder.wait_messages(1000)
        assert recorder.bodies() == bodies
        assert [message.properties["x-stream-offset"] for message in recorder.messages] == list(range(1000))
        proxy.cut()
        recorder.wait_state(ConnectionState.LOST)
        recorder.wait_state(ConnectionState.CONNECTED)
        made.send(b"<last/>")
        recorder.wait_messages(1001)
        assert recorder.bodies() == [*bodies, b"<last/>"]
        assert not recorder.gaps
    for position, first in (("990", 990), ("2000-01-01", 0)):
        with connection(rabbit.url(f"queues/{stream}", query=f"?from={position}")) as (_made, recorder):
            recorder.wait_messages(1001 - first)
            assert recorder.messages[0].properties["x-stream-offset"] == first
    with connection(rabbit.url(f"queues/{stream}")) as (made, recorder):
        made.send(b"<new/>")
        recorder.wait_messages(1)
        assert recorder.bodies() == [b"<new/>"]
