"""The live table as its user meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QAbstractSlider, QApplication, QMenu

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.table.row_painter import RowPainter
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Row
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

SUMMARY = cells.COLUMNS.index(Column.SUMMARY)


def _following(window: MainWindow) -> bool:
    """Read it anew: the type checker takes what an assertion saw for lasting."""
    return window.panes.table.following.on


def _top(window: MainWindow) -> int:
    """The entry under the upper edge of the table."""
    return window.panes.model.store.sequence_at(window.panes.table.rowAt(1))


def _at_end(window: MainWindow) -> bool:
    bar = window.panes.table.verticalScrollBar()
    return bar.value() == bar.maximum()


def test_the_newest_event_is_followed(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(500)
    assert window.frame.stack.currentWidget() is window.panes.table
    assert _following(window)
    assert _at_end(window)
    feed(50)
    assert _at_end(window)


def test_scrolling_up_stops_following_and_the_end_resumes_it(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(500)
    bar = window.panes.table.verticalScrollBar()
    bar.setSliderPosition(bar.maximum() - 2000)
    bar.triggerAction(QAbstractSlider.SliderAction.SliderMove)
    assert not _following(window)
    before = _top(window)
    feed(50)
    assert _top(window) == before
    assert "50" in window.panes.table.following.button.text()
    qtbot.keyClick(window.panes.table, Qt.Key.Key_End)
    assert _following(window)
    assert _at_end(window)


def test_older_rows_found_by_refiltering_leave_the_view_in_its_place(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(600)
    session.filtering.refilter()
    notices = session.drain()
    first = [notice for notice in notices if type(notice).__name__ in {"ViewReset", "ViewRows"}]
    window.panes.updates.on_reset(first[0])  # type: ignore[arg-type]
    window.panes.updates.on_rows(first[1])  # type: ignore[arg-type]
    bar = window.panes.table.verticalScrollBar()
    bar.setSliderPosition(400)
    bar.triggerAction(QAbstractSlider.SliderAction.SliderMove)
    before = _top(window)
    window.panes.updates.on_rows(first[2])  # type: ignore[arg-type]
    assert window.panes.model.rowCount() == 600
    assert _top(window) == before


def test_space_pauses_and_says_how_many_are_new(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(20)
    qtbot.keyClick(window.panes.table, Qt.Key.Key_Space)
    feed(7)
    assert window.panes.model.rowCount() == 20
    assert "7" in window.frame.commands["pause"].text()
    qtbot.keyClick(window.panes.table, Qt.Key.Key_Space)
    assert window.panes.model.rowCount() == 27
    assert window.frame.commands["pause"].text() == "Pause"


def test_home_leads_to_the_oldest_row_and_end_to_the_newest(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(60)
    qtbot.keyClick(window.panes.table, Qt.Key.Key_Home)
    assert window.panes.table.current_sequence == 1
    assert not window.panes.table.following.on
    qtbot.keyClick(window.panes.table, Qt.Key.Key_End)
    assert window.panes.table.current_sequence == 60
    qtbot.keyClick(window.panes.table, Qt.Key.Key_Home)
    assert window.panes.table.current_sequence == 1
    feed(1)
    assert window.panes.table.current_sequence == 1


def test_space_in_the_profile_list_checks_a_profile_and_pauses_nothing(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(5)
    window.panes.profiles.select("telephones")
    window.panes.profiles.tree.setFocus()
    qtbot.keyClick(window.panes.profiles.tree, Qt.Key.Key_Space)
    assert [p.name for p in session.profiles.all() if p.active] == ["Telephones"]
    assert not window.panes.updates.paused


def test_nothing_moves_while_the_mouse_is_pressed(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(10)
    viewport = window.panes.table.viewport()
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=QPoint(200, 30))
    feed(5)
    assert window.panes.model.rowCount() == 10
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=QPoint(200, 30))
    assert window.panes.model.rowCount() == 15


@pytest.mark.qt_log_ignore("does not support")
def test_nothing_moves_while_a_menu_is_open(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(10)
    window.panes.table.menu_wanted.emit(3, Column.TYPE, QPoint(300, 300))
    menu = _open_menu()
    feed(5)
    assert window.panes.model.rowCount() == 10
    menu.close()
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 15)


def _open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def test_a_row_is_read_in_the_detail_pane(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("0123", "456", "busy")])
    window.panes.table.go_to(1)
    assert window.panes.detail.title.text() == "PhoneStatus"
    assert "<CallerId>0123</CallerId>" in window.panes.detail.xml.toPlainText()
    assert "\n    <CallerId>" in window.panes.detail.xml.toPlainText()


def test_the_focus_alone_selects_nothing(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(100)
    window.panes.profiles.tree.setFocus()
    window.panes.table.setFocus()
    assert (window.panes.table.following.on, window.panes.table.current_sequence) == (True, 0)
    qtbot.keyClick(window.panes.table, Qt.Key.Key_Up)
    assert window.panes.table.current_sequence == 100


def test_reading_a_row_stops_following(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(100)
    window.panes.table.selectRow(90)
    assert not window.panes.table.following.on


@pytest.mark.parametrize("column", [Column.TYPE, Column.SIZE])
def test_a_column_sorts_and_the_selected_row_stays_selected(
    window: MainWindow, feed: Callable[..., None], column: Column
) -> None:
    feed(60)
    window.panes.table.go_to(7)
    window.panes.table.sortByColumn(cells.COLUMNS.index(column), Qt.SortOrder.AscendingOrder)
    window.bridge.deliver()
    rows = [window.panes.model.row(position) for position in range(60)]
    values = [row.type if column is Column.TYPE else row.size for row in rows]
    assert values == sorted(values)
    assert window.panes.table.current_sequence == 7


def test_newest_first_grows_at_the_top_and_follows_there(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(300)
    window.panes.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    window.panes.table.following.start()
    feed(10)
    assert window.panes.model.store.sequence_at(0) == 310
    assert window.panes.table.verticalScrollBar().value() == 0
    bar = window.panes.table.verticalScrollBar()
    bar.setSliderPosition(2000)
    bar.triggerAction(QAbstractSlider.SliderAction.SliderMove)
    before = _top(window)
    feed(10)
    assert _top(window) == before


def test_a_gap_is_a_row_that_says_how_long_and_why(window: MainWindow, session: FakeSession) -> None:
    session.push(3)
    session.push_gap(21)
    window.bridge.deliver()
    said = window.panes.model.data(window.panes.model.index(3, SUMMARY), Qt.ItemDataRole.AccessibleTextRole)
    assert "gap (21 s): connection lost" in said
    window.panes.table.go_to(4)
    assert "onnection lost" in window.panes.detail.problem.text()


def test_cells_are_read_as_sentences(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("0123", "456", "busy")])
    said = window.panes.model.data(window.panes.model.index(0, SUMMARY), Qt.ItemDataRole.AccessibleTextRole)
    assert said.endswith("PhoneStatus, 0123 → 456 busy, from office bus")


def test_marks_are_kept_and_found_again(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(1200)
    window.panes.table.go_to(1100)
    window.frame.commands["mark"].trigger()
    position = window.panes.model.store.position_of(1100)
    qtbot.waitUntil(lambda: window.panes.model.row(position).mark)
    window.panes.table.go_to(3)
    window.frame.commands["mark.next"].trigger()
    assert window.panes.table.current_sequence == 1100
    window.frame.commands["mark"].trigger()
    qtbot.waitUntil(lambda: not window.panes.model.row(position).mark)


def test_rows_and_xml_are_copied(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(bodies=[phone("0123", "456", "busy"), phone("9", "8", "free")])
    window.panes.table.selectAll()
    window.frame.commands["copy"].trigger()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[1:] for line in lines] == [
        ["PhoneStatus", "0123 → 456 busy", "office bus"],
        ["PhoneStatus", "9 → 8 free", "office bus"],
    ]
    window.panes.table.go_to(2)
    window.frame.commands["copy.xml"].trigger()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text().encode() == phone("9", "8", "free"))


def test_columns_are_remembered(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession, qtbot: QtBot
) -> None:
    first = open_window(session)
    header = first.panes.table.horizontalHeader()
    header.moveSection(header.visualIndex(cells.COLUMNS.index(Column.SIZE)), 0)
    header.setSectionHidden(cells.COLUMNS.index(Column.SEQUENCE), False)
    first.close()
    second = open_window(session)
    again = second.panes.table.horizontalHeader()
    assert again.logicalIndex(0) == cells.COLUMNS.index(Column.SIZE)
    assert not again.isSectionHidden(cells.COLUMNS.index(Column.SEQUENCE))
    second.frame.commands["layout.reset"].trigger()
    assert again.logicalIndex(0) == cells.COLUMNS.index(Column.TIME)
    assert again.isSectionHidden(cells.COLUMNS.index(Column.SEQUENCE))
    qtbot.wait(0)


def test_find_goes_to_matches_and_says_when_there_are_none(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("111", "1", "busy"), phone("222", "2", "busy"), phone("111", "3", "busy")])
    window.frame.commands["find"].trigger()
    window.panes.find_bar.line.setText("111")
    window.frame.commands["find.next"].trigger()
    window.bridge.deliver()
    assert (window.panes.table.current_sequence, window.panes.find_bar.answer.text()) == (1, "1 of 2")
    window.frame.commands["find.next"].trigger()
    assert (window.panes.table.current_sequence, window.panes.find_bar.answer.text()) == (3, "2 of 2")
    window.frame.commands["find.next"].trigger()
    assert (window.panes.table.current_sequence, window.panes.find_bar.answer.text()) == (
        1,
        "1 of 2, search wrapped",
    )
    window.frame.commands["find.previous"].trigger()
    assert window.panes.table.current_sequence == 3
    window.panes.find_bar.line.setText("999")
    window.frame.commands["find.next"].trigger()
    window.bridge.deliver()
    assert window.panes.find_bar.answer.text() == "not found"


def test_find_passes_over_what_the_filter_hides(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("111", "1", "free"), phone("111", "2", "busy"), phone("5", "3", "busy")])
    window.frame.filter.set("./f:Event/f:PhoneStatus/f:Status = 'busy'")
    window.bridge.deliver()
    window.panes.find_bar.line.setText("111")
    window.frame.commands["find.next"].trigger()
    window.bridge.deliver()
    assert window.panes.table.current_sequence == 2
    window.panes.find_bar.line.setText("free")
    window.frame.commands["find.next"].trigger()
    window.bridge.deliver()
    assert window.panes.find_bar.answer.text() == "only in hidden events, 1 hidden"


def test_going_to_a_time(window: MainWindow, session: FakeSession, feed: Callable[..., None]) -> None:
    feed(100, step_ns=60_000_000_000)
    window.controllers.events.go_to_time(session.entries[49].wall_ns)
    assert window.panes.table.current_sequence == 50
    window.controllers.events.go_to_time(session.entries[49].wall_ns + 1)
    assert window.panes.table.current_sequence == 51


def _painted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect the sequence numbers of the rows that are painted, from when all is painted that was to be."""
    rows: list[int] = []
    original = RowPainter.paint

    def paint(self: RowPainter, painter: QPainter, rect: QRect, row: Row, *args: object, **named: object) -> None:
        rows.append(row.sequence)
        original(self, painter, rect, row, *args, **named)  # type: ignore[arg-type] # handed through

    monkeypatch.setattr(RowPainter, "paint", paint)
    QApplication.processEvents()
    while rows:
        rows.clear()
        QApplication.processEvents()
    return rows


