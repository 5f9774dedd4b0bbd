"""Going to a time: the table segment says where it is, and only there entries are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.storage.encoding import bounded

if TYPE_CHECKING:
    from clacks_monitor.archive.connecting import Connection

FIRST_SINCE = """
SELECT wall, seq FROM (
    (SELECT e.wall, e.seq FROM segment s JOIN entry e ON e.seq BETWEEN s.first_seq AND s.last_seq
    WHERE int8range(s.first_wall, nullif(s.last_wall, 9223372036854775807), '[]') @> %(wall)s::bigint
    AND e.wall >= %(wall)s
    ORDER BY e.wall, e.seq LIMIT 1)
    UNION ALL
    (SELECT e.wall, e.seq FROM (
        SELECT first_seq, last_seq, first_wall FROM segment WHERE first_wall >= %(wall)s
        ORDER BY first_wall, first_seq LIMIT 1
    ) s JOIN entry e ON e.seq BETWEEN s.first_seq AND s.last_seq
    WHERE e.wall = s.first_wall ORDER BY e.wall, e.seq LIMIT 1)
) found ORDER BY wall, seq LIMIT 1
"""
"""The first entry, by time and number, at or after a time."""


def first_since(db: Connection, wall_ns: int) -> int:
    """Return the first entry at or after ``wall_ns``, 0 where there is none."""
    row: tuple[Any, ...] | None = db.execute(FIRST_SINCE, {"wall": bounded(wall_ns)}).fetchone()
    return int(row[1]) if row else 0
