"""Values that the program does not write: by column, and the texts of strangers wherever one is kept."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.captures import layout
from tests.hostile.corpus import texts
from tests.hostile.corpus.captures.case import HostileCapture, afterwards, by_connection, by_sql

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.hostile.bait import Lures
    from tests.hostile.corpus.captures.case import Make

_WRONG = {
    "unknown kind of problem": "UPDATE entry SET problem = 'x', problem_kind = 'nonsense'",
    "unknown kind of body": "UPDATE source SET body_kind = 'nonsense'",
    "unknown cause of a gap": "UPDATE gap SET cause = 'nonsense'",
    "properties that are not JSON": "UPDATE body SET properties = '{{{'",
    "properties of a list": "UPDATE body SET properties = '[1, 2]'",
    "properties nested": f"UPDATE body SET properties = '{'[' * 100_000}'",
    "properties of numbers": f'UPDATE body SET properties = \'{{"n": {"9" * 5_000}, "e": 1e999}}\'',
    "50,000 properties": "UPDATE body SET properties = (SELECT"
    " '{\"' || group_concat(value, '\": 1, \"') || '\": 1}'"
    " FROM json_each((SELECT json_group_array(seq) FROM entry))) WHERE seq = 1",
    "packing that lies": "UPDATE body SET packing = 1000000",
    "negative packing": "UPDATE body SET packing = -5",
    "packing of text": "UPDATE body SET packing = length(body)",
    "texts that are not UTF-8": "UPDATE entry SET summary = CAST(x'c3ff80' AS TEXT);"
    "UPDATE type SET name = CAST(x'ed' || x'a0' || x'80' AS TEXT) WHERE id > 0 AND id < 2",
    "texts with nul": "UPDATE entry SET summary = 'a' || char(0) || 'b'; UPDATE note SET comment = char(0)",
    "snapshots of strangers": "INSERT INTO snapshot SELECT NULL, 'connections', hex(randomblob(8)), 1, hex(seq),"
    " zeroblob(1000000) FROM entry LIMIT 100",
}
_ODD = {
    "is nothing": None,
    "is minus one": -1,
    "is the largest": 2**63 - 1,
    "is the least": -(2**63),
    "is a fraction": 0.5,
    "is a text": "x",
    "is bytes": b"\x00\xff",
    "is a megabyte": "x" * 1_000_000,
    "is no UTF-8": memoryview(b"\xff\xed\xa0\x80 \xc3"),
}
"""Values by name; a memoryview stands for a text of these bytes."""


def wrong_values(lures: Lures) -> Iterator[HostileCapture]:
    """Return those of a kind, and one for each text."""
    for name, sql in _WRONG.items():
        yield HostileCapture(name, by_sql(sql), "wrong value")
    for name, text in texts.small(lures).items():
        yield HostileCapture(f"texts: {name}", by_connection(partial(_everywhere, text=text)), "text")


def _everywhere(db: sqlite3.Connection, text: str) -> None:
    fit = text.replace("\0", "")
    for table, column in (
        ("entry", "summary"),
        ("entry", "problem"),
        ("gap", "detail"),
        ("note", "comment"),
        ("source", "subject"),
        ("source", "content_type"),
        ("source", "user_id"),
        ("body", "message_id"),
    ):
        db.execute(f"UPDATE {table} SET {column} = ?", (fit,))
    db.execute("UPDATE entry SET problem_kind = 'not-xml'")
    db.execute("UPDATE source SET connection = ? || id", (fit,))
    db.execute("UPDATE type SET name = ? || id", (fit,))
    db.execute("UPDATE meta SET value = ? WHERE key = 'program'", (fit,))


def values() -> Iterator[HostileCapture]:
    """Return one for each column of each table and each odd value."""
    for table, names in columns().items():
        for column in names:
            for name, value in _ODD.items():
                yield HostileCapture(f"value/{table}.{column} {name}", by_value(table, column, value), "value")


def columns() -> dict[str, list[str]]:
    """Return the columns of each table of a capture."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(layout.TABLES + layout.TALLY)
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {table: [row[1] for row in db.execute(f"PRAGMA table_info({table})")] for table in tables}


def by_value(table: str, column: str, value: object) -> Make:
    """Return what writes a value that the table forbids: its description says nothing of types while that is done."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            was = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
            loose = was.replace("STRICT, ", "").replace(" STRICT", "").replace(" NOT NULL", "")
            for name in ("INTEGER", "TEXT", "BLOB"):
                loose = loose.replace(f" {name},", ",").replace(f" {name}\n", "\n").replace(f" {name})", ")")
            db.execute("PRAGMA writable_schema = ON")
            db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (loose, table))
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            text = isinstance(value, memoryview)
            sql = f"UPDATE OR IGNORE {table} SET {column} = {'CAST(? AS TEXT)' if text else '?'}"
            with suppress(sqlite3.Error):  # a row's own number is always an integer
                db.execute(sql, (value,))
            db.execute("PRAGMA writable_schema = ON")
            db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (was, table))
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return afterwards(change)
