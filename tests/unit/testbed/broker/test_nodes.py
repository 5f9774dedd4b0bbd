"""The embedded broker's addresses, its exchange, and what its management says and does, without a socket."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.amqp import codec
from clacks_monitor.testbed.broker.agent import Agent, EventCheck
from clacks_monitor.testbed.broker.envelope import Envelope
from clacks_monitor.testbed.broker.errors import LinkError, QueryRefusedError
from clacks_monitor.testbed.broker.exchange import XmlExchange
from clacks_monitor.testbed.broker.management import Management
from clacks_monitor.testbed.broker.nodes import NodeRegistry
from clacks_monitor.testbed.broker.queues import QUEUE_BYTES, Queue, QueueFullError
from clacks_monitor.testbed.broker.rights import AllRights, FileRights, RightsError, read_rights
from clacks_monitor.testbed.broker.settings import BrokerSettings
from tests.helpers.ending import end

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path


class Words:
    """A selection whose queries are words that a body has to hold; "late" ones are decided when the test says."""

    def __init__(self) -> None:
        self.queries: dict[int, str] = {}
        self.seen: list[Mapping[str, object]] = []
        self.late: list[Callable[[], None]] = []
        self.closed = False

    def add(self, number: int, query: str) -> None:
        if query == "odd":
            raise QueryRefusedError("no such word")
        self.queries[number] = query

    def remove(self, number: int) -> None:
        del self.queries[number]

    def offer(
        self, body: bytes, properties: Mapping[str, Any], numbers: Collection[int], deliver: Callable[[int], None]
    ) -> None:
        self.seen.append(properties)
        for number in list(numbers):
            query = self.queries[number]
            if query.encode() in body:
                if query == "late":
                    self.late.append(lambda number=number: deliver(number))  # type: ignore[misc]  # a default binds it
                else:
                    deliver(number)

    def when_decided(self, number: int, call: Callable[[], None]) -> bool:
        del call
        return number in self.queries

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture
def nodes(words: Words) -> NodeRegistry:
    return NodeRegistry(lambda: words, 1_000)


@pytest.fixture
def exchange(nodes: NodeRegistry) -> XmlExchange:
    return nodes.exchange("org.clacks")


def event(body: bytes, subject: str = "event", **properties: Any) -> Envelope:
    return Envelope(codec.encode(body, subject=subject, properties=properties))


def taken(queue: Queue) -> list[bytes]:
    return [Envelope(queue.pop()).body for _ in range(len(queue))]


def test_a_message_goes_to_each_subscription_of_its_subject_that_wants_it(exchange: XmlExchange) -> None:
    queues = {name: Queue(name) for name in ("all", "true", "red", "blue", "other")}
    exchange.bind("event", None, queues["all"])
    exchange.bind("event", " true() ", queues["true"])
    exchange.bind("event", "red", queues["red"])
    exchange.bind("event", "blue", queues["blue"])
    exchange.bind("another", None, queues["other"])
    assert exchange.bindings == 5
    assert exchange.publish(event(b"<red/>")) == []
    assert {name: taken(queue) for name, queue in queues.items()} == {
        "all": [b"<red/>"], "true": [b"<red/>"], "red": [b"<red/>"], "blue": [], "other": [],
    }  # fmt: skip
    exchange.publish(event(b"<red/>", "nobody's"))
    assert (exchange.received, exchange.routed, exchange.unrouted) == (2, 3, 1)


def test_a_binding_that_was_taken_back_gets_nothing_and_is_not_asked_for(exchange: XmlExchange, words: Words) -> None:
    queue = Queue("q")
    every, some = exchange.bind("event", None, queue), exchange.bind("event", "red", queue)
    assert some == every + 1
    assert words.queries == {some: "red"}
    assert exchange.when_decided(some, lambda: None)
    exchange.unbind(every)
    exchange.unbind(some)
    exchange.unbind(99)
    assert words.queries == {}
    exchange.publish(event(b"<red/>"))
    assert (len(queue), exchange.bindings, exchange.unrouted) == (0, 0, 1)
    assert words.seen == [], "no query is asked where there is none"


def test_a_query_that_is_refused_binds_nothing(exchange: XmlExchange) -> None:
    with pytest.raises(QueryRefusedError, match="no such word"):
        exchange.bind("event", "odd", Queue("q"))
    assert exchange.bindings == 0


def test_a_verdict_that_comes_after_its_subscription_has_gone_is_for_nobody(
    exchange: XmlExchange, words: Words
) -> None:
    queue = Queue("q")
    number = exchange.bind("event", "late", queue)
    exchange.publish(event(b"late"))
    exchange.publish(event(b"late"))
    words.late.pop(0)()
    assert len(queue) == 1
    exchange.unbind(number)
    words.late.pop(0)()
    assert len(queue) == 1


def test_a_query_sees_the_properties_and_none_where_they_cannot_be_read(exchange: XmlExchange, words: Words) -> None:
    exchange.bind("event", "red", Queue("q"))
    exchange.publish(event(b"red", a=1, b="x"))
    broken = codec.encode(b"red", subject="event") + b"\x00\x53\x74\xc1\x02\x01\x40"
    exchange.publish(Envelope(broken))
    assert words.seen == [{"a": 1, "b": "x"}, {}]


def test_of_full_queues_the_publisher_hears_and_the_others_get_the_message(exchange: XmlExchange) -> None:
    full, late, good = Queue("full", 10), Queue("late", 10), Queue("good")
    exchange.bind("event", None, full)
    exchange.bind("event", "red", late)
    exchange.bind("event", None, good)
    with pytest.raises(QueueFullError, match="full is full"):
        exchange.publish(event(b"red"))
    assert (len(full), len(late), len(good)) == (0, 0, 1)


def test_queues_that_hold_up_are_named(exchange: XmlExchange) -> None:
    encoded = event(b"x" * 100)
    size = len(encoded.encoded)
    holding, free, some = Queue("holding", size), Queue("free"), Queue("some", size)
    for query, queue in ((None, holding), (None, free), ("x", some)):
        exchange.bind("event", query, queue)
    assert exchange.publish(encoded) == [holding, some]


def test_a_deleted_exchange_is_gone_for_good(nodes: NodeRegistry, words: Words) -> None:
    exchange, queue = nodes.exchange("x"), Queue("q")
    exchange.bind("event", None, queue)
    exchange.bind("event", "red", queue)
    assert nodes.delete_exchange("x") is True
    assert nodes.delete_exchange("x") is False
    assert (exchange.deleted, words.closed, exchange.bindings) == (True, True, 0)
    assert nodes.find("x") is None
    assert nodes.exchange("x") is not exchange
    assert nodes.exchange("x") is nodes.exchange("x")


def test_addresses_are_exchanges_then_services_then_queues(nodes: NodeRegistry) -> None:
    class Service:
        def request(self, _envelope: Envelope, _user: str) -> None: ...

    service = Service()
    queue = nodes.queue("a")
    assert nodes.find("a") is queue
    nodes.services["a"] = service
    assert nodes.find("a") is service
    exchange = nodes.exchange("a")
    assert nodes.find("a") is exchange
    assert nodes.find("none") is None


def test_queues_are_made_once_and_of_the_size_that_was_given(nodes: NodeRegistry) -> None:
    queue = nodes.queue("q", ring=True)
    assert nodes.queue("q") is queue
    assert (queue.max_bytes, queue.ring) == (1_000, True)
    assert nodes.queue().name != nodes.queue().name
    assert not nodes.queue().ring


def test_a_temporary_queue_goes_with_its_last_consumer(nodes: NodeRegistry) -> None:
    class Consumer:
        def wake(self) -> None: ...

    consumer = Consumer()
    for temporary in (True, False):
        queue = nodes.queue(f"q{temporary}", temporary=temporary)
        queue.add_consumer(consumer)
        queue.remove_consumer(consumer)
        assert (nodes.find(queue.name) is None) is temporary


def test_a_queue_that_is_deleted_holds_nobody_up(nodes: NodeRegistry) -> None:
    queue, told = nodes.queue("q"), list[int]()
    queue.put(b"x" * 900)
    assert queue.holds
    queue.when_it_goes_on(lambda: told.append(1))
    nodes.delete_queue(queue)
    assert (queue.holds, told, nodes.find("q")) == (False, [1], None)
    other = nodes.queue("q")
    nodes.delete_queue(queue)
    assert nodes.find("q") is other


def test_an_answer_goes_where_there_is_a_queue_with_room(nodes: NodeRegistry) -> None:
    queue = nodes.queue("replies")
    assert nodes.send("replies", b"x" * 1_000) is True
    assert nodes.send("replies", b"x") is False
    assert nodes.send("nobody", b"x") is False
    assert len(queue) == 1


def test_a_reply_address_with_a_slash_is_an_exchange_and_a_key(nodes: NodeRegistry, exchange: XmlExchange) -> None:
    nodes.queue("container/1")
    with pytest.raises(LinkError, match="Exchange not found: container") as refused:
        nodes.send("container/1", b"x")
    assert refused.value.condition == "amqp:not-found"
    bound = Queue("q")
    exchange.bind("event", None, bound)
    assert nodes.send("org.clacks/event", event(b"answer").encoded) is True
    assert taken(bound) == [b"answer"]


def test_a_queue_knows_how_many_bindings_it_has(nodes: NodeRegistry, exchange: XmlExchange) -> None:
    first, second = Queue("first"), Queue("second")
    number = exchange.bind("event", None, first)
    exchange.bind("event", "red", first)
    exchange.bind("event", "red", second)
    assert (first.bindings, second.bindings) == (2, 1)
    exchange.unbind(number)
    assert first.bindings == 1
    nodes.delete_exchange("org.clacks")
    assert (first.bindings, second.bindings) == (0, 0)


# -- management --------------------------------------------------------------------------------------------------------


def asked(
    nodes: NodeRegistry, opcode: str | None, content: Any, *, reply: bool = True, user: str = ""
) -> tuple[str, Any]:
    """Ask the management; return opcode and content of its answer."""
    replies = nodes.queue("replies")
    replies.max_bytes = 1_000_000
    properties = {} if opcode is None else {"qmf.opcode": opcode}
    encoded = codec.encode(content, reply_to="replies" if reply else "", correlation_id="c", properties=properties)
    Management(nodes).request(Envelope(encoded), user)
    if not reply:
        assert not len(replies)
        return "", None
    answer = codec.decode(replies.pop())
    assert answer.correlation_id == "c"
    opcode = str(answer.properties["qmf.opcode"])
    expected = {"x-amqp-0-10.app-id": "qmf2", "qmf.agent": "clacks-monitor:embedded-broker", "method": "response"}
    assert {name: answer.properties.get(name) for name in expected} == expected
    assert (answer.properties.get("qmf.content") == "_data") is (opcode == "_query_response")
    return opcode, json.loads(answer.body)


def of_class(name: str) -> dict[str, Any]:
    return {"_what": "OBJECT", "_schema_id": {"_class_name": name}}


def by_id(name: str) -> dict[str, Any]:
    return {"_what": "OBJECT", "_object_id": {"_object_name": name}}


def test_what_is_known_of_queues(nodes: NodeRegistry) -> None:
    queue = nodes.queue("q", ring=True)
    queue.exclusive = True
    queue.put(b"x" * 700)
    queue.put(b"y" * 900)
    opcode, (found,) = asked(nodes, "_query_request", by_id("org.apache.qpid.broker:queue:q"))
    assert opcode == "_query_response"
    assert found["_object_id"]["_object_name"] == "org.apache.qpid.broker:queue:q"
    assert found["_schema_id"] == {"_package_name": "org.apache.qpid.broker", "_class_name": "queue", "_type": "_data"}
    assert found["_values"] == {
        "name": "q", "msgDepth": 1, "byteDepth": 900, "msgTotalEnqueues": 2, "byteTotalEnqueues": 1600,
        "discardsRing": 1, "discardsOverflow": 0, "bindingCount": 0, "consumerCount": 0,
        "durable": False, "autoDelete": True, "exclusive": True,
        "flowStopped": False, "arguments": {"qpid.max_size": 1000, "qpid.policy_type": "ring"},
    }  # fmt: skip
    _opcode, every = asked(nodes, "_query_request", of_class("queue"))
    assert [one["_values"]["name"] for one in every] == ["q", "replies"]
    plain = every[1]["_values"]
    assert (plain["autoDelete"], plain["arguments"]) == (False, {"qpid.max_size": 1_000_000})


def test_what_is_known_of_exchanges(nodes: NodeRegistry) -> None:
    exchange = nodes.exchange("x")
    exchange.bind("event", None, Queue("q"))
    exchange.publish(event(b"a"))
    exchange.publish(event(b"a", "other"))
    _opcode, (found,) = asked(nodes, "_query_request", of_class("exchange"))
    assert found["_values"] == {
        "name": "x", "type": "xml", "bindingCount": 1, "msgReceives": 2, "msgRoutes": 1, "msgDrops": 1,
        "durable": False, "autoDelete": False,
    }  # fmt: skip
    assert asked(nodes, "_query_request", by_id("org.apache.qpid.broker:exchange:none")) == ("_query_response", [])


def test_names_may_come_as_bytes(nodes: NodeRegistry) -> None:
    nodes.exchange("x")
    _opcode, found = asked(nodes, "_query_request", {b"_schema_id": {b"_class_name": b"exchange"}})
    assert len(found) == 1


@pytest.mark.parametrize(
    ("opcode", "content", "code", "text"),
    [
        (None, {}, 2, "the opcode (none) is not known here"),
        ("_odd", {}, 2, "the opcode _odd is not known here"),
        ("_query_request", {}, 2, "there are no objects of class (none) here"),
        ("_query_request", of_class("broker"), 2, "there are no objects of class broker here"),
        ("_query_request", by_id("queue:q"), 2, "there are no objects of class (none) here"),
        ("_query_request", [1], 4, "a map was expected"),
        ("_query_request", {"_object_id": 5}, 4, "a map was expected"),
        ("_method_request", {}, 2, "the method (none) is not known here"),
        ("_method_request", {"_method_name": "purge"}, 2, "the method purge is not known here"),
        ("_method_request", {"_method_name": "create"}, 4, "create takes a name and a type, exchange or queue"),
        (
            "_method_request",
            {"_method_name": "delete", "_arguments": {"type": "queue"}},
            4,
            "delete takes a name and a type, exchange or queue",
        ),
        (
            "_method_request",
            {"_method_name": "create", "_arguments": {"type": "queue", "name": "replies"}},
            6,
            "replies exists already",
        ),
        (
            "_method_request",
            {"_method_name": "create", "_arguments": {"type": "exchange", "name": "x"}},
            2,
            "only exchanges of type xml can be made here",
        ),
        (
            "_method_request",
            {"_method_name": "delete", "_arguments": {"type": "exchange", "name": "x"}},
            7,
            "Delete failed. No such exchange: x",
        ),
        (
            "_method_request",
            {"_method_name": "delete", "_arguments": {"type": "queue", "name": "x"}},
            7,
            "Delete failed. No such queue: x",
        ),
    ],
)
def test_what_cannot_be_answered_is_an_exception(
    nodes: NodeRegistry, opcode: str | None, content: Any, code: int, text: str
) -> None:
    assert asked(nodes, opcode, content) == (
        "_exception",
        {"_values": {"error_code": code, "error_text": text}},
    )


def test_a_request_that_cannot_be_read_is_an_exception(nodes: NodeRegistry) -> None:
    replies = nodes.queue("replies")
    broken = codec.encode("x", reply_to="replies") + b"\x00\x53\x74\xc1\x02\x01\x40"
    Management(nodes).request(Envelope(broken), "")
    values = json.loads(codec.decode(replies.pop()).body)["_values"]
    assert values["error_code"] == 4
    assert values["error_text"].startswith("the request cannot be read: ")


def managed(nodes: NodeRegistry, method: str, kind: str, name: str, **properties: object) -> str:
    arguments = {"type": kind, "name": name, "properties": properties}
    return asked(nodes, "_method_request", {"_method_name": method, "_arguments": arguments})[0]


def test_exchanges_and_queues_are_made_and_deleted(nodes: NodeRegistry) -> None:
    assert managed(nodes, "create", "exchange", "x", **{"exchange-type": "xml"}) == "_method_response"
    assert managed(nodes, "create", "queue", "q") == "_method_response"
    assert isinstance(nodes.find("x"), XmlExchange)
    assert isinstance(nodes.find("q"), Queue)
    assert managed(nodes, "delete", "exchange", "x") == "_method_response"
    assert (nodes.find("x"), nodes.find("q") is None) == (None, False)
    nodes.queues["q"].exclusive = True
    assert managed(nodes, "delete", "queue", "q") == "_exception"
    nodes.queues["q"].exclusive = False
    assert managed(nodes, "delete", "queue", "q") == "_method_response"
    assert nodes.find("q") is None


def test_without_a_reply_address_it_is_done_and_not_answered(nodes: NodeRegistry) -> None:
    asked(
        nodes,
        "_method_request",
        {"_method_name": "create", "_arguments": {"type": "queue", "name": "q"}},
        reply=False,
    )
    assert nodes.find("q") is not None


# -- the agent, and rights ---------------------------------------------------------------------------------------------


@pytest.fixture
def make_agent(nodes: NodeRegistry) -> Iterator[Callable[..., Agent]]:
    made: list[Agent] = []

    def make(check: Callable[[bytes], EventCheck] = lambda _event: EventCheck("Poll")) -> Agent:
        made.append(Agent("org.clacks", nodes, check, AllRights(), lambda call: call()))
        return made[-1]

    yield make
    for agent in made:
        end(agent)


def requested(
    nodes: NodeRegistry, agent: Agent, *, message_id: str = "", correlation: str = "", reply: bool = True
) -> Any:
    body = json.dumps({"method": "sendEvent", "params": ["<Poll/>"], "id": 1}).encode()
    encoded = codec.encode(body, message_id=message_id, correlation_id=correlation, reply_to="replies" if reply else "")
    agent.request(Envelope(encoded), "")
    end(agent)
    replies = nodes.queue("replies")
    return codec.decode(replies.pop()) if len(replies) else None


def test_a_request_is_answered_and_its_event_published(nodes: NodeRegistry, make_agent: Callable[..., Agent]) -> None:
    queue = Queue("q")
    nodes.queue("replies")
    nodes.exchange("org.clacks").bind("event", None, queue)
    agent = make_agent()
    assert agent.address == "org.clacks.command.core"
    answer = requested(nodes, agent, message_id="m", correlation="c")
    assert (answer.correlation_id, answer.content_type) == ("c", "application/json")
    assert json.loads(answer.body) == {"result": True, "error": None, "id": 1}
    published = codec.decode(queue.pop())
    assert (published.body, published.subject, published.content_type) == (b"<Poll/>", "event", "text/xml")


def test_an_answer_belongs_to_the_message_id_where_there_is_no_correlation_id(
    nodes: NodeRegistry, make_agent: Callable[..., Agent]
) -> None:
    nodes.queue("replies")
    assert requested(nodes, make_agent(), message_id="m").correlation_id == "m"


def test_an_event_is_published_without_a_reply_address_too_and_a_full_queue_is_no_failure(
    nodes: NodeRegistry, make_agent: Callable[..., Agent]
) -> None:
    full, queue = Queue("full", 1), Queue("q")
    nodes.queue("replies")
    for one in (full, queue):
        nodes.exchange("org.clacks").bind("event", None, one)
    assert requested(nodes, make_agent(), reply=False) is None
    assert (len(full), len(queue)) == (0, 1)


def test_a_mistake_of_the_agents_own_is_an_answer(
    make_agent: Callable[..., Agent], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_event: bytes) -> EventCheck:
        raise KeyError("a mistake")

    answer = make_agent(fail).answer(b'{"method": "sendEvent", "params": ["<a/>"], "id": "7"}', "")
    assert answer.content == {
        "result": None,
        "error": {"name": "ServerError", "code": -32603, "message": "The agent failed; its log says at what.",
                  "error": None},
        "id": "7",
    }  # fmt: skip
    assert "a mistake" in caplog.text


def test_of_many_problems_ten_are_told_and_all_are_listed(make_agent: Callable[..., Agent]) -> None:
    problems = tuple(f"p{number}" for number in range(11))
    agent = make_agent(lambda _event: EventCheck("Poll", problems))
    error: Any = agent.answer(b'{"method": "sendEvent", "params": ["<a/>"]}', "").content["error"]
    assert error["message"] == "The event is not valid: " + "; ".join(problems[:10])
    assert error["error"] == list(problems)


@pytest.mark.parametrize(("params", "good"), [("[]", True), ('["de"]', True), ('["de", 1]', False), ("{}", True)])
def test_the_methods_are_listed_in_a_language(make_agent: Callable[..., Agent], params: str, *, good: bool) -> None:
    answer = make_agent().answer(f'{{"method": "getMethods", "params": {params}}}'.encode(), "")
    assert (answer.content["error"] is None) is good
    assert answer.event is None
    if good:
        found: Any = answer.content["result"]
        assert found["sendEvent"] == {
            "target": "core", "path": "core.sendEvent", "sig": ["data"], "type": 0,
            "doc": "Check an event by its schema and publish it.",
        }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("<a>ü</a>", "<a>ü</a>".encode()),
        ('<?xml version="1.0" encoding="no-such"?><a>ü</a>', None),
        ('<?xml version="1.0" encoding="ascii"?><a>ü</a>', None),
        ("<a>\udc80</a>", b"<a>\xed\xb2\x80</a>"),
    ],
)
def test_a_text_that_its_encoding_does_not_hold_goes_as_utf_8(
    make_agent: Callable[..., Agent], text: str, encoded: bytes | None
) -> None:
    body = json.dumps({"method": "sendEvent", "params": [text]}).encode()
    assert make_agent().answer(body, "").event == (text.encode() if encoded is None else encoded)


def test_a_rights_file_is_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "rights"
    path.write_text("# nothing\n\nanna t x # a word\n * u rx\n")
    assert [(grant.user, grant.topic, grant.rights) for grant in read_rights(path)] == [
        ("anna", "t", "x"),
        ("*", "u", "rx"),
    ]
    path.write_text("a t x\na t x y\n")
    with pytest.raises(RightsError, match=r"rights, line 2: a line has a user, a topic and rights"):
        read_rights(path)
    path.write_bytes(b"\xff")
    with pytest.raises(RightsError, match="cannot be read"):
        read_rights(path)
    with pytest.raises(RightsError, match=r"cannot be read: .*No such file"):
        FileRights(tmp_path / "none")


def test_a_rights_file_that_goes_leaves_the_rights_as_they_were(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "rights"
    path.write_text("anna t x\n")
    rights = FileRights(path)
    path.unlink()
    assert rights.allow("anna", "t")
    assert rights.allow("anna", "t")
    assert not rights.allow("anna", "t", "r")
    assert caplog.text.count("stay in force") == 1
    assert AllRights().allow("anybody", "anything")


def test_what_a_broker_is_like_that_is_told_nothing() -> None:
    made = BrokerSettings()
    assert (made.host, made.port, made.domain, made.anonymous) == ("127.0.0.1", 5672, "org.clacks", True)
    assert (made.queue_bytes, made.max_message) == (100 * 1024 * 1024, 64 * 1024 * 1024)
    assert Queue("q").max_bytes == QUEUE_BYTES == 100 * 1024 * 1024
    assert "secret" not in repr(BrokerSettings(users={"a": "secret"}))
