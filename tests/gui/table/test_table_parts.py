"""The table's parts: its map, its cache and its store at their edges, the headings of the first frame, its columns."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QSettings, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QToolButton

from clacks_monitor.core.columns import DEFAULT_COLUMNS, Column, FieldColumn
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.gui.table.column_dialog import ColumnDialog
from clacks_monitor.gui.table.event_model import EventModel
from clacks_monitor.gui.table.headings import Headings, keep_headings
from clacks_monitor.gui.table.match_set import MatchSet
from clacks_monitor.gui.table.row_cache import KEPT, PAGE, RowCache
from clacks_monitor.gui.table.row_store import RowStore
from clacks_monitor.gui.table.scroll_map import REDRAW_MS, ScrollMap
from clacks_monitor.gui.table.table_columns import MAX_FIELDS, MIN_SUMMARY
from tests.helpers.answers import answering
from tests.helpers.fake_events import phone
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

pytestmark = pytest.mark.qt_log_ignore("does not support")

CALLER = FieldColumn("Caller", ("PhoneStatus", "CallerId"))


def a_row(sequence: int) -> Row:
    return Row(sequence, RowKind.EVENT, sequence, "T", "", "o", 1)


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    window.activateWindow()
    return Stage(window, session)


# -- the map -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def drawn(qtbot: QtBot, theme: Theme) -> ScrollMap:
    """A map of a hundred rows."""
    model = EventModel(
        answering(lambda wanted, _fields: [a_row(sequence) for sequence in wanted]), QCoreApplication.instance()
    )
    model.reset(1)
    model.add(array("q", range(1, 101)), bytes(100), at_start=False)
    made = ScrollMap(model, theme)
    qtbot.addWidget(made)
    made.resize(20, 400)
    made.show()
    return made


def test_each_kind_has_its_place_in_the_order_of_arrival(drawn: ScrollMap) -> None:
    matches = MatchSet()
    matches.add([1])
    drawn.show_matches(matches)
    drawn.show_marks([50, 200])
    drawn.show_gaps([100])
    assert drawn.ticks == (frozenset(), frozenset(), frozenset())
    drawn.draw()
    height = drawn._groove().height()
    assert drawn.ticks == (frozenset({0}), frozenset({49 * height // 100}), frozenset({99 * height // 100}))


def test_it_is_drawn_a_moment_later_and_only_when_there_is_something(drawn: ScrollMap, qtbot: QtBot) -> None:
    drawn.show_marks([])
    assert not drawn._timer.isActive()
    drawn.show_marks([3])
    assert (drawn._timer.isActive(), drawn._timer.interval()) == (True, REDRAW_MS)
    qtbot.waitUntil(lambda: bool(drawn.ticks[1]))
    drawn.show_marks([])
    qtbot.waitUntil(lambda: not drawn.ticks[1])
    assert not drawn._timer.isActive()


def test_ticks_are_painted_in_the_colour_of_their_kind(drawn: ScrollMap, theme: Theme) -> None:
    matches = MatchSet()
    matches.add([50])
    drawn.show_matches(matches)
    drawn.show_marks([50])
    drawn.show_gaps([50])
    drawn.draw()
    image, groove = drawn.grab().toImage(), drawn._groove()
    y = groove.top() + next(iter(drawn.ticks[0]))
    third = max(2, (groove.width() - 4) // 3)
    found = [image.pixelColor(groove.left() + 2 + place * third, y).name() for place in range(3)]
    assert found == [theme.warn.name(), theme.accent.name(), theme.bad.name()]


# -- the cache ---------------------------------------------------------------------------------------------------------


def test_a_page_is_read_at_once_and_again_only_when_it_is_forgotten() -> None:
    read = list[list[int]]()

    def fetch(wanted: Sequence[int]) -> list[Row]:
        read.append(list(wanted))
        return [a_row(sequence) for sequence in wanted]

    cache = RowCache(answering(fetch), lambda _words: None)
    page = list(range(PAGE))
    for sequence in (0, 5, PAGE - 1):
        assert cache.get(sequence, lambda: page).sequence == sequence
    assert read == [page]
    cache.forget(5)
    cache.get(5, lambda: page)
    assert read[1:] == [[5]]
    cache.clear()
    cache.get(6, lambda: [6, 7])
    assert read[2:] == [[6, 7]]


@pytest.mark.parametrize(("count", "again"), [(KEPT, 0), (KEPT + 1, 1)])
def test_the_oldest_rows_go_when_there_are_too_many(count: int, again: int) -> None:
    read = list[int]()

    def fetch(wanted: Sequence[int]) -> list[Row]:
        read.extend(wanted)
        return [a_row(sequence) for sequence in wanted]

    cache = RowCache(answering(fetch), lambda _words: None)
    for sequence in range(count):
        cache.get(sequence, lambda sequence=sequence: [sequence])  # type: ignore[misc]  # bound now
    read.clear()
    cache.get(0, lambda: [0])
    assert len(read) == again


def test_of_a_damaged_page_the_rest_is_shown() -> None:
    notified, read = list[str](), list[list[int]]()

    def fetch(wanted: Sequence[int]) -> list[Row]:
        read.append(list(wanted))
        if 2 in wanted:
            raise StorageError("page 1 is damaged")
        return [a_row(sequence) for sequence in wanted]

    cache = RowCache(answering(fetch), notified.append)
    assert [cache.get(sequence, lambda: [1, 2, 3]).size for sequence in (1, 2, 3)] == [1, -1, 1]
    assert notified == ["page 1 is damaged"]
    assert read == [[1, 2, 3], [1], [2], [3], [2]]
    assert cache.get(2, lambda: [1, 2, 3]).size == -1
    assert len(read) == 5
    cache.forget_problems()
    cache.forget(2)
    assert cache.get(2, lambda: [2]).size == -1
    assert notified == ["page 1 is damaged"] * 2


# -- the store ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("newest_first", "first", "places"),
    [(False, (0, 3), [0, 1, 2, 3]), (True, (3, 0), [3, 2, 1, 0])],
)
def test_rows_go_where_they_are_shown(newest_first: bool, first: tuple[int, int], places: list[int]) -> None:
    store = RowStore()
    store.order_naturally(newest_first=newest_first)
    store.add(array("q", [10, 20, 30]), bytes([1, 2, 3]), at_start=False)
    assert (store.position_for(at_start=True), store.position_for(at_start=False)) == first
    store.add(array("q", [5]), bytes([9]), at_start=True)
    assert [store.position_of(sequence) for sequence in (5, 10, 20, 30)] == places
    assert [store.tint_at(store.position_of(sequence)) for sequence in (5, 10, 30)] == [9, 1, 3]
    assert [store.position_of(sequence) for sequence in (4, 6, 31)] == [-1, -1, -1]
    assert list(store.in_shown_order()) == ([30, 20, 10, 5] if newest_first else [5, 10, 20, 30])
    assert store.between(-3, 2) == list(store.in_shown_order())[:2]
    assert store.between(2, 99) == list(store.in_shown_order())[2:]
    nearest = [store.sequence_at(store.nearest(sequence)) for sequence in (1, 5, 11, 30, 99)]
    assert nearest == [5, 5, 20, 30, 30]
    store.clear()
    assert (len(store), store.nearest(1), store.newest_first) == (0, -1, newest_first)


# -- headings ----------------------------------------------------------------------------------------------------------


def test_the_first_frame_has_the_headings_of_the_last_run(stage: Stage, qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    table = stage.window.panes.table
    table.columns.add(CALLER)
    table.horizontalHeader().resizeSection(0, 211)
    keep_headings(table, settings)
    parent = QMainWindow()
    qtbot.addWidget(parent)
    headings = Headings(parent)
    headings.show_kept(settings)
    model = headings.model()
    names = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    placed = [stage.window.panes.model.columns.index(column) for column in table.columns.shown()]
    shown = [index for index in placed if not table.isColumnHidden(index)]  # a narrow table leaves columns out
    assert names == [stage.window.panes.model.headerData(index, Qt.Orientation.Horizontal) for index in shown]
    assert headings.columnWidth(0) == 211
    settings.setValue("window/headings", [*settings.value("window/headings")[:1], "99999 Wide", "60 Narrow"])
    headings.show_kept(settings)
    assert headings.columnWidth(0) == 10_000
    for junk in ("text", [], ["x"], ["Summary", "wide Time"], ["Summary", 7]):
        settings.setValue("window/headings", junk)
        headings.show_kept(settings)
        assert headings.model().columnCount() == 3
        assert [headings.columnWidth(n) for n in (0, 1)] == [132, 164]


# -- columns -----------------------------------------------------------------------------------------------------------


def texts(menu: QMenu) -> dict[str, bool]:
    return {action.text(): action.isEnabled() for action in menu.actions() if not action.isSeparator()}


def test_the_menu_below_a_heading_moves_renames_and_removes_it(stage: Stage) -> None:
    columns = stage.window.panes.table.columns
    columns.add(CALLER)
    of_column = {
        Column.TIME: {"Move “Time” to the left": False, "Move “Time” to the right": True},
        Column.SIZE: {"Move “Size” to the left": True, "Move “Size” to the right": False},
        CALLER: {
            "Move “Caller” to the left": True, "Move “Caller” to the right": True, "Rename column “Caller”…": True,
            "Remove column “Caller”": True,
        },
    }  # fmt: skip
    for column, wanted in of_column.items():
        found = texts(stage.window.panes.table.column_menu.menu(stage.window.panes.model.columns.index(column)))
        names = {heading for heading in found if "“" in heading}
        assert {name: found[name] for name in names} == wanted
        assert list(found)[-3:] == ["Add a column…", "Add a computed column…", "Default columns"]
        assert found["Summary"] is False
        assert found["Time"] is True


def _choose(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_a_column_is_moved_past_its_neighbour(stage: Stage) -> None:
    columns, model = stage.window.panes.table.columns, stage.window.panes.model
    order = list(DEFAULT_COLUMNS)
    _choose(stage.window.panes.table.column_menu.menu(model.columns.index(Column.TYPE)), "Move “Type” to the left")
    assert columns.shown() == [order[1], order[0], *order[2:]]
    _choose(stage.window.panes.table.column_menu.menu(model.columns.index(Column.TYPE)), "Move “Type” to the right")
    assert columns.shown() == order
    _choose(stage.window.panes.table.column_menu.menu(), "Size")
    assert Column.SIZE not in columns.shown()
    _choose(stage.window.panes.table.column_menu.menu(), "Default columns")
    assert columns.shown() == order


@pytest.mark.parametrize("accepted", [True, False])
def test_a_column_is_asked_for(stage: Stage, monkeypatch: pytest.MonkeyPatch, accepted: bool) -> None:
    def run(dialog: ColumnDialog) -> int:
        dialog.path.setText("PhoneStatus/CallerId")
        dialog.name.setText("Who")
        return int(accepted)

    monkeypatch.setattr(ColumnDialog, "exec", run)
    columns = stage.window.panes.table.columns
    _choose(stage.window.panes.table.column_menu.menu(), "Add a column…")
    assert stage.window.panes.model.fields == ((FieldColumn("Who", CALLER.path),) if accepted else ())
    columns.reset()
    columns.add(CALLER)
    _choose(
        stage.window.panes.table.column_menu.menu(stage.window.panes.model.columns.index(CALLER)),
        "Rename column “Caller”…",
    )
    assert stage.window.panes.model.fields == ((FieldColumn("Who", CALLER.path),) if accepted else (CALLER,))


def test_there_are_so_many_columns_of_values_and_no_more(stage: Stage) -> None:
    columns = stage.window.panes.table.columns
    for number in range(MAX_FIELDS + 1):
        assert stage.said == ""
        columns.add(FieldColumn(f"F{number}", ("T", f"F{number}")))
    assert len(stage.window.panes.model.fields) == MAX_FIELDS == 20
    assert stage.said == "There are already 20 such columns. Remove one first."
    columns.add(FieldColumn("again", ("T", "F3")))
    assert len(stage.window.panes.model.fields) == MAX_FIELDS


def test_the_summary_takes_what_is_left_and_stays_readable(stage: Stage) -> None:
    stage.feed(1)
    header = stage.window.panes.table.horizontalHeader()
    at = stage.window.panes.model.columns.index(Column.SUMMARY)
    assert header.length() == stage.window.panes.table.viewport().width()
    header.resizeSection(0, 5_000)
    assert header.sectionSize(at) == MIN_SUMMARY
    stage.window.panes.table.columns.show([Column.TIME])
    assert stage.window.panes.table.columns.shown() == [Column.TIME, Column.SUMMARY]


def test_a_column_that_goes_takes_its_order_along(stage: Stage) -> None:
    stage.feed(bodies=[phone("2"), phone("1")])
    table = stage.window.panes.table
    table.columns.add(CALLER)
    table.sortByColumn(stage.window.panes.model.columns.index(CALLER), Qt.SortOrder.AscendingOrder)
    stage.window.bridge.deliver()
    assert stage.window.panes.model.store.sequence_at(0) == 2
    table.columns.remove(CALLER)
    stage.window.bridge.deliver()
    assert stage.window.panes.model.store.sequence_at(0) == 1
    assert table.horizontalHeader().sortIndicatorSection() == stage.window.panes.model.columns.index(Column.TIME)


# -- the table ---------------------------------------------------------------------------------------------------------


def _follow_button(table: EventTable) -> QToolButton:
    return next(b for b in table.findChildren(QToolButton) if b.accessibleName() == "Go to the newest event")


def test_the_button_counts_what_is_new_below(stage: Stage) -> None:
    stage.feed(100)
    table, said = stage.window.panes.table, list[tuple[str, bool]]()
    button, changes = _follow_button(table), list[bool]()
    table.following.changed.connect(changes.append)
    assert button.isHidden()
    table.go_to(3)
    said.append((button.text(), button.isVisible()))
    for count in (1, 2):
        stage.feed(count)
        said.append((button.text(), button.isVisible()))
    button.click()
    assert said == [("Newest", True), ("1 new", True), ("3 new", True)]
    assert button.isHidden()
    assert table.verticalScrollBar().value() == table.verticalScrollBar().maximum()
    assert changes == [False, True]
    table.go_to(3)
    assert button.text() == "Newest"


def test_keys_begin_at_the_newest_row(stage: Stage) -> None:
    stage.feed(5)
    stage.window.panes.table.setFocus()
    assert stage.current == 0
    found = []
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(stage.window.panes.table, key)
        found.append(stage.current)
    assert found == [5, 4, 1, 5]
    stage.window.panes.model.sort(0, Qt.SortOrder.DescendingOrder)
    for key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        QTest.keyClick(stage.window.panes.table, key)
        found.append(stage.current)
    assert found[4:] == [1, 5]
    assert stage.window.panes.table.following.on


def test_the_menu_key_opens_the_menu_of_the_row_that_one_is_on(stage: Stage) -> None:
    stage.feed(3)
    wanted = list[tuple[int, object]]()
    table = stage.window.panes.table
    table.menu_wanted.disconnect()
    table.menu_wanted.connect(lambda sequence, column, _at: wanted.append((sequence, column)))
    reason = QContextMenuEvent.Reason
    nowhere = QPoint(5, table.viewport().height() - 3)
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason.Keyboard, nowhere, nowhere))
    assert wanted == []
    stage.select(1)
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason.Keyboard, nowhere, nowhere))
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason.Mouse, nowhere, nowhere))
    place = table.visualRect(stage.window.panes.model.index(2, 1)).center()
    QApplication.sendEvent(table.viewport(), QContextMenuEvent(reason.Mouse, place, place))
    assert wanted == [(2, Column.TIME), (3, stage.window.panes.model.columns[1])]


def test_so_many_rows_are_chosen_and_in_the_order_that_is_shown(stage: Stage) -> None:
    stage.feed(9)
    stage.select(7, 1, 2, 4)
    table = stage.window.panes.table
    assert (table.selection.count(), table.selection.sequences()) == (4, [2, 3, 5, 8])
    assert [table.selection.sequences(limit) for limit in (1, 2, 3, 4)] == [[2], [2, 3], [2, 3, 5], [2, 3, 5, 8]]


def test_the_time_that_one_is_at_is_the_newest_where_one_is_nowhere(stage: Stage) -> None:
    table = stage.window.panes.table
    assert table.current_wall_ns() == 0
    stage.feed(3)
    assert table.current_wall_ns() == stage.session.entries[2].wall_ns
    stage.select(0)
    assert table.current_wall_ns() == stage.session.entries[0].wall_ns
    assert table.go_to(99)
    assert stage.current == 3
    stage.window.view.clear()
    stage.window.bridge.deliver()
    assert not table.go_to(1)
