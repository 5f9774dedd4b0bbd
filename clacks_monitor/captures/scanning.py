"""Passes over many entries: for filters, searches and sorting. Part of a reader: same owner, same thread."""

from __future__ import annotations

import json
from array import array
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

from clacks_monitor.captures import queries
from clacks_monitor.captures.reading import MAX_SEQUENCE
from clacks_monitor.core.columns import Column, FieldColumn, StoredColumn
from clacks_monitor.core.event import NO_PROPERTIES, Entry, Event
from clacks_monitor.core.store import Scanned
from clacks_monitor.storage.encoding import decode_properties, unpack
from clacks_monitor.storage.ordering import ordered_by_field, types_with_field
from clacks_monitor.storage.searching import searched
from clacks_monitor.storage.weighing import TooMuchError, portions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from clacks_monitor.captures.reading import ReadConnection

CHUNK = 2_000


class Scanner:
    """Reads spans of entries in chunks. Errors as ReadConnection raises them."""

    def __init__(self, connection: ReadConnection) -> None:
        self._file = connection

    def _within(self, first: int, last: int) -> tuple[int, int]:
        low, high = self._file.bounds()
        return max(low, first), min(high, last)

    def spans(
        self, first: int, last: int, *, newest_first: bool, chunk: int, types: Collection[str] | None, properties: bool
    ) -> Iterator[tuple[tuple[int, int], list[Scanned]]]:
        """Yield the events from ``first`` to ``last`` in chunks, each with the span of numbers that was examined."""
        low, high = self._within(first, last)
        scanned = queries.SCAN.format("properties" if properties else "NULL")
        order = " DESC" if newest_first else ""
        sql = f"{scanned}{'' if types is None else queries.OF_TYPES} ORDER BY seq{order} LIMIT :high - :low + 1"
        names = json.dumps(sorted(types or ()))

        def read(piece: Sequence[int], most: int) -> list[Scanned]:
            waiting = self._file.waiting_between(piece[0], piece[-1])
            found = self._scan_part(sql, {"low": piece[0], "high": piece[-1], "types": names}, most)
            return _with_waiting(found, waiting, types, newest_first=newest_first) if waiting else found

        starts = range(low, high + 1, chunk)
        for start in reversed(starts) if newest_first else starts:
            part = range(start, min(start + chunk - 1, high) + 1)
            for piece, found in portions(part, read, newest_first=newest_first):
                yield (piece[0], piece[-1]), found

    def _scan_part(self, sql: str, values: dict[str, int | str], most: int) -> list[Scanned]:
        found, weight = list[Scanned](), 0
        with self._file.reading() as db:
            types = self._file.names.types
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

    def order_by(self, column: StoredColumn) -> array[int]:
        """Return all sequence numbers in the column's ascending order."""
        if isinstance(column, FieldColumn):
            types = types_with_field(column)
            listed = bool(column.property_name)
            spans = self.spans(1, MAX_SEQUENCE, newest_first=False, chunk=CHUNK, types=types, properties=listed)
            return ordered_by_field(spans, self.order_by(Column.SEQUENCE), column, queries.SORTED)
        with self._file.reading() as db:
            found = array("q")
            if column is Column.TYPE:
                found.extend(chain.from_iterable(db.execute("SELECT seq FROM entry WHERE type IS NULL ORDER BY seq")))
            found.extend(chain.from_iterable(db.execute(queries.ORDERS[column])))
        return found

    def texts(self, first: int, last: int, chunk: int) -> Iterator[tuple[int, list[tuple[int, str]]]]:
        """Yield (last sequence number examined, sequence and text of each) for a search."""
        low, high = self._within(first, last)
        for start in range(low, high + 1, chunk):
            for piece, found in portions(range(start, min(start + chunk - 1, high) + 1), self._texts):
                yield piece[-1], found

    def _texts(self, piece: Sequence[int], most: int) -> list[tuple[int, str]]:
        span = piece[0], piece[-1], len(piece)
        return self._file.read(lambda db: searched(db.execute(queries.SEARCHED, span), most))


def _with_waiting(
    found: list[Scanned], waiting: list[tuple[int, Entry]], types: Collection[str] | None, *, newest_first: bool
) -> list[Scanned]:
    """Return ``found`` with the events that only memory holds, in their order."""
    there = {item[0] for item in found}
    found.extend(
        (sequence, entry.type, entry.raw.body, entry.raw.properties)
        for sequence, entry in waiting
        if isinstance(entry, Event) and sequence not in there and (types is None or entry.type in types)
    )
    found.sort(key=itemgetter(0), reverse=newest_first)
    return found
