"""Session restore in the window: connections and the unsent event come back, and it can be switched off."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.columns import FieldColumn
from clacks_monitor.gui.window.session_restore import SessionRestore
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


@pytest.fixture
def restore(window: MainWindow, session: FakeSession) -> SessionRestore:
    return SessionRestore(session.restore, window, lambda: [b"<open/>"], window)  # type: ignore[arg-type]  # the fake's own


def test_what_was_open_is_opened_when_the_window_works(
    restore: SessionRestore, window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.restore.unsent = [phone()]
    known = session.connections.all()[0].id
    session.connections.opened.clear()
    with qtbot.waitSignal(restore.drafts_wanted) as wanted:
        restore.open([known])
        assert session.connections.opened == []
        window.controllers.connections.refresh()
        assert session.restore.remembered == 0
    assert session.connections.opened == [known]
    assert wanted.args == [[phone()]]


def test_notes_are_taken_when_filter_or_connections_change(
    restore: SessionRestore, window: MainWindow, session: FakeSession
) -> None:
    window.frame.filter.set("./f:Event/f:PhoneStatus")
    assert session.restore.remembered == 1
    window.controllers.connections.refresh()
    assert session.restore.remembered == 2
    restore.keep_drafts()
    assert session.restore.unsent == [b"<open/>"]


def test_it_is_switched_off_by_a_command(restore: SessionRestore, window: MainWindow, session: FakeSession) -> None:
    assert restore.parent() is window
    command = window.frame.commands["restore"]
    assert command.isChecked()
    command.trigger()
    assert session.restore.kept is False
    command.trigger()
    assert session.restore.kept is True


def test_why_something_cannot_be_noted_is_told(
    restore: SessionRestore, window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session.restore, "remember", lambda: "The disk is full.")
    restore.remember()
    assert window.panes.trouble.isVisible()


def test_panes_and_columns_are_kept_while_it_runs_but_not_those_of_a_profile(
    restore: SessionRestore, window: MainWindow, session: FakeSession
) -> None:
    window.panes.table.columns.add(FieldColumn("Caller", ("PhoneStatus", "CallerId")))
    restore._timer.timeout.emit()
    kept = window.frame.layout.settings
    columns = kept.value("window/fields")
    assert json.loads(columns)[-1] == "Caller=PhoneStatus/CallerId"
    session.profiles.update(replace(session.profiles.all()[0], columns=("time", "summary")))
    session.profiles.activate(["telephones"])
    window.bridge.deliver()
    assert window.panes.model.fields == ()
    restore._timer.timeout.emit()
    assert kept.value("window/fields") == columns
