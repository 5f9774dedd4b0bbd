"""Importing and merging captures, and the limits of the open one. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QMainWindow

from clacks_monitor.gui.captures.file_dialogs import capture_kind
from clacks_monitor.gui.captures.limits_dialog import LimitsDialog
from clacks_monitor.gui.captures.merge_dialog import MergeDialog
from clacks_monitor.gui.kit.latest_task import LatestTask

if TYPE_CHECKING:
    from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
    from clacks_monitor.gui.captures.file_dialogs import FileDialogs
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.session.session import Session


class CaptureActions(QObject):
    """``notified`` and ``failed`` carry messages."""

    notified = Signal(str)
    failed = Signal(str)

    def __init__(
        self, session: Session, jobs: CaptureJobs, files: FileDialogs, commands: Commands, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session, self._jobs, self._files, self._window = session, jobs, files, window
        self._limiting = LatestTask("limits", self)
        self._limiting.done.connect(self._show_limited)
        commands.on("capture.import", self.ask_import)
        commands.on("capture.merge", self.ask_merge)
        commands.on("capture.limits", self.ask_limits)

    @Slot()
    def ask_import(self) -> None:
        """Let the user choose a file of entries; it becomes a new capture."""
        path = self._files.source(self.tr("Import entries"), self.tr("Entries (*.xml *.jsonl)"))
        if path is not None:
            text = self.tr("Importing %1").replace("%1", path.name)
            self._jobs.begin(self._session.work.import_file(path), text)

    @Slot()
    def ask_merge(self) -> None:
        """Let the user choose captures, and merge them into a new one."""
        capture = self._session.capture
        dialog = MergeDialog(None if capture.temporary else capture.path, capture_kind(), self._window)
        files = dialog.files if dialog.exec() == QDialog.DialogCode.Accepted else []
        dialog.deleteLater()
        target = self._files.target(self.tr("Save merged capture")) if files else None
        if target is not None:
            text = self.tr("Merging into %1").replace("%1", target.name)
            self._jobs.begin(self._session.work.merge(files, target), text)

    @Slot()
    def ask_limits(self) -> None:
        """Let the user say how large, old or long the capture may become."""
        dialog = LimitsDialog(self._session.capture, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            # The oldest entries are removed at once, and what is being recorded holds the capture's lock.
            limits, always = dialog.limits, dialog.always
            self._limiting.ask(lambda _wanted: self._session.bound_capture(limits, new_ones_too=always))
        dialog.deleteLater()

    @Slot(object)
    def _show_limited(self, reason: str) -> None:
        if reason:
            self.failed.emit(reason)
        else:
            self.notified.emit(self.tr("Limits saved"))
