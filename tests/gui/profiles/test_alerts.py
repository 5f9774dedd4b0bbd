"""Alerts in the window: the count, the list behind it, the way to the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from clacks_monitor.core.profile import Alert
from clacks_monitor.gui.profiles.alerts import AlertList
from clacks_monitor.session.notices import AlertKind, AlertRaised

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

SHOWN = Alert(on_match=True)


def _alarm(
    kind: AlertKind = AlertKind.MATCHED, *, count: int = 1, sequence: int = 0, alert: Alert = SHOWN
) -> AlertRaised:
    return AlertRaised("telephones", "Telephones", kind, 1_700_000_000_000_000_000, count, sequence, 40.0, alert)


def _call(window: MainWindow, session: FakeSession, alarm: AlertRaised) -> None:
    session.notify([alarm])
    window.bridge.deliver()


def test_a_call_is_counted_and_said(window: MainWindow, session: FakeSession) -> None:
    button = window.controllers.alerts.button
    assert not button.isVisible()
    _call(window, session, _alarm(count=3))
    assert button.isVisible()
    assert button.text() == "1 alert"
    assert window.frame.status.line.message == "Telephones: 3 events matched"
    _call(window, session, _alarm(AlertKind.ABSENT))
    assert button.text() == "2 alerts"
    assert window.frame.status.line.message == "Telephones: no match for 40 s"
    _call(window, session, _alarm(AlertKind.RETURNED))
    assert button.text() == "2 alerts"
    assert window.frame.status.line.message == "Telephones: matches again after 40 s"


def test_the_list_leads_to_the_event_and_takes_the_count_away(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(50)
    _call(window, session, _alarm(sequence=7))
    _call(window, session, _alarm(AlertKind.ABSENT))
    menu = window.controllers.alerts.button.menu()
    menu.aboutToShow.emit()
    absent, matched = menu.actions()[:2]
    assert not absent.isEnabled()
    matched.trigger()
    assert window.panes.table.current_sequence == 7
    menu.aboutToHide.emit()
    assert window.controllers.alerts.button.text() == "Alerts"
    menu.actions()[-1].trigger()
    assert not window.controllers.alerts.button.isVisible()


@pytest.mark.qt_log_ignore("does not support")
def test_a_command_opens_the_list_once_there_is_one(window: MainWindow, session: FakeSession) -> None:
    command = window.frame.commands["alerts"]
    assert not command.isEnabled()
    _call(window, session, _alarm())
    assert command.isEnabled()
    menu = window.controllers.alerts.button.menu()
    opened = list[int]()
    menu.aboutToShow.connect(lambda: opened.append(1))
    QTimer.singleShot(0, menu.close)
    command.trigger()
    assert opened == [1]


def test_only_the_latest_are_kept(window: MainWindow, session: FakeSession) -> None:
    for _number in range(50):
        _call(window, session, _alarm())
    menu = window.controllers.alerts.button.menu()
    menu.aboutToShow.emit()
    assert len(menu.actions()) == 20 + 2


def test_sound_and_desktop_are_used_only_when_they_are_wanted(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps, notes = list[int](), list[str]()
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    monkeypatch.setattr(AlertList, "notify", lambda _self, words: notes.append(words))
    _call(window, session, _alarm())
    assert (beeps, notes) == ([], [])
    _call(window, session, _alarm(alert=Alert(on_match=True, sound=True, tray=True)))
    _call(window, session, _alarm(AlertKind.RETURNED, alert=Alert(on_match=True, sound=True, tray=True)))
    assert beeps == [1]
    assert notes == ["Telephones: 1 event matched"]


def test_without_a_tray_nothing_is_made_for_it(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    _call(window, session, _alarm(alert=Alert(on_match=True, tray=True)))
    assert window.findChildren(QSystemTrayIcon) == []
