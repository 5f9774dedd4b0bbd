"""Event types: counts that are right, nothing lost when types come and go."""

from __future__ import annotations

import gc
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.table.types_dock import MAX_NAME, TypesModel
from clacks_monitor.session.notices import TypeCount
from tests.helpers.paint_watch import PaintWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

SECOND = 1_000_000_000


def _rows(window: MainWindow) -> list[tuple[str, str]]:
    model = window.panes.types.types
    return [model.texts(row)[:2] for row in range(model.rowCount())]


def test_types_are_counted_as_they_come(window: MainWindow, session: FakeSession, feed: Callable[..., None]) -> None:
    feed(400)
    window.refresh.refresh()
    expected = {(count.type or "(no event)", str(count.count)) for count in session.counting.types()}
    assert set(_rows(window)) == expected
    names = [name for name, _count in _rows(window)]
    assert names == sorted(names, key=str.lower)


def test_a_type_that_is_gone_leaves_the_list(window: MainWindow) -> None:
    window.panes.types.show_counts([TypeCount("A", 1, 0.0, 1), TypeCount("B", 2, 0.0, 1)])
    window.panes.types.show_counts([TypeCount("B", 3, 0.0, 1)])
    assert _rows(window) == [("B", "3")]


def test_only_the_types_that_look_otherwise_are_painted_again(window: MainWindow, qtbot: QtBot) -> None:
    counts = [TypeCount(name, 1, 0.0, 1) for name in ("A", "B", "C")]
    window.panes.types.show_counts(counts)
    painted = PaintWatch(window.panes.types.viewport())
    qtbot.waitUntil(lambda: bool(painted.areas))
    painted.areas.clear()
    window.panes.types.show_counts([counts[0], TypeCount("B", 2, 0.0, 1), counts[2]])
    qtbot.waitUntil(lambda: bool(painted.areas))
    rows = [window.panes.types.visualRect(window.panes.types.types.index(row)) for row in range(3)]
    assert [any(area.intersects(row) for area in painted.areas) for row in rows] == [False, True, False]


@pytest.mark.parametrize("many", [3, 200])
def test_what_is_current_stays_so_when_types_come_and_go(window: MainWindow, many: int) -> None:
    counts = [TypeCount(f"T{number:03}", 1, 0.0, 1) for number in range(300)]
    window.panes.types.show_counts(counts)
    window.panes.types.setCurrentIndex(window.panes.types.types.index(250))
    window.panes.types.show_counts([TypeCount("a", 1, 0.0, 1), *counts[many:]])
    assert window.panes.types.currentIndex().data() == "T250"
    assert [name for name, _count in _rows(window)] == ["a", *(f"T{number:03}" for number in range(many, 300))]


def test_only_the_rows_on_the_screen_are_put_in_words(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = [TypeCount(f"T{number:05}", 1, 0.0, 1) for number in range(20_000)]
    window.panes.types.show_counts(counts)
    asked: list[int] = []
    texts = TypesModel.texts

    def counted(model: TypesModel, row: int) -> tuple[str, str, str, str]:
        asked.append(row)
        return texts(model, row)

    monkeypatch.setattr(TypesModel, "texts", counted)
    window.panes.types.show_counts([replace(count, count=2) for count in counts])
    shown = (
        window.panes.types.viewport().height()
        // window.panes.types.visualRect(window.panes.types.types.index(0)).height()
    )
    assert 0 < len(asked) <= shown + 2


def test_types_that_are_counted_together_come_last_and_cannot_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    window.panes.types.show_counts([TypeCount("zz", 1, 0.0, 1), TypeCount("", 7, 0.0, SECOND, folded=True)])
    assert _rows(window) == [("zz", "1"), ("(more types)", "7")]
    index = window.panes.types.types.index(1)
    assert "of further types" in index.data(Qt.ItemDataRole.ToolTipRole)
    with qtbot.assertNotEmitted(window.panes.types.chosen):
        place = window.panes.types.visualRect(index).center()
        qtbot.mouseClick(window.panes.types.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_name_without_end_is_cut_and_its_tip_shows_no_markup(window: MainWindow) -> None:
    window.panes.types.show_counts([TypeCount("<b>" + 50_000 * "W", 1, 0.0, 1)])
    assert len(_rows(window)[0][0]) == MAX_NAME
    tip = window.panes.types.types.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert not Qt.mightBeRichText(tip)
    assert len(tip) < 2 * MAX_NAME


def test_a_type_says_in_words_how_many_and_when(window: MainWindow) -> None:
    window.panes.types.show_counts([TypeCount("A", 1200, 0.0, SECOND)])
    index = window.panes.types.types.index(0)
    words = index.data(Qt.ItemDataRole.ToolTipRole)
    assert words.startswith("A: 1,200 events, last ")
    assert formats.full_time(SECOND) in words
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == words


def test_a_click_on_a_type_asks_for_it(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(100)
    window.refresh.refresh()
    index = window.panes.types.types.index(1)
    with qtbot.waitSignal(window.panes.types.chosen) as chosen:
        place = window.panes.types.visualRect(index).center()
        qtbot.mouseClick(window.panes.types.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [index.data()]
    window.bridge.deliver()
    assert {window.panes.model.row(i).type for i in range(window.panes.model.rowCount())} == {index.data()}


@pytest.mark.qt_log_ignore("does not support")
def test_a_types_menu_stays_open_and_the_table_goes_on_when_it_closes(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(10)
    window.panes.types.menu_wanted.emit("PhoneStatus", QPoint(300, 300))
    gc.collect()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    assert "PhoneStatus" in menu.actions()[0].text()
    feed(5)
    assert window.panes.model.rowCount() == 10
    menu.close()
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 15)
