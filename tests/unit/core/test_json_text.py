"""JSON from anywhere: what is refused has its line and column."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.json_text import MAX_DEPTH, MAX_DIGITS, MAX_VALUES, JsonError, read_json

if TYPE_CHECKING:
    from collections.abc import Callable

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(VALUES, st.sampled_from([None, 2]))
def test_what_json_can_hold_is_read(value: Any, indent: int | None) -> None:
    assert read_json(json.dumps(value, indent=indent), "x") == value


def _nested(depth: int) -> str:
    return '{\n "a": ' + "[" * depth + "]" * depth + "}"


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ('{"a": 1,\n "b" 2}', 2, 6, "Expecting ':'"),
        ("", 1, 1, "Expecting value"),
        ('{\n"NaN": [1, NaN]}', 2, 12, "not finite"),
        ("[\n\n-Infinity]", 3, 1, "not finite"),
        ('["1e999", 1e999]', 1, 11, "not finite"),
        (f"[{'9' * (MAX_DIGITS + 1)}]", 1, 2, "more than 400 digits"),
        (f"[0.{'1' * MAX_DIGITS}]", 1, 2, "more than 400 digits"),
        (_nested(MAX_DEPTH), 2, 6 + MAX_DEPTH, "more than 64 deep"),
        (_nested(500_000), 2, 6 + MAX_DEPTH, "more than 64 deep"),
        ('{"a":' * 200_000, 1, 5 * MAX_DEPTH + 1, "more than 64 deep"),
        ('["]]\\"[[' + "x" * 100, 1, 2, "Unterminated string"),
    ],
)
def test_what_is_refused_has_its_place(text: str, line: int, column: int, what: str) -> None:
    with pytest.raises(JsonError, match=f"f.json is not .*{what}") as raised:
        read_json(text, "f.json")
    assert (raised.value.line, raised.value.column) == (line, column)
    assert f"line {line:,}, column {column:,}" in str(raised.value)


@pytest.mark.parametrize("make", [lambda depth: _nested(depth - 1), lambda depth: "[" * depth + "]" * depth])
def test_depth_is_counted_at_its_edge(make: Callable[[int], str]) -> None:
    read_json(make(MAX_DEPTH), "x")
    with pytest.raises(JsonError):
        read_json(make(MAX_DEPTH + 1), "x")


def test_many_values_are_refused_before_they_are_made_and_commas_in_texts_are_none() -> None:
    assert read_json("[" + "1," * MAX_VALUES + "1]", "x")
    with pytest.raises(JsonError, match=f"more than {MAX_VALUES:,} values in line 2, column {2 * MAX_VALUES + 2:,}"):
        read_json("[\n" + "1," * (MAX_VALUES + 1) + "1]", "x")
    text = ',"[' * MAX_VALUES * 2
    assert read_json(json.dumps({"a": text}), "x") == {"a": text}


def test_many_values_side_by_side_are_not_deep() -> None:
    assert read_json("[" + "[]," * 1000 + "{}]", "x") == [*([] for _ in range(1000)), {}]
