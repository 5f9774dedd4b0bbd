"""The vertical axis of a chart: from numbers to pixels and back, at round numbers. Values; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.quantities import DURATION
from clacks_monitor.gui.timeline.time_scale import SPANS_S

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.core.chart import ChartLine

_NICE: Final = (1.0, 2.0, 5.0, 10.0)
_NEAR_ZERO: Final = 0.5
"""Where the lowest number is below this share of the highest, the axis begins at zero."""


@dataclass(frozen=True, slots=True)
class ValueAxis:
    """``low`` at the pixel ``floor``, ``high`` at ``top`` above it; ``ticks`` are the round numbers between."""

    low: float
    high: float
    ticks: tuple[float, ...]
    floor: int
    top: int

    def y_of(self, value: float) -> float:
        """Return the pixel of a number."""
        return self.floor - (value - self.low) / (self.high - self.low) * (self.floor - self.top)


def axis_for(lines: Iterable[ChartLine], unit: str, floor_px: int, top_px: int, tick_px: int) -> ValueAxis:
    """Return the axis on which all numbers of some lines are, with ticks at least ``tick_px`` apart."""
    low, high = (0.0, 1.0) if not (seen := [line for line in lines if line.columns]) else _range(seen)
    least = (high - low) * tick_px / max(1, floor_px - top_px)
    step = _step(least, unit)
    first, last = floor(low / step), ceil(high / step)
    return ValueAxis(
        min(low, first * step),
        max(high, last * step),
        tuple(number * step for number in range(first, last + 1)),
        floor_px,
        top_px,
    )


def _range(lines: list[ChartLine]) -> tuple[float, float]:
    """Return the lowest and the highest number, from zero on where that wastes little; never the same twice."""
    low, high = min(min(line.lows) for line in lines), max(max(line.highs) for line in lines)
    if low >= 0 and low <= high * _NEAR_ZERO:
        low = 0.0
    if low == high:
        some = abs(low) / 10 or 1.0
        return low - some, high + some
    # Numbers that differ in their last digits only would have no ticks between them.
    least = max(abs(low), abs(high)) * 1e-9
    return (low, high) if high - low > least else (low - least, high + least)


def _step(least: float, unit: str) -> float:
    """Return the smallest round number that is at least ``least``."""
    if unit == DURATION and 1 < least <= SPANS_S[-1]:
        return float(next(span for span in SPANS_S if span >= least))
    size = 10.0 ** floor(log10(least)) if least > 0 else 1.0
    return next((nice * size for nice in _NICE if nice * size >= least), 10 * size)
