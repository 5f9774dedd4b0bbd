"""Columns of values: added from a value or by a path, moved, renamed, sorted by, kept, and brought by a profile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.captures.queries import ORDERS
from clacks_monitor.core.columns import DEFAULT_COLUMNS, Column, FieldColumn
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.table.column_dialog import ColumnDialog
from clacks_monitor.gui.table.event_model import EventModel
from clacks_monitor.gui.table.table_columns import GOOD_SUMMARY, MIN_SUMMARY
from clacks_monitor.transfer.table import cell
from tests.helpers.answers import answering
from tests.helpers.fake_events import phone, wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.columns import AddedColumn
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

CALLER = FieldColumn("CallerId", ("PhoneStatus", "CallerId"))
STATUS = FieldColumn("State", ("*", "Status"))


def _cells(window: MainWindow, column: AddedColumn) -> list[str]:
    model = window.panes.model
    place = model.columns.index(column)
    return [model.data(model.index(row, place)) for row in range(model.rowCount())]


def _open_menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()
    menu.close()


@pytest.mark.qt_log_ignore("does not support")
def test_a_value_becomes_a_column_behind_the_summary(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("0123"), wrap("<ClientPoll/>"), phone("456")])
    window.panes.table.go_to(1)
    window.panes.detail.fields.menu_wanted.emit(("Event", "PhoneStatus", "CallerId"), "0123", QPoint(5, 5))
    _trigger(_open_menu(), "Show as column")
    assert _cells(window, CALLER) == ["0123", "", "456"]
    shown = window.panes.table.columns.shown()
    assert shown.index(CALLER) == shown.index(Column.SUMMARY) + 1
    assert not window.panes.table.grab().isNull()


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_of_a_cell_filters_by_the_value_under_the_pointer(
    window: MainWindow, feed: Callable[..., None]
) -> None:
    feed(bodies=[phone("0123"), phone("456")])
    window.panes.table.columns.add(CALLER)
    window.panes.table.menu_wanted.emit(2, CALLER, QPoint(5, 5))
    menu = _open_menu()
    value = menu.actions()[0].menu()
    assert isinstance(value, QMenu)
    assert value.title() == "CallerId = 456"
    _trigger(value, "Only CallerId = “456”")
    menu.close()
    window.bridge.deliver()
    assert _cells(window, CALLER) == ["456"]


def test_a_column_is_there_once_and_names_do_not_repeat(window: MainWindow) -> None:
    columns = window.panes.table.columns
    columns.add(CALLER)
    window.panes.table.horizontalHeader().setSectionHidden(window.panes.model.columns.index(CALLER), True)
    columns.add(replace(CALLER, name="again"))
    columns.add(FieldColumn("CallerId", ("Other", "CallerId")))
    columns.add(FieldColumn("CallerId", ("Third", "Call", "CallerId")))
    assert [str(column) for column in window.panes.model.fields] == [
        "CallerId=PhoneStatus/CallerId",
        "Other CallerId=Other/CallerId",
        "Call CallerId=Third/Call/CallerId",
    ]
    assert CALLER in columns.shown()


def test_columns_are_renamed_and_removed_in_the_headers_menu(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("0123")])
    columns = window.panes.table.columns
    columns.add(CALLER)
    columns.rename(CALLER, "Who calls")
    (named,) = window.panes.model.fields
    index = window.panes.model.columns.index(named)
    assert window.panes.model.headerData(index, Qt.Orientation.Horizontal) == "Who calls"
    assert _cells(window, named) == ["0123"]
    menu = window.panes.table.column_menu.menu(index)
    _trigger(menu, "Remove column “Who calls”")
    assert window.panes.model.fields == ()
    assert window.panes.model.columnCount() == len(cells.TABLE_COLUMNS)


def test_the_menu_hides_and_shows_columns(window: MainWindow) -> None:
    columns = window.panes.table.columns
    _trigger(window.panes.table.column_menu.menu(), "No.")
    assert columns.shown() == [*DEFAULT_COLUMNS, Column.SEQUENCE]
    _trigger(window.panes.table.column_menu.menu(), "Size")
    assert Column.SIZE not in columns.shown()
    _trigger(window.panes.table.column_menu.menu(), "Default columns")
    assert columns.shown() == list(DEFAULT_COLUMNS)


@pytest.mark.qt_log_ignore("does not support")
def test_the_menu_of_columns_can_be_reached_by_a_command(window: MainWindow) -> None:
    window.frame.commands["columns"].trigger()
    menu = _open_menu()
    assert "Add a column…" in [action.text() for action in menu.actions()]
    menu.close()


def test_the_table_is_sorted_by_such_a_column(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("9"), phone("3"), phone("7")])
    window.panes.table.columns.add(CALLER)
    window.panes.table.sortByColumn(window.panes.model.columns.index(CALLER), Qt.SortOrder.AscendingOrder)
    window.bridge.deliver()
    assert _cells(window, CALLER) == ["3", "7", "9"]
    window.panes.table.columns.remove(CALLER)
    assert [window.panes.model.store.sequence_at(row) for row in range(3)] == [1, 2, 3]


def test_such_columns_are_remembered(open_window: Callable[[FakeSession], MainWindow], session: FakeSession) -> None:
    first = open_window(session)
    first.panes.table.columns.add(CALLER)
    header = first.panes.table.horizontalHeader()
    header.moveSection(header.visualIndex(first.panes.model.columns.index(CALLER)), 0)
    header.resizeSection(first.panes.model.columns.index(CALLER), 177)
    first.close()
    second = open_window(session)
    assert second.panes.table.columns.shown()[0] == CALLER
    assert second.panes.table.columnWidth(second.panes.model.columns.index(CALLER)) == 177
    second.frame.commands["layout.reset"].trigger()
    assert second.panes.table.columns.shown() == list(DEFAULT_COLUMNS)


@pytest.mark.parametrize("stored", ["", "nonsense", "[1, null]", '{"a": 1}', '["x=//", "time", "colour"]'])
def test_what_cannot_be_read_of_kept_columns_is_ignored(window: MainWindow, stored: str) -> None:
    _fields, state = window.panes.table.columns.state()
    window.panes.table.columns.restore(stored, state)
    assert window.panes.table.columns.shown() == list(DEFAULT_COLUMNS)


def test_a_profile_that_is_the_only_active_one_brings_its_columns(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(bodies=[phone("0123")])
    brought = (str(CALLER), "time", "colour-of-later-versions", "summary")
    session.profiles.update(replace(session.profiles.all()[0], columns=brought))
    session.profiles.activate(["telephones"])
    window.bridge.deliver()
    assert window.panes.table.columns.shown() == [CALLER, Column.TIME, Column.SUMMARY]
    session.profiles.activate(["telephones", "clients"])
    window.bridge.deliver()
    assert window.panes.table.columns.shown() == list(DEFAULT_COLUMNS)
    assert window.panes.model.fields == ()


def test_the_columns_that_are_shown_are_kept_in_the_profile(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    window = open_window(session)
    session.profiles.activate(["telephones"])
    window.bridge.deliver()
    window.panes.table.columns.add(STATUS)
    _trigger(window.panes.table.column_menu.menu(), "Save these columns in profile “Telephones”")
    assert session.profiles.all()[0].columns == ("time", "type", "summary", str(STATUS), "connection", "size")
    _trigger(window.panes.table.column_menu.menu(), "Remove columns from profile “Telephones”")
    assert session.profiles.all()[0].columns == ()
    assert STATUS in window.panes.table.columns.shown()


def test_the_columns_of_a_profile_are_not_kept_as_the_users_own(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    session.profiles.update(replace(session.profiles.all()[0], columns=(str(STATUS), "summary")))
    session.profiles.activate(["telephones"])
    first = open_window(session)
    assert first.panes.table.columns.shown() == [STATUS, Column.SUMMARY]
    first.close()
    session.profiles.activate([])
    assert open_window(session).panes.table.columns.shown() == list(DEFAULT_COLUMNS)


def test_the_dialog_takes_a_path_and_makes_a_heading_of_it(window: MainWindow, qtbot: QtBot) -> None:
    dialog = ColumnDialog(None, window)
    qtbot.addWidget(dialog)
    accept = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert not accept.isEnabled()
    dialog.path.setText(" PhoneStatus/CallerId/ ")
    assert accept.isEnabled()
    assert dialog.column() == CALLER
    dialog.name.setText("Who")
    assert dialog.column() == replace(CALLER, name="Who")
    dialog.path.setText("a[1]")
    assert not accept.isEnabled()
    with pytest.raises(ValueError, match="no path"):
        dialog.column()


FIELDS = [FieldColumn(name, (name,)) for name in "abcde"]


def _row(sequences: Sequence[int], fields: Sequence[AddedColumn]) -> list[Row]:
    return [
        Row(s, RowKind.EVENT, s, "A", "", "", 1, values={column: f"{column.name}{s}" for column in fields})
        for s in sequences
    ]


def test_each_column_has_a_heading_a_value_and_an_order() -> None:
    row = Row(7, RowKind.EVENT, 10**18, "T", "s", "c", 5, subject="u", comment="m", problem="p")
    assert {column: cell(row, column) for column in cells.COLUMNS} == {
        "time": "2001-09-09T01:46:40.000000000Z",
        "type": "T",
        "summary": "s",
        "connection": "c",
        "size": "5",
        "subject": "u",
        "problem": "p",
        "comment": "m",
        "sequence": "7",
    }
    assert set(cells.COLUMNS) == set(Column) == set(ORDERS)
    assert all(cells.heading(column) and cells.text(row, column) for column in cells.COLUMNS)


def test_a_model_keeps_qts_promises_when_columns_come_and_go(qtmodeltester: ModelTester) -> None:
    model = EventModel(answering(_row), QCoreApplication.instance())
    qtmodeltester.check(model)
    for wanted in (FIELDS[:3], FIELDS[1:2], [], FIELDS):
        model.set_fields(wanted)
    model.rename_field(FIELDS[0], FieldColumn("z", ("a",)))
    qtmodeltester.check(model)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.sampled_from(FIELDS), unique=True), max_size=6))
def test_a_model_has_the_fields_that_were_asked_for_last(steps: list[list[FieldColumn]]) -> None:
    from array import array

    model = EventModel(answering(_row))
    model.reset(1)
    model.add(array("q", [4]), bytes(1), at_start=False)
    for wanted in steps:
        model.set_fields(wanted)
        assert set(model.fields) == set(wanted)
        for place, column in enumerate(model.fields, len(cells.TABLE_COLUMNS)):
            assert model.data(model.index(0, place)) == f"{column.name}4"


def test_the_summary_stays_readable_and_the_table_scrolls_when_there_are_many_columns(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(bodies=[phone()])
    table, summary = window.panes.table, cells.COLUMNS.index(Column.SUMMARY)
    bar = table.horizontalScrollBar()
    assert bar.maximum() == 0
    for field in FIELDS:
        table.columns.add(field)
    assert table.columnWidth(summary) == MIN_SUMMARY
    assert bar.maximum() > 0
    bar.setValue(bar.maximum())
    assert not table.grab().isNull()
    for field in FIELDS:
        table.columns.remove(field)
    qtbot.waitUntil(lambda: table.columnWidth(summary) > MIN_SUMMARY)
    assert bar.maximum() == 0


def _below(menu: QMenu, *titles: str) -> QMenu:
    for title in titles:
        found = next(action.menu() for action in menu.actions() if action.text() == title)
        assert isinstance(found, QMenu)
        menu = found
    return menu


def test_columns_are_moved_without_a_pointer(window: MainWindow) -> None:
    columns = window.panes.table.columns
    columns.add(CALLER)
    menu = window.panes.table.column_menu.menu()
    _trigger(_below(menu, "Arrange", "CallerId"), "Move “CallerId” to the left")
    assert columns.shown() == [Column.TIME, Column.TYPE, CALLER, Column.SUMMARY, Column.CONNECTION, Column.SIZE]
    first = _below(window.panes.table.column_menu.menu(), "Arrange", "Time").actions()
    assert [action.isEnabled() for action in first] == [False, True]
    _trigger(_below(window.panes.table.column_menu.menu(), "Arrange", "Time"), "Move “Time” to the right")
    assert columns.shown()[:2] == [Column.TYPE, Column.TIME]
    _trigger(_below(window.panes.table.column_menu.menu(), "Arrange", "CallerId"), "Remove column “CallerId”")
    assert CALLER not in columns.shown()


# -- narrow windows ----------------------------------------------------------------------------------------------------


def _visible(window: MainWindow) -> list[Column]:
    columns, header = window.panes.table.columns, window.panes.table.columns.header
    places = {column: columns.all.index(column) for column in (Column.CONNECTION, Column.SIZE)}
    return [column for column, place in places.items() if not header.isSectionHidden(place)]


def test_the_connection_then_the_size_give_way_to_the_summary(window: MainWindow) -> None:
    columns = window.panes.table.columns
    both, size = [Column.CONNECTION, Column.SIZE], [Column.SIZE]
    columns.know_connections(1)
    columns.fit_to(1_000)
    summary = columns.all.index(Column.SUMMARY)
    others = columns.header.length() - columns.header.sectionSize(summary)
    assert _visible(window) == both
    for width, seen in ((GOOD_SUMMARY, both), (GOOD_SUMMARY - 1, size), (GOOD_SUMMARY - 200, []), (900, both)):
        columns.fit_to(others + width)
        assert (width, _visible(window)) == (width, seen)
        assert columns.shown() == list(DEFAULT_COLUMNS), "they come back when there is room"
        assert columns.header.sectionSize(summary) >= min(width, GOOD_SUMMARY)


def test_the_connection_stays_where_there_are_several(window: MainWindow) -> None:
    columns = window.panes.table.columns
    columns.know_connections(2)
    columns.fit_to(420)
    assert _visible(window) == [Column.CONNECTION]
    columns.know_connections(1)
    assert _visible(window) == []


def test_what_gave_way_is_kept_as_shown(window: MainWindow) -> None:
    columns = window.panes.table.columns
    columns.know_connections(1)
    columns.fit_to(420)
    keys, state = columns.state()
    assert _visible(window) == []
    columns.fit_to(1_200)
    columns.set_shown(Column.SIZE, on=False)
    columns.restore(keys, state)
    assert _visible(window) == [Column.CONNECTION, Column.SIZE]


def test_a_column_that_is_hidden_by_the_user_stays_hidden(window: MainWindow) -> None:
    columns = window.panes.table.columns
    columns.know_connections(1)
    columns.fit_to(420)
    columns.set_shown(Column.SIZE, on=False)
    columns.fit_to(1_200)
    assert _visible(window) == [Column.CONNECTION]
    columns.reset()
    assert _visible(window) == [Column.CONNECTION, Column.SIZE]
