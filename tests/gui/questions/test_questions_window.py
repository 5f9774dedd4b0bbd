"""The window of the questions: list, editor, form, progress, answers in three forms, and what ends them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog

from clacks_monitor.config.questions import StoredQuestion
from clacks_monitor.gui.kit.notes import Tone
from clacks_monitor.gui.questions.question_dialog import QuestionDialog
from clacks_monitor.session.questions import ResultRow
from clacks_monitor.session.questions.ending import CANCELLED, Ending, EndKind, too_many_rows
from clacks_monitor.session.questions.exporting import ResultFormat

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.questions.questions_window import QuestionsWindow
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ROWS = [
    ResultRow({"name": name, "n": n}, sequence) for name, n, sequence in (("b", 2, 5), ("a", 10, None), ("c", 1, 3))
]


class Desk:
    """The questions' window, and what a test does with it."""

    def __init__(self, main: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
        self.main, self.session, self.qtbot = main, session, qtbot
        main.frame.commands["questions"].trigger()
        opened = main.controllers.questions.window
        assert opened is not None
        self.window: QuestionsWindow = opened
        main.bridge.deliver()
        self.settle()

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.window.editor.busy)

    def write(self, text: str) -> None:
        """Type a question."""
        self.window.editor.edit.selectAll()
        self.window.editor.edit.insertPlainText(text)
        self.settle()

    def run(self, text: str = "") -> None:
        if text:
            self.write(text)
        self.window.run_button.click()

    def answer(self, rows: list[ResultRow], ending: Ending | None = None) -> None:
        """Let the question that was asked be answered."""
        if ending is None:
            self.session.questions.answer(rows)
        else:
            self.session.questions.answer(rows, ending)
        self.main.bridge.deliver()
        self.qtbot.waitUntil(lambda: not self.window.results.busy)

    def cells(self, column: int = 0) -> list[str]:
        model = self.window.results.model
        return [str(model.data(model.index(row, column))) for row in range(model.rowCount())]

    @property
    def said(self) -> str:
        return self.window.results.state.text()


@pytest.fixture
def desk(window: MainWindow, session: FakeSession, qtbot: QtBot, feed: Callable[..., None]) -> Desk:
    feed(20)
    return Desk(window, session, qtbot)


# -- the questions -------------------------------------------------------------------------------------------------


def test_the_shipped_questions_are_there_and_the_first_is_shown(desk: Desk) -> None:
    first = desk.window.list.current
    assert first is not None
    assert first.shipped
    assert desk.window.editor.text == first.query
    assert desk.window.windowTitle() == f"{first.name} – Questions"
    assert desk.window.form.fields.keys() == first.parameters.keys()
    assert desk.window.save_button.text() == "&Save as…"


def test_a_question_of_ones_own_is_saved_changed_deleted_and_brought_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QuestionDialog, "exec", lambda dialog: dialog.name.setText("mine") or QDialog.DialogCode.Accepted
    )
    desk.window.list.buttons["add"].click()
    desk.write("1 + 1")
    desk.window.save_button.click()
    desk.main.bridge.deliver()
    own = desk.window.list.current
    assert own is not None
    assert (own.name, own.query, own.shipped) == ("mine", "1 + 1", False)
    desk.settle()
    assert (desk.window.save_button.text(), desk.window.save_button.isEnabled()) == ("&Save", False)
    desk.write("2")
    desk.window.save_button.click()
    assert desk.session.questions.own[own.id].query == "2"
    desk.main.bridge.deliver()
    desk.window.list.buttons["trash"].click()
    desk.main.bridge.deliver()
    assert desk.session.questions.own == {}
    assert desk.window.editor.text == "2"
    desk.window.list.buttons["undo"].click()
    assert [one.query for one in desk.session.questions.own.values()] == ["2"]


def test_a_text_that_was_not_saved_comes_back(desk: Desk) -> None:
    first, other = desk.window.shown.id, "load-by-agent"
    desk.write("1 + 2")
    desk.window.list.select(other)
    desk.settle()
    assert desk.window.editor.text != "1 + 2"
    desk.window.list.select(first)
    assert desk.window.editor.text == "1 + 2"


def test_questions_are_imported_and_exported(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a: ([str(tmp_path / "a.json")], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / "b.xq"), ""))
    desk.write("3")
    for key in ("import", "export"):
        desk.window.list.buttons[key].click()
    assert desk.session.questions.imported == [tmp_path / "a.json"]
    ((question, path),) = desk.session.questions.exported
    assert (question.query, path) == ("3", tmp_path / "b.xq")


