"""Watching by agreed numbers of actions: a broker that is lost, comments that are handed over."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QInputDialog

from clacks_monitor.gui.captures.export_dialog import ExportDialog
from tests.helpers.operator_desk import CONTROL, CONTROL_SHIFT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.operator_desk import Operator

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(90)]


def test_a_lost_broker_is_noticed_without_an_action(operator: Operator) -> None:
    window = operator.window
    assert operator.bus is not None
    begin = time.monotonic()
    operator.bus._children[0].kill()  # the broker
    operator.until(window.controllers.outages.banner.isVisible)
    print(f"\nthe banner was there {time.monotonic() - begin:.2f} s after the broker was killed")  # noqa: T201 - the measured time is told, not asserted
    operator.until(lambda: window.windowTitle().startswith("No connection: "))
    assert window.frame.status.line.text().startswith("No connection: ")
    assert operator.actions == 0


@pytest.mark.keeps_files  # Qt's file dialog keeps the table of file types open
def test_two_comments_are_exported_by_ten_actions(operator: Operator, tmp_path: Path) -> None:
    table = operator.window.panes.table
    target = tmp_path / "handover.xml"

    def comment(text: str, dialog: QInputDialog) -> None:
        operator.fill(text)
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        operator.click(box.button(QDialogButtonBox.StandardButton.Ok))

    def save(_dialog: QFileDialog) -> None:
        operator.fill(str(target))
        operator.press(Qt.Key.Key_Return, target=operator.focused)

    def choose(dialog: ExportDialog) -> None:
        operator.in_dialog(QFileDialog, save)
        operator.press(Qt.Key.Key_Return, target=dialog)

    for place, text in ((0, "the line of room 3"), (1, "called back")):
        height = table.rowHeight(0)
        operator.click(table.viewport(), QPoint(100, height * (2 * place + 1) + height // 2))
        sequence = table.current_sequence
        assert sequence
        operator.until(operator.window.frame.commands["comment"].isEnabled)
        operator.in_dialog(QInputDialog, partial(comment, text))
        operator.press(Qt.Key.Key_M, CONTROL_SHIFT)
        operator.until(partial(_has_comment, operator, sequence, text))
        operator.return_to_window()
    operator.in_dialog(ExportDialog, choose)
    operator.press(Qt.Key.Key_E, CONTROL)
    operator.until(lambda: target.exists() and "called back" in target.read_text(encoding="utf-8"))
    assert "the line of room 3" in target.read_text(encoding="utf-8")
    assert operator.actions <= 10


def _has_comment(operator: Operator, sequence: int, text: str) -> bool:
    (row,) = operator.application.session.rows.read([sequence]).value
    return row.comment == text
