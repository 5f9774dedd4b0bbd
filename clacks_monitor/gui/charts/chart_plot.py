"""A chart's plot: lines over the timeline's span, with its selection and its gaps, and a cursor on the events.

It paints itself, as the timeline does, to share its axis: pyqtgraph adds 82 MB (with numpy) and 0.5 s to the first
chart, QtGraphs and the retired QtCharts come with 417 MB of PySide6-Addons under the GPL, and QtGraphs needs QML and
OpenGL; this takes 0.05 s. Owner: its pane. Thread: the window's; the lines are painted on another.
"""

from __future__ import annotations

from functools import partial
from math import hypot
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from clacks_monitor.core.chart import MAX_COLUMNS
from clacks_monitor.gui.charts import chart_ground
from clacks_monitor.gui.charts.line_painter import LineStyle, Picture, paint
from clacks_monitor.gui.charts.plotted_lines import PlottedLines, Spot
from clacks_monitor.gui.charts.value_axis import ValueAxis, axis_for
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.timeline.bar_painter import FOOT, BarPainter
from clacks_monitor.gui.timeline.bar_texts import label
from clacks_monitor.gui.timeline.time_scale import BAR, TimeScale

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from clacks_monitor.core.chart import ChartShown
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timeline import Timeline

_HEAD: Final = 6
_TICK_PX: Final = 26
_REACH: Final = 40
"""How far from the pointer an event may be, in pixels."""
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
_LINES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ChartPlot(QWidget):
    """``row_wanted`` carries the number of an event that was chosen."""

    row_wanted = Signal(int)

    def __init__(self, theme: Theme, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._timeline = theme, timeline
        self.lines = PlottedLines()
        self._unit, self._column_ns = "", 1
        self.text = self._empty(reading=True)
        self.spot: Spot | None = None
        self._pressed: QPoint | None = None
        self._painted: tuple[QImage, int, ValueAxis] | None = None
        """The painted lines, the column that is at their left, and their axis."""
        self.painting = LatestTask("paint chart", self)
        self.painting.done.connect(self._show_painted)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(72)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        timeline.selection.changed.connect(self.update)
        theme.changed.connect(self.paint_lines)
        self._select(None)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 120)

    # -- content -------------------------------------------------------------------------------------------------

    @property
    def scale(self) -> TimeScale:
        """The timeline's scale in this widget's width: both end at the same time, at the right."""
        whole = self._timeline.scale
        bars = max(1, self.width() // BAR)
        return TimeScale(whole.to_ns - bars * whole.bucket_ns, whole.bucket_ns, bars)

    @property
    def _left(self) -> int:
        """The column that is at the left, counted from the epoch."""
        return self.scale.from_ns // self._column_ns

    def show_lines(self, shown: ChartShown) -> None:
        """Show what was read."""
        self._unit, self._column_ns = shown.subject.unit, shown.span.column_ns
        self.lines.show(shown.lines)
        self.text = "" if shown.lines else self._empty(reading=shown.left > 0)
        self.paint_lines()

    def style_of(self, name: str) -> LineStyle:
        """Return how the line with a name looks."""
        hue, mark = self.lines.look_of(name)
        return LineStyle(self._theme.swatch(hue), mark)

    def _empty(self, *, reading: bool) -> str:
        return self.tr("reading…") if reading else self.tr("No numbers in this time")

    def hide_lines(self, names: Collection[str]) -> None:
        """Leave out the lines with these names."""
        self.lines.hide(names)
        self.paint_lines()

    def forget(self) -> None:
        """Show nothing until the next answer: the chart or the capture is another one."""
        self.lines.show(())
        self.text, self._painted = self._empty(reading=True), None
        self.painting.give_up()
        self._select(None)
        self.update()

    # -- painting ------------------------------------------------------------------------------------------------

    @Slot()
    def paint_lines(self) -> None:
        """Paint the lines again, on a thread."""
        lines, left, width = self.lines.visible, self._left, self._column_ns
        axis = axis_for(lines, self._unit, self.height() - FOOT, _HEAD, _TICK_PX)
        picture = Picture(
            [(line, self.style_of(line.name)) for line in lines],
            left,
            axis,
            sorted((begin // width, end // width) for begin, end in self._timeline.gaps),
            self.size(),
            self.devicePixelRatioF(),
        )
        if self.spot is not None:
            self._select(self.lines.same(self.spot))
        self.painting.ask(lambda wanted: (paint(picture, wanted), left, axis))

    @Slot(object)
    def _show_painted(self, found: tuple[QImage, int, ValueAxis]) -> None:
        self._painted = found
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            ground = BarPainter(self._theme, painter, self.scale, self.size(), event.rect())
            ground.paint_ground(self._timeline.gaps)
            if self._painted is not None and not self.text:
                self._paint_numbers(painter, *self._painted)
            elif self.text:
                painter.setPen(self._theme.muted)
                painter.drawText(self.rect().adjusted(0, 0, 0, -FOOT), Qt.AlignmentFlag.AlignCenter, self.text)
            span = self._timeline.selection.selected(self._timeline.scale) or self._timeline.selection.span
            if span is not None:
                ground.paint_span(span)
            if self.spot is not None and self._painted is not None:
                style = self.style_of(self.spot.line.name)
                at = self.place_of(self.spot)
                chart_ground.paint_spot(painter, self._theme, at, style, self.height() - FOOT)

    def _paint_numbers(self, painter: QPainter, image: QImage, left: int, axis: ValueAxis) -> None:
        chart_ground.paint_rules(painter, self._theme, axis, self.width())
        moved = left - self._left
        if abs(moved) < self.width():
            painter.drawImage(moved, 0, image)
        chart_ground.paint_labels(painter, self._theme, axis, self._unit)

    # -- points --------------------------------------------------------------------------------------------------

    def spot_text(self, spot: Spot) -> str:
        """Return what a point stands for."""
        when = label(self.scale, self._column_ns, spot.column * self._column_ns)
        return chart_ground.spot_text(spot, self._unit, when)

    def place_of(self, spot: Spot) -> QPointF:
        """Return the pixel of a point."""
        y = self._painted[2].y_of(spot.value) if self._painted is not None else 0.0
        # Far outside where the timeline shows other times than the lines, until they are read for those.
        return QPointF(max(-MAX_COLUMNS, min(MAX_COLUMNS, spot.column - self._left)), y)

    def spot_at(self, at: QPointF) -> Spot | None:
        """Return the point of a line that is nearest to a pixel, None where none is near."""
        spots = list(self.lines.spots_about(round(at.x()) + self._left)) if self._painted is not None else []
        away = [(point := self.place_of(spot) - at, hypot(point.x(), point.y()))[1] for spot in spots]
        return spots[away.index(min(away))] if away and min(away) <= _REACH else None

    def _select(self, spot: Spot | None, tip_at: Callable[[], QPoint] | None = None) -> None:
        """Choose a point, and say what it is."""
        text = self.tr("Left and Right move along a line, Up and Down change the line, Enter goes to the event.")
        here = self.spot_text(spot) if spot is not None else ""
        if spot != self.spot or not self.accessibleDescription():
            self.spot = spot
            self.setAccessibleDescription(spoken(f"{here}. {text}" if here else text))
            self.update()
        if tip_at is not None:
            QToolTip.showText(tip_at(), plain_tip(here), self)

    # -- what the user does --------------------------------------------------------------------------------------

    def _bar_at(self, x: float) -> int:
        whole = self._timeline.scale
        return max(0, min(whole.count - 1, whole.bar_of(self.scale.start_of(int(x) // BAR))))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at, selection = event.position(), self._timeline.selection
        if self._pressed is None:
            self._select(self.spot_at(at), lambda: event.globalPosition().toPoint())
        elif abs(at.x() - self._pressed.x()) >= BAR:
            selection.begin(self._bar_at(self._pressed.x()))
            selection.extend(self._bar_at(at.x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        moved = abs(event.position().x() - self._pressed.x()) >= BAR
        self._pressed = None
        if moved:
            self._timeline.selection.choose(self._timeline.scale)
        elif (spot := self.spot_at(event.position())) is not None:
            self.row_wanted.emit(spot.sequence)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self._timeline.selection.reset()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._timeline.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS or key in _LINES:
            spot = self.lines.moved(self.spot, _STEPS.get(key, 0), _LINES.get(key, 0))
            self._select(spot, partial(self._tip_place, spot))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.spot is not None:
            self.row_wanted.emit(self.spot.sequence)
        elif key is Qt.Key.Key_Escape:
            self._timeline.selection.reset()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self._timeline.zoomed.emit(1 if key is Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    def _tip_place(self, spot: Spot | None) -> QPoint:
        return self.mapToGlobal(self.place_of(spot).toPoint() if spot is not None else QPoint())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.paint_lines()
