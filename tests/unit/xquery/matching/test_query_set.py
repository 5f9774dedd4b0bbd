"""Sets of queries: the same results as one by one, with one parse, in whichever way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.xquery import Document, Guard, Limits, MatchOutcome, QuerySet, compile_query
from clacks_monitor.xquery.errors import TOO_SLOW
from clacks_monitor.xquery.matching import query_set as query_set_module
from tests.helpers.effort import effort
from tests.helpers.random_queries import PROPERTIES, events, queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.xquery import MatchResult, Query

PROLOG = "declare namespace e='urn:e'; "
TEXTS = [
    "let $e := ./e:Event return $e/e:Phone",
    "./e:Event/e:Phone/e:Status = 'busy'",
    "./e:Event/e:Node",
    "declare variable $color external; $color = 'red'",
    "declare variable $color external; ./e:Event/e:Phone and $color = 'red'",
    "declare variable $n external; $n > 3",
    "true()",
    "for $s in //e:Status order by $s return $s",
    "//e:Status + 1",
    "//*[.//*[.//*]]",
    "//comment()",
]
EVENTS = [
    b'<Event xmlns="urn:e"><Phone><Status>busy</Status></Phone></Event>',
    b'<Event xmlns="urn:e"><Phone><Status>4</Status><!--x--></Phone></Event>',
    b'<Event xmlns="urn:e"><Node/></Event>',
    b'<Event xmlns="urn:e"><!--only--></Event>',
    b'<Event xmlns="urn:e"><Node/><Phone/></Event>',
    b'<Event xmlns="urn:other"><Phone><Status>busy</Status></Phone></Event>',
    b"<Event/>",
    b"no xml at all",
    b"<!DOCTYPE Event><Event/>",
    b"",
    '<?xml version="1.0" encoding="utf-16"?><Event xmlns="urn:e"><Phone/></Event>'.encode("utf-16"),
    b'<Event xmlns="urn:e"><Phone>' + b"<Status>busy</Status>" * 500 + b"</Phone></Event>",
]
BAGS: list[dict[str, str | int | float | bool]] = [
    {}, {"color": "red", "n": 5}, {"color": "blue", "n": 1}, {"color": 3, "n": "x"},
]  # fmt: skip


@pytest.fixture(scope="module")
def compiled() -> list[Query]:
    return [compile_query(PROLOG + text) for text in TEXTS]


@pytest.fixture
def guard() -> Iterator[Guard]:
    with Guard() as guard:
        yield guard


def one_by_one(queries: Sequence[Query], body: bytes, bag: dict[str, str | int | float | bool]) -> list[MatchResult]:
    return [query.matches(body, bag) for query in queries]


@pytest.mark.parametrize("body", EVENTS, ids=range(len(EVENTS)))
def test_a_set_decides_as_its_queries_do(compiled: list[Query], body: bytes) -> None:
    together = QuerySet(compiled)
    for bag in BAGS:
        expected = one_by_one(compiled, body, bag)
        assert together.evaluate(body, bag) == expected
        assert together.evaluate(Document(body), bag) == expected
        assert together.evaluate_many([(body, bag)] * 2) == [expected] * 2
    for query in compiled:
        assert QuerySet([query]).evaluate(body, BAGS[1]) == [query.matches(body, BAGS[1])]


def test_with_a_guard_the_results_are_the_same(compiled: list[Query], guard: Guard) -> None:
    together = QuerySet(compiled, guard=guard)
    everything = [(body, bag) for body in EVENTS for bag in BAGS]
    expected = [one_by_one(compiled, body, bag) for body, bag in everything]
    assert together.evaluate_many(everything) == expected
    assert [together.evaluate(body, bag) for body, bag in everything] == expected
    assert [together.evaluate(Document(body), bag) for body, bag in everything] == expected


@effort(40)
@given(st.lists(queries, min_size=1, max_size=5), st.lists(events(), min_size=1, max_size=3))
def test_random_sets(texts: list[str], bodies: list[bytes]) -> None:
    compiled = [compile_query(text) for text in texts]
    together = QuerySet(compiled)
    for body in bodies:
        expected = [query.matches(body, PROPERTIES).outcome for query in compiled]
        assert [v.outcome for v in together.evaluate(body, PROPERTIES)] == expected


def test_queries_for_other_types_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = compile_query(PROLOG + "./e:Event/e:Node/e:Load < 5")
    assert asked.requirements.event_names == frozenset({"Node"})
    assert asked.fast is None
    monkeypatch.setattr(type(asked), "matches", lambda *_: pytest.fail("it cannot match"))
    assert QuerySet([asked]).evaluate(EVENTS[0])[0].outcome is MatchOutcome.NO_MATCH


def test_large_events_go_to_the_worker(guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_set_module, "INLINE_BYTES", 1_000)
    query = compile_query(PROLOG + "//e:Status = 'busy'")
    together = QuerySet([query], guard=guard)
    assert together.evaluate(EVENTS[0])[0].matches
    assert guard.pid is None
    assert together.evaluate(EVENTS[-1])[0].matches
    assert guard.pid is not None


def test_a_shape_that_grows_too_far_goes_to_the_worker() -> None:
    query = compile_query("//a[.//a[.//a[.//a[@x]]]]")
    assert query.fast is not None
    deep = b"<a>" * 200 + b"</a>" * 200
    wide = b"<a>" + deep * 20 + b"</a>"
    with Guard(seconds=0.05) as guard:
        together = QuerySet([query], guard=guard)
        assert together.evaluate(b"<a><a/></a>")[0].outcome is MatchOutcome.NO_MATCH
        assert guard.pid is None
        result = together.evaluate(wide)[0]
        assert (result.outcome, result.code) == (MatchOutcome.ERROR, TOO_SLOW)


def test_without_a_guard_there_is_still_a_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query_set_module, "UNGUARDED", Limits(seconds=0.05))
    endless = compile_query("every $x in 1 to 1000000000 satisfies $x > 0")
    result = QuerySet([endless]).evaluate(EVENTS[0])[0]
    assert (result.outcome, result.code) == (MatchOutcome.ERROR, TOO_SLOW)


def test_an_empty_set() -> None:
    assert QuerySet([]).evaluate(EVENTS[0]) == []
    assert QuerySet([]).evaluate_many([(EVENTS[0], {}), (b"", {})]) == [[], []]


@pytest.mark.parametrize(
    ("body", "doctype"),
    [
        (b"<Event/>", False),
        (b"<!DOCTYPE Event><Event/>", True),
        (b" <!DOCTYPE Event><Event/>", True),
        (b"<!-- x --><!DOCTYPE Event><Event/>", True),
        (b"<?xml version='1.0'?><!DOCTYPE Event><Event/>", True),
        (b"<?xml version='1.0' encoding='UTF-7'?>+ADw-!DOCTYPE Event+AD4-<Event/>", True),
        ("<!DOCTYPE Event><Event/>".encode("utf-16"), True),
        ("<!DOCTYPE Event><Event/>".encode("utf-16-le"), True),
        (b"\xef\xbb\xbf<!DOCTYPE Event><Event/>", True),
        (b"<?x y?><Event/>", False),
    ],
)
def test_a_doctype_is_an_error_wherever_it_can_stand(body: bytes, doctype: bool) -> None:
    expected = MatchOutcome.ERROR if doctype else MatchOutcome.MATCH
    [result] = QuerySet([compile_query("./Event")]).evaluate(body)
    assert result.outcome is expected
    [[result]] = QuerySet([compile_query("./Event")]).evaluate_many([(body, {})])
    assert result.outcome is expected