@pytest.mark.parametrize("before", [3, 500])
def test_rows_that_come_at_the_end_are_all_that_is_painted(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    painted = _painted(monkeypatch)
    feed(before)
    qtbot.waitUntil(lambda: before in painted)
    QApplication.processEvents()
    painted.clear()
    feed(2)
    qtbot.waitUntil(lambda: before + 2 in painted)
    QApplication.processEvents()
    assert len(set(painted)) < 5, "those that came, and what a half row at the edge needs"
    shown = window.panes.table.viewport().grab().toImage()
    window.panes.table.viewport().update()
    assert window.panes.table.viewport().grab().toImage() == shown


def test_after_a_change_of_all_rows_all_are_painted(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(500)
    painted = _painted(monkeypatch)
    feed(1)
    window.panes.model.layoutChanged.emit()
    qtbot.waitUntil(lambda: len(set(painted)) > 10)


def test_rows_that_went_before_the_scroll_bar_knows_are_not_painted(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(500)
    place = window.panes.table.verticalScrollBar().value()
    assert place > 0
    session.filtering.refilter()
    reset = next(notice for notice in session.drain() if type(notice).__name__ == "ViewReset")
    window.panes.updates.on_reset(reset)  # type: ignore[arg-type]
    bar = Mock()
    bar.value.return_value = place
    with monkeypatch.context() as patch:
        patch.setattr(window.panes.table, "verticalScrollBar", lambda: bar)
        assert not window.panes.table.viewport().grab().isNull()
    assert bar.value.called
