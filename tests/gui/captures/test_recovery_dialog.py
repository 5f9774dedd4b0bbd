"""The report of a recovery: what could be saved, what is lost, what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.session.notices import JobResult

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow


def test_a_report_lists_what_is_lost(real: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    result = JobResult((tmp_path / "a.capture",), 10, ((3, 3), (7, 1200)), ("The first page was damaged.",))
    dialog = RecoveryDialog(result, real)
    qtbot.addWidget(dialog)
    text = dialog.findChildren(QPlainTextEdit)[0].toPlainText()
    assert text.splitlines() == ["The first page was damaged.", "Entry 3 is lost.", "Entries 7 to 1,200 are lost."]


def test_a_report_begins_at_its_buttons(real: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = RecoveryDialog(JobResult((tmp_path / "a.capture",), 12_345, ((1, 2_000),)), real)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    assert isinstance(dialog.focusWidget(), QPushButton)
    said = dialog.findChildren(QLabel)[0].text()
    assert "12,345 entries" in said
    assert "2,000 could not be read" in said
