"""Reading a capture: pages for the table, single entries, scans for filters, orders for sorting.

A reader has its own read-only connection and belongs to the thread that made it; only interrupt() may be called from
another. It never waits for the writer, and holds no transaction open between two calls or two chunks, so that the
write-ahead log can be folded back into the file.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from array import array
from itertools import chain
from typing import TYPE_CHECKING, Self

from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Entry, Event, Gap, Properties, Row, RowKind
from clacks_monitor.storage.capture import layout
from clacks_monitor.storage.capture.encoding import (
    EVENT_COLUMNS,
    PLAIN,
    decode_event,
    decode_gap,
    decode_properties,
    unpack,
)
from clacks_monitor.storage.capture.interning import Names
from clacks_monitor.storage.capture.snapshots import Snapshot, SnapshotKind
from clacks_monitor.storage.errors import CaptureError, ReadingStoppedError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path
    from types import TracebackType

Scanned = tuple[int, str, bytes, Properties]
"""What a filter needs of an event: sequence number, type, body, properties."""

MAX_SEQUENCE = layout.LARGEST_INTEGER
PARAMETERS = 500
_KINDS = (RowKind.EVENT, RowKind.INVALID, RowKind.GAP)
_ROW = (
    "SELECT e.seq, e.kind, e.wall, e.type, e.summary, e.source, e.size, e.problem, n.mark, n.comment, g.start, g.cause"
    " FROM entry e LEFT JOIN note n ON n.seq = e.seq LEFT JOIN gap g ON g.seq = e.seq WHERE e.seq "
)
_ORDERS = {
    Column.TIME: "SELECT seq FROM entry ORDER BY wall, seq",
    Column.TYPE: "SELECT e.seq FROM type t CROSS JOIN entry e ON e.type = t.id ORDER BY t.name, e.seq",
    Column.SUMMARY: "SELECT seq FROM entry ORDER BY summary, seq",
    Column.CONNECTION: "SELECT e.seq FROM entry e JOIN source s ON s.id = e.source ORDER BY s.connection, e.seq",
    Column.SUBJECT: "SELECT e.seq FROM entry e JOIN source s ON s.id = e.source ORDER BY s.subject, e.seq",
    Column.SIZE: "SELECT seq FROM entry ORDER BY size, seq",
    Column.PROBLEM: "SELECT seq FROM entry ORDER BY coalesce(problem, ''), seq",
    Column.COMMENT: "SELECT e.seq FROM entry e LEFT JOIN note n ON n.seq = e.seq ORDER BY coalesce(n.comment, ''), e.seq",
    Column.SEQUENCE: "SELECT seq FROM entry ORDER BY seq",
}


class Place:
    """Where a capture's file is; save_as() moves it, and readers follow at their next call. Any thread."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._path = path
        self.moves = 0

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


