"""Finding, marks, the map along the scroll bar, and two events side by side, in the window on a real capture."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QDialog

from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.gui.kit import message_boxes
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.gui.table.difference_dialog import DifferenceDialog
from clacks_monitor.gui.table.event_model import EventModel
from clacks_monitor.gui.table.match_set import MatchSet
from clacks_monitor.gui.table.row_store import RowStore
from clacks_monitor.gui.table.scroll_map import ScrollMap
from clacks_monitor.session.notices import ViewRows
from tests.helpers.answers import answering
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow


def _find(qtbot: QtBot, window: MainWindow, text: str, kind: str = "text") -> None:
    bar = window.panes.find_bar
    if bar.isHidden():
        window.frame.commands["find"].trigger()
    bar.kind.setCurrentIndex(bar.kind.findData(kind))
    bar.line.setText(text)
    bar.changed.emit()
    qtbot.waitUntil(lambda: window.controllers.finding.matches.finished or "searching" not in bar.answer.text())


def test_typing_goes_to_the_first_match_from_here_and_round_the_end(real: MainWindow, qtbot: QtBot) -> None:
    real.panes.table.go_to(100)
    _find(qtbot, real, "number 1")
    assert (real.panes.table.current_sequence, real.panes.find_bar.answer.text()) == (101, "12 of 111")
    real.frame.commands["find.previous"].trigger()
    assert real.panes.table.current_sequence == 20
    real.panes.table.go_to(200)
    real.frame.commands["find.next"].trigger()
    assert (real.panes.table.current_sequence, real.panes.find_bar.answer.text()) == (
        2,
        "1 of 111, search wrapped",
    )


@pytest.mark.parametrize(
    ("kind", "text"), [("text", "number 42"), ("regex", r"number 4\d\b"), ("xquery", "./*:Event/*/*:Id = '42'")]
)
def test_each_kind_finds(real: MainWindow, qtbot: QtBot, kind: str, text: str) -> None:
    _find(qtbot, real, text, kind)
    assert real.panes.table.current_sequence == (41 if kind == "regex" else 43)


def test_a_broken_expression_says_why(real: MainWindow, qtbot: QtBot) -> None:
    _find(qtbot, real, "(", "regex")
    qtbot.waitUntil(lambda: "unterminated" in real.panes.find_bar.answer.text())


def test_in_a_columns_order_the_next_match_is_the_next_row_below(real: MainWindow, qtbot: QtBot) -> None:
    real.panes.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    qtbot.waitUntil(lambda: real.panes.model.store.order is not None)
    _find(qtbot, real, "number 9")
    places = sorted(real.panes.model.store.position_of(s) for s in real.controllers.finding.matches.sampled(100))
    begin = places.index(real.panes.model.store.position_of(real.panes.table.current_sequence))
    for place in [*places[begin + 1 :], *places[: begin + 1]]:
        real.frame.commands["find.next"].trigger()
        assert real.panes.model.store.position_of(real.panes.table.current_sequence) == place


def test_another_filter_searches_again(real: MainWindow, qtbot: QtBot) -> None:
    _find(qtbot, real, "number")
    assert len(real.controllers.finding.matches) == 300
    real.frame.filter.set("./*:Event/*:ClientPoll")
    qtbot.waitUntil(lambda: real.controllers.finding.matches.finished and len(real.controllers.finding.matches) == 100)
    assert "200 hidden" in real.panes.find_bar.answer.text()


def test_new_events_are_found_while_the_bar_is_open(real: MainWindow, qtbot: QtBot) -> None:
    _find(qtbot, real, "number 7")
    count = len(real.controllers.finding.matches)
    real.session.recorder.store(some_events(1, 7))
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 302)
    real.controllers.finding._look_further()
    qtbot.waitUntil(lambda: len(real.controllers.finding.matches) == count + 1)


def test_closing_the_bar_forgets_the_search(real: MainWindow, qtbot: QtBot) -> None:
    _find(qtbot, real, "number")
    real.panes.table.map.draw()
    assert real.panes.table.map.ticks[0]
    qtbot.keyClick(real.panes.find_bar.line, Qt.Key.Key_Escape)
    real.panes.table.map.draw()
    assert not real.panes.table.map.ticks[0]
    assert real.panes.find_bar.isHidden()


# -- marks ---------------------------------------------------------------------------------------------------------


def test_marks_are_walked_and_wrapping_is_said(real: MainWindow, qtbot: QtBot) -> None:
    real.panes.table.go_to(200)
    real.frame.commands["mark"].trigger()
    qtbot.waitUntil(lambda: real.session.rows.marks().value == [7, 200])
    real.frame.commands["mark.next"].trigger()
    assert (real.panes.table.current_sequence, real.frame.status.line.message) == (7, "Search wrapped to the start")
    real.frame.commands["mark.previous"].trigger()
    assert (real.panes.table.current_sequence, real.frame.status.line.message) == (200, "Search wrapped to the end")
    real.frame.commands["mark"].trigger()
    qtbot.waitUntil(lambda: real.session.rows.marks().value == [7])


def test_many_rows_are_marked_at_once_and_keep_their_comments(real: MainWindow, qtbot: QtBot) -> None:
    real.panes.table.selectAll()
    real.frame.commands["mark"].trigger()
    qtbot.waitUntil(lambda: len(real.session.rows.marks().value) == 301)
    assert real.panes.model.row(6).comment == "look here"
    real.frame.commands["mark"].trigger()
    qtbot.waitUntil(lambda: real.session.rows.marks().value == [])
    assert real.panes.model.row(6).comment == "look here"


def test_a_comment_is_kept_in_the_capture(real: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr(message_boxes, "ask_text", lambda *_args: " why? ")
    real.panes.table.go_to(3)
    real.frame.commands["comment"].trigger()
    qtbot.waitUntil(lambda: real.panes.model.row(2).comment == "why?")


def test_in_a_capture_that_is_only_read_a_mark_is_refused_in_words(
    open_real: Callable[[Path | None], MainWindow], shift: Path, qtbot: QtBot
) -> None:
    window = open_real(None)
    window.controllers.opening.open(shift, read_only=True)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 301)
    window.panes.table.go_to(3)
    window.frame.commands["mark"].trigger()
    qtbot.waitUntil(lambda: "reading only" in window.panes.trouble.text.text())
    assert window.session.rows.marks().value == [7]


def test_going_to_a_time_understands_words(real: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    real.panes.table.go_to(100)

    def run(dialog: MomentDialog) -> int:
        dialog.typed.setText("-50s")
        return int(QDialog.DialogCode.Accepted.value)

    monkeypatch.setattr(MomentDialog, "exec", run)
    real.frame.commands["go.time"].trigger()
    assert real.panes.table.current_sequence == 50


def test_a_large_selection_goes_when_the_order_changes_a_small_one_stays(real: MainWindow) -> None:
    selection = real.panes.table.selectionModel()
    real.panes.table.go_to(5)
    real.panes.table.selectRow(4)
    real.panes.table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    assert [index.row() for index in selection.selectedRows()] == [296]
    real.panes.updates.on_rows(
        ViewRows(real.panes.model.generation, array("q", range(302, 1802)), bytes(1500), at_start=False)
    )
    real.panes.table.selectAll()
    assert real.panes.table.selection.between(10, 12) == {10, 11, 12}
    real.panes.table.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    assert real.panes.table.selection.count() == 1


def test_selecting_everything_asks_for_no_row_by_itself(real: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt's headings look at every row of a selected column: seven seconds for a million."""
    count = 50_000
    real.panes.updates.on_rows(
        ViewRows(real.panes.model.generation, array("q", range(302, 302 + count)), bytes(count), at_start=False)
    )
    asked: list[int] = []

    def counted(store: RowStore) -> int:
        asked.append(1)
        return len(store.sequences)

    monkeypatch.setattr(RowStore, "__len__", counted)
    real.panes.table.selectAll()
    real.panes.table.grab()
    assert real.panes.table.selection.count() == 301 + count
    assert len(asked) < 10_000


