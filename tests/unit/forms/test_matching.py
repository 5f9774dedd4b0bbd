"""Patterns that cannot backtrack find what their expressions say, and agree with Python's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from elementpath.regex import translate_pattern
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor.forms import matching
from clacks_monitor.forms.matching import MAX_STATES, LinearPattern


def translated(pattern: str) -> str:
    return translate_pattern(pattern, back_references=False, lazy_quantifiers=False, anchors=False)


Ends = Callable[[str, frozenset[int]], frozenset[int]]
"""Where an expression can come to an end in a text, if it may begin at any of these places."""


@dataclass(frozen=True)
class Expression:
    """A pattern, and the same as a function on sets of places: it takes polynomial time, where ``re`` may backtrack
    for hours over patterns as they are generated here."""

    pattern: str
    ends: Ends = field(repr=False)


def character(pattern: str) -> Expression:
    single = re.compile(translated(pattern))

    def ends(text: str, begins: frozenset[int]) -> frozenset[int]:
        return frozenset(at + 1 for at in begins if at < len(text) and single.match(text[at]))

    return Expression(pattern, ends)


def quantified(inner: Expression, quantifier: str, least: int, most: int | None) -> Expression:
    def ends(text: str, begins: frozenset[int]) -> frozenset[int]:
        for _ in range(least):
            begins = inner.ends(text, begins)
        found = begins
        for _ in range(len(text) + 1 if most is None else most - least):
            begins = inner.ends(text, begins)
            found |= begins
        return found

    return Expression(inner.pattern + quantifier, ends)


def group(options: list[list[Expression]]) -> Expression:
    def ends(text: str, begins: frozenset[int]) -> frozenset[int]:
        found: frozenset[int] = frozenset()
        for option in options:
            reached = begins
            for piece in option:
                reached = piece.ends(text, reached)
            found |= reached
        return found

    return Expression(f"({'|'.join(''.join(piece.pattern for piece in option) for option in options)})", ends)


QUANTIFIERS = st.sampled_from(
    [
        ("", 1, 1),
        ("?", 0, 1),
        ("*", 0, None),
        ("+", 1, None),
        ("{2}", 2, 2),
        ("{1,3}", 1, 3),
        ("{0,2}", 0, 2),
        ("{2,}", 2, None),
    ]
)


def groups(inner: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    pieces = st.lists(st.builds(lambda piece, bounds: quantified(piece, *bounds), inner, QUANTIFIERS), max_size=3)
    return st.lists(pieces, min_size=1, max_size=3).map(group)


CHARACTERS = st.sampled_from(["a", "b", "[ab]", "[^a]", "[a-c-[b]]", r"\d", ".", r"\s", r"[a-d\d]", r"\i", r"[a-cb-z]"])
EXPRESSIONS = st.recursive(CHARACTERS.map(character), groups, max_leaves=8)


@settings(deadline=None)
@given(EXPRESSIONS, st.lists(st.text("abcd1 \n-", max_size=6), min_size=1, max_size=8))
def test_it_finds_what_the_expression_says(expression: Expression, texts: list[str]) -> None:
    linear = LinearPattern(translated(expression.pattern))
    assert linear.checked
    for text in texts:
        expected = len(text) in expression.ends(text, frozenset({0}))
        assert (linear.match(text) is not None) == expected, text


@settings(deadline=None)
@given(
    st.lists(st.tuples(CHARACTERS, st.sampled_from(["", "?", "*", "+", "{1,3}"])), max_size=4),
    st.text("abcd1 \n-", max_size=6),
)
def test_it_agrees_with_python(pieces: list[tuple[str, str]], text: str) -> None:
    source = translated("".join(map("".join, pieces)))
    assert (LinearPattern(source).match(text) is not None) == (re.match(source, text) is not None)


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("(a+)+b", "a" * 3_000 + "b", "a" * 3_000),
        ("(((a*)*)*)*b", "a" * 1_000 + "b", "a" * 1_000 + "c"),
        ("(a|a)*b", "a" * 1_000 + "b", "a" * 1_000),
        ("(a?){200}a{200}", "a" * 300, "a" * 199),
        ("(){1000000}a", "a", "b"),
    ],
)
def test_what_backtracks_for_ever_elsewhere(pattern: str, matching: str, other: str) -> None:
    linear = LinearPattern(translated(pattern))
    assert linear.match(matching) is not None
    assert linear.match(other) is None


def test_what_is_beyond_the_bounds_is_left_to_libxml2() -> None:
    huge = LinearPattern(translated(f"a{{{MAX_STATES}}}b"))
    assert not huge.checked
    assert huge.match("c") is not None
    long = LinearPattern(translated("(a|b|c)*d"))
    assert long.match("abc" * 1_000_000) is not None


def test_the_bounds_of_states_and_work_and_their_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (matching.MAX_STATES, matching.MAX_WORK, matching._CACHED) == (4_000, 200_000, 2_000)
    assert LinearPattern("a" * (MAX_STATES - 1)).checked
    assert not LinearPattern("a" * MAX_STATES).checked
    monkeypatch.setattr(matching, "MAX_WORK", 10)
    one_state = LinearPattern("a*")
    assert one_state.match("a" * 4 + "b") is None
    assert one_state.match("a" * 20 + "b") is not None


def test_a_thousand_different_characters_are_matched_as_rightly_as_the_first() -> None:
    every = LinearPattern("[^b]*")
    text = "".join(chr(code) for code in range(1_000, 8_000))
    assert every.match(text) is not None
    assert every.match(text + "b") is None
    assert len(every._steps) <= matching._CACHED
    assert every.match(text) is not None


@pytest.mark.parametrize(
    ("source", "matching_texts", "others"),
    [
        ("a", ["a"], ["", "b", "aa"]),
        (r"[\d]", ["1"], ["a", "11"]),
        (r"[^\d]", ["a"], ["1"]),
        (r"[\D]", ["a"], ["1"]),
        (r"[\s]", [" ", "\t"], ["a"]),
        (r"[\S]", ["a"], [" "]),
        (r"[\w]", ["a", "_"], ["-"]),
        (r"[\W]", ["-"], ["a"]),
        ("[a-cx]", ["a", "b", "c", "x"], ["d", "w", "y", "`"]),
        ("[a-cb-e]", ["a", "c", "d", "e"], ["f"]),
        ("[a-ec]", ["a", "e"], ["f"]),
        ("[^a-c]", ["d", "`"], ["a", "b", "c"]),
        ("[^a]", ["b"], ["a"]),
        (".", ["a"], ["\n", ""]),
        ("a{2}", ["aa"], ["a", "aaa"]),
        ("a{1,3}", ["a", "aaa"], ["", "aaaa"]),
        ("a{2,}", ["aa", "aaaaa"], ["a"]),
        ("a|bc", ["a", "bc"], ["b", "abc"]),
        ("(?:ab)*", ["", "abab"], ["aba"]),
        ("", [""], ["a"]),
    ],
)
def test_each_construct_alone(source: str, matching_texts: list[str], others: list[str]) -> None:
    pattern = LinearPattern(source)
    assert pattern.checked
    assert pattern.pattern == source
    assert [pattern.match(text) for text in matching_texts] == [True] * len(matching_texts)
    assert [pattern.match(text) for text in others] == [None] * len(others)


def test_what_cannot_be_followed_is_left_to_libxml2() -> None:
    for source in (r"(a)\1", "a(?=b)c", "(" * 3_000 + ")" * 3_000):
        pattern = LinearPattern(source)
        assert (pattern.checked, pattern.match("anything")) == (False, True)
