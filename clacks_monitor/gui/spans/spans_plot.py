"""The bars of spans over the timeline's span, in lanes, with a cursor on the bars.

Owner: its pane. Thread: the window's; the bars are painted on another.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from typing_extensions import override

from clacks_monitor.core.board_spans import GAPS, MAX_COLUMNS, MAX_LANES, SpansWanted
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.spans import span_painter
from clacks_monitor.gui.spans.shown_bars import MAX_LABEL, ShownBars
from clacks_monitor.gui.spans.span_painter import SpanPicture, lane_height
from clacks_monitor.gui.timeline.bar_painter import FOOT, BarPainter
from clacks_monitor.gui.timeline.time_plot import TimePlot
from clacks_monitor.gui.timeline.time_scale import BAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.core.board_spans import SpanBar, SpansShown
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.spans.span_painter import BarStyle
    from clacks_monitor.gui.timeline.timeline import Timeline


class SpansPlot(TimePlot):
    """``opened`` carries a bar and its lane, ``scrolled`` by how many lanes to scroll."""

    opened = Signal(object, object)
    scrolled = Signal(int)

    def __init__(self, theme: Theme, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(theme, timeline, parent)
        self.bars = ShownBars(theme, self)
        self.chosen: SpanBar | None = None
        self._painted: tuple[QImage, SpanPicture, int] | None = None
        """The painted bars, of which picture, and the time in nanoseconds at their left."""
        self.painting = LatestTask("paint spans", self)
        self.painting.done.connect(self._show_painted)
        self.setMinimumHeight(72)
        theme.changed.connect(self.paint_bars)
        self._choose(None)

    # -- content -------------------------------------------------------------------------------------------------

    def wanted(self, source: str, first: int, find: str) -> SpansWanted:
        """Return the question for what can be shown now; times are of whole columns, so that it stays the same."""
        scale = self.scale
        column = scale.bucket_ns // BAR
        room = self.height() - FOOT - span_painter.HEAD
        lanes = max(1, min(MAX_LANES, room // lane_height(self.fontMetrics())))
        now = min(time.time_ns(), scale.to_ns) // scale.bucket_ns * scale.bucket_ns + scale.bucket_ns
        return SpansWanted(source, scale.from_ns, column, min(scale.count * BAR, MAX_COLUMNS), lanes, first, find, now)

    def show_spans(self, shown: SpansShown, styles: Mapping[str, BarStyle]) -> None:
        """Show what was read."""
        self.bars.shown, self.bars.styles = shown, styles
        self.paint_bars()

    def forget(self) -> None:
        """Show nothing until the next answer."""
        self.bars.shown = self._painted = None
        self.painting.give_up()
        self._choose(None)
        self.update()

    # -- painting ------------------------------------------------------------------------------------------------

    @Slot()
    def paint_bars(self) -> None:
        """Paint the bars again, on a thread."""
        shown = self.bars.shown
        if shown is None:
            return
        picture = SpanPicture(
            [(bar, self.bars.style_of(bar.state), self.bars.short_text(bar)) for bar in shown.bars],
            [one_line(lane.label, MAX_LABEL) for lane in shown.lanes],
            lane_height(self.fontMetrics()),
            QSize(max(1, self.width()), max(1, self.height() - FOOT)),
            self.devicePixelRatioF(),
            self.font(),
            self._theme.text,
            self._theme.base,
        )
        if self.chosen is not None:
            self._choose(self.bars.same(self.chosen))
        left_ns = shown.wanted.from_ns
        self.painting.ask(lambda wanted: (span_painter.paint(picture, wanted), picture, left_ns))

    @Slot(object)
    def _show_painted(self, found: tuple[QImage, SpanPicture, int]) -> None:
        self._painted = found
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            ground = BarPainter(self._theme, painter, self.scale, self.size(), event.rect())
            ground.paint_ground(self._timeline.gaps)
            if self._painted is not None and self.bars.bars:
                image, picture, left_ns = self._painted
                moved = self._moved(left_ns)
                if abs(moved) < self.width():
                    painter.drawImage(moved, 0, image)
                if self.chosen is not None:
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                    painter.setPen(QPen(self._theme.text, 2))
                    painter.drawRect(span_painter.shape_of(self.chosen, picture.lane_px, moved))
                span_painter.paint_labels(painter, picture)
            else:
                painter.setPen(self._theme.muted)
                reading = self.bars.shown is None or self.bars.shown.left
                text = self.tr("reading…") if reading else self.tr("No spans in this time")
                painter.drawText(self.rect().adjusted(0, 0, 0, -FOOT), Qt.AlignmentFlag.AlignCenter, text)
            if self.selected_span is not None:
                ground.paint_span(self.selected_span)

    def _moved(self, from_ns: int) -> int:
        """Return how many pixels further right a time is than the left edge; far outside is far enough."""
        moved = (from_ns - self.scale.from_ns) * BAR // self.scale.bucket_ns
        return max(-MAX_COLUMNS, min(MAX_COLUMNS, moved))

    # -- bars ----------------------------------------------------------------------------------------------------

    def bar_at(self, at: QPointF) -> SpanBar | None:
        """Return the bar at a pixel; of those that begin beside each other, the last."""
        if self.bars.shown is None:
            return None
        lane = int(at.y() - span_painter.HEAD) // lane_height(self.fontMetrics())
        return self.bars.at(lane, int(at.x()) - self._moved(self.bars.shown.wanted.from_ns))

    def place_of(self, bar: SpanBar) -> QPoint:
        """Return the middle of what is seen of a bar."""
        moved = self._moved(self.bars.shown.wanted.from_ns) if self.bars.shown is not None else 0
        return span_painter.shape_of(bar, lane_height(self.fontMetrics()), moved).intersected(self.rect()).center()

    def _choose(self, bar: SpanBar | None, tip_at: Callable[[], QPoint] | None = None) -> None:
        keys = self.tr(
            "Left and Right go to the next bar, Up and Down to another lane, Enter shows the events of the bar."
        )
        self.describe(self.bars.text(bar) if bar is not None else "", keys, tip_at)
        if bar != self.chosen:
            self.chosen = bar
            self.update()

    # -- what the user does --------------------------------------------------------------------------------------

    @override
    def point_at(self, at: QPointF, tip_at: Callable[[], QPoint]) -> None:
        self._choose(self.bar_at(at), tip_at)

    @override
    def move_by(self, along: int, across: int) -> None:
        bar = self.bars.moved(self.chosen, along, across)
        if bar is None and across and self.chosen is not None:
            self.scrolled.emit(across)
        elif bar is not None:
            self._choose(bar, lambda: self.mapToGlobal(self.place_of(bar)))

    @override
    def open_at(self, at: QPointF) -> None:
        bar = self.bar_at(at)
        if bar is not None:
            self._choose(bar)
            self.open_chosen()

    @override
    def open_chosen(self) -> bool:
        bar = self.chosen
        if bar is None:
            return False
        if self.bars.shown is not None and self.bars.shown.wanted.source == GAPS:
            self.row_wanted.emit(bar.sequence)
        else:
            self.opened.emit(bar, self.bars.lane_of(bar))
        return True
