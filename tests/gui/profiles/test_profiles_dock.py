"""Profiles in the window: check, colour, rename, delete with undo, order, shortcuts, the picker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, Qt
from PySide6.QtGui import QDropEvent

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.profile import Alert, Profile
from clacks_monitor.gui.profiles.profile_dialog import ProfileDialog
from clacks_monitor.gui.profiles.save_dialog import SaveDialog
from tests.helpers.fake_profiles import NoCommands

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


def _names(session: FakeSession) -> list[str]:
    return [profile.name for profile in session.profiles.all()]


def test_a_checked_profile_decides_what_is_shown(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(300)
    qtbot.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    window.bridge.deliver()
    assert {window.panes.model.row(i).type for i in range(window.panes.model.rowCount())} == {
        "PhoneStatus",
        "AsteriskNotification",
    }
    assert window.frame.picker.text() == "Telephones"
    item = window.panes.profiles.tree.topLevelItem(0)
    assert item is not None
    assert item.text(1) == str(session.filtering.counts.hits()["telephones"])
    qtbot.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    window.bridge.deliver()
    assert window.panes.model.rowCount() == 300
    assert window.frame.picker.text() == "All events"


def test_colours_apply_to_rows_whether_a_profile_is_checked_or_not(
    window: MainWindow, feed: Callable[..., None]
) -> None:
    feed(100)
    tints = {window.panes.model.row(i).type: window.panes.model.store.tint_at(i) for i in range(100)}
    assert tints["PhoneStatus"] == COLOURS.index("blue")
    assert tints["ClientLeave"] == COLOURS.index("green")
    assert tints["NodeStatus"] == 0


def test_a_profile_is_renamed_in_its_place(window: MainWindow, session: FakeSession) -> None:
    item = window.panes.profiles.tree.topLevelItem(0)
    assert item is not None
    item.setText(0, "Phones")
    window.bridge.deliver()
    assert _names(session) == ["Phones", "Clients"]
    again = window.panes.profiles.tree.topLevelItem(0)
    assert again is not None
    again.setText(0, " ")
    window.bridge.deliver()
    assert _names(session) == ["Phones", "Clients"]
    assert window.panes.trouble.isVisible()


def test_deleting_can_be_undone(window: MainWindow, session: FakeSession) -> None:
    assert not window.frame.commands["profile.undo"].isEnabled()
    window.panes.profiles.select("telephones")
    window.frame.commands["profile.delete"].trigger()
    window.bridge.deliver()
    assert _names(session) == ["Clients"]
    assert "Telephones" in window.frame.status.line.message
    window.frame.commands["profile.undo"].trigger()
    window.bridge.deliver()
    assert _names(session) == ["Telephones", "Clients"]


def test_profiles_are_copied_and_moved(window: MainWindow, session: FakeSession) -> None:
    window.panes.profiles.select("telephones")
    window.frame.commands["profile.duplicate"].trigger()
    window.frame.commands["profile.down"].trigger()
    window.bridge.deliver()
    assert _names(session) == ["Telephones (copy)", "Telephones", "Clients"]
    assert window.panes.profiles.current_id == "telephones"


def test_the_applied_filter_becomes_a_profile(
    window: MainWindow, session: FakeSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.frame.filter.set("./f:Event/f:PhoneStatus")

    def enter(dialog: SaveDialog) -> int:
        dialog.name.setText("My phones")
        return 1

    monkeypatch.setattr(SaveDialog, "exec", enter)
    window.frame.commands["filter.save"].trigger()
    assert session.profiles.all()[-1].query == "./f:Event/f:PhoneStatus"
    assert window.panes.profiles.current_id == session.profiles.all()[-1].id


def test_the_dialog_gives_back_what_was_entered_and_refuses_a_broken_query(window: MainWindow, qtbot: QtBot) -> None:
    profile = Profile("Phones", "./f:Event", colour="blue")
    dialog = ProfileDialog(profile, window.session.queries, window.theme, window.panes.vocabulary, window, NoCommands())
    qtbot.addWidget(dialog)
    dialog.name.setText("  Telephones of sales ")
    dialog.colour.setCurrentIndex(dialog.colour.findData("red"))
    save = dialog.buttons.button(dialog.buttons.StandardButton.Save)
    assert save.isEnabled()
    dialog.query.setPlainText("./f:Event[(")
    qtbot.waitUntil(lambda: not save.isEnabled())
    assert dialog.reason.text()
    dialog.query.setPlainText("./f:Event/f:PhoneStatus")
    qtbot.waitUntil(save.isEnabled)
    edited = dialog.result_profile()
    assert (edited.id, edited.name, edited.colour, edited.query) == (
        profile.id,
        "Telephones of sales",
        "red",
        "./f:Event/f:PhoneStatus",
    )


@pytest.mark.parametrize("key", ["profile.edit", "profile.delete", "profile.export"])
def test_commands_that_need_a_profile_are_off_without_one(window: MainWindow, session: FakeSession, key: str) -> None:
    for profile in session.profiles.all():
        session.profiles.delete(profile.id)
    window.bridge.deliver()
    assert not window.frame.commands[key].isEnabled()


def _orange_first(session: FakeSession) -> None:
    calls = session.profiles.create(Profile("Calls", "./f:Event/f:PhoneStatus", colour="orange"))
    assert isinstance(calls, Profile)


def _tint_of_phones(window: MainWindow) -> str:
    rows = range(window.panes.model.rowCount())
    return COLOURS[
        next(window.panes.model.store.tint_at(i) for i in rows if window.panes.model.row(i).type == "PhoneStatus")
    ]


def test_of_two_that_match_the_first_gives_the_colour(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], qtbot: QtBot
) -> None:
    feed(100)
    _orange_first(session)
    window.bridge.deliver()
    assert _tint_of_phones(window) == "blue"
    tree = window.panes.profiles.tree
    window.panes.profiles.select(session.profiles.all()[-1].id)
    tree.setFocus()
    for _step in range(2):
        qtbot.keyClick(tree, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        window.bridge.deliver()
    assert _names(session) == ["Calls", "Telephones", "Clients"]
    assert _tint_of_phones(window) == "orange"
    assert window.panes.profiles.current_id == session.profiles.all()[0].id
    qtbot.keyClick(tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    window.bridge.deliver()
    assert _tint_of_phones(window) == "blue"


@pytest.mark.parametrize(
    ("dragged", "onto", "lower", "order"),
    [
        (0, 1, True, ["Clients", "Telephones", "Calls"]),
        (0, 1, False, ["Telephones", "Clients", "Calls"]),
        (0, 2, True, ["Clients", "Calls", "Telephones"]),
        (2, 0, False, ["Calls", "Telephones", "Clients"]),
        (2, 0, True, ["Telephones", "Calls", "Clients"]),
        (1, 1, True, ["Telephones", "Clients", "Calls"]),
    ],
)
def test_a_profile_is_dragged_to_another_place(
    window: MainWindow,
    session: FakeSession,
    dragged: int,
    onto: int,
    lower: bool,
    order: list[str],
) -> None:
    _orange_first(session)
    window.bridge.deliver()
    tree = window.panes.profiles.tree
    item, target = tree.topLevelItem(dragged), tree.topLevelItem(onto)
    assert item is not None
    assert target is not None
    tree.setCurrentItem(item)
    rect = tree.visualItemRect(target)
    at = QPointF(rect.left() + 5, rect.bottom() - 1 if lower else rect.top() + 1)
    drop = QDropEvent(
        at, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    drop.source = lambda: tree  # type: ignore[method-assign]  # only a real drag has one
    tree.dropEvent(drop)
    window.bridge.deliver()
    assert _names(session) == order
    assert tree.topLevelItemCount() == 3


@pytest.mark.parametrize(("from_elsewhere", "chosen"), [(True, True), (False, False)])
def test_only_a_chosen_profile_of_this_list_is_dropped(
    window: MainWindow, session: FakeSession, from_elsewhere: bool, chosen: bool
) -> None:
    tree = window.panes.profiles.tree
    tree.setCurrentIndex(tree.model().index(0, 0) if chosen else QModelIndex())
    below = QPointF(tree.visualItemRect(tree.topLevelItem(1)).bottomLeft()) - QPointF(-5, 1)  # type: ignore[arg-type]  # it is there
    drop = QDropEvent(
        below, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    drop.source = lambda: window if from_elsewhere else tree  # type: ignore[method-assign]  # only a real drag has one
    dropped = list[object]()
    tree.dropped.connect(lambda *places: dropped.append(places))
    tree.dropEvent(drop)
    window.bridge.deliver()
    assert dropped == []
    assert _names(session) == ["Telephones", "Clients"]


def test_a_profile_that_calls_is_seen_in_the_list(window: MainWindow, session: FakeSession) -> None:
    first = window.panes.profiles.tree.topLevelItem(0)
    assert first is not None
    assert first.icon(1).isNull()
    session.profiles.update(replace(session.profiles.all()[0], alert=Alert(absence_s=60.0)))
    window.bridge.deliver()
    assert not first.icon(1).isNull()
    assert "Edit profile" in first.toolTip(1)
