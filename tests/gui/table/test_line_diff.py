"""Aligning lines: what stands beside what, how few differences there are, and when it is given up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.gui.table import line_diff
from clacks_monitor.gui.table.line_diff import align


def common(left: str, right: str) -> int:
    """Return the length of the longest common subsequence."""
    row = [0] * (len(right) + 1)
    for one in left:
        before = row
        row = [0]
        for place, other in enumerate(right):
            row.append(before[place] + 1 if one == other else max(row[-1], before[place + 1]))
    return row[-1]


def shown(left: str, right: str) -> tuple[str, str]:
    """Return both sides of the alignment of the letters as lines; "." stands where one side has none."""
    pairs = align(list(left), list(right)).pairs
    return "".join(one or "." for one, _other, _differs in pairs), "".join(other or "." for _one, other, _d in pairs)


@pytest.mark.parametrize(
    ("left", "right", "ours", "theirs"),
    [
        ("", "", "", ""),
        ("abc", "abc", "abc", "abc"),
        ("abc", "", "abc", "..."),
        ("", "ab", "..", "ab"),
        ("ab", "cd", "ab", "cd"),
        ("abc", "bc", "abc", ".bc"),
        ("ab", "abb", "ab.", "abb"),
        ("aab", "aabb", "aab.", "aabb"),
        ("aa", "aaa", "aa.", "aaa"),
        ("xay", "pxaqy", ".xa.y", "pxaqy"),
        ("abcd", "acbd", "abc.d", "a.cbd"),
        ("1a2b3", "4b5a6", "1a2b3..", "4..b5a6"),
        ("xxaxx", "xxbbxx", "xxa.xx", "xxbbxx"),
        ("abab", "baba", "abab.", ".baba"),
    ],
)
def test_what_stands_beside_what(left: str, right: str, ours: str, theirs: str) -> None:
    assert shown(left, right) == (ours, theirs)


@given(st.text("ab", max_size=14), st.text("ab", max_size=14))
def test_as_many_lines_as_can_be_are_common(left: str, right: str) -> None:
    pairs = align(list(left * 2), list(right * 2)).pairs
    equal = sum(not differs for _one, _other, differs in pairs)
    assert equal >= common(left * 2, right * 2) - 1


@pytest.mark.parametrize(("more", "coarse"), [(5, False), (6, True)])
def test_a_gap_with_too_many_edits_is_not_aligned(monkeypatch: pytest.MonkeyPatch, more: int, coarse: bool) -> None:
    monkeypatch.setattr(line_diff, "MAX_EDITS", 8)
    found = align(list("axxb"), list("cxx" + "defghi"[:more]))  # two lines removed, one and some more added
    assert found.coarse is coarse


def test_a_search_of_too_many_steps_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = list("ab" * 30), list("ba" * 20 + "b" * 20)
    assert not align(left, right).coarse
    monkeypatch.setattr(line_diff, "MAX_STEPS", 10)
    found = align(left, right)
    assert found.coarse
    assert [one for one, _other, _differs in found.pairs if one] == left


def test_lines_without_anything_in_common_are_not_searched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line_diff, "MAX_STEPS", 0)
    assert not align(["a"] * 5, ["b"] * 5).coarse


def test_each_gap_is_looked_at_and_the_work_can_be_given_up() -> None:
    asked = list[int]()
    align(list("1a2b3"), list("4a5b6"), lambda: asked.append(1))
    assert len(asked) == 4  # the whole, and three gaps between two anchors

    def unwanted() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        align(["a"], ["b"], unwanted)


def test_differences_are_counted() -> None:
    assert align(list("abcd"), list("axc")).differences == 2
    assert (line_diff.MAX_EDITS, line_diff.MAX_STEPS) == (200, 200_000)
