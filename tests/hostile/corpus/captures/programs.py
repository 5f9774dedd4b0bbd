"""What SQLite would run or compute: triggers, views, virtual tables, expressions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.hostile.corpus.captures.case import LOOP, HostileCapture, by_sql, named

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELETE = "BEGIN DELETE FROM entry; DELETE FROM body; END"
_PROGRAMS = {
    "trigger": f"CREATE TRIGGER t AFTER INSERT ON entry {_DELETE}",
    "trigger named like SQLite's": f"CREATE TRIGGER sqliteXt AFTER INSERT ON note {_DELETE}",
    "trigger named like an index": f'CREATE TRIGGER "sqlite-autoindex_type_1" AFTER UPDATE ON note {_DELETE}',
    "trigger on notes": f"CREATE TRIGGER sqlite0n BEFORE INSERT ON note {_DELETE}",
    "temporary trigger's name": f'CREATE TRIGGER "entry_walls" AFTER INSERT ON tally {_DELETE}',
    "view": "CREATE VIEW sqliteXv AS SELECT hex(zeroblob(100000000))",
    "view in place of a table": f"DROP TABLE note; CREATE VIEW note AS {LOOP} SELECT i AS seq, 1 AS mark,"
    " '' AS comment, 0 AS changed FROM n",
    "view of the gaps": "ALTER TABLE gap RENAME TO sqliteXgap; CREATE VIEW gap AS SELECT * FROM sqliteXgap",
    "index that computes": "CREATE INDEX sqliteXi ON entry (hex(summary))",
    "partial index that computes": "CREATE INDEX sqliteXp ON entry (seq) WHERE length(hex(summary)) > 3",
    "virtual table": "CREATE VIRTUAL TABLE sqliteXv USING fts5(x)",
    "r-tree": "CREATE VIRTUAL TABLE sqliteXr USING rtree(id, a, b)",
    "computed column": "DROP TABLE note; CREATE TABLE note (seq INTEGER PRIMARY KEY, mark INTEGER NOT NULL,"
    " comment TEXT AS (hex(zeroblob(500000000))), changed INTEGER NOT NULL)",
    "check that computes": "DROP TABLE meta; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL"
    " CHECK (length(hex(zeroblob(100000000))) > 1)) STRICT, WITHOUT ROWID",
    "default that computes": "DROP TABLE meta; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL"
    " DEFAULT (hex(zeroblob(1))))",
    "5,000 tables": f"BEGIN;{''.join(f'CREATE TABLE sqliteX{n} (a);' for n in range(5_000))}COMMIT",
}
_IN_A_LAYOUT = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE seq <> NEW.seq; END",
    "a trigger by the name of SQLite's own, but for a wildcard": "CREATE TRIGGER sqliteXt AFTER INSERT ON entry BEGIN"
    " DELETE FROM entry WHERE seq <> NEW.seq; END",
    "a trigger on the marks": "CREATE TRIGGER t BEFORE UPDATE ON note BEGIN DELETE FROM body; END",
    "a view beside": "CREATE VIEW v AS SELECT * FROM entry",
    "a view in place of a table": "ALTER TABLE gap RENAME TO was; CREATE VIEW gap AS SELECT 1 AS seq, 1 AS start,"
    " 'x' AS cause, '' AS detail, 1 AS lost",
    "a view that never ends": f"DROP TABLE note; CREATE VIEW note AS {LOOP} SELECT i AS seq, 1 AS mark, '' AS comment"
    " FROM n",
    "a virtual table": "CREATE VIRTUAL TABLE v USING fts5(x)",
    "a virtual table by a name like SQLite's": "CREATE VIRTUAL TABLE sqliteXv USING fts5(x)",
    "a computed column": "DROP TABLE note; CREATE TABLE note (seq INTEGER PRIMARY KEY, mark INTEGER NOT NULL, comment"
    " TEXT AS (hex(zeroblob(500000000))), changed INTEGER NOT NULL)",
    "a default that computes": "DROP TABLE meta; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL DEFAULT"
    " (hex(zeroblob(1))))",
    "an index that computes": "CREATE INDEX i ON entry (hex(summary))",
    "a partial index": "CREATE INDEX i ON entry (seq) WHERE summary LIKE '%a%'",
    "a check": "DROP TABLE note; CREATE TABLE note (seq INTEGER PRIMARY KEY, mark INTEGER NOT NULL, comment TEXT NOT"
    " NULL CHECK (length(hex(zeroblob(100000000))) > 0), changed INTEGER NOT NULL) STRICT",
}


def programs() -> Iterator[HostileCapture]:
    """Return all of them."""
    for name, sql in _PROGRAMS.items():
        yield HostileCapture(name, by_sql(sql), "layout", runs="trigger" in name)
    for case in named("layout", {name: by_sql(sql) for name, sql in _IN_A_LAYOUT.items()}):
        yield replace(case, runs="trigger" in case.name)
