"""The connection of an archive's store: its lock admits one thread at a time, and it reconnects. Any thread."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

import psycopg

from clacks_monitor.archive.appending import ArchiveAppender
from clacks_monitor.archive.connecting import SessionPurpose
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.schema import connect_to_archive
from clacks_monitor.core.storage_errors import CaptureError, CaptureReadOnlyError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.archives import AskPassword


WRITER_LOCK = 0x434C434C
"""A lock that connections of leaders share, by which the next leader finds those that are left of an earlier one."""


class WritingConnection:
    """One connection; for reading only, it is there for the archive's size alone."""

    def __init__(
        self, address: ArchiveAddress, ask_password: AskPassword | None, *, read_only: bool, term: int = 0
    ) -> None:
        self.address = address
        self.read_only = read_only
        self.lock = threading.RLock()
        self._ask_password = ask_password
        self._purpose = (
            SessionPurpose.READING if read_only else SessionPurpose.LEADING if term else SessionPurpose.WRITING
        )
        self._closed = False
        self._db = self._connect()
        self.appender = ArchiveAppender(self._db, term=term)

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
        if self._db.closed:
            term = self.appender.term
            self._db = self._connect()
            self.appender = ArchiveAppender(self._db, term=term)
        try:
            yield self._db
        except psycopg.Error as error:
            raise failure(error, self.address.shown, doing) from error

    def close(self) -> None:
        """Close it. Idempotent."""
        with self.lock:
            self._closed = True
            self._db.close()

    @property
    def closed(self) -> bool:
        """Whether close() was called."""
        return self._closed
