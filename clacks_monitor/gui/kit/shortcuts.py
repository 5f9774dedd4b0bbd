"""The shortcuts of commands: those that the user has changed are kept in the window's settings.

A tooltip always shows the shortcut in force. Owner: the commands. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from clacks_monitor.gui.kit.command_list import COMMANDS, CONTEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QAction

    from clacks_monitor.gui.kit.command_list import Command

_GROUP = "shortcuts"


def plain(text: str) -> str:
    """Return a menu's text without its access key and dots: the command's name."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def show_tip(command: Command, action: QAction) -> None:
    """Give a command a tooltip with its shortcut."""
    tip = QCoreApplication.translate(CONTEXT, command.tip) if command.tip else plain(action.text())
    shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    action.setToolTip(f"{tip} ({shown})" if shown else tip)


def stored_shortcut(settings: QSettings, command: Command) -> str:
    """Return the shortcut that the user has given to a command, else its first one."""
    stored = settings.value(f"{_GROUP}/{command.key}", None)
    return command.shortcut if stored is None else str(stored)


class Shortcuts:
    """Changes the shortcuts of commands that have their tooltips already."""

    def __init__(self, actions: Mapping[str, QAction], settings: QSettings) -> None:
        self._actions, self._settings = actions, settings

    def of(self, key: str) -> str:
        """Return a command's shortcut as it is stored: "Ctrl+L", or ""."""
        return self._actions[key].shortcut().toString(QKeySequence.SequenceFormat.PortableText)

    def user_of(self, shortcut: str, *, but: str = "") -> str:
        """Return the key of another command that has this shortcut, "" when it is free."""
        wanted = QKeySequence(shortcut)
        if wanted.isEmpty():
            return ""
        return next((k for k, action in self._actions.items() if k != but and action.shortcut() == wanted), "")

    def set(self, key: str, shortcut: str) -> None:
        """Give a command another shortcut and remember it; the command that had it before loses it."""
        other = self.user_of(shortcut, but=key)
        if other:
            self.set(other, "")
        command = next(c for c in COMMANDS if c.key == key)
        self._show(command, shortcut)
        if shortcut == command.shortcut:
            self._settings.remove(f"{_GROUP}/{key}")
        else:
            self._settings.setValue(f"{_GROUP}/{key}", shortcut)

    def reset(self) -> None:
        """Give every command its first shortcut again."""
        self._settings.remove(_GROUP)
        for command in COMMANDS:
            self._show(command, command.shortcut)

    def _show(self, command: Command, shortcut: str) -> None:
        self._actions[command.key].setShortcut(QKeySequence(shortcut))
        show_tip(command, self._actions[command.key])
