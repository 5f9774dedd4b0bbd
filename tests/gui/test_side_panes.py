"""Event types: counts that are right, nothing lost when types come and go."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.gui import formats
from clacks_monitor.gui.types_dock import _Item
from clacks_monitor.session.notices import TypeCount
from tests.helpers.paint_watch import PaintWatch

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

SECOND = 1_000_000_000


def _rows(window: MainWindow) -> list[tuple[str, str]]:
    tree = window.types
    items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return [(item.name, item.numbers[0]) for item in items if isinstance(item, _Item)]


def test_types_are_counted_as_they_come(window: MainWindow, session: FakeSession, feed: Callable[..., None]) -> None:
    feed(400)
    window.poll()
    expected = {(count.type or "(no event)", str(count.count)) for count in session.type_counts()}
    assert set(_rows(window)) == expected
    names = [name for name, _count in _rows(window)]
    assert names == sorted(names, key=str.lower)


def test_a_type_that_is_gone_leaves_the_list(window: MainWindow) -> None:
    window.types.show_counts([TypeCount("A", 1, 0.0, 1), TypeCount("B", 2, 0.0, 1)])
    window.types.show_counts([TypeCount("B", 3, 0.0, 1)])
    assert _rows(window) == [("B", "3")]


def test_only_the_types_that_look_otherwise_are_painted_again(window: MainWindow, qtbot: QtBot) -> None:
    counts = [TypeCount(name, 1, 0.0, 1) for name in ("A", "B", "C")]
    window.types.show_counts(counts)
    painted = PaintWatch(window.types.viewport())
    qtbot.waitUntil(lambda: bool(painted.areas))
    painted.areas.clear()
    window.types.show_counts([counts[0], TypeCount("B", 2, 0.0, 1), counts[2]])
    qtbot.waitUntil(lambda: bool(painted.areas))
    items = [window.types.topLevelItem(row) for row in range(3)]
    rows = [window.types.visualItemRect(item) for item in items if item is not None]
    assert [any(area.intersects(row) for area in painted.areas) for row in rows] == [False, True, False]


def test_a_type_says_in_words_how_many_and_when(window: MainWindow) -> None:
    window.types.show_counts([TypeCount("A", 1200, 0.0, SECOND)])
    item = window.types.topLevelItem(0)
    assert item is not None
    words = item.toolTip(0)
    assert words.startswith("A: 1,200 events, last ")
    assert formats.full_time(SECOND) in words
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole) == words


def test_a_click_on_a_type_asks_for_it(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(100)
    window.poll()
    item = window.types.topLevelItem(1)
    assert item is not None
    with qtbot.waitSignal(window.types.chosen) as chosen:
        place = window.types.visualItemRect(item).center()
        qtbot.mouseClick(window.types.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == [item.text(0)]
    window.bridge.deliver()
    assert {window.model.row(i).type for i in range(window.model.rowCount())} == {item.text(0)}


@pytest.mark.qt_log_ignore("does not support")
def test_a_types_menu_stays_open_and_the_table_goes_on_when_it_closes(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(10)
    window.types.menu_wanted.emit("PhoneStatus", QPoint(300, 300))
    gc.collect()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert menu.isVisible()
    assert "PhoneStatus" in menu.actions()[0].text()
    feed(5)
    assert window.model.rowCount() == 10
    menu.close()
    qtbot.waitUntil(lambda: window.model.rowCount() == 15)
