"""RabbitMQ 4.3 as the embedded broker plays it: each of its rules, and the connection under them."""

from __future__ import annotations

import base64
import json
import threading
import time
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from proton import Delivery, Described, Message, PropertyDict, symbol
from proton.reactor import Filter, LinkOption
from proton.utils import ConnectionClosed, SendException

from clacks_monitor.amqp import codec, probe
from clacks_monitor.amqp.answer import Answer
from clacks_monitor.amqp.frame_check import MAX_SIDES
from clacks_monitor.core.connection import ConnectionState, FilterPlace, from_url
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.networking.failure import Failure
from clacks_monitor.testbed.broker import Broker, BrokerKind, BrokerSettings
from clacks_monitor.testbed.broker.rabbitmq.attach import node_of
from tests.helpers.broker_client import Client, Encoded, SessionEnded, SettleMode, client
from tests.helpers.moving import has_outcomes
from tests.helpers.overflow import check_overflow, check_uncounted
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import connection
from tests.helpers.refused_send import check_refused_send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.amqp import Connection
    from clacks_monitor.testbed.broker.rabbitmq.node import RabbitMQNode

USER, PASSWORD = "monitor", "secret"
OWN = {"durable": False, "auto_delete": True, "exclusive": True, "arguments": {}}
FANOUT = {"type": "fanout", "durable": False, "auto_delete": True, "internal": False, "arguments": {}}


@pytest.fixture
def broker() -> Iterator[Broker]:
    with played_broker(BrokerSettings(port=0, kind=BrokerKind.RABBITMQ)) as playing:
        yield playing


@pytest.fixture
def node(broker: Broker) -> RabbitMQNode:
    return node_of(broker.nodes)


@pytest.fixture
def bus(broker: Broker) -> Iterator[Client]:
    with client(broker.url) as connected:
        yield connected


class Paired(LinkOption):
    """Makes a link one half of the pair to the management."""

    def apply(self, link: Any) -> None:
        link.source.address = link.target.address = "/management"
        link.properties = PropertyDict({symbol("paired"): True})


class Management:
    """The management node, as a client asks it."""

    def __init__(self, bus: Client) -> None:
        options = [Paired(), SettleMode(1)]
        connected = bus.connection
        self._answers: Any = connected.create_receiver("/management", name="pair", credit=10, options=options)
        self._requests: Any = connected.create_sender("/management", name="pair", options=options)

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, object]:
        """Return status and body of the answer."""
        self._requests.send(Encoded(codec.encode_request(body, number="1", method=method, path=path)))
        answer = self._answers.receive(timeout=20)
        return int(answer.subject), answer.body


@pytest.fixture
def management(bus: Client) -> Management:
    return Management(bus)


@pytest.mark.parametrize("address", ["/exchange/org.clacks/event", "/topic/event", "/queue/a", "/amq/queue/a", "a"])
@pytest.mark.parametrize("receives", [True, False])
def test_addresses_of_version_1_are_denied(bus: Client, address: str, *, receives: bool) -> None:
    with pytest.raises(SessionEnded, match="amqp_address_v1_not_permitted") as refused:
        bus.connection.create_receiver(address) if receives else bus.sender(address)
    assert refused.value.condition == "amqp:invalid-field"


def test_a_source_is_not_an_exchange(bus: Client) -> None:
    with pytest.raises(SessionEnded, match="bad_v2_source"):
        bus.connection.create_receiver("/exchanges/org.clacks/event")


def test_a_source_must_exist(bus: Client) -> None:
    with pytest.raises(SessionEnded, match="no queue 'none'") as refused:
        bus.connection.create_receiver("/queues/none")
    assert refused.value.condition == "amqp:not-found"


def test_a_target_must_exist(bus: Client) -> None:
    with pytest.raises(SessionEnded, match="no exchange 'none'"):
        bus.sender("/exchanges/none/event")


def test_an_exclusive_queue_is_locked_for_other_connections(broker: Broker, management: Management) -> None:
    assert management.ask("PUT", "/queues/mine", OWN)[0] == 201
    with client(broker.url) as other, pytest.raises(SessionEnded, match="exclusive access to locked queue") as refused:
        other.connection.create_receiver("/queues/mine")
    assert refused.value.condition == "amqp:resource-locked"


def test_transient_queues_that_are_not_exclusive_are_denied(management: Management) -> None:
    status, text = management.ask("PUT", "/queues/shared", {**OWN, "exclusive": False})
    assert status == 400
    assert "transient_nonexcl_queues" in str(text)
    assert management.ask("PUT", "/queues/shared", {**OWN, "exclusive": False, "durable": True})[0] == 201


def test_names_of_the_brokers_own_queues_are_reserved(management: Management) -> None:
    assert management.ask("PUT", "/queues/amq.mine", OWN)[0] == 403


