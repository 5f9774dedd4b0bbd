"""The reader of a capture: implements core.store.EventReader, where its methods are described.

A reader has its own read-only connection and belongs to the thread that made it; only interrupt() may be called from
another. It never waits for the writer, and holds no transaction open between two calls or two chunks, so that the
write-ahead log can be folded back into the file. Methods raise CaptureError for a damaged file, ReadingStoppedError
after interrupt().
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Self

from clacks_monitor.captures import queries
from clacks_monitor.captures.copies import CopyReader
from clacks_monitor.captures.entries import EntryReader
from clacks_monitor.captures.note_reader import SqlNoteReader
from clacks_monitor.captures.overflow import row_of
from clacks_monitor.captures.reading import MAX_SEQUENCE, CaptureLocation, ReadConnection
from clacks_monitor.captures.rows import RowReader
from clacks_monitor.captures.scanning import CHUNK, Scanner
from clacks_monitor.captures.statistics import SqlStatistics
from clacks_monitor.core.declared_fields import NoFieldIndex
from clacks_monitor.core.store import PAGE
from clacks_monitor.storage.encoding import bounded

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import TracebackType

    from clacks_monitor.core.columns import AddedColumn, StoredColumn
    from clacks_monitor.core.event import Entry, Event, Excerpt, Gap, Row, RowKind
    from clacks_monitor.core.store import Scanned


class CaptureReader:
    """Reads one capture."""

    def __init__(self, location: CaptureLocation) -> None:
        self._file = ReadConnection(location)
        self._entries = EntryReader(self._file)
        self._copies = CopyReader(self._file)
        self._rows = RowReader(self._file, self._entries, self._copies)
        self._scanner = Scanner(self._file)
        self.fields = NoFieldIndex()
        self.notes = SqlNoteReader(self._file, self._file.bounds)
        self.statistics = SqlStatistics(self._file)

    def interrupt(self) -> None:
        self._file.interrupt()

    def close(self) -> None:
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- how much there is ---------------------------------------------------------------------------------------

    def bounds(self) -> tuple[int, int]:
        return self._file.bounds()

    def count(self) -> int:
        first, last = self.bounds()
        return last - first + 1 if last else 0

    def last_sequence(self) -> int:
        return self.bounds()[1]

    def time_span(self) -> tuple[int, int]:
        return self._file.time_span()

    def sequence_at(self, wall_ns: int) -> int:
        with self._file.reading() as db:
            wanted = bounded(wall_ns)
            row = db.execute("SELECT seq FROM entry WHERE wall >= ? ORDER BY wall, seq LIMIT 1", (wanted,)).fetchone()
        return int(row[0]) if row else self.last_sequence()

    # -- rows and entries ----------------------------------------------------------------------------------------

    def rows(
        self, sequences: Sequence[int], fields: Sequence[AddedColumn] = (), *, most_bytes: int = MAX_SEQUENCE
    ) -> list[Row]:
        return self._rows.rows_with_values(sequences, fields, most_bytes) if fields else self._rows.rows(sequences)

    def entry(self, sequence: int) -> Event | Gap | None:
        return next((found for _sequence, found in self.entries([sequence])), None)

    def excerpt(self, sequence: int) -> Excerpt | None:
        return self._entries.excerpt(sequence)

    def entries(self, sequences: Iterable[int], *, chunk: int = PAGE) -> Iterator[tuple[int, Entry]]:
        return self._entries.entries(sequences, chunk=chunk)

    def gaps(self, first: int = 1, last: int = MAX_SEQUENCE) -> list[tuple[int, Gap]]:
        return self._entries.gaps(first, last)

    def troubles(
        self, beyond: int, kinds: Collection[RowKind], *, forward: bool = True, limit: int = PAGE
    ) -> list[int]:
        first, last = (beyond + 1, MAX_SEQUENCE) if forward else (1, beyond - 1)
        wanted = json.dumps([kind.value for kind in kinds])
        waiting = self._file.waiting_between(first, last)
        found = {sequence for sequence, entry in waiting if row_of(sequence, entry).kind in kinds}
        with self._file.reading() as db:
            rows = db.execute(
                queries.TROUBLES + ("" if forward else " DESC") + " LIMIT ?", (first, last, wanted, limit)
            )
            found |= {int(row[0]) for row in rows}
        return sorted(found, reverse=not forward)[:limit]

    def copies(self, first: int = 1, last: int = MAX_SEQUENCE) -> list[tuple[int, int]]:
        return self._copies.between(first, last)

    def deliveries(self, sequence: int) -> list[int]:
        return self._copies.deliveries(sequence)

    # -- filters, searches, sorting ------------------------------------------------------------------------------

    def scan(
        self,
        first: int = 1,
        last: int = MAX_SEQUENCE,
        *,
        newest_first: bool = False,
        chunk: int = CHUNK,
        types: Collection[str] | None = None,
        properties: bool = True,
    ) -> Iterator[list[Scanned]]:
        spans = self.scan_spans(first, last, newest_first=newest_first, chunk=chunk, types=types, properties=properties)
        return (found for _span, found in spans)

    def scan_spans(
        self,
        first: int = 1,
        last: int = MAX_SEQUENCE,
        *,
        newest_first: bool = False,
        chunk: int = CHUNK,
        types: Collection[str] | None = None,
        properties: bool = True,
    ) -> Iterator[tuple[tuple[int, int], list[Scanned]]]:
        return self._scanner.spans(
            first, last, newest_first=newest_first, chunk=chunk, types=types, properties=properties
        )

    def order_by(self, column: StoredColumn) -> array[int]:
        return self._scanner.order_by(column)

    def texts(
        self, first: int = 1, last: int = MAX_SEQUENCE, *, chunk: int = CHUNK
    ) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        return self._scanner.texts(first, last, chunk)
