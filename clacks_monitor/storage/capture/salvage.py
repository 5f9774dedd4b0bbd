"""Rows out of the pages of a damaged capture, without the pages that lead to them. Used by recovery, on its thread.

The rows of a table lie in its leaves; what damages a page above them hides all of them from SQLite. Here every page of
the file is looked at by itself (https://www.sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1), and what looks
like a row of a capture's table goes into a new file that is laid out like one.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from clacks_monitor.storage.capture import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PAGE = layout.PAGE_BYTES
_LEAF = 0x0D
_MAX_ROW = 1 << 30
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_TABLES = {11: "entry", 8: "body", 6: "source", 2: "type"}
"""Tables by their number of columns; gap and snapshot have too many neighbours that look alike."""
Value = int | float | str | bytes | None


class _BrokenError(ValueError):
    """What looked like a row is none."""


def rebuild(damaged: Path, target: Path, keep_on: Callable[[int, int], bool]) -> bool:
    """Write what the pages of ``damaged`` hold to a new file ``target``; False when ``keep_on`` wanted no more.

    ``keep_on(done, total)`` gets pages. Rows that the damaged file holds twice are the same; the first one counts.
    """
    with suppress(sqlite3.Error), closing(layout.connect(damaged, mode="rw")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # what is in the log belongs into the pages
    with closing(layout.connect(target, mode="rwc")) as db, damaged.open("rb") as file:
        layout.create(db, "")
        db.execute("DELETE FROM type")
        total = damaged.stat().st_size // PAGE
        db.execute("BEGIN")
        for number in range(2, total + 1):
            file.seek((number - 1) * PAGE)
            for rowid, values in _rows(file.read(PAGE), lambda n: _page(damaged, n)):
                _insert(db, rowid, values)
            if number % 256 == 0 and not keep_on(number, total):
                return False
        db.execute("COMMIT")
    return True


def _page(path: Path, number: int) -> bytes:
    with path.open("rb") as file:
        file.seek((number - 1) * PAGE)
        return file.read(PAGE)


def _insert(db: sqlite3.Connection, rowid: int, values: list[Value]) -> None:
    table = _TABLES.get(len(values))
    if table is None or values[0] is not None or rowid < 0:
        return
    marks = ", ".join("?" * len(values))
    # The tables are STRICT: what has other types is no row of theirs.
    with suppress(sqlite3.Error, OverflowError):
        db.execute(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", [rowid, *values[1:]])  # noqa: S608 - constants


def _rows(page: bytes, other: Callable[[int], bytes]) -> Iterator[tuple[int, list[Value]]]:
    """Yield (rowid, values) of each row in a page that is a leaf of a table; ``other`` reads another page."""
    if len(page) < PAGE or page[0] != _LEAF:
        return
    (count,) = struct.unpack_from(">H", page, 3)
    if 8 + 2 * count > PAGE:
        return
    for (start,) in struct.iter_unpack(">H", page[8 : 8 + 2 * count]):
        with suppress(_BrokenError, IndexError, struct.error, UnicodeDecodeError):
            yield _row(page, start, other)


def _row(page: bytes, at: int, other: Callable[[int], bytes]) -> tuple[int, list[Value]]:
    size, at = _varint(page, at)
    rowid, at = _varint(page, at)
    if not 0 < size < _MAX_ROW:
        raise _BrokenError
    most, least = PAGE - 35, (PAGE - 12) * 32 // 255 - 23
    if size <= most:
        return rowid, _values(page[at : at + size], size)
    here = least + (size - least) % (PAGE - 4)
    here = here if here <= most else least
    parts, got = [page[at : at + here]], here
    (following,) = struct.unpack_from(">I", page, at + here)
    while got < size:
        overflow = other(following) if following else b""
        if len(overflow) < PAGE:
            raise _BrokenError
        (following,) = struct.unpack_from(">I", overflow, 0)
        parts.append(overflow[4 : 4 + size - got])
        got += len(parts[-1])
    return rowid, _values(b"".join(parts), size)


def _values(payload: bytes, size: int) -> list[Value]:
    if len(payload) != size:
        raise _BrokenError
    head, at = _varint(payload, 0)
    if not 0 < head <= size:
        raise _BrokenError
    kinds = []
    while at < head:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        length = _SIZES.get(kind, 8 if kind == 7 else max(0, (kind - 12) // 2))  # noqa: PLR2004 - the format's numbers
        part = payload[at : at + length]
        if len(part) != length:
            raise _BrokenError
        values.append(_value(kind, part))
        at += length
    if at != size:
        raise _BrokenError
    return values


def _value(kind: int, part: bytes) -> Value:
    """Return a value by its serial type (section 2.1 of the format)."""
    if kind in _SIZES:
        return int.from_bytes(part, "big", signed=True)
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind == 7:  # noqa: PLR2004 - as above
        found: float = struct.unpack(">d", part)[0]
        return found
    if kind < 12:  # noqa: PLR2004 - as above
        raise _BrokenError
    return part.decode() if kind % 2 else part


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:  # noqa: PLR2004 - the bit that says that more follows
            return value, at + count + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9
