"""Queries as conditions in SQL, for streams of RabbitMQ 4.2: they pass all that matches, also on a real one."""

from __future__ import annotations

import contextlib
import math
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import proton
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from proton import Described, symbol, ulong
from proton.reactor import Filter
from proton.utils import BlockingConnection

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.dialects import filters
from clacks_monitor.core.connection import ConnectionSettings, FilterPlace, from_url
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from clacks_monitor.testbed.broker.rabbitmq.attach import node_of
from clacks_monitor.testbed.broker.rabbitmq.sql import condition_of
from clacks_monitor.xquery import MatchOutcome, compile_query
from tests.helpers.broker_client import Encoded, SettleMode
from tests.helpers.played_broker import played_broker
from tests.helpers.rabbitmq4 import NEXT, PASSWORD, USER, missing, running_rabbitmq4
from tests.helpers.recorder import connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hypothesis.strategies import SearchStrategy

    from tests.helpers.rabbitmq4 import RabbitMQ4

DECLARED = "".join(f"declare variable ${name} external; " for name in "abc")
TEXTS = ["here", "there", "her%", "h_re", "it's", "xff", "t", "c0ffee", "[1]", "äöü", "5"]
NUMBERS = ["0", "1", "5", "-5", "0.5", "9007199254740992", "9007199254740993"]

WRAPPED = "([a] < -2147483648) OR ([a] >= 2147483648)"

names = st.sampled_from(["$a", "$b", "$c"])
texts = st.sampled_from(TEXTS).map(lambda text: "'" + text.replace("'", "''") + "'")
literals = texts | st.sampled_from(NUMBERS)
operators = st.sampled_from(["=", "!=", "<", "<=", ">", ">=", "eq", "ne", "lt", "le", "gt", "ge"])
leaves = st.one_of(
    st.builds("{} {} {}".format, names, operators, literals),
    st.builds("{1} {2} {0}".format, names, literals, operators),
    st.builds("{} = ({}, {})".format, names, texts, texts),
    st.builds("starts-with({}, {})".format, names, texts),
    st.builds("ends-with({}, {})".format, names, texts),
    st.just("exists(./*:Event)"),
)


def _combined(inner: SearchStrategy[str]) -> SearchStrategy[str]:
    return st.one_of(
        st.builds("({}) and ({})".format, inner, inner),
        st.builds("({}) or ({})".format, inner, inner),
        st.builds("not({})".format, inner),
    )


conditions = st.recursive(leaves, _combined, max_leaves=5)
values = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from([0, 1, 5, -5, 4, 6, 2**31, 2**32 + 5, 2**53, 2**53 + 1]),
    st.sampled_from([0.5, 1.0, 5.0, math.inf, -math.inf, math.nan, 4.5]),
    st.booleans(),
)


@given(conditions, st.dictionaries(st.sampled_from("abc"), values))
@example("$a > 5", {"a": math.inf, "b": 1, "c": 1})
@example("$a = 1", {"a": True, "b": 1, "c": 1})
@example("$a = 1", {"a": 2**32 + 1, "b": 1, "c": 1})
@example("not($a = 'here')", {"a": "there", "b": 1, "c": 1})
def test_a_condition_passes_what_the_query_matches(condition: str, properties: dict[str, str | int | float]) -> None:
    query = compile_query(DECLARED + condition)
    sql = query.portable.property_sql
    if sql and query.matches(b"<Event/>", properties).outcome is MatchOutcome.MATCH:
        found = condition_of(sql)
        assert found is not None, sql
        assert found(properties) is True, sql


@pytest.mark.parametrize(
    ("condition", "sql"),
    [
        ("$a = 'it''s'", "[a] = 'it''s'"),
        ("$a != 'here'", "([a] IS NULL) OR ([a] <> 'here')"),
        ("not($a = 'here')", "([a] IS NULL) OR ([a] <> 'here')"),
        ("$a = ('here', 'there')", "[a] IN ('here', 'there')"),
        ("$a eq 5", f"([a] = 5) OR {WRAPPED}"),
        ("1 = $a", f"([a] = 1) OR ([a] = TRUE) OR {WRAPPED}"),
        ("5 < $a", f"([a] IS NULL) OR (NOT ([a] <= 5)) OR {WRAPPED}"),
        ("not($a >= -0.5)", f"([a] IS NULL) OR (NOT ([a] >= -0.5)) OR {WRAPPED}"),
        ("starts-with($a, 'h_re%')", "[a] LIKE 'h\\_re\\%%' ESCAPE '\\'"),
        ("ends-with($a, 'here')", "[a] LIKE '%here' ESCAPE '\\'"),
        ("$a = 'here' and ./*:Event", "[a] = 'here'"),
        ("($a = 'here' or $b = 'there') and $c = 'where'", "(([a] = 'here') OR ([b] = 'there')) AND ([c] = 'where')"),
        (
            "not($a = 'here' and $b = 'there')",
            "(([a] IS NULL) OR ([a] <> 'here')) OR (([b] IS NULL) OR ([b] <> 'there'))",
        ),
        ("not($a = 5)", f"([a] IS NULL) OR ([a] <> 5) OR {WRAPPED}"),
    ],
)
def test_what_is_translated(condition: str, sql: str) -> None:
    assert compile_query(DECLARED + condition).portable.property_sql == sql


