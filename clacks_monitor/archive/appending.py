"""The one place that numbers entries and writes their rows, in one transaction each time.

The row of the table recorder is locked first: so numbers are dense whichever process writes, and a leader whose term
is over is refused whatever it believes. Belongs to the archive's writing connection and is used under its lock.
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.archive.blocks import COPY_BODIES, COPY_ENTRIES, HEADER, TRAILER, Blocks, ids_of
from clacks_monitor.archive.fields import COPY_VALUES, FieldRecorder
from clacks_monitor.archive.interning import ArchiveInterner
from clacks_monitor.core.storage_errors import TermOverError
from clacks_monitor.storage.deliveries import Deliveries
from clacks_monitor.storage.encoding import cleaned

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.event import Entry

CHANNEL = "clacks"
"""The name under which readers are notified; the payload is the last sequence number."""
_BEGIN = "SELECT term, last_seq, partition_end, fields FROM recorder FOR UPDATE"
_GAPS = "INSERT INTO gap (seq, start, lost, cause, detail) VALUES (%s, %s, %s, %s, %s)"
_COPIES = "INSERT INTO copy (seq, first) VALUES (%s, %s)"
_TALLY = (
    "INSERT INTO tally AS t (minute, type, kind, count, last)"
    " SELECT * FROM unnest(%s::bigint[], %s::integer[], %s::smallint[], %s::bigint[], %s::bigint[])"
    " ON CONFLICT (minute, type, kind) DO UPDATE SET count = t.count + excluded.count,"
    " last = greatest(t.last, excluded.last)"
)
_SEGMENTS = (
    "INSERT INTO segment AS s (first_seq, last_seq, first_wall, last_wall)"
    " SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])"
    " ON CONFLICT (first_seq) DO UPDATE SET last_seq = excluded.last_seq,"
    " first_wall = least(s.first_wall, excluded.first_wall), last_wall = greatest(s.last_wall, excluded.last_wall)"
)
_END = "UPDATE recorder SET last_seq = %s, beat = %s"


class ArchiveAppender:
    """Appends entries by one connection, for the leader of ``term``; 0 for a writer that does not lead.

    Methods raise psycopg.Error, after which nothing of the transaction is left.
    """

    def __init__(self, db: Connection, *, term: int = 0) -> None:
        self._db = db
        self._interner = ArchiveInterner()
        self._deliveries = Deliveries()
        self._fields = FieldRecorder()
        self.term = term

    def append(self, entries: Sequence[Entry]) -> int:
        """Write ``entries`` in one transaction; return the first one's sequence number when it is committed.

        Raises TermOverError where another recorder leads now.
        """
        try:
            return self._append(entries)
        except UnicodeEncodeError:
            # Rare: text that UTF-8 cannot hold. The whole batch again, cleaned.
            self._interner.forget()
            return self._append([cleaned(entry) for entry in entries])
        except BaseException:
            self._interner.forget()
            self._fields.forget()
            raise

    def _append(self, entries: Sequence[Entry]) -> int:
        db = self._db
        with db.transaction():
            first, end = self._begin()
            last = first + len(entries) - 1
            while end <= last:
                row = db.execute("SELECT clacks.add_partition()").fetchone()
                end = int(row[0]) if row else 0
            interner = self._interner
            ids = ids_of(entries, partial(interner.type_id, db), partial(interner.source_id, db))
            made = Blocks(first, entries, ids)
            self._copy(COPY_BODIES, made.bodies())
            self._copy(COPY_ENTRIES, [made.entries()])
            if values := self._fields.block(first, entries, ids):
                self._copy(COPY_VALUES, [values])
            self._keep_books(made, last, self._deliveries.repeated(first, entries))
        return first

    def _begin(self) -> tuple[int, int]:
        """Lock the recorder's row; return the next number, and that at which the last partition ends."""
        row = self._db.execute(_BEGIN).fetchone()
        term, last, end, fields = row or (0, 0, 1, 0)
        if self.term and term != self.term:
            raise TermOverError(
                f"Another recorder leads now (its term is {term}, this one's was {self.term}): nothing was written."
            )
        self._fields.refresh(self._db, fields)
        return last + 1, end

    def _copy(self, statement: str, blocks: Iterable[bytes]) -> None:
        with self._db.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(HEADER)
            for block in blocks:
                copy.write(block)
            copy.write(TRAILER)

    def _keep_books(self, made: Blocks, last: int, copies: Sequence[tuple[int, int]]) -> None:
        """Write what is counted and looked up, in one exchange with the server."""
        with self._db.pipeline(), self._db.cursor() as cursor:
            if made.gaps:
                cursor.executemany(_GAPS, made.gaps)
            if copies:
                cursor.executemany(_COPIES, copies)
            if made.tally:
                keys = zip(*made.tally, strict=True)
                sums = zip(*made.tally.values(), strict=True)
                cursor.execute(_TALLY, [list(column) for column in (*keys, *sums)])
            if made.segments:
                columns = zip(*((start, *rest) for start, rest in made.segments.items()), strict=True)
                cursor.execute(_SEGMENTS, [list(column) for column in columns])
            cursor.execute(_END, (last, time.time_ns()))
            cursor.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(last)))
