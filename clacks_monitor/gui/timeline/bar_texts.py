"""What is written at the bars of the timeline, and said about them. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.timeline.time_scale import NS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.timeline.time_scale import Stack, TimeScale
    from clacks_monitor.gui.timeline.time_selection import Span

LABEL_PX = 90
_MINUTE_NS, _DAY_NS = 60 * NS, 86_400 * NS


def label(scale: TimeScale, step_ns: int, wall_ns: int) -> str:
    """Return a time as exactly as steps of ``step_ns`` need it, with the day where the scale has several."""
    if step_ns >= _DAY_NS:
        return formats.short_day(wall_ns // NS)
    clock = formats.clock_short(wall_ns)
    if step_ns >= _MINUTE_NS:
        clock = clock[:5]
    return f"{formats.short_day(wall_ns // NS)} {clock}" if scale.to_ns - scale.from_ns > _DAY_NS else clock


def height_text(scale: TimeScale, highest: int) -> str:
    """Return what the highest bar stands for."""
    seconds = scale.bucket_ns // NS
    translate = QCoreApplication.translate
    text = translate("Timeline", "max. %1 per second") if seconds == 1 else translate("Timeline", "max. %1 in %2")
    return text.replace("%1", formats.number(highest)).replace("%2", formats.ago_short(seconds))


def bar_text(scale: TimeScale, stacks: Sequence[Stack], bar: int, gaps: Sequence[Span] = ()) -> str:
    """Return the times of a bar, what it holds, and whether events could have been missed."""
    text = _content(scale, stacks, bar)
    begin, end = scale.start_of(bar), scale.start_of(bar + 1)
    if any(left < end and right > begin for left, right in gaps):
        text = f"{text}, {QCoreApplication.translate('Timeline', 'gap')}"
    return text


def _content(scale: TimeScale, stacks: Sequence[Stack], bar: int) -> str:
    begin, end = (label(scale, scale.bucket_ns, scale.start_of(one)) for one in (bar, bar + 1))
    span = f"{begin} – {end}"
    if bar >= len(stacks):
        return span
    stack = stacks[bar]
    text = QCoreApplication.translate("Timeline", "%1: %2 shown of %3").replace("%1", span)
    return text.replace("%2", formats.number(sum(stack[1:]))).replace("%3", formats.number(stack[0]))
