"""Limits of an archive: by number and age to the entry, by size in whole partitions.

Runs on the thread that appends, under the archive's lock, and needs the rights of the archive's owner.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clacks_monitor.archive.partitions import partitions, remove_before
from clacks_monitor.archive.times import first_since
from clacks_monitor.storage.limits import limits_from, text_of_limits

if TYPE_CHECKING:
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.store import Retention

CHECK_EVERY = 256
STEP = 5_000
_SECOND = 1_000_000_000
SIZE = (
    "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c"
    " WHERE c.relnamespace = 'clacks'::regnamespace AND c.relkind = 'r'"
)
_SIZE_OF = (
    "SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c"
    " WHERE c.relnamespace = 'clacks'::regnamespace AND c.relname = ANY(%s)"
)


def stored(db: Connection) -> Retention | None:
    """Return the limits that an archive was given, None for none; what cannot be read is none."""
    row = db.execute("SELECT left(value, 1000) FROM meta WHERE key = 'ring'").fetchone()
    return limits_from(row[0]) if row else None


def store(db: Connection, limits: Retention | None) -> None:
    """Let an archive remember its limits."""
    if limits is None:
        db.execute("DELETE FROM meta WHERE key = 'ring'")
        return
    db.execute(
        "INSERT INTO meta VALUES ('ring', %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (text_of_limits(limits),),
    )


class ArchiveRing:
    """Keeps an archive within limits as entries are added. Methods raise psycopg.Error."""

    def __init__(self) -> None:
        self.limits: Retention | None = None
        self._pending = 0
        """Entries that were added since the limits were last checked."""

    def trim(self, db: Connection, added: int) -> None:
        """Remove the oldest entries where a limit is passed, now that ``added`` entries have come."""
        if self.limits is None:
            return
        self._pending += added
        if self._pending < CHECK_EVERY:
            return
        pending, self._pending = self._pending, 0
        row = db.execute("SELECT first_seq, last_seq FROM recorder").fetchone()
        first, last = row or (1, 0)
        wanted = max(_by_count(self.limits, last), _by_age(db, self.limits, last), first)
        # Twice what came in, at least: limits that were made smaller are reached without ever stopping for long.
        wanted = min(wanted, last, first + max(STEP, 2 * pending))
        if wanted > first:
            remove_before(db, wanted, rows=True)
        if limit := self.limits.max_bytes:
            _trim_size(db, limit)


def _by_count(limits: Retention, last: int) -> int:
    return last - limits.max_count + 1 if limits.max_count else 0


def _by_age(db: Connection, limits: Retention, last: int) -> int:
    if not limits.max_age_s:
        return 0
    return first_since(db, time.time_ns() - int(limits.max_age_s * _SECOND)) or last


def used_bytes(db: Connection) -> int:
    """Return how many bytes the archive's tables and indexes take."""
    row = db.execute(SIZE).fetchone()
    return int(row[0]) if row else 0


def _trim_size(db: Connection, limit: int) -> None:
    """Drop the oldest partition where all take more than ``limit``; the one that is written to stays."""
    parts = partitions(db)
    if len(parts) > 1 and used_bytes(db) > limit:
        remove_before(db, parts[0][1], rows=False)
