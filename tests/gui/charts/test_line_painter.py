"""Lines as a picture: where they are, that gaps interrupt them, and marks that differ."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from clacks_monitor.core.chart import ChartLine
from clacks_monitor.gui.charts.line_painter import MARKS, LineStyle, Picture, paint, paint_mark
from clacks_monitor.gui.charts.value_axis import ValueAxis

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QApplication

SIZE = QSize(400, 100)
AXIS = ValueAxis(0, 10, (0, 10), 90, 10)
RED = LineStyle(QColor("#ff0000"), 0)


def line(points: Sequence[tuple[int, float]]) -> ChartLine:
    columns, values = array("q", (x for x, _y in points)), array("d", (y for _x, y in points))
    ones = array("q", [1] * len(points))
    return ChartLine("a", columns, values, values, values, values, ones, ones, ones)


def painted(chart: ChartLine, gaps: Sequence[tuple[int, int]] = (), ratio: float = 1.0) -> QImage:
    return paint(Picture([(chart, RED)], 1_000, AXIS, gaps, SIZE, ratio))


def inked(image: QImage, x: int) -> list[int]:
    return [y for y in range(image.height()) if image.pixelColor(x, y).alpha() > 60]


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    """Paint with an application, as the window does."""


def test_a_line_goes_through_its_numbers() -> None:
    image = painted(line([(1_000, 0), (1_200, 10), (1_399, 10)]))
    assert inked(image, 100)[0] in range(47, 52)
    assert inked(image, 300)[0] in {9, 10}
    assert not inked(painted(line([(1_100, 5)])), 60)
    assert inked(painted(line([(1_100, 5)])), 100), "a single number has a mark"


@pytest.mark.parametrize("gap", [(1_050, 1_060), (1_001, 1_001), (1_199, 1_300)])
def test_a_gap_interrupts_a_line(gap: tuple[int, int]) -> None:
    points = line([(1_000, 5), (1_200, 5)])
    assert inked(painted(points), 100)
    assert not inked(painted(points, [(10, 20), gap, (5_000, 6_000)]), 100)


@pytest.mark.parametrize("gap", [(900, 950), (1_201, 1_300)])
def test_a_gap_elsewhere_does_not(gap: tuple[int, int]) -> None:
    assert inked(painted(line([(1_000, 5), (1_200, 5)]), [gap]), 100)


def test_several_numbers_in_a_column_are_all_seen() -> None:
    one, two = array("d", [1.0]), array("d", [9.0])
    events = array("q", [1])
    several = ChartLine("a", array("q", [1_100]), one, one, two, two, events, events, array("q", [7]))
    rows = inked(painted(several), 100)
    assert rows[0] <= 20
    assert rows[-1] >= 80


def test_a_fine_screen_has_more_pixels() -> None:
    image = painted(line([(1_000, 5), (1_399, 5)]), ratio=2.0)
    assert (image.width(), image.height()) == (800, 200)


def test_a_picture_that_is_not_wanted_any_more_is_given_up() -> None:
    def unwanted() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        paint(Picture([(line([(1_000, 5)]), RED)], 1_000, AXIS, [], SIZE, 1.0), unwanted)


def test_marks_differ() -> None:
    shapes = set[bytes]()
    for mark in range(MARKS):
        image = QImage(20, 20, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        with QPainter(image) as painter:
            painter.setBrush(QColor("red"))
            paint_mark(painter, QPointF(10, 10), LineStyle(QColor("red"), mark), 6)
        shapes.add(bytes(image.constBits()))
    assert len(shapes) == MARKS
