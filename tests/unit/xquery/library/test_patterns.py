"""Regular expressions of F&O as Python's: what each construct matches, and what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.xquery import QueryError
from clacks_monitor.xquery.library import character_sets as cs
from clacks_monitor.xquery.library.patterns import Pattern, compiled
from tests.helpers.effort import effort

CODES = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 20)).map(lambda r: (r[0], r[0] + r[1])), max_size=6)


def pattern_or_code(pattern: str, flags: str) -> Pattern | str:
    try:
        return compiled(pattern, flags)
    except QueryError as error:
        return error.code


@pytest.mark.parametrize(
    ("pattern", "flags", "matching", "others"),
    [
        ("a|b", "", "ab", "c"),
        ("[a-z-[aeiou]]", "", "bz", "aeB-"),
        ("[^a-c-[x]]", "", "dz", "abcx"),
        ("[A-Z-[OI]]", "i", "aZ", "oOiI"),
        ("[A-Z]", "i", "k\u212a", "1"),
        (r"\p{Lu}", "i", "A", "a"),
        (r"\P{L}", "", "1-", "a\u00e9"),
        (r"\p{IsGreek}", "", "\u03b1", "a"),
        (r"[\d-]", "", "5-\u0663", "a"),
        (r"\w", "", "a1$", " .-"),
        (r"\i", "", "a_:", "1-"),
        (r"\c", "", "a1.-:", " $"),
        (r"\s", "", " \t\n\r", "\u00a0a"),
        (".", "", "a\u2028", "\n\r"),
        (".", "s", "a\n\r", ""),
        ("[-a]", "", "-a", "b"),
        ("[a-]", "", "-a", "b"),
        (r"[\]\[\\^]", "", "][\\^", "a"),
        ("a b", "x", "", "a"),
        ("[ ]", "x", " ", "a"),
        ("a.b*", "q", "", "a"),
        ("#", "x", "#", "a"),
    ],
)
def test_one_character(pattern: str, flags: str, matching: str, others: str) -> None:
    expression = compiled(pattern, flags).expression
    assert [c for c in matching if expression.fullmatch(c) is None] == []
    assert [c for c in others if expression.fullmatch(c) is not None] == []


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "expected"),
    [
        ("^b$", "m", "a\nb\n", ["b"]),
        ("^", "m", "a\n", [""]),
        ("a$", "", "a\n", []),
        ("a+?", "", "aa", ["a", "a"]),
        ("a{2,}", "", "aaaa", ["aaaa"]),
        ("(?:^)*a", "", "a", ["a"]),
        ("", "", "a", ["", ""]),
        ("ab", "x", "a b", []),
        ("a b", "x", "ab", ["ab"]),
    ],
)
def test_longer_texts(pattern: str, flags: str, text: str, expected: list[str]) -> None:
    assert [m.group() for m in compiled(pattern, flags).expression.finditer(text)] == expected


def test_a_group_that_took_no_part_is_the_empty_string() -> None:
    assert compiled(r"^(a)?b\1$", "").expression.search("b") is not None
    assert compiled(r"^(a)?b\1$", "").expression.search("aba") is not None
    assert compiled(r"^(a)?b\1$", "").expression.search("ab") is None


def test_numbers_of_groups_have_as_many_digits_as_there_are_groups() -> None:
    assert compiled(r"(a)\10", "").expression.fullmatch("aa0") is not None
    many = "".join(f"({c})" for c in "abcdefghij")
    assert compiled(many + r"\10", "").expression.fullmatch("abcdefghijj") is not None


def test_groups_know_what_is_around_them() -> None:
    assert compiled(r"(a(b)(?:(c)))|(\2)?", "").parents == (0, 0, 1, 1, 0)


@pytest.mark.parametrize(
    "pattern",
    [
        "[",
        "a]",
        "(",
        "a)",
        "{",
        "a{2",
        "a{3,2}",
        "a**",
        "a++",
        "*a",
        "+",
        r"\2(a)",
        r"(a\1)",
        "(?=a)",
        "(?i)a",
        "[]",
        "[^]",
        "[b-a]",
        "[a-c-e]",
        "[0-9-.]",
        r"[a-\d]",
        "[a[b]]",
        "[a-[b]c]",
        r"\p{Xx}",
        r"\p{IsNothing}",
        r"\p",
        r"\q",
        "\\",
        r"\u0041",
        "a{,2}",
        "a{99999999999}",
        "(" * 60 + ")" * 60,
    ],
)
def test_what_is_refused(pattern: str) -> None:
    with pytest.raises(QueryError) as raised:
        compiled(pattern, "")
    assert raised.value.code == "FORX0002"


def test_unknown_flags_are_refused() -> None:
    with pytest.raises(QueryError) as raised:
        compiled("a", "g")
    assert raised.value.code == "FORX0001"


@effort(100)
@given(st.text("ab[]()^$-\\|.?*+{}1,:pdLu ", max_size=14), st.sampled_from(["", "i", "sm", "x", "q"]))
def test_any_text_is_a_pattern_or_refused(pattern: str, flags: str) -> None:
    found = pattern_or_code(pattern, flags)
    if isinstance(found, str):
        assert found == "FORX0002"
        return
    assert isinstance(found.expression, re.Pattern)
    assert len(found.parents) == found.expression.groups + 1


@effort(100)
@given(CODES, CODES)
def test_sets_of_characters(left: list[tuple[int, int]], right: list[tuple[int, int]]) -> None:
    a, b = cs.union(left), cs.union(right)
    members = [{c for c in range(400) if cs.contains(s, c)} for s in (a, b, cs.complement(a), cs.difference(a, b))]
    assert members[0] == {c for first, last in left for c in range(first, last + 1)}
    assert members[2] == set(range(400)) - members[0]
    assert members[3] == members[0] - members[1]
    matching = re.compile(cs.class_text(a))
    assert {c for c in range(400) if matching.fullmatch(chr(c))} == members[0]