def test_german_names_and_headings(
    german: None, open_window: Callable[[FakeSession], MainWindow], session: FakeSession, qtbot: QtBot
) -> None:
    del german
    session.language = "de"
    desk = Desk(open_window(session), session, qtbot)
    desk.window.list.select("load-by-agent")
    desk.settle()
    assert desk.window.shown.name == "Last nach Agent"
    desk.run()
    desk.answer([ResultRow({"agent": "a", "average": Decimal("1234.5"), "reports": 12_345})])
    model = desk.window.results.model
    assert [model.heading(column) for column in range(3)] == ["Agent", "Durchschnittliche Last", "Meldungen"]
    assert [desk.cells(1), desk.cells(2)] == [["1.234,5"], ["12.345"]]
    assert desk.said == "1 Zeile in 250 ms"


# -- the editor and the form ---------------------------------------------------------------------------------------


def test_an_error_is_shown_and_cannot_be_run(desk: Desk) -> None:
    desk.write("for $e in collection() return")
    assert "ends here" in desk.window.editor.problem.text()
    assert not desk.window.run_button.isEnabled()
    QTest.keyClick(desk.window.editor.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert desk.session.questions.asked == []


def test_a_misspelt_element_behind_the_collection_is_warned_of(desk: Desk) -> None:
    desk.write("collection()/*:Event/*:PhoneStats[ev:mark(.)]")
    desk.main.bridge.deliver()
    assert "Did you mean 'PhoneStatus'?" in desk.window.editor.problem.text()
    assert desk.window.run_button.isEnabled()


def test_functions_of_events_are_completed(desk: Desk) -> None:
    edit = desk.window.editor.edit
    desk.write("ev:ti")
    popup: Any = edit._popup
    popup.ask(wanted=True)
    assert [offer.text for offer in popup._offers] == ["ev:time("]
    popup.hide()


def test_control_enter_runs_even_before_the_text_is_checked(desk: Desk) -> None:
    edit = desk.window.editor.edit
    edit.selectAll()
    QTest.keyClicks(edit, "1")
    QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: len(desk.session.questions.asked) == 1)
    assert desk.session.questions.asked[0].question.text == "1"


