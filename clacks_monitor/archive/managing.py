"""What an archive's administrator does: making, migrating, checking it, and dropping what is old. Any thread."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg

from clacks_monitor.archive import ring, schema
from clacks_monitor.archive.address import read_address
from clacks_monitor.archive.connecting import SessionPurpose, connect
from clacks_monitor.archive.failures import failure
from clacks_monitor.archive.partitions import partitions, remove_before
from clacks_monitor.archive.times import first_since
from clacks_monitor.core.archives import ArchiveCheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection
    from clacks_monitor.core.archives import AskPassword

_MEBIBYTE = 1024 * 1024
_PRESENT = (
    "SELECT array_agg(c.relname::text) FROM pg_class c"
    " WHERE c.relnamespace = 'clacks'::regnamespace AND c.relkind = 'r' AND c.relispartition"
)
_RIGHTS = (
    "SELECT session_user::text, pg_is_in_recovery(), has_table_privilege('entry', 'SELECT'),"
    " has_table_privilege('entry', 'INSERT'), has_column_privilege('note', 'comment', 'INSERT'),"
    " pg_has_role((SELECT relowner FROM pg_class WHERE oid = 'clacks.entry'::regclass), 'USAGE')"
)
_AHEAD_NS = 300_000_000_000


def init(url: str, ask_password: AskPassword | None = None, *, partition: int = 0) -> None:
    """Make the tables and roles of an archive. Raises CaptureError."""
    address = read_address(url)
    with connect(address, SessionPurpose.MANAGING, ask_password) as db:
        schema.init(db, address, partition=partition or schema.PARTITION)


def migrate(url: str, ask_password: AskPassword | None = None) -> tuple[int, int]:
    """Bring an archive up to date; return the formats before and after. Raises CaptureError."""
    address = read_address(url)
    with connect(address, SessionPurpose.MANAGING, ask_password) as db:
        return schema.migrate(db, address)


def drop_before(url: str, wall_ns: int, ask_password: AskPassword | None = None) -> int:
    """Drop the partitions that hold nothing at or after a time; return how many entries went. Raises CaptureError."""
    address = read_address(url)
    with connect(address, SessionPurpose.MANAGING, ask_password) as db:
        schema.must_fit(db, address)
        try:
            ((first, last),) = db.execute("SELECT first_seq, last_seq FROM recorder").fetchall()
            left = remove_before(db, first_since(db, wall_ns) or last, rows=False)
        except psycopg.Error as error:
            raise failure(error, address.shown, "shortened") from error
    return max(0, left - int(first))


def check(url: str, ask_password: AskPassword | None = None) -> ArchiveCheck:
    """Look at an archive's tables, numbers and rights. Raises CaptureError where it is none."""
    address = read_address(url)
    with connect(address, SessionPurpose.READING, ask_password) as db:
        schema.must_fit(db, address)
        try:
            return ArchiveCheck(tuple(_facts(db, address)), tuple(_problems(db)))
        except psycopg.Error as error:
            raise failure(error, address.shown, "checked") from error


def _facts(db: Connection, address: ArchiveAddress) -> Iterator[str]:
    ((first, last, term),) = db.execute("SELECT first_seq, last_seq, term FROM recorder").fetchall()
    yield f"{address.shown} has format {schema.FORMAT} and {ring.used_bytes(db) / _MEBIBYTE:,.1f} MiB."
    ((begin, end),) = db.execute("SELECT min(first_wall), max(last_wall) FROM segment").fetchall()
    if last < first:
        yield "It is empty."
    else:
        yield f"It has the entries {first:,} to {last:,}, from {_shown(begin)} to {_shown(end)}."
    yield f"Partitions: {len(partitions(db)):,}. Changes of the leading recorder: {term:,}."
    ((login, standby, reads, records, annotates, owns),) = db.execute(_RIGHTS).fetchall()
    may = ("read", reads), ("record", records), ("mark and comment", annotates), ("migrate and drop", owns)
    rights = ", ".join(name for name, allowed in may if allowed)
    yield f"The login {login} may {rights}."
    if standby:
        yield "The server is a standby: it is read from, and written to by replication only."


def _shown(wall_ns: int) -> str:
    try:
        return f"{datetime.fromtimestamp(wall_ns // 1_000_000_000, UTC):%Y-%m-%d %H:%M:%S} UTC"
    except (ValueError, OverflowError, OSError):
        return f"{wall_ns:,} ns"


def _problems(db: Connection) -> Iterator[str]:
    ((first, last, end),) = db.execute("SELECT first_seq, last_seq, partition_end FROM recorder").fetchall()
    ((size,),) = db.execute("SELECT value::bigint FROM meta WHERE key = 'partition'").fetchall()
    ((there,),) = db.execute(_PRESENT).fetchall()
    present = frozenset(there or ())
    low = 1 + (first - 1) // size * size
    for start in range(low, min(end, low + 100_000 * size), size):
        names = (f"{table}_{start}" for table in ("entry", "body", "field_value"))
        missing = [name for name in names if name not in present]
        if missing:
            yield (
                f"The partition {' and '.join(missing)} is missing: its entries are not shown, and none are recorded"
                " into it. Attach it again if it was detached, or restore it from a backup."
            )
    ((newest,),) = db.execute("SELECT max(last_wall) FROM segment").fetchall()
    if last >= first and newest is not None and newest > time.time_ns() + _AHEAD_NS:
        yield (
            f"The newest entry has a time in the future, {_shown(newest)}: the clock of a recorder was wrong. Going to"
            " a time may lead elsewhere."
        )
