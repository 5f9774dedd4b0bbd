"""Going to a time: the table segment says where it is, and only there entries are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clacks_monitor.storage.encoding import bounded

if TYPE_CHECKING:
    from clacks_monitor.archive.connecting import Connection

FIRST_SINCE = """
SELECT wall, seq FROM (
    (SELECT e.wall, e.seq FROM segment s CROSS JOIN LATERAL (
        SELECT wall, seq FROM entry WHERE seq BETWEEN s.first_seq AND s.last_seq AND wall >= %(wall)s
        ORDER BY wall, seq LIMIT 1
    ) e
    WHERE int8range(s.first_wall, nullif(s.last_wall, 9223372036854775807), '[]') @> %(wall)s::bigint
    ORDER BY e.wall, e.seq LIMIT 1)
    UNION ALL
    (SELECT e.wall, e.seq FROM (
        SELECT first_seq, last_seq, first_wall FROM segment WHERE first_wall >= %(wall)s
        ORDER BY first_wall, first_seq LIMIT 1
    ) s CROSS JOIN LATERAL (
        SELECT wall, seq FROM entry WHERE seq BETWEEN s.first_seq AND s.last_seq AND wall = s.first_wall
        ORDER BY seq LIMIT 1
    ) e)
) found ORDER BY wall, seq LIMIT 1
"""
"""The first entry, by time and number, at or after a time.

Each LATERAL with its LIMIT is planned by itself, as a look into one segment. As a join it is left to the planner's
estimates, which are poor for a table that was not analysed yet: it read the whole table.
"""


def first_since(db: Connection, wall_ns: int) -> int:
    """Return the first entry at or after ``wall_ns``, 0 where there is none."""
    row: tuple[Any, ...] | None = db.execute(FIRST_SINCE, {"wall": bounded(wall_ns)}).fetchone()
    return int(row[1]) if row else 0
