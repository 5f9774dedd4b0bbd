"""Commands as actions: one place for names, menus, shortcuts and handlers. Owner: the main window; its thread.

Shortcuts that the user has changed are kept in the window's settings; a tooltip always shows the one in force.
Commands can be given from the window's first frame on; those that have no handler yet are kept until release().
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence

from clacks_monitor.gui.kit.command_list import COMMANDS, CONTEXT, MENUS, Command

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

    from clacks_monitor.gui.kit.theme import Theme

_GROUP = "shortcuts"
_SEEN = frozenset({"pause", "clear", "compose", "filter.editor", "filter.clear", "connect", "demo", "capture.open"})
"""Commands whose icons and tooltips the first frame may show; the others' follow."""


def plain(text: str) -> str:
    """Return a menu's text without its access key and dots: the command's name."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def menu_titles() -> dict[str, str]:
    """Return the names of the menus by their keys."""
    return {key: plain(QCoreApplication.translate(CONTEXT, title)) for key, title in MENUS}


class Commands(QObject):
    """The window's commands by key. ``on`` registers their handlers."""

    def __init__(self, window: QWidget, theme: Theme, settings: QSettings) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._settings = settings
        self._actions: dict[str, QAction] = {}
        self._answered: set[str] = set()
        self._early: list[QAction] = []
        self._released = False
        for command in COMMANDS:
            self._actions[command.key] = self._action(command)
        self._draw(_SEEN)

    def place_in(self, table: QWidget, profiles: QWidget) -> None:
        """Let plain keys work in these two; they leave all others alone."""
        for command in COMMANDS:
            if command.in_table or command.in_profiles:
                (table if command.in_table else profiles).addAction(self._actions[command.key])

    def _action(self, command: Command) -> QAction:
        action = QAction(QCoreApplication.translate(CONTEXT, command.text), self)
        action.setObjectName(command.key)
        action.setCheckable(command.checkable)
        action.setIconVisibleInMenu(False)
        action.setAutoRepeat(False)
        action.triggered.connect(self._keep)
        if command.in_table or command.in_profiles:
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        else:
            self._window.addAction(action)
        stored = self._settings.value(f"{_GROUP}/{command.key}", None)
        self._set_shortcut(command, action, command.shortcut if stored is None else str(stored))
        return action

    def _set_shortcut(self, command: Command, action: QAction, shortcut: str) -> None:
        action.setShortcut(QKeySequence(shortcut))
        if self._released or command.key in _SEEN:
            self._set_tip(command, action)

    def _set_tip(self, command: Command, action: QAction) -> None:
        tip = QCoreApplication.translate(CONTEXT, command.tip) if command.tip else plain(action.text())
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{tip} ({shown})" if shown else tip)

    @Slot()
    def refresh_icons(self) -> None:
        """Draw the icons in the theme's present colours."""
        self._draw(self._actions)

    def _draw(self, keys: Container[str]) -> None:
        for command in COMMANDS:
            if command.icon and command.key in keys:
                self._actions[command.key].setIcon(self._theme.icons.icon(command.icon))

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def __iter__(self) -> Iterator[tuple[Command, QAction]]:
        return ((command, self._actions[command.key]) for command in COMMANDS)

    def on(self, key: str, slot: Callable[..., object]) -> None:
        """Register a command's handler: a bound method of a QObject."""
        self._actions[key].triggered.connect(slot)
        self._answered.add(key)

    @Slot()
    def _keep(self) -> None:
        """Keep a command that has no handler yet."""
        action = self.sender()
        if isinstance(action, QAction) and action.objectName() not in self._answered:
            self._early.append(action)

    def release(self) -> None:
        """Run the commands that were kept, and add the icons and tooltips that the first frame does not show."""
        self._released = True
        for command in COMMANDS:
            self._actions[command.key].triggered.disconnect(self._keep)
            self._set_tip(command, self._actions[command.key])
        self._theme.changed.connect(self.refresh_icons)
        self.refresh_icons()
        early, self._early = self._early, []
        for action in early:
            if action.isCheckable():  # triggering turns it over, and it was turned over already
                action.blockSignals(True)
                action.setChecked(not action.isChecked())
                action.blockSignals(False)
            action.trigger()

    # -- shortcuts -----------------------------------------------------------------------------------------------

    def shortcut(self, key: str) -> str:
        """Return a command's shortcut as it is stored: "Ctrl+L", or ""."""
        return self._actions[key].shortcut().toString(QKeySequence.SequenceFormat.PortableText)

    def user_of(self, shortcut: str, *, but: str = "") -> str:
        """Return the key of another command that has this shortcut, "" when it is free."""
        wanted = QKeySequence(shortcut)
        if wanted.isEmpty():
            return ""
        return next((k for k, action in self._actions.items() if k != but and action.shortcut() == wanted), "")

    def set_shortcut(self, key: str, shortcut: str) -> None:
        """Give a command another shortcut and remember it; the command that had it before loses it."""
        other = self.user_of(shortcut, but=key)
        if other:
            self.set_shortcut(other, "")
        command = next(c for c in COMMANDS if c.key == key)
        self._set_shortcut(command, self._actions[key], shortcut)
        if shortcut == command.shortcut:
            self._settings.remove(f"{_GROUP}/{key}")
        else:
            self._settings.setValue(f"{_GROUP}/{key}", shortcut)

    def reset_shortcuts(self) -> None:
        """Give every command its first shortcut again."""
        self._settings.remove(_GROUP)
        for command in COMMANDS:
            self._set_shortcut(command, self._actions[command.key], command.shortcut)

    # -- menus ---------------------------------------------------------------------------------------------------

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Build the menus; returns them by key."""
        menus: dict[str, QMenu] = {}
        for key, title in MENUS:
            menu = menus[key] = bar.addMenu(QCoreApplication.translate(CONTEXT, title))
            menu.setToolTipsVisible(True)
            group = None
            for command, action in self:
                if command.menu != key:
                    continue
                if group is not None and group != command.group:
                    menu.addSeparator()
                group = command.group
                menu.addAction(action)
        return menus
