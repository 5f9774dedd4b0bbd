"""Which numbers the entries of a damaged capture have. Used by recovery, on its thread."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from clacks_monitor.captures import layout, opening
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.storage.encoding import LARGEST_SEQUENCE

if TYPE_CHECKING:
    from pathlib import Path

from clacks_monitor.captures.guarding import GuardedConnection

STRAYS = 100_000
"""Entries with numbers that cannot be that are looked for, on each side of the others."""
_ENTRIES = f"SELECT {{0}}(seq) FROM {{1}} WHERE seq BETWEEN 1 AND {LARGEST_SEQUENCE}"
_LOWEST = tuple(_ENTRIES.format("min", table) for table in ("entry", "body"))
_HIGHEST = tuple(_ENTRIES.format("max", table) for table in ("entry", "body"))
_OUTSIDE = tuple(
    f"SELECT seq FROM {table} WHERE seq {way} ? ORDER BY seq LIMIT {STRAYS}"
    for table in ("entry", "body")
    for way in ("<", ">")
)
_MIDDLE = tuple(
    f"SELECT seq FROM {table} ORDER BY seq LIMIT 1 OFFSET (SELECT count(seq + 0) / 2 FROM {table})"
    for table in ("entry", "body")
)
_AFTER = ("SELECT seq FROM entry WHERE seq > ? ORDER BY seq", "SELECT seq FROM body WHERE seq > ? ORDER BY seq")
_FARTHEST = 32  # a search for a readable entry leaps up to 2 to the power of this


def _opened(path: Path) -> GuardedConnection:
    db = connect(path, "mode=ro", purpose=Purpose.READING)
    db.bound(opening.pages_of(path.stat()))
    return db


def see_both_ends(path: Path) -> None:
    """Raise CaptureError unless the first and last number of each table are known: else missing ones go unnoticed."""
    with closing(_opened(path)) as db:
        try:
            for sql in (*_LOWEST, *_HIGHEST):
                db.execute(sql).fetchone()
        except sqlite3.Error as error:
            raise CaptureError(f"The ends of the capture cannot be read: {error}.") from error


def bounds(path: Path, notes: list[str]) -> tuple[int, int]:
    """Return the widest span of sequence numbers that any table knows of. Raises CaptureError when none does."""
    with closing(_opened(path)) as db:
        low = [value for sql in _LOWEST if (value := _value(db, sql))]
        high = [value for sql in _HIGHEST if (value := _value(db, sql))]
        if not high:
            # The end of both tables is gone: their beginning may be there.
            high = [value for sql in _AFTER if (value := _last_readable(db, sql))]
            if high:
                message = Message(
                    "The end of the file is lost. The number of entries after number {0:,} is unknown.",
                    f"{max(high):,}",
                )
                notes.append(message)
        if not high and outside(path, 1, 0):
            return 1, 0
        if not high:
            raise CaptureError("No entry of the capture can be read.")
        return _plausible(db, min([*low, *high]), max(high))


def outside(path: Path, low: int, high: int) -> list[int]:
    """Return the numbers of entries that are not between the others, negative ones for example."""
    found: set[int] = set()
    with closing(_opened(path)) as db:
        for sql, end in zip(_OUTSIDE, (low, high) * 2, strict=True):
            with suppress(sqlite3.Error):
                found.update(row[0] for row in db.execute(sql, (end,)) if isinstance(row[0], int))
    return sorted(found)


def _plausible(db: sqlite3.Connection, low: int, high: int) -> tuple[int, int]:
    """Return the span without numbers that only damage explains: a file cannot have more entries than fit into it."""
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    most = pages * layout.ENTRIES_OF_A_PAGE
    if high - low < most:
        return low, high
    middle = _value(db, _MIDDLE[0]) or _value(db, _MIDDLE[1])
    if not middle:
        raise CaptureError("Which numbers the entries of the capture have cannot be read.")
    return max(low, middle - most), min(high, middle + most)


def _value(db: sqlite3.Connection, sql: str, values: tuple[int, ...] = ()) -> int:
    with suppress(sqlite3.Error):
        row = db.execute(sql, values).fetchone()
        if row is not None and isinstance(row[0], int) and row[0] > 0:
            return int(row[0])
    return 0


def _last_readable(db: sqlite3.Connection, sql: str) -> int:
    """Return the last sequence number that can be reached by walking forwards, skipping damaged entries."""
    last = 0
    while True:
        start = last
        with suppress(sqlite3.Error):
            for (sequence,) in db.execute(sql, (last,)):
                if not isinstance(sequence, int) or sequence <= last:
                    break
                last = sequence
        for leap in range(_FARTHEST):
            last = max(last, _value(db, f"{sql} LIMIT 1", (last + 2**leap,)))
        if last == start:
            return last
