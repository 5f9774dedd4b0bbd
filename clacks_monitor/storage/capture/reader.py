"""Reading a capture: pages for the table, single entries, scans for filters, orders for sorting.

A reader has its own read-only connection and belongs to the thread that made it; only interrupt() may be called from
another. It never waits for the writer, and holds no transaction open between two calls or two chunks, so that the
write-ahead log can be folded back into the file.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from dataclasses import replace
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from clacks_monitor.core.columns import AnyColumn, Column, FieldColumn, sort_key
from clacks_monitor.core.event import NO_PROPERTIES, Entry, Event, Gap, Properties, Row, RowKind
from clacks_monitor.core.field_reader import FieldReader
from clacks_monitor.core.untrusted import clip
from clacks_monitor.core.words import say
from clacks_monitor.storage.capture.encoding import (
    EVENT_COLUMNS,
    PLAIN,
    decode_event,
    decode_gap,
    decode_properties,
    unpack,
)
from clacks_monitor.storage.capture.held import row_of
from clacks_monitor.storage.capture.reading import MAX_SEQUENCE
from clacks_monitor.storage.capture.short_rows import short_rows
from clacks_monitor.storage.capture.snapshots import Snapshot, SnapshotKind
from clacks_monitor.storage.capture.statistics import Statistics

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

Scanned = tuple[int, str, bytes, Properties]
"""What a filter needs of an event: sequence number, type, body, properties."""

PAGE = 500
MAX_TEXT = 2_000
"""Characters of each text of a row."""
_KINDS = {0: RowKind.EVENT, 1: RowKind.INVALID, 2: RowKind.GAP}
_ROW = (
    "SELECT e.seq, e.kind, e.wall, e.type, e.summary, e.source, e.size, e.problem, n.mark, n.comment, g.start, g.cause"
    " FROM entry e LEFT JOIN note n ON n.seq = e.seq LEFT JOIN gap g ON g.seq = e.seq WHERE e.seq "
)
_ROW_TOO_LONG = (
    "SELECT e.seq, e.kind, e.wall, e.type, ?, e.source, e.size, NULL, 0, '', g.start, '' FROM entry e"
    " LEFT JOIN gap g ON g.seq = e.seq WHERE e.seq = ?"
)
"""A row without its texts, one of which is longer than any that this program writes."""
_NAMED = "IN (SELECT value FROM json_each(?))"
_ROWS_BETWEEN = f"{_ROW}BETWEEN ? AND ?"
_ROWS_NAMED = f"{_ROW}{_NAMED}"
_EVENTS = " FROM entry JOIN body ON body.seq = entry.seq WHERE entry.seq "
_EVENTS_NAMED = f"SELECT entry.seq, entry.type, entry.source, {EVENT_COLUMNS}{_EVENTS}{_NAMED}"
_GAPS_NAMED = (
    "SELECT g.seq, e.source, g.start, e.wall, g.cause, g.detail, g.lost FROM gap g JOIN entry e ON e.seq = g.seq"
    " WHERE g.seq IN (SELECT value FROM json_each(?))"
)
_SCAN = "SELECT seq, type, packing, {0}, body FROM body WHERE seq BETWEEN :low AND :high"
_OF_TYPES = " AND type IN (SELECT id FROM type WHERE name IN (SELECT value FROM json_each(:types)))"
_SEARCHED = (
    "SELECT e.seq, e.summary, e.problem, n.comment, b.packing, b.body FROM entry e"
    " LEFT JOIN body b ON b.seq = e.seq LEFT JOIN note n ON n.seq = e.seq WHERE e.seq BETWEEN ? AND ? ORDER BY e.seq"
)
_TROUBLES = (
    "SELECT seq FROM entry WHERE kind <> 0 AND seq BETWEEN ? AND ?"
    " AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq"
)
_ORDERS = {
    Column.TIME: "SELECT seq FROM entry ORDER BY wall, seq",
    Column.TYPE: "SELECT e.seq FROM type t CROSS JOIN entry e ON e.type = t.id ORDER BY t.name, e.seq",
    Column.SUMMARY: "SELECT seq FROM entry ORDER BY summary, seq",
    Column.CONNECTION: "SELECT e.seq FROM entry e JOIN source s ON s.id = e.source ORDER BY s.connection, e.seq",
    Column.SUBJECT: "SELECT e.seq FROM entry e JOIN source s ON s.id = e.source ORDER BY s.subject, e.seq",
    Column.SIZE: "SELECT seq FROM entry ORDER BY size, seq",
    Column.PROBLEM: "SELECT seq FROM entry ORDER BY coalesce(problem, ''), seq",
    Column.COMMENT: (
        "SELECT e.seq FROM entry e LEFT JOIN note n ON n.seq = e.seq ORDER BY coalesce(n.comment, ''), e.seq"
    ),
    Column.SEQUENCE: "SELECT seq FROM entry ORDER BY seq",
}


class CaptureReader(Statistics):
    """Reads one capture. Methods raise CaptureError for a damaged file, ReadingStoppedError after interrupt()."""

    # -- pages and single entries --------------------------------------------------------------------------------

    def rows(self, sequences: Sequence[int], fields: Sequence[FieldColumn] = ()) -> list[Row]:
        """Return the rows of ``sequences`` in their order; those that the ring has removed are left out.

        For ``fields`` the bodies are read and parsed too: meant for a page of rows.
        """
        if fields:
            return self._rows_with_values(sequences, fields)
        if not sequences:
            return []
        low, high = min(sequences), max(sequences)
        held = self._held_between(low, high)
        with self._reading() as db:
            try:
                with short_rows(db):
                    if high - low + 1 == len(sequences):
                        found = db.execute(_ROWS_BETWEEN, (low, high)).fetchall()
                    else:
                        found = db.execute(_ROWS_NAMED, (json.dumps(list(sequences)),)).fetchall()
            except sqlite3.DataError:
                found = [row for sequence in sequences for row in _one_row(db, sequence)]
            by_sequence = {sequence: row_of(sequence, entry) for sequence, entry in held}
            by_sequence |= {row[0]: self._row(row) for row in found}
        return [by_sequence[sequence] for sequence in sequences if sequence in by_sequence]

    def _rows_with_values(self, sequences: Sequence[int], fields: Sequence[FieldColumn]) -> list[Row]:
        read = FieldReader(fields)
        values = {s: read(entry.raw.body) for s, entry in self.entries(sequences) if isinstance(entry, Event)}
        return [replace(row, values=values.get(row.sequence, {})) for row in self.rows(sequences)]

    def _row(self, found: tuple[object, ...]) -> Row:
        row: tuple[int, int, int, int | None, str, int, int, str | None, int | None, str | None, int | None, str | None]
        row = found  # type: ignore[assignment] # the table is STRICT: SQLite guarantees the types
        sequence, kind, wall, type_id, summary, source_id, size, problem, mark, comment, start, cause = row
        source = self._names.source(source_id)
        summary, connection, problem = clip(summary, MAX_TEXT), clip(source[0], MAX_TEXT), clip(problem or "", MAX_TEXT)
        notes = (bool(mark), comment or "")
        if type_id is None or start is not None:
            return Row(
                sequence,
                RowKind.GAP,
                wall if start is None else start,
                "",
                summary,
                connection,
                0,
                "",
                clip(cause or "", MAX_TEXT),
                wall,
                *notes,
            )
        name, shown = self._names.types[type_id], _KINDS.get(kind, RowKind.INVALID)
        return Row(
            sequence, shown, wall, name, summary, connection, size, clip(source[1], MAX_TEXT), problem, 0, *notes
        )

    def entry(self, sequence: int) -> Event | Gap | None:
        """Return one entry in full, None where there is none (any more)."""
        for _sequence, found in self.entries([sequence]):
            return found
        return None

    def entries(self, sequences: Iterable[int], *, chunk: int = PAGE) -> Iterator[tuple[int, Entry]]:
        """Yield (sequence, entry) in full for ``sequences`` in their order; missing ones are left out."""
        part: list[int] = []
        for sequence in sequences:
            part.append(sequence)
            if len(part) == chunk:
                yield from self._entries(part)
                part = []
        if part:
            yield from self._entries(part)

    def _entries(self, part: list[int]) -> list[tuple[int, Entry]]:
        wanted = (json.dumps(part),)
        found: dict[int, Entry] = dict(self._held_between(min(part), max(part)))
        with self._reading() as db:
            names = self._names
            found |= {
                sequence: decode_event(row, names.types[type_id], names.source(source_id))
                for sequence, type_id, source_id, *row in db.execute(_EVENTS_NAMED, wanted)
            }
        found |= self._gaps_named(wanted)
        return [(sequence, found[sequence]) for sequence in part if sequence in found]

    def _gaps_named(self, wanted: tuple[str]) -> dict[int, Entry]:
        with self._reading() as db:
            return {
                sequence: decode_gap(self._names.source(source_id)[0], tuple(row))
                for sequence, source_id, *row in db.execute(_GAPS_NAMED, wanted)
            }

    # -- filters, finding, sorting -------------------------------------------------------------------------------

    def scan(
        self,
        first: int = 1,
        last: int = MAX_SEQUENCE,
        *,
        newest_first: bool = False,
        chunk: int = 2000,
        types: Collection[str] | None = None,
        properties: bool = True,
    ) -> Iterator[list[Scanned]]:
        """Yield the events from ``first`` to ``last`` (both included) in chunks of what a filter needs.

        Gaps are left out: gaps() has them. With ``types``, other types are not read at all; without ``properties``,
        those are not, and are empty. A chunk covers ``chunk`` sequence numbers and may hold fewer events, also none;
        properties are shared: do not change them.
        """
        low, high = self.bounds()
        low, high = max(low, first), min(high, last)
        scanned = _SCAN.format("properties" if properties else "NULL")
        sql = f"{scanned}{'' if types is None else _OF_TYPES} ORDER BY seq{' DESC' if newest_first else ''}"
        names = json.dumps(sorted(types or ()))
        starts = range(low, high + 1, chunk)
        for start in reversed(starts) if newest_first else starts:
            end = min(start + chunk - 1, high)
            held = self._held_between(start, end)
            found = self._scan_part(sql, {"low": start, "high": end, "types": names})
            yield _with_held(found, held, types, newest_first=newest_first) if held else found

    def _scan_part(self, sql: str, values: dict[str, int | str]) -> list[Scanned]:
        with self._reading() as db:
            types = self._names.types
            return [
                (
                    sequence,
                    types[type_id],
                    unpack(packing, body) if packing else body,
                    NO_PROPERTIES if properties is None else decode_properties(properties),
                )
                for sequence, type_id, packing, properties, body in db.execute(sql, values).fetchall()
            ]

    def order_by(self, column: AnyColumn) -> array[int]:
        """Return all sequence numbers in the column's ascending order, as signed 64-bit integers.

        Entries that are equal stay in their own order. Takes seconds for a million entries by text: not for the
        window's thread; interrupt() stops it. Entries without a value for a field come first.
        """
        if isinstance(column, FieldColumn):
            return self._order_by_field(column)
        with self._reading() as db:
            found = array("q")
            if column is Column.TYPE:
                found.extend(chain.from_iterable(db.execute("SELECT seq FROM entry WHERE type IS NULL ORDER BY seq")))
            found.extend(chain.from_iterable(db.execute(_ORDERS[column])))
        return found

    def _order_by_field(self, column: FieldColumn) -> array[int]:
        read, first = FieldReader([column]), column.path[0]
        types = None if first == "*" or first.startswith("@") else {first, ""}
        keys: dict[int, tuple[bool, float, str]] = {}
        for part in self.scan(types=types):
            for sequence, _type, body, _properties in part:
                text = read(body).get(column)
                if text is not None:
                    keys[sequence] = sort_key(text)
        everything = self.order_by(Column.SEQUENCE)
        found = array("q", (sequence for sequence in everything if sequence not in keys))
        found.extend(sorted(keys, key=lambda sequence: (keys[sequence], sequence)))
        return found

    def texts(
        self, first: int = 1, last: int = MAX_SEQUENCE, *, chunk: int = 2000
    ) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Yield (last sequence number looked at, sequence and text of each) for what a search looks at.

        The text has body (as text), summary, problem and comment. What only memory holds is left out.
        """
        low, high = self.bounds()
        low, high = max(low, first), min(high, last)
        for start in range(low, high + 1, chunk):
            end = min(start + chunk - 1, high)
            with self._reading() as db:
                found = [(row[0], _searched(row)) for row in db.execute(_SEARCHED, (start, end)).fetchall()]
            yield end, found

    def troubles(
        self, beyond: int, kinds: Collection[RowKind], *, forward: bool = True, limit: int = PAGE
    ) -> list[int]:
        """Return up to ``limit`` entries of ``kinds`` (INVALID, GAP) after or before ``beyond``, the nearest first."""
        first, last = (beyond + 1, MAX_SEQUENCE) if forward else (1, beyond - 1)
        wanted = json.dumps([kind.value for kind in kinds])
        found = {s for s, entry in self._held_between(first, last) if row_of(s, entry).kind in kinds}
        with self._reading() as db:
            rows = db.execute(_TROUBLES + ("" if forward else " DESC") + " LIMIT ?", (first, last, wanted, limit))
            found |= {int(row[0]) for row in rows}
        return sorted(found, reverse=not forward)[:limit]

    # -- gaps, marks, snapshots, facts ---------------------------------------------------------------------------

    def gaps(self, first: int = 1, last: int = MAX_SEQUENCE) -> list[tuple[int, Gap]]:
        """Return all gaps from ``first`` to ``last`` with their sequence numbers, oldest first."""
        held = self._held_between(first, last)
        with self._reading() as db:
            found = db.execute("SELECT seq FROM gap WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last)).fetchall()
        sequences = sorted({row[0] for row in found} | {s for s, e in held if isinstance(e, Gap)})
        return [(s, e) for s, e in self.entries(sequences) if isinstance(e, Gap)]

    def marks(self) -> list[int]:
        """Return the sequence numbers of marked entries, in order."""
        with self._reading() as db:
            return [int(row[0]) for row in db.execute("SELECT seq FROM note WHERE mark = 1 ORDER BY seq")]

    def gap_sequences(self) -> list[int]:
        """Return the sequence numbers of gaps, in order."""
        with self._reading() as db:
            return [int(row[0]) for row in db.execute("SELECT seq FROM gap ORDER BY seq")]

    def comments(self) -> dict[int, str]:
        """Return all comments by sequence number, in order."""
        with self._reading() as db:
            return dict(db.execute("SELECT seq, comment FROM note WHERE comment <> '' ORDER BY seq").fetchall())

    def snapshots(self, kind: SnapshotKind) -> list[Snapshot]:
        """Return the snapshots of one kind, oldest first."""
        with self._reading() as db:
            sql = "SELECT name, taken, content FROM snapshot WHERE kind = ? ORDER BY taken, id"
            return [Snapshot(kind, name, taken, content) for name, taken, content in db.execute(sql, (kind,))]

    def facts(self) -> dict[str, str]:
        """Return what the capture says of itself: ``id``, ``created_ns``, ``program``."""
        with self._reading() as db:
            return dict(db.execute("SELECT key, value FROM meta").fetchall())


def _one_row(db: sqlite3.Connection, sequence: int) -> list[tuple[object, ...]]:
    """Return a row, without texts where one is too long to be read, as a list of one; an empty one where it is gone."""
    try:
        with short_rows(db):
            return db.execute(f"{_ROW}= ?", (sequence,)).fetchall()
    except sqlite3.DataError:
        return db.execute(_ROW_TOO_LONG, (say("(longer than can be shown)"), sequence)).fetchall()


def _with_held(
    found: list[Scanned], held: list[tuple[int, Entry]], types: Collection[str] | None, *, newest_first: bool
) -> list[Scanned]:
    """Return ``found`` with the events that only memory holds, in their order."""
    there = {item[0] for item in found}
    found.extend(
        (sequence, entry.type, entry.raw.body, entry.raw.properties)
        for sequence, entry in held
        if isinstance(entry, Event) and sequence not in there and (types is None or entry.type in types)
    )
    found.sort(key=itemgetter(0), reverse=newest_first)
    return found


def _searched(row: tuple[int, str, str | None, str | None, int | None, bytes | None]) -> str:
    _sequence, summary, problem, comment, packing, stored = row
    body = unpack(packing or PLAIN, stored) if stored is not None else b""
    encoding = "utf-16" if body[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8"
    return "\n".join((body.decode(encoding, "replace"), summary, problem or "", comment or ""))
