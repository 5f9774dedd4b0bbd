"""Which recorder leads: it holds a lock of the database on a connection of its own, under a term that only grows.

The lock is free again as soon as its holder's connection ends: when the holder is killed, or when the server has not
heard of it for LEASE_S seconds because it stands still. Its successor ends the connections by which it writes, which
would hold their locks for ever: the server cannot end a COPY that waits for data by itself. A holder that does not know
yet that it was deposed cannot write: each transaction compares its term with the archive's. Thread: that which calls.
"""

from __future__ import annotations

import contextlib
import time
from typing import TYPE_CHECKING, Self

import psycopg

from clacks_monitor.archive.connecting import SessionPurpose
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.schema import connect_to_archive
from clacks_monitor.archive.writing import WRITER_LOCK
from clacks_monitor.core.storage_errors import TermOverError
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from types import TracebackType

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.core.archives import AskPassword

LEASE_S = 10
"""Seconds after which the server ends the connection of a leader that calls neither lead() nor verify()."""
_LOCK = 0x434C434B
_TRY = "SELECT pg_try_advisory_lock(%s), left(node, 100) FROM recorder"
_END_WRITERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 0 AND objsubid = 1"
    f" AND objid = {WRITER_LOCK} AND pid <> pg_backend_pid()"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_TAKE = "UPDATE recorder SET term = term + 1, node = %s, beat = %s RETURNING term"
_LOOK = "SELECT term, left(node, 100) FROM recorder"
_WITH_LEASE = 140_000
"""The version of PostgreSQL that ends idle sessions."""


class ArchiveCandidate:
    """Implements ``core.archives.Candidate``, where its methods are described. A context."""

    def __init__(self, address: ArchiveAddress, node: str, ask_password: AskPassword | None = None) -> None:
        """``node`` names this recorder to others."""
        self._address, self._node = address, node
        self.term = 0
        self.leader = ""
        self._db = connect_to_archive(address, SessionPurpose.LEADING, ask_password)
        try:
            if self._db.info.server_version >= _WITH_LEASE:
                lease = str(LEASE_S * 1000)
                self._db.execute("SELECT pg_catalog.set_config('idle_session_timeout', %s, false)", (lease,))
            row = self._db.execute("SELECT left(value, 32) FROM meta WHERE key = 'id'").fetchone()
        except psycopg.Error as error:
            self._db.close()
            raise failure(error, address.shown, "recorded into") from error
        self.archive_id = str(row[0]) if row else ""

    def lead(self) -> bool:
        """Try to lead, under a term that is greater than all before."""
        try:
            row = self._db.execute(_TRY, (_LOCK,)).fetchone()
            self.leader = one_line(row[1]) if row else ""
            if row is None or not row[0]:
                return False
            # As another login it may not: then it waits for the locks of its predecessor, as long as that takes.
            with contextlib.suppress(psycopg.errors.InsufficientPrivilege):
                self._db.execute(_END_WRITERS)
            ((self.term,),) = self._db.execute(_TAKE, (self._node, time.time_ns())).fetchall()
        except psycopg.Error as error:
            raise failure(error, self._address.shown, "recorded into") from error
        return True

    def verify(self) -> None:
        """Raise TermOverError when another leads now, and CaptureError when the lock may be lost."""
        try:
            ((term, node),) = self._db.execute(_LOOK).fetchall()
        except psycopg.Error as error:
            raise failure(error, self._address.shown, "recorded into") from error
        if term != self.term:
            raise TermOverError(f"Another recorder leads now: {one_line(node)}.")

    def close(self) -> None:
        """Let another recorder lead. Idempotent."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
