"""Waiting for what others append and note: notifications of a primary server, or looking again at a standby.

An ArchiveWatch belongs to the thread that waits, except check() and close(). Implements core.store.StoreWatch.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any

import psycopg

from clacks_monitor.archive.appending import CHANNEL
from clacks_monitor.archive.connecting import SessionPurpose, hang_up
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.notes import NOTES_CHANNEL
from clacks_monitor.archive.schema import connect_to_archive
from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError
from clacks_monitor.core.store import StoreChange

if TYPE_CHECKING:
    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.archives import AskPassword

PAUSE_S = 0.05
"""The shortest time between two changes, in seconds: what is appended meanwhile is one change."""
STANDBY_S = 0.1
"""How often a standby server is looked at, which sends no notifications, in seconds."""
LOOK_S = 5.0
"""How often a primary server is looked at without a notification, in seconds."""
ANSWER_S = 10.0
"""How long a server may owe the answer to a look, in seconds."""
_REREAD_NS = 120_000_000_000
"""Notes that were written so long before the newest are looked at again: transactions end in another order."""
_MOST_NOTES = 10_000
_STATE = "SELECT last_seq FROM recorder"
_NOTES = "SELECT seq, changed FROM note WHERE changed >= %s ORDER BY changed DESC LIMIT %s"


class ArchiveWatch:
    """Watches one archive."""

    def __init__(self, address: ArchiveAddress, ask_password: AskPassword | None = None) -> None:
        self._address = address
        self._ask_password = ask_password
        self._db: Connection | None = None
        self._standby = False
        self._last = -1
        self._notes: dict[int, int] | None = None
        """When the newest notes were changed, by sequence number; None before the first look."""
        self._owed_since = 0.0
        self._closed = threading.Event()
        self._waiting = False
        self._lock = threading.Lock()
        """Is held while another thread hangs up, while the connection is replaced, and when a wait begins and ends."""

    def wait(self) -> StoreChange:
        """Return the next change. Raises CaptureError, and ReadingStoppedError after close()."""
        with self._lock:
            if self._closed.is_set():
                raise self._stopped()
            self._waiting = True
        try:
            return self._wait()
        except psycopg.Error as error:
            self._drop()
            if self._closed.is_set():
                raise self._stopped() from None
            raise failure(error, self._address.shown, "followed") from error
        except CaptureError:
            self._drop()
            raise
        finally:
            with self._lock:
                self._waiting = False
            if self._closed.is_set():
                self._drop()

    def _stopped(self) -> ReadingStoppedError:
        return ReadingStoppedError(f"Following {self._address.shown} was stopped.")

    def _wait(self) -> StoreChange:
        db = self._db
        if db is None or db.closed:
            db = self._open()
        else:
            self._closed.wait(PAUSE_S)
        while True:
            if self._closed.is_set():
                raise self._stopped()
            change = self._look(db)
            if change is not None:
                return change
            if self._standby:
                self._closed.wait(STANDBY_S)
            else:
                for _notification in db.notifies(timeout=LOOK_S, stop_after=1):
                    pass

    def _open(self) -> Connection:
        db = connect_to_archive(self._address, SessionPurpose.READING, self._ask_password)
        with self._lock:
            self._db = db
        row = db.execute("SELECT pg_is_in_recovery()").fetchone()
        self._standby = bool(row and row[0])
        if not self._standby:
            for channel in (CHANNEL, NOTES_CHANNEL):
                db.execute(f"LISTEN {channel}")
        self._last = -1
        return db

    def _look(self, db: Connection) -> StoreChange | None:
        """Return what has changed since the last look, None for nothing."""
        self._owed_since = time.monotonic()
        with db.cursor(binary=True) as cursor:
            (last,) = cursor.execute(_STATE).fetchone() or (0,)
            newest = max(self._notes.values(), default=0) if self._notes else 0
            rows = cursor.execute(_NOTES, (newest - _REREAD_NS, _MOST_NOTES)).fetchall()
        self._owed_since = 0.0
        noted = self._noted(rows)
        before, self._last = self._last, int(last)
        return StoreChange(self._last, noted) if self._last != before or noted else None

    def _noted(self, rows: list[tuple[Any, ...]]) -> tuple[int, ...]:
        before, self._notes = self._notes, dict(rows)
        if before is None:
            return ()
        return tuple(sequence for sequence, changed in rows if before.get(sequence) != changed)

    def _drop(self) -> None:
        self._owed_since = 0.0
        with self._lock:
            db, self._db = self._db, None
        if db is not None:
            db.close()

    def check(self) -> None:
        """Give up the connection if the server has owed an answer for ANSWER_S seconds."""
        owed = self._owed_since
        if owed and time.monotonic() - owed > ANSWER_S:
            self._hang_up()

    def close(self) -> None:
        """Let wait() end, and close the connection. Idempotent."""
        with self._lock:
            self._closed.set()
            waiting = self._waiting
        if waiting:
            self._hang_up()
        else:
            self._drop()

    def _hang_up(self) -> None:
        with self._lock:
            if self._db is not None and not self._db.closed:
                hang_up(self._db)
