"""Patterns that cannot backtrack agree with Python's own wherever those come to an end."""

from __future__ import annotations

import re

import pytest
from elementpath.regex import translate_pattern
from hypothesis import given, settings
from hypothesis import strategies as st

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
