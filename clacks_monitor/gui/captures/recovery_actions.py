"""Saving what can be saved: of damaged captures, and of those that an earlier run left unsaved.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction

from clacks_monitor.core.files import is_there
from clacks_monitor.gui.captures.file_dialogs import SUFFIX

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
    from clacks_monitor.gui.captures.file_dialogs import FileDialogs
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.session.session import Session

_AFTER_START_MS = 700


class RecoveryActions(QObject):
    """``failed`` carries what is damaged, and what could not be deleted."""

    failed = Signal(str)

    def __init__(
        self, session: Session, jobs: CaptureJobs, files: FileDialogs, commands: Commands, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._jobs, self._files = session, jobs, files
        self._known: set[tuple[Path, str]] = set()
        """Kinds of damage that the user knows, each with its capture."""
        jobs.not_opened.connect(self._on_not_opened)
        commands.on("capture.recover", self.ask)
        self._timer = QTimer(self, interval=_AFTER_START_MS, singleShot=True)
        self._timer.timeout.connect(self.offer_abandoned)
        self._timer.start()

    @Slot()
    def ask(self) -> None:
        """Recover the capture that cannot be read, or one that the user chooses."""
        unreadable = self._session.capture.unreadable
        path = unreadable.path if unreadable is not None else self._files.source(self.tr("Damaged capture"))
        if path is not None:
            self.recover(path)

    def recover(self, damaged: Path) -> None:
        """Let the user choose where to save what can be saved of a damaged capture."""
        ending = self.tr("recovered")
        suggestion = str(damaged.with_name(f"{damaged.stem}-{ending}{SUFFIX}"))
        target = self._files.target(self.tr("Recover data"), suggestion)
        if target is not None:
            text = self.tr("Recovering %1").replace("%1", damaged.name)
            self._jobs.begin(self._session.work.recover(damaged, target), text)

    @Slot(object)
    def _on_not_opened(self, path: Path) -> None:
        if is_there(path) and path.is_file():
            self._offer(self.tr("%1 cannot be opened. The file may be damaged."), path)

    @Slot(str)
    def on_damage(self, problem: str) -> None:
        """Show that the open capture is damaged, once for each kind of damage, and offer to recover it."""
        path = self._session.capture.path
        if (path, problem) not in self._known:
            self._known.add((path, problem))
            self.failed.emit(problem)
            if self._session.capture.is_file:
                self._offer(self.tr("%1 is partly damaged."), path)

    def _offer(self, text: str, path: Path) -> None:
        action = QAction(self.tr("Recover data…"), self)
        action.setData(path)
        action.triggered.connect(self._recover_offered)
        self._jobs.offer(text.replace("%1", path.name), action)

    @Slot()
    def _recover_offered(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.recover(action.data())

    @Slot()
    def offer_abandoned(self) -> None:
        """Offer to open or delete what an earlier run left unsaved."""
        found = self._session.unsaved.abandoned()
        if found:
            remove = QAction(self.tr("Delete it"), self)
            remove.setData(found[0])
            remove.triggered.connect(self._remove_abandoned)
            self._jobs.offer_abandoned(found[0], len(found) - 1, remove)

    @Slot()
    def _remove_abandoned(self) -> None:
        action = self.sender()
        if not isinstance(action, QAction):
            return
        reason = self._session.unsaved.remove(action.data())
        if reason:
            self.failed.emit(reason)
        else:
            self.offer_abandoned()
