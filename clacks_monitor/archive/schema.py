"""The archive's tables: making them, bringing them up to date, and checking that they are what they should be.

Each migration is a file of SQL, run in one transaction; the number of the last one is the archive's format. Thread:
that which calls.
"""

from __future__ import annotations

import contextlib
import time
import uuid
from importlib import resources
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from clacks_monitor.archive.connecting import connect
from clacks_monitor.archive.failures import failure, refusal
from clacks_monitor.core.storage_errors import CaptureError, CaptureTooNewError
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.archive.connecting import Connection, SessionPurpose
    from clacks_monitor.core.archives import AskPassword

MIGRATIONS = ("0001_archive.sql", "0002_copies.sql", "0003_fields.sql")
FORMAT = len(MIGRATIONS)
ROLES = ("clacks_recorder", "clacks_monitor")
PARTITION = 10_000_000
"""Entries of a partition: some gigabytes."""
_COLUMNS = """
SELECT c.relname::text, a.attname::text, pg_catalog.format_type(a.atttypid, NULL), c.relkind::text, c.relrowsecurity
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname = 'clacks' AND a.attnum > 0 AND NOT a.attisdropped AND c.relname::text = ANY(%s)
LIMIT 1000
"""
_ODD_PARTITIONS = """
SELECT c.relname::text FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_class p ON p.oid = i.inhparent
JOIN pg_namespace n ON n.oid = p.relnamespace
WHERE n.nspname = 'clacks' AND p.relname IN ('entry', 'body', 'field_value')
    AND (c.relkind <> 'r' OR c.relnamespace <> n.oid)
LIMIT 10
"""
_ENTRIES_OF_A_PAGE = 292
"""More entries than a page of 8 KB can hold: each takes 28 bytes besides its columns."""
_TOO_MANY = """
SELECT r.first_seq, r.last_seq, r.last_seq - r.first_seq >= %s * (
    SELECT coalesce(sum(pg_catalog.pg_relation_size(i.inhrelid)), 0) / 8192 + 1
    FROM pg_inherits i WHERE i.inhparent = 'clacks.entry'::regclass
) FROM recorder r
"""
_LONG, _INT, _SHORT, _TEXT, _BYTES, _TRUTH = "bigint", "integer", "smallint", "text", "bytea", "boolean"
TABLES: dict[str, dict[str, str]] = {
    "meta": {"key": _TEXT, "value": _TEXT},
    "recorder": dict.fromkeys(("term", "beat", "first_seq", "last_seq", "partition_end", "fields"), _LONG)
    | {"id": _SHORT, "node": _TEXT},
    "position": {"source": _TEXT, "place": _TEXT, "changed": _LONG},
    "type": {"id": _INT, "digest": _BYTES, "name": _TEXT},
    "source": {"id": _INT, "digest": _BYTES}
    | dict.fromkeys(("connection", "subject", "content_type", "user_id", "body_kind"), _TEXT),
    "entry": {"seq": _LONG, "wall": _LONG, "kind": _SHORT}
    | dict.fromkeys(("type", "source", "size", "line", "col"), _INT)
    | dict.fromkeys(("summary", "problem", "problem_kind"), _TEXT),
    "body": {"type": _INT, "packing": _INT, "body": _BYTES}
    | dict.fromkeys(("seq", "monotonic", "created"), _LONG)
    | dict.fromkeys(("message_id", "properties"), _TEXT),
    "copy": {"seq": _LONG, "first": _LONG},
    "gap": {"seq": _LONG, "start": _LONG, "lost": _LONG, "cause": _TEXT, "detail": _TEXT},
    "note": {"seq": _LONG, "changed": _LONG, "mark": _TRUTH, "comment": _TEXT, "author": _TEXT},
    "snapshot": {"id": _INT, "taken": _LONG, "content": _BYTES} | dict.fromkeys(("kind", "name", "digest"), _TEXT),
    "tally": {"minute": _LONG, "type": _INT, "kind": _SHORT, "count": _LONG, "last": _LONG},
    "field": {"id": _INT, "type": _INT, "name": _TEXT, "first_seq": _LONG},
    "field_value": {"field": _INT, "hash": _LONG, "seq": _LONG},
    "segment": dict.fromkeys(("first_seq", "last_seq", "first_wall", "last_wall"), _LONG),
}
"""Columns and their types, by table."""
_PARTITIONED = frozenset({"entry", "body", "field_value"})


def _text_of(name: str) -> str:
    return resources.files(__package__).joinpath("migrations", name).read_text(encoding="utf-8")


@contextlib.contextmanager
def _managing(address: ArchiveAddress, doing: str) -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise failure(error, address.shown, doing) from error


