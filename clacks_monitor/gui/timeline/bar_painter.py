"""Paints the timeline: the bars of what is shown over muted ones of everything, the times below, the selection.

Owner: the timeline. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.gui.timeline import bar_texts
from clacks_monitor.gui.timeline.time_scale import BAR, highest, ticks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.time_scale import Stack, TimeScale
    from clacks_monitor.gui.timeline.time_selection import Span

FOOT, _HEAD = 16, 4
"""Pixels below the bars, where the times stand, and above them."""
_LEAST_GAP = 3


class BarPainter:
    """Paints ``area`` of a widget of ``size``, in the colours of the theme."""

    def __init__(self, theme: Theme, painter: QPainter, scale: TimeScale, size: QSize, area: QRect) -> None:
        self._theme, self._painter, self._scale, self._area = theme, painter, scale, area
        self._width, self._height, self._floor = size.width(), size.height(), size.height() - FOOT

    def paint_ground(self, gaps: Sequence[Span] = ()) -> None:
        """Paint the background, the gaps and the times."""
        self._painter.fillRect(self._area, self._theme.base)
        for gap in gaps:
            self._paint_gap(gap)
        self._paint_times()

    def paint_bars(self, stacks: Sequence[Stack], gaps: Sequence[Span] = ()) -> None:
        """Paint the background, the gaps, the times and the bars."""
        self.paint_ground(gaps)
        top = highest(stacks)
        if top:
            self._paint_stacks(stacks, top)
            self._paint_head(top)
        else:
            self._painter.setPen(self._theme.muted)
            text = QCoreApplication.translate("Timeline", "No events in this time")
            self._painter.drawText(QRect(0, 0, self._width, self._floor), Qt.AlignmentFlag.AlignCenter, text)

    def _paint_gap(self, gap: Span) -> None:
        """Shade a gap, with stripes so that it is not told by its colour alone; the shortest can still be seen."""
        # Times may lie far outside: beyond what a pixel's number can be.
        left, right = (max(-1, min(self._width + 1, self._scale.x_of(wall_ns))) for wall_ns in gap)
        if right < 0 or left > self._width:
            return
        shape = QRect(left, 0, max(_LEAST_GAP, right - left), self._floor)
        warn = self._theme.warn
        self._painter.fillRect(shape, self._theme.washed(warn, 0.25))
        self._painter.fillRect(shape, QBrush(warn, Qt.BrushStyle.BDiagPattern))

    def _paint_stacks(self, stacks: Sequence[Stack], top: int) -> None:
        painter, height = self._painter, self._floor - _HEAD
        muted = self._theme.washed(self._theme.muted, 0.35)
        first, last = self._scale.bar_at(self._area.left()), self._scale.bar_at(self._area.right())
        for bar, stack in enumerate(stacks[first : last + 1], first):
            if not stack[0]:
                continue
            left = self._scale.left_of(bar)
            tall = max(2, round(height * stack[0] / top))
            painter.fillRect(QRect(left, self._floor - tall, BAR - 1, tall), muted)
            below = self._floor
            for tint, count in enumerate(stack[1:]):
                if count:
                    part = max(1, round(height * count / top))
                    colour = self._theme.swatch(COLOURS[tint]) if tint else self._theme.accent
                    painter.fillRect(QRect(left, max(below - part, self._floor - tall), BAR - 1, part), colour)
                    below -= part

    def _paint_head(self, top: int) -> None:
        text, metrics = bar_texts.height_text(self._scale, top), self._painter.fontMetrics()
        width = metrics.horizontalAdvance(text) + 8
        self._painter.fillRect(QRect(4, _HEAD, width, metrics.height()), self._theme.base)
        self._painter.setPen(self._theme.muted)
        self._painter.drawText(QPoint(8, _HEAD + metrics.ascent()), text)

    def _paint_times(self) -> None:
        scale, painter = self._scale, self._painter
        if not scale.from_ns:
            return
        painter.fillRect(QRect(0, self._floor, self._width, 1), self._theme.line)
        round_times = ticks(scale, bar_texts.LABEL_PX)
        for wall_ns in round_times.times:
            x, label = scale.x_of(wall_ns), bar_texts.label(scale, round_times.step_ns, wall_ns)
            right = x + 4 + painter.fontMetrics().horizontalAdvance(label)
            if x > self._area.right() or right < self._area.left():
                continue
            painter.fillRect(QRect(x, self._floor, 1, 4), self._theme.line)
            if right < self._width:
                painter.setPen(self._theme.muted)
                painter.drawText(QPoint(x + 4, self._height - 3), label)

    def paint_span(self, span: Span) -> None:
        """Shade a span of time, and veil all others."""
        # A span may lie far outside: beyond what a pixel's number can be.
        left, right = (max(-1, min(self._width + 1, self._scale.left_of(self._scale.bar_of(t)))) for t in span)
        veil, shade = QColor(self._theme.base), QColor(self._theme.accent)
        veil.setAlpha(170)
        shade.setAlpha(40)
        self._painter.fillRect(QRect(0, 0, max(0, left), self._floor), veil)
        self._painter.fillRect(QRect(right, 0, max(0, self._width - right), self._floor), veil)
        self._painter.fillRect(QRect(left, 0, right - left, self._floor), shade)
        for edge in (left, right - 1):
            self._painter.fillRect(QRect(edge, 0, 1, self._floor), self._theme.accent)

    def paint_cursor(self, bar: int) -> None:
        """Mark a bar above and below."""
        for top in (0, self._floor - 2):
            self._painter.fillRect(QRect(self._scale.left_of(bar), top, BAR - 1, 2), self._theme.text)