def test_earlier_questions_are_remembered(desk: Desk) -> None:
    for text in ("1", "2"):
        desk.run(text)
    assert desk.session.settings.values.question_history[:2] == ("2", "1")
    for expected in ("2", "1"):
        QTest.keyClick(desk.window.editor.edit, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        assert desk.window.editor.text == expected


def test_parameters_and_times_are_asked_for(desk: Desk) -> None:
    desk.write("declare variable $x external; declare variable $n as xs:integer external := 1; $x, $n")
    fields = desk.window.form.fields
    assert list(fields) == ["x", "n"]
    desk.run()
    assert (desk.session.questions.asked, desk.said) == ([], "$x needs a value.")
    fields["x"].setText("a")
    desk.window.form.begin.setText("8:0")
    desk.run()
    assert (desk.session.questions.asked, desk.said) == ([], "From and to are not times.")
    desk.window.form.begin.setText("2026-03-02 8:00")
    QTest.keyClick(fields["x"], Qt.Key.Key_Return)
    (asked,) = desk.session.questions.asked
    assert dict(asked.parameters) == {"x": "a"}
    assert asked.selection.has_time
    assert "2026" in desk.window.form.meaning.text()


# -- answers -------------------------------------------------------------------------------------------------------


def test_progress_rows_and_the_end_are_shown(desk: Desk) -> None:
    desk.run("1")
    assert (desk.said, desk.window.cancel_button.isEnabled()) == ("starting…", True)
    assert not desk.window.results.progress.isHidden()
    desk.session.questions.answer(ROWS[:1], None, done=5)
    desk.main.bridge.deliver()
    assert desk.said == "5 of 10 entries, 1 row"
    assert desk.window.results.progress.value() == desk.window.results.progress.maximum() // 2
    desk.answer(ROWS[1:])
    assert (desk.cells(0), desk.cells(1)) == (["b", "a", "c"], ["2", "10", "1"])
    assert (desk.said, desk.window.results.state.tone) == ("3 rows in 250 ms", Tone.GOOD)
    assert desk.window.results.progress.isHidden()
    assert not desk.window.cancel_button.isEnabled()


def test_columns_that_come_later_are_added(desk: Desk) -> None:
    desk.run("1")
    desk.answer([ResultRow({"a": 1}), ResultRow({"b": None, "c": [1, 2]})])
    assert [name for name, _heading in desk.window.results.model.headings] == ["a", "b", "c"]
    assert desk.cells(2) == ["", "[1, 2]"]


def test_a_click_on_a_heading_sorts_and_rows_that_follow_keep_their_events(desk: Desk) -> None:
    desk.run("1")
    desk.answer(ROWS)
    header = desk.window.results.table.horizontalHeader()
    for column, order, expected in (
        (0, Qt.SortOrder.AscendingOrder, ["a", "b", "c"]),
        (1, Qt.SortOrder.AscendingOrder, ["c", "b", "a"]),
        (1, Qt.SortOrder.DescendingOrder, ["a", "b", "c"]),
    ):
        header.setSortIndicator(column, order)
        desk.qtbot.waitUntil(lambda: not desk.window.results.busy)
        assert desk.cells(0) == expected
    assert [desk.window.results.model.table.row(place).sequence for place in range(3)] == [None, 5, 3]


def test_values_of_all_kinds_have_an_order(desk: Desk) -> None:
    desk.run("1")
    values = ["b", None, float("nan"), 2, Decimal("1.5"), 10**400, "A", True, float("inf")]
    desk.answer([ResultRow({"v": value}) for value in values])
    desk.window.results.table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    desk.qtbot.waitUntil(lambda: not desk.window.results.busy)
    shown = desk.cells()
    assert shown[:3] == ["", "1.5", "2"]
    assert shown[-3:] == ["A", "b", "true"]


def test_enter_and_a_click_go_to_the_event(desk: Desk) -> None:
    desk.run("1")
    desk.answer(ROWS)
    table, model = desk.window.results.table, desk.window.results.model
    table.clicked.emit(model.index(0, 0))
    assert desk.main.panes.table.current_sequence == 5
    table.setCurrentIndex(model.index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert desk.main.panes.table.current_sequence == 3
    table.clicked.emit(model.index(1, 0))
    assert desk.main.panes.table.current_sequence == 3


def test_an_answer_about_another_capture_goes_nowhere(desk: Desk) -> None:
    desk.run("1")
    desk.answer(ROWS)
    before = desk.main.panes.table.current_sequence
    desk.session.capture.current = object()
    desk.window.results.table.clicked.emit(desk.window.results.model.index(0, 0))
    assert desk.main.panes.table.current_sequence == before
    assert desk.said == "The answer is about another capture."


def test_rows_are_copied_with_their_headings(desk: Desk) -> None:
    desk.run("1")
    desk.answer(ROWS)
    desk.window.results.table.selectRow(1)
    QGuiApplication.clipboard().clear()
    QTest.keyClick(desk.window.results.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    assert QGuiApplication.clipboard().text() == "name\tn\na\t10\n"


@pytest.mark.parametrize(
    ("name", "kind", "style"), [("x.json", "", ResultFormat.JSON), ("x", "XML (*.xml)", ResultFormat.XML)]
)
def test_an_answer_is_exported(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, kind: str, style: ResultFormat
) -> None:
    desk.run("1")
    desk.answer(ROWS)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a: (str(tmp_path / name), kind))
    desk.window.results.export_button.click()
    desk.main.bridge.deliver()
    ((path, written, headings, rows),) = desk.session.questions.written
    assert (path, written, headings) == (tmp_path / name, style, [("name", "name"), ("n", "n")])
    assert list(rows) == ROWS
    assert desk.said == f"{name} written"


def test_the_answer_as_text(desk: Desk) -> None:
    desk.run("1")
    desk.answer([ResultRow({"a": 1}), ResultRow({"v": "x"}, text="<v>x</v>"), ResultRow({"value": "plain"})])
    desk.window.results.tabs.setCurrentWidget(desk.window.results.text)
    desk.qtbot.waitUntil(lambda: not desk.window.results.busy)
    assert desk.window.results.text.content().split("\n") == [json.dumps({"a": 1}), "<v>x</v>", "plain"]


def test_bars_where_there_is_a_number(desk: Desk) -> None:
    desk.run("1")
    desk.answer([ResultRow({"value": "x"})])
    tabs, number = desk.window.results.tabs, desk.window.results.number
    assert not tabs.isTabEnabled(2)
    desk.run("2")
    desk.answer(
        [ResultRow({"who": "a", "n": 3, "sequence": 4, "x": -1.5}), ResultRow({"who": "b", "n": 10, "x": None})]
    )
    assert tabs.isTabEnabled(2)
    tabs.setCurrentIndex(2)
    assert [number.itemText(place) for place in range(number.count())] == ["n", "x"]
    bars = desk.window.results.bars
    hidden = [bars.isColumnHidden(column) for column in range(4)]
    assert hidden == [False, False, True, True]
    number.setCurrentIndex(1)
    assert [bars.isColumnHidden(column) for column in range(4)] == [False, True, True, False]
    assert desk.window.results.model.table.range_of("x") == (-1.5, 0.0)
    assert not desk.window.grab().isNull()


# -- ends ----------------------------------------------------------------------------------------------------------


def test_a_bound_says_which_and_what_is_there(desk: Desk) -> None:
    desk.run("1")
    desk.answer(ROWS, too_many_rows(3))
    assert desk.said.startswith("The result has more than 3 rows: the first of them are shown.")
    assert desk.said.endswith("(3 rows in 250 ms)")
    assert desk.window.results.state.tone is Tone.WARN


def test_an_error_of_the_question_says_where(desk: Desk) -> None:
    desk.run("1,\n  1 div 0")
    desk.answer([], Ending(EndKind.ERROR, "Division by zero.", "FOAR0001", 2, 5))
    assert desk.said == "Line 2, column 5: Division by zero."
    assert desk.window.results.state.tone is Tone.BAD
    assert len(desk.window.editor.edit.extraSelections()) == 1


def test_cancelling_keeps_the_rows_and_takes_no_more(desk: Desk) -> None:
    desk.run("1")
    desk.session.questions.answer(ROWS[:1], None)
    desk.main.bridge.deliver()
    QTest.keyClick(desk.window.editor.edit, Qt.Key.Key_Escape)
    assert desk.session.questions.cancelled == 1
    assert not desk.window.cancel_button.isEnabled()
    desk.answer(ROWS[1:], CANCELLED)
    assert desk.cells() == ["b"]
    assert desk.said.startswith("The question was cancelled")


def test_closing_the_window_cancels_and_the_text_stays(desk: Desk) -> None:
    desk.run("1 + 1")
    desk.window.close()
    assert desk.session.questions.cancelled == 1
    desk.main.frame.commands["questions"].trigger()
    assert desk.window.isVisible()
    assert desk.window.editor.text == "1 + 1"


def test_many_rows_come_a_few_at_a_time(desk: Desk) -> None:
    desk.run("1")
    desk.session.questions.answer([ResultRow({"n": n}) for n in range(5_000)])
    desk.main.bridge.deliver()
    assert desk.window.results.model.rowCount() < 5_000
    desk.qtbot.waitUntil(lambda: not desk.window.results.busy)
    assert desk.window.results.model.rowCount() == 5_000
    assert desk.said == "5,000 rows in 250 ms"


# -- a real capture ------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(real: MainWindow, qtbot: QtBot) -> QuestionsWindow:
    real.frame.commands["questions"].trigger()
    window = real.controllers.questions.window
    assert window is not None
    qtbot.waitUntil(lambda: window.list.current is not None and not window.editor.busy)
    return window


def ask(window: QuestionsWindow, text: str, qtbot: QtBot) -> None:
    window.editor.edit.selectAll()
    window.editor.edit.insertPlainText(text)
    qtbot.waitUntil(lambda: not window.editor.busy)
    window.run()


def test_a_capture_is_asked_and_its_event_shown(real: MainWindow, asked: QuestionsWindow, qtbot: QtBot) -> None:
    ask(asked, "collection()[ev:mark(.)]", qtbot)
    qtbot.waitUntil(lambda: asked.results.ending is not None and not asked.results.busy, timeout=60_000)
    assert asked.results.model.rowCount() == 1
    asked.results.table.clicked.emit(asked.results.model.index(0, 0))
    assert real.panes.table.current_sequence == 7


def test_what_is_saved_is_a_file_that_another_run_has(real: MainWindow, asked: QuestionsWindow, qtbot: QtBot) -> None:
    real.session.questions.save(StoredQuestion("mine", "1"))
    qtbot.waitUntil(lambda: asked.shown.name == "mine")
    (path,) = real.session.folders.questions.glob("*.json")
    assert json.loads(path.read_text())["query"] == "1"


def test_a_running_question_ends_with_the_session(real: MainWindow, asked: QuestionsWindow, qtbot: QtBot) -> None:
    endless = "declare function local:f($n) { if ($n < 0) then 0 else local:f($n + 1) }; collection()[1], local:f(0)"
    ask(asked, endless, qtbot)
    qtbot.waitUntil(lambda: asked.results.model.rowCount() == 1, timeout=60_000)
    threads = [*real.controllers.questions.stop()]
    assert real.session.close(threads) == []