# -- the map -------------------------------------------------------------------------------------------------------


def _model(sequences: Sequence[int]) -> EventModel:
    model = EventModel(
        answering(lambda wanted, _fields: [Row(s, RowKind.EVENT, s, "", "", "", 0) for s in wanted]),
        QCoreApplication.instance(),
    )
    model.reset(1)
    model.add(array("q", sequences), bytes(len(sequences)), at_start=False)
    return model


@pytest.fixture
def scroll_map(qtbot: QtBot, theme: Theme) -> Callable[[EventModel], ScrollMap]:
    def make(model: EventModel) -> ScrollMap:
        bar = ScrollMap(model, theme)
        qtbot.addWidget(bar)
        bar.resize(16, 400)
        return bar

    return make


def test_the_map_of_a_million_rows_shows_a_single_match(scroll_map: Callable[[EventModel], ScrollMap]) -> None:
    bar = scroll_map(_model(range(1, 1_000_001)))
    matches = MatchSet()
    matches.add([500_000])
    bar.show_matches(matches)
    bar.show_marks([1])
    bar.show_gaps([1_000_000])
    bar.draw()
    height = bar._groove().height()
    found, marks, gaps = bar.ticks
    assert found == {next(iter(found))}
    assert abs(next(iter(found)) - height // 2) <= 1
    assert (set(marks), set(gaps)) == ({0}, {height - 1})


def test_the_map_follows_the_order_that_is_shown(scroll_map: Callable[[EventModel], ScrollMap]) -> None:
    model = _model(range(1, 1001))
    bar = scroll_map(model)
    bar.show_marks([1])
    bar.draw()
    assert bar.ticks[1] == {0}
    model.sort(0, Qt.SortOrder.DescendingOrder)
    bar.draw()
    assert min(bar.ticks[1]) >= bar._groove().height() - 2


def test_an_empty_table_has_an_empty_map(scroll_map: Callable[[EventModel], ScrollMap]) -> None:
    bar = scroll_map(_model([]))
    bar.show_marks([1, 2])
    bar.draw()
    assert not any(bar.ticks)


# -- comparing -----------------------------------------------------------------------------------------------------


def test_two_events_side_by_side(real: MainWindow, qtbot: QtBot) -> None:
    real.panes.table.selectRow(0)
    assert not real.frame.commands["compare"].isEnabled()
    selection = real.panes.table.selectionModel()
    selection.select(real.panes.model.index(3, 0), selection.SelectionFlag.Select | selection.SelectionFlag.Rows)
    assert real.frame.commands["compare"].isEnabled()
    real.frame.commands["compare"].trigger()
    (dialog,) = real.findChildren(DifferenceDialog)
    left, right = (side.toPlainText().splitlines() for side in dialog.sides)
    assert len(left) == len(right)
    assert any("number" not in one and one != other for one, other in zip(left, right, strict=True))
    assert dialog.differences >= 1
    with qtbot.waitSignal(dialog.finished):
        dialog.reject()


def test_a_long_answer_ends_in_dots_and_is_whole_in_the_tooltip(window: MainWindow) -> None:
    bar = window.panes.find_bar
    bar.open()
    words = "This is no regular expression: " + "because of this and of that, " * 20
    bar.show_message(words, bad=True)
    QCoreApplication.processEvents()
    assert bar.answer.shown().endswith("…")
    assert bar.answer.text() == words
    assert bar.answer.toolTip().split() == words.split()
    assert not bar.answer.grab().isNull()
