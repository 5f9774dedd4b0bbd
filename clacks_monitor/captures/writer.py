"""The writer of a capture: implements core.store.EventStore, where its methods are described.

Any thread may call it: a lock admits one at a time. What append() returned for is committed; a process killed at any
moment afterwards loses none of it. Readers have connections of their own and never wait for the writer.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING, Self

from clacks_monitor.captures import opening, ring
from clacks_monitor.captures.disk_full import DiskFull, is_full
from clacks_monitor.captures.note_writer import SqlNoteWriter
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.core.storage_errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from clacks_monitor.captures.capture_file import CaptureFile
    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import Retention


class Capture:
    """A capture, made by create(), open(), open_readonly() or temporary() of captures.files.

    Sequence numbers count from 1 without holes; retention removes from the beginning only.
    """

    def __init__(self, file: CaptureFile, *, identity: str = "", stored_retention: Retention | None = None) -> None:
        self._file = file
        self._disk_full = DiskFull(file.location)
        self._ring = ring.Ring()
        self._id = identity
        self._stored_retention = stored_retention
        self.notes = SqlNoteWriter(file)

    @property
    def id(self) -> str:
        return self._id

    @property
    def path(self) -> Path:
        return self._file.path

    @property
    def address(self) -> str:
        return str(self._file.path)

    @property
    def is_temporary(self) -> bool:
        return self._file.is_temporary

    @property
    def read_only(self) -> bool:
        return self._file.read_only

    @property
    def gone(self) -> bool:
        return self._file.gone

    @property
    def missed(self) -> int:
        return self._disk_full.missed

    @property
    def waiting(self) -> int:
        return self._disk_full.waiting

    @property
    def retention(self) -> Retention | None:
        return self._ring.limits

    @property
    def stored_retention(self) -> Retention | None:
        return self._stored_retention

    def size(self) -> int:
        return self._file.size()

    def reader(self) -> CaptureReader:
        return CaptureReader(self._file.location)

    def watch(self) -> None:
        return None

    def append(self, entries: Sequence[Entry]) -> int:
        file = self._file
        with file.lock:
            file.must_be_writable()
            try:
                file.bound(len(entries) + len(file.location.overflow))
                self._disk_full.write_waiting(file.appender)
                first = file.appender.append(entries)
                self._trim(len(entries))
            except sqlite3.Error as error:
                file.appender.roll_back()
                if not is_full(error):
                    raise CaptureError(f"{self.path} cannot be written: {opening.why(error)}.") from error
                raise self._disk_full.keep(file.following(), entries) from error
            return first

    def _trim(self, added: int) -> None:
        try:
            self._file.bound()
            self._ring.trim(self._file.db, added)
        except sqlite3.Error:
            # The entries just appended are committed; trimming is tried again with the next ones.
            self._file.appender.roll_back()

    def set_retention(self, limits: Retention | None) -> None:
        with self._file.lock:
            self.remember_retention(limits)
            self._ring.limits = limits
            self._trim(ring.CHECK_EVERY)

    def use_stored_retention(self) -> None:
        with self._file.lock:
            self._ring.limits = self._stored_retention

    def remember_retention(self, limits: Retention | None) -> None:
        """Let the capture remember its limits for the next time that it is opened, and remove nothing now."""
        with self._file.writing() as db:
            ring.store(db, limits)

    def save_as(self, path: Path, *, progress: Callable[[int, int], bool] | None = None) -> None:
        with self._file.moving(path, progress):
            self._write_waiting()  # the new disk may have space

    def close(self, *, keep: bool = False) -> None:
        with self._file.lock:
            if not self._file.closed:
                self._write_waiting()
                self._file.close(keep=keep)

    def _write_waiting(self) -> None:
        if not self._file.read_only:
            with contextlib.suppress(sqlite3.Error):
                self._file.bound(len(self._file.location.overflow))
                self._disk_full.write_waiting(self._file.appender)
            self._file.appender.roll_back()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
