"""Calls to an agent that answers as it likes: late, to somebody else's question, in nonsense, or not at all."""

from __future__ import annotations

import json
import threading
from concurrent.futures import Future
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp import Connection, codec
from clacks_monitor.core.bus import InvalidEvent, NotConnected, NotPermitted, RpcError, RpcTimeout
from clacks_monitor.core.connection import ConnectionSettings, DialectName, from_url
from tests.helpers.recorder import connection
from tests.helpers.scripted_links import Links
from tests.helpers.scripted_peer import (
    ATTACH,
    DISPOSITION,
    FALSE,
    NULL,
    TRANSFER,
    TRUE,
    ScriptedPeer,
    described,
    scripted_peer,
    uint,
)
from tests.helpers.turning_clock import TurningClock

if TYPE_CHECKING:
    from collections.abc import Callable


def settings(port: int) -> ConnectionSettings:
    """Return settings for a peer that sends no heartbeats while time passes."""
    return replace(from_url(f"amqp://127.0.0.1:{port}")[0], idle_timeout_s=0)


class Agent:
    """Answers each request with what ``answers`` makes of it: encoded messages."""

    def __init__(self, answers: Callable[[codec.AmqpMessage], list[bytes]], *, reply_address: str = "replies") -> None:
        self._answers = answers
        self._address = reply_address
        self.requests: list[codec.AmqpMessage] = []
        self.received = threading.Event()

    def __call__(self, peer: ScriptedPeer) -> None:
        links, replies, count = Links(peer), -1, 0
        links.reply_address = self._address
        while True:
            code, number, fields = links.hear()
            if code == ATTACH and fields[2]:
                replies = number
            elif code == ATTACH:
                links.credit(number)
            elif code == TRANSFER:
                request = codec.decode(links.payload)
                self.requests.append(request)
                for answer in self._answers(request):
                    links.answer(replies, answer, count)
                    count += 1
                self.received.set()


def number(request: codec.AmqpMessage) -> object:
    """Return a request's id."""
    return json.loads(request.body)["id"]


def answer(content: object, correlation: str = "") -> bytes:
    """Return an encoded answer."""
    return codec.encode(json.dumps(content).encode(), correlation_id=correlation)


@pytest.mark.parametrize(
    "answers",
    [
        lambda request: [answer({"id": number(request), "result": 5}, request.correlation_id)],
        lambda request: [answer({"id": number(request), "result": 5, "error": None})],
        lambda request: [answer({"result": 5}, request.correlation_id)],
        lambda _request: [answer({"result": 5})],
        lambda _request: [answer({"id": "jsonrpc", "result": 5})],
        lambda _request: [answer({"id": None, "result": 5})],
        lambda request: [b"no message", answer({"id": number(request), "result": 5})],
        lambda request: [codec.encode(b"no JSON"), answer({"id": number(request), "result": 5})],
        lambda request: [codec.encode(b"[" * 100_000), answer({"id": number(request), "result": 5})],
        lambda request: [answer(["no object"]), answer({"id": number(request), "result": 5})],
        lambda request: [answer({"id": "another", "result": 4}), answer({"id": number(request), "result": 5})],
        lambda request: [answer({"result": 4}, "another"), answer({"id": number(request), "result": 5})],
    ],
)
def test_the_answer_is_found(answers: Callable[[codec.AmqpMessage], list[bytes]]) -> None:
    with scripted_peer(Agent(answers)) as port, connection(settings(port), receiving=False) as (made, _recorder):
        assert made.call("add", 2, 3, timeout=20) == 5
        assert made.call("add", 2, 3, timeout=20) == 5


