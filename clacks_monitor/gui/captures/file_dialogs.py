"""Asks for the files of captures. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog

from clacks_monitor.core.files import is_there
from clacks_monitor.gui.kit import message_boxes

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SUFFIX = ".capture"


def capture_kind() -> str:
    """Return the file dialog's filter for captures."""
    return QCoreApplication.translate("FileDialogs", "Captures (*%1)").replace("%1", SUFFIX)


class FileDialogs:
    """Each method opens a dialog on the window, and returns None when the user cancels it."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def target(self, title: str, suggestion: str = "", kind: str = "", suffix: str = SUFFIX) -> Path | None:
        """Let the user choose a file to write; the suffix is added where it is missing."""
        path, _kind = QFileDialog.getSaveFileName(self._window, title, suggestion, kind or capture_kind())
        if not path:
            return None
        if path.endswith(suffix):
            return Path(path)
        # The dialog has asked about the name without its suffix.
        found = Path(path + suffix)
        return found if not is_there(found) or self._overwrites(found) else None

    def _overwrites(self, path: Path) -> bool:
        translate = QCoreApplication.translate
        question = translate("FileDialogs", "%1 already exists. Replace it?").replace("%1", path.name)
        return message_boxes.agrees(self._window, translate("FileDialogs", "Replace?"), question)

    def source(self, title: str, kind: str = "") -> Path | None:
        """Let the user choose a file to read."""
        path, _kind = QFileDialog.getOpenFileName(self._window, title, "", kind or capture_kind())
        return Path(path) if path else None
