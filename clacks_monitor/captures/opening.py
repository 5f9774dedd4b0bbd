"""Opening a capture's file: the files beside it determine how, and its content whether it is accepted.

A file that is opened for reading is not changed, and no files are left beside it. Thread: that which opens the file.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from clacks_monitor.captures import layout
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.captures.short_rows import short_rows
from clacks_monitor.core.storage_errors import CaptureError, CaptureTooNewError
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.storage.encoding import LARGEST_SEQUENCE

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.captures.guarding import GuardedConnection

_ENDINGS = ("-journal", "-wal", "-shm")
_LIVE = "mode=ro"
"""Another process may be writing: use SQLite's locks and the index beside the file."""
_CLOSED = "mode=ro&immutable=1"
"""One whole file."""
_LEFT_BEHIND = "mode=ro&vfs=unix-none"
"""A file with a log that belongs to it, and no process that has them open: read without locks, the index in memory."""
_BLOCK = 512
_DENSEST = 16
_UNSEEN = 64 * 1024 * 1024
"""How much more a file may hold than it takes on the disk: some file systems compress, or write later."""
_MOST_OBJECTS = 100
_STATISTICS = frozenset(
    {
        ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
        ("table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
    }
)
"""Tables that ANALYZE adds."""
# One statement: another process may append between two.
_ODD_COUNT = (
    "SELECT 1 FROM tally WHERE typeof(count) <> 'integer' OR count NOT BETWEEN 0 AND"
    " (SELECT max(0, coalesce(max(seq), 0) - coalesce(min(seq), 1) + 1) FROM entry) LIMIT 1"
)

_State = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Stamp:
    """The identity of a file when it was examined and, unless it is live, its state and that of its log."""

    identity: tuple[int, int]
    states: tuple[_State, ...] = ()
    pages: int = field(default=0, compare=False)


@lru_cache(maxsize=64)  # called for each read
def beside(path: Path, ending: str) -> Path:
    """Return the path of a file that SQLite keeps beside a database: "-wal", "-shm" or "-journal"."""
    return path.with_name(path.name + ending)


def must_be_file(path: Path) -> os.stat_result:
    """Return what the system knows of a file. Raises CaptureError unless it is a regular one, or a link to one."""
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise CaptureError(f"There is no capture {path}.") from None
    except (OSError, ValueError) as error:
        raise CaptureError(f"{path} cannot be opened: {getattr(error, 'strerror', error)}.") from error
    if stat.S_ISDIR(found.st_mode):
        raise CaptureError(f"{path} is a folder, not a capture.")
    if not stat.S_ISREG(found.st_mode):
        raise CaptureError(f"{path} is not a file but a pipe, socket or device, so it is not opened.")
    return found


def _must_be_alone(path: Path) -> None:
    """Raise CaptureError where a file has a rollback journal: no capture has, and one may name files to delete.

    A pipe by such a name would be opened, and waited for.
    """
    odd = next((beside(path, ending) for ending in _ENDINGS if not _may_be_beside(beside(path, ending))), None)
    if odd is not None:
        raise CaptureError(f"{path} is not opened because {odd.name} beside it is not a file. Move it away.")
    if _state(beside(path, "-journal")) is not None:
        raise CaptureError(
            f"{path} is not opened because {path.name}-journal lies beside it, which does not belong to a capture."
            " Move that file away."
        )


def _may_be_beside(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return True  # there is none


def _state(path: Path) -> _State:
    """Return size and time of change, None where there is no file or an empty one."""
    try:
        found = path.lstat()
    except OSError:
        return None
    return (found.st_size, found.st_mtime_ns) if found.st_size else None


def stamp(path: Path, *, live: bool) -> Stamp:
    """Return the current identity of ``path``. Raises CaptureError if it is not a regular file any more."""
    found = must_be_file(path)
    identity = (found.st_dev, found.st_ino)
    if live:
        return Stamp(identity, pages=pages_of(found))
    states = (found.st_size, found.st_mtime_ns), _state(beside(path, "-wal")), _state(beside(path, "-shm"))
    return Stamp(identity, states, pages_of(found))


def pages_of(found: os.stat_result) -> int:
    """Return how many pages a file can hold; a sparse one counts as large as its allocated blocks."""
    return min(found.st_size, found.st_blocks * _BLOCK * _DENSEST + _UNSEEN) // layout.PAGE_BYTES


def why(error: BaseException | None) -> str:
    """Return in words why a file cannot be opened or read."""
    code = getattr(error, "sqlite_errorcode", 0)
    if code == sqlite3.SQLITE_NOTADB:
        return "it is a file of another kind, or its beginning is damaged"
    if code == sqlite3.SQLITE_TOOBIG:
        return "it holds a value that is longer than any in a capture"
    if code == sqlite3.SQLITE_INTERRUPT:
        return "it takes longer than its size allows, so its pages are damaged"
    if isinstance(error, TypeError):
        return "a value has another type than such values have"
    return one_line(str(error))


def open_for_reading(path: Path) -> tuple[GuardedConnection, Stamp]:
    """Open a capture read-only, beside its writer or from a place where nothing may be written. Raises CaptureError."""
    db, number, found = look_into(path)
    if number in layout.READABLE:
        return db, found
    db.close()
    raise CaptureError(f"{path} has an older format; open it for writing once to bring it up to date.")


def look_into(path: Path) -> tuple[GuardedConnection, int, Stamp]:
    """Open a capture of any known format read-only; return its format number too. Raises CaptureError.

    Neither the file nor its folder is changed, unless another process has it open.
    """
    size = must_be_file(path)
    if not size.st_size:
        raise CaptureError(f"{path} is empty: no capture, or one that is being created at this moment.")
    _must_be_alone(path)
    live = os.path.lexists(beside(path, "-shm"))
    log = _state(beside(path, "-wal"))
    query = _LIVE if live else _LEFT_BEHIND if log else _CLOSED
    found = stamp(path, live=live)
    try:
        db = connect(path, query, purpose=Purpose.READING)
        with layout.closed_on_error(db):
            db.bound(pages_of(size))
            if query == _LEFT_BEHIND:
                db.execute("PRAGMA locking_mode = EXCLUSIVE")
            number = check(db, path)
            db.execute("PRAGMA cache_size = -16384")
            db.execute("PRAGMA query_only = ON")
    except sqlite3.Error as error:
        hint = f" Copy it and {path.name}-wal to a folder that can be written." if live and log else ""
        raise CaptureError(f"{path} cannot be opened as a capture: {why(error)}.{hint}") from error
    return db, number, found


def open_for_writing(path: Path) -> GuardedConnection:
    """Open a capture for appending; an older format is brought up to date. Raises CaptureError, sqlite3.Error."""
    look_into(path)[0].close()  # a file that is not a capture is not changed
    db = connect(path, "mode=rw", purpose=Purpose.BUILDING)
    with layout.closed_on_error(db):
        db.bound(pages_of(must_be_file(path)))
        number = check(db, path)
        layout.prepare_writer(db)
        layout.migrate(db, number)
        check_numbers(db, path)
        db.execute("PRAGMA cache_size = -16384")
        db.use_for(Purpose.WRITING)
    return db


@cache
def _laid_out(number: int) -> Counter[tuple[str | None, ...]]:
    """Return what a capture of a format consists of: type, name, table and statement of each part."""
    with contextlib.closing(sqlite3.connect(":memory:")) as db:
        db.executescript(layout.statements(number))
        return Counter(db.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema"))


def _must_be_laid_out(db: sqlite3.Connection, path: Path, number: int) -> None:
    """Raise CaptureError unless the file has the tables of a capture only: triggers and views added to it would run."""
    found = db.execute(
        "SELECT type, name, tbl_name, sql, rootpage FROM sqlite_schema LIMIT ?", (_MOST_OBJECTS,)
    ).fetchall()
    parts = Counter(part for *row, _root in found if (part := tuple(row)) not in _STATISTICS)
    roots = {root for *_part, root in found}
    if parts == _laid_out(number) and len(roots) == len(found) and all(isinstance(r, int) and r > 1 for r in roots):
        return
    odd = sorted({f"{kind} {name}" for kind, name, *_rest in (parts - _laid_out(number)) + (_laid_out(number) - parts)})
    names = one_line(ascii(", ".join(odd[:5])), 200) if odd else "two of its tables are on one page"
    raise CaptureError(
        f"{path} is laid out in another way than captures are ({names}), so it is not opened. "
        "Recover it to take over its entries."
    )


def check(db: GuardedConnection, path: Path) -> int:
    """Return the file's format number; raises CaptureError unless it is an intact capture of a known format."""
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (number,) = db.execute("PRAGMA user_version").fetchone()
    if application != layout.APPLICATION_ID or number < 1:
        raise CaptureError(f"{path} is an SQLite file, but no capture.")
    if number > layout.FORMAT:
        raise CaptureTooNewError(
            f"{path} has capture format {number}; this version knows formats up to {layout.FORMAT}."
            " Install a newer one."
        )
    with short_rows(db):
        _must_be_laid_out(db, path, int(number))
    return int(number)


def check_numbers(db: sqlite3.Connection, path: Path) -> None:
    """Raise CaptureError where numbers are none that a capture has: work is bounded by the file, not by a number."""
    first, last = db.execute("SELECT coalesce(min(seq), 1), coalesce(max(seq), 0) FROM entry").fetchone()
    pages = pages_of(must_be_file(path)) + _pages_of_log(path)
    whole = isinstance(first, int) and isinstance(last, int)
    if not whole or first < 1 or last > LARGEST_SEQUENCE or last >= first + pages * layout.ENTRIES_OF_A_PAGE:
        raise CaptureError(
            f"The numbers of its entries in {path} are none that a capture has: they begin at 1 or above and have no"
            " holes. Recover it."
        )
    if db.execute(_ODD_COUNT).fetchone():
        raise CaptureError(f"The counts of events by minute in {path} are more than its entries. Recover it.")


def _pages_of_log(path: Path) -> int:
    with contextlib.suppress(OSError):
        return pages_of(beside(path, "-wal").stat())
    return 0