def test_requests_say_all_that_an_agent_needs() -> None:
    agent = Agent(lambda request: [answer({"id": number(request), "result": None})])
    with scripted_peer(agent) as port, connection(settings(port), receiving=False) as (made, _recorder):
        assert made.call("one", 1, "b") is None
        assert made.call("two", named={"a": 1}) is None
        assert made.call("three") is None
    assert [json.loads(request.body) for request in agent.requests] == [
        {"method": "one", "params": [1, "b"], "id": "1"},
        {"method": "two", "params": {"a": 1}, "id": "2"},
        {"method": "three", "params": [], "id": "3"},
    ]
    for count, request in enumerate(agent.requests, start=1):
        assert (request.content_type, request.message_id, request.correlation_id) == (
            "application/json",
            str(count),
            str(count),
        )


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        ({"name": "NotPermitted", "message": "no"}, NotPermitted, "no"),
        ({"type": "InvalidEvent", "error": "bad"}, InvalidEvent, "bad"),
        ("you are not allowed to", NotPermitted, "you are not allowed to"),
        ("Permission Denied", NotPermitted, "Permission Denied"),
        ("this is not valid", InvalidEvent, "this is not valid"),
        ({"code": 5}, RpcError, "add failed: {'code': 5}"),
        ("no such thing", RpcError, "add failed: no such thing"),
        (False, RpcError, "add failed: False"),
    ],
)
def test_an_error_is_told_by_its_kind(error: object, kind: type[Exception], words: str) -> None:
    agent = Agent(lambda request: [answer({"id": number(request), "error": error, "result": 5})])
    with scripted_peer(agent) as port, connection(settings(port), receiving=False) as (made, _recorder):
        with pytest.raises(kind) as failed:
            made.call("add", timeout=20)
        assert str(failed.value) == words
        assert type(failed.value) is kind
        if isinstance(failed.value, RpcError):
            assert failed.value.error == error


def test_what_json_does_not_know_is_refused_before_it_is_sent() -> None:
    agent = Agent(lambda request: [answer({"id": number(request), "result": 1})])
    with scripted_peer(agent) as port, connection(settings(port), receiving=False) as (made, _recorder):
        with pytest.raises(InvalidEvent, match="A parameter of add cannot be sent as JSON: Object of type object"):
            made.call("add", object())
        with pytest.raises(TypeError, match="by position or by name"):
            made.call("add", 1, named={"a": 1})
        assert made.call("add") == 1
    assert len(agent.requests) == 1
    with pytest.raises(NotConnected, match="was closed"):
        made.call("add")
    with pytest.raises(NotConnected, match="was closed"):
        made.send(b"<a/>")


def ask(made: Connection, method: str, timeout: float) -> Future[object]:
    """Ask without waiting."""
    future: Future[object] = Future()
    made._loop.call(lambda: made._worker.outbound.call(method, [], timeout, future))
    return future


def test_an_answer_that_comes_too_late_is_for_nobody() -> None:
    """The agent answers the first question when it hears the second."""
    first: list[object] = []

    def answers(request: codec.AmqpMessage) -> list[bytes]:
        first.append(number(request))
        return [] if len(first) == 1 else [answer({"id": one, "result": one}) for one in first]

    time, agent = TurningClock(), Agent(answers)
    with (
        scripted_peer(agent) as port,
        connection(settings(port), receiving=False, clock=time.clock) as (made, _recorder),
    ):
        late = ask(made, "first", 10)
        assert agent.received.wait(20)
        time.turn(9, made)
        assert not late.done()
        time.turn(2, made)
        with pytest.raises(RpcTimeout, match=r"No answer to first from org\.clacks\.command\.core within 10 s\."):
            late.result(20)
        assert ask(made, "second", 10).result(20) == "2"
        time.turn(60, made)


def test_of_two_open_questions_an_answer_without_a_name_is_for_neither() -> None:
    asked: list[object] = []

    def answers(request: codec.AmqpMessage) -> list[bytes]:
        asked.append(number(request))
        if len(asked) == 1:
            return []
        return [answer({"result": "?"}), *(answer({"id": one, "result": one}) for one in asked)]

    with scripted_peer(Agent(answers)) as port, connection(settings(port), receiving=False) as (made, _recorder):
        one, two = ask(made, "a", 20), ask(made, "b", 20)
        assert (one.result(20), two.result(20)) == ("1", "2")


