"""Shows long work on captures: progress with a Cancel button, and the result as a message.

Owner: the capture actions. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QGuiApplication

from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.translation import translated
from clacks_monitor.gui.window.bars.activity_bar import ActivityBar
from clacks_monitor.session.notices import JobEnded, JobKind, JobProgress, JobResult

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.session.captures.capture_work import CaptureWork


class CaptureJobs(QObject):
    """``open_wanted`` carries a capture's path, ``imported`` that of a new one made from a file of entries.

    ``saved`` and ``not_saved`` come when saving the capture has ended.
    ``opened`` and ``not_opened`` carry the path of what was to be opened; why it was not comes by ``failed``.
    """

    notified = Signal(str)
    failed = Signal(str)
    open_wanted = Signal(object)
    imported = Signal(object)
    saved = Signal()
    not_saved = Signal()
    opened = Signal(object)
    not_opened = Signal(object)

    def __init__(self, work: CaptureWork, theme: Theme, place: QVBoxLayout, window: QWidget) -> None:
        super().__init__(window)
        self._work, self._window = work, window
        self._opening: dict[int, Path] = {}
        self.bar = ActivityBar(theme, window)
        self.bar.cancelled.connect(self._cancel)
        place.addWidget(self.bar)

    def begin(self, job: int, text: str) -> None:
        """Show a job that has just been started."""
        self.bar.begin(job, text)

    def begin_open(self, job: int, text: str, path: Path) -> None:
        """Show that a capture is being opened."""
        self._opening[job] = path
        self.begin(job, text)

    def offer(self, text: str, *actions: QAction) -> None:
        """Show a message with what can be done about it."""
        self.bar.notify(text, actions)

    def opener(self, text: str, path: Path) -> QAction:
        """Return an action that opens a capture."""
        action = QAction(text, self)
        action.setData(path)
        action.triggered.connect(self._open)
        return action

    @Slot()
    def _open(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self.open_wanted.emit(action.data())

    @Slot(int)
    def _cancel(self, job: int) -> None:
        self._work.cancel(job)

    @Slot(object)
    def on_progress(self, notice: JobProgress) -> None:
        """Show how far a job is."""
        self.bar.show_progress(notice.job, notice.done, notice.total)

    @Slot(object)
    def on_ended(self, notice: JobEnded) -> None:
        """Show the result of a job."""
        text = self.bar.end(notice.job)
        opening = self._opening.pop(notice.job, None)
        if opening is not None and notice.problem:
            self.failed.emit(notice.problem)
            self.not_opened.emit(opening)
        elif notice.problem:
            self.failed.emit(f"{text}: {notice.problem}" if text else notice.problem)
        elif notice.cancelled:
            self.notified.emit(self.tr("Cancelled: %1").replace("%1", text))
        else:
            self._done(notice.kind, notice.result)
        if notice.kind is JobKind.SAVE and (notice.problem or notice.cancelled):
            self.not_saved.emit()

    def _done(self, kind: JobKind, result: JobResult) -> None:
        names = [path.name for path in result.paths]
        if kind is JobKind.OPEN:
            self.opened.emit(result.paths[0])
        elif kind is JobKind.SAVE:
            self.notified.emit(self.tr("Saved as %1").replace("%1", names[0]))
            self.saved.emit()
        elif kind is JobKind.EXPORT:
            self.notified.emit(self.tr("%Ln entries exported to %1", "", result.count).replace("%1", names[0]))
        elif kind is JobKind.COPY:
            QGuiApplication.clipboard().setText(result.text)
            copied = self.tr("%Ln entries copied", "", result.count)
            self.notified.emit(" ".join([copied, *map(translated, result.notes)]))
        elif kind is JobKind.IMPORT:
            self.notified.emit(self.tr("%Ln entries imported", "", result.count))
            self.imported.emit(result.paths[0])
        elif kind is JobKind.RECOVER:
            self._report(result)
        else:
            self._offer_to_open(kind, result, names)

    def _offer_to_open(self, kind: JobKind, result: JobResult, names: list[str]) -> None:
        text = {
            JobKind.SAVE_ENTRIES: self.tr("%Ln entries saved as %1.", "", result.count),
            JobKind.MERGE: self.tr("%Ln entries merged into %1.", "", result.count),
            JobKind.SPLIT: self.tr("%Ln entries split into %1 and %2.", "", result.count),
        }[kind]
        for number, name in enumerate(names, 1):
            text = text.replace(f"%{number}", name)
        openers = [self.opener(self.tr("Open %1").replace("%1", as_caption(path.name)), path) for path in result.paths]
        self.offer(text, *openers)

    def _report(self, result: JobResult) -> None:
        dialog = RecoveryDialog(result, self._window)
        if dialog.exec() == RecoveryDialog.DialogCode.Accepted:
            self.open_wanted.emit(result.paths[0])
        dialog.deleteLater()

    def offer_abandoned(self, path: Path, others: int, remove: QAction) -> None:
        """Offer to open or remove a capture that an earlier run has not saved; ``others`` are as many more."""
        last_ns = path.stat().st_mtime_ns
        moment = f"{formats.short_day(last_ns // formats.NS)}, {formats.clock_short(last_ns)}"
        text = self.tr("A capture of an earlier session was not saved. Last event: %1.").replace("%1", moment)
        if others:
            text += " " + self.tr("%Ln more.", "", others)
        self.offer(text, self.opener(self.tr("Open it"), path), remove)
