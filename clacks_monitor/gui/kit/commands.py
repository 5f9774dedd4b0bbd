"""Commands as actions: one place for names, menus, shortcuts and handlers. Owner: the main window; its thread.

Commands can be given from the window's first frame on; those that have no handler yet are kept until release().
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSettings, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence

from clacks_monitor.gui.kit.command_list import COMMANDS, CONTEXT, MENUS, Command
from clacks_monitor.gui.kit.shortcuts import Shortcuts, plain, show_tip, stored_shortcut

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

    from clacks_monitor.gui.kit.theme import Theme

_SEEN = frozenset({"pause", "clear", "compose", "filter.editor", "filter.clear", "connect", "demo", "capture.open"})
"""Commands whose icons and tooltips the first frame may show; the others' follow."""


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
        for command in COMMANDS:
            self._actions[command.key] = self._action(command)
        self.shortcuts = Shortcuts(self._actions, settings)
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
        action.setShortcut(QKeySequence(stored_shortcut(self._settings, command)))
        if command.key in _SEEN:
            show_tip(command, action)
        return action

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
        for command in COMMANDS:
            self._actions[command.key].triggered.disconnect(self._keep)
            show_tip(command, self._actions[command.key])
        self._theme.changed.connect(self.refresh_icons)
        self.refresh_icons()
        early, self._early = self._early, []
        for action in early:
            if action.isCheckable():  # triggering turns it over, and it was turned over already
                action.blockSignals(True)
                action.setChecked(not action.isChecked())
                action.blockSignals(False)
            action.trigger()

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
