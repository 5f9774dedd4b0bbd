"""The capture file's layout: its tables, its format number, and the way from older formats to this one.

docs/capture-format.md describes it. Thread: that which opens the capture.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Mapping

from clacks_monitor.captures.short_rows import short_rows
from clacks_monitor.storage.encoding import MINUTE_NS

FORMAT = 3
READABLE = frozenset({2, FORMAT})
"""Formats that are read as they are: one of format 2 has no copies."""
APPLICATION_ID = 0x434C4B43  # "CLKC": lets file(1) and us tell a capture from other SQLite files
PAGE_BYTES = 8192
_ID = re.compile("[0-9a-f]{32}")
ENTRIES_OF_A_PAGE = PAGE_BYTES // 8
"""More entries than a page can hold."""

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE type (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE source (
    id INTEGER PRIMARY KEY,
    connection TEXT NOT NULL, subject TEXT NOT NULL, content_type TEXT NOT NULL, user_id TEXT NOT NULL,
    body_kind TEXT NOT NULL,
    UNIQUE (connection, subject, content_type, user_id, body_kind)
) STRICT;
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    wall INTEGER NOT NULL,
    type INTEGER,
    source INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    size INTEGER NOT NULL,
    summary TEXT NOT NULL,
    problem TEXT, problem_kind TEXT, line INTEGER, col INTEGER
) STRICT;
CREATE INDEX entry_wall ON entry (wall, type);
CREATE INDEX entry_type ON entry (type);
CREATE TABLE body (
    seq INTEGER PRIMARY KEY,
    type INTEGER NOT NULL,
    packing INTEGER NOT NULL,
    monotonic INTEGER NOT NULL,
    created INTEGER NOT NULL,
    message_id TEXT,
    properties TEXT,
    body BLOB NOT NULL
) STRICT;
CREATE TABLE gap (
    seq INTEGER PRIMARY KEY,
    start INTEGER NOT NULL, cause TEXT NOT NULL, detail TEXT NOT NULL, lost INTEGER NOT NULL
) STRICT;
CREATE TABLE note (
    seq INTEGER PRIMARY KEY, mark INTEGER NOT NULL, comment TEXT NOT NULL, changed INTEGER NOT NULL
) STRICT;
CREATE TABLE snapshot (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, name TEXT NOT NULL, taken INTEGER NOT NULL, digest TEXT NOT NULL, content BLOB NOT NULL,
    UNIQUE (kind, name, digest)
) STRICT;
"""

TALLY = """
CREATE TABLE tally (
    minute INTEGER NOT NULL, type INTEGER NOT NULL, kind INTEGER NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (minute, type, kind)
) STRICT, WITHOUT ROWID;
"""
TROUBLE = "CREATE INDEX entry_trouble ON entry (seq) WHERE kind <> 0"
COPY = """
CREATE TABLE copy (seq INTEGER PRIMARY KEY, first INTEGER NOT NULL) STRICT;
CREATE INDEX copy_first ON copy (first);
"""
# These behind all others, so that those lie on the same pages in every format: recovery relies on that.

# SQLite divides towards zero; a minute begins below, also before the epoch.
MINUTE_OF = f"wall / {MINUTE_NS} - (wall % {MINUTE_NS} < 0)"


def _add_tally_and_troubles(db: sqlite3.Connection) -> None:
    db.execute(TALLY)
    db.execute(TROUBLE)
    db.execute(
        f"INSERT INTO tally SELECT {MINUTE_OF}, type, kind, count(*) FROM entry WHERE type IS NOT NULL GROUP BY 1, 2, 3"
    )


def _add_copies(db: sqlite3.Connection) -> None:
    for statement in COPY.split(";")[:-1]:
        db.execute(statement)


def statements(number: int) -> str:
    """Return what lays out a capture of a format."""
    added = {2: f"{TALLY}{TROUBLE};", 3: COPY}
    return TABLES + "".join(text for since, text in added.items() if number >= since)


Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: Mapping[int, Migration] = {1: _add_tally_and_troubles, 2: _add_copies}
"""Format number -> what brings a file of that format to the next one. Runs inside one transaction."""


@contextlib.contextmanager
def closed_on_error(db: sqlite3.Connection) -> Iterator[None]:
    """Close ``db`` when the block fails."""
    try:
        yield
    except BaseException:
        db.close()
        raise


def prepare_writer(db: sqlite3.Connection) -> None:
    """Set what a writing connection needs: WAL, durable at checkpoints, no overwriting of deleted rows."""
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    db.execute("PRAGMA secure_delete = OFF")
    db.execute("PRAGMA wal_autocheckpoint = 2000")
    db.execute("PRAGMA journal_size_limit = 67108864")


def stored_id(db: sqlite3.Connection) -> str:
    """Return a capture's id, "" where it is none that we give."""
    try:
        with short_rows(db):
            row = db.execute("SELECT value FROM meta WHERE key = 'id'").fetchone()
    except (sqlite3.DataError, ValueError):
        return ""
    found = row[0] if row else ""
    return found if isinstance(found, str) and _ID.fullmatch(found) else ""


def create(db: sqlite3.Connection, program: str) -> None:
    """Lay out an empty capture in a new file."""
    db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    prepare_writer(db)
    facts = {"id": uuid.uuid4().hex, "created_ns": str(time.time_ns()), "program": program}
    db.executescript(f"BEGIN IMMEDIATE;{statements(FORMAT)}PRAGMA user_version = {FORMAT};")
    db.execute("INSERT INTO type (id, name) VALUES (0, '')")
    db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
    db.execute("COMMIT")


def migrate(
    db: sqlite3.Connection, number: int, *, target: int = FORMAT, migrations: Mapping[int, Migration] = MIGRATIONS
) -> None:
    """Bring a file of format ``number`` to ``target``, all steps in one transaction or none."""
    if number >= target:
        return
    db.execute("BEGIN IMMEDIATE")
    try:
        for step in range(number, target):
            migrations[step](db)
        db.execute(f"PRAGMA user_version = {target}")
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")
