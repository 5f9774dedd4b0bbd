"""The read-only connection to a capture: where the file is, what waits in memory beside it, errors as CaptureError.

CaptureLocation is for any thread; a ReadConnection belongs to the thread that made it, except interrupt().
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING, TypeVar

from clacks_monitor.captures import opening
from clacks_monitor.captures.guarding import LONGEST_ROW, REPLACING
from clacks_monitor.captures.interning import Names
from clacks_monitor.captures.overflow import Overflow
from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError
from clacks_monitor.storage.encoding import LARGEST_SEQUENCE
from clacks_monitor.storage.shapes import Shape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.captures.guarding import GuardedConnection
    from clacks_monitor.core.event import Entry

Found = TypeVar("Found")

MAX_SEQUENCE = LARGEST_SEQUENCE
_NOT_UTF8 = "Could not decode to UTF-8"
_BOTH = Shape(lowest=int, highest=int)


class CaptureLocation:
    """Where a capture is: its file, which save_as() moves, and what waits while the disk is full. Any thread."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._path = path
        self.moves = 0
        self.overflow = Overflow()

    @property
    def path(self) -> Path:
        """The file's path now."""
        return self._path

    def move(self, path: Path) -> None:
        """Let readers continue at ``path``."""
        with self._lock:
            self._path = path
            self.moves += 1

    def now(self) -> tuple[Path, int]:
        """Return path and number of moves, fitting each other."""
        with self._lock:
            return self._path, self.moves


class ReadConnection:
    """A read-only connection. Methods raise CaptureError for a damaged file, ReadingStoppedError when stopped.

    ``text_factory`` is how read() tries to decode texts first; ``make_names`` reads the names of types and sources.
    """

    def __init__(
        self,
        location: CaptureLocation,
        *,
        text_factory: Callable[..., str] = str,
        make_names: Callable[[sqlite3.Connection], Names] = Names,
    ) -> None:
        self._location = location
        self._text_factory = text_factory
        self._make_names = make_names
        self._connection: GuardedConnection | None = None
        self._open()

    def _open(self) -> GuardedConnection:
        self._path, self._moves = self._location.now()
        self._connection, self._stamp = opening.open_for_reading(self._path)
        self._pages = self._stamp.pages
        self.names = self._make_names(self._connection)
        return self._connection

    @property
    def db(self) -> GuardedConnection:
        """The connection to the file where it is now. Raises CaptureError where it has gone, or after close()."""
        db = self._connection
        if db is None:
            raise CaptureError(f"This reader of {self._path} is closed.")
        if self._moves != self._location.moves:
            db.close()
            return self._open()
        now = self._look_at_file()
        if now.identity != self._stamp.identity:
            raise CaptureError(f"{self._path} was replaced by another file while it was open. Open it again.")
        self._pages = now.pages
        if now != self._stamp:
            # Closed when it was opened, and now another process writes to it: from here on with SQLite's locks.
            db.close()
            return self._open()
        return db

    def _look_at_file(self) -> opening.Stamp:
        try:
            return opening.stamp(self._path, live=not self._stamp.states)
        except CaptureError as error:
            raise CaptureError(f"{self._path} was deleted or moved away while it was open. ({error})") from error

    def interrupt(self) -> None:
        """Stop what the reader is doing now; from any thread."""
        connection = self._connection
        if connection is not None:
            with contextlib.suppress(sqlite3.ProgrammingError):  # closed at the same moment
                connection.interrupt()

    def close(self) -> None:
        """Close the connection. Idempotent."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    @contextlib.contextmanager
    def reading(self, longest: int = LONGEST_ROW) -> Iterator[sqlite3.Connection]:
        """Give the connection for rows of at most ``longest`` bytes.

        Errors of SQLite, and those caused by damaged values, become a CaptureError.
        """
        db = self.db
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, longest)
        db.bound(self._pages)
        try:
            yield db
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT and not db.gave_up:
                raise ReadingStoppedError(f"Reading {self._path} was stopped.") from error
            raise CaptureError(f"{self._path} cannot be read: {opening.why(error)}.") from error
        except MemoryError as error:
            raise CaptureError(f"{self._path} cannot be read: it wants more memory than any capture does.") from error
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
            raise CaptureError(f"{self._path} is damaged: {opening.why(error)}.") from error

    def read(self, read: Callable[[sqlite3.Connection], Found]) -> Found:
        """Return what ``read`` returns, quickly where all texts are UTF-8; else it is called again."""
        with self.reading() as db:
            db.text_factory = self._text_factory
            try:
                return read(db)
            except sqlite3.OperationalError as error:
                if _NOT_UTF8 not in str(error):
                    raise
            finally:
                db.text_factory = REPLACING
            return read(db)

    def bounds(self) -> tuple[int, int]:
        """Return the first and last sequence number, (0, 0) when the capture is empty."""
        waiting_first, waiting = self._location.overflow.view()
        with self.reading() as db:
            row = db.execute("SELECT (SELECT min(seq) FROM entry), (SELECT max(seq) FROM entry)").fetchone()
            first, last = _BOTH(row) if row[0] is not None else (0, 0)
            if last and not 1 <= first <= last <= MAX_SEQUENCE:
                raise ValueError("its entries have numbers that cannot be")
        if waiting:
            return first or waiting_first, max(last, waiting_first + len(waiting) - 1)
        return first, last

    def waiting_between(self, low: int, high: int) -> list[tuple[int, Entry]]:
        """Return what waits in memory of a span; ask before the file, whose own entries come first."""
        first, waiting = self._location.overflow.view()
        return list(enumerate(waiting, first))[max(0, low - first) : max(0, high - first + 1)]

    def time_span(self) -> tuple[int, int]:
        """Return the earliest and latest wall clock time in nanoseconds, (0, 0) when the capture is empty."""
        with self.reading() as db:
            row = db.execute("SELECT (SELECT min(wall) FROM entry), (SELECT max(wall) FROM entry)").fetchone()
            return _BOTH(row) if row[0] is not None else (0, 0)
