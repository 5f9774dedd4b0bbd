"""Entries as blocks for COPY in its binary format, which the server takes without another step in between. Pure.

Made in slices, so that the server stores one while the next is made. psycopg's own encoding, row by row, takes longer.
"""

from __future__ import annotations

import struct
from itertools import islice
from typing import TYPE_CHECKING, Final

from clacks_monitor.archive.texts import stored
from clacks_monitor.core.event import Event
from clacks_monitor.storage.encoding import MINUTE_NS, bounded, event_tuples, gap_tuples, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.storage.encoding import BodyTuple, EntryTuple, SourceKey

    Ids = tuple[int, int]
    """Of an entry's type (0 for a gap) and source."""

COPY_ENTRIES = (
    "COPY entry (seq, wall, type, source, size, kind, line, col, summary, problem, problem_kind) FROM STDIN"
    " (FORMAT binary)"
)
COPY_BODIES = (
    "COPY body (seq, monotonic, created, type, packing, message_id, properties, body) FROM STDIN (FORMAT binary)"
)
HEADER: Final = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
TRAILER: Final = b"\xff\xff"
SEGMENT = 1_000
"""Entries of a row of the table segment."""
SLICE = 500
_NULL = b"\xff\xff\xff\xff"
# Number of columns, then each with its size: bigint 8, integer 4, smallint 2.
_EVENT = struct.Struct(">hiqiqiiiiiiih")
_GAP = struct.Struct(">hiqiq4siiiiih")
_BODY = struct.Struct(">hiqiqiqiiii")
_INTEGER = struct.Struct(">ii")
_LENGTH = struct.Struct(">i").pack


def ids_of(entries: Sequence[Entry], type_id: Callable[[str], int], source_id: Callable[[SourceKey], int]) -> list[Ids]:
    """Return the ids that rows of ``entries`` refer to."""
    return [
        (type_id(entry.type), source_id(source_of(entry.raw)))
        if isinstance(entry, Event)
        else (0, source_id((entry.connection, "", "", "", "other")))
        for entry in entries
    ]


class Blocks:
    """What one transaction stores: blocks for COPY, and rows of the smaller tables. Read bodies() first, to its end."""

    def __init__(self, first: int, entries: Sequence[Entry], ids: Sequence[Ids]) -> None:
        self._first, self._entries, self._ids = first, entries, ids
        self._rows: list[bytes] = []
        self.gaps: list[tuple[int, int, int, str, str]] = []
        self.tally: dict[tuple[int, int, int], tuple[int, int]] = {}
        """(minute, type, kind) -> (count, largest wall)."""
        self.segments: dict[int, tuple[int, int, int]] = {}
        """First sequence number -> (last one, earliest wall, latest wall)."""

    def bodies(self) -> Iterator[bytes]:
        """Yield the rows of the table body. Raises UnicodeEncodeError for texts that UTF-8 cannot hold."""
        rows = self._each()
        while block := b"".join(islice(rows, SLICE)):
            yield block

    def entries(self) -> bytes:
        """Return the rows of the table entry."""
        return b"".join(self._rows)

    def _each(self) -> Iterator[bytes]:
        add = self._rows.append
        for sequence, entry, (type_id, source_id) in zip(
            range(self._first, self._first + len(self._entries)), self._entries, self._ids, strict=True
        ):
            if isinstance(entry, Event):
                row, body = event_tuples(sequence, entry, type_id, source_id)
                self._count(row)
                add(_event_row(row))
                yield _body_row(body)
            else:
                row, gap = gap_tuples(sequence, entry, source_id)
                self._count(row)
                self.gaps.append((sequence, gap[1], gap[4], gap[2], stored(gap[3])))
                size, kind = row[5], row[4]
                fixed = _GAP.pack(11, 8, sequence, 8, row[1], _NULL, 4, source_id, 4, size, 2, kind)
                add(fixed + _NULL * 2 + _text(row[6]) + _NULL * 2)

    def _count(self, row: EntryTuple) -> None:
        sequence, wall, type_id, kind = row[0], row[1], row[2], row[4]
        if type_id is not None:
            key = wall // MINUTE_NS, type_id, kind
            count, last = self.tally.get(key, (0, wall))
            self.tally[key] = count + 1, max(last, wall)
        start = (sequence - 1) // SEGMENT * SEGMENT + 1
        _last, earliest, latest = self.segments.get(start, (0, wall, wall))
        self.segments[start] = sequence, min(earliest, wall), max(latest, wall)


def _text(text: str) -> bytes:
    encoded = stored(text).encode()
    return _LENGTH(len(encoded)) + encoded


def _event_row(row: EntryTuple) -> bytes:
    sequence, wall, type_id, source_id, kind, size, summary, problem, problem_kind, line, column = row
    fixed = _EVENT.pack(11, 8, sequence, 8, wall, 4, type_id, 4, source_id, 4, size, 2, kind)
    if problem_kind is None:
        return fixed + _NULL * 2 + _text(summary) + _NULL * 2
    place = _INTEGER.pack(4, _int(line)) + _INTEGER.pack(4, _int(column))
    return fixed + place + _text(summary) + _text(problem or "") + _text(problem_kind)


def _body_row(row: BodyTuple) -> bytes:
    sequence, type_id, packing, monotonic, created, message_id, properties, body = row
    fixed = _BODY.pack(8, 8, sequence, 8, bounded(monotonic), 8, created, 4, type_id, 4, packing)
    texts = [_NULL if text is None else _text(text) for text in (message_id, properties)]
    return b"".join((fixed, *texts, _LENGTH(len(body)), body))


def _int(number: int | None) -> int:
    """Return a line or column within the 32 bits of its table's column."""
    return max(0, min(number or 0, 2**31 - 1))
