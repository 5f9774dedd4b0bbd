"""The commands: what the menus hold, which keys work where, what is kept until there are handlers, and their icons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow, QWidget

from clacks_monitor.gui.kit.command_list import COMMANDS, PROFILE_SHORTCUTS
from clacks_monitor.gui.kit.commands import Commands, menu_titles
from clacks_monitor.gui.kit.shortcuts import plain
from clacks_monitor.gui.kit.theme import Scheme

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

GROUPS = {
    "file": ["capture.new", "capture.save", "capture.export", "capture.merge", "replay", "restore", "quit"],
    "edit": ["copy", "find", "mark", "trouble.next", "comment", "preferences"],
    "view": ["pause", "clear", "alerts", "commands", "layout.reset", "zoom.in", "theme.system"],
    "filter": ["filter.focus", "filter.clear", "filter.save"],
    "profiles": ["profile.new", "profile.up", "profile.import"],
    "connection": ["connect", "connection.again"],
    "event": ["compose", "schema.new"],
    "help": ["help.manual", "shortcuts", "about"],
}
"""The first command of each group, by menu."""
CHECKABLE = {
    "restore",
    "pause",
    "fullscreen",
    "theme.system",
    "theme.light",
    "theme.dark",
    "filter.editor",
    "copies.fold",
}
IN_TABLE = {"copy", "pause", "follow"}
IN_PROFILES = {"profile.up", "profile.down"}
IN_FIRST_FRAME = {"pause", "clear", "compose", "filter.editor", "filter.clear", "connect", "demo", "capture.open"}


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def commands(window: QMainWindow, theme: Theme, settings: QSettings) -> Commands:
    return Commands(window, theme, settings)


def test_each_menu_has_its_commands_in_groups(window: QMainWindow, commands: Commands) -> None:
    menus = commands.fill(window.menuBar())
    firsts: dict[str, list[str]] = {}
    given: list[str] = []
    for key, menu in menus.items():
        first, firsts[key] = True, []
        for action in menu.actions():
            if first:
                firsts[key].append(action.objectName())
            first = action.isSeparator()
            given += [] if first else [action.objectName()]
        assert menu.toolTipsVisible()
    assert firsts == GROUPS
    assert given == [command.key for command in COMMANDS]
    assert [action.menu() for action in window.menuBar().actions()] == list(menus.values())
    assert {key: plain(menu.title()) for key, menu in menus.items()} == menu_titles()
    assert list(menu_titles()) == list(GROUPS)


def test_which_commands_are_on_or_off_and_whose_keys_work_in_one_place(
    window: QMainWindow, commands: Commands, qtbot: QtBot
) -> None:
    table, profiles = QWidget(window), QWidget(window)
    qtbot.addWidget(table)
    commands.place_in(table, profiles)
    assert {command.key for command, action in commands if action.isCheckable()} == CHECKABLE
    assert {action.objectName() for action in table.actions()} == IN_TABLE
    assert {action.objectName() for action in profiles.actions()} == IN_PROFILES
    everywhere = {command.key for command, _action in commands} - IN_TABLE - IN_PROFILES
    assert {action.objectName() for action in window.actions()} == everywhere
    in_place = Qt.ShortcutContext.WidgetWithChildrenShortcut
    assert {c.key for c, action in commands if action.shortcutContext() is in_place} == IN_TABLE | IN_PROFILES
    assert not any(action.isIconVisibleInMenu() or action.autoRepeat() for _command, action in commands)
    assert PROFILE_SHORTCUTS == 9


def test_the_first_frame_draws_only_what_it_shows_and_the_rest_follows(commands: Commands, theme: Theme) -> None:
    with_icon = {command.key for command in COMMANDS if command.icon}
    assert {command.key for command, action in commands if not action.icon().isNull()} == IN_FIRST_FRAME & with_icon
    assert commands["clear"].toolTip() == "Empty the table. The capture keeps all events. (Ctrl+Shift+X)"
    assert commands["quit"].toolTip() == "Quit"
    commands.release()
    assert {command.key for command, action in commands if not action.icon().isNull()} == with_icon
    assert commands["quit"].toolTip() == "Quit (Ctrl+Q)"
    assert commands["capture.new"].toolTip() == "New capture"
    before = commands["copy"].icon().cacheKey()
    theme.use(Scheme.DARK)
    assert commands["copy"].icon().cacheKey() != before


def test_a_command_that_came_before_its_handler_is_given_when_there_is_one(commands: Commands) -> None:
    done: list[tuple[str, bool]] = []
    commands.on("clear", lambda *_args: done.append(("clear", False)))
    for key in ("pause", "quit", "clear"):
        commands[key].trigger()
    assert done == [("clear", False)]
    assert commands["pause"].isChecked()
    for key in ("pause", "quit"):
        commands.on(key, lambda checked=False, key=key: done.append((key, checked)))
    commands.release()
    assert done[1:] == [("pause", True), ("quit", False)]
    assert commands["pause"].isChecked()
    commands["pause"].trigger()
    assert done[3:] == [("pause", False)]


@pytest.mark.parametrize(
    ("text", "name"), [("&Open capture…", "Open capture"), ("Tom && &Jerry", "Tom & Jerry"), ("a…b", "a…b")]
)
def test_the_name_of_a_command(text: str, name: str) -> None:
    assert plain(text) == name


def test_keys_of_the_user_are_kept_and_taken_from_the_command_that_had_them(
    window: QMainWindow, theme: Theme, settings: QSettings, commands: Commands
) -> None:
    keys = commands.shortcuts
    assert (keys.of("quit"), keys.of("about")) == ("Ctrl+Q", "")
    assert (keys.user_of("Ctrl+Q"), keys.user_of("Ctrl+Q", but="quit"), keys.user_of("")) == ("quit", "", "")
    keys.set("about", "Ctrl+Q")
    assert (keys.of("quit"), keys.of("about")) == ("", "Ctrl+Q")
    assert (commands["quit"].toolTip(), commands["about"].toolTip()) == (
        "Quit",
        "About Clacks Event Monitor (Ctrl+Q)",
    )
    again = Commands(window, theme, settings)
    assert [again[key].shortcut() for key in ("quit", "about")] == [QKeySequence(), QKeySequence("Ctrl+Q")]
    keys.set("quit", "Ctrl+Q")
    assert settings.allKeys() == []  # its first one need not be kept
    assert keys.of("about") == ""
    keys.set("about", "Ctrl+Alt+A")
    keys.reset()
    assert (keys.of("quit"), keys.of("about"), settings.allKeys()) == ("Ctrl+Q", "", [])
    assert commands["about"].toolTip() == "About Clacks Event Monitor"
