"""A query as the session uses it: results, properties, needs, limits, threads."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor.xquery import Document, Limits, MatchOutcome, QueryError, QuerySet, compile_query

NS = "declare namespace f='http://www.gonicus.de/Events'; "
EVENT = b"<Event xmlns='http://www.gonicus.de/Events'><PhoneStatus><Status>busy</Status></PhoneStatus></Event>"


@pytest.mark.parametrize(
    ("query", "outcome"),
    [
        (NS + "let $e := ./f:Event return $e/f:PhoneStatus", MatchOutcome.MATCH),
        (NS + "./f:Event/f:Other", MatchOutcome.NO_MATCH),
        ("1, 2", MatchOutcome.ERROR),
        ("0", MatchOutcome.NO_MATCH),
        ("''", MatchOutcome.NO_MATCH),
    ],
)
def test_the_effective_boolean_value_decides(query: str, outcome: MatchOutcome) -> None:
    assert compile_query(query).matches(EVENT).outcome is outcome


def test_properties_are_external_variables() -> None:
    query = compile_query("declare variable $user external; declare variable $on external; "
                          "$user = 'anna' and $on = 1")  # fmt: skip
    assert query.requirements.externals == {"user", "on"}
    assert query.matches(EVENT, {"user": "anna", "on": True}).matches
    missing = query.matches(EVENT, {"user": "anna"})
    assert missing.code == "XPDY0002"


def test_an_unused_external_without_property_is_an_error() -> None:
    assert compile_query("declare variable $x external; true()").matches(EVENT).code == "XPDY0002"


def test_a_body_nobody_looks_at_may_be_anything() -> None:
    assert compile_query("true()").matches(b"no xml").matches
    assert not compile_query("true()").requirements.body
    assert compile_query("exists(/*)").matches(b"no xml").code == "FODC0006"


def test_a_doctype_is_an_error() -> None:
    body = b"<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"
    assert compile_query("exists(/*)").matches(body).code == "FODC0006"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("./f:Event/f:A", {"A"}),
        ("let $e := ./f:Event return $e/f:A or $e/f:B", {"A", "B"}),
        ("for $e in /f:Event/f:A where $e/f:x = '1' return $e", {"A"}),
        ("exists(./f:Event/f:A[f:x])", {"A"}),
        ("not(./f:Event/f:A)", None),
        ("//f:A", None),
        ("./f:Event/*", None),
        ("true()", None),
    ],
)
def test_the_event_names_a_query_can_match(query: str, names: set[str] | None) -> None:
    assert compile_query(NS + query).requirements.event_names == names


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("1 ! .", (1, 3)),
        ("1,\n switch (1) case 1 return 1 default return 2", (2, 2)),
        ("for $x in 1 group by $x return $x", (1, 13)),
        ("head(1)", (1, 1)),
        ("map { }", (1, 1)),
    ],
)
def test_what_the_broker_would_refuse(query: str, place: tuple[int, int]) -> None:
    refusal = compile_query(query).broker_would_refuse
    assert refusal is not None
    assert (refusal.line, refusal.column) == place


def test_the_broker_takes_xquery_1() -> None:
    query = NS + "for $x in //f:Status order by $x return <a>{upper-case($x)}</a>"
    assert compile_query(query).broker_would_refuse is None


@pytest.mark.parametrize(
    "query",
    [
        "declare function local:f($n) { local:f($n + 1) + 1 }; local:f(1)",
        "sum(for $x in 1 to 1000000000 return 1)",
        "string-join(for $x in 1 to 4000000 return 'abcdefghij', '')",
        "let $a := 1 to 10000000 return count(reverse(($a, $a)))",
        "for $x in 1 to 100000, $y in 1 to 100000 where $x = -1 return 1",
    ],
)
def test_hostile_queries_are_stopped(query: str) -> None:
    result = compile_query(query).matches(EVENT, limits=Limits(seconds=0.5))
    assert result.code.startswith("CLACKS")


def test_a_limit_cannot_be_caught() -> None:
    query = compile_query("try { count(for $x in 1 to 100000000 return 1) } catch * { 1 }")
    assert query.matches(EVENT, limits=Limits(seconds=0.2)).code.startswith("CLACKS")


def test_long_ranges_cost_nothing() -> None:
    query = compile_query("count(1 to 1000000000), (1 to 1000000000)[5], 7 = 1 to 1000000000")
    assert query.evaluate(EVENT) == [1000000000, 5, True]


@pytest.mark.parametrize("text", ["(" * 10000 + ")" * 10000, "<a>" * 5000, "-" * 10000 + "1",
                                  "[" * 3000, "1" + "+1" * 3000, "(:" * 5000])  # fmt: skip
def test_deep_nesting_is_an_error_or_works(text: str) -> None:
    try:
        compile_query(text)
    except QueryError as error:
        assert error.line == 1  # both ways are right


def test_several_threads_share_a_query_and_a_document() -> None:
    query = compile_query(NS + "let $s := //f:Status for $x in 1 to 200 where $s = 'busy' return $x")
    document = Document(EVENT)
    results: list[int] = []

    def work() -> None:
        results.extend(len(query.evaluate(document)) for _ in range(20))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [200] * 80


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="()[]{}<>/$.,:;'\"=+-*|!?@#%&abfor let in return declare 019\n", max_size=60))
def test_random_text_raises_only_query_errors(text: str) -> None:
    try:
        compile_query(text).matches(EVENT, limits=Limits(seconds=1))
    except QueryError as error:
        assert error.line is not None  # most texts are no queries


def test_a_number_beyond_all_doubles_in_an_event_is_no_surprise() -> None:
    event = b"<e>1" + b"0" * 400 + b"</e>"
    for text, outcome in (
        ("xs:integer(e) * 1e0 > 5", MatchOutcome.MATCH),
        ("xs:integer(e) = 5e0", MatchOutcome.NO_MATCH),
    ):
        query = compile_query(text)
        assert query.matches(event).outcome is outcome
        assert QuerySet([query]).evaluate(event)[0].outcome is outcome


def test_the_result_is_text_as_the_query_asks_for() -> None:
    assert compile_query("<a b='1'>{1, 2}</a>").serialize(b"<e/>") == '<a b="1">1 2</a>'
    prolog = (
        "declare namespace output='http://www.w3.org/2010/xslt-xquery-serialization'; declare option output:method '"
    )
    assert compile_query(prolog + "json'; map {'a': (true())}").serialize(b"<e/>") == '{"a":true}'
    with pytest.raises(QueryError) as refused:
        compile_query(prolog + "json';\n (1,\n 2)").serialize(b"<e/>")
    assert (refused.value.code, refused.value.line) == ("SERE0023", 1)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("1,\n  (<a/>, 2)/a", "XPTY0019", 2, 12),
        ("for $x in 1\n group by $k := (1, 2) return $k", "XPTY0004", 2, 2),
    ],
)
def test_an_error_while_it_runs_has_its_place(text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(QueryError) as refused:
        list(compile_query(text).evaluate(b"<e/>"))
    assert (refused.value.code, refused.value.line, refused.value.column) == (code, line, column)