def test_a_queue_is_not_declared_again_with_other_arguments(management: Management) -> None:
    assert management.ask("PUT", "/queues/mine", OWN)[0] == 201
    assert management.ask("PUT", "/queues/mine", OWN)[0] == 200
    assert management.ask("PUT", "/queues/mine", {**OWN, "arguments": {"x-max-length": 1}})[0] == 409


def test_a_request_that_the_node_does_not_know_ends_the_link(management: Management) -> None:
    with pytest.raises(SessionEnded, match="function_clause"):
        management.ask("GET", "/overview")


def test_an_idle_timeout_below_a_second_is_refused(broker: Broker) -> None:
    with pytest.raises(ConnectionClosed, match="minimum idle-time-out"), client(broker.url, heartbeat=0.5):
        pass


def test_filters_that_are_not_known_are_missing_from_the_answer(bus: Client, management: Management) -> None:
    assert management.ask("PUT", "/queues/mine", OWN)[0] == 201
    asked = Filter({symbol("x"): Described(symbol("amqp:sql-filter"), "a = 1")})
    receiver: Any = bus.connection.create_receiver("/queues/mine", options=asked)
    assert receiver.link.remote_source.filter.next() is None


def test_what_no_queue_gets_is_released(bus: Client) -> None:
    with pytest.raises(SendException) as unrouted:
        bus.sender("/exchanges/org.clacks/event").send(Message(body=b"x"))
    assert unrouted.value.state == Delivery.RELEASED


@pytest.mark.parametrize(
    ("pattern", "key", "routed"),
    [
        ("event", "event", True),
        ("event", "event.x", False),
        ("*.x", "event.x", True),
        ("*", "event.x", False),
        ("#", "event.x", True),
        ("event.#", "event", True),
        ("#.x", "a.b.x", True),
        ("#.x", "a.b", False),
    ],
)
def test_a_topic_exchange_knows_wildcards(node: RabbitMQNode, pattern: str, key: str, *, routed: bool) -> None:
    exchange = node.exchanges["amq.topic"]
    exchange.bindings[pattern].add("mine")
    assert exchange.queues(key) == ({"mine"} if routed else set())


def test_events_go_round_through_an_own_queue_that_ends_with_the_connection(broker: Broker, node: RabbitMQNode) -> None:
    with connection(broker.url) as (made, recorder), connection(broker.url) as (_other, second):
        assert recorder.last.product == "RabbitMQ 4.3.0"
        assert len(own_queues(node)) == 2
        for number in range(1000):
            made.send(str(number).encode())
        for one in (recorder, second):
            one.wait_messages(1000)
            assert one.bodies() == [str(number).encode() for number in range(1000)]
        recorder.wait(lambda: recorder.last.queue_depth == 0.0, "the depth of the queue")
        made.subscribe("1 = 1", can_be_here=True)
        recorder.wait(lambda: recorder.last.filter_place is FilterPlace.HERE, "the filter")
        assert len(own_queues(node)) == 2
    assert not recorder.gaps
    with client(broker.url) as bus:
        # The answer comes behind what the broker did at the end of the other connections.
        Management(bus).ask("GET", "/queues/none")
    assert not node.arguments
    assert set(node.exchanges) == {"org.clacks", "amq.topic"}


def own_queues(node: RabbitMQNode) -> list[str]:
    """Return the names of the queues that are received from."""
    return [name for name in node.owners if not name.endswith("-dropped")]


@pytest.mark.parametrize(
    ("bounds", "counted"),
    [({"MAX_MESSAGES": 1000}, 20_000), ({"MAX_BYTES": 1_000_000}, 20_000), ({"MAX_BYTES": 1_000_000}, 100)],
)
def test_what_the_own_queue_drops_is_told(broker: Broker, bounds: dict[str, int], counted: int) -> None:
    check_overflow(broker.url, bounds, counted)


@pytest.mark.parametrize(("number", "wanted"), [(5, 5), (30, 10)])
def test_a_queue_drops_its_oldest_and_passes_them_on(
    management: Management, bus: Client, number: int, wanted: int
) -> None:
    assert management.ask("PUT", "/exchanges/lost", FANOUT)[0] == 204
    assert management.ask("PUT", "/queues/lost", {**OWN, "arguments": {"x-max-length": 10}})[0] == 201
    assert management.ask("POST", "/bindings", binding("lost", "lost"))[0] == 204
    limits = {"x-max-length": 3, "x-dead-letter-exchange": "lost"}
    assert management.ask("PUT", "/queues/mine", {**OWN, "arguments": limits})[0] == 201
    assert management.ask("POST", "/bindings", binding("org.clacks", "mine"))[0] == 204
    sender = bus.sender("/exchanges/org.clacks/event")
    for _ in range(number + 3):
        sender.send(Message(body=b"x"))
    assert management.ask("DELETE", "/queues/lost/messages") == (200, {"message_count": wanted})
    assert management.ask("DELETE", "/queues/lost/messages") == (200, {"message_count": 0})
    assert management.ask("DELETE", "/queues/mine") == (200, {"message_count": 3})