@pytest.mark.parametrize(("length", "used"), [(1024, True), (1025, False)])
def test_a_reply_address_beyond_its_bound_is_not_used(length: int, *, used: bool) -> None:
    time = TurningClock()
    agent = Agent(lambda request: [answer({"id": number(request), "result": 5})], reply_address="r" * length)
    with (
        scripted_peer(agent) as port,
        connection(settings(port), receiving=False, clock=time.clock) as (made, _recorder),
    ):
        future = ask(made, "add", 1_000)
        if used:
            assert future.result(20) == 5
        else:
            rpc = made._worker.outbound._rpc
            while rpc._links is None or not rpc._links._responses._link.remote_source.address:
                time.turn(0, made)
            time.turn(1_001, made)
            with pytest.raises(RpcTimeout):
                future.result(20)
    assert bool(agent.requests) is used


def test_requests_wait_for_credit_and_go_out_in_their_order() -> None:
    go_on = threading.Event()
    methods: list[object] = []

    def script(peer: ScriptedPeer) -> None:
        links, replies = Links(peer), -1
        while True:
            code, number_, fields = links.hear()
            if code == ATTACH and fields[2]:
                replies = number_
            elif code == ATTACH:
                assert go_on.wait(20)
                links.credit(number_)
            elif code == TRANSFER:
                request = json.loads(codec.decode(links.payload).body)
                methods.append(request["method"])
                links.answer(replies, answer({"id": request["id"], "result": request["method"]}), len(methods) - 1)

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (made, _recorder):
        futures = [ask(made, f"m{count}", 20) for count in range(5)]
        go_on.set()
        assert [future.result(20) for future in futures] == [f"m{count}" for count in range(5)]
    assert methods == [f"m{count}" for count in range(5)]


@pytest.mark.parametrize("state", [0x25, 0x26, 0x27])
def test_a_request_that_the_broker_does_not_hand_on_fails(state: int) -> None:
    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        while True:
            code, number_, fields = links.hear()
            if code == ATTACH and not fields[2]:
                links.credit(number_)
            elif code == TRANSFER:
                settled = TRUE if state == 0x25 else FALSE
                peer.say(DISPOSITION, TRUE, uint(0), uint(0), settled, described(state))

    with (
        scripted_peer(script) as port,
        connection(settings(port), receiving=False) as (made, _recorder),
        pytest.raises(NotConnected, match="could not deliver the request to an agent"),
    ):
        made.call("add", timeout=20)


@pytest.mark.parametrize(
    ("condition", "kind", "words"),
    [
        ("amqp:not-allowed", NotPermitted, "as the test has it"),
        ("amqp:unauthorized-access", NotPermitted, "as the test has it"),
        ("amqp:not-found", NotConnected, r"No agent can be called at org\.clacks\.command\.core: .*as the test has it"),
    ],
)
def test_an_agent_that_may_not_be_asked_or_is_not_there(condition: str, kind: type[Exception], words: str) -> None:
    def script(peer: ScriptedPeer) -> None:
        links = Links(peer)
        links.refusing["org.clacks.command.core"] = condition
        while True:
            links.hear()

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (made, _recorder):
        for _again in range(2):
            with pytest.raises(kind, match=words):
                made.call("add", timeout=20)


def test_rabbitmq_has_no_agent() -> None:
    with scripted_peer(lambda peer: Links(peer).hear()) as port:
        found = replace(settings(port), dialect=DialectName.RABBITMQ)
        words = "There is no agent on RabbitMQ that could be called"
        with connection(found, receiving=False) as (made, _recorder), pytest.raises(NotConnected, match=words):
            made.call("add", timeout=20)


def test_a_connection_that_breaks_fails_the_calls_that_wait() -> None:
    go_on = threading.Event()

    def script(peer: ScriptedPeer) -> None:
        peer.login()
        peer.open(properties=NULL)
        assert go_on.wait(20)

    with scripted_peer(script) as port, connection(settings(port), receiving=False) as (made, _recorder):
        future = ask(made, "add", 60)
        go_on.set()
        with pytest.raises(NotConnected, match="Connection closed by"):
            future.result(20)
