"""Entries as blocks for COPY: text that the server takes without another step in between. Pure.

Made whole for each transaction: psycopg's own encoding, row by row, takes longer than the server takes to store them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clacks_monitor.archive.texts import NULL, copied, copied_or_null, stored
from clacks_monitor.core.event import Event
from clacks_monitor.storage.encoding import MINUTE_NS, bounded, event_tuples, gap_tuples, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.storage.encoding import BodyTuple, EntryTuple, SourceKey

COPY_ENTRIES = "COPY entry (seq, wall, type, source, size, kind, line, col, summary, problem, problem_kind) FROM STDIN"
COPY_BODIES = "COPY body (seq, monotonic, created, type, packing, message_id, properties, body) FROM STDIN"
SEGMENT = 10_000
"""Entries of a row of the table segment."""


@dataclass(slots=True)
class Blocks:
    """What one transaction stores: blocks for COPY, and rows of the smaller tables."""

    entries: bytes = b""
    bodies: bytes = b""
    gaps: list[tuple[int, int, int, str, str]] = field(default_factory=list)
    tally: dict[tuple[int, int, int], tuple[int, int]] = field(default_factory=dict)
    """(minute, type, kind) -> (count, largest wall)."""
    segments: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """First sequence number -> (last one, earliest wall, latest wall)."""


def make_blocks(
    first: int,
    entries: Sequence[Entry],
    type_id: Callable[[str], int],
    source_id: Callable[[SourceKey], int],
) -> Blocks:
    """Return what stores ``entries`` from number ``first`` on.

    Raises UnicodeEncodeError for texts that UTF-8 cannot hold.
    """
    made = Blocks()
    rows, bodies = list[str](), list[str]()
    for sequence, entry in enumerate(entries, first):
        if isinstance(entry, Event):
            row, body = event_tuples(sequence, entry, type_id(entry.type), source_id(source_of(entry.raw)))
            bodies.append(_body_line(body))
        else:
            row, gap = gap_tuples(sequence, entry, source_id((entry.connection, "", "", "", "other")))
            made.gaps.append((sequence, gap[1], gap[4], gap[2], stored(gap[3])))
        rows.append(_entry_line(row))
        _count(made, row)
    made.entries, made.bodies = "".join(rows).encode(), "".join(bodies).encode()
    return made


def _count(made: Blocks, row: EntryTuple) -> None:
    sequence, wall, type_id, kind = row[0], row[1], row[2], row[4]
    if type_id is not None:
        key = wall // MINUTE_NS, type_id, kind
        count, last = made.tally.get(key, (0, wall))
        made.tally[key] = count + 1, max(last, wall)
    start = (sequence - 1) // SEGMENT * SEGMENT + 1
    _last, earliest, latest = made.segments.get(start, (0, wall, wall))
    made.segments[start] = sequence, min(earliest, wall), max(latest, wall)


def _entry_line(row: EntryTuple) -> str:
    sequence, wall, type_id, source_id, kind, size, summary, problem, problem_kind, line, column = row
    text = copied(summary)
    if problem_kind is None:
        shown_type = NULL if type_id is None else type_id
        return f"{sequence}\t{wall}\t{shown_type}\t{source_id}\t{size}\t{kind}\t\\N\t\\N\t{text}\t\\N\t\\N\n"
    place = f"{_int(line)}\t{_int(column)}"
    fault = f"{copied_or_null(problem)}\t{problem_kind}"
    return f"{sequence}\t{wall}\t{type_id}\t{source_id}\t{size}\t{kind}\t{place}\t{text}\t{fault}\n"


def _body_line(row: BodyTuple) -> str:
    sequence, type_id, packing, monotonic, created, message_id, properties, body = row
    labels = f"{copied_or_null(message_id)}\t{copied_or_null(properties)}"
    return f"{sequence}\t{bounded(monotonic)}\t{created}\t{type_id}\t{packing}\t{labels}\t\\\\x{body.hex()}\n"


def _int(number: int | None) -> int:
    """Return a line or column within the 32 bits of its table's column."""
    return max(0, min(number or 0, 2**31 - 1))
