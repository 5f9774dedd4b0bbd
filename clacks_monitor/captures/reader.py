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
from functools import partial
from itertools import accumulate, chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from clacks_monitor.captures import queries
from clacks_monitor.captures.encoding import (
    decode_event,
    decode_gap,
    decode_properties,
    sensible_size,
    unpack,
    weight_of,
)
from clacks_monitor.captures.excerpts import read_excerpt
from clacks_monitor.captures.overflow import row_of
from clacks_monitor.captures.reading import MAX_SEQUENCE
from clacks_monitor.captures.searching import searched
from clacks_monitor.captures.shapes import DamagedValueError
from clacks_monitor.captures.short_rows import short_rows
from clacks_monitor.captures.snapshots import Snapshot, SnapshotKind
from clacks_monitor.captures.statistics import Statistics
from clacks_monitor.captures.weighing import TooMuchError
from clacks_monitor.core.columns import AnyColumn, Column, FieldColumn, sort_key
from clacks_monitor.core.event import NO_PROPERTIES, Entry, Event, Excerpt, Gap, Properties, Row, RowKind, excerpt_of
from clacks_monitor.core.field_reader import FieldReader
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from clacks_monitor.captures.encoding import StoredEvent

Scanned = tuple[int, str, bytes, Properties]
"""What a filter needs of an event: sequence number, type, body, properties."""

PAGE = 500
LONGEST_SNAPSHOT = 64 * 1024 * 1024
LONGEST_COMMENTS = 256_000_000
"""Characters of all comments together."""
MAX_TEXT = 2_000
"""Characters of each text of a row."""
_KINDS = {0: RowKind.EVENT, 1: RowKind.INVALID, 2: RowKind.GAP}


