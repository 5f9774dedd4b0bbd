"""Opening, saving and replacing the capture. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

if TYPE_CHECKING:
    from clacks_monitor.gui.commands import Commands
    from clacks_monitor.session.capture_use import CaptureUse

SUFFIX = ".capture"


class CaptureActions(QObject):
    """``told`` and ``failed`` carry what to say."""

    told = Signal(str)
    failed = Signal(str)

    def __init__(self, capture: CaptureUse, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._capture = capture
        self._window = parent
        commands.on("capture.new", self.ask_new)
        commands.on("capture.open", self.ask_open)
        commands.on("capture.save", self.ask_save)

    def _filter(self) -> str:
        return self.tr("Captures (*%1)").replace("%1", SUFFIX)

    def _report(self, reason: str) -> bool:
        if reason:
            self.failed.emit(reason)
        return not reason

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose a capture to show."""
        path, _kind = QFileDialog.getOpenFileName(self._window, self.tr("Open capture"), "", self._filter())
        if path and self._leaves_unsaved():
            self.open(Path(path))

    def open(self, path: Path) -> None:
        """Show a capture."""
        self._report(self._capture.open(path))

    @Slot()
    def ask_save(self) -> None:
        """Let the user choose where to keep the capture."""
        path, _kind = QFileDialog.getSaveFileName(self._window, self.tr("Save capture"), "", self._filter())
        if path:
            self.save(Path(path) if path.endswith(SUFFIX) else Path(path + SUFFIX))

    def save(self, path: Path) -> None:
        """Keep the capture under a name."""
        if self._report(self._capture.save_as(path)):
            self.told.emit(self.tr("Saved as %1").replace("%1", path.name))

    @Slot()
    def ask_new(self) -> None:
        """Begin an empty capture, unless the user wants to keep the one that is open."""
        if self._leaves_unsaved():
            self._report(self._capture.new())

    def _leaves_unsaved(self) -> bool:
        """Tell whether the open capture may be left; a temporary one would be gone."""
        if not self._capture.temporary:
            return True
        answer = QMessageBox.question(
            self._window,
            self.tr("Not saved"),
            self.tr("The open capture is not saved, and is lost when it is left. Leave it?"),
            QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return answer is QMessageBox.StandardButton.Discard
