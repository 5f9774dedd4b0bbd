"""Boards in the window: built when wanted, kept up while seen, searched, sorted, a way to the events of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QDockWidget

from clacks_monitor.core.board import BoardDefinition, BoardRow, Rule, StateName
from clacks_monitor.gui.boards.board_model import BoardModel, BoardRole
from clacks_monitor.gui.boards.board_view import PATIENCE
from clacks_monitor.session.notices import BoardShown
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.modeltest import ModelTester
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.boards.board_view import BoardView
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

CALLS = [phone("11", "22", "busy"), phone("33", "44", "ringing"), phone("11", "22", "free")]


def _open(window: MainWindow, name: str = "Calls") -> BoardView:
    menu = window.controllers.boards.menu
    assert menu is not None
    menu.aboutToShow.emit()
    next(action for action in menu.actions() if action.text() == name).trigger()
    window.bridge.deliver()
    return window.controllers.boards.views[name.lower()]


def _rows(view: BoardView) -> dict[str, str]:
    model = view.tree.model()
    found = [(model.index(row, 1).data(), model.index(row, 0).data()) for row in range(model.rowCount())]
    return dict(found)


def test_a_board_is_built_when_it_is_wanted(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(bodies=CALLS)
    assert window.controllers.boards.views == {}
    assert session.boards.asked == []
    view = _open(window)
    assert _rows(view) == {"11": "free", "22": "free", "33": "ringing", "44": "ringing"}
    assert view._counts.text() == "ringing 2  ·  free 2"
    assert view.tree.accessibleName() == "Calls"
    assert not view.grab().isNull()


def test_it_follows_while_it_is_seen_and_asks_once_at_a_time(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(bodies=CALLS)
    view = _open(window)
    view.refresh()
    view.refresh()
    assert len(session.boards.asked) == 2
    window.bridge.deliver()
    feed(bodies=[phone("33", "44", "free")])
    view.refresh()
    window.bridge.deliver()
    assert _rows(view)["33"] == "free"
    menu = window.controllers.boards.menu
    assert menu is not None
    menu.aboutToShow.emit()
    calls = next(action for action in menu.actions() if action.text() == "Calls")
    assert calls.isChecked()
    calls.trigger()
    assert not view.isVisible()
    assert not view._timer.isActive()


def test_enter_shows_the_events_of_a_row_only(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(bodies=CALLS)
    view = _open(window)
    model = view.tree.model()
    row = next(row for row in range(model.rowCount()) if model.index(row, 1).data() == "33")
    view.tree.setCurrentIndex(model.index(row, 0))
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    window.bridge.deliver()
    assert [window.panes.model.store.sequence_at(i) for i in range(window.panes.model.rowCount())] == [2]
    with qtbot.waitSignal(view.row_wanted) as gone:
        view._go_to_current()
    assert gone.args == [2]
    assert window.panes.table.current_sequence == 2


def test_rows_are_searched_and_sorted(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=CALLS)
    view = _open(window)
    view.search.setText("RING")
    assert set(_rows(view)) == {"33", "44"}
    view.search.setText("")
    view.tree.sortByColumn(1, Qt.SortOrder.DescendingOrder)
    assert list(_rows(view)) == ["44", "33", "22", "11"]


def test_what_was_seen_before_a_gap_is_in_doubt(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(bodies=CALLS[:1])
    session.push_gap()
    view = _open(window)
    assert _rows(view)["11"] == "busy ?"
    index = view.tree.model().index(0, 0)
    assert "There was a gap" in index.data(Qt.ItemDataRole.ToolTipRole)


def test_open_boards_come_back_and_reset_closes_them(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    first = open_window(session)
    _open(first)
    first.close()
    second = open_window(session)
    dock = second.findChild(QDockWidget, "board-calls")
    assert dock is not None
    assert not dock.isHidden()
    second.frame.commands["layout.reset"].trigger()
    assert dock.isHidden()
    second.close()
    assert open_window(session).controllers.boards.views == {}


DOORS = BoardDefinition(
    "doors", "Doors", "Door", {"by": "By"}, {"open": StateName("open", "warn")}, (Rule("A", key="b", state="open"),)
)


def _row(key: str, state: str = "open", sequence: int = 1) -> BoardRow:
    return BoardRow(key, state, 1_000, 2_000, sequence, ("x",))


def test_the_model_keeps_qts_promises(theme: Theme, qtmodeltester: ModelTester) -> None:
    model = BoardModel(DOORS, theme, QCoreApplication.instance())
    qtmodeltester.check(model)
    model.show_rows((_row("a"), _row("b")), 0)
    model.show_rows((_row("b", "shut"), _row("a"), _row("c")), 0)
    qtmodeltester.check(model)
    assert [model.row_at(i).key for i in range(3)] == ["a", "b", "c"]
    assert model.counts() == {"open": 2, "shut": 1}
    model.show_rows((_row("c"),), 0)
    qtmodeltester.check(model)
    assert model.rowCount() == 1


@pytest.mark.parametrize(("column", "text"), [(0, "open"), (1, "a"), (2, "x")])
def test_cells_say_what_is_known(theme: Theme, column: int, text: str) -> None:
    model = BoardModel(DOORS, theme)
    model.show_rows((_row("a", sequence=7),), 0)
    index = model.index(0, column)
    assert index.data() == text
    assert index.data(BoardRole.SEQUENCE) == 7
    assert index.data(BoardRole.KEY) == "a"


def test_what_matters_stands_first_and_a_name_before_its_id(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=CALLS)
    assert list(_rows(_open(window)).values()) == ["ringing", "ringing", "free", "free"]
    clients = _open(window, "Clients")
    header = clients.tree.header()
    shown = [clients.model.headerData(header.logicalIndex(place), Qt.Orientation.Horizontal) for place in range(6)]
    assert shown == ["State", "Name", "For", "Before", "ID", "Users"]
    assert window.tabifiedDockWidgets(window.controllers.boards._docks["calls"]) == [
        window.controllers.boards._docks["clients"]
    ]


def test_only_rows_that_have_changed_are_drawn_and_sorted_again(theme: Theme) -> None:
    model = BoardModel(DOORS, theme)
    model.show_rows(tuple(_row(key) for key in "abcd"), 0)
    changed = list[int]()
    model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    model.show_rows((_row("a"), _row("b", "shut"), _row("c"), _row("d", sequence=2)), 0)
    assert changed == [1, 3]
    model.show_rows((_row("a"), _row("b", "shut"), _row("c"), _row("d", sequence=2)), 5_000)
    assert changed == [1, 3, 0, 1, 2, 3]


def test_a_board_that_still_reads_says_so_and_asks_on(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    view = _open(window)
    asked = len(session.boards.asked)
    view.show_rows(BoardShown("calls", (), 0, left=7))
    assert view._counts.text() == "reading the capture…"
    qtbot.waitUntil(lambda: len(session.boards.asked) > asked)


def test_an_answer_that_never_comes_is_asked_for_again(window: MainWindow, session: FakeSession) -> None:
    view = _open(window)
    view.refresh()
    asked = len(session.boards.asked)
    for _tick in range(PATIENCE):
        view.refresh()
    assert len(session.boards.asked) == asked + 1


def test_a_burst_of_new_keys_is_one_insertion_and_one_change_of_order(theme: Theme, qtmodeltester: ModelTester) -> None:
    model = BoardModel(DOORS, theme)
    model.sort(1, Qt.SortOrder.AscendingOrder)
    model.show_rows(tuple(_row(f"{n:04d}") for n in range(0, 5_000, 500)), 0)
    told = list[str]()
    for name in ("rowsInserted", "rowsRemoved", "layoutChanged", "modelReset", "dataChanged"):
        getattr(model, name).connect(lambda *_arguments, name=name: told.append(name))
    chosen = QPersistentModelIndex(model.index(3, 2))
    model.show_rows(tuple(_row(f"{n:04d}") for n in reversed(range(5_000))), 0)
    assert told == ["rowsInserted", "layoutChanged"]
    assert [model.row_at(i).key for i in (0, 1, 4_999)] == ["0000", "0001", "4999"]
    assert (chosen.row(), chosen.column()) == (1_500, 2)
    told.clear()
    model.show_rows(tuple(_row(f"{n:04d}") for n in range(1_500, 5_000, 2)), 0)
    assert told == ["layoutChanged", "rowsRemoved"]
    assert chosen.row() == 0
    qtmodeltester.check(model)


def test_a_search_goes_on_when_rows_come_and_counts_stay_those_of_all(theme: Theme) -> None:
    model = BoardModel(DOORS, theme)
    model.search("FRONT")
    model.show_rows((_row("front door"), _row("back door")), 0)
    assert [model.row_at(i).key for i in range(model.rowCount())] == ["front door"]
    model.show_rows((_row("front door", "shut"), _row("back door"), _row("Front gate")), 0)
    assert [model.row_at(i).key for i in range(model.rowCount())] == ["front door", "Front gate"]
    assert model.counts() == {"open": 2, "shut": 1}
    model.search("")
    assert model.rowCount() == 3


def test_many_changes_here_and_there_are_told_at_once(theme: Theme) -> None:
    model = BoardModel(DOORS, theme)
    model.show_rows(tuple(_row(f"{n:04d}") for n in range(100)), 0)
    changed = list[tuple[int, int]]()
    model.dataChanged.connect(lambda first, last: changed.append((first.row(), last.row())))
    model.show_rows(tuple(_row(f"{n:04d}", "shut" if n % 3 == 1 else "open") for n in range(100)), 0)
    assert changed == [(1, 97)]


def test_the_events_of_a_row_are_found_in_each_spelling_of_its_key(
    window: MainWindow, feed: Callable[..., None]
) -> None:
    feed(bodies=[phone("0044", "1", "busy"), phone("+44", "1", "free"), phone("2", "1", "free")])
    view = _open(window)
    keys = [view.model.row_at(row).key for row in range(view.model.rowCount())]
    view.tree.setCurrentIndex(view.model.index(keys.index("+44"), 0))
    view._choose_current()
    window.bridge.deliver()
    assert [window.panes.model.store.sequence_at(row) for row in range(window.panes.model.rowCount())] == [1, 2]


def test_a_search_without_a_hit_says_so(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=CALLS)
    view = _open(window)
    view.search.setText("nowhere")
    assert view._counts.text() == "nothing found"
    view.search.setText("")
    assert view._counts.text() == "ringing 2  ·  free 2"


def test_a_full_board_says_that_the_oldest_rows_go(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(BoardRow(key, "busy", 1_000, 2_000, 1, ("", "", "")) for key in "ab")
    view = _open(window)
    view.show_rows(BoardShown("calls", rows, 0, left=0))
    assert view._counts.toolTip() == ""
    monkeypatch.setattr("clacks_monitor.gui.boards.board_view.MAX_KEYS", 2)
    view.show_rows(BoardShown("calls", rows, 0, left=0))
    assert view._counts.toolTip() == "At most 2 rows; the oldest are removed."
