"""Paints the lines of a chart as a picture, on any thread: thousands of points take longer than the window may wait.

Lines are told apart by colour and by the shape of their marks. A line is interrupted where events could have been
missed.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.core.chart import ChartLine
    from clacks_monitor.gui.charts.value_axis import ValueAxis

MARKS: Final = 4
"""Shapes of marks: a dot, a square, a triangle, a diamond."""
_BETWEEN_MARKS: Final = 56
_RADIUS: Final = 3.0
_WIDTH: Final = 1.4


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How a line looks; ``mark`` is a number below MARKS."""

    colour: QColor
    mark: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What is painted: each line in its style, the column that is at x = 0, and gaps (first and last column)."""

    lines: Sequence[tuple[ChartLine, LineStyle]]
    first: int
    axis: ValueAxis
    gaps: Sequence[tuple[int, int]]
    size: QSize
    ratio: float


def paint(picture: Picture, wanted: Callable[[], None] = lambda: None) -> QImage:
    """Return the lines of a picture on a transparent ground; ``wanted`` is called now and then, and may raise."""
    image = QImage(picture.size * picture.ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(picture.ratio)
    image.fill(Qt.GlobalColor.transparent)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(QRectF(0, 0, picture.size.width(), picture.axis.floor + 1))
        for line, style in picture.lines:
            wanted()
            painter.setPen(QPen(style.colour, _WIDTH))
            painter.setBrush(style.colour)
            for part in _parts(line, picture):
                _paint_part(painter, part, style)
    return image


def _parts(line: ChartLine, picture: Picture) -> Iterator[list[QPointF]]:
    """Yield the points of a line between gaps."""
    points = list[QPointF]()
    ends = [end for _begin, end in picture.gaps]
    before = None
    for place, column in enumerate(line.columns):
        if before is not None and points and _interrupted(picture.gaps, ends, before, column):
            yield points
            points = []
        x, y_of = float(column - picture.first), picture.axis.y_of
        values = (line.firsts[place], line.lows[place], line.highs[place], line.lasts[place])
        points.extend(QPointF(x, y_of(value)) for value in (values if line.counts[place] > 1 else values[:1]))
        before = column
    if points:
        yield points


def _interrupted(gaps: Sequence[tuple[int, int]], ends: Sequence[int], before: int, column: int) -> bool:
    """Return whether a gap lies between two columns."""
    place = bisect_left(ends, before)
    return place < len(gaps) and gaps[place][0] <= column and before < column


def _paint_part(painter: QPainter, points: list[QPointF], style: LineStyle) -> None:
    # One by one: the outline of a long polyline that crosses itself takes a thousand times as long.
    painter.drawLines([QLineF(one, other) for one, other in pairwise(points)])
    marked = None
    for point in points:
        if marked is None or point.x() - marked >= _BETWEEN_MARKS:
            paint_mark(painter, point, style)
            marked = point.x()


def paint_mark(painter: QPainter, at: QPointF, style: LineStyle, radius: float = _RADIUS) -> None:
    """Paint the mark of a line, with the painter's pen and brush."""
    x, y = at.x(), at.y()
    if style.mark == 0:
        painter.drawEllipse(at, radius, radius)
    elif style.mark == 1:
        painter.drawRect(QRectF(x - radius, y - radius, 2 * radius, 2 * radius))
    elif style.mark == 2:
        corners = [QPointF(x, y - radius), QPointF(x + radius, y + radius), QPointF(x - radius, y + radius)]
        painter.drawPolygon(QPolygonF(corners))
    else:
        sides = [(0.0, -radius), (radius, 0.0), (0.0, radius), (-radius, 0.0)]
        painter.drawPolygon(QPolygonF([QPointF(x + right, y + down) for right, down in sides]))
