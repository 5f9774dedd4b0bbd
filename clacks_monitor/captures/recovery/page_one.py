"""The first page of a damaged capture, without which nothing can be read. Used by recovery, on its thread.

All captures of a format are laid out alike: a first page that was overwritten is replaced by that of a new one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from clacks_monitor.captures import layout, opening
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SAMPLES = ("SELECT typeof(size) FROM entry LIMIT 1", "SELECT typeof(packing) FROM body LIMIT 1")
_MAIN_TABLES = {"entry", "body"}


def repair_page_one(path: Path) -> list[str]:
    """Give ``path`` a head it can be opened with, if it has none; return what was done as sentences."""
    if _is_sound(path):
        return []
    pages = path.stat().st_size // layout.PAGE_BYTES
    for page_one in _empty_page_ones(path.parent):
        first = bytearray(page_one)
        first[28:32] = pages.to_bytes(4, "big")
        first[32:40] = bytes(8)  # the list of free pages: it may be damaged, and is not needed for reading
        first[92:96] = first[24:28]  # marks the number of pages as valid
        with path.open("r+b") as file:
            file.write(first)
        if _readable(path):
            return [Message("The first page of the file was damaged and has been rebuilt.")]
    return []


def is_cut_off(path: Path) -> bool:
    """Whether the first page knows of more pages than the file has."""
    with path.open("rb") as file:
        page_one = file.read(layout.PAGE_BYTES)
    known = int.from_bytes(page_one[28:32], "big") if page_one.startswith(b"SQLite format 3\0") else 0
    return known > path.stat().st_size // layout.PAGE_BYTES


def _is_sound(path: Path) -> bool:
    """Whether the first page can be trusted: it names the format and knows where each table begins.

    The tables are not read: a damaged page elsewhere must not cause an intact header to be rejected.
    """
    with suppress(sqlite3.Error, CaptureError), closing(connect(path, "mode=rw", purpose=Purpose.BUILDING)) as db:
        opening.check(db, path)
        return {name for (name,) in db.execute("SELECT name FROM sqlite_schema")} >= _MAIN_TABLES
    return False


def _readable(path: Path) -> bool:
    with suppress(sqlite3.Error, CaptureError), closing(connect(path, "mode=rw", purpose=Purpose.BUILDING)) as db:
        opening.check(db, path)
        kinds = [db.execute(sql).fetchone() for sql in _SAMPLES]
        return all(kind in {None, ("integer",)} for kind in kinds)
    return False


def _empty_page_ones(folder: Path) -> Iterator[bytes]:
    """Yield the first page of a new capture, as it is made and as VACUUM lays it out (a saved one)."""
    fresh, vacuumed = folder / "fresh", folder / "vacuumed"
    with closing(connect(fresh, "mode=rwc", purpose=Purpose.BUILDING)) as db:
        layout.create(db, "")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.execute("VACUUM INTO ?", (str(vacuumed),))
    for path in (fresh, vacuumed):
        yield path.read_bytes()[: layout.PAGE_BYTES]
