"""Where a window is, how large, and how it is divided: kept from one time it is open to the next.

Owner: the window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QSplitter

from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.screen_fit import fit_screen

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget


class RememberedLayout:
    """The layout of a window in ``settings``, by a name; without them, nothing is remembered."""

    def __init__(self, window: QWidget, settings: QSettings | None, name: str, splitters: tuple[str, ...]) -> None:
        self._window, self._settings = window, settings
        self._name, self._splitters = name, splitters

    def restore(self) -> None:
        """Come back in the place and size, and with the divisions, that the window was closed with."""
        if self._settings is None:
            fit_screen(self._window)
            return
        if not self._window.restoreGeometry(_bytes(self._settings.value(f"{self._name}/geometry"))):
            fit_screen(self._window)
        for name in self._splitters:
            self._splitter(name).restoreState(_bytes(self._settings.value(f"{self._name}/{name}")))

    def remember(self) -> None:
        """Store place, size and divisions as they are now."""
        if self._settings is not None:
            self._settings.setValue(f"{self._name}/geometry", self._window.saveGeometry())
            for name in self._splitters:
                self._settings.setValue(f"{self._name}/{name}", self._splitter(name).saveState())

    def _splitter(self, name: str) -> QSplitter:
        return child(self._window, QSplitter, name)


def _bytes(stored: object) -> QByteArray:
    """Return what was stored, nothing where it is not what was stored here."""
    return stored if isinstance(stored, QByteArray) else QByteArray()
