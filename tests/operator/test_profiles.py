"""A filter becomes a profile with colour, columns and alert by at most six actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt

from clacks_monitor.gui.profiles.save_dialog import SaveDialog
from tests.helpers.operator_desk import CONTROL

if TYPE_CHECKING:
    from tests.helpers.operator_desk import Operator

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(180)]


def test_a_profile_with_colour_columns_and_alert_is_saved_by_six_actions(operator: Operator) -> None:
    bar, profiles = operator.window.frame.filter_bar, operator.application.session.profiles
    operator.press(Qt.Key.Key_L, CONTROL)
    operator.write(bar.line, "./*:Event/*:PhoneStatus[*:Status='busy']")
    operator.press(Qt.Key.Key_Return, target=bar.line)
    operator.until(lambda: bool(operator.rows) and all(row.summary.endswith("busy") for row in operator.rows))
    operator.actions = 0

    def enter(dialog: SaveDialog) -> None:
        operator.fill("Busy")
        operator.press(Qt.Key.Key_Tab, target=operator.focused)
        operator.fill("orange")  # a box of choices takes the first letters of one
        for box in (dialog.with_columns, dialog.with_alert):
            operator.click(box, QPoint(8, box.height() // 2))
        operator.press(Qt.Key.Key_Return, target=operator.focused)

    operator.in_dialog(SaveDialog, enter)
    operator.press(Qt.Key.Key_S, CONTROL)
    operator.until(lambda: any(profile.name == "Busy" for profile in profiles.all()))
    saved = next(profile for profile in profiles.all() if profile.name == "Busy")
    assert saved.colour == "orange"
    assert saved.columns
    assert saved.alert.on_match
    assert operator.actions <= 6
