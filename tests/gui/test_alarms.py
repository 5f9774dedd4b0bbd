"""Alerts in the window: the count, the list behind it, the way to the event; and the dialog's page for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from clacks_monitor.core.profile import NO_ALERT, Alert, Profile
from clacks_monitor.gui.profiles.alarms import Alarms
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.session.notices import Alarm, AlarmKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

SHOWN = Alert(on_match=True)


def _alarm(kind: AlarmKind = AlarmKind.MATCHED, *, count: int = 1, sequence: int = 0, alert: Alert = SHOWN) -> Alarm:
    return Alarm("telephones", "Telephones", kind, 1_700_000_000_000_000_000, count, sequence, 40.0, alert)


def _call(window: MainWindow, session: FakeSession, alarm: Alarm) -> None:
    session.tell([alarm])
    window.bridge.deliver()


def test_a_call_is_counted_and_said(window: MainWindow, session: FakeSession) -> None:
    button = window.alarms.button
    assert not button.isVisible()
    _call(window, session, _alarm(count=3))
    assert button.isVisible()
    assert button.text() == "1 alert"
    assert window.status.line.message == "Telephones: 3 events matched"
    _call(window, session, _alarm(AlarmKind.ABSENT))
    assert button.text() == "2 alerts"
    assert window.status.line.message == "Telephones: nothing has matched for 40 s"
    _call(window, session, _alarm(AlarmKind.RETURNED))
    assert button.text() == "2 alerts"
    assert window.status.line.message == "Telephones matches again, after 40 s"


def test_the_list_leads_to_the_event_and_takes_the_count_away(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(50)
    _call(window, session, _alarm(sequence=7))
    _call(window, session, _alarm(AlarmKind.ABSENT))
    menu = window.alarms.button.menu()
    menu.aboutToShow.emit()
    absent, matched = menu.actions()[:2]
    assert not absent.isEnabled()
    matched.trigger()
    assert window.table.current_sequence == 7
    menu.aboutToHide.emit()
    assert window.alarms.button.text() == "Alerts"
    menu.actions()[-1].trigger()
    assert not window.alarms.button.isVisible()


def test_a_command_that_waits_to_be_allowed_is_told_once(window: MainWindow, session: FakeSession) -> None:
    told = list[str]()
    window.alarms.failed.connect(told.append)
    for command in (("a",), ("a",), ("b",)):
        _call(window, session, replace(_alarm(alert=Alert(on_match=True, command=command)), refused=True))
    assert len(told) == 2
    assert "Edit profile" in told[0]
    assert window.trouble.isVisible()


@pytest.mark.qt_log_ignore("does not support")
def test_a_command_opens_the_list_once_there_is_one(window: MainWindow, session: FakeSession) -> None:
    command = window.commands["alerts"]
    assert not command.isEnabled()
    _call(window, session, _alarm())
    assert command.isEnabled()
    menu = window.alarms.button.menu()
    opened = list[int]()
    menu.aboutToShow.connect(lambda: opened.append(1))
    QTimer.singleShot(0, menu.close)
    command.trigger()
    assert opened == [1]


def test_only_the_latest_are_kept(window: MainWindow, session: FakeSession) -> None:
    for _number in range(50):
        _call(window, session, _alarm())
    menu = window.alarms.button.menu()
    menu.aboutToShow.emit()
    assert len(menu.actions()) == 20 + 2


def test_sound_and_desktop_are_used_only_when_they_are_wanted(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    beeps, notes = list[int](), list[str]()
    monkeypatch.setattr(QApplication, "beep", lambda: beeps.append(1))
    monkeypatch.setattr(Alarms, "_notify", lambda _self, words: notes.append(words))
    _call(window, session, _alarm())
    assert (beeps, notes) == ([], [])
    _call(window, session, _alarm(alert=Alert(on_match=True, sound=True, tray=True)))
    _call(window, session, _alarm(AlarmKind.RETURNED, alert=Alert(on_match=True, sound=True, tray=True)))
    assert beeps == [1]
    assert notes == ["Telephones: 1 event matched"]


def test_without_a_tray_nothing_is_made_for_it(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QSystemTrayIcon, "isSystemTrayAvailable", lambda: False)
    _call(window, session, _alarm(alert=Alert(on_match=True, tray=True)))
    assert window.findChildren(QSystemTrayIcon) == []


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ProfileDialog:
    alert = Alert(on_match=True, sound=True, command=("notify-send", "a b"), pause_s=30.0)
    profile = Profile("P", "./f:Event", alert=alert)
    made = ProfileDialog(profile, window.session.view, window.theme, window.words, window, allowed=True)
    qtbot.addWidget(made)
    return made


def test_the_page_shows_the_alert_and_gives_it_back(dialog: ProfileDialog) -> None:
    page = dialog.alert
    assert dialog.result_profile().alert == Alert(
        on_match=True, sound=True, command=("notify-send", "a b"), pause_s=30.0
    )
    assert dialog.allowed
    page.on_absence.setChecked(True)
    page.absence.setValue(90)
    page.on_match.setChecked(False)
    page.tray.setChecked(True)
    alert = dialog.result_profile().alert
    assert (alert.on_match, alert.absence_s, alert.tray) == (False, 90.0, True)
    page.on_absence.setChecked(False)
    assert not page.command.isEnabled()
    assert dialog.result_profile().alert.wanted is False


def test_another_command_has_to_be_allowed_anew(dialog: ProfileDialog, qtbot: QtBot) -> None:
    page = dialog.alert
    qtbot.keyClicks(page.command, " c")
    assert not dialog.allowed
    assert "[notify-send]  [a b]  [c]" in page.runs.text()
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    qtbot.keyClicks(page.command, " 'open")
    assert not save.isEnabled()
    assert "quotation mark" in dialog.reason.text()
    page.command.setText("")
    page.command.textEdited.emit("")
    assert save.isEnabled()
    assert not page.allowed.isEnabled()


def test_what_was_allowed_in_the_dialog_is_allowed(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept(dialog: ProfileDialog) -> int:
        dialog.alert.on_match.setChecked(True)
        dialog.alert.command.setText("run-me now")
        dialog.alert.command.textEdited.emit("run-me now")
        dialog.alert.allowed.setChecked(True)
        return 1

    assert session.profiles.all()[0].alert == NO_ALERT
    monkeypatch.setattr(ProfileDialog, "exec", accept)
    window.profiles.select("telephones")
    window.commands["profile.edit"].trigger()
    (profile, *_rest) = session.profiles.all()
    assert profile.alert.command == ("run-me", "now")
    assert session.profiles.allows(profile)
