"""Which entries are copies that proxies relayed. Part of a reader: same owner, same thread.

Errors as ReadConnection raises them.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from clacks_monitor.captures import queries
from clacks_monitor.core.store import MOST_DELIVERIES
from clacks_monitor.storage.shapes import Shape

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from clacks_monitor.captures.reading import ReadConnection

_PAIR: Final = Shape(seq=int, first=int)


class CopyReader:
    """Reads the table of copies, which is empty for most captures: that is found out at once."""

    def __init__(self, connection: ReadConnection) -> None:
        self._file = connection

    def between(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the number of each copy in a span with that of the entry that it repeats."""
        with self._file.reading() as db:
            return [_PAIR(row) for row in db.execute(queries.COPIES, (first, last))] if _has_copies(db) else []

    def deliveries(self, sequence: int) -> list[int]:
        """Return the numbers of all entries that are deliveries of the same message, in order."""
        with self._file.reading() as db:
            if not _has_copies(db):
                return [sequence]
            row = db.execute(queries.FIRST_DELIVERY, (sequence,)).fetchone()
            found = db.execute(queries.DELIVERIES, {"first": row[0] if row else sequence, "limit": MOST_DELIVERIES})
            return sorted({sequence, *(int(row[0]) for row in found)})

    def counts(self, db: sqlite3.Connection, sequences: Sequence[int]) -> dict[int, int]:
        """Return how often the message of each entry was delivered, where it was more than once."""
        if not _has_copies(db):
            return {}
        found = db.execute(queries.COUNTED_DELIVERIES, (json.dumps(list(sequences)),))
        return {seq: 1 + count for seq, count in map(_PAIR, found) if count}


def _has_copies(db: sqlite3.Connection) -> bool:
    """Whether there are any; a file of format 2 has no table of them."""
    (table,) = db.execute(queries.HAS_COPIES).fetchone()
    return bool(table) and db.execute("SELECT 1 FROM copy LIMIT 1").fetchone() is not None
