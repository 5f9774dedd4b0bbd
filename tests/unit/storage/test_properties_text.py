"""The JSON text of properties: remembered texts are those that were encoded, whatever equals them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.storage.encoding import FEW_PROPERTIES, SHORT_PROPERTIES, encode_properties

if TYPE_CHECKING:
    from clacks_monitor.core.event import PropertyValue

Values = st.one_of(st.sampled_from([0, 1, False, True, 0.0, -0.0, 1.0, "", "1"]), st.text(), st.floats())


@given(st.lists(st.dictionaries(st.sampled_from(["a", "b", "c"]), Values), max_size=8))
def test_what_equals_another_is_written_as_it_is(found: list[dict[str, PropertyValue]]) -> None:
    for properties in found:
        assert encode_properties(properties) == json.dumps(properties, separators=(",", ":"))


@pytest.mark.parametrize("count", [1, FEW_PROPERTIES, FEW_PROPERTIES + 1])
@pytest.mark.parametrize("size", [1, SHORT_PROPERTIES, SHORT_PROPERTIES + 1])
def test_many_and_long_ones_are_written_too(count: int, size: int) -> None:
    properties: dict[str, PropertyValue] = {f"n{number}": "x" * size for number in range(count)}
    assert json.loads(encode_properties(properties)) == properties
