"""The connection of an archive's store: its lock admits one thread at a time, and it reconnects. Any thread."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import psycopg

from clacks_monitor.archive.appending import ArchiveAppender
from clacks_monitor.archive.connecting import SessionPurpose, hang_up
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.schema import connect_to_archive
from clacks_monitor.core.storage_errors import CaptureError, CaptureReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.archives import AskPassword


CLOSING_S = 1.0
"""How long the end of a connection waits for a statement under way, in seconds, before it is given up."""
WRITER_LOCK = 0x434C434C
"""A lock that connections of leaders share, by which the next leader finds those that are left of an earlier one."""


class WritingConnection:
    """One connection, made when it is needed; for reading only, it is there for the archive's size alone."""

    def __init__(
        self, address: ArchiveAddress, ask_password: AskPassword | None, purpose: SessionPurpose, *, term: int = 0
    ) -> None:
        self.address = address
        self.lock = threading.RLock()
        self._purpose = purpose
        self._ask_password = ask_password
        self._closed = False
        self._term = term
        self._db: Connection | None = None
        self._appender: ArchiveAppender | None = None

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._purpose is SessionPurpose.READING

    @property
    def appender(self) -> ArchiveAppender:
        """What appends by the connection that writing() gives."""
        if self._appender is None:
            raise CaptureError(f"{self.address.shown} has no connection to append by.")
        return self._appender

    def _connect(self) -> Connection:
        db = connect_to_archive(self.address, self._purpose, self._ask_password)
        if self._purpose is SessionPurpose.LEADING:
            db.execute("SELECT pg_advisory_lock_shared(%s)", (WRITER_LOCK,))
        return db

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the connection under its lock. Raises CaptureError, also for errors of the database."""
        with self.lock:
            if self._closed:
                raise CaptureError(f"{self.address.shown} is closed.")
            if self.read_only:
                raise CaptureReadOnlyError(f"{self.address.shown} is open for reading only.")
            with self.using("written") as db:
                yield db

    @contextlib.contextmanager
    def using(self, doing: str) -> Iterator[Connection]:
        """Give the connection, a new one where it was lost; errors become CaptureErrors. Under the lock."""
        db = self._db
        if db is None or db.closed:
            self._db = db = self._connect()
            self._appender = ArchiveAppender(db, term=self._term)
        try:
            yield db
        except psycopg.Error as error:
            raise failure(error, self.address.shown, doing) from error

    def close(self) -> None:
        """Close it, a statement under way after CLOSING_S seconds. Idempotent."""
        self._closed = True
        if not self.lock.acquire(timeout=CLOSING_S):
            if self._db is not None:
                hang_up(self._db)
            self.lock.acquire()
        try:
            if self._db is not None:
                self._db.close()
        finally:
            self.lock.release()

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._closed
