"""Declaring fields: an archive's owner adds them to its index and drops them, while others record and read.

A field is in the index for new entries as soon as it is declared: every writer learns of it with the lock of its next
transaction. Older entries are gone through afterwards, the newest first, in small transactions that only add rows; what
was interrupted goes on where it was when the field is added again. Thread: that which calls.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import psycopg

from clacks_monitor.archive.address import read_address
from clacks_monitor.archive.connecting import SessionPurpose, connect
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.fields import MOST_FIELDS, BodyHashes, copy_values, is_field_name, value_row
from clacks_monitor.archive.interning import ArchiveInterner
from clacks_monitor.archive.reader import ArchiveReader
from clacks_monitor.archive.schema import must_fit
from clacks_monitor.archive.texts import read
from clacks_monitor.core.archives import IndexedField
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.archives import AskPassword

BATCH = 5_000
"""Entries whose values are added in one transaction."""
_LIST = (
    "SELECT left(t.name, 1000), left(f.name, 1000), greatest(0, f.first_seq - r.first_seq) FROM field f"
    " JOIN type t ON t.id = f.type CROSS JOIN recorder r ORDER BY t.name, f.name"
)
_CHANGED = "UPDATE recorder SET fields = fields + 1 RETURNING last_seq"
_FIND = "SELECT id, type FROM field WHERE type = %s AND name = %s"
_DECLARE = "INSERT INTO field (type, name, first_seq) VALUES (%s, %s, %s) RETURNING id"
_REACHED = "SELECT first_seq, (SELECT first_seq FROM recorder) FROM field WHERE id = %s"
_DELETE = (
    "DELETE FROM field_value WHERE (field, hash, seq) IN"
    f" (SELECT field, hash, seq FROM field_value WHERE field = %s LIMIT {BATCH})"
)


@contextlib.contextmanager
def _owning(url: str, ask_password: AskPassword | None) -> Iterator[tuple[Connection, ArchiveAddress]]:
    address = read_address(url)
    with connect(address, SessionPurpose.MANAGING, ask_password) as db:
        must_fit(db, address)
        try:
            yield db, address
        except psycopg.Error as error:
            raise failure(error, address.shown, "indexed") from error


def indexed_fields(url: str, ask_password: AskPassword | None = None) -> list[IndexedField]:
    """Return the declared fields, and how many entries each has still to be added for. Raises CaptureError."""
    with _owning(url, ask_password) as (db, _address):
        return [IndexedField(read(kind), read(name), int(left)) for kind, name, left in db.execute(_LIST)]


def add_field(
    url: str, kind: str, name: str, ask_password: AskPassword | None = None, *, progress: Callable[[int, int], bool]
) -> int:
    """Declare a field, and add older entries; ``progress(done, total)`` returns False to leave the rest for later.

    Return how many entries are left. Raises CaptureError.
    """
    if not is_field_name(name):
        raise CaptureError(f"{one_line(name)} is not a name that an element can have: a field is one without a prefix.")
    with _owning(url, ask_password) as (db, address):
        field, kind_id = _declared(db, address, kind, name)
        with ArchiveReader(address, ask_password) as reader:
            return _Filling(db, reader, (field, kind_id), (kind, name)).run(progress)


def _declared(db: Connection, address: ArchiveAddress, kind: str, name: str) -> tuple[int, int]:
    """Return the ids of a field, declared where it is not yet, and of its type."""
    with db.transaction():
        # Its lock comes before all others, as a writer's does.
        ((last,),) = db.execute(_CHANGED).fetchall()
        kind_id = ArchiveInterner().type_id(db, kind)
        row = db.execute(_FIND, (kind_id, name)).fetchone()
        if row is None:
            ((count,),) = db.execute("SELECT count(*) FROM field").fetchall()
            if count >= MOST_FIELDS:
                raise CaptureError(f"{address.shown} has {count:,} declared fields, and no room for more. Drop some.")
            row = db.execute(_DECLARE, (kind_id, name, last + 1)).fetchone()
    return (int(row[0]) if row else 0), kind_id


class _Filling:
    """Adds the entries that were there before a field was declared."""

    def __init__(self, db: Connection, reader: ArchiveReader, ids: tuple[int, int], names: tuple[str, str]) -> None:
        self._db, self._reader = db, reader
        self._field, self._kind_id = ids
        self._kind, self._name = names
        self._bodies = BodyHashes()

    def run(self, progress: Callable[[int, int], bool]) -> int:
        total = self._left()
        left = total
        while left and progress(total - left, total):
            self._add_batch()
            left = self._left()
        if not left:
            progress(total, total)
        return left

    def _reached(self) -> tuple[int, int]:
        """Return from which entry on the index is complete, and the first entry. Raises CaptureError."""
        row = self._db.execute(_REACHED, (self._field,)).fetchone()
        if row is None:
            raise CaptureError(f"{self._kind} {self._name} was dropped meanwhile.")
        return int(row[0]), int(row[1])

    def _left(self) -> int:
        reached, first = self._reached()
        return max(0, reached - first)

    def _add_batch(self) -> None:
        reached, first = self._reached()
        low = max(first, reached - BATCH)
        rows = list(self._rows(low, reached - 1))
        with self._db.transaction():
            # What is lost by a crash of the server is gone through again.
            self._db.execute("SET LOCAL synchronous_commit = off")
            moved = self._db.execute(
                "UPDATE field SET first_seq = %s WHERE id = %s AND first_seq = %s", (low, self._field, reached)
            )
            if moved.rowcount:  # else another process added it
                copy_values(self._db, rows)

    def _rows(self, first: int, last: int) -> Iterator[bytes]:
        for events in self._reader.scan(first, last, types={self._kind, ""}, properties=False):
            for sequence, kind, body, _properties in events:
                for found in self._bodies.of(body, self._name, decoded=bool(kind)):
                    yield value_row(self._field, found, sequence)


def drop_field(url: str, kind: str, name: str, ask_password: AskPassword | None = None) -> None:
    """Take a field out of the index. Raises CaptureError where there is no such field."""
    with _owning(url, ask_password) as (db, address):
        with db.transaction():
            db.execute(_CHANGED)
            row = db.execute(_FIND, (ArchiveInterner().type_id(db, kind), name)).fetchone()
            if row is None:
                raise CaptureError(f"{address.shown} has no declared field {one_line(kind)} {one_line(name)}.")
            db.execute("DELETE FROM field WHERE id = %s", (row[0],))
        # Only now: a reader that has read before that the field is declared looks again afterwards.
        while db.execute(_DELETE, (row[0],)).rowcount:
            pass
