"""Removing old entries: whole partitions are dropped, and rows only where a limit says so. By the archive's owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from psycopg import sql

from clacks_monitor.storage.encoding import MINUTE_NS

if TYPE_CHECKING:
    from clacks_monitor.archive.connecting import Connection

_NAMES = (
    "SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
    " WHERE i.inhparent = 'clacks.entry'::regclass"
)
# Like Python's, the minute of a negative time is that below it.
_MINUTE = f"(wall / {MINUTE_NS} - (wall % {MINUTE_NS} < 0)::integer)"
_UNCOUNT = (
    "UPDATE tally t SET count = t.count - gone.n FROM"
    " (SELECT {minute} AS minute, type, kind, count(*) AS n FROM {table} WHERE seq < {before} AND type IS NOT NULL"
    " GROUP BY 1, 2, 3) gone"
    " WHERE (t.minute, t.type, t.kind) = (gone.minute, gone.type, gone.kind)"
)
_SHORTEN = (
    "UPDATE segment s SET (first_wall, last_wall) ="
    " (SELECT min(wall), max(wall) FROM entry WHERE seq BETWEEN %(left)s AND s.last_seq)"
    " WHERE first_seq < %(left)s AND last_seq >= %(left)s"
)


def partitions(db: Connection) -> list[tuple[int, int]]:
    """Return the first sequence number of each partition, and the one after its last."""
    lows = sorted(int(name.rpartition("_")[2]) for (name,) in db.execute(_NAMES))
    row = db.execute("SELECT partition_end FROM recorder").fetchone()
    return list(zip(lows, [*lows[1:], row[0] if row else 0], strict=True))


def _uncount(db: Connection, table: str, before: int) -> None:
    statement = sql.SQL(_UNCOUNT).format(minute=sql.SQL(_MINUTE), table=sql.Identifier(table), before=before)
    db.execute(statement)


def _drop(db: Connection, low: int, high: int) -> None:
    _uncount(db, f"entry_{low}", high)
    for parent in ("entry", "body", "field_value"):
        part, whole = sql.Identifier("clacks", f"{parent}_{low}"), sql.Identifier("clacks", parent)
        db.execute(sql.SQL("ALTER TABLE {} DETACH PARTITION {}").format(whole, part))
        db.execute(sql.SQL("DROP TABLE {}").format(part))


def remove_before(db: Connection, sequence: int, *, rows: bool) -> int:
    """Remove what comes before ``sequence`` in one transaction, without ``rows`` whole partitions only.

    Return the first sequence number that is left. The newest entry always stays. Rows of field_value stay until their
    partition goes: they find nothing.
    """
    with db.transaction():
        row = db.execute("SELECT first_seq, last_seq FROM recorder FOR UPDATE").fetchone()
        first, last = map(int, row or (1, 0))
        wanted, left = min(sequence, last), first
        for low, high in partitions(db):
            if high <= wanted:
                _drop(db, low, high)
                left = max(left, high)
        if rows and left < wanted:
            _uncount(db, "entry", wanted)
            for table in ("entry", "body"):
                db.execute(sql.SQL("DELETE FROM {} WHERE seq < %s").format(sql.Identifier(table)), (wanted,))
            left = wanted
        if left > first:
            _forget(db, left)
    return left


def _forget(db: Connection, left: int) -> None:
    """Remove what belonged to entries before ``left``."""
    for table in ("gap", "note", "copy"):
        db.execute(sql.SQL("DELETE FROM {} WHERE seq < %s").format(sql.Identifier(table)), (left,))
    db.execute("DELETE FROM segment WHERE last_seq < %s", (left,))
    db.execute(_SHORTEN, {"left": left})
    db.execute("DELETE FROM tally WHERE count <= 0")
    db.execute("UPDATE recorder SET first_seq = %s", (left,))