class CaptureReader(Statistics):
    """Reads one capture. Methods raise CaptureError for a damaged file, ReadingStoppedError after interrupt()."""

    # -- pages and single entries --------------------------------------------------------------------------------

    def rows(
        self, sequences: Sequence[int], fields: Sequence[FieldColumn] = (), *, most_bytes: int = MAX_SEQUENCE
    ) -> list[Row]:
        """Return the rows of ``sequences`` in their order; those that the ring has removed are left out.

        For ``fields`` the bodies are read and parsed too, the small ones first, ``most_bytes`` of them together: meant
        for a page of rows. One whose body is not read has "…" for each value.
        """
        if fields:
            return self._rows_with_values(sequences, fields, most_bytes)
        if not sequences:
            return []
        held = self._held_between(min(sequences), max(sequences))
        by_sequence = {sequence: row_of(sequence, entry) for sequence, entry in held}
        by_sequence |= self._read(partial(self._stored_rows, sequences))
        return [by_sequence[sequence] for sequence in sequences if sequence in by_sequence]

    def _stored_rows(self, sequences: Sequence[int], db: sqlite3.Connection) -> dict[int, Row]:
        low, high = min(sequences), max(sequences)
        try:
            with short_rows(db):
                if high - low + 1 == len(sequences):
                    found = db.execute(queries.ROWS_BETWEEN, (low, high, len(sequences))).fetchall()
                else:
                    found = db.execute(queries.ROWS_NAMED, (json.dumps(list(sequences)),)).fetchall()
        except sqlite3.DataError:
            found = [row for sequence in sequences for row in _one_row(db, sequence)]
        rows = dict[int, Row]()
        for row in found:
            try:
                rows[row[0]] = self._row(row)
            except DamagedValueError as error:
                words = Message("This entry is damaged: {0}.", str(error))
                rows[row[0]] = Row(row[0], RowKind.INVALID, 0, "", "", "", 0, "", words, 0)
        return rows

    def _rows_with_values(self, sequences: Sequence[int], fields: Sequence[FieldColumn], most_bytes: int) -> list[Row]:
        read, rows = FieldReader(fields), self.rows(sequences)
        large = self._larger(sequences, most_bytes)
        wanted = [row.sequence for row in rows if row.sequence not in large]
        values = {s: read(entry.raw.body) for s, entry in self.entries(wanted) if isinstance(entry, Event)}
        values |= dict.fromkeys(large, dict.fromkeys(fields, "…"))
        return [replace(row, values=values.get(row.sequence, {})) for row in rows]

    def _larger(self, sequences: Sequence[int], most_bytes: int) -> frozenset[int]:
        """Return the events that are left out when small ones with ``most_bytes`` together are read."""
        with self._reading() as db:
            found = db.execute(queries.SIZES, (json.dumps(list(sequences)),)).fetchall()
        sizes = accumulate(size for _sequence, size in found)
        return frozenset(row[0] for row, size in zip(found, sizes, strict=True) if size > most_bytes)

    def _row(self, found: tuple[object, ...]) -> Row:
        row: tuple[int, int, int, int | None, str, int, int, str | None, int | None, str | None, int | None, str | None]
        row = queries.ROW_SHAPE(found)  # type: ignore[assignment] # which is what the shape says
        sequence, kind, wall, type_id, summary, source_id, size, problem, mark, comment, start, cause = row
        source = self._names.source(source_id)
        connection, subject = source[0], source[1]
        if problem or len(summary) + len(connection) + len(subject) > MAX_TEXT:
            summary, problem = clip(summary, MAX_TEXT), clip(problem or "", MAX_TEXT)
            connection, subject = clip(connection, MAX_TEXT), clip(subject, MAX_TEXT)
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
        name, shown, size = self._names.types[type_id], _KINDS.get(kind, RowKind.INVALID), sensible_size(size)
        return Row(sequence, shown, wall, name, summary, connection, size, subject, problem or "", 0, *notes)

    def entry(self, sequence: int) -> Event | Gap | None:
        """Return one entry in full, None where there is none (any more)."""
        for _sequence, found in self.entries([sequence]):
            return found
        return None

    def excerpt(self, sequence: int) -> Excerpt | None:
        """Return as much of one entry as can be shown, None where there is none (any more)."""
        for _sequence, held in self._held_between(sequence, sequence):
            return excerpt_of(held)
        with self._reading() as db:
            found = read_excerpt(db, self._names, sequence)
        if found is not None:
            return found
        gap = self._gaps_named((json.dumps([sequence]),)).get(sequence)
        return None if gap is None else Excerpt(gap)

    def entries(self, sequences: Iterable[int], *, chunk: int = PAGE) -> Iterator[tuple[int, Entry]]:
        """Yield (sequence, entry) in full for ``sequences`` in their order; missing ones are left out."""
        wanted = iter(sequences)
        while part := list(islice(wanted, chunk)):
            for _piece, found in self._portions(part, self._entries):
                yield from found

    def _entries(self, part: Sequence[int], most: int) -> list[tuple[int, Entry]]:
        """Return what there is of ``part``. Raises TooMuchError where that has more than ``most`` bytes."""
        wanted = (json.dumps(part),)
        found: dict[int, Entry] = dict(self._held_between(min(part), max(part)))
        found |= self._read(partial(self._events, wanted, most))
        found |= self._gaps_named(wanted)
        return [(sequence, found[sequence]) for sequence in part if sequence in found]

    def _events(self, wanted: tuple[str], most: int, db: sqlite3.Connection) -> dict[int, Event]:
        found, weight = dict[int, Event](), 0
        for head in db.execute(queries.EVENTS_NAMED, wanted):
            row: StoredEvent = head[3:]
            weight += weight_of(row)
            if weight > most:
                raise TooMuchError
            found[head[0]] = self._event(head[0], head[1], head[2], row)
        return found

    def _event(self, sequence: int, type_id: int, source_id: int, row: StoredEvent) -> Event:
        try:
            return decode_event(row, self._names.types[type_id], self._names.source(source_id))
        except (ValueError, TypeError) as error:
            raise DamagedValueError(f"entry {sequence:,}: {error}") from error

    def _gaps_named(self, wanted: tuple[str]) -> dict[int, Entry]:
        with self._reading() as db:
            return {
                sequence: decode_gap(self._names.source(source_id)[0], tuple(row))
                for sequence, source_id, *row in db.execute(queries.GAPS_NAMED, wanted)
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
        those are not, and are empty. A chunk covers ``chunk`` sequence numbers, or fewer where the bodies are large,
        and may hold no event; properties are shared: do not change them.
        """
        for _span, found in self.scan_spans(
            first, last, newest_first=newest_first, chunk=chunk, types=types, properties=properties
        ):
            yield found

    def scan_spans(
        self,
        first: int = 1,
        last: int = MAX_SEQUENCE,
        *,
        newest_first: bool = False,
        chunk: int = 2000,
        types: Collection[str] | None = None,
        properties: bool = True,
    ) -> Iterator[tuple[tuple[int, int], list[Scanned]]]:
        """Yield what scan() does, each with the first and last sequence number that was looked at."""
        low, high = self.bounds()
        low, high = max(low, first), min(high, last)
        scanned = queries.SCAN.format("properties" if properties else "NULL")
        order = " DESC" if newest_first else ""
        sql = f"{scanned}{'' if types is None else queries.OF_TYPES} ORDER BY seq{order} LIMIT :high - :low + 1"
        names = json.dumps(sorted(types or ()))

        def read(piece: Sequence[int], most: int) -> list[Scanned]:
            held = self._held_between(piece[0], piece[-1])
            found = self._scan_part(sql, {"low": piece[0], "high": piece[-1], "types": names}, most)
            return _with_held(found, held, types, newest_first=newest_first) if held else found

        starts = range(low, high + 1, chunk)
        for start in reversed(starts) if newest_first else starts:
            part = range(start, min(start + chunk - 1, high) + 1)
            for piece, found in self._portions(part, read, newest_first=newest_first):
                yield (piece[0], piece[-1]), found

    def _scan_part(self, sql: str, values: dict[str, int | str], most: int) -> list[Scanned]:
        found, weight = list[Scanned](), 0
        with self._reading() as db:
            types = self._names.types
            for sequence, type_id, packing, properties, body in db.execute(sql, values):
                weight += packing or len(body)
                if properties is not None:
                    weight += len(properties)
                if weight > most:
                    raise TooMuchError
                whole = body if not packing and type(body) is bytes else unpack(packing, body)
                listed = NO_PROPERTIES if properties is None else decode_properties(properties)
                found.append((sequence, types[type_id], whole, listed))
        return found

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
            found.extend(chain.from_iterable(db.execute(queries.ORDERS[column])))
        return found

    def _order_by_field(self, column: FieldColumn) -> array[int]:
        read, first = FieldReader([column]), column.path[0]
        types = None if first == "*" or first.startswith("@") else {first, ""}
        keys: dict[int, tuple[bool, float, str]] = {}
        for part in self.scan(types=types):
            for sequence, _type, body, _properties in part:
                text = read(body).get(column)
                if text is not None:
                    keys[sequence] = sort_key(text[: queries.SORTED])
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
            for piece, found in self._portions(range(start, min(start + chunk - 1, high) + 1), self._texts):
                yield piece[-1], found

    def _texts(self, piece: Sequence[int], most: int) -> list[tuple[int, str]]:
        span = piece[0], piece[-1], len(piece)
        return self._read(lambda db: searched(db.execute(queries.SEARCHED, span), most))

    def troubles(
        self, beyond: int, kinds: Collection[RowKind], *, forward: bool = True, limit: int = PAGE
    ) -> list[int]:
        """Return up to ``limit`` entries of ``kinds`` (INVALID, GAP) after or before ``beyond``, the nearest first."""
        first, last = (beyond + 1, MAX_SEQUENCE) if forward else (1, beyond - 1)
        wanted = json.dumps([kind.value for kind in kinds])
        found = {s for s, entry in self._held_between(first, last) if row_of(s, entry).kind in kinds}
        with self._reading() as db:
            rows = db.execute(
                queries.TROUBLES + ("" if forward else " DESC") + " LIMIT ?", (first, last, wanted, limit)
            )
            found |= {int(row[0]) for row in rows}
        return sorted(found, reverse=not forward)[:limit]

    # -- gaps, marks, snapshots, facts ---------------------------------------------------------------------------

    def gaps(self, first: int = 1, last: int = MAX_SEQUENCE) -> list[tuple[int, Gap]]:
        """Return all gaps from ``first`` to ``last`` with their sequence numbers, oldest first."""
        held = self._held_between(first, last)
        with self._reading() as db:
            sql = "SELECT seq FROM gap WHERE seq BETWEEN ? AND ? ORDER BY seq"
            found = db.execute(sql, (first, min(last, MAX_SEQUENCE))).fetchall()
        sequences = sorted({row[0] for row in found} | {s for s, e in held if isinstance(e, Gap)})
        return [(s, e) for s, e in self.entries(sequences) if isinstance(e, Gap)]

    def marks(self) -> list[int]:
        """Return the sequence numbers of marked entries, in order."""
        return self._numbers("SELECT seq FROM note WHERE mark = 1 AND seq BETWEEN ? AND ? ORDER BY seq LIMIT ?")

    def gap_sequences(self) -> list[int]:
        """Return the sequence numbers of gaps, in order."""
        return self._numbers("SELECT seq FROM gap WHERE seq BETWEEN ? AND ? ORDER BY seq LIMIT ?")

    def _numbers(self, sql: str) -> list[int]:
        """Return what a query tells of the numbers that the capture has."""
        low, high = self._noted_span()
        with self._reading() as db:
            return [int(row[0]) for row in db.execute(sql, (low, high, high - low + 1))]

    def _noted_span(self) -> tuple[int, int]:
        """Return the first and last number that a mark or comment may be on."""
        return self.bounds()

    def comments(self) -> dict[int, str]:
        """Return all comments by sequence number, in order."""
        found, size = dict[int, str](), 0
        with self._reading() as db:
            for sequence, comment in db.execute(queries.COMMENTS, self._noted_span()):
                size += len(comment)
                if size > LONGEST_COMMENTS:
                    raise DamagedValueError("its comments are longer than anybody writes")
                found[sequence] = comment
        return found

    def snapshots(self, kind: SnapshotKind) -> Iterator[Snapshot]:
        """Yield the snapshots of one kind, oldest first; each is read when it is wanted."""
        with self._reading() as db:
            wanted = [
                int(row[0]) for row in db.execute("SELECT id FROM snapshot WHERE kind = ? ORDER BY taken, id", (kind,))
            ]
        for number in wanted:
            with self._reading(LONGEST_SNAPSHOT) as db:
                row = db.execute(queries.SNAPSHOT, (number,)).fetchone()
                found = Snapshot(kind, *queries.SNAPSHOT_SHAPE(row)) if row else None
            if found is not None:
                yield found

    def facts(self) -> dict[str, str]:
        """Return what the capture says of itself: ``id``, ``created_ns``, ``program``."""
        with self._reading() as db, short_rows(db):
            return dict(db.execute("SELECT key, value FROM meta LIMIT 100").fetchall())


def _one_row(db: sqlite3.Connection, sequence: int) -> list[tuple[object, ...]]:
    """Return a row, without texts where one is too long to be read, as a list of one; an empty one where it is gone."""
    try:
        with short_rows(db):
            return db.execute(f"{queries.ROW}= ?", (sequence,)).fetchall()
    except sqlite3.DataError:
        return db.execute(queries.ROW_TOO_LONG, (Message("(longer than can be shown)"), sequence)).fetchall()


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
