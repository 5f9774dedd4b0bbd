"""What is written at the bars of the timeline, and said about them. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.timeline.time_scale import BAR, NS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.timeline.time_scale import Stack, TimeScale

LABEL_PX = 100
_DAY_NS = 86_400 * NS


def label(scale: TimeScale, wall_ns: int) -> str:
    """Return a time as exactly as the scale needs it."""
    clock = formats.clock_short(wall_ns)
    if scale.bucket_ns * LABEL_PX // BAR >= 60 * NS:
        clock = clock[:5]
    if scale.to_ns - scale.from_ns > _DAY_NS:
        return f"{formats.short_day(wall_ns // NS)} {clock}"
    return clock


def height_text(scale: TimeScale, highest: int) -> str:
    """Return what the highest bar stands for."""
    seconds = scale.bucket_ns // NS
    translate = QCoreApplication.translate
    text = translate("Timeline", "%1 per second") if seconds == 1 else translate("Timeline", "%1 in %2")
    return text.replace("%1", formats.number(highest)).replace("%2", formats.ago_short(seconds))


def bar_text(scale: TimeScale, stacks: Sequence[Stack], bar: int) -> str:
    """Return the times of a bar and what it holds."""
    span = f"{label(scale, scale.start_of(bar))} – {label(scale, scale.start_of(bar + 1))}"
    if bar >= len(stacks):
        return span
    stack = stacks[bar]
    text = QCoreApplication.translate("Timeline", "%1: %2 shown of %3").replace("%1", span)
    return text.replace("%2", formats.number(sum(stack[1:]))).replace("%3", formats.number(stack[0]))
