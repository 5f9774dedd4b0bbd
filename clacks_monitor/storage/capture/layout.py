"""The capture file's layout: its tables, its format number, and the way from older formats to this one.

docs/capture-format.md describes it for people. Called by whoever opens a capture, on that thread.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from typing_extensions import override

from clacks_monitor.storage.errors import CaptureError, CaptureTooNewError

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 2
APPLICATION_ID = 0x434C4B43  # "CLKC": lets file(1) and us tell a capture from other SQLite files
PAGE_BYTES = 8192
LARGEST_INTEGER = 2**63 - 1
LARGEST_VALUE = 256 * 1024 * 1024
"""Bytes of a text or body that are read at once: more than any broker delivers."""
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
# These behind all others, so that those lie on the same pages in every format: recovery relies on that.

MINUTE_NS = 60_000_000_000
# SQLite divides towards zero; a minute begins below, also before the epoch.
MINUTE_OF = f"wall / {MINUTE_NS} - (wall % {MINUTE_NS} < 0)"


def _add_tally_and_troubles(db: sqlite3.Connection) -> None:
    db.execute(TALLY)
    db.execute(TROUBLE)
    db.execute(
        f"INSERT INTO tally SELECT {MINUTE_OF}, type, kind, count(*) FROM entry"  # noqa: S608 - a constant
        " WHERE type IS NOT NULL GROUP BY 1, 2, 3"
    )


Migration = Callable[[sqlite3.Connection], None]
MIGRATIONS: Mapping[int, Migration] = {1: _add_tally_and_troubles}
"""Format number -> what brings a file of that format to the next one. Runs inside one transaction."""


class _Connection(sqlite3.Connection):
    """Raises sqlite3.Error only: SQLite quotes a damaged schema in its message, and what it quotes may be no text."""

    @override
    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        try:
            return super().execute(*arguments)
        except UnicodeDecodeError as error:
            raise sqlite3.DatabaseError("its description of its tables is damaged") from error


def connect(path: Path, *, mode: str) -> sqlite3.Connection:
    """Open ``path`` as SQLite in ``mode`` ("rw", "rwc", "ro" or "immutable"), tuned for captures.

    Raises sqlite3.Error. Statements run in autocommit; transactions are opened by hand.
    """
    query = "mode=ro&immutable=1" if mode == "immutable" else f"mode={mode}"
    uri = f"{path.absolute().as_uri()}?{query}"
    db = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10.0, factory=_Connection
    )
    try:
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
        db.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 1)
        db.execute("PRAGMA trusted_schema = OFF")
        db.execute("PRAGMA cell_size_check = ON")
        db.execute("PRAGMA cache_size = -16384")
        if mode in {"ro", "immutable"}:
            db.execute("PRAGMA query_only = ON")
    except sqlite3.Error:
        db.close()
        raise
    return db


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


def create(db: sqlite3.Connection, program: str) -> None:
    """Lay out an empty capture in a new file."""
    db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    prepare_writer(db)
    facts = {"id": uuid.uuid4().hex, "created_ns": str(time.time_ns()), "program": program}
    db.executescript(f"BEGIN IMMEDIATE;{TABLES}{TALLY}{TROUBLE};PRAGMA user_version = {FORMAT};")
    db.execute("INSERT INTO type (id, name) VALUES (0, '')")
    db.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
    db.execute("COMMIT")


@cache
def _laid_out(number: int) -> dict[str, str]:
    """Return what a capture of a format consists of: the statements that made it, by name."""
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.executescript(TABLES + (f"{TALLY}{TROUBLE};" if number > 1 else ""))
        return dict(db.execute("SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"))


def _must_be_laid_out(db: sqlite3.Connection, path: Path, number: int) -> None:
    """Raise CaptureError unless the file has our tables and nothing else: a stranger's triggers and views would run."""
    found = dict(db.execute("SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"))
    if found != _laid_out(number):
        odd = sorted(name for name, _sql in found.items() ^ _laid_out(number).items())
        raise CaptureError(
            f"{path} is laid out in another way than captures are ({', '.join(odd[:5])!a}), so it is not opened. "
            "Recover it to take over its entries."
        )


def check_numbers(db: sqlite3.Connection, path: Path) -> None:
    """Raise CaptureError where numbers have holes that no capture has: work is bounded by the file, not by a number."""
    first, last = db.execute("SELECT coalesce(min(seq), 1), coalesce(max(seq), 0) FROM entry").fetchone()
    (pages,) = db.execute("PRAGMA page_count").fetchone()
    if first < 1 or last - first + 1 > pages * ENTRIES_OF_A_PAGE:
        raise CaptureError(f"The numbers of its entries in {path} have holes that cannot be. Recover it.")


def check(db: sqlite3.Connection, path: Path) -> int:
    """Return the file's format number; raises CaptureError when it is no sound capture of a known format."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (number,) = db.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID or number < 1:
        raise CaptureError(f"{path} is an SQLite file, but no capture.")
    if number > FORMAT:
        raise CaptureTooNewError(
            f"{path} has capture format {number}; this version knows formats up to {FORMAT}. Install a newer one."
        )
    _must_be_laid_out(db, path, int(number))
    return int(number)


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


def must_be_file(path: Path) -> None:
    """Raise CaptureError where there is no file."""
    if path.is_dir():
        raise CaptureError(f"{path} is a folder, not a capture.")
    if not path.is_file():
        raise CaptureError(f"There is no capture {path}.")


def why(error: sqlite3.Error | None) -> str:
    """Return in words why a file cannot be opened."""
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB:
        return "it is a file of another kind, or its beginning is damaged"
    return str(error)


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open a capture read-only, beside its writer or from a place where nothing may be written. Raises CaptureError."""
    last: sqlite3.Error | None = None
    log = path.with_name(path.name + "-wal")
    for mode in ("ro", "immutable"):
        if mode == "immutable" and log.exists() and log.stat().st_size:
            break
        try:
            db = connect(path, mode=mode)
        except sqlite3.Error as error:
            last = error
            continue
        try:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            number = check(db, path)
        except (sqlite3.Error, CaptureError) as error:
            db.close()
            if isinstance(error, CaptureError):
                raise
            last = error
            continue
        if number == FORMAT:
            return db
        db.close()
        raise CaptureError(f"{path} has an older format; open it for writing once to bring it up to date.")
    advice = f" Copy it and {log.name} to a folder that can be written." if log.exists() else ""
    raise CaptureError(f"{path} cannot be opened as a capture: {why(last)}.{advice}")
