"""Commands of the window itself: colours, full screen, all commands by name, shortcuts.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Slot
from PySide6.QtGui import QAction, QActionGroup

from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.window.command_palette import CommandPalette
from clacks_monitor.gui.window.shortcuts_dialog import ShortcutsDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme


class WindowActions(QObject):
    """Registers the commands, and carries them out."""

    def __init__(self, window: QMainWindow, commands: Commands, theme: Theme, settings: QSettings) -> None:
        super().__init__(window)
        self._window, self._commands, self._theme, self._settings = window, commands, theme, settings
        commands.on("commands", self.choose_command)
        commands.on("fullscreen", self.set_full_screen)
        commands.on("shortcuts", self.change_shortcuts)
        self._group = QActionGroup(self)
        for scheme in Scheme:
            action = commands[f"theme.{scheme.value}"]
            action.setData(scheme.value)
            action.setChecked(scheme is theme.scheme)
            self._group.addAction(action)
        self._group.triggered.connect(self.use_scheme)

    @Slot(QAction)
    def use_scheme(self, action: QAction) -> None:
        """Use other colours, and store the choice."""
        scheme = Scheme(str(action.data()))
        self._settings.setValue("window/colours", scheme.value)
        self._theme.use(scheme)

    @Slot(bool)
    def set_full_screen(self, on: bool) -> None:
        """Fill the screen, or go back."""
        if on:
            self._window.showFullScreen()
        else:
            self._window.showNormal()

    @Slot()
    def choose_command(self) -> None:
        """Let the user find a command by its name."""
        palette = CommandPalette(self._window.menuBar(), self._window)
        palette.finished.connect(palette.deleteLater)
        palette.open()

    @Slot()
    def change_shortcuts(self) -> None:
        """Let the user see and change the shortcuts."""
        dialog = ShortcutsDialog(self._commands, self._window)
        dialog.exec()
        dialog.deleteLater()
