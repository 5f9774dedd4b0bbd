"""The vertical axis: all numbers are on it, at round numbers that are far enough apart."""

from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.chart import ChartLine
from clacks_monitor.core.quantities import DURATION
from clacks_monitor.gui.charts.value_axis import axis_for

ANY = st.floats(-1e300, 1e300)


def line(*values: float) -> ChartLine:
    numbers, events = array("d", values), array("q", range(1, len(values) + 1))
    ones = array("q", [1] * len(values))
    return ChartLine("a", array("q", range(len(values))), numbers, numbers, numbers, numbers, events, events, ones)


@given(st.lists(ANY, min_size=1, max_size=5), st.sampled_from(["", "B", DURATION]))
def test_every_number_is_between_floor_and_top(values: list[float], unit: str) -> None:
    axis = axis_for([line(*values)], unit, 100, 5, 26)
    assert all(4.999 <= axis.y_of(value) <= 100.001 for value in values)
    assert 1 <= len(axis.ticks) <= 6
    assert axis.low < axis.high


@pytest.mark.parametrize(
    ("values", "unit", "ticks"),
    [
        ((0.2, 0.9), "", (0, 0.5, 1)),
        ((90, 100), "%", (90, 95, 100)),
        ((3, 100), "", (0, 50, 100)),
        ((-3, 3), "", (-5, 0, 5)),
        ((10, 300), DURATION, (0, 300)),
        ((10, 100), DURATION, (0, 60, 120)),
        ((7, 7), "", (6, 7, 8)),
        ((0, 0), "", (-1, 0, 1)),
    ],
)
def test_ticks_are_round(values: tuple[float, ...], unit: str, ticks: tuple[float, ...]) -> None:
    assert axis_for([line(*values)], unit, 100, 20, 36).ticks == pytest.approx(ticks)


def test_without_numbers_it_goes_from_zero_to_one() -> None:
    axis = axis_for([], "", 100, 20, 30)
    assert (axis.low, axis.high) == (0, 1)
