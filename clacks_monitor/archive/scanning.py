"""Passes over many entries: for filters, searches and sorting. Part of a reader: same owner, same thread."""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING, Any

from clacks_monitor.archive import queries
from clacks_monitor.archive.bodies import Weighed, share_of
from clacks_monitor.archive.texts import read, stored
from clacks_monitor.core.columns import Column, FieldColumn, StoredColumn
from clacks_monitor.core.event import NO_PROPERTIES
from clacks_monitor.storage.encoding import LARGEST_SEQUENCE, clean, decode_properties, unpack
from clacks_monitor.storage.ordering import ordered_by_field, types_with_field
from clacks_monitor.storage.searching import searched
from clacks_monitor.storage.weighing import portions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from clacks_monitor.archive.reading import ReadingConnection
    from clacks_monitor.core.store import Scanned
    from clacks_monitor.storage.searching import SearchedRow

CHUNK = 2_000


class ArchiveScanner:
    """Reads spans of entries in chunks. Errors as ReadingConnection raises them."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._db = connection

    def _within(self, first: int, last: int) -> tuple[int, int]:
        low, high = self._db.bounds()
        return max(low, first), min(high, last)

    def spans(
        self, first: int, last: int, *, newest_first: bool, chunk: int, types: Collection[str] | None, properties: bool
    ) -> Iterator[tuple[tuple[int, int], list[Scanned]]]:
        """Yield the events from ``first`` to ``last`` in chunks, each with the span of numbers that was examined."""
        low, high = self._within(first, last)
        statement = queries.scan(properties=properties, types=types is not None, newest_first=newest_first)
        names = [stored(clean(name)) for name in types or ()]

        def read_piece(piece: Sequence[int], most: int) -> list[Scanned]:
            return self._scan_part(statement, names, piece, most)

        starts = range(low, high + 1, chunk) if high else range(0)
        for start in reversed(starts) if newest_first else starts:
            part = range(start, min(start + chunk - 1, high) + 1)
            for piece, found in portions(part, read_piece, newest_first=newest_first):
                yield (piece[0], piece[-1]), found

    def _scan_part(self, statement: str, names: list[str], piece: Sequence[int], most: int) -> list[Scanned]:
        share = share_of(piece, most)
        values = {"low": piece[0], "high": piece[-1], "share": share, "count": len(piece), "types": names}
        rows = self._db.rows(statement, values)
        weighed, types, found = Weighed(share, most), self._db.names.types, list[Any]()
        with self._db.reading():
            for sequence, type_id, packing, properties_size, properties, size, body in rows:
                whole = weighed.body(packing, size, body)
                labels = weighed.properties(properties_size, properties)
                found.append(
                    (
                        sequence,
                        types[type_id],
                        unpack(packing, whole) if packing else whole,
                        NO_PROPERTIES if labels is None else decode_properties(labels),
                    )
                )
        return found

    def order_by(self, column: StoredColumn) -> array[int]:
        """Return all sequence numbers in the column's ascending order."""
        if isinstance(column, FieldColumn):
            types = types_with_field(column)
            listed = bool(column.property_name)
            spans = self.spans(1, LARGEST_SEQUENCE, newest_first=False, chunk=CHUNK, types=types, properties=listed)
            return ordered_by_field(spans, self.order_by(Column.SEQUENCE), column, queries.SORTED)
        low, high = self._db.bounds()
        count = high - low + 1 if high else 0
        found = array("q")
        found.extend(chain.from_iterable(self._db.rows(f"{queries.ORDERS[column]} LIMIT %s", (count,))))
        return found

    def texts(self, first: int, last: int, chunk: int) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Yield (last sequence number examined, sequence and text of each) for a search."""
        low, high = self._within(first, last)
        for start in range(low, high + 1, chunk) if high else range(0):
            for piece, found in portions(range(start, min(start + chunk - 1, high) + 1), self._texts):
                yield piece[-1], found

    def _texts(self, piece: Sequence[int], most: int) -> list[tuple[int, str]]:
        share = share_of(piece, most)
        values = {"low": piece[0], "high": piece[-1], "share": share, "count": len(piece)}
        rows = self._db.rows(queries.SEARCHED, values)
        with self._db.reading():
            return searched(_whole(rows, Weighed(share, most)), most)


def _whole(rows: Iterable[tuple[Any, ...]], weighed: Weighed) -> Iterator[SearchedRow]:
    for sequence, summary, problem, comment, packing, size, body in rows:
        whole = None if size is None else weighed.body(packing, size, body)
        yield sequence, read(summary), problem and read(problem), comment and read(comment), packing, whole
