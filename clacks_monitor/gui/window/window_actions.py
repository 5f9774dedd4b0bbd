"""Commands of the window itself: full screen, all commands by name, shortcuts.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from clacks_monitor.gui.window.command_palette import CommandPalette
from clacks_monitor.gui.window.shortcuts_dialog import ShortcutsDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.kit.commands import Commands


class WindowActions(QObject):
    """Registers the commands, and carries them out."""

    def __init__(self, window: QMainWindow, commands: Commands) -> None:
        super().__init__(window)
        self._window, self._commands = window, commands
        commands.on("commands", self.choose_command)
        commands.on("fullscreen", self.set_full_screen)
        commands.on("shortcuts", self.change_shortcuts)

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
