"""Bits of matches: packed and unpacked alike, remembered for a bounded number of queries, and only where they last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.messages import Message
from clacks_monitor.session.view import match_memory
from clacks_monitor.session.view.match_bits import SpanMatches, packed, unpacked
from clacks_monitor.session.view.match_memory import BLOCK, MatchMemory, blocks, is_repeatable
from clacks_monitor.xquery import MatchOutcome, MatchResult, compile_query

QUERY = compile_query("./*:Event/*:PhoneStatus")


@given(st.lists(st.integers(0, 1), min_size=1, max_size=200))
def test_bits_are_flags_again(flags: list[int]) -> None:
    assert unpacked(packed(bytes(flags)), len(flags)) == bytes(flags)
    assert packed(bytes(flags)) == sum(flag << place for place, flag in enumerate(flags))


@given(st.integers(1, 60), st.integers(0, 90))
def test_blocks_are_whole_and_follow_each_other(first: int, count: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(match_memory, "BLOCK", 8)
        found = list(blocks(first, first + count))
    assert all((low % 8, high) == (0, low + 7) and first <= low and high <= first + count for low, high in found)
    assert [low for low, _high in found] == sorted((low for low, _high in found), reverse=True)
    covered = 8 * len(found)
    assert count + 1 - covered < 16, "less than a block is left at each end"


def matches(block: int, text: str, fault: MatchResult | None = None) -> SpanMatches:
    found = SpanMatches(block * BLOCK, block * BLOCK + BLOCK - 1, {text: 0b101 << block})
    if fault is not None:
        found.faults[text] = fault
    return found


def test_what_is_added_is_known_with_its_error() -> None:
    memory, fault = MatchMemory(), MatchResult(MatchOutcome.ERROR, "FORG0001", Message("not a number"), 1, 2)
    memory.add([QUERY], matches(3, QUERY.text))
    memory.add([QUERY], matches(4, QUERY.text, fault))
    assert (memory.known(QUERY.text, 3), memory.known(QUERY.text, 4)) == (0b101 << 3, 0b101 << 4)
    assert (memory.known(QUERY.text, 5), memory.known("other", 3)) == (None, None)
    assert (memory.fault(QUERY.text, 3), memory.fault(QUERY.text, 4), memory.fault("other", 4)) == (None, fault, None)
    memory.clear()
    assert memory.known(QUERY.text, 3) is None


@pytest.mark.parametrize("code", ["CLACKS0001", "CLACKS0002", "CLACKS0004"])
def test_what_took_too_much_is_tried_again(code: str) -> None:
    memory = MatchMemory()
    memory.add([QUERY], matches(3, QUERY.text, MatchResult(MatchOutcome.ERROR, code, Message("too slow"))))
    assert memory.known(QUERY.text, 3) is None


def test_the_queries_that_were_used_last_stay() -> None:
    memory = MatchMemory(most=400)
    queries = [compile_query(f"./*:Event/*:T{number}") for number in range(5)]
    for query in queries:
        memory.use([queries[0]])
        memory.add([query], matches(1, query.text))
    assert [memory.known(query.text, 1) is not None for query in queries] == [True, False, False, True, True]


def test_one_query_is_kept_however_large() -> None:
    memory = MatchMemory(most=1)
    for block in range(5):
        memory.add([QUERY], matches(block, QUERY.text))
    assert [memory.known(QUERY.text, block) is not None for block in range(5)] == [True] * 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("./*:Event", True),
        ("for $e in ./* order by string($e) return $e", True),
        ("current-dateTime() gt xs:dateTime('2020-01-01T00:00:00Z')", False),
        ("fn:current-time() gt xs:time('10:00:00')", False),
        ("function-lookup(xs:QName('fn:true'), 0)()", False),
        ("random-number-generator()?number lt 0.5", False),
    ],
)
def test_a_query_whose_value_changes_is_known(text: str, expected: bool) -> None:
    assert is_repeatable(compile_query(text)) is expected