@pytest.mark.parametrize(
    "query",
    [
        DECLARED + "$a = 'here' or ./*:Event",
        DECLARED + "./*:Event",
        DECLARED + "not($a = 'here' and ./*:Event)",
        DECLARED + "contains($a, 'here')",
        DECLARED + "not(starts-with($a, 'here'))",
        DECLARED + "$a < 'here'",
        DECLARED + "$a = 't'",
        DECLARED + "$a = 'c0ffee'",
        DECLARED + "$a = '[1]'",
        DECLARED + "ends-with($a, 'xff')",
        DECLARED + "$a = 9007199254740993",
        DECLARED + "$a = 0.1234567890123456",
        DECLARED + "$a = 5e0",
        DECLARED + "$a = $b",
        DECLARED + "some $a in 'here' satisfies $a = 'here'",
        "declare variable $a := 'here'; $a = 'here'",
        "declare variable $a as xs:string external; $a = 'here'",
        "declare variable $x-death external; $x-death = 'here'",
        DECLARED + " or ".join(["$a = 'here'"] * 60),
        DECLARED + " or ".join([f"$a = '{'here' * 300}'"] * 4),
        "declare default collation 'http://www.w3.org/2005/xpath-functions/collation/codepoint'; "
        + DECLARED
        + "$a = 'here'",
    ],
)
def test_what_is_not_translated(query: str) -> None:
    assert compile_query(query).portable.property_sql == ""


# In a broker

QUERY = DECLARED + "($a = 'here' or $b > 4) and ./*:Event[1]"
EVENTS: list[Mapping[str, Any]] = [
    {"a": "here", "b": 1, "c": 1},
    {"a": "there", "b": 5, "c": 1},
    {"a": "there", "b": 1, "c": 1},
    {"a": "here", "b": 1},
]


def send(settings: ConnectionSettings, password: str | None) -> None:
    """Send an event for each of EVENTS, of which the first two match, and a fifth whose body does not."""
    with connection(settings, password=password, receiving=False) as (made, sent):
        for number, properties in enumerate(EVENTS):
            made.send(f"<Event>{number}</Event>".encode(), properties=properties)
        made.send(b"<other/>", properties=EVENTS[0])
        sent.wait(lambda: len(sent.results) == len(EVENTS) + 1, "the outcomes")


def check_it_runs_there(settings: ConnectionSettings, password: str | None = None) -> None:
    """Read a stream with QUERY: the broker keeps back what surely does not match, the rest is evaluated here."""
    send(settings, password)
    stream = replace(settings, stream_from="first")
    with connection(stream, password=password) as (made, recorder):
        recorder.wait_messages(len(EVENTS) + 1)
        made.subscribe(QUERY, can_be_here=True, portable=compile_query(QUERY).portable)
        recorder.wait(lambda: recorder.last.asked_here == (QUERY,), "the filter alone")
        assert recorder.last.filter_place is FilterPlace.BROKER
        assert "evaluated locally" in recorder.last.filter_note
        recorder.forget()
        send(settings, password)
        recorder.wait_messages(4)
        assert recorder.bodies() == [b"<Event>0</Event>", b"<Event>1</Event>", b"<Event>3</Event>", b"<other/>"]
        assert not recorder.gaps


