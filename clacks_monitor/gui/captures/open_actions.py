"""Opening captures, new and existing ones. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
    from clacks_monitor.gui.captures.file_dialogs import FileDialogs
    from clacks_monitor.gui.captures.save_actions import SaveActions
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.session.session import Session


class OpenActions(QObject):
    """``failed`` carries why a capture cannot be used."""

    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        saving: SaveActions,
        jobs: CaptureJobs,
        files: FileDialogs,
        commands: Commands,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session, self._saving, self._jobs, self._files = session, saving, jobs, files
        jobs.open_wanted.connect(self.open)
        jobs.opened.connect(self._adopt)
        jobs.imported.connect(self._adopt_imported)
        commands.on("capture.new", self.ask_new)
        commands.on("capture.open", self.ask_open)
        commands.on("capture.look", self.ask_read_only)

    @Slot()
    def ask_new(self) -> None:
        """Begin an empty capture, unless the user wants to keep the one that is open."""
        if self._saving.may_leave(self.ask_new):
            path = self._session.capture.offered.folder
            self._jobs.begin_open(self._session.work.new(), self.tr("New capture"), path)

    @Slot()
    def ask_open(self) -> None:
        """Let the user choose a capture to show and continue."""
        path = self._files.source(self.tr("Open capture"))
        if path is not None:
            self.open(path)

    @Slot()
    def ask_read_only(self) -> None:
        """Let the user choose a capture to look at, which another monitor may be recording."""
        path = self._files.source(self.tr("Open capture read-only"))
        if path is not None:
            self.open(path, read_only=True)

    @Slot(object)
    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Show a capture, unless the user wants to keep the one that is open."""
        if self._saving.may_leave(lambda: self.open(path, read_only=read_only)):
            text = self.tr("Opening %1").replace("%1", one_line(path.name))
            self._jobs.begin_open(self._session.work.open(path, read_only=read_only), text, path)

    @Slot(object)
    def _adopt(self, path: Path) -> None:
        reason = self._session.capture.adopt(path)
        if reason:
            self.failed.emit(reason)

    @Slot(object)
    def _adopt_imported(self, path: Path) -> None:
        """Show what was imported, unless the user wants to keep the capture that is open."""
        if self._saving.may_leave(
            lambda: self._adopt_imported(path), lambda: self._session.capture.offered.refuse(path)
        ):
            self._adopt(path)
