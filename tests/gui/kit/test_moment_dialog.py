"""Asking for a time: how it is understood while it is typed, and when it can be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.moment_dialog import MomentDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

NEAR = 1_700_049_600 * formats.NS


@pytest.fixture
def dialog(qtbot: QtBot) -> MomentDialog:
    made = MomentDialog("Go to time", "Go", NEAR)
    qtbot.addWidget(made)
    return made


def test_it_begins_with_the_time_that_is_near(dialog: MomentDialog) -> None:
    assert (dialog.windowTitle(), dialog.go_button.text()) == ("Go to time", "Go")
    assert dialog.typed.text() == dialog.typed.selectedText() == formats.clock_short(NEAR)
    assert dialog.moment_ns == NEAR
    assert (dialog._meaning.text(), dialog._meaning.accessibleName()) == (formats.full_time(NEAR), "Resulting time")
    assert dialog.go_button.isEnabled()


@pytest.mark.parametrize(("text", "words"), [("what?", "Not a valid time yet."), (" ", " "), ("", " ")])
def test_what_is_not_a_time_cannot_be_taken(dialog: MomentDialog, text: str, words: str) -> None:
    dialog.typed.setText(text)
    assert (dialog.moment_ns, dialog.go_button.isEnabled(), dialog._meaning.text()) == (None, False, words)


def test_a_time_is_taken_and_a_dialog_can_be_left(dialog: MomentDialog) -> None:
    dialog.typed.setText("2023-11-15 12:30:15")
    dialog.go_button.click()
    assert dialog.result() == QDialog.DialogCode.Accepted
    assert dialog.moment_ns is not None
    assert formats.clock_short(dialog.moment_ns) == "12:30:15"
    cancel = child(dialog, QDialogButtonBox, "buttons").button(QDialogButtonBox.StandardButton.Cancel)
    results = []
    for button in (None, cancel):
        dialog.setResult(1)
        if button is None:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        else:
            button.click()
        results.append(dialog.result())
    assert results == [0, 0]


def test_without_a_time_that_is_near_it_begins_with_now(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clacks_monitor.gui.kit.moment_dialog.time.time_ns", lambda: NEAR + 7_200 * formats.NS)
    made = MomentDialog("Split", "Split", 0)
    qtbot.addWidget(made)
    assert made.typed.text() == formats.clock_short(NEAR + 7_200 * formats.NS)
