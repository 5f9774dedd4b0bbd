"""Rows for the table, and values out of bodies for its columns. Part of a reader: same owner, same thread."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from clacks_monitor.captures import queries
from clacks_monitor.captures.encoding import sensible_size
from clacks_monitor.captures.overflow import row_of
from clacks_monitor.captures.shapes import DamagedValueError
from clacks_monitor.captures.short_rows import short_rows
from clacks_monitor.core.event import Event, Row, RowKind
from clacks_monitor.core.field_reader import FieldReader
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import clip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.captures.entries import EntryReader
    from clacks_monitor.captures.reading import ReadConnection
    from clacks_monitor.core.columns import FieldColumn

MAX_TEXT = 2_000
"""Characters of each text of a row."""
_KINDS = {0: RowKind.EVENT, 1: RowKind.INVALID, 2: RowKind.GAP}


class RowReader:
    """Reads pages of rows. Errors as ReadConnection raises them."""

    def __init__(self, connection: ReadConnection, entries: EntryReader) -> None:
        self._file = connection
        self._entries = entries

    def rows(self, sequences: Sequence[int]) -> list[Row]:
        """Return the rows of ``sequences`` in their order; missing ones are left out."""
        if not sequences:
            return []
        waiting = self._file.waiting_between(min(sequences), max(sequences))
        by_sequence = {sequence: row_of(sequence, entry) for sequence, entry in waiting}
        by_sequence |= self._file.read(partial(self._stored_rows, sequences))
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
                text = Message("This entry is damaged: {0}.", str(error))
                rows[row[0]] = Row(row[0], RowKind.INVALID, 0, "", "", "", 0, "", text, 0)
        return rows

    def rows_with_values(self, sequences: Sequence[int], fields: Sequence[FieldColumn], most_bytes: int) -> list[Row]:
        """Return rows with the values of ``fields`` out of their bodies; "…" where a body is too large to be read."""
        read, rows = FieldReader(fields), self.rows(sequences)
        large = self._larger(sequences, most_bytes)
        wanted = [row.sequence for row in rows if row.sequence not in large]
        values = {s: read(entry.raw.body) for s, entry in self._entries.entries(wanted) if isinstance(entry, Event)}
        values |= dict.fromkeys(large, dict.fromkeys(fields, "…"))
        return [replace(row, values=values.get(row.sequence, {})) for row in rows]

    def _larger(self, sequences: Sequence[int], most_bytes: int) -> frozenset[int]:
        """Return the events that are left out when small ones with ``most_bytes`` together are read."""
        with self._file.reading() as db:
            found = db.execute(queries.SIZES, (json.dumps(list(sequences)),)).fetchall()
        sizes = accumulate(size for _sequence, size in found)
        return frozenset(row[0] for row, size in zip(found, sizes, strict=True) if size > most_bytes)

    def _row(self, found: tuple[object, ...]) -> Row:
        row: tuple[int, int, int, int | None, str, int, int, str | None, int | None, str | None, int | None, str | None]
        row = queries.ROW_SHAPE(found)  # type: ignore[assignment] # as the shape guarantees
        sequence, kind, wall, type_id, summary, source_id, size, problem, mark, comment, start, cause = row
        source = self._file.names.source(source_id)
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
        name, shown, size = self._file.names.types[type_id], _KINDS.get(kind, RowKind.INVALID), sensible_size(size)
        return Row(sequence, shown, wall, name, summary, connection, size, subject, problem or "", 0, *notes)


def _one_row(db: sqlite3.Connection, sequence: int) -> list[tuple[object, ...]]:
    """Return a row, without texts where one is too long to be read, as a list of one; an empty one where it is gone."""
    try:
        with short_rows(db):
            return db.execute(f"{queries.ROW}= ?", (sequence,)).fetchall()
    except sqlite3.DataError:
        return db.execute(queries.ROW_TOO_LONG, (Message("(too long to be shown)"), sequence)).fetchall()
