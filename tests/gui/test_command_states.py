"""When commands can be given: with how many rows, which profile, what connection; and what toolbar and menus have."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QToolBar

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.profile import Profile
from clacks_monitor.gui.kit.command_list import COMMANDS, PROFILE_SHORTCUTS
from tests.helpers.fake_profiles import TELEPHONES
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    """A connected window with nothing in it, and the focus."""
    window.activateWindow()
    window.bridge.deliver()
    return Stage(window, session)


NEEDS_ROW = {"copy", "reference", "copy.xml", "mark", "comment", "compose.from"}
NEEDS_PROFILE = {"profile.edit", "profile.rename", "profile.duplicate", "profile.delete", "profile.export"}
ALWAYS_OFF = {"alerts", "copies", "profile.undo", "filter.mend", "subscription.remove", "zoom.reset"}
"""Until there is an alert or a copy, a profile was deleted, a prefix is missing, or something is enlarged."""


@pytest.mark.parametrize(
    ("rows", "disabled"),
    [
        ((), {*NEEDS_ROW, "compare"}),
        ((1,), {"compare"}),
        ((1, 2), set()),
        ((0, 1, 2), {"compare"}),
    ],
)
def test_commands_on_rows_need_as_many_as_they_work_on(stage: Stage, rows: tuple[int, ...], disabled: set[str]) -> None:
    stage.feed(4)
    stage.window.panes.profiles.select("clients")
    stage.select(*rows)
    assert stage.disabled() == {*ALWAYS_OFF, "profile.down", *disabled}


def test_an_empty_window_offers_what_needs_nothing(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    for profile in session.profiles.all():
        session.profiles.delete(profile.id)
    stage = Stage(open_window(session), session)
    moves = {"profile.up", "profile.down"}
    off = {*ALWAYS_OFF, *NEEDS_ROW, "compare", *NEEDS_PROFILE, *moves, "disconnect", "connection.edit"}
    assert stage.disabled() == off


@pytest.mark.parametrize(
    ("state", "live"),
    [
        (ConnectionState.CLOSED, False),
        (ConnectionState.REFUSED, True),
        (ConnectionState.CONNECTING, True),
        (ConnectionState.CONNECTED, True),
        (ConnectionState.LOST, True),
    ],
)
def test_only_what_is_open_can_be_disconnected(stage: Stage, state: ConnectionState, live: bool) -> None:
    stage.session.connections.set_state("office", state)
    stage.window.bridge.deliver()
    assert stage.window.frame.commands["disconnect"].isEnabled() is live
    assert stage.window.frame.commands["connection.edit"].isEnabled()


@pytest.mark.parametrize(
    ("chosen", "off"),
    [("telephones", {"profile.up"}), ("clients", set()), ("last", {"profile.down"})],
)
def test_the_first_profile_cannot_go_up_and_the_last_not_down(stage: Stage, chosen: str, off: set[str]) -> None:
    last = stage.session.profiles.create(Profile("Last", "", id="last"))
    assert not isinstance(last, str)
    stage.window.bridge.deliver()
    stage.window.panes.profiles.select(chosen)
    profile_commands = {command.key for command in COMMANDS if command.menu == "profiles"}
    assert stage.disabled() & profile_commands == {*off, "profile.undo"}


def test_deleting_can_be_undone_as_often_as_something_was_deleted(stage: Stage) -> None:
    undo = stage.window.frame.commands["profile.undo"]
    for name in ("telephones", "clients"):
        stage.window.panes.profiles.select(name)
        stage.by_menu("profile.delete")
    for left in (True, False):
        assert undo.isEnabled()
        stage.by_menu("profile.undo")
        assert undo.isEnabled() is left


def test_the_toolbar_has_what_is_needed_all_the_time(stage: Stage) -> None:
    bar = stage.window.findChild(QToolBar, "toolbar")
    assert bar is not None
    assert [action.objectName() for action in bar.actions() if action.objectName()] == ["pause", "clear", "compose"]
    widgets = [bar.widgetForAction(action) for action in bar.actions()]
    window = stage.window
    placed = [
        widget
        for widget in widgets
        if widget in {window.frame.connection_button, window.frame.filter_bar, window.frame.picker}
    ]
    assert placed == [window.frame.connection_button, window.frame.filter_bar, window.frame.picker]
    assert all(widget.isVisible() for widget in placed)
    assert not bar.isMovable()


def test_the_first_nine_profiles_are_in_the_menu(stage: Stage) -> None:
    session = stage.session
    for number in range(3, 11):
        session.profiles.create(Profile(f"P{number}", TELEPHONES, id=f"p{number}"))
    session.profiles.activate(["clients"])
    stage.window.bridge.deliver()
    actions = [a for a in stage.window.frame.menus["profiles"].actions() if a.shortcut().toString() in _CTRL_DIGITS]
    assert len(actions) == PROFILE_SHORTCUTS == 9
    assert all(action.isVisible() for action in actions)
    assert [action.text() for action in actions] == ["Telephones", "Clients", *(f"P{n}" for n in range(3, 10))]
    assert [action.isChecked() for action in actions] == [number == 1 for number in range(9)]
    actions[8].trigger()
    stage.window.bridge.deliver()
    assert [profile.id for profile in session.profiles.all() if profile.active] == ["clients", "p9"]
    for profile in session.profiles.all()[2:]:
        session.profiles.delete(profile.id)
    stage.window.bridge.deliver()
    assert [action.isVisible() for action in actions] == [True, True, *[False] * 7]


_CTRL_DIGITS = {f"Ctrl+{number}" for number in range(1, 10)}
