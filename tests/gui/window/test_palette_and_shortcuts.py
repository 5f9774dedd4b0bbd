"""Commands by name and by key: the palette's arrows, what it offers first; shortcuts that are changed, lost, reset."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QMainWindow

from clacks_monitor.gui.kit.command_list import COMMANDS
from clacks_monitor.gui.kit.commands import Commands, menu_titles
from clacks_monitor.gui.kit.shortcuts import plain
from clacks_monitor.gui.window.command_palette import CommandPalette, score
from clacks_monitor.gui.window.shortcuts_dialog import ShortcutsDialog

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QObject
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

Key = Qt.Key
NAMES = [f"Command {number:02}" for number in range(30)]


@pytest.fixture
def bare(qtbot: QtBot) -> QMainWindow:
    """A window with a menu bar of its own."""
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def palette(bare: QMainWindow, qtbot: QtBot) -> Iterator[CommandPalette]:
    """A palette of thirty commands, of which one cannot be given."""
    done = list[str]()
    menu = bare.menuBar().addMenu("&Things")
    for name in NAMES:
        action = menu.addAction(name)
        action.triggered.connect(lambda *_args, name=name: done.append(name))
    menu.actions()[3].setEnabled(False)
    menu.actions()[0].setShortcut("Ctrl+7")
    menu.actions()[0].setToolTip("The first one")
    made = CommandPalette(bare.menuBar(), bare)
    made.setProperty("done", done)
    qtbot.addWidget(made)
    made.show()
    yield made
    assert done == made.property("wanted")


def _at(palette: CommandPalette) -> int:
    return palette.list.currentIndex().row()


def test_the_arrows_walk_through_what_is_found_and_stop_at_its_ends(palette: CommandPalette) -> None:
    places = [_at(palette)]
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_Up, Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageDown):
        QTest.keyClick(palette, key)
        places.append(_at(palette))
    for key in (Key.Key_Down, Key.Key_PageUp, Key.Key_Up, Key.Key_PageUp, Key.Key_PageUp, Key.Key_Up):
        QTest.keyClick(palette, key)
        places.append(_at(palette))
    assert places == [0, 1, 2, 1, 11, 21, 29, 29, 19, 18, 8, 0, 0]
    palette.setProperty("wanted", [])


def test_it_opens_in_the_middle_of_its_window_in_the_upper_part(bare: QMainWindow, qtbot: QtBot) -> None:
    bare.resize(1_200, 900)
    made = CommandPalette(bare.menuBar(), bare)
    qtbot.addWidget(made)
    corner = made.pos() - bare.mapToGlobal(bare.rect().topLeft())
    assert abs(corner.x() + made.width() // 2 - 600) <= 1
    assert abs(corner.y() - 150) <= 1


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_gives_the_command_and_closes(palette: CommandPalette, key: Qt.Key) -> None:
    QTest.keyClick(palette, Key.Key_Down)
    QTest.keyClick(palette, key)
    assert not palette.isVisible()
    palette.setProperty("wanted", ["Command 01"])


def test_a_command_that_cannot_be_given_is_shown_and_not_given(palette: CommandPalette) -> None:
    QTest.keyClicks(palette.line, "command 03")
    item = palette.list.topLevelItem(0)
    assert item is not None
    assert item.isDisabled()
    QTest.keyClick(palette, Key.Key_Return)
    assert palette.isVisible()
    palette.setProperty("wanted", [])


def test_a_click_gives_the_command(palette: CommandPalette) -> None:
    item = palette.list.topLevelItem(5)
    assert item is not None
    place = palette.list.visualItemRect(item).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not palette.isVisible()
    palette.setProperty("wanted", ["Command 05"])


def test_a_command_is_shown_with_its_place_its_keys_and_what_it_does(palette: CommandPalette) -> None:
    first, other = palette.list.topLevelItem(0), palette.list.topLevelItem(1)
    assert first is not None
    assert other is not None
    assert (first.text(0), first.text(1), first.toolTip(0)) == ("Things: Command 00", "Ctrl+7", "The first one")
    assert other.text(1) == ""
    QTest.keyClicks(palette.line, "nothing like it")
    assert palette.list.topLevelItemCount() == 0
    QTest.keyClick(palette, Key.Key_Down)
    QTest.keyClick(palette, Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClick(palette, Key.Key_Escape)
    assert not palette.isVisible()
    palette.setProperty("wanted", [])


def test_the_best_comes_first_and_equals_stay_in_order(bare: QMainWindow, qtbot: QtBot) -> None:
    menu = bare.menuBar().addMenu("File")
    for name in ("Reopen", "Xopenx", "Can open", "Oh, a pen", "&Open…"):
        menu.addAction(name)
    below = menu.addMenu("More")
    below.addAction("Open it")
    menu.addSeparator()
    itself = QAction("All of the open ones", menu)
    itself.setObjectName("commands")
    menu.addAction(itself)
    made = CommandPalette(bare.menuBar(), bare)
    qtbot.addWidget(made)
    made.line.setText(" OPEN ")
    found = [item.text(0) for row in range(made.list.topLevelItemCount()) if (item := made.list.topLevelItem(row))]
    assert found == [
        "File: Open", "File > More: Open it", "File: Can open", "File: Reopen", "File: Xopenx", "File: Oh, a pen",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "points"),
    [("", 4), ("res", 4), ("LAY", 3), ("eset", 2), ("set lay", 2), ("rsl", 1), ("r s l", 1), ("lr", 0), ("rr", 0)],
)
def test_how_well_a_name_fits(wanted: str, points: int) -> None:
    assert score(wanted, "Reset layout") == points


# -- shortcuts ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def commands(bare: QMainWindow, theme: Theme, settings: QSettings) -> Commands:
    made = Commands(bare, theme, settings)
    made.release()
    return made


@pytest.fixture
def dialog(commands: Commands, bare: QMainWindow, qtbot: QtBot) -> ShortcutsDialog:
    made = ShortcutsDialog(commands, bare)
    qtbot.addWidget(made)
    made.show()
    return made


def test_every_command_stands_below_its_menu_with_its_keys(dialog: ShortcutsDialog) -> None:
    found, model = {}, dialog.tree.model()
    for row in range(model.rowCount()):
        group = model.index(row, 0)
        assert dialog.tree.isExpanded(group)
        rows = range(model.rowCount(group))
        found[group.data()] = [(model.index(n, 0, group).data(), model.index(n, 1, group).data()) for n in rows]
    wanted: dict[str, list[tuple[str, str]]] = {}
    for command in COMMANDS:
        wanted.setdefault(menu_titles()[command.menu], []).append((plain(command.text), command.shortcut))
    assert found == wanted


def test_keys_are_given_to_the_selected_command_only(dialog: ShortcutsDialog, commands: Commands) -> None:
    widgets = (dialog.keys, dialog.set_button, dialog.remove_button)
    assert [widget.isEnabled() for widget in widgets] == [False] * 3
    dialog.select("clear")
    assert [widget.isEnabled() for widget in widgets] == [True] * 3
    assert dialog.keys.keySequence() == QKeySequence("Ctrl+Shift+X")
    dialog.keys.setKeySequence(QKeySequence("Ctrl+Alt+9"))
    assert dialog.note.text() == ""
    dialog.set_button.click()
    item = dialog.tree.currentItem()
    assert item is not None
    assert (item.text(0), item.text(1)) == ("Clear", "Ctrl+Alt+9")
    assert commands["clear"].toolTip().endswith("(Ctrl+Alt+9)")
    dialog.remove_button.click()
    assert commands.shortcuts.of("clear") == ""
    assert commands["clear"].toolTip() == "Empty the table. The capture keeps all events."
    dialog.tree.setCurrentIndex(dialog.tree.model().index(0, 0))
    assert [widget.isEnabled() for widget in widgets] == [False] * 3
    assert dialog.keys.keySequence().isEmpty()


def test_who_loses_keys_is_said_first(dialog: ShortcutsDialog, commands: Commands) -> None:
    dialog.select("clear")
    dialog.keys.setKeySequence(QKeySequence("F4"))
    assert dialog.note.text() == "Filter editor already has this shortcut and would lose it."
    dialog.set_button.click()
    assert (commands.shortcuts.of("clear"), commands.shortcuts.of("filter.editor")) == ("F4", "")
    assert dialog.note.text() == ""


def test_all_keys_are_put_back(dialog: ShortcutsDialog, commands: Commands, settings: QSettings) -> None:
    commands.shortcuts.set("clear", "F4")
    assert settings.value("shortcuts/clear") == "F4"
    assert settings.value("shortcuts/filter.editor") == ""
    buttons = dialog.findChildren(QDialogButtonBox)[0]
    (reset,) = (b for b in buttons.buttons() if buttons.buttonRole(b) is buttons.ButtonRole.ResetRole)
    reset.click()
    assert {command.key: commands.shortcuts.of(command.key) for command in COMMANDS} == {
        command.key: command.shortcut for command in COMMANDS
    }
    assert settings.allKeys() == []
    buttons.button(buttons.StandardButton.Close).click()
    assert not dialog.isVisible()


def test_only_what_differs_from_the_first_keys_is_stored(
    commands: Commands, settings: QSettings, bare: QMainWindow, theme: Theme
) -> None:
    commands.shortcuts.set("clear", "Ctrl+9")
    commands.shortcuts.set("pause", "")
    again = Commands(bare, theme, settings)
    assert (again.shortcuts.of("clear"), again.shortcuts.of("pause")) == ("Ctrl+9", "")
    assert again.shortcuts.user_of("Ctrl+9") == "clear"
    assert again.shortcuts.user_of("Ctrl+9", but="clear") == again.shortcuts.user_of("") == ""
    commands.shortcuts.set("clear", "Ctrl+Shift+X")
    commands.shortcuts.set("pause", "Space")
    assert settings.allKeys() == []


# -- before the window is whole ----------------------------------------------------------------------------------------


def test_what_is_wanted_before_it_can_be_done_is_done_when_it_can(
    bare: QMainWindow, theme: Theme, settings: QSettings
) -> None:
    commands = Commands(bare, theme, settings)
    done = list[object]()
    commands.on("quit", lambda: done.append("quit"))
    for key in ("compose", "pause", "quit", "pause", "pause"):
        commands[key].trigger()
    assert done == ["quit"]
    commands.on("compose", lambda: done.append("compose"))

    def pause(on: bool) -> None:
        done.append(on)

    commands.on("pause", pause)
    assert commands["pause"].isChecked()
    commands.release()
    assert done[1] == "compose"
    assert commands["pause"].isChecked() is done[-1]
    commands["compose"].trigger()
    assert done.count("compose") == 2


def test_only_what_is_seen_at_first_is_drawn_at_first(bare: QMainWindow, theme: Theme, settings: QSettings) -> None:
    commands = Commands(bare, theme, settings)
    drawn = {command.key for command, action in commands if not action.icon().isNull()}
    assert drawn == {"pause", "clear", "compose", "filter.editor", "filter.clear", "connect", "capture.open"}
    commands.release()
    for command, action in commands:
        assert action.icon().isNull() is not bool(command.icon), command.key
        assert action.toolTip().startswith(command.tip or plain(command.text)), command.key
        assert action.isCheckable() is command.checkable
        assert not action.autoRepeat()
        assert not action.isIconVisibleInMenu()


def test_menus_are_divided_into_groups(commands: Commands, bare: QMainWindow) -> None:
    menus = commands.fill(bare.menuBar())
    for key, menu in menus.items():
        wanted = list[str]()
        for _group, run in groupby((command for command in COMMANDS if command.menu == key), attrgetter("group")):
            wanted += [*([""] if wanted else []), *(command.key for command in run)]
        assert [action.objectName() for action in menu.actions()] == wanted
        assert menu.toolTipsVisible()


def test_plain_keys_work_where_the_events_or_the_profiles_are_only(
    commands: Commands, bare: QMainWindow, qtbot: QtBot
) -> None:
    from PySide6.QtWidgets import QWidget

    table, profiles = QWidget(), QWidget()
    for widget in (table, profiles):
        qtbot.addWidget(widget)
    commands.place_in(table, profiles)
    placed: dict[QObject, set[str]] = {
        table: {"copy", "pause", "follow"}, profiles: {"profile.up", "profile.down"},
    }  # fmt: skip
    for owner in (table, profiles):
        assert {action.objectName() for action in owner.actions()} == placed[owner]
    everywhere = {action.objectName() for action in bare.actions()}
    assert everywhere == {command.key for command in COMMANDS} - placed[table] - placed[profiles]
    contexts = {action.shortcutContext() for action in [*table.actions(), *profiles.actions()]}
    assert contexts == {Qt.ShortcutContext.WidgetWithChildrenShortcut}


def test_a_name_keeps_what_is_no_access_key() -> None:
    assert [plain(text) for text in ("&Open…", "R&&D", "A&&&B…")] == ["Open", "R&D", "A&B"]
