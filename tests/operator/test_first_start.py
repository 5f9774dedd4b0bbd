"""What an operator does on the first day, by agreed numbers of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.gui.table.empty_state import Empty
from clacks_monitor.testbed.demonstration import Demo
from tests.helpers.operator_desk import Operator, monitor

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.folders import Folders

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(180)]


def test_the_first_start_shows_events_after_one_action(qtbot: QtBot, qapp: QApplication, folders: Folders) -> None:
    with (
        Demo(seed=3) as demo,
        monitor(qapp, folders, None, demo=lambda: demo.url) as application,
    ):
        operator = Operator(application, qtbot)
        empty = operator.window.panes.empty
        operator.until(lambda: empty.isVisible() and empty.why is Empty.NO_CONNECTION)
        operator.click(next(button for button in empty.buttons if button.text() == "Try the demo"))
        operator.until(lambda: bool(operator.rows))
    assert operator.actions == 1
