"""Composing and sending by agreed numbers of actions: clicks and keys, typing of values and Tab between them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.gui.compose.repeats import RepeatSection
from tests.helpers.compose_widgets import complete, editor_widget, rows_of
from tests.helpers.operator_desk import ALT, CONTROL

if TYPE_CHECKING:
    from clacks_monitor.gui.compose.window import ComposeWindow
    from tests.helpers.operator_desk import Operator

pytestmark = [pytest.mark.qt_log_ignore("This plugin does not support"), pytest.mark.timeout(180)]
DEVICES = [("eth0", "10.0.0.1", "fe80::1", "00:11:22:33:44:55"), ("eth1", "10.0.0.2", "fe80::2", "00:11:22:33:44:56")]
NETWORK = ("255.255.255.0", "10.0.0.255")


def _compose(operator: Operator) -> ComposeWindow:
    host = operator.application.compose
    operator.until(lambda: host.window is not None and host.window.isActiveWindow())
    compose = host.window
    assert compose is not None
    return compose


def test_a_client_with_two_devices_is_announced_by_six_actions(operator: Operator) -> None:
    operator.press(Qt.Key.Key_N, CONTROL)
    compose = _compose(operator)
    operator.press(Qt.Key.Key_T, ALT, target=compose)
    operator.fill("ClientAnnounce")
    operator.press(Qt.Key.Key_Return, target=operator.focused)
    operator.until(lambda: compose.draft.type_name == "ClientAnnounce" and compose.draft.form is not None)
    complete(compose.form_view)
    operator.until(lambda: operator.focused is editor_widget(compose, "NetworkInformation/NetworkDevice[1]/Name"))
    operator.fill(*DEVICES[0], *NETWORK)
    (devices,) = (
        row
        for row in rows_of(compose, RepeatSection)
        if isinstance(row, RepeatSection) and row.repeat.label == "NetworkDevice"
    )
    operator.click(devices.add_button)
    complete(compose.form_view)
    operator.fill(*DEVICES[1], *NETWORK)
    operator.click(editor_widget(compose, "Id"))
    operator.fill("8f6c2b0e-0000-4000-8000-000000000001", "reception-3")
    operator.press(Qt.Key.Key_Return, CONTROL, target=operator.focused)
    operator.until(lambda: compose.draft.result is not None and bool(compose.draft.result.returned_ns))
    assert compose.draft.result is not None
    assert compose.draft.result.outcome is SendOutcome.ACCEPTED
    body = compose.draft.body.decode()
    for value in (*DEVICES[0], *DEVICES[1], "reception-3"):
        assert f">{value}<" in body
    assert operator.actions <= 6


def test_an_event_is_sent_twenty_times_with_a_change_by_six_actions(operator: Operator) -> None:
    table = operator.window.panes.table
    phone = next(row for row in operator.rows if row.type == "PhoneStatus")
    table.go_to(phone.sequence)
    operator.press(Qt.Key.Key_R, CONTROL)
    compose = _compose(operator)
    operator.until(lambda: compose.draft.form is not None and compose.draft.type_name == "PhoneStatus")
    operator.click(editor_widget(compose, "CallerId"))
    compose_line = operator.focused
    operator.press(Qt.Key.Key_A, CONTROL, target=compose_line)
    operator.fill("0987654321")
    bar = compose.tabs.tabBar()
    place = next(index for index in range(bar.count()) if compose.tabs.widget(index) is compose.burst_pane)
    operator.click(bar, bar.tabRect(place).center())
    count = compose.burst_pane.ui.count
    count.setFocus(Qt.FocusReason.TabFocusReason)
    operator.fill("20")
    operator.click(compose.burst_pane.ui.startButton)
    operator.until(
        lambda: sum("0987654321" in row.summary for row in operator.rows) == 20  # they came back
    )
    assert operator.actions <= 6