class CaptureReader:
    """Reads one capture. Every method raises CaptureError for a damaged file, ReadingStoppedError after interrupt()."""

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
        except ValueError as error:
            raise CaptureError(f"{self._path} is damaged: {error}.") from error

    # -- how much there is ---------------------------------------------------------------------------------------

    def bounds(self) -> tuple[int, int]:
        """Return the first and last sequence number, (0, 0) when the capture is empty."""
        with self._reading() as db:
            row = db.execute("SELECT (SELECT min(seq) FROM entry), (SELECT max(seq) FROM entry)").fetchone()
        return (int(row[0]), int(row[1])) if row[0] is not None else (0, 0)

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

    # -- pages and single entries --------------------------------------------------------------------------------

    def rows(self, sequences: Sequence[int]) -> list[Row]:
        """Return the rows of ``sequences`` in their order; those that the ring has removed are left out."""
        if not sequences:
            return []
        with self._reading() as db:
            found: list[tuple[object, ...]] = []
            low, high = min(sequences), max(sequences)
            if high - low + 1 == len(sequences):
                found = db.execute(f"{_ROW}BETWEEN ? AND ?", (low, high)).fetchall()
            else:
                for start in range(0, len(sequences), PARAMETERS):
                    part = sequences[start : start + PARAMETERS]
                    marks = ",".join("?" * len(part))
                    found += db.execute(f"{_ROW}IN ({marks})", tuple(part)).fetchall()
            by_sequence = {row[0]: self._row(row) for row in found}
        return [by_sequence[sequence] for sequence in sequences if sequence in by_sequence]

    def _row(self, found: tuple[object, ...]) -> Row:
        row: tuple[int, int, int, int | None, str, int, int, str | None, int | None, str | None, int | None, str | None]
        row = found  # type: ignore[assignment] # the table is STRICT: SQLite guarantees the types
        sequence, kind, wall, type_id, summary, source_id, size, problem, mark, comment, start, cause = row
        source = self._names.source(source_id)
        notes = (bool(mark), comment or "")
        if type_id is None or start is not None:
            return Row(sequence, RowKind.GAP, start or wall, "", summary, source[0], 0, "", cause or "", wall, *notes)
        name = self._names.type_name(type_id)
        return Row(sequence, _KINDS[kind], wall, name, summary, source[0], size, source[1], problem or "", 0, *notes)

    def entry(self, sequence: int) -> Event | Gap | None:
        """Return one entry in full, None where there is none (any more)."""
        for _sequence, found in self.entries([sequence]):
            return found
        return None

    def entries(self, sequences: Iterable[int], *, chunk: int = PARAMETERS) -> Iterator[tuple[int, Entry]]:
        """Yield (sequence, entry) in full for ``sequences`` in their order; missing ones are left out."""
        part: list[int] = []
        for sequence in sequences:
            part.append(sequence)
            if len(part) == chunk:
                yield from self._entries(part)
                part = []
        if part:
            yield from self._entries(part)

    def _entries(self, part: list[int]) -> list[tuple[int, Entry]]:
        marks = ",".join("?" * len(part))
        events = (
            f"SELECT entry.seq, entry.type, entry.source, {EVENT_COLUMNS}"  # noqa: S608 - constants and ? only
            f" FROM entry JOIN body ON body.seq = entry.seq WHERE entry.seq IN ({marks})"
        )
        gaps = (
            "SELECT g.seq, e.source, g.start, e.wall, g.cause, g.detail, g.lost"  # noqa: S608 - as above
            f" FROM gap g JOIN entry e ON e.seq = g.seq WHERE g.seq IN ({marks})"
        )
        names = self._names
        with self._reading() as db:
            names = self._names
            found: dict[int, Entry] = {
                sequence: decode_event(row, names.type_name(type_id), names.source(source_id))  # type: ignore[arg-type] # STRICT table
                for sequence, type_id, source_id, *row in db.execute(events, part)
            }
            for sequence, source_id, *row in db.execute(gaps, part):
                found[sequence] = decode_gap(names.source(source_id)[0], tuple(row))  # type: ignore[arg-type] # STRICT table
        return [(sequence, found[sequence]) for sequence in part if sequence in found]

    # -- filters, finding, sorting -------------------------------------------------------------------------------

    def scan(
        self,
        first: int = 1,
        last: int = MAX_SEQUENCE,
        *,
        newest_first: bool = False,
        chunk: int = 2000,
        types: Collection[str] | None = None,
    ) -> Iterator[list[Scanned]]:
        """Yield the events from ``first`` to ``last`` (both included) in chunks of what a filter needs.

        Gaps are left out: gaps() has them. With ``types``, other types are not read at all. A chunk covers
        ``chunk`` sequence numbers and may hold fewer events, also none; properties are shared: do not change them.
        """
        low, high = self.bounds()
        low, high = max(low, first), min(high, last)
        wanted = self._type_condition(types)
        sql = (
            f"SELECT seq, type, packing, properties, body FROM body WHERE seq BETWEEN ? AND ?{wanted}"  # noqa: S608 - integers of our own
            f" ORDER BY seq{' DESC' if newest_first else ''}"
        )
        starts = range(low, high + 1, chunk)
        for start in reversed(starts) if newest_first else starts:
            yield self._scan_part(sql, start, min(start + chunk - 1, high))

    def _type_condition(self, types: Collection[str] | None) -> str:
        if types is None:
            return ""
        with self._reading():
            ids = [str(i) for i, name in self._names.all_types().items() if name in types]
        return f" AND type IN ({','.join(ids)})"

    def _scan_part(self, sql: str, low: int, high: int) -> list[Scanned]:
        with self._reading() as db:
            name = self._names.type_name
            return [
                (
                    sequence,
                    name(type_id),
                    body if packing == PLAIN else unpack(packing, body),
                    decode_properties(properties),
                )
                for sequence, type_id, packing, properties, body in db.execute(sql, (low, high)).fetchall()
            ]

    def order_by(self, column: Column) -> array[int]:
        """Return all sequence numbers in the column's ascending order, as signed 64-bit integers.

        Entries that are equal stay in their own order. Takes seconds for a million entries by text: not for the
        window's thread; interrupt() stops it.
        """
        with self._reading() as db:
            found = array("q")
            if column is Column.TYPE:
                found.extend(chain.from_iterable(db.execute("SELECT seq FROM entry WHERE type IS NULL ORDER BY seq")))
            found.extend(chain.from_iterable(db.execute(_ORDERS[column])))
        return found

    def find_text(
        self,
        text: str,
        first: int = 1,
        last: int = MAX_SEQUENCE,
        *,
        newest_first: bool = False,
        ignore_case: bool = True,
        chunk: int = 2000,
    ) -> Iterator[tuple[int, list[int]]]:
        """Yield (last sequence number looked at, those found since the last yield) for ``text``.

        Looks in bodies (as text), summaries, problems and comments; stop by dropping the iterator.
        """
        low, high = self.bounds()
        low, high = max(low, first), min(high, last)
        starts = range(low, high + 1, chunk)
        wanted = text.casefold() if ignore_case else text
        sql = (
            "SELECT e.seq, e.summary, e.problem, n.comment, b.packing, b.body FROM entry e"
            " LEFT JOIN body b ON b.seq = e.seq LEFT JOIN note n ON n.seq = e.seq WHERE e.seq BETWEEN ? AND ?"
            f" ORDER BY e.seq{' DESC' if newest_first else ''}"
        )
        for start in reversed(starts) if newest_first else starts:
            end = min(start + chunk - 1, high)
            with self._reading() as db:
                found = [
                    row[0]
                    for row in db.execute(sql, (start, end)).fetchall()
                    if wanted in (_searched(row).casefold() if ignore_case else _searched(row))
                ]
            yield (start if newest_first else end), found

    # -- gaps, marks, snapshots, facts ---------------------------------------------------------------------------

    def gaps(self, first: int = 1, last: int = MAX_SEQUENCE) -> list[tuple[int, Gap]]:
        """Return all gaps from ``first`` to ``last`` with their sequence numbers, oldest first."""
        with self._reading() as db:
            found = db.execute("SELECT seq FROM gap WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last)).fetchall()
        return [(s, e) for s, e in self.entries(row[0] for row in found) if isinstance(e, Gap)]

    def marks(self) -> list[int]:
        """Return the sequence numbers of marked entries, in order."""
        with self._reading() as db:
            return [int(row[0]) for row in db.execute("SELECT seq FROM note WHERE mark = 1 ORDER BY seq")]

    def comments(self) -> dict[int, str]:
        """Return all comments by sequence number, in order."""
        with self._reading() as db:
            return dict(db.execute("SELECT seq, comment FROM note WHERE comment <> '' ORDER BY seq").fetchall())

    def snapshots(self, kind: SnapshotKind) -> list[Snapshot]:
        """Return the snapshots of one kind, oldest first."""
        with self._reading() as db:
            sql = "SELECT name, taken, content FROM snapshot WHERE kind = ? ORDER BY taken, id"
            return [Snapshot(kind, name, taken, content) for name, taken, content in db.execute(sql, (kind,))]

    def facts(self) -> dict[str, str]:
        """Return what the capture says of itself: ``id``, ``created_ns``, ``program``."""
        with self._reading() as db:
            return dict(db.execute("SELECT key, value FROM meta").fetchall())


def _searched(row: tuple[int, str, str | None, str | None, int | None, bytes | None]) -> str:
    _sequence, summary, problem, comment, packing, stored = row
    body = unpack(packing or PLAIN, stored) if stored is not None else b""
    encoding = "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return "\n".join((body.decode(encoding, "replace"), summary, problem or "", comment or ""))
