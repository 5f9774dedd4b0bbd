"""Opening captures, new and existing ones, and archives. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.archive_url import ArchiveUrl, parse_archive_url
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
    from clacks_monitor.gui.captures.file_dialogs import FileDialogs
    from clacks_monitor.gui.captures.recent_captures import RecentCaptures
    from clacks_monitor.gui.captures.save_actions import SaveActions
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.session import Session

_ARCHIVE_DIALOG = "clacks_monitor.gui.captures.archive_dialog"
"""Imported when it is opened: few starts need it."""


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
        recent: RecentCaptures,
        theme: Theme,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session, self._saving, self._jobs, self._files = session, saving, jobs, files
        self._recent, self._theme, self._window = recent, theme, window
        recent.wanted.connect(self.open_address)
        jobs.open_wanted.connect(self.open)
        jobs.opened.connect(self._adopt)
        jobs.imported.connect(self._adopt_imported)
        commands.on("capture.new", self.ask_new)
        commands.on("capture.open", self.ask_open)
        commands.on("capture.look", self.ask_read_only)
        commands.on("archive.open", self.ask_archive)

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

    @Slot()
    def ask_archive(self) -> None:
        """Let the user name an archive, and show it when it is open."""
        if self._saving.may_leave(self.ask_archive):
            dialog: Any = import_module(_ARCHIVE_DIALOG).ArchiveDialog(
                self._session.archives, self._recent.archives(), self._theme, self._window
            )
            dialog.opened.connect(self._adopt)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()

    @Slot(object)
    def open_address(self, address: Path | str) -> None:
        """Show a capture or an archive that was open before."""
        if isinstance(address, str):
            self._open_archive(address)
        else:
            self.open(address)

    def _open_archive(self, url: str) -> None:
        if self._saving.may_leave(lambda: self._open_archive(url)):
            name = one_line((parse_archive_url(url) or ArchiveUrl()).database)
            text = self.tr("Opening archive %1").replace("%1", name)
            self._jobs.begin_open(self._session.work.open(url), text, Path(name))

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
