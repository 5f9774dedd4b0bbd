"""Captures that were made to harm: laid out otherwise, with values, numbers, bodies and pages that no capture has.

Each is made from a small sound capture when it is wanted, by SQLite itself where it can be told to, else byte by byte.
"""

from __future__ import annotations

import os
import random
import socket
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from clacks_monitor.captures import Capture, Ring, SnapshotKind, layout
from tests.helpers.entries import a_gap, some_events

PAGE = layout.PAGE_BYTES
COUNT = 201
"""Entries of the sound capture: 200 events and a gap."""
Make = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class HostileCapture:
    """A name such as "layout/a trigger", and what makes the file (or what stands in its place) at a path."""

    name: str
    make: Make

    @property
    def kind(self) -> str:
        """The part of the name before the slash."""
        return self.name.partition("/")[0]


def sound(path: Path) -> None:
    """Make the capture that all others begin as."""
    with Capture.create(path) as capture:
        capture.append([*some_events(100), a_gap(), *some_events(100, 100)])
        capture.annotate(3, mark=True, comment="what I say of it")
        capture.snapshot(SnapshotKind.PROFILE, "telephones", b"<a profile>")
        capture.remember_ring(Ring(max_count=1_000_000))


def captures(seed: int = 0) -> Sequence[HostileCapture]:
    """Return all of them, the same for the same seed."""
    return [
        *(HostileCapture(f"layout/{name}", _by_sql(sql)) for name, sql in LAYOUTS.items()),
        *(HostileCapture(f"schema/{name}", _by_schema(sql)) for name, sql in SCHEMAS.items()),
        *(HostileCapture(f"number/{name}", _by_sql(sql)) for name, sql in NUMBERS.items()),
        *(HostileCapture(f"body/{name}", make) for name, make in BODIES.items()),
        *(HostileCapture(f"limit/{value[:30]}", _by_ring(value)) for value in LIMITS),
        *(HostileCapture(f"file/{name}", make) for name, make in FILES.items()),
        *(HostileCapture(f"page/{name}", make) for name, make in _pages(seed)),
        *values(),
    ]


def values() -> Iterator[HostileCapture]:
    """Yield one for each column of each table and each odd value."""
    for table, names in columns().items():
        for column in names:
            for name, value in ODD.items():
                yield HostileCapture(f"value/{table}.{column} {name}", by_value(table, column, value))


