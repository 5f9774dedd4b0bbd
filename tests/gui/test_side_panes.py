"""Event types: counts that are right, nothing lost when types come and go."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.session.notices import TypeCount

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

SECOND = 1_000_000_000


def _rows(window: MainWindow) -> list[tuple[str, str]]:
    tree = window.types
    items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
    return [(item.text(0), item.text(1)) for item in items if item is not None]


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