def init(db: Connection, address: ArchiveAddress, *, partition: int = PARTITION) -> None:
    """Make the tables and roles of an archive, all or nothing. Raises CaptureError."""
    with _managing(address, "made"), db.transaction():
        ((encoding,),) = db.execute("SHOW server_encoding").fetchall()
        if encoding != "UTF8":
            raise CaptureError(
                f"{address.shown} cannot be made: the database has the encoding {encoding}."
                " Create it by: CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0."
            )
        if db.execute("SELECT 1 FROM pg_namespace WHERE nspname = 'clacks'").fetchone():
            raise CaptureError(
                f"{address.shown} has a schema clacks already, so it is left as it is. clacks-monitor archive check URL"
                " says what it is."
            )
        present = {
            row[0] for row in db.execute("SELECT rolname::text FROM pg_roles WHERE rolname = ANY(%s)", (list(ROLES),))
        }
        for role in ROLES:
            if role not in present:
                db.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(role)))
        _apply(db, 0)
        facts = {"id": uuid.uuid4().hex, "created_ns": str(time.time_ns()), "program": "clacks-monitor"}
        facts["partition"] = str(partition)
        for key, value in facts.items():
            db.execute("INSERT INTO clacks.meta VALUES (%s, %s)", (key, value))
        db.execute("SELECT clacks.add_partition()")


def _apply(db: Connection, number: int) -> None:
    """Run the migrations after ``number``, in the caller's transaction."""
    for name in MIGRATIONS[number:]:
        db.execute(_text_of(name))
    db.execute(
        "INSERT INTO clacks.meta VALUES ('format', %s) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (str(FORMAT),),
    )


def migrate(db: Connection, address: ArchiveAddress) -> tuple[int, int]:
    """Bring an archive up to date, all or nothing; return the formats before and after. Raises CaptureError."""
    with _managing(address, "brought up to date"), db.transaction():
        number = _format(db, address)
        if number < FORMAT:
            _apply(db, number)
    return number, FORMAT


def _format(db: Connection, address: ArchiveAddress) -> int:
    """Return the archive's format. Raises CaptureError where there is none, or a later one."""
    found = db.execute(
        "SELECT has_schema_privilege(oid, 'USAGE') FROM pg_namespace WHERE nspname = 'clacks'"
    ).fetchone()
    if found is None:
        raise CaptureError(
            f"{address.shown} is a database without an archive in it. Its administrator makes one by: clacks-monitor"
            " archive init URL"
        )
    if not found[0]:
        raise refusal(address.shown, "opened", "it may not use the schema clacks")
    row = db.execute("SELECT left(value, 10) FROM meta WHERE key = 'format'").fetchone()
    text = row[0] if row else ""
    number = int(text) if isinstance(text, str) and text.isdecimal() else 0
    if number < 1:
        raise CaptureError(f"{address.shown} has a schema clacks that is not an archive's: it names no format.")
    if number > FORMAT:
        raise CaptureTooNewError(
            f"{address.shown} has archive format {number}; this version knows formats up to {FORMAT}. Install a newer"
            " one."
        )
    return number


def connect_to_archive(
    address: ArchiveAddress, purpose: SessionPurpose, ask_password: AskPassword | None = None
) -> Connection:
    """Return a connection to what is an archive of this version. Raises CaptureError."""
    db = connect(address, purpose, ask_password)
    try:
        must_fit(db, address)
    except BaseException:
        db.close()
        raise
    return db


def must_fit(db: Connection, address: ArchiveAddress) -> None:
    """Raise CaptureError unless the archive has this version's format, tables and possible numbers."""
    with _managing(address, "opened"):
        number = _format(db, address)
        if number < FORMAT:
            raise CaptureError(
                f"{address.shown} has the older format {number}. Its administrator brings it up to date by:"
                " clacks-monitor archive migrate URL"
            )
        odd = _odd_tables(db) or [row[0] for row in db.execute(_ODD_PARTITIONS)]
        if odd:
            raise CaptureError(
                f"{address.shown} is laid out in another way than archives are ({one_line(', '.join(odd[:5]), 200)}),"
                " so it is not opened."
            )
        row = db.execute(_TOO_MANY, (_ENTRIES_OF_A_PAGE,)).fetchone()
    if row is None or row[0] < 1 or row[1] < row[0] - 1 or row[2]:
        raise CaptureError(
            f"The numbers of the entries in {address.shown[0].lower()}{address.shown[1:]} are none that an archive has:"
            " they begin at 1 or above and have no holes."
        )


def _odd_tables(db: Connection) -> list[str]:
    """Return the tables that are missing, are none, or have other columns than they should."""
    found: dict[str, dict[str, str]] = {}
    odd = set[str]()
    for table, column, kind, relation, secured in db.execute(_COLUMNS, (list(TABLES),)):
        found.setdefault(table, {})[column] = kind
        if secured or relation != ("p" if table in _PARTITIONED else "r"):
            odd.add(table)
    return sorted(odd | {table for table, columns in TABLES.items() if found.get(table) != columns})