def columns() -> dict[str, list[str]]:
    """Return the columns of each table of a capture."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.executescript(layout.TABLES + layout.TALLY)
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
        return {table: [row[1] for row in db.execute(f"PRAGMA table_info({table})")] for table in tables}


ODD = {
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

_LOOP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
LAYOUTS = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry WHERE seq <> NEW.seq; END",
    "a trigger by the name of SQLite's own, but for a wildcard": "CREATE TRIGGER sqliteXt AFTER INSERT ON entry BEGIN"
    " DELETE FROM entry WHERE seq <> NEW.seq; END",
    "a trigger on the marks": "CREATE TRIGGER t BEFORE UPDATE ON note BEGIN DELETE FROM body; END",
    "a view beside": "CREATE VIEW v AS SELECT * FROM entry",
    "a view in place of a table": "ALTER TABLE gap RENAME TO was; CREATE VIEW gap AS SELECT 1 AS seq, 1 AS start,"
    " 'x' AS cause, '' AS detail, 1 AS lost",
    "a view that never ends": f"DROP TABLE note; CREATE VIEW note AS {_LOOP} SELECT i AS seq, 1 AS mark, '' AS comment"
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
    "one table more": "CREATE TABLE more (x)",
    "one column more": "ALTER TABLE entry ADD COLUMN more INTEGER",
    "one table less": "DROP TABLE snapshot",
    "one index less": "DROP INDEX entry_type",
    "2,000 tables": "".join(f"CREATE TABLE t{n} (x);" for n in range(2_000)),
    "a later format": "PRAGMA user_version = 3",
    "a format below zero": "PRAGMA user_version = -1",
    "another application's": "PRAGMA application_id = 1",
}
SCHEMAS = {
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
NUMBERS = {
    "the largest number": f"UPDATE entry SET seq = {2**63 - 1} WHERE seq = 201",
    "only the largest number": f"DELETE FROM entry WHERE seq > 1; UPDATE entry SET seq = {2**63 - 1}",
    "a number of a far future": f"UPDATE entry SET seq = {10**15} WHERE seq = 201",
    "zero": "UPDATE entry SET seq = 0 WHERE seq = 1; UPDATE body SET seq = 0 WHERE seq = 1",
    "a negative number": "UPDATE entry SET seq = -5 WHERE seq = 201; UPDATE body SET seq = -5 WHERE seq = 201",
    "all negative": "UPDATE entry SET seq = -seq; UPDATE body SET seq = -seq; UPDATE gap SET seq = -seq",
    "the least number": f"UPDATE entry SET seq = {-(2**63)} WHERE seq = 1",
    "bodies without entries": "INSERT INTO body SELECT seq + 1000, type, packing, monotonic, created, message_id,"
    " properties, body FROM body",
    "entries without bodies": "DELETE FROM body",
    "marks on what is not there": f"INSERT INTO note VALUES (5000, 1, 'x', 0), ({2**63 - 1}, 1, 'y', 0),"
    " (-1, 1, 'z', 0)",
    "gaps that are not there": f"INSERT INTO gap VALUES (5000, 0, 'x', '', 0), ({2**63 - 1}, 0, 'slept', '', 0)",
    "counts of a type that is not there": "INSERT INTO tally VALUES (28333333, 4711, 0, 5)",
    "counts of a type without entries": "INSERT INTO type VALUES (4711, 'Nowhere'); INSERT INTO tally VALUES"
    " (28333333, 4711, 0, 5)",
    "negative counts": "UPDATE tally SET count = -count",
    "counts without end": f"UPDATE tally SET count = {2**63 - 1}",
    "counts of the last minutes": "INSERT INTO tally SELECT 9223372036854775807 - seq, type, kind, 1 FROM entry"
    " WHERE type IS NOT NULL LIMIT 20",
    "entries of no type": "UPDATE entry SET type = 4711; UPDATE body SET type = 4711",
    "entries of no source": "UPDATE entry SET source = 4711",
    "events that are gaps": "UPDATE entry SET kind = 2",
    "gaps that are events": "UPDATE entry SET type = 1, kind = 0 WHERE type IS NULL",
    "kinds that are none": "UPDATE entry SET kind = seq * 1000003",
    "a problem of no kind": "UPDATE entry SET kind = 1, problem = 'x', problem_kind = 'x'",
    "a cause that is none": "UPDATE gap SET cause = 'x'",
    "times at both ends": f"UPDATE entry SET wall = CASE seq % 2 WHEN 0 THEN {2**63 - 1} ELSE {-(2**63)} END",
    "lines below zero": "UPDATE entry SET problem = 'x', problem_kind = 'not-xml', line = -1,"
    " col = -9223372036854775808",
    "100,000 types": "WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) INSERT INTO"
    " type SELECT i, 'T' || i FROM n; INSERT INTO tally SELECT 1, id, 0, 1 FROM type WHERE id >= 1000",
}
LIMITS = (
    '{"bytes":0,"age_s":1e999,"count":0}',
    '{"bytes":0,"age_s":NaN,"count":0}',
    f'{{"bytes":{2**70},"age_s":0,"count":0}}',
    f'{{"bytes":0,"age_s":0,"count":{10**400}}}',
    '{"bytes":-1,"age_s":-1,"count":-1}',
    '{"bytes":"x","age_s":[],"count":{}}',
    "[" * 50_000,
    "x" * 1_000_000,
    "",
)


def _changed(path: Path, change: Callable[[sqlite3.Connection], object]) -> None:
    sound(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        change(db)
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _by_sql(sql: str) -> Make:
    return lambda path: _changed(path, lambda db: db.executescript(sql))


def _by_schema(sql: str) -> Make:
    def change(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA writable_schema = ON")
        db.execute(sql)

    return lambda path: _changed(path, change)


def _by_ring(value: str) -> Make:
    return lambda path: _changed(
        path, lambda db: db.execute("INSERT OR REPLACE INTO meta VALUES ('ring', ?)", (value,))
    )


def by_value(table: str, column: str, value: object) -> Make:
    """Return what writes a value that the table forbids: its description says nothing of types while that is done."""

    def make(path: Path) -> None:
        sound(path)
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

    return make


# -- bodies ----------------------------------------------------------------------------------------------------------


def _with_body(packing: int, body: bytes, where: str = "seq = 5") -> Make:
    return lambda path: _changed(
        path, lambda db: db.execute(f"UPDATE body SET packing = ?, body = ? WHERE {where}", (packing, body))
    )


def _bombs(count: int, size: int) -> Make:
    def make(path: Path) -> None:
        packer = zlib.compressobj(9)
        packed = b"".join(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)) + packer.flush()
        _with_body(size // 1_000_000 * 1_000_000, packed, f"seq <= {count}")(path)

    return make


def _with_properties(text: str) -> Make:
    return lambda path: _changed(path, lambda db: db.execute("UPDATE body SET properties = ?", (text,)))


BODIES = {
    "200 of 250 MB": _bombs(200, 250_000_000),
    "six of 100 MB": _bombs(6, 100_000_000),
    "one that unpacks to more than it says": _with_body(10, zlib.compress(bytes(300_000_000), 1)),
    "one that unpacks to less than it says": _with_body(100_000_000, zlib.compress(b"<a/>")),
    "one that says it unpacks to a terabyte": _with_body(2**40, zlib.compress(b"<a/>")),
    "one that unpacks to less than nothing": _with_body(-1, zlib.compress(b"<a/>")),
    "one that is no stream": _with_body(10, b"\x00"),
    "one whose stream is cut": _with_body(100_000, zlib.compress(random.Random(1).randbytes(100_000))[:5_000]),
    "one of 90 MB as it is": _with_body(0, bytes(90_000_000)),
    "properties that nest": _with_properties("[" * 100_000),
    "properties that are no JSON": _with_properties("{"),
    "properties of three megabytes": _with_properties('{"a": "' + "x" * 3_000_000 + '"}'),
    "properties that are none": _with_properties('{"a": [1], "b": null, "c": {"d": 1}, "e": 1}'),
    "a number of many digits": _with_properties('{"a": ' + "9" * 10_000 + "}"),
}

# -- files and pages -------------------------------------------------------------------------------------------------


def _with_journal(path: Path) -> None:
    """A rollback journal that names a file as the one of a larger transaction: SQLite would delete that file."""
    sound(path)
    bait = str(path.with_name("bait")).encode()
    head = bytes.fromhex("d9d505f920a163d7") + b"\x00\x00\x00\x00" + bytes(4) + (26).to_bytes(4, "big")
    head += (512).to_bytes(4, "big") + PAGE.to_bytes(4, "big")
    name = b"\xff\xff\xff\xff" + bait + len(bait).to_bytes(4, "big") + sum(bait).to_bytes(4, "big")
    path.with_name(path.name + "-journal").write_bytes(
        head.ljust(512, b"\0") + name + bytes.fromhex("d9d505f920a163d7")
    )


def _with_log(path: Path) -> None:
    with Capture.create(path) as capture:
        capture.append(some_events(50))
        log = path.with_name(path.name + "-wal").read_bytes()
    path.with_name(path.name + "-wal").write_bytes(log[:4_000] + os.urandom(8_000) + log[4_000:])


def _sparse(path: Path) -> None:
    sound(path)
    os.truncate(path, 2**40)


def _other(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE t (x)")


def _text(path: Path) -> None:
    path.write_text("SQLite format 3, or so\n" * 1_000)


def _socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path)) if len(str(path)) < 100 else path.mkdir()


FILES: dict[str, Make] = {
    "a pipe": os.mkfifo,
    "a folder": lambda path: path.mkdir(),
    "a link to a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to nothing": lambda path: path.symlink_to(path.with_name("nothing")),
    "a socket": _socket,
    "an empty file": lambda path: path.touch(),
    "a text": _text,
    "another SQLite file": _other,
    "a terabyte of holes": _sparse,
    "a rollback journal beside it": _with_journal,
    "a damaged log beside it": _with_log,
}


def _bytes(change: Callable[[bytearray], None]) -> Make:
    def make(path: Path) -> None:
        sound(path)
        content = bytearray(path.read_bytes())
        change(content)
        path.write_bytes(content)

    return make


def _root(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0])


def _endless(table: str, depth: int) -> Make:
    """Pages above a table's rows that lead to the next level many times each: few pages, 400 ** depth leaves."""

    def make(path: Path) -> None:
        sound(path)
        root = _root(path, table)
        content = bytearray(path.read_bytes())
        leaf = len(content) // PAGE + 1
        content += content[(root - 1) * PAGE : root * PAGE]
        for level in range(depth):
            below = leaf + level
            cells = b"".join(below.to_bytes(4, "big") + b"\x01" for _ in range(400))
            start = PAGE - len(cells)
            head = b"\x05" + bytes(2) + (400).to_bytes(2, "big") + start.to_bytes(2, "big") + b"\x00"
            head += below.to_bytes(4, "big")
            head += b"".join((start + 5 * n).to_bytes(2, "big") for n in range(400))
            page = head.ljust(start, b"\0") + cells
            if level == depth - 1:
                content[(root - 1) * PAGE : root * PAGE] = page
            else:
                content += page
        content[28:32] = (len(content) // PAGE).to_bytes(4, "big")
        content[92:96] = content[24:28]
        path.write_bytes(content)

    return make


def _to_itself(table: str) -> Make:
    def make(path: Path) -> None:
        sound(path)
        root = _root(path, table)
        content = bytearray(path.read_bytes())
        page = b"\x05" + bytes(4) + PAGE.to_bytes(2, "big") + b"\x00" + root.to_bytes(4, "big")
        content[(root - 1) * PAGE : root * PAGE] = page.ljust(PAGE, b"\0")
        path.write_bytes(content)

    return make


def _pages(seed: int) -> Iterator[tuple[str, Make]]:
    for table in ("entry", "body", "tally", "gap", "note", "source", "type", "meta", "snapshot"):
        yield f"{table} leads to itself", _to_itself(table)
    for table in ("entry", "body", "gap", "note", "type"):
        yield f"{table} never ends", _endless(table, 6)
    for number in range(16):
        yield f"noise {number}", _noise(random.Random(seed * 1000 + number))
    yield "cut in the middle", _bytes(lambda content: content.__delitem__(slice(len(content) // 2, None)))
    yield "without its first page", _bytes(lambda content: content.__setitem__(slice(0, PAGE), os.urandom(PAGE)))
    yield "with pages of another size", _bytes(lambda content: content.__setitem__(slice(16, 18), b"\x02\x00"))
    yield "with texts of two bytes", _bytes(lambda content: content.__setitem__(slice(56, 60), b"\0\0\0\2"))


def _noise(chance: random.Random) -> Make:
    def change(content: bytearray) -> None:
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(content))
            content[at : at + 200] = chance.randbytes(min(chance.randint(1, 200), len(content) - at))

    return _bytes(change)
