"""Rows that are painted again come from pictures, and look as they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage

from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.gui.table.row_images import KEPT, RowImages
from clacks_monitor.gui.table.row_painter import RowPainter

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

SIZE, BASE = QSize(100, 16), QColor("white")


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the rows that were drawn, in order."""
    numbers: list[int] = []
    draw = RowPainter._draw

    def noted(self: RowPainter, painter: object, rect: object, row: Row, *more: object, selected: bool) -> None:
        numbers.append(row.sequence)
        draw(self, painter, rect, row, *more, selected=selected)  # type: ignore[arg-type]  # passed through

    monkeypatch.setattr(RowPainter, "_draw", noted)
    return numbers


def picture(window: MainWindow) -> QImage:
    return window.panes.table.viewport().grab().toImage()


def test_a_row_is_drawn_twice_and_then_copied(window: MainWindow, feed: Callable[..., None], drawn: list[int]) -> None:
    feed(5)
    window.panes.table._painter.recolour()  # as if it had never been painted
    drawn.clear()
    looks = [picture(window) for _time in range(4)]
    assert sorted(drawn) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert all(look == looks[0] for look in looks)


def test_a_row_that_has_changed_is_drawn_again(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], drawn: list[int]
) -> None:
    feed(2)
    before = [picture(window) for _time in range(3)][-1]
    session.annotations.toggle_marks([1])
    window.panes.model.refresh(1)
    drawn.clear()
    assert picture(window) != before
    assert drawn == [1]


def test_other_columns_colours_and_selections_draw_rows_again(
    window: MainWindow, feed: Callable[..., None], drawn: list[int]
) -> None:
    feed(1)
    looks = [picture(window) for _time in range(3)]
    window.panes.table.columns.show([Column.TYPE, Column.SUMMARY])
    drawn.clear()
    assert picture(window) != looks[-1]
    assert drawn == [1]
    window.panes.table.selectRow(0)
    drawn.clear()
    picture(window)
    assert drawn == [1]


def a_row(sequence: int) -> Row:
    return Row(sequence, RowKind.EVENT, 0, "A", "", "", 0)


def test_pictures_go_when_circumstances_change_and_when_there_are_too_many() -> None:
    images = RowImages()
    images.begin("narrow")
    rows = [a_row(number) for number in range(KEPT + 1)]
    for row in rows:
        images.make((row.sequence, 0, False, ()), row, SIZE, 1.0, BASE)
    assert images.find((0, 0, False, ()), rows[0]) is None
    assert images.find((1, 0, False, ()), rows[1]) is not None
    assert images.find((1, 0, False, ()), a_row(1)) is None
    images.begin("narrow")
    assert images.find((1, 0, False, ()), rows[1]) is not None
    images.begin("wide")
    assert images.find((1, 0, False, ()), rows[1]) is None


def test_a_row_is_worth_a_picture_when_it_is_painted_again() -> None:
    images = RowImages()
    row = a_row(1)
    assert not images.wanted((1, 0, False, ()), row)
    assert images.wanted((1, 0, False, ()), row)
    assert not images.wanted((1, 0, False, ()), a_row(1))


def test_pictures_are_as_sharp_as_the_screen() -> None:
    made = RowImages().make((1, 0, False, ()), a_row(1), SIZE, 2.0, BASE)
    assert made.size() == SIZE * 2
    assert made.devicePixelRatio() == 2.0
