"""Marks, comments and snapshots of a capture. Part of a reader: same owner, same thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.captures import queries
from clacks_monitor.core.store import Snapshot, SnapshotKind
from clacks_monitor.storage.shapes import DamagedValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.captures.reading import ReadConnection

LONGEST_SNAPSHOT = 64 * 1024 * 1024
LONGEST_COMMENTS = 256_000_000
"""Characters of all comments together."""


class SqlNoteReader:
    """Reads the marks and comments of a span of entries, and the snapshots."""

    def __init__(self, connection: ReadConnection, span: Callable[[], tuple[int, int]]) -> None:
        """``span`` returns the first and last number that a mark or comment may be on."""
        self._file = connection
        self._span = span

    def marks(self) -> list[int]:
        """Return the sequence numbers of marked entries, in order."""
        return self._numbers("SELECT seq FROM note WHERE mark = 1 AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?")

    def gap_sequences(self) -> list[int]:
        """Return the sequence numbers of gaps, in order."""
        return self._numbers("SELECT seq FROM gap WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?")

    def _numbers(self, sql: str) -> list[int]:
        low, high = self._span()
        with self._file.reading() as db:
            return [int(row[0]) for row in db.execute(sql, (low, high, high - low + 1))]

    def comments(self) -> dict[int, str]:
        """Return all comments by sequence number, in order."""
        found, size = dict[int, str](), 0
        with self._file.reading() as db:
            for sequence, comment in db.execute(queries.COMMENTS, self._span()):
                size += len(comment)
                if size > LONGEST_COMMENTS:
                    raise DamagedValueError("its comments are longer than any that can have been written")
                found[sequence] = comment
        return found

    def snapshots(self, kind: SnapshotKind) -> Iterator[Snapshot]:
        """Yield the snapshots of one kind, oldest first; each is read when it is wanted."""
        with self._file.reading() as db:
            wanted = [
                int(row[0]) for row in db.execute("SELECT id FROM snapshot WHERE kind = ? ORDER BY taken, id", (kind,))
            ]
        for number in wanted:
            with self._file.reading(LONGEST_SNAPSHOT) as db:
                row = db.execute(queries.SNAPSHOT, (number,)).fetchone()
                found = Snapshot(kind, *queries.SNAPSHOT_SHAPE(row)) if row else None
            if found is not None:
                yield found
