"""Rows out of single pages of an SQLite file (https://www.sqlite.org/fileformat2.html, sections 1.5, 1.6 and 2.1).

For damaged files: inconsistent data is not taken for a row. Pure but for reading the file.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from clacks_monitor.captures.guarding import LONGEST_ROW
from clacks_monitor.captures.layout import PAGE_BYTES as PAGE

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = int | float | str | bytes | None
_TABLE_LEAF, _INDEX_LEAF = 0x0D, 0x0A
_HEADER = 8
_LARGEST = {_TABLE_LEAF: PAGE - 35, _INDEX_LEAF: (PAGE - 12) * 64 // 255 - 23}
_LEAST = (PAGE - 12) * 32 // 255 - 23
"""How much of a row lies on its leaf: all up to a size, of a larger one this much at least."""
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_FREE_LIST = 32
_MOST_COLUMNS = 32
"""More than any table of a capture has."""
_TIMES_READ = 4
"""How often the whole file may be read for rows that lie on several pages: recovery reads each page a few times."""
_MORE, _LOW_BITS = 0x80, 0x7F


class BrokenError(ValueError):
    """The data is not a row."""


class TableRow(NamedTuple):
    """A row of a page: its position there, the table's number for it (None in an index), and its values."""

    position: int
    number: int | None
    values: list[Value]


class PageReader:
    """The pages of a file, numbered from 1."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._size = size
        self._readable = _TIMES_READ * size
        self.count = size // PAGE
        self._owners: dict[int, tuple[int, int]] = {}

    def read(self, number: int) -> bytes:
        """Return a page; fewer bytes than a page where the file has none of that number."""
        if not 0 < number <= self.count:
            return b""
        self._file.seek((number - 1) * PAGE)
        return self._file.read(PAGE)

    def free(self) -> set[int]:
        """Return the pages that the file lists as free: they may hold rows that were removed. Empty if unsure."""
        trunk, count = struct.unpack_from(">II", self.read(1), _FREE_LIST)
        found: set[int] = set()
        while trunk:
            page = self.read(trunk)
            if len(page) < PAGE or trunk in found:
                return set()
            following, leaves = struct.unpack_from(">II", page)
            if leaves > PAGE // 4 - 2:
                return set()
            listed = {trunk, *struct.unpack_from(f">{leaves}I", page, _HEADER)}
            if found & listed or not all(0 < number <= self.count for number in listed):
                return set()
            found |= listed
            trunk = following
        return found if len(found) == count else set()

    def rows(self, number: int) -> Iterator[TableRow]:
        """Yield what can be read of a page that is a leaf of a table or an index.

        A forged page is thousands of rows of the same bytes, each of thousands of columns or with all of the file
        behind it: columns and what is read of other pages are bounded.
        """
        page = self.read(number)
        if len(page) < PAGE or page[0] not in _LARGEST:
            return
        (count,) = struct.unpack_from(">H", page, 3)
        if _HEADER + 2 * count > PAGE:
            return
        for position, (start,) in enumerate(struct.iter_unpack(">H", page[_HEADER : _HEADER + 2 * count])):
            with suppress(BrokenError, IndexError, struct.error, UnicodeDecodeError):
                yield self._row(page, (number, position), start)

    def _row(self, page: bytes, place: tuple[int, int], at: int) -> TableRow:
        size, at = _varint(page, at)
        number = None
        if page[0] == _TABLE_LEAF:
            number, at = _varint(page, at)
        if not 0 < size < min(self._size, LONGEST_ROW):
            raise BrokenError
        return TableRow(place[1], number, _values(self._payload(page, place, at, size), size))

    def _payload(self, page: bytes, place: tuple[int, int], at: int, size: int) -> bytes:
        largest = _LARGEST[page[0]]
        if size <= largest:
            return page[at : at + size]
        here = _LEAST + (size - _LEAST) % (PAGE - 4)
        here = here if here <= largest else _LEAST
        parts, got = [page[at : at + here]], here
        (following,) = struct.unpack_from(">I", page, at + here)
        while got < size:
            overflow = self.read(following) if self._readable > 0 else b""
            self._readable -= len(overflow)
            # A page that two rows claim would make a small file into one without end.
            if len(overflow) < PAGE or self._owners.setdefault(following, place) != place:
                raise BrokenError
            (following,) = struct.unpack_from(">I", overflow)
            parts.append(overflow[4 : 4 + size - got])
            got += len(parts[-1])
        return b"".join(parts)


def _values(payload: bytes, size: int) -> list[Value]:
    if len(payload) != size:
        raise BrokenError
    header, at = _varint(payload, 0)
    if not 0 < header <= size:
        raise BrokenError
    kinds = []
    while at < header:
        kind, at = _varint(payload, at)
        kinds.append(kind)
        if len(kinds) > _MOST_COLUMNS:
            raise BrokenError
    values: list[Value] = []
    for kind in kinds:
        length = _SIZES.get(kind, 8 if kind == 7 else max(0, (kind - 12) // 2))  # the format's numbers
        part = payload[at : at + length]
        if len(part) != length:
            raise BrokenError
        values.append(_value(kind, part))
        at += length
    if at != size:
        raise BrokenError
    return values


def _value(kind: int, part: bytes) -> Value:
    """Return a value by its serial type (section 2.1 of the format)."""
    if kind in _SIZES:
        return int.from_bytes(part, "big", signed=True)
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind == 7:  # as above
        found: float = struct.unpack(">d", part)[0]
        return found
    if kind < 12:  # as above
        raise BrokenError
    return part.decode() if kind % 2 else part


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & _LOW_BITS
        if byte < _MORE:
            return value, at + count + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64) if value >= 1 << 63 else value, at + 9
