"""Marks, comments and snapshots of an archive: reading them belongs to a reader, writing to the store."""

from __future__ import annotations

import hashlib
import time
from typing import TYPE_CHECKING

from clacks_monitor.archive.texts import read, stored
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.core.store import Snapshot, SnapshotKind
from clacks_monitor.storage.encoding import LONGEST_TEXT, clean
from clacks_monitor.storage.shapes import DamagedValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clacks_monitor.archive.reading import ReadingConnection
    from clacks_monitor.archive.writing import WritingConnection

LONGEST_SNAPSHOT = 64 * 1024 * 1024
LONGEST_COMMENTS = 256_000_000
"""Characters of all comments together."""
_COMMENTS = 1_000
"""Comments that are read at once."""
NOTES_CHANNEL = "clacks_note"
"""The name under which readers are notified of notes."""
# Author and time are the database's to write. A note that is taken back stays, empty, so that others see the change.
_NOTE = (
    "INSERT INTO note (seq, mark, comment) VALUES (%s, %s, %s) ON CONFLICT (seq) DO UPDATE SET"
    " mark = excluded.mark, comment = excluded.comment"
)
_MARK = "INSERT INTO note (seq, mark, comment) VALUES (%s, %s, '') ON CONFLICT (seq) DO UPDATE SET mark = excluded.mark"
_NOTIFY = "SELECT pg_notify(%s, '')"
_SELECT_COMMENTS = (
    f"SELECT seq, left(comment, {LONGEST_TEXT}) FROM note WHERE comment <> '' AND seq BETWEEN %s AND %s"
    " ORDER BY seq LIMIT %s"
)
_SNAPSHOT = (
    f"SELECT left(name, {LONGEST_TEXT}), taken, CASE WHEN octet_length(content) <= {LONGEST_SNAPSHOT} THEN content END"
    " FROM snapshot WHERE id = %s"
)
_KEEP = (
    "INSERT INTO snapshot (kind, name, taken, digest, content) SELECT %(kind)s, %(name)s, %(taken)s, %(digest)s,"
    " %(content)s WHERE NOT EXISTS"
    " (SELECT 1 FROM snapshot WHERE digest = %(digest)s AND kind = %(kind)s AND name = %(name)s)"
)


class ArchiveNoteReader:
    """Implements core.store.NoteReader, where its methods are described."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._db = connection

    def marks(self) -> list[int]:
        return self._numbers("SELECT seq FROM note WHERE mark AND seq BETWEEN %s AND %s ORDER BY seq LIMIT %s")

    def gap_sequences(self) -> list[int]:
        return self._numbers("SELECT seq FROM gap WHERE seq BETWEEN %s AND %s ORDER BY seq LIMIT %s")

    def _numbers(self, statement: str) -> list[int]:
        low, high = self._db.bounds()
        return [int(row[0]) for row in self._db.rows(statement, (low, high, high - low + 1))]

    def comments(self) -> dict[int, str]:
        found, size = dict[int, str](), 0
        low, high = self._db.bounds()
        while part := self._db.rows(_SELECT_COMMENTS, (low, high, _COMMENTS)):
            with self._db.reading():
                for sequence, comment in part:
                    size += len(comment)
                    found[sequence] = read(comment)
                if size > LONGEST_COMMENTS:
                    raise DamagedValueError("its comments are longer than any that can have been written")
            low = part[-1][0] + 1
        return found

    def snapshots(self, kind: SnapshotKind) -> Iterator[Snapshot]:
        wanted = self._db.rows("SELECT id FROM snapshot WHERE kind = %s ORDER BY taken, id LIMIT 1000000", (str(kind),))
        for (number,) in wanted:
            rows = self._db.rows(_SNAPSHOT, (number,))
            if rows:
                name, taken, content = rows[0]
                with self._db.reading():
                    if content is None:
                        raise DamagedValueError("a snapshot is longer than any that is kept")
                yield Snapshot(kind, read(name), taken, content)


class ArchiveNoteWriter:
    """Implements core.store.NoteWriter, where its methods are described."""

    def __init__(self, connection: WritingConnection) -> None:
        self._db = connection

    def annotate(self, sequence: int, *, mark: bool | None = None, comment: str | None = None) -> None:
        with self._db.writing() as db, db.transaction():
            if db.execute("SELECT 1 FROM entry WHERE seq = %s", (sequence,)).fetchone() is None:
                raise CaptureError(f"{self._db.address.shown} has no entry {sequence}.")
            row = db.execute("SELECT mark, comment FROM note WHERE seq = %s FOR UPDATE", (sequence,)).fetchone()
            marked = bool(row and row[0]) if mark is None else mark
            text = str(row[1] if row else "") if comment is None else stored(clean(comment))
            db.execute(_NOTE, (sequence, marked, text))
            db.execute(_NOTIFY, (NOTES_CHANNEL,))

    def mark_all(self, sequences: Iterable[int], *, mark: bool) -> None:
        self._write(_MARK, [(sequence, mark) for sequence in sequences])

    def annotate_all(self, notes: Iterable[tuple[int, bool, str]]) -> None:
        self._write(_NOTE, [(sequence, mark, stored(clean(comment))) for sequence, mark, comment in notes])

    def _write(self, statement: str, rows: Sequence[tuple[object, ...]]) -> None:
        with self._db.writing() as db, db.transaction(), db.cursor() as cursor:
            cursor.executemany(statement, rows)
            cursor.execute(_NOTIFY, (NOTES_CHANNEL,))

    def snapshot(self, kind: SnapshotKind, name: str, content: bytes, *, taken_ns: int = 0) -> None:
        values = {"kind": str(kind), "name": stored(clean(name)), "taken": taken_ns or time.time_ns()}
        with self._db.writing() as db:
            db.execute(_KEEP, values | {"digest": hashlib.sha256(content).hexdigest(), "content": content})