def binding(exchange: str, queue: str) -> dict[str, object]:
    """Return what binds a queue to an exchange."""
    return {"source": exchange, "destination_queue": queue, "binding_key": "event", "arguments": {}}


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "/bindings", binding("none", "none"), 400),
        ("POST", "/bindings", binding("org.clacks", "none"), 400),
        ("DELETE", "/bindings/src=none;dstq=none;key=a;args=", None, 204),
        ("GET", "/bindings?src=none&dstq=none&key=a", None, 200),
        ("GET", "/queues/none", None, 404),
        ("DELETE", "/queues/none/messages", None, 404),
        ("DELETE", "/queues/none", None, 200),
    ],
)
def test_requests_about_what_there_is_not_are_answered_as_by_the_real_one(
    management: Management, method: str, path: str, body: object, status: int
) -> None:
    """As measured on RabbitMQ 4.3.6."""
    assert management.ask(method, path, body)[0] == status


def test_an_exchange_ends_with_its_last_binding(management: Management, node: RabbitMQNode) -> None:
    for name in ("one", "two"):
        assert management.ask("PUT", f"/exchanges/{name}", FANOUT)[0] == 204
        assert management.ask("PUT", f"/exchanges/{name}", FANOUT)[0] == 204
        assert management.ask("PUT", f"/queues/{name}", OWN)[0] == 201
        assert management.ask("POST", "/bindings", binding(name, name))[0] == 204
    assert management.ask("DELETE", "/queues/one")[0] == 200
    assert management.ask("DELETE", "/bindings/src=two;dstq=two;key=event;args=")[0] == 204
    assert set(node.exchanges) == {"org.clacks", "amq.topic"}


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("amq.mine", {}, 403),
        ("mine", {"type": "none"}, 400),
        ("org.clacks", {}, 409),
        ("amq.topic", {"type": "topic"}, 409),
    ],
)
def test_exchanges_that_cannot_be_declared(
    management: Management, name: str, body: dict[str, str], status: int
) -> None:
    assert management.ask("PUT", f"/exchanges/{name}", {**FANOUT, **body})[0] == status


def test_a_user_who_may_not_declare_queues_is_told_so() -> None:
    settings = BrokerSettings(port=0, kind=BrokerKind.RABBITMQ, users={USER: PASSWORD}, anonymous=False)
    with played_broker(settings) as broker:
        node_of(broker.nodes).may_configure[USER] = "^$"
        with connection(replace(from_url(broker.url)[0], user=USER), password=PASSWORD, wait=False) as (
            _made,
            recorder,
        ):
            status = recorder.wait_state(ConnectionState.REFUSED)
            assert "configure access" in status.reason
            assert "lacks this permission" in status.reason


def test_a_user_who_may_declare_the_own_queue_only_is_told_that_its_losses_are_not_counted() -> None:
    settings = BrokerSettings(port=0, kind=BrokerKind.RABBITMQ, users={USER: PASSWORD}, anonymous=False)
    with played_broker(settings) as broker:
        node_of(broker.nodes).may_configure[USER] = "^clacks-monitor-[0-9a-f]{32}$"
        check_uncounted(replace(from_url(broker.url)[0], user=USER), PASSWORD)


def test_a_missing_exchange_is_named_and_its_queue_is_not_left_behind(broker: Broker, node: RabbitMQNode) -> None:
    with connection(broker.url.replace("org.clacks", "org.nowhere"), wait=False) as (_made, recorder):
        for _ in range(3):
            status = recorder.wait_state(ConnectionState.REFUSED)
        assert "no exchange 'org.nowhere'" in status.reason
        assert len(own_queues(node)) <= 1


def test_the_exchange_may_come_later(broker: Broker, node: RabbitMQNode) -> None:
    with connection(broker.url.replace("org.clacks", "org.later"), wait=False) as (made, recorder):
        recorder.wait_state(ConnectionState.REFUSED)
        node.exchanges["org.later"] = type(node.exchanges["amq.topic"])()
        recorder.wait_state(ConnectionState.CONNECTED)
        made.send(b"<a/>")
        recorder.wait_messages(1)


def test_an_event_that_no_queue_gets_is_not_routed(broker: Broker) -> None:
    with connection(broker.url, receiving=False) as (made, recorder):
        made.send(b"<a/>")
        recorder.wait(lambda: recorder.results, "the outcome")
        assert recorder.results[0].outcome is SendOutcome.NOT_ROUTED


