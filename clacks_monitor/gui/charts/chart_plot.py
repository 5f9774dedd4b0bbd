"""A chart's plot: lines over the timeline's span, with its selection and its gaps, and a cursor on the events.

It paints itself, as the timeline does, to share its axis: pyqtgraph adds 82 MB (with numpy) and 0.5 s to the first
chart, QtGraphs and the retired QtCharts come with 417 MB of PySide6-Addons under the GPL, and QtGraphs needs QML and
OpenGL; this takes 0.05 s. Owner: its pane. Thread: the window's; the lines are painted on another.
"""

from __future__ import annotations

from functools import partial
from math import hypot
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, QSize, Qt, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from typing_extensions import override

from clacks_monitor.core.chart import MAX_COLUMNS
from clacks_monitor.gui.charts import chart_ground
from clacks_monitor.gui.charts.line_painter import LineStyle, Picture, paint
from clacks_monitor.gui.charts.plotted_lines import PlottedLines, Spot
from clacks_monitor.gui.charts.value_axis import ValueAxis, axis_for
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.timeline.bar_painter import FOOT, BarPainter
from clacks_monitor.gui.timeline.bar_texts import label
from clacks_monitor.gui.timeline.time_plot import TimePlot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from PySide6.QtWidgets import QWidget

    from clacks_monitor.core.chart import ChartShown
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.timeline import Timeline

_HEAD: Final = 6
_TICK_PX: Final = 26
_REACH: Final = 40
"""How far from the pointer an event may be, in pixels."""


class ChartPlot(TimePlot):
    """The lines of a chart; its points can be chosen."""

    def __init__(self, theme: Theme, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(theme, timeline, parent)
        self.lines = PlottedLines()
        self._unit, self._column_ns = "", 1
        self.text = self._empty(reading=True)
        self.spot: Spot | None = None
        self._painted: tuple[QImage, int, ValueAxis] | None = None
        """The painted lines, the column that is at their left, and their axis."""
        self.painting = LatestTask("paint chart", self)
        self.painting.done.connect(self._show_painted)
        self.setMinimumHeight(72)
        theme.changed.connect(self.paint_lines)
        self.resized.connect(self.paint_lines)
        self._select(None)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 120)

    # -- content -------------------------------------------------------------------------------------------------

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
            if self.selected_span is not None:
                ground.paint_span(self.selected_span)
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
        self.describe(here, text, tip_at)
        if spot != self.spot:
            self.spot = spot
            self.update()

    # -- what the user does --------------------------------------------------------------------------------------

    @override
    def point_at(self, at: QPointF, tip_at: Callable[[], QPoint]) -> None:
        self._select(self.spot_at(at), tip_at)

    @override
    def move_by(self, along: int, across: int) -> None:
        spot = self.lines.moved(self.spot, along, across)
        self._select(spot, partial(self._tip_place, spot))

    @override
    def open_at(self, at: QPointF) -> None:
        spot = self.spot_at(at)
        if spot is not None:
            self.row_wanted.emit(spot.sequence)

    @override
    def open_chosen(self) -> bool:
        if self.spot is not None:
            self.row_wanted.emit(self.spot.sequence)
        return self.spot is not None

    def _tip_place(self, spot: Spot | None) -> QPoint:
        return self.mapToGlobal(self.place_of(spot).toPoint() if spot is not None else QPoint())
