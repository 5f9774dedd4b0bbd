"""Patterns that cannot backtrack agree with Python's own wherever those come to an end."""

from __future__ import annotations

import re

import pytest
from elementpath.regex import translate_pattern
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor.forms import matching
from clacks_monitor.forms.matching import MAX_STATES, LinearPattern


def translated(pattern: str) -> str:
    return translate_pattern(pattern, back_references=False, lazy_quantifiers=False, anchors=False)


def atoms(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    quantified = st.tuples(inner, st.sampled_from(["", "?", "*", "+", "{2}", "{1,3}", "{0,2}", "{2,}"]))
    pieces = st.lists(quantified.map("".join), min_size=0, max_size=3).map("".join)
    return st.lists(pieces, min_size=1, max_size=3).map(lambda options: f"({'|'.join(options)})")


CHARACTERS = st.sampled_from(["a", "b", "[ab]", "[^a]", "[a-c-[b]]", r"\d", ".", r"\s", r"[a-d\d]", r"\i", r"[a-cb-z]"])
PATTERNS = st.recursive(CHARACTERS, atoms, max_leaves=8)


@settings(deadline=None)
@given(PATTERNS, st.lists(st.text("abcd1 \n-", max_size=6), min_size=1, max_size=8))
def test_it_agrees_with_python(pattern: str, texts: list[str]) -> None:
    source = translated(pattern)
    linear, backtracking = LinearPattern(source), re.compile(source)
    assert linear.checked
    for text in texts:
        assert (linear.match(text) is not None) == (backtracking.match(text) is not None), (pattern, text)


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