def check_changes(settings: ConnectionSettings, password: str | None = None) -> None:
    """Change the filter while events come: what all filters match comes once each, in order."""
    count, changes = 3000, 15
    both = [compile_query(DECLARED + f"$a = 'here' or $a = '{other}'") for other in ("there", "elsewhere")]
    with (
        connection(replace(settings, stream_from="first"), password=password) as (made, recorder),
        connection(settings, password=password, receiving=False) as (sending, sent),
    ):
        sending.send(b"<Event/>", properties={"a": "here", "b": 0, "c": 0})
        recorder.wait_messages(1)
        for change in range(changes):
            query = both[change % 2]
            for number in range(count // changes):
                place = ("here", "there", "elsewhere")[number % 3]
                sending.send(b"<Event/>", properties={"a": place, "b": 0, "c": change * count + number})
            made.subscribe(query.text, can_be_here=True, portable=query.portable)
            recorder.wait(lambda text=query.text: recorder.last.subscription == text, "the filter")  # type: ignore[misc]
        sent.wait(lambda: len(sent.results) == count + 1, "the outcomes")
        sending.send(b"<Event/>", properties={"a": "here", "b": 0, "c": -1})
        recorder.wait(lambda: recorder.messages[-1].properties["c"] == -1, "the last event")
        offsets = [message.properties["x-stream-offset"] for message in recorder.messages]
        assert offsets == sorted(set(offsets)), "once each, in order"
        everywhere = [message for message in recorder.messages if message.properties["a"] == "here"]
        assert len(everywhere) == changes * len(range(0, count // changes, 3)) + 2
        assert not recorder.gaps


@contextlib.contextmanager
def played(version: str) -> Iterator[ConnectionSettings]:
    with played_broker(BrokerSettings(port=0, kind=BrokerKind.RABBITMQ, version=version)) as broker:
        node_of(broker.nodes).declare("kept", "", {"x-queue-type": "stream"})
        yield replace(from_url(broker.url)[0], domain="queues/kept", handover_s=0.0)


@pytest.mark.parametrize("version", ["4.2.0", "4.3.6"])
def test_where_the_broker_knows_sql_it_runs_there(version: str) -> None:
    with played(version) as settings:
        check_it_runs_there(settings)


def test_a_change_of_filter_repeats_and_misses_nothing() -> None:
    with played("") as settings:
        check_changes(settings)


def test_before_4_2_the_query_runs_here() -> None:
    with played("4.1.9") as settings, connection(settings) as (made, recorder):
        made.subscribe(QUERY, can_be_here=True, portable=compile_query(QUERY).portable)
        recorder.wait(lambda: recorder.last.subscription == QUERY, "the filter")
        assert (recorder.last.filter_place, recorder.last.asked_here) == (FilterPlace.HERE, (QUERY,))


LAST = "last"


def asked(further: Mapping[symbol, Described]) -> Filter:
    """Return the filters that ask for a stream from its beginning, and for what passes further ones."""
    return Filter({**filters.for_stream("first"), **further})


def confirmed(made: BlockingConnection, further: Mapping[symbol, Described]) -> set[str]:
    """Return the filters that the broker confirms."""
    receiver: Any = made.create_receiver("/queues/kept", name=str(uuid.uuid4()), options=asked(further))
    data = receiver.link.remote_source.filter
    data.rewind()
    data.next()
    receiver.close()
    return {str(name) for name in data.get_object()}


def read(made: BlockingConnection, sql: str) -> list[str]:
    """Return the ids of what a condition lets pass, up to LAST, which always does."""
    further = filters.for_stream_filter(f"({sql}) OR ([last] = TRUE)")
    options = [asked(further), SettleMode(1)]
    receiver: Any = made.create_receiver("/queues/kept", credit=1000, name=str(uuid.uuid4()), options=options)
    found: list[str] = []
    while LAST not in found:
        found.append(str(receiver.receive(timeout=30).id))
    receiver.close()
    return found[:-1]


def check_what_is_confirmed(made: BlockingConnection) -> None:
    """Check which filters a broker confirms: it is the same for one that is played and for a real one."""
    sql, offset = filters.SQL_NAME, filters.STREAM_OFFSET
    for descriptor in (symbol(filters.SQL[0]), ulong(filters.SQL[1])):
        assert confirmed(made, {symbol(sql): Described(descriptor, "[a] = 'here'")}) == {sql, offset}
        assert confirmed(made, {symbol("other"): Described(descriptor, "[a] = 'here'")}) == {offset}
    long = " OR ".join(["[a] = 'here'"] * 60)
    for wrong in ("[a] = ", "[a] == 5", "a.[a] = 5", "'here", long, f"[a] = '{'x' * 4100}'"):
        assert confirmed(made, {symbol(sql): Described(symbol(filters.SQL[0]), wrong)}) == {offset}, wrong
    both = {
        symbol("properties"): Described(symbol(filters.PROPERTIES[0]), {"a": "here"}),
        symbol(sql): Described(symbol(filters.SQL[0]), "[a] = 'here'"),
    }
    for filter_map in (both, dict(reversed(both.items()))):
        assert confirmed(made, filter_map) == {str(list(filter_map)[-1]), offset}, "the last one counts"


def test_what_a_played_broker_confirms() -> None:
    with played("") as settings:
        ((host, port),) = settings.hosts
        with contextlib.closing(BlockingConnection(f"amqp://{host}:{port}", timeout=20)) as made:
            check_what_is_confirmed(made)


@pytest.fixture(scope="module")
def rabbit() -> Iterator[RabbitMQ4]:
    if why := missing(NEXT):
        pytest.skip(why)
    with running_rabbitmq4(NEXT) as server:
        yield server


@pytest.fixture
def stream(rabbit: RabbitMQ4) -> Iterator[BlockingConnection]:
    rabbit.declare("kept", durable=True, kind="stream")
    url = f"amqp://127.0.0.1:{rabbit.port}"
    made = BlockingConnection(url, user=USER, password=PASSWORD, allowed_mechs="PLAIN", timeout=30)
    yield made
    made.close()
    rabbit.delete_queue("kept")


@pytest.mark.rabbitmq4
def test_a_real_broker_runs_it(rabbit: RabbitMQ4, stream: BlockingConnection) -> None:
    del stream
    check_it_runs_there(*from_url(rabbit.url("queues/kept")))


@pytest.mark.rabbitmq4
def test_a_real_broker_repeats_and_misses_nothing(rabbit: RabbitMQ4, stream: BlockingConnection) -> None:
    del stream
    check_changes(*from_url(rabbit.url("queues/kept")))


@pytest.mark.rabbitmq4
def test_what_a_real_broker_confirms(stream: BlockingConnection) -> None:
    check_what_is_confirmed(stream)


EXOTIC: list[object] = [
    proton.char("t"), uuid.UUID(int=5), proton.timestamp(5), symbol("here"), b"here", b"\xff\xfehere", b"\xff", None,
    ["here"], {"here": 5}, proton.decimal64(5), ulong(2**63), proton.float32(0.5), proton.byte(5), "", "a\nhere",
]  # fmt: skip  # a table


@pytest.mark.rabbitmq4
@pytest.mark.timeout(600)
def test_a_real_broker_passes_what_the_query_matches(stream: BlockingConnection) -> None:
    """Each value in each role, against each form of a condition."""
    ordinary = [*TEXTS, 0, 1, 5, -5, 4, 6, 2**53 + 1, 0.5, 4.5, math.inf, -math.inf, math.nan, True, False]
    messages = [{"a": value, "b": "here", "c": 5} for value in (*ordinary, *EXOTIC)] + [{"b": "here", "c": 5}]
    sender = stream.create_sender("/queues/kept")
    received = {}
    for number, properties in enumerate(messages):
        message = proton.Message(id=str(number), properties=properties, body=b"<Event/>", inferred=True)
        encoded = bytes(message.encode())
        received[str(number)] = codec.decode(encoded).properties
        sender.send(Encoded(encoded))  # type: ignore[arg-type]  # it has what is used of a message
    sender.send(proton.Message(id=LAST, properties={"last": True}, body=b"", inferred=True))
    parts = [
        f"$a {operator} {literal}" for operator in ("=", "!=", "<", ">=") for literal in ("1", "5", "0.5", "'here'")
    ]
    parts += ["starts-with($a, 'he')", "ends-with($a, 'ere')", "$a = ('here', 'her%')", "$a = 'äöü'", "$a = 'it''s'"]
    parts += [f"not({part})" for part in parts] + ["not($a = 'here' and $b = 5) or $c > 4"]
    tried = 0
    for part in parts:
        query = compile_query(DECLARED + part)
        if not (sql := query.portable.property_sql):
            continue
        tried += 1
        found = read(stream, sql)
        matches = {n for n, got in received.items() if query.matches(b"<Event/>", got).outcome is MatchOutcome.MATCH}
        assert matches <= set(found), (sql, [messages[int(n)] for n in matches - set(found)])
        known = condition_of(sql)
        assert known is not None
        wanted = {str(n) for n, properties in enumerate(messages[: len(ordinary)]) if known(properties) is True}
        assert wanted == {n for n in found if int(n) < len(ordinary)}, f"played as it is: {sql}"
    assert tried > 20
