"""The reader of an archive: implements core.store.EventReader, where its methods are described.

A reader has its own read-only connection and belongs to the thread that made it; only interrupt() may be called from
another. It holds no transaction open between two calls or two chunks. After a lost connection the next call makes a new
one. Methods raise CaptureError for what is damaged, ReadingStoppedError after interrupt().
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from clacks_monitor.archive import queries
from clacks_monitor.archive.entries import ArchiveEntries
from clacks_monitor.archive.fields import ArchiveFields
from clacks_monitor.archive.notes import ArchiveNoteReader
from clacks_monitor.archive.reading import ReadingConnection
from clacks_monitor.archive.scanning import CHUNK, ArchiveScanner
from clacks_monitor.archive.statistics import ArchiveStatistics
from clacks_monitor.archive.times import FIRST_SINCE
from clacks_monitor.core.store import MOST_DELIVERIES, PAGE
from clacks_monitor.storage.encoding import LARGEST_SEQUENCE, bounded

if TYPE_CHECKING:
    from array import array
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from types import TracebackType

    from clacks_monitor.archive.address import ArchiveAddress
    from clacks_monitor.core.archives import AskPassword
    from clacks_monitor.core.columns import AddedColumn, StoredColumn
    from clacks_monitor.core.event import Entry, Event, Excerpt, Gap, Row, RowKind
    from clacks_monitor.core.store import Scanned


class ArchiveReader:
    """Reads one archive."""

    def __init__(self, address: ArchiveAddress, ask_password: AskPassword | None = None) -> None:
        self._db = ReadingConnection(address, ask_password)
        self._entries = ArchiveEntries(self._db)
        self._scanner = ArchiveScanner(self._db)
        self.notes = ArchiveNoteReader(self._db)
        self.statistics = ArchiveStatistics(self._db)
        self.fields = ArchiveFields(self._db.rows)

    def interrupt(self) -> None:
        self._db.interrupt()

    def close(self) -> None:
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def bounds(self) -> tuple[int, int]:
        return self._db.bounds()

    def count(self) -> int:
        first, last = self.bounds()
        return last - first + 1 if last else 0

    def last_sequence(self) -> int:
        return self.bounds()[1]

    def time_span(self) -> tuple[int, int]:
        return self._db.time_span()

    def sequence_at(self, wall_ns: int) -> int:
        rows = self._db.rows(FIRST_SINCE, {"wall": bounded(wall_ns)})
        return int(rows[0][1]) if rows else self.last_sequence()

    def rows(
        self, sequences: Sequence[int], fields: Sequence[AddedColumn] = (), *, most_bytes: int = LARGEST_SEQUENCE
    ) -> list[Row]:
        return (
            self._entries.rows_with_values(sequences, fields, most_bytes) if fields else self._entries.rows(sequences)
        )

    def entry(self, sequence: int) -> Event | Gap | None:
        return next((found for _sequence, found in self.entries([sequence])), None)

    def excerpt(self, sequence: int) -> Excerpt | None:
        return self._entries.excerpt(sequence)

    def entries(self, sequences: Iterable[int], *, chunk: int = PAGE) -> Iterator[tuple[int, Entry]]:
        return self._entries.entries(sequences, chunk=chunk)

    def copies(self, first: int = 1, last: int = LARGEST_SEQUENCE) -> list[tuple[int, int]]:
        low, high = self.bounds()
        span = max(low, first), min(high, last)
        return [(seq, of) for seq, of in self._db.rows(queries.COPIES, (*span, max(0, span[1] - span[0] + 1)))]

    def deliveries(self, sequence: int) -> list[int]:
        found = self._db.rows(queries.DELIVERIES, {"seq": sequence, "limit": MOST_DELIVERIES})
        return sorted({sequence, *(row[0] for row in found)})

    def gaps(self, first: int = 1, last: int = LARGEST_SEQUENCE) -> list[tuple[int, Gap]]:
        return self._entries.gaps(first, last)

    def troubles(
        self, beyond: int, kinds: Collection[RowKind], *, forward: bool = True, limit: int = PAGE
    ) -> list[int]:
        first, last = (beyond + 1, LARGEST_SEQUENCE) if forward else (1, beyond - 1)
        statement = queries.TROUBLES.format("" if forward else " DESC")
        return [row[0] for row in self._db.rows(statement, (first, last, [kind.value for kind in kinds], limit))]

    def scan(
        self,
        first: int = 1,
        last: int = LARGEST_SEQUENCE,
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
        last: int = LARGEST_SEQUENCE,
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
        self, first: int = 1, last: int = LARGEST_SEQUENCE, *, chunk: int = CHUNK
    ) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        return self._scanner.texts(first, last, chunk)
