"""A board by itself: what is sorted how, what is searched, counted and offered, and when it asks for its rows."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from clacks_monitor.core.board import MAX_KEYS, BoardDefinition, BoardRow, Rule, StateName
from clacks_monitor.core.board_history import StateSpan
from clacks_monitor.gui.boards import board_view
from clacks_monitor.gui.boards.board_model import BoardModel
from clacks_monitor.gui.boards.board_view import PATIENCE, REFRESH_MS, BoardView
from clacks_monitor.gui.kit import formats
from clacks_monitor.session.notices import BoardShown

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

NS = 1_000_000_000
NOW = 1_700_000_000 * NS
DOORS = BoardDefinition(
    "doors",
    "Doors",
    "Door",
    {"room": "Room", "floor": "Floor"},
    {"open": StateName("open", "bad"), "ajar": StateName("ajar", "warn"), "shut": StateName("shut", "good")},
    (Rule("Door", "Id"),),
)


def row(key: str, state: str, room: str, *, seen: int = 0, since: int = 0, sequence: int = 1) -> BoardRow:
    return BoardRow(key, state, NOW - since * NS, NOW - seen * NS, sequence, (room, "1"), (key, key.upper()))


ROWS = (
    replace(row("b", "shut", "Hall", seen=30, since=300, sequence=4), before="ajar", before_s=134.4),
    row("a", "open", "attic", seen=20, since=400, sequence=5),
    replace(row("C", "ajar", "Cellar", seen=10, since=200, sequence=6), before="open", before_s=7.0),
)


@pytest.fixture
def model(theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> BoardModel:
    del qtbot
    monkeypatch.setattr(time, "time_ns", lambda: NOW)
    made = BoardModel(DOORS, theme)
    made.show_rows(ROWS, 0)
    return made


def keys(model: BoardModel) -> list[str]:
    return [model.row_at(place).key for place in range(model.rowCount())]


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        (0, ["a", "C", "b"]),
        (1, ["a", "b", "C"]),
        (2, ["a", "C", "b"]),
        (4, ["C", "b", "a"]),
        (5, ["a", "C", "b"]),
        (6, ["C", "a", "b"]),
    ],
)
def test_rows_are_sorted_by_what_matters(model: BoardModel, column: int, ascending: list[str]) -> None:
    assert keys(model) == ["b", "a", "C"]
    model.sort(column, Qt.SortOrder.AscendingOrder)
    assert keys(model) == ascending
    model.sort(column, Qt.SortOrder.DescendingOrder)
    assert keys(model) == ascending[::-1]


def test_a_state_that_has_no_name_comes_last(model: BoardModel) -> None:
    model.sort(0, Qt.SortOrder.AscendingOrder)
    model.show_rows((*ROWS, row("z", "gone", "x")), 0)
    assert keys(model) == ["a", "C", "b", "z"]
    assert list(model.counts()) == ["open", "ajar", "shut", "gone"]


@pytest.mark.parametrize(
    ("text", "found"), [("HALL", ["b"]), ("c", ["a", "C"]), ("shut", ["b"]), ("1", ["b", "a", "C"]), ("nothing", [])]
)
def test_a_search_looks_at_state_key_and_values(model: BoardModel, text: str, found: list[str]) -> None:
    model.search(text)
    assert keys(model) == found
    model.search("")
    assert sorted(keys(model)) == ["C", "a", "b"]


def test_each_cell_says_what_is_known(model: BoardModel, theme: Theme) -> None:
    headings = [model.headerData(n, Qt.Orientation.Horizontal) for n in range(model.columnCount())]
    assert headings == ["State", "Door", "Room", "Floor", "For", "Before", "Seen"]
    assert model.headerData(0, Qt.Orientation.Vertical) is None
    texts = [model.index(0, column).data() for column in range(7)]
    assert texts == ["shut", "b", "Hall", "1", "5 min", "ajar 2 min 14 s", formats.ago_short(30)]
    tips = [model.index(0, column).data(Qt.ItemDataRole.ToolTipRole) for column in range(7)]
    times = [formats.full_time(NOW - 300 * NS), "ajar 2 min 14 s", formats.full_time(NOW - 30 * NS)]
    assert tips == ["shut", "b", "Hall", "1", *times]
    assert model.index(1, 5).data() == ""
    assert model.index(0, 1).data(Qt.ItemDataRole.DecorationRole) is None
    colours = {}
    for place in range(3):
        icon = model.index(place, 0).data(Qt.ItemDataRole.DecorationRole)
        image = icon.pixmap(16, 16).toImage()
        colours[model.row_at(place).key] = image.pixelColor(image.width() // 2, image.height() // 2).name()
    assert colours == {"b": theme.good.name(), "a": theme.bad.name(), "C": theme.warn.name()}
    assert model.data(QModelIndex()) is None
    assert model.rowCount(model.index(0, 0)) == model.columnCount(model.index(0, 0)) == 0


@pytest.mark.parametrize(("blind", "doubted"), [(NOW - 31 * NS, []), (NOW - 30 * NS, []), (NOW - 25 * NS, ["b"])])
def test_what_was_seen_before_a_gap_is_in_doubt(model: BoardModel, blind: int, doubted: list[str]) -> None:
    model.show_rows(ROWS, blind)
    words = "There was a gap since this was seen. The state may have changed."
    for place in range(3):
        index, key = model.index(place, 0), model.row_at(place).key
        assert index.data().endswith(" ?") is (key in doubted)
        assert (words in index.data(Qt.ItemDataRole.ToolTipRole).replace("\n", " ")) is (key in doubted)


# -- the view ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> BoardView:
    made = BoardView(DOORS, theme)
    qtbot.addWidget(made)
    return made


def shown(*rows: BoardRow, left: int = 0) -> BoardShown:
    return BoardShown("doors", rows, 0, left)


def test_it_asks_while_it_is_seen_and_again_when_it_was_answered(view: BoardView) -> None:
    asked = list[str]()
    view.wanted.connect(asked.append)
    view.show_rows(shown())
    assert asked == []
    view.show()
    assert (asked, view._timer.isActive(), view._timer.interval()) == (["doors"], True, REFRESH_MS)
    for _tick in range(PATIENCE - 1):
        view._timer.timeout.emit()
    assert len(asked) == 1
    view._timer.timeout.emit()
    assert len(asked) == 2
    view.show_rows(shown(*ROWS))
    view._timer.timeout.emit()
    assert len(asked) == 3
    view.ask_anew()
    view.refresh()
    assert len(asked) == 4
    view.hide()
    assert not view._timer.isActive()


def test_it_says_how_many_are_in_which_state(view: BoardView, monkeypatch: pytest.MonkeyPatch) -> None:
    said = []
    view.show_rows(shown())
    said.append(view._counts.text())
    view.show_rows(shown(*ROWS, row("d", "shut", "x")))
    said.append(view._counts.text())
    view.search.setText("no such")
    said.append(view._counts.text())
    view.show_rows(shown(*ROWS, left=7))
    said.append(view._counts.text())
    view.search.clear()
    said.append(view._counts.text())
    assert said == [
        "no events yet", "open 1  ·  ajar 1  ·  shut 2", "nothing found", "reading the capture…",
        "reading the capture…",
    ]  # fmt: skip
    for most, tip in ((4, ""), (3, "At most 3 rows; the oldest are removed.")):
        monkeypatch.setattr(board_view, "MAX_KEYS", most)
        view.show_rows(shown(*ROWS))
        assert view._counts.toolTip() == tip
    assert MAX_KEYS > 3


def test_a_click_on_a_count_shows_only_those_rows(view: BoardView) -> None:
    view.show_rows(shown(*ROWS, row("d", "shut", "x")))
    bar = view._counts.bar
    opened, _ajar, shut = bar.actions()
    shut.trigger()
    assert sorted(keys(view.model)) == ["b", "d"]
    assert view._counts.text() == "open 1  ·  ajar 1  ·  shut 2", "the counts stay those of all rows"
    opened.trigger()
    assert (keys(view.model), shut.isChecked()) == (["a"], False)
    view.search.setText("nothing")
    assert keys(view.model) == []
    view.search.clear()
    view.show_rows(shown(*ROWS[:1]))
    assert keys(view.model) == ["b"], "the state that was chosen has no rows any more: all are shown"
    assert view._counts.state == ""
    bar.actions()[0].trigger()
    bar.actions()[0].trigger()
    assert keys(view.model) == ["b"]
    assert all(not action.icon().isNull() for action in bar.actions())


@pytest.mark.qt_log_ignore("does not support")
def test_a_row_leads_to_its_events(view: BoardView, qtbot: QtBot) -> None:
    view.show()
    view.show_rows(shown(*ROWS))
    wanted = list[tuple[object, ...]]()
    view.events_wanted.connect(lambda board, texts: wanted.append((board, tuple(texts))))
    view.row_wanted.connect(lambda sequence: wanted.append((sequence,)))
    view.tree.activated.emit(view.model.index(0, 0))
    at = view.tree.visualRect(view.model.index(1, 1)).center()
    for choice in (0, 1):
        view.tree.customContextMenuRequested.emit(at)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert [action.text() for action in menu.actions()] == [
            f"Show only events of {view.model.row_at(1).key}", "Go to its latest event",
            f"History of {view.model.row_at(1).key}",
        ]  # fmt: skip
        menu.actions()[choice].trigger()
        menu.close()
    first, second = view.model.row_at(0), view.model.row_at(1)
    assert wanted == [("doors", first.texts), ("doors", second.texts), (second.sequence,)]
    assert view.tree.accessibleName() == "Doors"
    assert view.focusProxy() is view.tree
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    qtbot.waitUntil(lambda: view.findChildren(QMenu, options=direct) == [])


def histories(view: BoardView) -> list[tuple[str, ...]]:
    items = [view.history.tree.topLevelItem(place) for place in range(view.history.tree.topLevelItemCount())]
    return [(item.text(0), item.text(3)) for item in items if item is not None]


def test_the_history_of_a_row_is_asked_for_and_shown(view: BoardView, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: NOW)
    view.show()
    view.show_rows(shown(*ROWS))
    assert view.history.key == ""
    asked: list[str] = []
    view.wanted.connect(lambda _board: asked.append(view.history.key))
    view.search.setText("hall")
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    assert view.history.isVisible()
    assert asked == ["b"]
    past = StateSpan("open", NOW - 434 * NS, NOW - 300 * NS, 3, doubted=True)
    present = StateSpan("shut", NOW - 300 * NS, 0, 4)
    view.show_rows(replace(shown(*ROWS), of="b", history=(past, present)))
    assert histories(view) == [("shut", "5 min"), ("open ?", "2 min 14 s")]
    assert view.history.title.text() == "History of b"
    monkeypatch.setattr(time, "time_ns", lambda: NOW + 65 * NS)
    view.show_rows(replace(shown(*ROWS), of="b", history=(past, present)))
    assert histories(view)[0] == ("shut", "6 min 5 s")
    view.show_rows(replace(shown(*ROWS), of="a", history=(present,)))
    assert len(histories(view)) == 2, "an answer about another row"
    chosen: list[tuple[object, ...]] = []
    view.events_wanted.connect(lambda _board, texts: chosen.append(tuple(texts)))
    view.span_wanted.connect(lambda begin, end: chosen.append((begin, end)))
    view.history.tree.itemActivated.emit(view.history.tree.topLevelItem(1), 0)
    view.history.tree.itemActivated.emit(view.history.tree.topLevelItem(0), 0)
    assert chosen == [("b", "B"), (past.from_ns, past.to_ns), ("b", "B"), (present.from_ns, 0)]
    view.history.button.click()
    assert not view.history.isVisible()
    assert view.history.key == ""


def test_the_history_follows_the_selection(view: BoardView) -> None:
    view.show()
    view.history.button.click()
    assert view.history.key == "", "there is no row yet"
    view.show_rows(shown(*ROWS))
    view.search.setText("no such")
    QTest.keyClick(view.search, Qt.Key.Key_Return)
    assert view.history.key == ""
    view.search.clear()
    asked: list[str] = []
    view.wanted.connect(lambda _board: asked.append(view.history.key))
    for place in (0, 2):
        view.tree.setCurrentIndex(view.model.index(place, 0))
    assert asked == [view.model.row_at(place).key for place in (0, 2)]
