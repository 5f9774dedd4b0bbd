"""DoubleEnded holds what a list holds that grew in the same way."""

from __future__ import annotations

from array import array
from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.gui.table.double_ended import DoubleEnded

STEPS = st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 255), max_size=5)), max_size=8)
ENDS = st.one_of(st.none(), st.integers(-30, 30))


def grown(steps: list[tuple[bool, list[int]]]) -> tuple[DoubleEnded[bytearray], list[int]]:
    found, expected = DoubleEnded(bytearray()), list[int]()
    for at_start, part in steps:
        if at_start:
            found.extend_left(bytearray(part))
            expected = part + expected
        else:
            found.extend(bytearray(part))
            expected += part
    return found, expected


@given(STEPS)
def test_it_holds_what_was_added_at_both_ends_in_order(steps: list[tuple[bool, list[int]]]) -> None:
    found, expected = grown(steps)
    assert (list(found), len(found)) == (expected, len(expected))
    assert [found[at] for at in range(-len(expected), len(expected))] == expected * 2


@given(STEPS, ENDS, ENDS, st.sampled_from([None, 1, -1, 2, -3]))
def test_a_part_is_what_a_list_gives(
    steps: list[tuple[bool, list[int]]], start: int | None, stop: int | None, step: int | None
) -> None:
    found, expected = grown(steps)
    assert list(found[start:stop:step]) == expected[start:stop:step]


def test_a_part_is_a_copy_of_the_kind_that_it_was_made_of() -> None:
    found = DoubleEnded(array("q"))
    found.extend(array("q", [3, 4]))
    found.extend_left(array("q", [1, 2]))
    part = found[1:3]
    assert part == array("q", [2, 3])
    part[0] = 9
    assert list(found) == [1, 2, 3, 4]
    assert bisect_left(found, 3) == 2


@pytest.mark.parametrize("index", [2, -3])
def test_outside_there_is_nothing(index: int) -> None:
    found = DoubleEnded(array("q", []))
    found.extend(array("q", [1, 2]))
    with pytest.raises(IndexError):
        found[index]
