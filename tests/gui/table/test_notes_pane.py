"""Marks and comments: listed, gone to, shown beside the event, and the table limited to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from clacks_monitor import captures
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.table.notes_pane import NotesPane
    from clacks_monitor.gui.window.main_window import MainWindow


@pytest.fixture
def noted(open_real: Callable[[Path | None], MainWindow], tmp_path: Path) -> MainWindow:
    """A window on a capture of 300 events: 7 marked and commented, 20 marked, 30 commented."""
    path = tmp_path / "noted.capture"
    with captures.create(path) as capture:
        capture.append(some_events(300))
        capture.notes.annotate(7, mark=True, comment="look here")
        capture.notes.annotate(20, mark=True)
        capture.notes.annotate(30, comment="and here")
    return open_real(path)


def _pane(window: MainWindow, qtbot: QtBot, count: int = 3) -> NotesPane:
    window.frame.commands["notes"].trigger()
    pane = window.controllers.notes.pane
    assert pane is not None
    qtbot.waitUntil(lambda: pane.tree.topLevelItemCount() == count)
    return pane


def _notes(pane: NotesPane) -> list[str]:
    items = [pane.tree.topLevelItem(place) for place in range(pane.tree.topLevelItemCount())]
    return [item.text(2) for item in items if item is not None]


def test_marks_and_comments_are_listed_by_kind(noted: MainWindow, qtbot: QtBot) -> None:
    pane = _pane(noted, qtbot)
    assert _notes(pane)[0::2] == ["look here", "and here"]
    pane.which.setCurrentIndex(1)
    assert pane.tree.topLevelItemCount() == 2
    pane.which.setCurrentIndex(2)
    assert _notes(pane) == ["look here", "and here"]


def test_the_keyboard_goes_to_the_list_when_it_is_opened(noted: MainWindow, qtbot: QtBot) -> None:
    noted.activateWindow()
    pane = _pane(noted, qtbot)
    qtbot.waitUntil(pane.tree.hasFocus)
    noted.panes.table.setFocus()
    qtbot.waitUntil(noted.panes.table.hasFocus)
    _pane(noted, qtbot)
    qtbot.waitUntil(pane.tree.hasFocus)


def test_a_click_on_a_note_goes_to_its_event(noted: MainWindow, qtbot: QtBot) -> None:
    pane = _pane(noted, qtbot)
    last = pane.tree.topLevelItem(2)
    assert last is not None
    rect = pane.tree.visualItemRect(last)
    qtbot.mouseClick(pane.tree.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert noted.panes.table.current_sequence == 30
    qtbot.waitUntil(lambda: noted.panes.detail.comment.label.text() == "and here")
    assert noted.panes.detail.comment.isVisible()
    noted.panes.table.go_to(20)
    qtbot.waitUntil(lambda: not noted.panes.detail.comment.isVisible())


def test_a_hidden_event_is_said_to_be_hidden(noted: MainWindow, qtbot: QtBot) -> None:
    pane = _pane(noted, qtbot)
    noted.frame.filter.set("false()")
    qtbot.waitUntil(lambda: noted.panes.model.rowCount() == 0)
    with qtbot.waitSignal(noted.controllers.notes.notified) as said:
        pane.row_wanted.emit(7)
    assert said.args == ["The event is hidden by the filter"]


def test_the_list_follows_what_is_marked_and_commented(noted: MainWindow, qtbot: QtBot) -> None:
    pane = _pane(noted, qtbot)
    noted.panes.table.go_to(50)
    noted.session.annotations.set_comment(50, "new")
    qtbot.waitUntil(lambda: _notes(pane)[-1] == "new")
    qtbot.waitUntil(lambda: noted.panes.detail.comment.label.text() == "new")


def test_the_table_shows_only_what_is_noted_until_the_chip_is_removed(noted: MainWindow, qtbot: QtBot) -> None:
    pane = _pane(noted, qtbot)
    pane.only.setChecked(True)
    qtbot.waitUntil(lambda: noted.panes.model.rowCount() == 3)
    chip = noted.controllers.chips.chips["notes"]
    assert chip.text() == "Only: Marks and comments"
    pane.which.setCurrentIndex(1)
    qtbot.waitUntil(lambda: noted.panes.model.rowCount() == 2)
    noted.session.annotations.toggle_marks([40])
    qtbot.waitUntil(lambda: noted.panes.model.rowCount() == 3)
    qtbot.mouseClick(noted.controllers.chips.chips["notes"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: noted.panes.model.rowCount() == 300)
    assert not pane.only.isChecked()


def test_a_commented_row_has_a_sign_of_its_own(noted: MainWindow, qtbot: QtBot) -> None:
    table = noted.panes.table
    table.go_to(1)

    def picture() -> bytes:
        position = noted.panes.model.store.position_of(10)
        rect = table.visualRect(noted.panes.model.index(position, 0))
        return bytes(table.viewport().grab(rect.adjusted(0, 0, 20 - rect.width(), 0)).toImage().constBits())

    seen = [picture()]
    for change in (
        lambda: noted.session.annotations.set_comment(10, "new"),
        lambda: noted.session.annotations.toggle_marks([10]),
    ):
        change()  # type: ignore[no-untyped-call]  # a lambda
        qtbot.waitUntil(lambda: picture() not in seen)
        seen.append(picture())
    noted.session.annotations.set_comment(10, "")
    qtbot.waitUntil(lambda: noted.panes.model.row(noted.panes.model.store.position_of(10)).comment == "")
    assert picture() == seen[2], "the mark stands in front, the comment's sign at the end"
