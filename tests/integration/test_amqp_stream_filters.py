"""Filters on properties in a stream of RabbitMQ 4.1: where they run, and that they mean what the query means here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.dialects import filters
from clacks_monitor.core.connection import ConnectionSettings, FilterPlace, from_url
from clacks_monitor.core.portable_query import PropertyTest
from clacks_monitor.testbed.broker import BrokerKind, BrokerSettings
from clacks_monitor.testbed.broker.rabbitmq.attach import node_of
from clacks_monitor.testbed.broker.rabbitmq.streams import fields_of, passes
from clacks_monitor.xquery import MatchOutcome, compile_query
from tests.helpers.played_broker import played_broker
from tests.helpers.recorder import Recorder, connection

if TYPE_CHECKING:
    from clacks_monitor.core.peer import LinkFacts

DECLARED = "declare variable $a external; declare variable $b external; "
QUERY = DECLARED + "$a = 'here' and starts-with($b, 'pre')"
LONG = "a longer text"
CODEPOINTS = "http://www.w3.org/2005/xpath-functions/collation/codepoint"

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
    st.sampled_from(["&p:here", "&s:", "&&x", "&x", "here", "heresy", "here'", 'he"re', LONG, "\u00e4\u0308", "&p:"]),
)
values = st.one_of(texts, st.integers(-5, 5), st.booleans(), st.floats(allow_nan=False, allow_infinity=False))


def literal(text: str) -> str:
    """Return a string literal of XQuery."""
    return "'" + text.replace("'", "''").replace("&", "&amp;") + "'"


@given(
    tests=st.dictionaries(st.sampled_from(["a", "b", "c"]), st.tuples(texts, st.booleans()), min_size=1),
    properties=st.dictionaries(st.sampled_from(["a", "b", "c", "d"]), values),
    alike=st.booleans(),
)
def test_a_filter_passes_what_the_query_matches(
    tests: dict[str, tuple[str, bool]], properties: dict[str, str | int | float | bool], *, alike: bool
) -> None:
    """Half of the events have the properties that are asked for, with something behind those whose begin is."""
    if alike:
        properties |= {name: text + ("x" if prefix else "") for name, (text, prefix) in tests.items()}
    parts = [
        f"starts-with(${name}, {literal(text)})" if prefix else f"${name} = {literal(text)}"
        for name, (text, prefix) in tests.items()
    ]
    query = compile_query("".join(f"declare variable ${name} external; " for name in tests) + " and ".join(parts))
    found = query.portable.property_tests
    if not found:
        return
    assert {one.name: (one.text, one.prefix) for one in found} == tests
    (described,) = filters.for_properties(filters.encode_properties(found)).values()
    wanted = fields_of(described.value)
    assert wanted
    encoded = codec.encode(b"<a/>", properties=properties)
    here = query.matches(b"<a/>", codec.decode(encoded).properties).outcome is MatchOutcome.MATCH
    assert passes(encoded, wanted) == here


@pytest.mark.parametrize(
    ("query", "tests"),
    [
        (QUERY, (PropertyTest("a", "here"), PropertyTest("b", "pre", prefix=True))),
        ("declare variable $a external; 'here' = $a", (PropertyTest("a", "here"),)),
        ("declare variable $a external; $a = '&amp;p:here'", (PropertyTest("a", "&p:here"),)),
    ],
)
def test_what_is_translated(query: str, tests: tuple[PropertyTest, ...]) -> None:
    assert compile_query(query).portable.property_tests == tests


@pytest.mark.parametrize(
    "query",
    [
        "true()",
        "./*:Event",
        DECLARED + "$a = 'here'",
        DECLARED + "$a = 'here' or $b = 'there'",
        DECLARED + "$a = 'here' and $b = 'there' and $a = 'there'",
        "declare variable $a external; $a = 1",
        "declare variable $a external; $a != 'here'",
        "declare variable $a external; $a = 'x'",
        "declare variable $a external; $a = ''",
        "declare variable $a external; starts-with($a, 'c0ffee')",
        "declare variable $a external; $a = '6ba7b810-9dad-11d1-80b4-00c04fd430c8'",
        "declare variable $a external; $a = 'back\\slash'",
        "declare variable $x-death external; $x-death = 'here'",
        "declare variable $a as xs:string external; $a = 'here'",
        "declare variable $a := 'here'; $a = 'here'",
        "declare variable $a external; ends-with($a, 'here')",
        f"declare default collation '{CODEPOINTS}'; declare variable $a external; $a = 'here'",
    ],
)
def test_what_is_not_translated(query: str) -> None:
    assert compile_query(query).portable.property_tests == ()


def test_where_the_broker_has_them_they_run_there() -> None:
    with played_broker(BrokerSettings(port=0, kind=BrokerKind.RABBITMQ)) as broker:
        node_of(broker.nodes).declare("kept", "", {"x-queue-type": "stream"})
        settings = replace(from_url(broker.url)[0], domain="queues/kept", stream_from="first", handover_s=0.0)
        send(settings)
        with connection(settings) as (made, recorder):
            recorder.wait_messages(4)
            made.subscribe(QUERY, can_be_here=True, portable=compile_query(QUERY).portable)
            recorder.wait(lambda: recorder.last.subscription == QUERY, "the filter")
            assert (recorder.last.filter_place, recorder.last.asked_here) == (FilterPlace.BROKER, ())
            recorder.wait(lambda: [len(link.filters) for link in streams(recorder)] == [2], "the new link alone")
            recorder.forget()
            send(settings)
            recorder.wait_messages(1)
            assert recorder.bodies() == [b"<1/>"]
            assert not recorder.gaps


def streams(recorder: Recorder) -> list[LinkFacts]:
    """Return the links that receive from a queue."""
    return [link for link in recorder.peers[-1].links if link.receives and link.address.startswith("/queues")]


@pytest.mark.parametrize(("version", "domain"), [("4.0.5", "queues/kept"), ("4.3.0", "org.clacks")])
def test_elsewhere_the_query_runs_here(version: str, domain: str) -> None:
    with played_broker(BrokerSettings(port=0, kind=BrokerKind.RABBITMQ, version=version)) as broker:
        node_of(broker.nodes).declare("kept", "", {"x-queue-type": "stream"})
        with connection(replace(from_url(broker.url)[0], domain=domain)) as (made, recorder):
            made.subscribe(QUERY, can_be_here=True, portable=compile_query(QUERY).portable)
            recorder.wait(lambda: recorder.last.subscription == QUERY, "the filter")
            assert (recorder.last.filter_place, recorder.last.asked_here) == (FilterPlace.HERE, (QUERY,))


def test_a_queue_that_does_not_confirm_the_filter_is_filtered_here() -> None:
    with played_broker(BrokerSettings(port=0, kind=BrokerKind.RABBITMQ)) as broker:
        node_of(broker.nodes).declare("own", "", {})
        settings = replace(from_url(broker.url)[0], domain="queues/own", consumes=True)
        with connection(settings) as (made, recorder):
            made.subscribe(QUERY, can_be_here=True, portable=compile_query(QUERY).portable)
            recorder.wait(lambda: recorder.last.subscription == QUERY, "the filter")
            assert recorder.last.filter_place is FilterPlace.HERE


def send(settings: ConnectionSettings) -> None:
    """Send four events, of which the second matches."""
    with connection(settings, receiving=False) as (made, sent):
        for number, (a, b) in enumerate([("here", "x"), ("here", "prefix"), ("there", "prefix"), ("", "")]):
            made.send(f"<{number}/>".encode(), properties={"a": a, "b": b})
        sent.wait(lambda: len(sent.results) == 4, "the outcomes")