def test_a_refused_link_ends_its_session_and_an_exclusive_queue_stays(broker: Broker, node: RabbitMQNode) -> None:
    with client(broker.url) as bus:
        assert Management(bus).ask("PUT", "/queues/mine", OWN)[0] == 201
        with pytest.raises(SessionEnded, match="no queue 'none'"):
            bus.connection.create_receiver("/queues/none")
        assert "mine" in node.arguments
    with client(broker.url) as other:
        Management(other)  # the answer comes behind what the broker did at the end of the first connection
    assert not node.arguments


def test_a_refused_send_is_reported_and_the_subscription_goes_on(broker: Broker) -> None:
    check_refused_send(from_url(broker.url)[0], None)


def test_an_unknown_request_fails_and_the_next_one_is_answered(broker: Broker, node: RabbitMQNode) -> None:
    """As the renewal of a token is for 4.0."""
    settings = replace(from_url(broker.url)[0])
    with connection(settings) as (made, recorder):
        ask(made, "PUT", "/nothing", {})
        assert isinstance(ask(made, "PUT", "/nothing", {}), Failure)
        found = ask(made, "GET", f"/queues/{next(iter(node.arguments))}", None)
        assert isinstance(found, Answer)
        assert found.ok
        made.send(b"<a/>")
        recorder.wait_messages(1)
        assert not recorder.gaps


def test_a_source_that_is_refused_does_not_end_the_connection(broker: Broker, node: RabbitMQNode) -> None:
    """The queue is found, and gone when it is to be received from."""
    stream = replace(from_url(broker.url)[0], domain="queues/kept")
    with connection(broker.url) as (made, recorder):
        node.declare("kept", "someone else", {"x-queue-type": "stream"})
        made.move(stream)
        recorder.wait(lambda: "exclusive access" in recorder.last.reason, "the refusal")
        made.move(from_url(broker.url)[0])
        made.send(b"<a/>")
        recorder.wait_messages(1)
        assert ConnectionState.LOST not in [status.state for status in recorder.statuses]
        assert not recorder.gaps


def test_many_refusals_leave_no_session_behind(broker: Broker) -> None:
    """There are more than sessions at a time: each ends with its last link."""
    settings = from_url(broker.url)[0]
    with connection(settings) as (made, recorder):
        for number in range(3 * MAX_SIDES):
            made.move(replace(settings, domain=f"exchanges/none{number}/a"))
            made.send(b"<lost/>")
            recorder.wait(partial(has_outcomes, recorder, number + 1), "the outcome")
        made.move(settings)
        made.send(b"<a/>")
        recorder.wait_messages(1)
        assert not recorder.gaps


def ask(made: Connection, method: str, path: str, body: Any) -> Answer | Failure:
    """Send a request to the management over a connection, and return what comes of it."""
    found: Future[Answer | Failure] = Future()
    session = made._worker._transport.session  # type: ignore[union-attr]  # it is connected
    made._loop.call(partial(session.management.request, method, path, body, found.set_result))  # type: ignore[union-attr]  # as above
    return found.result(20)


def test_a_short_idle_timeout_does_not_keep_the_connection_out(broker: Broker) -> None:
    with connection(replace(from_url(broker.url)[0], idle_timeout_s=0.1)) as (_made, recorder):
        assert recorder.last.subscribed


def test_the_trial_works(broker: Broker) -> None:
    steps = list(probe(from_url(broker.url)[0], None))
    assert all(step.ok for step in steps), steps
    assert "evaluated locally" in steps[-1].message


def token(expires_s: float, serial: int) -> str:
    """Return a JWT; its signature is of no matter here."""
    parts = [{"alg": "none"}, {"exp": expires_s, "jti": serial}]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, "c2lnbmF0dXJl"])


class Tokens(list[str]):
    """Tokens that a client has sent; ``complete`` is set when there are two."""

    def __init__(self) -> None:
        super().__init__()
        self.complete = threading.Event()

    def append(self, given: str) -> None:
        super().append(given)
        if len(self) > 1:
            self.complete.set()


def test_a_token_is_renewed_before_it_expires_as_long_as_there_are_newer_ones() -> None:
    now = time.time()
    tokens = [token(now + lifetime, serial) for serial, lifetime in enumerate((0.2, 0.4, 10_000))]
    given = iter(tokens)
    settings = BrokerSettings(port=0, kind=BrokerKind.RABBITMQ, users={USER: tokens[0]}, anonymous=False)
    with played_broker(settings) as broker:
        node_of(broker.nodes).tokens = received = Tokens()
        wanted = replace(from_url(broker.url)[0], user=USER)
        with connection(wanted, password=lambda: next(given, tokens[-1])) as (_made, recorder):
            assert received.complete.wait(30)
            assert recorder.last.state is ConnectionState.CONNECTED
    assert received == tokens[1:]
    assert not recorder.gaps
