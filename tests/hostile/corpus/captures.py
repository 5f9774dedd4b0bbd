"""Hostile captures: files that somebody hands over. Written into a folder when wanted."""

from __future__ import annotations

import os
import sqlite3
import zlib
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from clacks_monitor.captures import Capture
from tests.helpers.entries import START, a_gap, some_events
from tests.hostile.corpus import texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tests.hostile.bait import Lures

EVENTS = 200
LAST = 2**63 - 1
_LOOP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


@dataclass(frozen=True, slots=True)
class HostileCapture:
    """One case: ``change`` does to a sound capture of EVENTS events what makes it hostile."""

    name: str
    change: Callable[[Path], object]
    runs: bool = False

    @property
    def key(self) -> str:
        """The name it is chosen and listed by."""
        return f"capture/{self.name}"

    def write(self, folder: Path) -> Path:
        """Write the file, and return where it is."""
        path = folder / "colleague.capture"
        with Capture.create(path) as capture:
            capture.append([*some_events(EVENTS), a_gap(EVENTS + 10)])
            capture.annotate(7, mark=True, comment="look here")
        self.change(path)
        return path


def sql(*statements: str, unsafe: bool = False) -> Callable[[Path], None]:
    """Return a change by statements; ``unsafe`` ones write the schema itself."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db:
            if unsafe:
                db.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                db.executescript(statement)
            db.commit()
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return change


def captures(lures: Lures, seed: int = 1) -> list[HostileCapture]:
    """Return all cases."""
    groups = (programs(), layouts(), numbers(), wrong_values(lures), large(), bytes_of(seed), files(lures))
    return [case for group in groups for case in group]


def programs() -> Iterator[HostileCapture]:
    """What SQLite would run."""
    delete = "BEGIN DELETE FROM entry; DELETE FROM body; END"
    for name, statement in {
        "trigger": f"CREATE TRIGGER t AFTER INSERT ON entry {delete}",
        "trigger named like SQLite's": f"CREATE TRIGGER sqliteXt AFTER INSERT ON note {delete}",
        "trigger named like an index": f'CREATE TRIGGER "sqlite-autoindex_type_1" AFTER UPDATE ON note {delete}',
        "trigger on notes": f"CREATE TRIGGER sqlite0n BEFORE INSERT ON note {delete}",
        "temporary trigger's name": f'CREATE TRIGGER "entry_walls" AFTER INSERT ON tally {delete}',
        "view": "CREATE VIEW sqliteXv AS SELECT hex(zeroblob(100000000))",
        "view in place of a table": f"DROP TABLE note; CREATE VIEW note AS {_LOOP} SELECT i AS seq, 1 AS mark,"
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
    }.items():
        yield HostileCapture(name, sql(statement), runs="trigger" in name)


def layouts() -> Iterator[HostileCapture]:
    """Descriptions of tables that were changed by hand."""
    for name, statement in {
        "table of another text": "UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'entry'",
        "table described with megabytes": "UPDATE sqlite_schema SET sql = replace(sql, 'seq', 'seq'"
        " || substr(hex(zeroblob(3000000)), 1)) WHERE name = 'note'",
        "schema without text": "UPDATE sqlite_schema SET sql = CAST(x'ff80fe' AS TEXT) WHERE name = 'note'",
        "two tables on one page": "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
        " WHERE name = 'body') WHERE name = 'entry'",
        "table on no page": "UPDATE sqlite_schema SET rootpage = 999999 WHERE name = 'entry'",
        "index of another table": "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
        " WHERE name = 'type') WHERE name = 'entry_wall'",
    }.items():
        yield HostileCapture(name, sql(statement, unsafe=True))
    for name, statement in {
        "later format": "PRAGMA user_version = 99",
        "format 1": "DROP TABLE tally; DROP INDEX entry_trouble; PRAGMA user_version = 1",
        "negative format": "PRAGMA user_version = -7",
        "another program's": "PRAGMA application_id = 1",
        "missing table": "DROP TABLE snapshot",
        "auto vacuum": "PRAGMA auto_vacuum = FULL; VACUUM",
        "UTF-16": "SELECT 1",
    }.items():
        yield HostileCapture(name, sql(statement))


def numbers() -> Iterator[HostileCapture]:
    """Sequence numbers and times that cannot be."""
    for name, statement in {
        "last number 2^63-1": f"UPDATE entry SET seq = {LAST} WHERE seq = 200;"
        f"UPDATE body SET seq = {LAST} WHERE seq = 200",
        "only number 2^63-1": f"DELETE FROM entry WHERE seq > 1; DELETE FROM body WHERE seq > 1; DELETE FROM gap;"
        f"UPDATE entry SET seq = {LAST}; UPDATE body SET seq = {LAST}",
        "number 0": "UPDATE entry SET seq = 0 WHERE seq = 1; UPDATE body SET seq = 0 WHERE seq = 1",
        "number -5": "UPDATE entry SET seq = -5 WHERE seq = 1; UPDATE body SET seq = -5 WHERE seq = 1",
        "all numbers negative": "UPDATE entry SET seq = -seq; UPDATE body SET seq = -seq; UPDATE gap SET seq = -seq",
        "lowest number": "UPDATE entry SET seq = -9223372036854775808 WHERE seq = 1",
        "holes": "DELETE FROM entry WHERE seq % 2; DELETE FROM body WHERE seq % 2",
        "entries without bodies": "DELETE FROM body",
        "bodies without entries": "DELETE FROM entry",
        "gaps without their rows": "DELETE FROM gap",
        "times at the end": f"UPDATE entry SET wall = {LAST} - seq",
        "times at the beginning": "UPDATE entry SET wall = -9223372036854775807 + seq",
        "times over 500 years": f"UPDATE entry SET wall = (seq - 100) * {LAST // 200}",
        "one time": f"UPDATE entry SET wall = {START}",
        "tally of unknown types": "INSERT INTO tally SELECT value, 999, 0, 1 FROM json_each('[1,2,3]')",
        "tally of nothing": "UPDATE tally SET count = -5",
        "tally of everything": f"UPDATE tally SET count = {LAST}",
        "tally over all times": "INSERT OR IGNORE INTO tally SELECT (value - 10000) * 922337203685, 1, 0, 1"
        " FROM json_each((SELECT json_group_array(seq * 100 % 20000) FROM entry))",
        "marks everywhere": f"INSERT OR REPLACE INTO note {_LOOP} SELECT i * 46000000000000, 1, 'x', 0 FROM n"
        " LIMIT 200000",
        "sizes that lie": f"UPDATE entry SET size = {LAST}",
        "negative sizes": "UPDATE entry SET size = -1",
        "types unknown": "UPDATE entry SET type = 4711; UPDATE body SET type = 4711",
        "sources unknown": "UPDATE entry SET source = 4711",
        "kinds unknown": "UPDATE entry SET kind = 77",
        "ring of nothing": "INSERT OR REPLACE INTO meta VALUES ('ring', '[-1, -1, -1]')",
        "ring of text": "INSERT OR REPLACE INTO meta VALUES ('ring', '{{{')",
    }.items():
        yield HostileCapture(name, sql(statement))


def wrong_values(lures: Lures) -> Iterator[HostileCapture]:
    """Values that are not what the program writes."""
    for name, statement in {
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
    }.items():
        yield HostileCapture(name, sql(statement))
    for name, text in texts.small(lures).items():
        yield HostileCapture(f"texts: {name}", _everywhere(text))


def _everywhere(text: str) -> Callable[[Path], None]:
    """Return a change that puts a text wherever one is kept."""

    def change(path: Path) -> None:
        with closing(sqlite3.connect(path)) as db:
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
            db.commit()

    return change


def large() -> Iterator[HostileCapture]:
    """Megabytes where lines are expected, and bodies that unpack to more than there is."""
    letters = "replace(hex(zeroblob({})), '0', '{}')"
    for length, text in ((2_500_000, "x"), (2_500_000, "é "), (25_000, "x")):
        value = letters.format(length, text)
        for table, column, where in (
            ("entry", "summary", "seq % 10 = 1"),
            ("entry", "problem", "seq % 10 = 1"),
            ("type", "name", "id = 1"),
            ("source", "connection", "id = 1"),
            ("source", "subject", "id = 1"),
            ("source", "content_type", "id = 1"),
            ("gap", "detail", "1"),
            ("note", "comment", "1"),
            ("body", "message_id", "seq % 10 = 1"),
        ):
            kind = ", problem_kind = 'not-xml'" if column == "problem" else ""
            name = f"{column} of {2 * length * len(text):,} {'letters' if text == 'x' else 'words'}"
            yield HostileCapture(name, sql(f"UPDATE {table} SET {column} = {value}{kind} WHERE {where}"))
    combining = "e" + "\u0301" * 200_000
    yield HostileCapture("summaries of combining characters", sql(f"UPDATE entry SET summary = '{combining}'"))
    yield HostileCapture("bodies that unpack to 250 MB", _bomb(250_000_000, EVENTS))
    yield HostileCapture("bodies that unpack to 25 MB", _bomb(25_000_000, EVENTS))
    yield HostileCapture("one body that unpacks to 600 MB", _bomb(600_000_000, 1))
    yield HostileCapture("200,000 types", sql(f"INSERT INTO type {_LOOP} SELECT i + 100, 'T' || i FROM n LIMIT 200000"))
    sources = f"INSERT INTO source {_LOOP} SELECT i + 100, 'c' || i, 's', 't', 'u', 'data' FROM n LIMIT 200000"
    yield HostileCapture("200,000 sources", sql(sources))


def _bomb(size: int, count: int) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        packer = zlib.compressobj(9)
        piece = b" " * 1_000_000
        packed = b"".join([packer.compress(piece) for _ in range(size // len(piece))]) + packer.flush()
        with closing(sqlite3.connect(path)) as db:
            db.execute("UPDATE body SET packing = ?, body = ? WHERE seq <= ?", (size, packed, count))
            db.commit()

    return change


def _written(path: Path, at: int, data: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)


def _holes(path: Path, chance: Random) -> None:
    size = path.stat().st_size
    for _ in range(40):
        _written(path, chance.randrange(100, size), chance.randbytes(chance.randint(1, 60)))


def _pages(path: Path, chance: Random) -> None:
    size = path.stat().st_size
    for _ in range(4):
        _written(path, chance.randrange(1, size // 8192) * 8192, chance.randbytes(8192))


def _links(path: Path, chance: Random) -> None:
    """Write page numbers over the beginnings of pages: trees that contain themselves."""
    size = path.stat().st_size
    for page in range(1, size // 8192):
        if chance.random() < 0.3:
            _written(path, page * 8192 + 8, chance.randrange(1, size // 8192).to_bytes(4, "big"))


def _beside(ending: str, data: bytes) -> Callable[[Path], object]:
    return lambda path: path.with_name(path.name + ending).write_bytes(data)


def bytes_of(seed: int) -> Iterator[HostileCapture]:
    """Damaged bytes."""
    for name, make in {"holes": _holes, "pages": _pages, "links": _links}.items():
        for number in range(3):
            chance = Random(f"{seed} {name} {number}")
            yield HostileCapture(f"damaged {name} {number + 1}", partial(make, chance=chance))
    changes: dict[str, Callable[[Path], object]] = {
        "beginning overwritten": partial(_written, at=0, data=bytes(100)),
        "first page overwritten": partial(_written, at=0, data=b"\xff" * 8192),
        "page size of 1": partial(_written, at=16, data=b"\x00\x01"),
        "cut off in the middle": lambda path: os.truncate(path, path.stat().st_size // 2),
        "cut off after 50 bytes": lambda path: os.truncate(path, 50),
        "empty": lambda path: os.truncate(path, 0),
        "a terabyte of nothing": lambda path: os.truncate(path, 2**40),
        "log of strangers": _beside("-wal", b"\x37\x7f\x06\x82" * 50_000),
        "journal of strangers": _beside("-journal", bytes.fromhex("d9d505f920a163d7") + b"\xff" * 100_000),
    }
    for name, change in changes.items():
        yield HostileCapture(name, change)


def files(lures: Lures) -> Iterator[HostileCapture]:
    """What is not a file, and names of files."""

    def instead(path: Path, make: Callable[[Path], object]) -> None:
        path.unlink()
        make(path)

    for name, make in {
        "pipe": os.mkfifo,
        "link to the bait's pipe": lambda path: path.symlink_to(lures.pipe),
        "link to endless zeros": lambda path: path.symlink_to("/dev/zero"),
        "link to itself": lambda path: path.symlink_to(path.name),
        "folder": os.mkdir,
        "missing": lambda _path: None,
        "text": lambda path: path.write_text(lures.img * 1000),
    }.items():
        yield HostileCapture(f"file: {name}", lambda path, make=make: instead(path, make))  # type: ignore[misc]  # a default binds it
    for name, journal in {"log": "-wal", "journal": "-journal"}.items():
        yield HostileCapture(
            f"file: pipe as a {name}",
            lambda path, journal=journal: os.mkfifo(path.with_name(path.name + journal)),  # type: ignore[misc]  # as above
        )
