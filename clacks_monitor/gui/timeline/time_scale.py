"""From times to pixels and back, in spans that people count in: seconds, minutes, hours, days. Values; no Qt here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.gui.kit.time_format import broken_down

if TYPE_CHECKING:
    from collections.abc import Sequence

NS = 1_000_000_000
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
SPANS_S = (
    1, 2, 5, 10, 15, 30, _MINUTE, 2 * _MINUTE, 5 * _MINUTE, 10 * _MINUTE, 15 * _MINUTE, 30 * _MINUTE, _HOUR, 2 * _HOUR,
    3 * _HOUR, 6 * _HOUR, 12 * _HOUR, _DAY, 2 * _DAY, 7 * _DAY, 28 * _DAY,
)  # fmt: skip
BAR = 5
"""Pixels of a bar with the gap beside it."""
Stack = tuple[int, ...]
"""A bar: all entries, then those that are shown by the index of their tint in COLOURS."""


def highest(stacks: Sequence[Stack]) -> int:
    """Return how many entries the highest bar holds."""
    return max((stack[0] for stack in stacks), default=0)


@dataclass(frozen=True, slots=True)
class TimeScale:
    """``count`` bars of ``bucket_ns`` from ``from_ns`` (wall clock) on, the first at x = 0, each BAR pixels wide."""

    from_ns: int
    bucket_ns: int
    count: int

    @property
    def to_ns(self) -> int:
        """Where the last bar ends."""
        return self.from_ns + self.count * self.bucket_ns

    def bar_at(self, x: int) -> int:
        """Return the number of the bar at a pixel, within the bars that there are."""
        return max(0, min(self.count - 1, x // BAR))

    def bar_of(self, wall_ns: int) -> int:
        """Return the number of the bar that a time belongs to; it may be outside."""
        return (wall_ns - self.from_ns) // self.bucket_ns

    def start_of(self, bar: int) -> int:
        """Return when a bar begins."""
        return self.from_ns + bar * self.bucket_ns

    def left_of(self, bar: int) -> int:
        """Return the pixel at which a bar begins."""
        return bar * BAR

    def x_of(self, wall_ns: int) -> int:
        """Return the pixel of a time; it may be outside."""
        return (wall_ns - self.from_ns) * BAR // self.bucket_ns


@dataclass(frozen=True, slots=True)
class Ticks:
    """Round times along a scale, ``step_ns`` apart: full minutes, hours, days of the time that is shown."""

    step_ns: int
    times: tuple[int, ...]


def ticks(scale: TimeScale, least_px: int) -> Ticks:
    """Return the round times of a scale, as dense as labels of ``least_px`` pixels allow."""
    least_ns = least_px * scale.bucket_ns // BAR
    step = next((s for s in SPANS_S if s * NS >= least_ns), 0) * NS or least_ns
    # From midnight. Where summer time begins or ends within the scale, long steps are round on one side only.
    zone = broken_down(scale.from_ns // NS).tm_gmtoff * NS
    first = -(-(scale.from_ns + zone) // step) * step - zone
    return Ticks(step, tuple(range(first, scale.to_ns, step)))


def scale_for(from_ns: int, to_ns: int, width: int) -> TimeScale:
    """Return the finest scale that shows a span of time in ``width`` pixels; bars begin at whole spans."""
    count = max(2, width // BAR)
    length = max(1, to_ns - from_ns)
    bucket = next((s for s in SPANS_S if s * NS * (count - 1) >= length), SPANS_S[-1]) * NS
    while bucket * (count - 1) < length:
        bucket *= 2
    return TimeScale(from_ns // bucket * bucket, bucket, count)


def scale_up_to(now_ns: int, length_ns: int, width: int) -> TimeScale:
    """Return the scale of the last ``length_ns`` up to now: the last bar is the present one, at the right."""
    count = max(1, width // BAR)
    bucket = next((s for s in SPANS_S if s * NS * count >= length_ns), SPANS_S[-1]) * NS
    return TimeScale(now_ns // bucket * bucket - (count - 1) * bucket, bucket, count)
