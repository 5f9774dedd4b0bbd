"""Writes what the table shows to files: exports, captures of what is shown, the parts before and after a time.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QDialog, QMainWindow

from clacks_monitor.core.files import is_there
from clacks_monitor.gui.captures.export_dialog import ExportDialog, Scope
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.moment_dialog import MomentDialog
from clacks_monitor.session.captures.capture_work import TableTexts

if TYPE_CHECKING:
    from clacks_monitor.gui.captures.capture_jobs import CaptureJobs
    from clacks_monitor.gui.captures.file_dialogs import FileDialogs
    from clacks_monitor.gui.kit.commands import Commands
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.session.session import Session

_MAX_SELECTED = 100_000_000


class ExportActions(QObject):
    """``failed`` carries why a file cannot be written."""

    failed = Signal(str)

    def __init__(
        self,
        session: Session,
        table: EventTable,
        jobs: CaptureJobs,
        files: FileDialogs,
        commands: Commands,
        window: QMainWindow,
    ) -> None:
        super().__init__(window)
        self._session, self._table, self._window = session, table, window
        self._jobs, self._files = jobs, files
        commands.on("capture.save.shown", self.ask_save_shown)
        commands.on("capture.split", self.ask_split)
        commands.on("capture.export", self.ask_export)

    @Slot()
    def ask_save_shown(self) -> None:
        """Let the user choose where to save what the filter shows, as a capture."""
        target = self._files.target(self.tr("Save shown events"))
        if target is not None:
            text = self.tr("Saving shown events as %1").replace("%1", target.name)
            job = self._session.work.save_entries(target, self._table.events.store.sequences[:])
            self._jobs.begin(job, text)

    @Slot()
    def ask_split(self) -> None:
        """Let the user name a time, and write what came before and after it to two captures."""
        near = self._table.current_wall_ns()
        dialog = MomentDialog(self.tr("Split the capture"), self.tr("Split…"), near, self._window)
        done, at_ns = dialog.exec() == QDialog.DialogCode.Accepted, dialog.moment_ns
        dialog.deleteLater()
        target = self._files.target(self.tr("Save both parts as")) if done and at_ns is not None else None
        if target is None or at_ns is None:
            return
        before, after = (target.with_name(f"{target.stem}-{number}{target.suffix}") for number in (1, 2))
        taken = next((path for path in (before, after) if is_there(path)), None)
        if taken is not None:
            self.failed.emit(self.tr("%1 already exists.").replace("%1", str(taken)))
            return
        text = self.tr("Splitting into %1 and %2").replace("%1", before.name).replace("%2", after.name)
        self._jobs.begin(self._session.work.split(at_ns, before, after), text)

    @Slot()
    def ask_export(self) -> None:
        """Let the user choose what is exported, how and where to."""
        self._session.rows.bounds().then(self._ask_export)

    def _ask_export(self, everything: tuple[int, int]) -> None:
        model = self._table.events
        counts = {
            Scope.SHOWN: len(model.store.sequences),
            Scope.SELECTED: self._table.selection.count(),
            Scope.ALL: everything[1] - everything[0] + 1 if everything[1] else 0,
        }
        dialog = ExportDialog(counts, cells.COLUMNS + model.fields, self._window)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            sequences = self._sequences(dialog.scope, everything)
            if dialog.to_clipboard:
                self._copy(dialog, sequences)
            else:
                self._export(dialog, sequences)
        dialog.deleteLater()

    def _sequences(self, scope: Scope, everything: tuple[int, int]) -> array[int]:
        if scope is Scope.ALL:
            first, last = everything
            return array("q", range(first, last + 1) if last else ())
        if scope is Scope.SELECTED:
            return array("q", self._table.selection.sequences(_MAX_SELECTED))
        return self._table.events.store.in_shown_order()

    def _copy(self, dialog: ExportDialog, sequences: array[int]) -> None:
        job = self._session.work.copy(dialog.format, sequences, dialog.columns)
        self._jobs.begin(job, self.tr("Copying to the clipboard"))

    def _export(self, dialog: ExportDialog, sequences: array[int]) -> None:
        suffix = f".{dialog.format.value}"
        target = self._files.target(self.tr("Export events"), kind=dialog.file_kind, suffix=suffix)
        if target is None:
            return
        work = self._session.work
        job = work.export(
            target, dialog.format, sequences, columns=dialog.columns, texts=self._texts(), bodies=dialog.bodies
        )
        self._jobs.begin(job, self.tr("Exporting to %1").replace("%1", target.name))

    def _filter_text(self) -> str:
        """Return the filter and the names of the profiles in force."""
        names = ", ".join(profile.name for profile in self._session.profiles.all() if profile.active)
        profiles = self.tr("Profiles: %1").replace("%1", names) if names else ""
        return "; ".join(filter(None, (self._session.filtering.filter_text, profiles)))

    def _texts(self) -> TableTexts:
        """Return a report's texts in the window's language, and what it shows."""
        store = self._table.events.store
        return TableTexts(
            language=QLocale().name()[:2],
            title=self.tr("Events"),
            count=self.tr("Entries"),
            span=self.tr("From – to"),
            types=self.tr("By type"),
            gaps=self.tr("Gaps in which events may have been missed"),
            none=self.tr("none"),
            capture=self.tr("Capture"),
            capture_name="" if self._session.capture.temporary else self._session.capture.path.name,
            filter=self.tr("Filter"),
            filter_text=self._filter_text(),
            comment=self.tr("Comment"),
            coloured=store.sequences[:],
            tints=bytes(store.tints),
            columns={"mark": self.tr("Mark"), **{str(column): cells.heading(column) for column in cells.COLUMNS}},
        )
