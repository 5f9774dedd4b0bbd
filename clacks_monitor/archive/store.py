"""An archive as a store: implements core.store.EventStore, where its methods are described.

Any thread may call it: a lock admits one at a time. What append() returned for is committed.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

import psycopg

from clacks_monitor.archive import ring
from clacks_monitor.archive.connecting import SessionPurpose
from clacks_monitor.archive.failures import DISK_FULL
from clacks_monitor.archive.notes import ArchiveNoteWriter
from clacks_monitor.archive.reader import ArchiveReader
from clacks_monitor.archive.watching import ArchiveWatch
from clacks_monitor.archive.writing import WritingConnection
from clacks_monitor.core.event import Event, Gap, GapCause
from clacks_monitor.core.messages import counted
from clacks_monitor.core.storage_errors import CaptureError, CaptureFull

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.archives import AskPassword
    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import Retention

_MEASURED = 50
"""Appends between two looks at the size."""


class Archive:
    """An archive that is open, made by the functions of the package."""

    def __init__(
        self,
        address: ArchiveAddress,
        ask_password: AskPassword | None = None,
        *,
        read_only: bool = False,
        shared: bool = False,
        term: int = 0,
    ) -> None:
        """``term`` is a leader's, 0 for none: what it appends after another has taken over is refused.

        One that is ``shared`` is read-only but for marks and comments.
        """
        self._address = address
        self._ask_password = ask_password
        writing = SessionPurpose.LEADING if term else SessionPurpose.WRITING
        purpose = SessionPurpose.READING if read_only or shared else writing
        self._writer = WritingConnection(address, ask_password, purpose, term=term)
        self._noting = WritingConnection(address, ask_password, SessionPurpose.NOTING) if shared else self._writer
        self._ring = ring.ArchiveRing()
        self._full = _DiskFull()
        self._appends = 0
        self.notes = ArchiveNoteWriter(self._noting)
        with self._writer.lock, self._writer.using("read") as db:
            self._size = ring.used_bytes(db)
            row = db.execute("SELECT left(value, 32) FROM meta WHERE key = 'id'").fetchone()
            self._id = "" if self._writer.read_only or row is None else str(row[0])
            self._stored_retention = None if self._writer.read_only else ring.stored(db)

    @property
    def id(self) -> str:
        return self._id

    @property
    def path(self) -> Path:
        """Its name: an archive is not a file."""
        return Path(self._address.name.replace("/", "_"))

    @property
    def address(self) -> str:
        return self._address.url

    @property
    def is_temporary(self) -> bool:
        return False

    @property
    def read_only(self) -> bool:
        return self._writer.read_only

    @property
    def gone(self) -> bool:
        return False

    @property
    def missed(self) -> int:
        return self._full.missed

    @property
    def waiting(self) -> int:
        return 0

    @property
    def retention(self) -> Retention | None:
        return self._ring.limits

    @property
    def stored_retention(self) -> Retention | None:
        return self._stored_retention

    def size(self) -> int:
        return self._size

    def reader(self) -> ArchiveReader:
        return ArchiveReader(self._address, self._ask_password)

    def watch(self) -> ArchiveWatch:
        return ArchiveWatch(self._address, self._ask_password)

    def append(self, entries: Sequence[Entry]) -> int:
        with self._writer.writing() as db:
            try:
                if self._full.since:
                    self._writer.appender.append([self._full.gap()])
                    self._full = _DiskFull()
                first = self._writer.appender.append(entries)
            except psycopg.Error as error:
                # A leader keeps what is not stored itself.
                if error.sqlstate == DISK_FULL and not self._writer.appender.term:
                    raise self._full.miss(entries, self._address.shown) from error
                raise
            self._after_append(db, len(entries))
            return first

    def _after_append(self, db: Connection, added: int) -> None:
        """Trim and measure; the entries are committed, so that what fails here is tried again with the next ones."""
        self._appends += 1
        with contextlib.suppress(psycopg.Error):
            self._ring.trim(db, added)
            if not self._appends % _MEASURED:
                self._size = ring.used_bytes(db)

    def set_retention(self, limits: Retention | None) -> None:
        with self._writer.writing() as db:
            ring.store(db, limits)
            self._ring.limits = limits
            self._ring.trim(db, ring.CHECK_EVERY)

    def use_stored_retention(self) -> None:
        self._ring.limits = self._stored_retention

    def save_as(self, path: Path, *, progress: Callable[[int, int], bool] | None = None) -> None:
        """Refuse: an archive stays where it is. Raises CaptureError."""
        del progress
        raise CaptureError(
            f"{self._address.shown} cannot be moved to {path}: it stays in its database. Save a selection of its"
            " entries into a capture instead."
        )

    def close(self, *, keep: bool = False) -> None:
        del keep  # it is never temporary
        self._noting.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _DiskFull:
    """What was missed while the disk of the database was full."""

    def __init__(self) -> None:
        self.since = self.until = self.missed = 0

    def miss(self, entries: Sequence[Entry], shown: str) -> CaptureFull:
        """Count entries as missed; return the error that says so."""
        self.since = self.since or (entries[0].wall_ns if entries else time.time_ns())
        self.until = entries[-1].wall_ns if entries else self.since
        self.missed += sum(isinstance(entry, Event) for entry in entries)
        lost = counted(self.missed, "event is lost", "events are lost")
        return CaptureFull(
            f"The disk of the database of {shown} is full: {lost}. Make room there, and recording goes on by itself.",
            missed=self.missed,
            since_ns=self.since,
        )

    def gap(self) -> Gap:
        """Return the gap that reports it."""
        lost = counted(self.missed, "event was lost", "events were lost")
        text = f"The disk of the database was full; {lost}."
        return Gap("", self.since, max(self.since, self.until), GapCause.DISK_FULL, text, self.missed)
