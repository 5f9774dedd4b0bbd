"""What every reading of a capture needs: where the file is, the connection, how much there is.

Place is for any thread; a ReaderBase belongs to the thread that made it, except interrupt().
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from typing import TYPE_CHECKING, Self

from clacks_monitor.storage.capture import layout
from clacks_monitor.storage.capture.held import Held
from clacks_monitor.storage.capture.interning import Names
from clacks_monitor.storage.errors import CaptureError, ReadingStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType

    from clacks_monitor.core.event import Entry

MAX_SEQUENCE = layout.LARGEST_INTEGER


class Place:
    """Where a capture is: its file, which save_as() moves, and what is held while the disk is full. Any thread."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._path = path
        self.moves = 0
        self.held = Held()

    @property
    def path(self) -> Path:
        """The file's path now."""
        return self._path

    def move(self, path: Path) -> None:
        """Let readers go on at ``path``."""
        with self._lock:
            self._path = path
            self.moves += 1

    def now(self) -> tuple[Path, int]:
        """Return path and number of moves, fitting each other."""
        with self._lock:
            return self._path, self.moves


class ReaderBase:
    """A read-only connection. Methods raise CaptureError for a damaged file, ReadingStoppedError when stopped."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._path, self._moves = place.now()
        self._connection: sqlite3.Connection | None = layout.open_for_reading(self._path)
        self._names = Names(self._connection)

    @property
    def _db(self) -> sqlite3.Connection:
        if self._connection is None:
            raise CaptureError(f"This reader of {self._path} is closed.")
        if self._moves != self._place.moves:
            self._connection.close()
            self._path, self._moves = self._place.now()
            self._connection = layout.open_for_reading(self._path)
            self._names = Names(self._connection)
        return self._connection

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

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """Give the connection; whatever SQLite or a damaged value raises becomes a CaptureError."""
        try:
            yield self._db
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise ReadingStoppedError(f"Reading {self._path} was stopped.") from error
            raise CaptureError(f"{self._path} cannot be read: {error}.") from error
        except (ValueError, LookupError, OverflowError) as error:
            raise CaptureError(f"{self._path} is damaged: {error}.") from error

    # -- how much there is ---------------------------------------------------------------------------------------

    def bounds(self) -> tuple[int, int]:
        """Return the first and last sequence number, (0, 0) when the capture is empty."""
        held_first, held = self._place.held.view()
        with self._reading() as db:
            row = db.execute("SELECT (SELECT min(seq) FROM entry), (SELECT max(seq) FROM entry)").fetchone()
        first, last = (int(row[0]), int(row[1])) if row[0] is not None else (0, 0)
        if held:
            return first or held_first, max(last, held_first + len(held) - 1)
        return first, last

    def _held_between(self, low: int, high: int) -> list[tuple[int, Entry]]:
        """Return what is held in memory of a span; ask before the file, whose own entries come first."""
        first, held = self._place.held.view()
        return list(enumerate(held, first))[max(0, low - first) : max(0, high - first + 1)]

    def count(self) -> int:
        """Return the number of entries; sequence numbers have no holes, so this costs nothing."""
        first, last = self.bounds()
        return last - first + 1 if last else 0

    def first_sequence(self) -> int:
        """Return the oldest entry's sequence number, 0 when there is none."""
        return self.bounds()[0]

    def last_sequence(self) -> int:
        """Return the newest entry's sequence number, 0 when there is none."""
        return self.bounds()[1]

    def time_span(self) -> tuple[int, int]:
        """Return the earliest and latest wall clock time in nanoseconds, (0, 0) when the capture is empty."""
        with self._reading() as db:
            row = db.execute("SELECT (SELECT min(wall) FROM entry), (SELECT max(wall) FROM entry)").fetchone()
        return (int(row[0]), int(row[1])) if row[0] is not None else (0, 0)

    def sequence_at(self, wall_ns: int) -> int:
        """Return the first entry at or after ``wall_ns``, the newest where all are earlier, 0 where there is none."""
        with self._reading() as db:
            row = db.execute("SELECT seq FROM entry WHERE wall >= ? ORDER BY wall, seq LIMIT 1", (wall_ns,)).fetchone()
        return int(row[0]) if row else self.last_sequence()
