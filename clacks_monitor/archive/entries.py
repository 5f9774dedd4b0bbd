"""Entries in full, excerpts of large ones, and rows for the table. Part of a reader: same owner, same thread."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any

from clacks_monitor.archive import queries
from clacks_monitor.archive.bodies import Weighed, share_of
from clacks_monitor.archive.texts import read
from clacks_monitor.core.event import EXCERPT_BYTES, Event, Excerpt, Gap
from clacks_monitor.core.field_reader import FieldReader
from clacks_monitor.core.store import LARGEST_INTEGER, PAGE
from clacks_monitor.storage.encoding import PLAIN, decode_event, decode_gap, inflated_beginning, sensible_size
from clacks_monitor.storage.shapes import DamagedValueError
from clacks_monitor.storage.table_rows import table_row
from clacks_monitor.storage.weighing import portions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from clacks_monitor.archive.reading import ReadingConnection
    from clacks_monitor.core.columns import AddedColumn
    from clacks_monitor.core.event import Entry, Row


class ArchiveEntries:
    """Reads entries by their sequence numbers. Errors as ReadingConnection raises them."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._db = connection

    # -- in full -------------------------------------------------------------------------------------------------

    def entries(self, sequences: Iterable[int], *, chunk: int = PAGE) -> Iterator[tuple[int, Entry]]:
        """Yield (sequence, entry) in full for ``sequences`` in their order; missing ones are left out."""
        wanted = iter(sequences)
        while part := list(islice(wanted, chunk)):
            for _piece, found in portions(part, self._portion):
                yield from found

    def _portion(self, part: Sequence[int], most: int) -> list[tuple[int, Entry]]:
        """Return what there is of ``part``. Raises TooMuchError where that has more than ``most`` bytes."""
        named = _numbers(part)
        share = share_of(part, most)
        rows = self._db.rows(queries.EVENTS_NAMED, {"named": named, "share": share, "count": len(named)})
        weighed = Weighed(share, most)
        found: dict[int, Entry] = {}
        with self._db.reading():
            for row in rows:
                sequence, type_id, source_id, *front, properties_size, properties, size, body = row
                whole = weighed.body(front[6], size, body)
                labels = weighed.properties(properties_size, properties)
                found[sequence] = self._event(sequence, type_id, source_id, front, labels, whole)
        found |= self.gaps_named(part)
        return [(sequence, found[sequence]) for sequence in part if sequence in found]

    def _event(
        self, sequence: int, type_id: int, source_id: int, front: Sequence[Any], properties: str | None, body: bytes
    ) -> Event:
        """Return an event. Raises DamagedValueError. ``front`` is wall to message id, as the statements have them."""
        wall, summary, problem, problem_kind, line, column, packing, monotonic, created, message_id = front
        texts = [text if text is None else read(text) for text in (summary, problem, message_id)]
        row = (wall, texts[0], texts[1], problem_kind, line, column, packing, monotonic, created, texts[2])
        try:
            names = self._db.names
            return decode_event((*row, properties, body), names.types[type_id], names.source(source_id))  # type: ignore[arg-type] # its shape is checked there
        except (ValueError, TypeError) as error:
            raise DamagedValueError(f"entry {sequence:,}: {error}") from error

    def excerpt(self, sequence: int) -> Excerpt | None:
        """Return as much of one entry as can be shown, None where there is none (any more)."""
        limit = EXCERPT_BYTES
        rows = self._db.rows(queries.EXCERPT, {"seq": sequence, "limit": limit})
        if not rows:
            gap = self.gaps_named([sequence]).get(sequence)
            return None if gap is None else Excerpt(gap)
        type_id, source_id, size, *front, weight, properties, beginning = rows[0]
        with self._db.reading():
            body = inflated_beginning(front[6], beginning, limit)
            front[6] = PLAIN
            event = self._event(sequence, type_id, source_id, front, properties and read(properties), body)
            unlisted = 0 if weight is None or properties is not None else weight
            return Excerpt(event, max(sensible_size(size), len(body)), unlisted)

    def gaps_named(self, sequences: Sequence[int]) -> dict[int, Gap]:
        """Return those of ``sequences`` that are gaps."""
        named = _numbers(sequences)
        rows = self._db.rows(queries.GAPS_NAMED, (named, len(named)))
        with self._db.reading():
            return {
                sequence: decode_gap(self._db.names.source(source_id)[0], (start, end, cause, read(detail), lost))
                for sequence, source_id, start, end, cause, detail, lost in rows
            }

    def gaps(self, first: int, last: int) -> list[tuple[int, Gap]]:
        """Return all gaps from ``first`` to ``last`` with their sequence numbers, oldest first."""
        low, high = self._db.bounds()
        span = max(low, first), min(high, last)
        rows = self._db.rows(
            "SELECT seq FROM gap WHERE seq BETWEEN %s AND %s ORDER BY seq LIMIT %s",
            (*span, max(0, span[1] - span[0] + 1)),
        )
        return [(s, e) for s, e in self.entries(row[0] for row in rows) if isinstance(e, Gap)]

    # -- rows ----------------------------------------------------------------------------------------------------

    def rows(self, sequences: Sequence[int]) -> list[Row]:
        """Return the rows of ``sequences`` in their order; missing ones are left out."""
        if not sequences:
            return []
        low, high = min(sequences), max(sequences)
        if high - low + 1 == len(sequences):
            found = self._db.rows(queries.ROWS_BETWEEN, (low, high, len(sequences)))
        else:
            named = _numbers(sequences)
            found = self._db.rows(queries.ROWS_NAMED, (named, len(named)))
        by_sequence = {row[0]: table_row(self._db.names, _readable(row)) for row in found}
        for sequence, copies in self._db.rows(queries.COUNTED_DELIVERIES, (list(by_sequence),)):
            if copies:
                by_sequence[sequence] = replace(by_sequence[sequence], deliveries=1 + copies)
        return [by_sequence[sequence] for sequence in sequences if sequence in by_sequence]

    def rows_with_values(self, sequences: Sequence[int], fields: Sequence[AddedColumn], most_bytes: int) -> list[Row]:
        """Return rows with the values of ``fields`` out of their bodies; "…" where a body is too large to be read."""
        read_fields, rows = FieldReader(fields), self.rows(sequences)
        large = self._larger(sequences, most_bytes)
        wanted = [row.sequence for row in rows if row.sequence not in large]
        found = [(s, entry.raw) for s, entry in self.entries(wanted) if isinstance(entry, Event)]
        values = {s: read_fields(raw.body, raw.properties) for s, raw in found}
        values |= dict.fromkeys(large, dict.fromkeys(fields, "…"))
        return [replace(row, values=values.get(row.sequence, {})) for row in rows]

    def _larger(self, sequences: Sequence[int], most_bytes: int) -> frozenset[int]:
        """Return the events that are left out when small ones with ``most_bytes`` together are read."""
        named = _numbers(sequences)
        found = self._db.rows(queries.SIZES, (named, len(named)))
        sizes = accumulate(size for _sequence, size in found)
        return frozenset(row[0] for row, size in zip(found, sizes, strict=True) if size > most_bytes)


def _numbers(sequences: Sequence[int]) -> list[int]:
    """Return numbers that an archive can have, each once."""
    return [number for number in dict.fromkeys(sequences) if 0 < number <= LARGEST_INTEGER]


def _readable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row of ROW with its texts as they were."""
    return tuple(read(value) if isinstance(value, str) else value for value in row)
