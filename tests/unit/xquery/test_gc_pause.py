"""Long queries are compiled without a pass of the garbage collector, and leave nothing that only a pass would find."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.xquery import QueryError, compile_query
from clacks_monitor.xquery.gc_pause import LONG, VERY_LONG, collector_paused

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG_TEXTS = {
    "predicates": "//a" + "[b = 'c']" * 2_500,
    "elements": "<a>" + "<b c='d'>{1}</b>" * 1_500 + "</a>",
    "conditions": "for $x in //a " + "where $x = 'a' " * 1_500 + "return $x",
    "quantifiers": "(" + ", ".join(["some $x in //a satisfies $x"] * 800) + ")",
    "a mistake": "(" + "'abc', " * 3_000,
    "not provable": "(" + "'abc', " * 3_000 + "1)",
}


@pytest.fixture
def passes() -> Iterator[list[int]]:
    """The generations of the passes that were made."""
    made: list[int] = []

    def note(phase: str, info: dict[str, int]) -> None:
        if phase == "start":
            made.append(info["generation"])

    gc.callbacks.append(note)
    yield made
    gc.callbacks.remove(note)


def compiled(text: str) -> None:
    """Compile and forget."""
    try:
        query = compile_query(text)
    except QueryError:
        return
    assert query.fast or query.explain()


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_a_long_query_is_compiled_without_a_pass(text: str, passes: list[int]) -> None:
    assert len(text) > VERY_LONG
    compiled("1 + 1")
    passes.clear()
    try:
        query = compile_query(text)
    except QueryError:
        query = None
    assert passes == []
    assert gc.isenabled()
    del query


@pytest.mark.parametrize("text", LONG_TEXTS.values(), ids=LONG_TEXTS)
def test_a_long_query_that_is_gone_leaves_nothing(text: str) -> None:
    compiled(text)  # what is remembered of the first time stays
    gc.collect()
    before = gc.get_freeze_count()
    compiled(text)
    assert gc.get_freeze_count() - before < 100


def test_an_evaluation_leaves_no_run_behind() -> None:
    query = compile_query("let $a := (1, 2) ! string(.) return count($a)")
    query.evaluate(b"<a/>")
    gc.collect()
    gc.disable()
    try:
        query.evaluate(b"<a/>")
        assert gc.collect() == 0
    finally:
        gc.enable()


def test_the_collector_stays_off_where_it_was() -> None:
    gc.disable()
    with collector_paused("x" * LONG), collector_paused("x" * VERY_LONG):
        assert not gc.isenabled()
    assert not gc.isenabled()
    gc.enable()
    with collector_paused("short"):
        assert gc.isenabled()
