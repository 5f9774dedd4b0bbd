"""The connection of a reader: statements with bounded answers, errors in words, and interrupting. It reconnects.

A ReadingConnection belongs to the thread that made it, except interrupt().
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Any

import psycopg

from clacks_monitor.archive.connecting import SessionPurpose, hang_up
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.interning import ArchiveNames
from clacks_monitor.archive.schema import connect_to_archive
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.storage.encoding import LARGEST_SEQUENCE
from clacks_monitor.storage.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.archives import AskPassword

    Values = Sequence[Any] | Mapping[str, Any]

CANCEL_S = 3.0
"""How long asking the server to stop a statement may take, in seconds, and how long it may take to do so."""
_BOTH = Shape(lowest=int, highest=int)


class ReadingConnection:
    """A read-only connection. Methods raise CaptureError, and ReadingStoppedError when stopped."""

    def __init__(self, address: ArchiveAddress, ask_password: AskPassword | None) -> None:
        self.address = address
        self._ask_password = ask_password
        self._closed = False
        self._lock = threading.Condition()
        """Is held while a statement is cancelled, and when one begins and ends, which it is notified of."""
        self._running: object = None
        """The statement that runs now."""
        self._interrupted = self._cancelling = False
        self.names = ArchiveNames(self.rows)
        self._db: Connection | None = self._connect()

    def _connect(self) -> Connection:
        return connect_to_archive(self.address, SessionPurpose.READING, self._ask_password)

    def _open(self) -> Connection:
        """Return the connection, a new one where it was lost. Raises CaptureError after close()."""
        if self._closed:
            raise CaptureError(f"This reader of {self.address.shown} is closed.")
        db = self._db
        if db is None or db.closed:
            self._db = db = self._connect()
        return db

    def close(self) -> None:
        """Close the connection. Idempotent."""
        self._closed = True
        db, self._db = self._db, None
        if db is not None:
            with self._lock:
                db.close()

    def interrupt(self) -> None:
        """Stop the statement that runs now, if one does; from any thread, which does not wait.

        Where the server does not do so within CANCEL_S, its connection is given up.
        """
        if self._running is not None and not self._cancelling:
            self._cancelling = True
            threading.Thread(target=self._cancel, name="cancel a statement", daemon=True).start()

    def _cancel(self) -> None:
        with self._lock:
            self._cancelling = False
            db, running = self._db, self._running
            if running is None or db is None:
                return
            self._interrupted = True
            with contextlib.suppress(psycopg.Error):
                db.cancel_safe(timeout=CANCEL_S)
            if not self._lock.wait_for(lambda: self._running is not running, CANCEL_S):
                hang_up(db)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give the connection for one statement; errors of the database and of damaged values are CaptureErrors."""
        db = self._open()
        shown = self.address.shown
        with self._lock:
            self._running, self._interrupted = object(), False
        try:
            yield db
        except psycopg.Error as error:
            raise failure(error, shown, "read", interrupted=self._interrupted) from error
        except MemoryError as error:
            raise CaptureError(f"{shown} cannot be read: it wants more memory than any archive does.") from error
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
            raise CaptureError(f"{shown} is damaged: {error}.") from error
        finally:
            with self._lock:
                self._running = None
                self._lock.notify_all()

    def rows(self, statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Return what a statement selects, whose number of rows it limits."""
        with self.reading() as db, db.cursor(binary=True) as cursor:
            return cursor.execute(statement, values).fetchall()

    def one(self, statement: str, values: Values = ()) -> tuple[Any, ...]:
        """Return the one row that a statement selects."""
        return self.rows(statement, values)[0]

    def bounds(self) -> tuple[int, int]:
        """Return the first and last sequence number, (0, 0) when the archive is empty."""
        row = self.one("SELECT first_seq, last_seq FROM recorder")
        with self.reading():
            first, last = _BOTH(row)
            if last < first:
                return 0, 0
            if not 1 <= first <= last <= LARGEST_SEQUENCE:
                raise ValueError("its entries have numbers that cannot be")
        return first, last

    def time_span(self) -> tuple[int, int]:
        """Return the earliest and latest wall clock time in nanoseconds, (0, 0) when the archive is empty."""
        row = self.one("SELECT min(first_wall), max(last_wall) FROM segment")
        return _BOTH(row) if row[0] is not None else (0, 0)
