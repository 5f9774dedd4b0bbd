"""The bars of spans over the timeline's span, in lanes, with a cursor on the bars.

Owner: its pane. Thread: the window's; the bars are painted on another.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from typing_extensions import override

from clacks_monitor.core.board_spans import GAPS, MAX_COLUMNS, MAX_LANES, SpansWanted
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.spans import span_painter
from clacks_monitor.gui.spans.span_painter import BarStyle, SpanPicture, lane_height
from clacks_monitor.gui.timeline.bar_painter import FOOT, BarPainter
from clacks_monitor.gui.timeline.time_plot import TimePlot
from clacks_monitor.gui.timeline.time_scale import BAR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.core.board_spans import SpanBar, SpanLane, SpansShown
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timeline import Timeline

_MAX_LABEL: Final = 60


class SpansPlot(TimePlot):
    """``opened`` carries a bar and its lane, ``scrolled`` by how many lanes to scroll; ``resized`` asks for others."""

    opened = Signal(object, object)
    scrolled = Signal(int)
    resized = Signal()

    def __init__(self, theme: Theme, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(theme, timeline, parent)
        self.shown: SpansShown | None = None
        self.styles: Mapping[str, BarStyle] = {}
        self.chosen: SpanBar | None = None
        self._painted: tuple[QImage, SpanPicture, int] | None = None
        """The painted bars, of which picture, and the time in nanoseconds at their left."""
        self.painting = LatestTask("paint spans", self)
        self.painting.done.connect(self._show_painted)
        self.setMinimumHeight(72)
        theme.changed.connect(self.paint_bars)
        self._choose(None)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 140)

    # -- content -------------------------------------------------------------------------------------------------

    @property
    def lanes(self) -> int:
        """How many lanes there is room for."""
        room = self.height() - FOOT - span_painter.HEAD
        return max(1, min(MAX_LANES, room // lane_height(self.fontMetrics())))

    def wanted(self, source: str, first: int, find: str) -> SpansWanted:
        """Return the question for what can be shown now; times are of whole columns, so that it stays the same."""
        scale = self.scale
        column = scale.bucket_ns // BAR
        now = min(time.time_ns(), scale.to_ns) // scale.bucket_ns * scale.bucket_ns + scale.bucket_ns
        return SpansWanted(
            source, scale.from_ns, column, min(scale.count * BAR, MAX_COLUMNS), self.lanes, first, find, now
        )

    def show_spans(self, shown: SpansShown, styles: Mapping[str, BarStyle]) -> None:
        """Show what was read."""
        self.shown, self.styles = shown, styles
        self.paint_bars()

    def forget(self) -> None:
        """Show nothing until the next answer."""
        self.shown = self._painted = None
        self.painting.give_up()
        self._choose(None)
        self.update()

    def style_of(self, state: str) -> BarStyle:
        """Return how bars of a state look; a cluster of several states has none of their own."""
        muted = self._theme.muted
        return self.styles.get(state) or BarStyle(
            "", muted, self._theme.washed(muted, 0.35), Qt.BrushStyle.SolidPattern
        )

    # -- painting ------------------------------------------------------------------------------------------------

    @Slot()
    def paint_bars(self) -> None:
        """Paint the bars again, on a thread."""
        shown = self.shown
        if shown is None:
            return
        picture = SpanPicture(
            [(bar, self.style_of(bar.state), self._short(bar)) for bar in shown.bars],
            [one_line(lane.label, _MAX_LABEL) for lane in shown.lanes],
            lane_height(self.fontMetrics()),
            QSize(max(1, self.width()), max(1, self.height() - FOOT)),
            self.devicePixelRatioF(),
            self.font(),
            self._theme.text,
            self._theme.base,
        )
        if self.chosen is not None:
            same = (bar for bar in shown.bars if (bar.sequence, bar.lane) == (self.chosen.sequence, self.chosen.lane))
            self._choose(next(same, None))
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
            if self._painted is not None and self.shown is not None and self.shown.bars:
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
                text = (
                    self.tr("reading…") if self.shown is None or self.shown.left else self.tr("No spans in this time")
                )
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
        if self.shown is None:
            return None
        lane = int(at.y() - span_painter.HEAD) // lane_height(self.fontMetrics())
        column = int(at.x()) - self._moved(self.shown.wanted.from_ns)
        found = [bar for bar in self.shown.bars if bar.lane == lane and bar.left <= column < bar.right]
        return found[-1] if found else None

    def place_of(self, bar: SpanBar) -> QPoint:
        """Return the middle of what is seen of a bar."""
        moved = self._moved(self.shown.wanted.from_ns) if self.shown is not None else 0
        return span_painter.shape_of(bar, lane_height(self.fontMetrics()), moved).intersected(self.rect()).center()

    def lane_of(self, bar: SpanBar) -> SpanLane | None:
        """Return the lane of a bar."""
        lanes = self.shown.lanes if self.shown is not None else ()
        return lanes[bar.lane] if bar.lane < len(lanes) else None

    def _short(self, bar: SpanBar) -> str:
        """Return what is written on a bar, "" where there is no room for it."""
        if bar.right - bar.left < span_painter.TEXT_FROM:
            return ""
        if bar.count > 1:
            return formats.number(bar.count)
        word = self.style_of(bar.state).word + (" ?" if bar.doubted else "")
        if not bar.to_ns:
            return word
        return f"{word}  {formats.exact_duration((bar.to_ns - bar.from_ns) / 1e9)}"

    def text_of(self, bar: SpanBar) -> str:
        """Return what a bar stands for, in lines."""
        lane = self.lane_of(bar)
        texts = [one_line(lane.label)] if lane is not None else []
        first, last = formats.span(bar.from_ns, max(bar.to_ns or time.time_ns(), bar.from_ns + 1))
        last = last if bar.to_ns else self.tr("now")
        word = self.style_of(bar.state).word
        if bar.count > 1:
            texts.append(self.tr("%Ln span(s)", "", formats.plural(bar.count)) + (f": {word}" if word else ""))
        else:
            seconds = max(0, (bar.to_ns or time.time_ns()) - bar.from_ns) / 1e9
            texts.append(f"{word}, {formats.exact_duration(seconds)}")
        texts.append(f"{first} – {last}")
        if bar.doubted:
            texts.append(self.tr("There was a gap meanwhile. The state may have ended earlier."))
        return "\n".join(texts)

    def _choose(self, bar: SpanBar | None, tip_at: Callable[[], QPoint] | None = None) -> None:
        keys = self.tr(
            "Left and Right go to the next bar, Up and Down to another lane, Enter shows the events of the bar."
        )
        self.describe(self.text_of(bar) if bar is not None else "", keys, tip_at)
        if bar != self.chosen:
            self.chosen = bar
            self.update()

    # -- what the user does --------------------------------------------------------------------------------------

    @override
    def point_at(self, at: QPointF, tip_at: Callable[[], QPoint]) -> None:
        self._choose(self.bar_at(at), tip_at)

    @override
    def move_by(self, along: int, across: int) -> None:
        bar = self._next(along, across)
        if bar is None and across and self.chosen is not None:
            self.scrolled.emit(across)
        elif bar is not None:
            self._choose(bar, partial(self._tip_place, bar))

    def _next(self, along: int, across: int) -> SpanBar | None:
        """Return the bar so many steps along its lane, or the one beside it in the next lane; at first the last one."""
        bars, here = (self.shown.bars if self.shown is not None else ()), self.chosen
        if not bars or here is None:
            return bars[-1] if bars else None
        if along:
            lane = [bar for bar in bars if bar.lane == here.lane]
            at = lane.index(here) if here in lane else 0
            return lane[max(0, min(len(lane) - 1, at + along))]
        lanes = sorted({bar.lane for bar in bars if (bar.lane - here.lane) * across > 0}, reverse=across < 0)
        beside = (bar for bar in bars if lanes and bar.lane == lanes[0])
        return min(beside, key=lambda bar: abs(bar.left + bar.right - here.left - here.right), default=None)

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
        if self.shown is not None and self.shown.wanted.source == GAPS:
            self.row_wanted.emit(bar.sequence)
        else:
            self.opened.emit(bar, self.lane_of(bar))
        return True

    def _tip_place(self, bar: SpanBar) -> QPoint:
        return self.mapToGlobal(self.place_of(bar))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
