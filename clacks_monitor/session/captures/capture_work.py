"""Long work on captures: opens, saves, exports, imports, merges, splits and recovers them, each as a job.

Each method that starts a job returns its number. The result, or the reason why the job failed, is reported by a
JobEnded; that includes targets that cannot be written. Owner: the session's thread.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from clacks_monitor.core.capture_files import RecoveryReport
from clacks_monitor.core.columns import DEFAULT_COLUMNS
from clacks_monitor.core.files import is_there
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.captures.capture_use import Unreadable
from clacks_monitor.session.notices import CaptureChanged, JobKind, JobResult
from clacks_monitor.session.view.computing import computed
from clacks_monitor.session.work.jobs import CancelledError, Jobs, Report, follow
from clacks_monitor.transfer import ExportFormat, TableTexts, as_text, export_entries, import_entries

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from threading import Thread

    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.core.progress import Work
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.captures.capture_use import CaptureUse
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.view.computing import ComputerFor

__all__ = ["MAX_CLIPBOARD", "CaptureWork", "ExportFormat", "RecoveryReport", "TableTexts"]

MAX_CLIPBOARD = 10_000
"""How many entries are copied to the clipboard at most: many programs cannot paste a text of unbounded size."""


class CaptureWork:
    """Starts and cancels jobs on the capture in use, or on files."""

    def __init__(
        self,
        files: CaptureFiles,
        use: CaptureUse,
        notify: Notify,
        open_archive: Callable[[str], EventStore],
        computer_for: ComputerFor,
    ) -> None:
        """``computer_for`` makes what evaluates computed columns."""
        self._computer_for = computer_for
        self._files = files
        self._open_archive = open_archive
        self._use = use
        self._notify = notify
        self._jobs = Jobs(notify)

    @property
    def busy(self) -> bool:
        """Whether a job is running."""
        return self._jobs.busy

    def cancel(self, job: int) -> None:
        """Cancel a job; it leaves no unfinished file."""
        self._jobs.cancel(job)

    def stop(self) -> list[Thread]:
        """Cancel everything; return the threads that have not ended yet."""
        return self._jobs.stop()

    # -- the capture in use --------------------------------------------------------------------------------------

    def save_as(self, path: Path) -> int:
        """Save the capture under a name, and continue it there; events arrive meanwhile."""
        capture = self._use.current

        def run(report: Report) -> JobResult:
            capture.save_as(path, progress=report)
            self._notify([CaptureChanged()])
            return JobResult((path,), capture.path.stat().st_size)

        return self._jobs.start(JobKind.SAVE, run)

    def save_entries(self, path: Path, sequences: array[int]) -> int:
        """Write entries with their marks and comments to a new capture; the one in use stays in use."""
        return self._write(
            JobKind.SAVE_ENTRIES, path, sequences, lambda reader: self._files.save_selection(reader, sequences, path)
        )

    def export(
        self,
        path: Path,
        form: ExportFormat,
        sequences: array[int],
        *,
        columns: Sequence[AnyColumn] = DEFAULT_COLUMNS,
        texts: TableTexts | None = None,
        bodies: bool = False,
    ) -> int:
        """Write entries, in the order given, to a file; ``columns``, ``texts`` and ``bodies`` are for CSV and HTML."""
        return self._write(
            JobKind.EXPORT,
            path,
            sequences,
            lambda reader: export_entries(reader, sequences, path, form, columns=columns, texts=texts, bodies=bodies),
            columns,
        )

    def _write(
        self,
        kind: JobKind,
        path: Path,
        sequences: array[int],
        work: Callable[[EventReader], Work],
        columns: Sequence[AnyColumn] = (),
    ) -> int:
        capture = self._use.current

        def run(report: Report) -> JobResult:
            _refuse_same(path, capture.path)
            with capture.reader() as own, computed(capture, own, columns, self._computer_for) as reader:
                follow(work(reader), report)
            return JobResult((path,), len(sequences))

        return self._jobs.start(kind, run)

    def copy(self, form: ExportFormat, sequences: Sequence[int], columns: Sequence[AnyColumn]) -> int:
        """Format at most MAX_CLIPBOARD entries for the clipboard; the result has the text."""
        capture, wanted = self._use.current, sequences[:MAX_CLIPBOARD]

        def run(_report: Report) -> JobResult:
            with capture.reader() as own, computed(capture, own, columns, self._computer_for) as reader:
                text, count = as_text(reader, wanted, form, columns=columns)
            left = Message("The other entries exceed the clipboard limit. Export them to a file.")
            return JobResult(count=count, notes=(left,) if count < len(wanted) else (), text=text)

        return self._jobs.start(JobKind.COPY, run)

    def split(self, at_ns: int, before: Path, after: Path) -> int:
        """Write what arrived before a time (wall clock) to one new capture, the rest to another."""
        capture = self._use.current

        def run(report: Report) -> JobResult:
            for path in (before, after):
                _refuse_same(path, capture.path)
            _refuse_same(after, before)
            with capture.reader() as reader:
                count = reader.count()
                follow(self._files.split(reader, at_ns, before, after), report)
            return JobResult((before, after), count)

        return self._jobs.start(JobKind.SPLIT, run)

    # -- files ---------------------------------------------------------------------------------------------------

    def open(self, address: Path | str, *, read_only: bool = False) -> int:
        """Open a capture, to continue it or only to read it, or the archive of a URL; count what is in it.

        adopt() then shows it. On a slow disk or with a large capture this may take long.
        """

        def run(report: Report) -> JobResult:
            offered = self._use.offered
            try:
                if isinstance(address, str):
                    path, count = offered.open_by(lambda: self._open_archive(address))
                else:
                    path, count = address, offered.open(address, read_only=read_only)
            except StorageError as error:
                if not isinstance(address, str):
                    self._use.unreadable = Unreadable(address, str(error))
                raise
            if not report(1, 1):
                offered.refuse(path)
                raise CancelledError
            return JobResult((path,), count)

        return self._jobs.start(JobKind.OPEN, run)

    def new(self) -> int:
        """Create an empty temporary capture, which the result names; adopt() then shows it."""

        def run(_report: Report) -> JobResult:
            return JobResult((self._use.offered.make(),))

        return self._jobs.start(JobKind.OPEN, run)

    def import_file(self, path: Path) -> int:
        """Import an XML or JSON lines file into a temporary capture, which the result names; adopt() then shows it."""
        folder = self._use.offered.folder

        def run(report: Report) -> JobResult:
            capture = self._files.create_temporary(folder)
            try:
                follow(import_entries(path, capture), report)
                count = self._use.offered.offer(capture)
            except BaseException:
                capture.close()
                raise
            return JobResult((capture.path,), count)

        return self._jobs.start(JobKind.IMPORT, run)

    def merge(self, paths: Sequence[Path], target: Path) -> int:
        """Write the entries of several captures, in the order of their arrival, to a new one."""

        def run(report: Report) -> JobResult:
            with contextlib.ExitStack() as opened:
                readers = []
                for path in paths:
                    _refuse_same(target, path)
                    capture = opened.enter_context(self._files.open_readonly(path))
                    readers.append(opened.enter_context(capture.reader()))
                count = sum(reader.count() for reader in readers)
                follow(self._files.merge(readers, target), report)
            return JobResult((target,), count)

        return self._jobs.start(JobKind.MERGE, run)

    def recover(self, damaged: Path, target: Path) -> int:
        """Write everything that can be read of a damaged capture to a new one; the result says what was lost."""

        def run(report: Report) -> JobResult:
            _refuse_same(target, damaged)
            if _same(damaged, self._use.current.path):
                # Closing a second descriptor would drop the locks by which SQLite keeps other processes out.
                raise StorageError(f"{damaged} is in use: begin or open another capture first, then recover it.")
            found = self._files.recover(damaged, target, progress=report, noted_in=self._use.offered.folder)
            return JobResult((target,), found.saved, found.lost, found.notes)

        return self._jobs.start(JobKind.RECOVER, run)


def _refuse_same(target: Path, source: Path) -> None:
    if _same(target, source):
        raise StorageError(f"{target} is what is to be read: choose another name for what is to be written.")


def _same(one: Path, other: Path) -> bool:
    return one.absolute() == other.absolute() or (is_there(one) and is_there(other) and one.samefile(other))
