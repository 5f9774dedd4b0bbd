"""Entries in full, and excerpts of large ones. Part of a reader: same owner, same thread."""

from __future__ import annotations

import json
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from clacks_monitor.captures import queries
from clacks_monitor.captures.excerpts import read_excerpt
from clacks_monitor.captures.reading import MAX_SEQUENCE
from clacks_monitor.core.event import Event, Excerpt, Gap, excerpt_of
from clacks_monitor.core.store import PAGE
from clacks_monitor.storage.encoding import decode_event, decode_gap, weight_of
from clacks_monitor.storage.shapes import DamagedValueError
from clacks_monitor.storage.weighing import TooMuchError, portions

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from clacks_monitor.captures.reading import ReadConnection
    from clacks_monitor.core.event import Entry
    from clacks_monitor.storage.encoding import StoredEvent


class EntryReader:
    """Reads entries by their sequence numbers. Errors as ReadConnection raises them."""

    def __init__(self, connection: ReadConnection) -> None:
        self._file = connection

    def entries(self, sequences: Iterable[int], *, chunk: int = PAGE) -> Iterator[tuple[int, Entry]]:
        """Yield (sequence, entry) in full for ``sequences`` in their order; missing ones are left out."""
        wanted = iter(sequences)
        while part := list(islice(wanted, chunk)):
            for _piece, found in portions(part, self._portion):
                yield from found

    def excerpt(self, sequence: int) -> Excerpt | None:
        """Return as much of one entry as can be shown, None where there is none (any more)."""
        for _sequence, waiting in self._file.waiting_between(sequence, sequence):
            return excerpt_of(waiting)
        with self._file.reading() as db:
            found = read_excerpt(db, self._file.names, sequence)
        if found is not None:
            return found
        gap = self.gaps_named([sequence]).get(sequence)
        return None if gap is None else Excerpt(gap)

    def _portion(self, part: Sequence[int], most: int) -> list[tuple[int, Entry]]:
        """Return what there is of ``part``. Raises TooMuchError where that has more than ``most`` bytes."""
        wanted = (json.dumps(part),)
        found: dict[int, Entry] = dict(self._file.waiting_between(min(part), max(part)))
        found |= self._file.read(partial(self._events, wanted, most))
        found |= self.gaps_named(part)
        return [(sequence, found[sequence]) for sequence in part if sequence in found]

    def _events(self, wanted: tuple[str], most: int, db: sqlite3.Connection) -> dict[int, Event]:
        found, weight = dict[int, Event](), 0
        for row in db.execute(queries.EVENTS_NAMED, wanted):
            event: StoredEvent = row[3:]
            weight += weight_of(event)
            if weight > most:
                raise TooMuchError
            found[row[0]] = self.decode(row[0], row[1], row[2], event)
        return found

    def decode(self, sequence: int, type_id: int, source_id: int, row: StoredEvent) -> Event:
        """Return the event of a row. Raises DamagedValueError."""
        try:
            return decode_event(row, self._file.names.types[type_id], self._file.names.source(source_id))
        except (ValueError, TypeError) as error:
            raise DamagedValueError(f"entry {sequence:,}: {error}") from error

    def gaps_named(self, sequences: Sequence[int]) -> dict[int, Gap]:
        """Return those of ``sequences`` that are gaps."""
        with self._file.reading() as db:
            return {
                sequence: decode_gap(self._file.names.source(source_id)[0], tuple(row))
                for sequence, source_id, *row in db.execute(queries.GAPS_NAMED, (json.dumps(sequences),))
            }

    def gaps(self, first: int, last: int) -> list[tuple[int, Gap]]:
        """Return all gaps from ``first`` to ``last`` with their sequence numbers, oldest first."""
        waiting = self._file.waiting_between(first, last)
        with self._file.reading() as db:
            sql = "SELECT seq FROM gap WHERE seq BETWEEN ? AND ? ORDER BY seq"
            found = db.execute(sql, (first, min(last, MAX_SEQUENCE))).fetchall()
        sequences = sorted({row[0] for row in found} | {s for s, e in waiting if isinstance(e, Gap)})
        return [(s, e) for s, e in self.entries(sequences) if isinstance(e, Gap)]
