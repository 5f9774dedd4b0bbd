"""Compiled queries are shared and bounded."""

from __future__ import annotations

import threading

import pytest

from clacks_monitor.session.view import compiled_queries as module
from clacks_monitor.session.view.compiled_queries import (
    LONG_QUERY,
    MOST_KEPT,
    CompiledQueries,
    compiled,
    find_all,
    over_budget,
)
from clacks_monitor.xquery import Query, QueryError, compile_query
from clacks_monitor.xquery.query import MAX_TEXT


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that is compiled."""
    seen: list[str] = []

    def noted(text: str) -> Query:
        seen.append(text)
        return compile_query(text)

    monkeypatch.setattr(module, "compile_query", noted)
    return seen


def test_a_text_is_compiled_once_whether_it_is_good_or_not(texts: list[str]) -> None:
    queries = CompiledQueries()
    for text in ("1 + 1", "1 +"):
        assert queries.found(text) is queries.found(text)
    assert texts == ["1 + 1", "1 +"]


def test_what_was_asked_for_longest_ago_goes_first(texts: list[str]) -> None:
    queries = CompiledQueries(most=6)
    for text in ("1+1", "1+2", "1+1", "1+3", "1+1", "1+2"):
        queries.found(text)
    assert texts == ["1+1", "1+2", "1+3", "1+2"]


def test_one_that_is_larger_than_the_room_is_kept_until_the_next(texts: list[str]) -> None:
    queries = CompiledQueries(most=2)
    for text in ("1+1", "1+1", "2", "1+1"):
        queries.found(text)
    assert texts == ["1+1", "2", "1+1"]


def test_an_error_is_raised_each_time_without_the_way_it_took_before() -> None:
    depths = []
    for _ in range(3):
        with pytest.raises(QueryError) as raised:
            compiled("1 +")
        depths.append(len(raised.traceback))
    assert len(set(depths)) == 1


def test_a_text_that_is_too_long_is_refused_in_words(texts: list[str]) -> None:
    found = CompiledQueries().found("1" + " " * MAX_TEXT)
    assert isinstance(found, QueryError)
    assert f"{MAX_TEXT:,}" in found.reason
    assert len(texts) == 1


def test_of_those_used_together_the_first_that_find_room_are_compiled() -> None:
    sizes = [MOST_KEPT // 2, MOST_KEPT // 2 - 5, MOST_KEPT // 2, 3, 2, 1]
    wanted = [f"{number}".ljust(size) for number, size in enumerate(sizes)]
    assert list(over_budget([wanted[0], *wanted])) == [wanted[2], wanted[5]]
    assert over_budget(wanted[2:]) == {}


def test_what_finds_no_room_is_said_in_words_and_not_compiled(texts: list[str]) -> None:
    wanted = [f"{number}".ljust(90_000) for number in range(10)]
    answers = find_all(wanted)
    assert texts == wanted[:4]
    for text in wanted[4:]:
        error = answers[text]
        assert isinstance(error, QueryError)
        assert "more than 400,000 characters together" in error.reason


def test_a_short_text_does_not_wait_for_a_long_one_that_two_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    long, begun, go_on = "1" + " " * LONG_QUERY, threading.Event(), threading.Event()
    seen: list[str] = []

    def slow(text: str) -> Query:
        seen.append(text)
        if text == long:
            begun.set()
            assert go_on.wait(20)
        return compile_query(text)

    monkeypatch.setattr(module, "compile_query", slow)
    queries, found = CompiledQueries(), list[Query | QueryError]()
    threads = [threading.Thread(target=lambda: found.append(queries.found(long))) for _ in range(2)]
    for thread in threads:
        thread.start()
    assert begun.wait(20)
    assert isinstance(queries.found("1+1"), Query)
    go_on.set()
    for thread in threads:
        thread.join(20)
    assert seen == [long, "1+1"]
    assert found[0] is found[1]


@pytest.mark.parametrize(("length", "asked"), [(LONG_QUERY, 1), (LONG_QUERY - 1, 0)])
def test_how_a_long_text_is_evaluated_is_worked_out_with_it(
    monkeypatch: pytest.MonkeyPatch, length: int, asked: int
) -> None:
    explained: list[Query] = []
    explain = Query.explain

    def noted(query: Query) -> str:
        explained.append(query)
        return explain(query)

    monkeypatch.setattr(Query, "explain", noted)
    found = CompiledQueries().found("1".ljust(length))
    assert explained == [found] * asked


@pytest.mark.parametrize(("length", "known"), [(LONG_QUERY - 1, True), (LONG_QUERY, False)])
def test_what_is_answered_at_once(length: int, known: bool) -> None:
    queries, text = CompiledQueries(), "1".ljust(length)
    assert queries.is_known(text) is known
    assert [queries.is_known("1 + 1", budget) for budget in (5, 6)] == [False, True]
    queries.found(text)
    assert queries.is_known(text, 1)


def test_what_exactly_fills_the_room_is_kept(texts: list[str]) -> None:
    queries = CompiledQueries(most=6)
    for text in ("1+1", "1+2", "1+1", "1+2"):
        queries.found(text)
    assert texts == ["1+1", "1+2"]
    assert MOST_KEPT == 400_000
