"""Rows for entries: the one place that numbers entries and writes their rows.

Belongs to the capture's writing connection and is used under its lock.
"""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from clacks_monitor.captures.interning import Interner
from clacks_monitor.core.event import Event
from clacks_monitor.storage.deliveries import Deliveries
from clacks_monitor.storage.encoding import cleaned, event_tuples, gap_tuples, source_of, tallied

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.storage.encoding import BodyTuple, EntryTuple, GapTuple

_ENTRY = "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_BODY = "INSERT INTO body VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
_GAP = "INSERT INTO gap VALUES (?, ?, ?, ?, ?)"
_COPY = "INSERT INTO copy VALUES (?, ?)"
_TALLY = (
    "INSERT INTO tally (minute, type, kind, count) VALUES (?, ?, ?, ?) ON CONFLICT (minute, type, kind) DO UPDATE SET"
    " count = count + excluded.count"
)


class Appender:
    """Appends entries by one connection. Methods raise sqlite3.Error; after one, roll_back() is due."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._interner = Interner(db)
        self._deliveries = Deliveries()

    def append(self, entries: Sequence[Entry]) -> int:
        """Write ``entries`` in one transaction; return the first one's sequence number when it is committed."""
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        first = self.next()
        try:
            self._insert(first, entries)
        except UnicodeEncodeError:
            # Rare: text that UTF-8 cannot hold. The whole batch again, cleaned.
            db.execute("ROLLBACK")
            self._interner.forget()
            db.execute("BEGIN IMMEDIATE")
            first = self.next()
            self._insert(first, [cleaned(entry) for entry in entries])
        db.execute("COMMIT")
        return first

    def next(self) -> int:
        """Return the sequence number that comes next: asked each time, because another process may append as well."""
        (last,) = self._db.execute("SELECT max(seq) FROM entry").fetchone()
        return (last or 0) + 1

    def roll_back(self) -> None:
        """Leave nothing of a transaction that failed."""
        self._interner.forget()
        if self._db.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._db.execute("ROLLBACK")

    def _insert(self, first: int, entries: Sequence[Entry]) -> None:
        rows: list[EntryTuple] = []
        bodies: list[BodyTuple] = []
        gaps: list[GapTuple] = []
        type_id, source_id = self._interner.type_id, self._interner.source_id
        for sequence, entry in enumerate(entries, first):
            if isinstance(entry, Event):
                row, body = event_tuples(sequence, entry, type_id(entry.type), source_id(source_of(entry.raw)))
                bodies.append(body)
            else:
                row, gap = gap_tuples(sequence, entry, source_id((entry.connection, "", "", "", "other")))
                gaps.append(gap)
            rows.append(row)
        self._db.executemany(_ENTRY, rows)
        self._db.executemany(_TALLY, tallied(rows))
        self._db.executemany(_BODY, bodies)
        if gaps:
            self._db.executemany(_GAP, gaps)
        if copies := self._deliveries.repeated(first, entries):
            self._db.executemany(_COPY, copies)
