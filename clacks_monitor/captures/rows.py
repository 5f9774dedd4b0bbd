"""Rows for the table, and values out of bodies for its columns. Part of a reader: same owner, same thread."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from clacks_monitor.captures import queries
from clacks_monitor.captures.overflow import row_of
from clacks_monitor.captures.short_rows import short_rows
from clacks_monitor.core.event import Event, Row
from clacks_monitor.core.field_reader import FieldReader
from clacks_monitor.core.messages import Message
from clacks_monitor.storage.table_rows import table_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.captures.copies import CopyReader
    from clacks_monitor.captures.entries import EntryReader
    from clacks_monitor.captures.reading import ReadConnection
    from clacks_monitor.core.columns import AddedColumn


class RowReader:
    """Reads pages of rows. Errors as ReadConnection raises them."""

    def __init__(self, connection: ReadConnection, entries: EntryReader, copies: CopyReader) -> None:
        self._file = connection
        self._entries, self._copies = entries, copies

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
            rows[row[0]] = table_row(self._file.names, row)
        for sequence, count in self._copies.counts(db, sequences).items():
            if sequence in rows:
                rows[sequence] = replace(rows[sequence], deliveries=count)
        return rows

    def rows_with_values(self, sequences: Sequence[int], fields: Sequence[AddedColumn], most_bytes: int) -> list[Row]:
        """Return rows with the values of ``fields`` out of their bodies; "…" where a body is too large to be read."""
        read, rows = FieldReader(fields), self.rows(sequences)
        large = self._larger(sequences, most_bytes)
        wanted = [row.sequence for row in rows if row.sequence not in large]
        found = [(s, entry.raw) for s, entry in self._entries.entries(wanted) if isinstance(entry, Event)]
        values = {s: read(raw.body, raw.properties) for s, raw in found}
        values |= dict.fromkeys(large, dict.fromkeys(fields, "…"))
        return [replace(row, values=values.get(row.sequence, {})) for row in rows]

    def _larger(self, sequences: Sequence[int], most_bytes: int) -> frozenset[int]:
        """Return the events that are left out when small ones with ``most_bytes`` together are read."""
        with self._file.reading() as db:
            found = db.execute(queries.SIZES, (json.dumps(list(sequences)),)).fetchall()
        sizes = accumulate(size for _sequence, size in found)
        return frozenset(row[0] for row, size in zip(found, sizes, strict=True) if size > most_bytes)


def _one_row(db: sqlite3.Connection, sequence: int) -> list[tuple[object, ...]]:
    """Return a row, without texts where one is too long to be read, as a list of one; an empty one where it is gone."""
    try:
        with short_rows(db):
            return db.execute(f"{queries.ROW}= ?", (sequence,)).fetchall()
    except sqlite3.DataError:
        return db.execute(queries.ROW_TOO_LONG, (Message("(too long to be shown)"), sequence)).fetchall()
