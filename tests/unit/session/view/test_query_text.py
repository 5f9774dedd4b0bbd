"""Queries made from values that a user points at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.session.view.query_text import (
    MAX_LITERAL,
    How,
    Join,
    literal,
    split_prolog,
    too_long,
    type_query,
    value_query,
)
from clacks_monitor.xquery import MatchOutcome, compile_query


def event(status: str) -> bytes:
    text = status.replace("&", "&amp;").replace("<", "&lt;")
    return (
        f'<Event xmlns="{EVENT_NAMESPACE}"><PhoneStatus kind="a"><CallerId>1</CallerId><Status>{text}</Status>'
        "</PhoneStatus></Event>"
    ).encode()


STATUS = ("Event", "PhoneStatus", "Status")


def shows(query: str, body: bytes) -> bool:
    verdict = compile_query(query).matches(body)
    assert verdict.outcome is not MatchOutcome.ERROR, verdict
    return verdict.outcome is MatchOutcome.MATCH


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


@pytest.mark.parametrize(
    ("base", "same"),
    [
        ("declare namespace e = 'http://www.gonicus.de/Events';\n./e:Event/e:Other or\n./e:Event/e:PhoneStatus", True),
        ("some $x in ./*:Event satisfies name($x) = 'Event'", True),
        ("if (./*:Event/*:PhoneStatus) then true() else false()", True),
        ("./*:Event, ./*:Event/*:Nothing", True),
        ("./*:Event/*:PhoneStatus (: or :)", True),
        ("xquery version '3.1'; declare variable $u external := 1;\n./*:Event", True),
        ("declare namespace f='urn:other';\nnot(./f:Event)", True),
        ("declare default element namespace 'http://www.gonicus.de/Events'; ./Event", True),
        ("./*:Event/*:Nothing", False),
    ],
)
def test_and_narrows_whatever_was_there(base: str, same: bool) -> None:
    both = value_query(STATUS, "busy", How.EQUALS, base, Join.AND)
    assert shows(both, event("busy")) is same
    assert not shows(both, event("free"))


def test_the_prefixes_that_are_there_are_used() -> None:
    base = "declare namespace e='http://www.gonicus.de/Events';\n./e:Event/e:ClientPoll"
    assert value_query(STATUS, "busy", How.NOT, base, Join.OR) == (
        "declare namespace e='http://www.gonicus.de/Events';\n"
        "./e:Event/e:ClientPoll\n  or not(./e:Event/e:PhoneStatus/e:Status = 'busy')"
    )


FOREIGN = (
    b'<Event xmlns="http://www.gonicus.de/Events"><o:Alarm xmlns:o="urn:a&amp;b" o:kind="x" plain="y">'
    b'<Bare xmlns="">7</Bare><o:Level xml:lang="de">high</o:Level></o:Alarm></Event>'
)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("Event", "{urn:a&b}Alarm", "{urn:a&b}Level"), "high"),
        (("Event", "{urn:a&b}Alarm", "{}Bare"), "7"),
        (("Event", "{urn:a&b}Alarm", "@{urn:a&b}kind"), "x"),
        (("Event", "{urn:a&b}Alarm", "@plain"), "y"),
        (("Event", "{*}Alarm", "{*}Level"), "high"),
        (("Event", "{urn:a&b}Alarm", "{urn:a&b}Level", "@{http://www.w3.org/XML/1998/namespace}lang"), "de"),
    ],
)
@pytest.mark.parametrize("base", ["", "declare default element namespace 'urn:a&amp;b'; true()"])
def test_names_of_other_namespaces_and_of_none_are_found(path: tuple[str, ...], value: str, base: str) -> None:
    query = value_query(path, value, How.EQUALS, base, Join.AND)
    assert shows(query, FOREIGN)
    assert not shows(value_query(path, "other", How.EQUALS, base, Join.AND), FOREIGN)
    assert shows(value_query(path, "", How.EXISTS, base, Join.AND), FOREIGN)
    assert not shows(value_query(path, "", How.MISSING, base, Join.AND), FOREIGN)


def test_types_are_joined_with_what_is_there() -> None:
    only = type_query("PhoneStatus")
    assert only.endswith("./f:Event/f:PhoneStatus")
    both = type_query("ClientPoll", wanted=False, base=only, join=Join.OR)
    assert both.count("declare namespace") == 1
    assert both.endswith("./f:Event/f:PhoneStatus\n  or not(./f:Event/f:ClientPoll)")


@pytest.mark.parametrize("how", How)
@pytest.mark.parametrize("join", Join)
def test_what_the_menus_make_is_fast_and_runs_in_the_broker(how: How, join: Join) -> None:
    base = "declare namespace e='http://www.gonicus.de/Events';\n./e:Event/e:Other or\n./e:Event/e:PhoneStatus"
    for path in (STATUS, ("Event", "PhoneStatus", "@kind"), ("Event", "{urn:a}b", "{}c")):
        query = compile_query(value_query(path, "it's <&>", how, base, join))
        assert query.explain().startswith("Fast path")
        assert query.broker_would_refuse is None


XML_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r", categories=("L", "N", "P", "S", "Zs")))


@given(value=XML_TEXT, other=XML_TEXT)
def test_equal_is_equal_whatever_the_characters(value: str, other: str) -> None:
    root = etree.Element(f"{{{EVENT_NAMESPACE}}}Event")
    phone = etree.SubElement(root, f"{{{EVENT_NAMESPACE}}}PhoneStatus")
    etree.SubElement(phone, f"{{{EVENT_NAMESPACE}}}Status").text = value
    body = etree.tostring(root, encoding="utf-8")
    assert shows(value_query(STATUS, other, How.EQUALS), body) is (value == other)
    assert shows(value_query(STATUS, other, How.NOT), body) is (value != other)
    assert shows(value_query(STATUS, other, How.CONTAINS), body) is (other in value)


def test_the_prolog_ends_where_it_ends() -> None:
    text = "declare namespace f='a;b'; (: ; :) declare variable $x external; f:a[. = ';']"
    prolog, body = split_prolog(text)
    assert body == "f:a[. = ';']"
    assert prolog + body == text


def test_a_literal_is_escaped() -> None:
    assert literal("a'b&c\r") == "'a''b&amp;c&#13;'"


LONG = "it's " * 2_000_000


@pytest.mark.parametrize("how", How)
def test_a_query_from_a_value_without_end_is_short_and_finds_it(how: How) -> None:
    query = value_query(STATUS, LONG, how)
    assert len(query) < 2 * MAX_LITERAL
    assert shows(query, event(LONG[:5_000])) is (how not in {How.NOT, How.MISSING})
    assert shows(query, event("other")) is (how in {How.NOT, How.EXISTS})


def test_a_path_without_end_is_told() -> None:
    assert not too_long(("Event", "PhoneStatus", "Status"))
    assert too_long(("Event", *(["Name" * 10] * 256)))


def test_a_prefix_that_is_taken_gets_a_number() -> None:
    base = "declare namespace f='urn:f'; declare namespace f2='urn:f2'; declare namespace g='urn:g'; true()"
    query = value_query(("Event", "{urn:new}Alarm", "{urn:f}Level"), "", How.EXISTS, base, Join.AND)
    assert query.endswith("true()\n  and ./f3:Event/g2:Alarm/f:Level")
    assert query.startswith(f"declare namespace f3='{EVENT_NAMESPACE}';\ndeclare namespace g2='urn:new';\n")
    plain = value_query(("Event", "{urn:a}A", "{urn:b}B"), "", How.EXISTS, "declare namespace f='urn:x'; 1", Join.OR)
    assert plain.endswith("1\n  or ./f2:Event/g:A/g2:B")


def test_the_first_of_two_prefixes_of_a_namespace_is_used() -> None:
    base = "declare namespace a='urn:x'; declare namespace b='urn:x'; true()"
    assert value_query(("{urn:x}E",), "", How.EXISTS, base, Join.AND).endswith("./a:E")
    commented = "declare namespace a='urn:x'; (: declare namespace b='urn:y'; :) true()"
    assert "declare namespace g='urn:y';" in value_query(("{urn:y}E",), "", How.EXISTS, commented, Join.AND)


@pytest.mark.parametrize(
    ("body", "join", "shown"),
    [
        ("a and b", Join.AND, "a and b"),
        ("a and b", Join.OR, "(a and b)"),
        ("a or b", Join.AND, "(a or b)"),
        ("a, b", Join.AND, "(a, b)"),
        (" order ", Join.AND, "order"),
        ("band", Join.OR, "band"),
        ("", Join.AND, ""),
    ],
)
def test_what_binds_less_tightly_stands_in_parentheses(body: str, join: Join, shown: str) -> None:
    query = value_query(("Event",), "", How.EXISTS, f"declare namespace f='{EVENT_NAMESPACE}'; {body}", join)
    before = query.partition("\n  ")[0].partition("; ")[2].lstrip()
    assert before == shown or (not body and query.endswith("; \n  and ./f:Event"))


@pytest.mark.parametrize(("length", "long"), [(MAX_LITERAL, False), (MAX_LITERAL + 1, True)])
def test_a_value_is_compared_whole_up_to_a_length(length: int, long: bool) -> None:
    query = value_query(STATUS, "x" * length, How.EQUALS)
    assert ("[starts-with(" in query) is long
    assert query.count("x") == MAX_LITERAL + query.count("x", 0, query.index("'x"))
    assert ("[starts-with(" in value_query(STATUS, "x", How.STARTS), MAX_LITERAL) == (True, 1_000)


@pytest.mark.parametrize(("length", "long"), [(2_000, False), (2_001, True)])
def test_a_path_is_too_long_from_a_length_on(length: int, long: bool) -> None:
    assert too_long(("x" * (length - 5), "Event")) is long


@pytest.mark.parametrize(
    ("query", "prolog"),
    [
        ("true()", ""),
        ("declare namespace a='x';\n  true()", "declare namespace a='x';\n  "),
        ("declare namespace a='x'; 'declare; y'", "declare namespace a='x'; "),
        ("declare namespace a='x';(: (: ; :) ; :)declare namespace b='\"';b:c", None),
        ("xquery version '3.1'; true()", "xquery version '3.1'; "),
        ("import module namespace m='m'; m:x()", "import module namespace m='m'; "),
        ("a;b", ""),
    ],
)
def test_where_the_prolog_ends(query: str, prolog: str | None) -> None:
    expected = prolog if prolog is not None else query[: query.index("b:c")]
    assert split_prolog(query) == (expected, query[len(expected) :])


@pytest.mark.parametrize("value", ["org/bus", "it's", "a&b", ""])
def test_a_property_is_compared_as_text_and_counts_as_empty_where_there_is_none(value: str) -> None:
    def found(how: How, properties: dict[str, str | bool | int]) -> bool:
        result = compile_query(value_query(("$topic",), value, how)).matches(event("busy"), properties)
        assert result.outcome is not MatchOutcome.ERROR, result
        return result.outcome is MatchOutcome.MATCH

    assert found(How.EQUALS, {"topic": value})
    assert not found(How.EQUALS, {"topic": "other"})
    assert not found(How.NOT, {"topic": value})
    assert found(How.NOT, {"topic": "other"})
    assert found(How.CONTAINS, {"topic": f"1{value}2"})
    assert found(How.STARTS, {"topic": f"{value}2"})
    assert found(How.EXISTS, {"topic": "x"})
    assert not found(How.EXISTS, {})
    assert found(How.MISSING, {})
    assert found(How.EQUALS, {}) == (value == "")


def test_numbers_and_truth_values_of_properties_are_compared_by_their_texts() -> None:
    for name, text, value in (("qos", "1", 1), ("retained", "true", True), ("x", "1.5", 1.5)):
        query = compile_query(value_query((f"${name}",), text, How.EQUALS))
        assert query.matches(event("busy"), {name: value}).outcome is MatchOutcome.MATCH


def test_a_property_is_declared_once_and_behind_namespaces() -> None:
    base = value_query(STATUS, "busy", How.EQUALS)
    both = value_query(("$topic",), "a", How.EQUALS, base, Join.AND)
    again = value_query(("$topic",), "b", How.NOT, both, Join.AND)
    assert again.count("declare variable $topic") == 1
    results = [compile_query(again).matches(event("busy"), {"topic": topic}).outcome for topic in ("a", "b")]
    assert results == [MatchOutcome.MATCH, MatchOutcome.NO_MATCH]
    own = "declare variable $topic external;\n$topic = 'a'"
    joined = value_query(("$top",), "x", How.NOT, own, Join.AND)
    assert joined.count("declare variable $top ") == 1
    assert compile_query(joined).matches(event("busy"), {"topic": "a"}).outcome is MatchOutcome.MATCH
