"""The fast path decides as the general engine does, and says why where there is none."""

from __future__ import annotations

import threading
from collections import Counter

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from clacks_monitor.xquery import Document, MatchOutcome, MatchResult, Query, QueryError, compile_query
from clacks_monitor.xquery.evaluation.conversion import effective_boolean_value
from clacks_monitor.xquery.fastpath.fast_query import INLINE_WORK, is_inline
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.namespaces import CODEPOINT
from tests.helpers.effort import effort
from tests.helpers.random_queries import PROLOG, PROPERTIES, bodies, events, queries

XML = b'<a xmlns="urn:e"><b>x</b><b>y</b><c k="1">x</c><!--n--></a>'
DEADLINE = Limits(seconds=5)


def general(query: Query, document: Document, properties: dict[str, str]) -> MatchOutcome:
    """Ask the engine, never the fast path."""
    try:
        found = query._program.boolean(document, properties, DEADLINE)
    except QueryError:
        return MatchOutcome.ERROR
    return MatchOutcome.MATCH if found else MatchOutcome.NO_MATCH


def fast(text: str, body: bytes = XML, **properties: str) -> MatchResult | None:
    query = compile_query("declare namespace e='urn:e'; " + text)
    assert query.fast is not None, query.explain()
    return query.fast.matches(Document(body), properties)


def test_random_queries_get_the_same_result_both_ways() -> None:
    results: Counter[MatchOutcome | None] = Counter()

    @effort(100)
    @given(queries, st.lists(events(), min_size=1, max_size=4))
    def both_ways(text: str, bodies: list[bytes]) -> None:
        query = compile_query(text)
        for body in bodies:
            document = Document(body)
            result = query.fast.matches(document, PROPERTIES) if query.fast else None
            results[result.outcome if result else None] += 1
            if query.fast:
                assert result is not None
                assert result.outcome is general(query, document, PROPERTIES), (text, body)

    both_ways()
    assert results[MatchOutcome.MATCH], results
    assert results[MatchOutcome.NO_MATCH], results


@effort(100)
@given(bodies, events())
def test_truth_without_the_whole_value_is_the_same(text: str, body: bytes) -> None:
    query = compile_query(PROLOG + text)
    document = Document(body)
    try:
        whole = effective_boolean_value(query._program.run(document, PROPERTIES, DEADLINE))
    except QueryError:
        event("error")  # which need not be met when less is evaluated
        return
    assert query._program.boolean(document, PROPERTIES, DEADLINE) is whole


