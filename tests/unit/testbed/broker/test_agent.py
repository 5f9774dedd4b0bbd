"""The agent's answers: what was asked, who may do it, and failures that can be told apart."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.testbed.broker.agent import Agent, EventCheck
from clacks_monitor.testbed.broker.nodes import NodeRegistry
from clacks_monitor.testbed.broker.rights import AllRights, FileRights, Rights, RightsError
from tests.helpers.ending import end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.testbed.broker.settings import Selection

RIGHTS = """
# who         what                            how
admin         org.clacks.event.*              x
reception     org.clacks.event.PhoneStatus    rx
*             org.clacks.event.ClientPoll     x
guest         org.clacks.event.*              r
"""


def check(event: bytes) -> EventCheck:
    if not event.startswith(b"<"):
        return EventCheck("", ("line 1: this is no XML", "and more"))
    return EventCheck(event.decode("utf-8", "replace")[1:-2])


def no_selection() -> Selection:
    raise AssertionError("no subscription is made here")


@pytest.fixture
def make_agent() -> Iterator[Callable[[Rights], Agent]]:
    made: list[Agent] = []

    def make(rights: Rights) -> Agent:
        agent = Agent("org.clacks", NodeRegistry(no_selection, 1000), check, rights, lambda call: call())
        made.append(agent)
        return agent

    yield make
    for agent in made:
        end(agent)


def call(agent: Agent, method: object, params: object, user: str = "") -> dict[str, Any]:
    body = json.dumps({"method": method, "params": params, "id": "jsonrpc"}).encode()
    answer = agent.answer(body, user)
    assert answer.content["id"] == "jsonrpc"
    return dict(answer.content)


def test_an_event_that_passes_is_published_as_it_is(make_agent: Callable[[Rights], Agent]) -> None:
    answer = make_agent(AllRights()).answer(b'{"method": "sendEvent", "params": ["<ClientPoll/>"], "id": 3}', "")
    assert answer.content == {"result": True, "error": None, "id": 3}
    assert answer.event == b"<ClientPoll/>"


def test_a_text_that_declares_its_encoding_is_published_in_it(make_agent: Callable[[Rights], Agent]) -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><a>ü</a>'
    body = json.dumps({"method": "sendEvent", "params": [text], "id": 1}).encode()
    assert make_agent(AllRights()).answer(body, "").event == text.encode("latin-1")


def test_methods_say_where_they_are(make_agent: Callable[[Rights], Agent]) -> None:
    methods = call(make_agent(AllRights()), "getMethods", [])["result"]
    assert {name: method["target"] for name, method in methods.items()} == {"getMethods": "core", "sendEvent": "core"}


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"no JSON", "ParseError", -32700),
        (b"\xff", "ParseError", -32700),
        (b"[" * 100_000, "ParseError", -32700),
        (b"[]", "BadRequest", -32600),
        (b'{"params": []}', "BadRequest", -32600),
        (b'{"method": 5}', "BadRequest", -32600),
        (b'{"method": "getMethods", "id": {}}', "BadRequest", -32600),
        (b'{"method": "getMethods", "id": NaN}', "ParseError", -32700),
        (b'{"method": "getMethods", "id": ' + b"[" * 60 + b"]" * 60 + b"}", "BadRequest", -32600),
        (b'{"method": "getMethods", "id": ' + b'{"":' * 50_000 + b"1" + b"}" * 50_001, "ParseError", -32700),
        (b'{"method": "reboot", "params": []}', "UnknownMethod", -32601),
        (b'{"method": "sendEvent", "params": []}', "BadParameters", -32602),
        (b'{"method": "sendEvent", "params": [5]}', "BadParameters", -32602),
        (b'{"method": "sendEvent", "params": 5}', "BadParameters", -32602),
        (b'{"method": "sendEvent", "params": {"data": "bad"}}', "InvalidEvent", -32001),
    ],
)
def test_each_failure_has_its_own_name(
    make_agent: Callable[[Rights], Agent], body: bytes, name: str, code: int
) -> None:
    answer = make_agent(AllRights()).answer(body, "")
    error: Any = answer.content["error"]
    assert (error["name"], error["code"]) == (name, code)
    assert answer.event is None
    assert answer.content["result"] is None
    assert json.loads(json.dumps(answer.content, allow_nan=False)) == answer.content


@pytest.mark.parametrize("number", [None, 0, -1.5, 2**70, "", "x" * 100_000])
def test_an_id_that_is_one_comes_back(make_agent: Callable[[Rights], Agent], number: object) -> None:
    body = json.dumps({"method": "getMethods", "id": number}).encode()
    assert make_agent(AllRights()).answer(body, "").content["id"] == number


def test_an_event_that_breaks_its_schema_is_answered_with_the_schemas_words(
    make_agent: Callable[[Rights], Agent],
) -> None:
    error = call(make_agent(AllRights()), "sendEvent", ["bad"])["error"]
    assert "line 1: this is no XML" in error["message"]
    assert error["error"] == ["line 1: this is no XML", "and more"]


@pytest.mark.parametrize(
    ("user", "event", "allowed"),
    [
        ("admin", "NodeLeave", True),
        ("reception", "PhoneStatus", True),
        ("reception", "NodeLeave", False),
        ("guest", "PhoneStatus", False),
        ("", "ClientPoll", True),
        ("", "PhoneStatus", False),
    ],
)
def test_only_who_has_the_right_may_send(
    make_agent: Callable[[Rights], Agent], tmp_path: Path, user: str, event: str, allowed: bool
) -> None:
    path = tmp_path / "rights"
    path.write_text(RIGHTS, encoding="utf-8")
    error = call(make_agent(FileRights(path)), "sendEvent", [f"<{event}/>"], user)["error"]
    assert (error is None) is allowed
    if not allowed:
        assert error["name"] == "NotPermitted"
        assert error["error"] == {"topic": f"org.clacks.event.{event}", "right": "x"}


def test_a_changed_rights_file_counts_at_once_and_a_broken_one_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "rights"
    path.write_text("anna * x\n", encoding="utf-8")
    rights = FileRights(path)
    path.write_text("bernd  *  x  # since today\n", encoding="utf-8")
    assert [rights.allow(user, "t") for user in ("anna", "bernd")] == [False, True]
    path.write_text("only two\n", encoding="utf-8")
    assert rights.allow("bernd", "t")
    assert "line 1" in caplog.text
    with pytest.raises(RightsError, match="line 1"):
        FileRights(path)


def test_a_topic_has_no_wildcard_but_the_star(tmp_path: Path) -> None:
    path = tmp_path / "rights"
    path.write_text("anna org.clacks.event.Phone?[a] x\n", encoding="utf-8")
    assert FileRights(path).allow("anna", "org.clacks.event.Phone?[a]")
    assert not FileRights(path).allow("anna", "org.clacks.event.PhoneXa")
