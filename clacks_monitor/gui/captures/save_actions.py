"""Saving the open capture, and asking before one that is not saved is left. Owner: the main window; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from clacks_monitor.core.connection import DEMONSTRATION
from clacks_monitor.gui.kit import formats, message_boxes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
    from clacks_monitor.gui.captures.file_dialogs import FileDialogs
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.session.session import Session


class SaveActions(QObject):
    """``failed`` carries why the capture may not be left now."""

    failed = Signal(str)

    def __init__(
        self, session: Session, jobs: CaptureJobs, files: FileDialogs, commands: Commands, window: QMainWindow
    ) -> None:
        super().__init__(window)
        self._session, self._jobs, self._files, self._window = session, jobs, files, window
        self._pending: tuple[Callable[[], object], Callable[[], object]] | None = None
        """What follows when the capture has been saved, and when it has not."""
        jobs.saved.connect(self._on_saved)
        jobs.not_saved.connect(self._on_not_saved)
        commands.on("capture.save", self.ask)

    @Slot()
    def ask(self) -> bool:
        """Let the user choose where to save the capture; return whether it is being saved."""
        path = self._files.target(self.tr("Save capture"))
        if path is not None:
            self.save(path)
        return path is not None

    def save(self, path: Path) -> None:
        """Save the capture under a name."""
        self._jobs.begin(self._session.work.save_as(path), self.tr("Saving %1").replace("%1", path.name))

    @Slot()
    def _on_saved(self) -> None:
        pending, self._pending = self._pending, None
        if pending is not None:
            pending[0]()

    @Slot()
    def _on_not_saved(self) -> None:
        """Forget what was to follow: a later attempt to save has nothing to do with it."""
        pending, self._pending = self._pending, None
        if pending is not None:
            pending[1]()

    def may_quit(self) -> bool:
        """Whether the program may end now; an unsaved capture would be lost. Work under way is cancelled then."""
        return self._may_discard(self._window.close)

    def may_leave(self, then: Callable[[], object], otherwise: Callable[[], object] = lambda: None) -> bool:
        """Whether the open capture may be left; when the user saves it first, ``then`` is called afterwards.

        ``otherwise`` is called when it is not left, at once or after it could not be saved.
        """
        if self._session.work.busy:
            self.failed.emit(self.tr("A task is still using this capture. Wait for it to finish or cancel it."))
            otherwise()
            return False
        return self._may_discard(then, otherwise)

    def _may_discard(self, then: Callable[[], object], otherwise: Callable[[], object] = lambda: None) -> bool:
        counters, capture = self._session.counters(), self._session.capture
        entries = counters.received + counters.gaps
        if not capture.temporary or not entries:
            return True
        if self._session.holds_only(DEMONSTRATION):
            capture.discard()  # the demonstration can be started again
            return True
        lost = self.tr("Closing it now discards %Ln entries.", "", formats.plural(entries))
        text = self.tr("The open capture is not saved.")
        box = message_boxes.PlainBox(self._window, message_boxes.Icon.Warning, self.tr("Not saved"), text, lost)
        buttons = message_boxes.Button
        answer = box.ask(buttons.Save | buttons.Discard | buttons.Cancel, buttons.Save)
        if answer is buttons.Save:
            self._pending = then, otherwise
            if not self.ask():
                self._on_not_saved()
        elif answer is buttons.Discard:
            capture.discard()
        else:
            otherwise()
        return answer is buttons.Discard
