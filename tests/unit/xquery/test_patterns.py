"""What elementpath 5.1.4 gets wrong, or leaves out, and the engine does right."""

from __future__ import annotations

import re

import elementpath
import pytest
from elementpath.regex import translate_pattern

from clacks_monitor.xquery import compile_query
from clacks_monitor.xquery.evaluation.conversion import string_value

EVENT = b"<a/>"


def result(query: str) -> str:
    return " ".join(string_value(item) for item in compile_query(query).evaluate(EVENT))


def test_flag_x_keeps_hash_signs() -> None:
    assert re.compile(translate_pattern("a #b"), re.VERBOSE).search("a#b c") is not None  # a comment
    assert result("matches('a#b', 'a # b', 'x'), matches('a', 'a # b', 'x')") == "true false"


def test_lookahead_is_no_regular_expression() -> None:
    assert compile_query("matches('a', '(?=a)a')").matches(EVENT).code == "FORX0002"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("xs:float('16777217')", "1.6777216E7"),  # single precision
        ("xs:dateTime('12024-01-01T00:00:00.1234567Z')", "12024-01-01T00:00:00.1234567Z"),
        ("some $x in 1, $y in $x satisfies $y = 1", "true"),
        ("<a/> instance of element(b)?", "false"),
        ("count(1 to 1000000000)", "1000000000"),
    ],
)
def test_values_elementpath_computes_otherwise(query: str, expected: str) -> None:
    assert result(query) == expected


def test_the_version_these_were_found_in() -> None:
    assert elementpath.__version__.startswith("5.1.")
