"""The find bar: when it asks, what it asks, and how it shows the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from clacks_monitor.gui.table.find_bar import DEBOUNCE_MS, FindBar

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow


@pytest.fixture
def bar(qtbot: QtBot, theme: Theme, window: MainWindow) -> FindBar:
    made = FindBar()
    qtbot.addWidget(made)
    made.set_up(theme, window.frame.commands)
    made.show()
    made.open()
    return made


def test_typing_rests_before_it_is_searched_and_enter_does_not_wait(bar: FindBar, qtbot: QtBot) -> None:
    steps, changes = list[bool](), list[int]()
    bar.step_wanted.connect(steps.append)
    bar.changed.connect(lambda: changes.append(1))
    QTest.keyClicks(bar.line, "abc")
    assert changes == []
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert (changes, steps) == ([1], [])
    for key, modifier in (
        (Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier),
        (Qt.Key.Key_Enter, Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier),
    ):
        QTest.keyClick(bar.line, key, modifier)
    assert (changes, steps) == ([1], [True, False, True, False])
    QTest.keyClicks(bar.line, "d")
    qtbot.waitUntil(lambda: changes == [1, 1])
    assert DEBOUNCE_MS == 300


def test_how_it_is_searched_counts_at_once(bar: FindBar) -> None:
    changes = list[tuple[str, bool, bool]]()
    bar.changed.connect(lambda: changes.append((bar.kind_key, bar.match_case, bar.case.isEnabled())))
    bar.case.click()
    for kind in ("regex", "xquery", "text"):
        bar.kind.setCurrentIndex(bar.kind.findData(kind))
        bar.kind.activated.emit(bar.kind.currentIndex())
    assert changes == [("text", True, True), ("regex", True, True), ("xquery", True, False), ("text", True, True)]


def test_closing_forgets_what_was_not_searched_yet(bar: FindBar) -> None:
    closed, changes = list[int](), list[int]()
    bar.closed.connect(lambda: closed.append(1))
    bar.changed.connect(lambda: changes.append(1))
    QTest.keyClicks(bar.line, "abc")
    QTest.keyClick(bar.line, Qt.Key.Key_Escape)
    assert (closed, bar.isHidden()) == ([1], True)
    bar.open()
    assert (bar.isHidden(), bar.line.selectedText()) == (False, "abc")
    QTest.keyClick(bar.line, Qt.Key.Key_Return)
    assert changes == []
    bar._close.click()
    assert closed == [1, 1]


def test_an_answer_is_red_when_it_is_bad(bar: FindBar, theme: Theme) -> None:
    for bad, colour in ((True, theme.bad), (False, theme.muted)):
        bar.show_message("not found", bad=bad)
        assert bar.answer.palette().windowText().color() == colour
        assert bar.answer.text() == "not found"
