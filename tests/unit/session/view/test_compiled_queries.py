"""Compiled queries are shared and bounded."""

from __future__ import annotations

import pytest

from clacks_monitor.session.view import compiled_queries as module
from clacks_monitor.session.view.compiled_queries import (
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
    assert str(MAX_TEXT) in found.reason
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
