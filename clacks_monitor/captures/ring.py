"""The ring: a capture that stays within a size, an age or a number of entries by letting the oldest go.

Runs on the thread that appends, under the capture's lock; each step removes few entries, so that appending is not
delayed.
"""

from __future__ import annotations

import sqlite3
import time
from typing import TYPE_CHECKING

from clacks_monitor.captures.layout import MINUTE_OF
from clacks_monitor.captures.short_rows import short_rows
from clacks_monitor.storage.limits import limits_from, text_of_limits

if TYPE_CHECKING:
    from clacks_monitor.core.store import Retention

CHECK_EVERY = 256
STEP = 5_000
_SECOND = 1_000_000_000
_UNCOUNT = (
    f"INSERT INTO tally SELECT {MINUTE_OF}, type, kind, -count(*) FROM entry"
    " WHERE seq < ? AND type IS NOT NULL GROUP BY 1, 2, 3"
    " ON CONFLICT (minute, type, kind) DO UPDATE SET count = count + excluded.count"
)


def stored(db: sqlite3.Connection) -> Retention | None:
    """Return the limits that a capture was given, None for none; what cannot be read is none."""
    try:
        with short_rows(db):
            row = db.execute("SELECT value FROM meta WHERE key = 'ring'").fetchone()
    except sqlite3.DataError:
        return None
    return limits_from(row[0]) if row else None


def store(db: sqlite3.Connection, limits: Retention | None) -> None:
    """Let a capture remember its limits."""
    if limits is None:
        db.execute("DELETE FROM meta WHERE key = 'ring'")
        return
    db.execute("INSERT OR REPLACE INTO meta VALUES ('ring', ?)", (text_of_limits(limits),))


class Ring:
    """Keeps a capture within limits as entries are added. Methods raise sqlite3.Error."""

    def __init__(self, limits: Retention | None = None) -> None:
        self.limits = limits
        self._pending = 0
        """Entries that were added since the limits were last checked."""

    def trim(self, db: sqlite3.Connection, added: int) -> None:
        """Let the oldest entries go where a limit is passed, now that ``added`` entries have come."""
        if self.limits is None:
            return
        self._pending += added
        if self._pending < CHECK_EVERY:
            return
        pending, self._pending = self._pending, 0
        before = _boundary(db, self.limits, pending)
        if before:
            remove_before(db, before)


def _boundary(db: sqlite3.Connection, limits: Retention, added: int) -> int:
    """Return the sequence number before which entries go, 0 where none need go.

    The newest entry always stays, so that sequence numbers are never used twice.
    """
    row = db.execute("SELECT (SELECT min(seq) FROM entry), (SELECT max(seq) FROM entry)").fetchone()
    if row[0] is None:
        return 0
    first, last = int(row[0]), int(row[1])
    wanted = max(_by_count(limits, last), _by_age(db, limits), _by_size(db, limits, first, last), first)
    # Twice what came in, at least: a ring that was made smaller gets there without ever stopping for long.
    wanted = min(wanted, last, first + max(STEP, 2 * added))
    return wanted if wanted > first else 0


def _by_count(limits: Retention, last: int) -> int:
    return last - limits.max_count + 1 if limits.max_count else 0


def _by_age(db: sqlite3.Connection, limits: Retention) -> int:
    if not limits.max_age_s:
        return 0
    oldest = time.time_ns() - int(limits.max_age_s * _SECOND)
    row = db.execute(
        "SELECT max(seq) FROM (SELECT seq FROM entry WHERE wall < ? ORDER BY wall DESC LIMIT 1)", (oldest,)
    )
    (newest_too_old,) = row.fetchone()
    return int(newest_too_old) + 1 if newest_too_old is not None else 0


def used_bytes(db: sqlite3.Connection) -> int:
    """Return how many bytes of the file hold something; pages of removed entries are used again first."""
    (pages,), (free,), (size,) = (
        db.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "freelist_count", "page_size")
    )
    return int((pages - free) * size)


def _by_size(db: sqlite3.Connection, limits: Retention, first: int, last: int) -> int:
    if not limits.max_bytes:
        return 0
    used = used_bytes(db)
    if used <= limits.max_bytes:
        return 0
    count = last - first + 1
    return first + min(count, count * (used - limits.max_bytes) // used + CHECK_EVERY)


def remove_before(db: sqlite3.Connection, sequence: int) -> None:
    """Remove all entries before ``sequence`` with what belongs to them, in one transaction."""
    db.execute("BEGIN IMMEDIATE")
    db.execute(_UNCOUNT, (sequence,))
    db.execute("DELETE FROM tally WHERE count <= 0")
    for table in ("entry", "body", "gap", "note", "copy"):
        db.execute(f"DELETE FROM {table} WHERE seq < ?", (sequence,))
    db.execute("COMMIT")
