"""Computed columns in the window: added by a dialog that checks the expression, shown as values come, edited, kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDialog, QMenu

from clacks_monitor.core.columns import ComputedColumn
from clacks_monitor.gui.table.computed_dialog import ComputedColumnDialog
from clacks_monitor.session.view.computed_values import Computed, OrderProgress
from clacks_monitor.session.view.query_suggestions import examined

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from clacks_monitor.xquery import QueryError
    from tests.helpers.fake_session import FakeSession

LENGTH = ComputedColumn("Length", "string-length(./*)")


def texts(window: MainWindow, column: ComputedColumn) -> list[str]:
    model = window.panes.model
    place = model.columns.index(column)
    return [model.data(model.index(row, place)) for row in range(model.rowCount())]


def trigger(menu: QMenu, text: str) -> None:
    next(action for action in menu.actions() if action.text() == text).trigger()


def under(window: MainWindow, column: ComputedColumn) -> QMenu:
    return window.panes.table.column_menu.menu(window.panes.model.columns.index(column))


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[ComputedColumnDialog], object]], None]:
    """Have the dialog filled in and accepted instead of shown."""

    def fill(edit: Callable[[ComputedColumnDialog], object]) -> None:
        def run(dialog: ComputedColumnDialog) -> int:
            edit(dialog)
            return QDialog.DialogCode.Accepted

        monkeypatch.setattr(ComputedColumnDialog, "exec", run)

    return fill


def test_values_appear_when_they_have_been_computed(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(3)
    window.panes.table.columns.add(LENGTH)
    assert texts(window, LENGTH) == ["…"] * 3
    window.bridge.deliver()
    assert texts(window, LENGTH) == [f"{LENGTH.expression} of {number}" for number in (1, 2, 3)]
    assert window.panes.table.columns.shown()[3] == LENGTH, "right behind the summary"


def test_rows_whose_question_was_dropped_are_asked_about_again(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(1)
    window.panes.table.columns.add(LENGTH)
    texts(window, LENGTH)
    asked: list[list[int]] = []
    window.panes.model.values_wanted.connect(lambda _columns, sequences: asked.append(sequences))
    window.controllers.computed_columns.on_computed(Computed({}, dropped=(1,)))
    texts(window, LENGTH)
    assert asked == [[1]]


def test_the_menu_adds_edits_and_removes_such_a_column(
    window: MainWindow,
    feed: Callable[..., None],
    answering: Callable[[Callable[[ComputedColumnDialog], object]], None],
) -> None:
    feed(1)

    def enter(dialog: ComputedColumnDialog) -> None:
        dialog.name.setText("Length")
        dialog.expression.setPlainText(LENGTH.expression)

    answering(enter)
    trigger(window.panes.table.column_menu.menu(), "Add a computed column…")
    assert window.panes.model.fields == (LENGTH,)

    answering(lambda dialog: dialog.name.setText("How long"))
    trigger(under(window, LENGTH), "Edit column “Length”…")
    named = ComputedColumn("How long", LENGTH.expression)
    assert window.panes.model.fields == (named,)

    answering(lambda dialog: dialog.expression.setPlainText("1 + 1"))
    trigger(under(window, named), "Edit column “How long”…")
    changed = ComputedColumn("How long", "1 + 1")
    assert window.panes.model.fields == (changed,)

    trigger(under(window, changed), "Remove column “How long”")
    assert not window.panes.model.fields


def test_a_heading_that_is_there_gets_a_sign(window: MainWindow) -> None:
    window.panes.table.columns.add(LENGTH)
    window.panes.table.columns.add(ComputedColumn("Length", "2"))
    window.panes.table.columns.add(ComputedColumn("Again", LENGTH.expression))
    assert [column.name for column in window.panes.model.fields] == ["Length", "Length *"]


def test_the_columns_come_back_with_the_window(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    first = open_window(session)
    first.panes.table.columns.add(LENGTH)
    first.close()
    assert LENGTH in open_window(session).panes.table.columns.shown()


def test_a_profile_brings_such_a_column(window: MainWindow, session: FakeSession) -> None:
    session.profiles.activate(["telephones"])
    window.bridge.deliver()
    window.panes.table.columns.add(LENGTH)
    trigger(window.panes.table.column_menu.menu(), "Save these columns in profile “Telephones”")
    assert str(LENGTH) in session.profiles.all()[0].columns


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ComputedColumnDialog:
    made = ComputedColumnDialog(None, window.session.queries, window.theme, window.panes.vocabulary, window)
    qtbot.addWidget(made)
    made.name.setText("Length")
    return made


def test_the_dialog_says_what_is_wrong_with_an_expression(dialog: ComputedColumnDialog) -> None:
    accept = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert not accept.isEnabled()
    dialog.expression.insertPlainText("./*[")
    assert dialog.problem.text()
    assert not accept.isEnabled()
    dialog.expression.clear()
    dialog.expression.insertPlainText(f" {LENGTH.expression} ")
    assert dialog.problem.text() == ""
    assert accept.isEnabled()
    assert dialog.column() == LENGTH
    dialog.name.setText("a=b")
    assert not accept.isEnabled()
    with pytest.raises(ValueError, match="not a column"):
        dialog.column()


def test_an_expression_that_is_too_long_is_not_even_compiled(
    dialog: ComputedColumnDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_text: str) -> QueryError | None:
        raise AssertionError("it is too long to be checked")

    monkeypatch.setattr("clacks_monitor.gui.table.computed_dialog.problem_of", never)
    dialog.expression.insertPlainText("1 +" * 501)
    assert "1,500" in dialog.problem.text()
    assert not dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled()


def test_the_dialog_warns_of_what_no_event_can_have(
    dialog: ComputedColumnDialog, window: MainWindow, session: FakeSession
) -> None:
    text = "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus/f:Statsu"
    dialog.expression.insertPlainText(text)
    found = examined(text, session.queries.vocabulary(), {})
    dialog.on_examined(found)
    assert dialog.problem.text()
    assert dialog.buttons.button(dialog.buttons.StandardButton.Ok).isEnabled(), "a warning is not an error"
    dialog.expression.insertPlainText(" ")
    shown = dialog.problem.text()
    dialog.on_examined(found)
    assert dialog.problem.text() == shown == ""
    del window


def test_the_status_bar_says_how_far_sorting_is(window: MainWindow) -> None:
    said: list[str] = []
    window.controllers.computed_columns.notified.connect(said.append)
    window.controllers.computed_columns.on_order_progress(OrderProgress(LENGTH, 500, 2_000))
    window.controllers.computed_columns.on_order_progress(OrderProgress(LENGTH, 2_000, 2_000))
    assert said == ["Sorting by “Length”: 25 %", "Sorted by “Length”"]


def test_a_click_on_the_heading_sorts_by_the_values(
    window: MainWindow, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(3)
    table = window.panes.table
    table.columns.add(LENGTH)
    wanted: list[object] = []
    window.panes.model.order_wanted.connect(lambda column, _descending: wanted.append(column))
    table.sortByColumn(window.panes.model.columns.index(LENGTH), table.horizontalHeader().sortIndicatorOrder())
    window.bridge.deliver()
    qtbot.waitUntil(lambda: window.panes.model.store.order is not None)
    assert set(wanted) == {LENGTH}