@pytest.mark.parametrize(
    ("text", "matches"),
    [
        ("let $e := ./e:a return $e/e:b", True),
        ("e:a/e:c or e:a/e:z", True),
        ("b", False),
        (".", True),
        ("..", False),
        ("/e:a/e:b = 'y'", True),
        ("/e:a/e:b != 'x'", True),
        ("/*[@k]", False),
        ("//e:b[2] = 'y'", True),
        ("(//e:b)[last()] = 'y'", True),
        ("//*[position() = 3]/@k = '1'", True),
        ("count(/e:a/*) = 3", True),
        ("some $x in //e:b satisfies $x = 'y'", True),
        ("every $x in //e:b satisfies $x = 'y'", False),
        ("for $x in //e:b where $x = 'y' return $x", True),
        ("let $x := //e:b let $y := //e:c return $x = $y", True),
        ("contains(/e:a, 'xy')", True),
        ("contains((//e:b)[1], 'y')", False),
        ("if (//e:z) then //e:b else ()", False),
        ("(//e:z, //e:b)", True),
        ("/e:a/(e:z|e:c)/@k", True),
        ("//comment()[. = 'n']", True),
        ("//e:b = 'it''s \"both\"'", False),
        ("declare default element namespace 'urn:e'; a/b", True),
        ("true() and not(false())", True),
    ],
)
def test_the_subset(text: str, *, matches: bool) -> None:
    result = fast(text)
    assert result is not None
    assert result.matches is matches


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("//e:b < 'y'", "depends on the types"),
        ("//e:b != 1", "compare otherwise"),
        ("contains(//e:b, 'x')", "several nodes"),
        ("/e:a/e:b eq 'x'", "several nodes"),
        ("//e:b = true()", "compare otherwise"),
        ("//e:b + 1", "Arithmetic goes"),
        ("for $x in //e:b order by $x return $x", "order by"),
        ("for $x at $i in //e:b return $x", "position"),
        ("count(//e:b)", "truth of a number"),
        ("//e:b[string-length(.)]", "truth of a number"),
        ("declare variable $x as xs:integer external; 1 = $x", "has to be checked"),
        ("let $x as element() := e:a return $x", "has to be checked"),
        (f"declare default collation '{CODEPOINT}'; //e:b = 'x'", "collation"),
        ("some $x in //e:b satisfies e:a[. = $x]", "inside a further predicate"),
        ("for $x in //e:b return true()", "true() goes"),
        ("//e:b/upper-case(.) = 'X'", "as a step"),
        ("declare function local:f() { 1 }; local:f()", "goes the general way"),
        ("//@k/following::*", "following axis"),
        ("()  = false()", "compare otherwise"),
    ],
)  # fmt: skip
def test_what_is_not_provable_says_why(text: str, reason: str) -> None:
    query = compile_query("declare namespace e='urn:e'; " + text)
    assert query.fast is None
    assert reason in query.explain()
    assert "line 1, column" in query.explain()


def test_explain_shows_the_expression() -> None:
    assert "/child::a" in compile_query("/a").explain()


def test_properties_that_are_no_strings_go_the_general_way() -> None:
    query = compile_query("declare variable $n external; $n = 'a'")
    assert query.fast is not None
    document = Document(b"<a/>")
    assert query.fast.matches(document, {"n": "a"}) == query.matches(document, {"n": "a"})
    assert query.fast.matches(document, {"n": 1}) is None
    assert query.fast.matches(document, {}) is None
    assert query.matches(document, {}).outcome is MatchOutcome.ERROR
    assert query.fast.matches(document, {"n": "\x00"}) is None


def test_a_body_that_nobody_looks_at_may_be_anything() -> None:
    assert compile_query("true()").matches(b"no xml").matches
    refused = compile_query("/a").matches(b"<!DOCTYPE a><a/>")
    assert (refused.outcome, refused.code) == (MatchOutcome.ERROR, "FODC0006")


def test_one_query_serves_several_threads() -> None:
    query = compile_query("//b[. = 'x']/@k = 'y'")
    wrong: list[bool] = []

    def ask(key: str) -> None:
        document = Document(f"<a><b k='{key}'>x</b></a>".encode())
        wrong.extend(True for _ in range(300) if query.matches(document).matches is not (key == "y"))

    threads = [threading.Thread(target=ask, args=(key,)) for key in "xyz"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize("text", ["//a//b//c", "//a[//b[//c]]", "//a[. = //b]", "//a[..//b]"])
def test_work_that_can_grow_too_far_is_not_done_inline(text: str) -> None:
    query = compile_query(text)
    assert query.fast is not None
    assert query.fast.degree >= 2
    assert not is_inline(Document(b"<a>" + b"<b/>" * 5_000 + b"</a>"), query.fast.degree)
    assert is_inline(Document(b"<a><b/></a>"), query.fast.degree)


def test_plain_scans_of_large_events_stay_inline() -> None:
    query = compile_query("//a/b = 'x'")
    assert query.fast is not None
    assert is_inline(Document(b"<a>" + b"<b/>" * 50_000 + b"</a>"), query.fast.degree)
    assert INLINE_WORK >= 1_000_000


def test_the_generator_reaches_what_it_should() -> None:
    assert compile_query(PROLOG + "//e:a[e:b = $color]").fast is not None
