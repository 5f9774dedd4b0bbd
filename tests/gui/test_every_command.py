"""Every command: given by its keys, or its menu, it does what its name says; what asks first can be cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QDialog

from clacks_monitor.gui.kit.command_list import COMMANDS
from tests.helpers import effects_of_rows, effects_of_views
from tests.helpers.effects import EFFECTS
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

ASKS = {
    "capture.open": ("Open capture", "Captures (*.capture)"),
    "capture.look": ("Open capture read-only", "Captures (*.capture)"),
    "archive.open": ("ArchiveDialog", "Open archive"),
    "capture.save": ("Save capture", "Captures (*.capture)"),
    "capture.save.shown": ("Save shown events", "Captures (*.capture)"),
    "capture.export": ("ExportDialog", "Export events"),
    "capture.import": ("Import entries", "Entries (*.xml *.jsonl)"),
    "capture.merge": ("MergeDialog", "Merge captures"),
    "capture.split": ("MomentDialog", "Split the capture"),
    "capture.recover": ("Damaged capture", "Captures (*.capture)"),
    "replay": ("ReplayDialog", "Replay"),
    "capture.limits": ("LimitsDialog", "Limits of the capture"),
    "go.time": ("MomentDialog", "Go to time"),
    "comment": ("PlainInput", "Comment"),
    "filter.save": ("SaveDialog", "Save as profile"),
    "subscription": ("PlainBox", "Broker filter"),
    "profile.new": ("ProfileDialog", "New profile"),
    "profile.edit": ("ProfileDialog", "Edit profile"),
    "profile.import": ("Import profiles", "Profiles (*.json)"),
    "profile.export": ("Export profile", "Profiles (*.json)"),
    "schema.new": ("PlainInput", "New event type"),
    "connect": ("ConnectionDialog", "Connection"),
    "connection.edit": ("ConnectionsManager", "Connections"),
    "preferences": ("PreferencesDialog", "Preferences"),
    "shortcuts": ("ShortcutsDialog", "Keyboard shortcuts"),
    "about": ("PlainBox", "About"),
}
"""The commands that open a dialog first, and its title."""

KEPT: set[str] = set()
"""Dialogs that a window keeps."""
ELSEWHERE = {"restore", "demo"}
"""What the application does, not the window: test_desk.py, and the tests of the application."""
ENTERED = (effects_of_rows, effects_of_views)
"""The modules that say what the other commands do."""


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    """A connected window with nothing in it, and the focus."""
    window.activateWindow()
    window.bridge.deliver()
    return Stage(window, session)


# -- the tests ---------------------------------------------------------------------------------------------------------


def test_every_command_is_tried() -> None:
    assert all(ENTERED)
    assert sorted([*EFFECTS, *ASKS, *ELSEWHERE]) == sorted(command.key for command in COMMANDS)


@pytest.mark.qt_log_ignore("does not support")
@pytest.mark.parametrize("key", EFFECTS)
def test_a_command_does_what_it_says(stage: Stage, key: str) -> None:
    tried = EFFECTS[key](stage)
    next(tried)
    stage.give(key)
    with pytest.raises(StopIteration):
        next(tried)
    assert not stage.window.panes.trouble.isVisible()


def test_what_asks_first_can_be_cancelled_and_has_done_nothing(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.cancel_dialogs(monkeypatch)
    stage.feed(3)
    stage.select(1)
    stage.window.panes.profiles.select("clients")
    session = stage.session
    before = (
        session.profiles.all(),
        session.connections.all(),
        session.annotations.notes.copy(),
        session.filtering.filter_text,
    )
    for key, dialog in ASKS.items():
        stage.by_menu(key)
        assert (key, stage.asked) == (key, [dialog])
        stage.asked.clear()
    after = (
        session.profiles.all(),
        session.connections.all(),
        session.annotations.notes.copy(),
        session.filtering.filter_text,
    )
    assert after == before
    assert (session.capture.opened, session.work.asked, stage.current, stage.said) == ([], [], 2, "")
    assert not stage.window.panes.trouble.isVisible()


@pytest.mark.parametrize("key", ASKS)
def test_no_dialog_stays_behind(stage: Stage, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    stage.cancel_dialogs(monkeypatch)
    stage.feed(3)
    stage.select(1)
    stage.window.panes.profiles.select("clients")
    counts = list[int]()
    for _ in range(3):
        stage.by_menu(key)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        counts.append(len(stage.window.findChildren(QDialog)))
    assert counts == counts[:1] * 3
    assert counts[0] <= len(KEPT)


@pytest.mark.parametrize("key", [key for key in ASKS if next(c for c in COMMANDS if c.key == key).shortcut])
def test_a_dialog_is_opened_by_its_keys_as_well(stage: Stage, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    stage.cancel_dialogs(monkeypatch)
    stage.feed(1)
    stage.select(0)
    stage.by_keys(key)
    assert stage.asked == [ASKS[key]]
