"""Tasks with their agreed numbers of actions: clicks and keys, typing of values apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from clacks_monitor.gui.query.filter_state import FilterPhase
from tests.helpers.compose_widgets import editor_widget
from tests.helpers.operator_desk import CONTROL, CONTROL_SHIFT

if TYPE_CHECKING:
    from tests.helpers.operator_desk import Operator

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(180)]


def test_busy_telephones_are_found_by_two_actions(operator: Operator) -> None:
    bar = operator.window.frame.filter_bar
    operator.press(Qt.Key.Key_L, CONTROL)
    operator.write(bar.line, "busy")
    operator.until(bar._mend.isVisible)
    operator.click(bar._mend)
    operator.until(lambda: bool(operator.rows) and all("busy" in row.summary for row in operator.rows))
    assert operator.actions == 2


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ("./*:Event/*:PhoneStauts", "PhoneStatus"),
        ("./Event/PhoneStatus", "PhoneStatus"),
        (
            "declare namespace f='http://www.gonicus.de/Events'; ./f:Event/f:PhoneStatus/f:Status = 'bussy'",
            "PhoneStatus",
        ),
        ("phonestatus", "PhoneStatus"),
        ("./f:Event/f:PhoneStatus", "PhoneStatus"),
    ],
)
def test_a_wrong_filter_is_repaired_by_two_actions(operator: Operator, wrong: str, kind: str) -> None:
    bar, state = operator.window.frame.filter_bar, operator.window.frame.filter
    operator.press(Qt.Key.Key_L, CONTROL)
    operator.write(bar.line, wrong)
    operator.press(Qt.Key.Key_Return, target=bar.line)
    operator.actions = 0
    operator.until(bar._mend.isVisible)
    operator.click(bar._mend)
    operator.until(lambda: state.phase in {FilterPhase.APPLIED, FilterPhase.VALID})
    if state.phase is FilterPhase.VALID:
        operator.press(Qt.Key.Key_Return, target=bar.line)
    operator.until(lambda: bool(operator.rows) and {row.type for row in operator.rows} == {kind})
    assert operator.actions <= 2


def test_the_empty_table_repairs_a_filter_by_one_action(operator: Operator) -> None:
    bar, empty = operator.window.frame.filter_bar, operator.window.panes.empty
    operator.press(Qt.Key.Key_L, CONTROL)
    operator.write(bar.line, "./*:Event/*:PhoneStauts")
    operator.press(Qt.Key.Key_Return, target=bar.line)
    operator.actions = 0
    operator.until(lambda: empty.isVisible() and empty.buttons[0].text() == "Replace")
    operator.click(empty.buttons[0])
    operator.until(lambda: bool(operator.rows) and {row.type for row in operator.rows} == {"PhoneStatus"})
    assert operator.actions == 1


def _compose_from(operator: Operator, sequence: int, drafts: int) -> bytes:
    """Begin an event from a row, change its status, and return it; ``drafts`` are there then."""
    operator.window.activateWindow()
    operator.until(operator.window.isActiveWindow)
    operator.window.panes.table.go_to(sequence)
    host = operator.application.compose
    operator.press(Qt.Key.Key_R, CONTROL)
    operator.until(lambda: host.window is not None and len(host.window.drafts.all()) == drafts)
    compose = host.window
    assert compose is not None
    operator.until(lambda: compose.draft.form is not None and not compose.draft.changes.unsent)
    operator.write(editor_widget(compose, "Status"), "!")
    operator.until(lambda: compose.draft.changes.unsent)
    return compose.draft.body


def test_two_events_are_composed_from_two_rows_and_none_is_lost(operator: Operator) -> None:
    phones = [row.sequence for row in operator.rows if row.type == "PhoneStatus"]
    bodies = [_compose_from(operator, phones[number], number + 1) for number in range(2)]
    assert operator.application.compose.drafts() == bodies
    assert operator.actions == 2


def test_a_marked_event_is_found_again_by_three_actions(operator: Operator) -> None:
    table = operator.window.panes.table
    wanted = operator.rows[3].sequence
    table.go_to(wanted)
    operator.press(Qt.Key.Key_M, CONTROL)
    table.go_to(operator.rows[0].sequence)
    operator.press(Qt.Key.Key_J, CONTROL_SHIFT)
    operator.until(lambda: operator.window.controllers.notes.pane is not None)
    pane = operator.window.controllers.notes.pane
    assert pane is not None
    operator.until(lambda: pane.tree.topLevelItemCount() == 1)
    item = pane.tree.topLevelItem(0)
    assert item is not None
    operator.click(pane.tree.viewport(), pane.tree.visualItemRect(item).center())
    assert table.current_sequence == wanted
    assert operator.actions == 3
