"""The desk in the window: connections and the unsent event come back, notes are taken, and it can be switched off."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.columns import FieldColumn
from clacks_monitor.gui.window.session_restore import Desk
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


@pytest.fixture
def desk(window: MainWindow, session: FakeSession) -> Desk:
    return Desk(session.workplace, window, lambda: b"<open/>", window)  # type: ignore[arg-type]  # the fake's own


def test_what_was_open_is_opened_when_the_window_works(
    desk: Desk, window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.workplace.unsent = phone()
    known = session.connections.all()[0].id
    session.connections.opened.clear()
    with qtbot.waitSignal(desk.draft_wanted) as wanted:
        desk.open([known])
        assert session.connections.opened == []
        window.connections.refresh()
        assert session.workplace.remembered == 0
    assert session.connections.opened == [known]
    assert wanted.args == [phone()]


def test_notes_are_taken_when_filter_or_connections_change(
    desk: Desk, window: MainWindow, session: FakeSession
) -> None:
    window.filter.set("./f:Event/f:PhoneStatus")
    assert session.workplace.remembered == 1
    window.connections.refresh()
    assert session.workplace.remembered == 2
    desk.keep_draft()
    assert session.workplace.unsent == b"<open/>"


def test_it_is_switched_off_by_a_command(desk: Desk, window: MainWindow, session: FakeSession) -> None:
    assert desk.parent() is window
    command = window.commands["restore"]
    assert command.isChecked()
    command.trigger()
    assert session.workplace.kept is False
    command.trigger()
    assert session.workplace.kept is True


def test_why_something_cannot_be_noted_is_told(
    desk: Desk, window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.workplace, "remember", lambda: "The disk is full.")
    desk.remember()
    assert window.trouble.isVisible()


def test_panes_and_columns_are_kept_while_it_runs_but_not_those_of_a_profile(
    desk: Desk, window: MainWindow, session: FakeSession
) -> None:
    window.table.columns.add(FieldColumn("Caller", ("PhoneStatus", "CallerId")))
    desk._timer.timeout.emit()
    kept = window.layout_keeper.settings
    assert kept.value("window/fields") == '["Caller=PhoneStatus/CallerId"]'
    session.profiles.update(replace(session.profiles.all()[0], columns=("time", "summary")))
    session.profiles.activate(["telephones"])
    window.bridge.deliver()
    assert window.model.fields == ()
    desk._timer.timeout.emit()
    assert kept.value("window/fields") == '["Caller=PhoneStatus/CallerId"]'
