"""Queries made from values that a user points at."""

from __future__ import annotations

import pytest

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.session.queries import How, Join, literal, remedy, split_prolog, type_query, value_query
from clacks_monitor.xquery import Outcome, QueryError, compile_query


def event(status: str) -> bytes:
    text = status.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<Event xmlns="{EVENT_NAMESPACE}"><PhoneStatus kind="a"><CallerId>1</CallerId><Status>{text}</Status>'
        "</PhoneStatus></Event>"
    ).encode()


STATUS = ("Event", "PhoneStatus", "Status")


def shows(query: str, body: bytes) -> bool:
    verdict = compile_query(query).matches(body)
    assert verdict.outcome is not Outcome.ERROR, verdict
    return verdict.outcome is Outcome.MATCH


@pytest.mark.parametrize("value", ["busy", "it's", 'say "x"', "a&b", "<x>", "ä→"])
def test_equals_not_and_contains(value: str) -> None:
    assert shows(value_query(STATUS, value, How.EQUALS), event(value))
    assert not shows(value_query(STATUS, value, How.NOT), event(value))
    assert shows(value_query(STATUS, value, How.CONTAINS), event(f"now {value}!"))
    assert not shows(value_query(STATUS, value, How.EQUALS), event("other"))
    assert shows(value_query(STATUS, value, How.NOT), event("other"))
    assert not shows(value_query(STATUS, value, How.CONTAINS), event("other"))


def test_an_attribute() -> None:
    query = value_query(("Event", "PhoneStatus", "@kind"), "a", How.EQUALS)
    assert shows(query, event("x"))
    assert not shows(query.replace("'a'", "'b'"), event("x"))


@pytest.mark.parametrize(
    "base",
    [
        type_query("PhoneStatus"),
        "declare namespace f='http://www.gonicus.de/Events';\nlet $e := ./f:Event return $e/f:PhoneStatus",
        "declare namespace g='http://www.gonicus.de/Events'; ./g:Event/g:PhoneStatus or ./g:Event/g:Other",
    ],
)
def test_and_or_keep_what_the_base_says(base: str) -> None:
    both = value_query(STATUS, "busy", How.EQUALS, base, Join.AND)
    assert shows(both, event("busy"))
    assert not shows(both, event("free"))
    either = value_query(STATUS, "busy", How.EQUALS, base.replace("PhoneStatus", "Missing"), Join.OR)
    assert shows(either, event("busy"))
    assert not shows(either, event("free"))


def test_the_prolog_ends_where_it_ends() -> None:
    text = "declare namespace f='a;b'; (: ; :) declare variable $x external; f:a[. = ';']"
    prolog, body = split_prolog(text)
    assert body == "f:a[. = ';']"
    assert prolog + body == text


def test_a_literal_is_escaped() -> None:
    assert literal("a'b&c") == "'a''b&amp;c'"


@pytest.mark.parametrize(
    ("query", "prefix"),
    [
        ("./f:Event/f:PhoneStatus", "f"),
        ("xquery version '3.1';\n./ev:Event", "ev"),
        ("./*:Event\n  /g-1:PhoneStatus[true()]", "g-1"),
        ("declare namespace f='http://www.gonicus.de/Events'; ./f:Event/e:PhoneStatus", "e"),
    ],
)
def test_a_prefix_that_is_not_declared_can_be_mended(query: str, prefix: str) -> None:
    with pytest.raises(QueryError) as raised:
        compile_query(query)
    found = remedy(query, raised.value)
    assert found is not None
    assert found.prefix == prefix
    assert f"declare namespace {prefix}='http://www.gonicus.de/Events';" in found.query
    compile_query(found.query)


@pytest.mark.parametrize("query", ["./*:Event[", "1 +", "unknown()"])
def test_other_errors_have_no_remedy(query: str) -> None:
    with pytest.raises(QueryError) as raised:
        compile_query(query)
    assert remedy(query, raised.value) is None


def test_a_good_query_needs_no_remedy() -> None:
    assert remedy("true()", None) is None
