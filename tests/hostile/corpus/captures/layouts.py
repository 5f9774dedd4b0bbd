"""Descriptions of tables that were changed by hand, other tables, other formats."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.corpus.captures.case import HostileCapture, by_sql, named

if TYPE_CHECKING:
    from collections.abc import Iterator

_DESCRIPTIONS = {
    "table of another text": "UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'entry'",
    "table described with megabytes": "UPDATE sqlite_schema SET sql = replace(sql, 'seq', 'seq'"
    " || substr(hex(zeroblob(3000000)), 1)) WHERE name = 'note'",
    "schema without text": "UPDATE sqlite_schema SET sql = CAST(x'ff80fe' AS TEXT) WHERE name = 'note'",
    "two tables on one page": "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
    " WHERE name = 'body') WHERE name = 'entry'",
    "table on no page": "UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'entry'",
    "index of another table": "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
    " WHERE name = 'type') WHERE name = 'entry_wall'",
}
_OTHERS = {
    "later format": "PRAGMA user_version = 99",
    "format 1": "DROP TABLE tally; DROP INDEX entry_trouble; PRAGMA user_version = 1",
    "negative format": "PRAGMA user_version = -7",
    "another program's": "PRAGMA application_id = 1",
    "missing table": "DROP TABLE snapshot",
    "auto vacuum": "PRAGMA auto_vacuum = FULL; VACUUM",
    "UTF-16": "SELECT 1",
}
_LAYOUTS = {
    "one table more": "CREATE TABLE more (x)",
    "one column more": "ALTER TABLE entry ADD COLUMN more INTEGER",
    "one table less": "DROP TABLE snapshot",
    "one index less": "DROP INDEX entry_type",
    "2,000 tables": "".join(f"CREATE TABLE t{n} (x);" for n in range(2_000)),
    "a later format": "PRAGMA user_version = 4",
    "a format below zero": "PRAGMA user_version = -1",
    "another application's": "PRAGMA application_id = 1",
}
_SCHEMAS = {
    "a trigger that is called a table": "INSERT INTO sqlite_schema VALUES ('trigger', 'sqlite_t', 'entry', 0,"
    " 'CREATE TRIGGER sqlite_t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE seq <> NEW.seq; END')",
    "two tables on the same page": "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name"
    " = 'entry') WHERE name = 'body'",
    "a table on the first page": "UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'note'",
    "a table on no page": "UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'note'",
    "a statement of a megabyte": "UPDATE sqlite_schema SET sql = sql || ' -- ' || hex(zeroblob(500000)) WHERE name ="
    " 'note'",
    "a statement that is none": "UPDATE sqlite_schema SET sql = 'CREATE TABLE note (' WHERE name = 'note'",
    "a table that is not strict": "UPDATE sqlite_schema SET sql = replace(sql, ' STRICT', '') WHERE name = 'note'",
    "a table twice": "INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE name = 'note'",
}


def layouts() -> Iterator[HostileCapture]:
    """Return all of them."""
    for name, sql in _DESCRIPTIONS.items():
        yield HostileCapture(name, by_sql(sql, unsafe=True), "description")
    for name, sql in _OTHERS.items():
        yield HostileCapture(name, by_sql(sql), "format")
    yield from named("layout", {name: by_sql(sql) for name, sql in _LAYOUTS.items()})
    yield from named("schema", {name: by_sql(sql, unsafe=True) for name, sql in _SCHEMAS.items()})
