"""Counts and rates, answered by SQL from the capture's indexes. Part of a reader: same owner, same thread."""

from __future__ import annotations

import json
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.captures.short_rows import cut
from clacks_monitor.core.hardened import hardened_parser
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME, Bucket, TypeTally
from clacks_monitor.storage import column_counts
from clacks_monitor.storage.column_counts import ColumnCounts
from clacks_monitor.storage.counting import (
    LONGEST_VALUE,
    MAX_BUCKETS,
    count_values,
    field_values,
    minutes_of_span,
    parts_of,
)
from clacks_monitor.storage.encoding import MINUTE_NS, unpack
from clacks_monitor.storage.shapes import Shape
from clacks_monitor.storage.weighing import TooMuchError, portions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.captures.reading import ReadConnection

# Whole minutes are added up in the table tally; only what sticks out at both ends is counted entry by entry.
_COUNTS = (
    f"SELECT minute * {MINUTE_NS} AS wall, type, kind, count AS n FROM tally"
    " WHERE minute >= :low AND minute < :high"
    " UNION ALL SELECT wall, type, kind, 1 FROM entry WHERE wall >= :from AND wall < :begin AND type IS NOT NULL"
    " UNION ALL SELECT wall, type, kind, 1 FROM entry WHERE wall >= :end AND wall < :to AND type IS NOT NULL"
)
# SQLite's % keeps the sign of the dividend: hence the second one, for times before the epoch.
_START = "wall - (wall % :span + :span) % :span"
_RATES = f"SELECT {_START} AS start, 0, sum(n) FROM ({_COUNTS}) GROUP BY 1 ORDER BY 1"
_RATES_BY_TYPE = f"SELECT {_START} AS start, type, sum(n) FROM ({_COUNTS}) GROUP BY 1, 2 ORDER BY 1, 2"
_TYPES = (
    "SELECT t.id, c.n, (SELECT wall FROM entry WHERE seq = (SELECT max(seq) FROM entry WHERE type = c.type))"
    " FROM (SELECT type, sum(count) AS n FROM tally GROUP BY type) c JOIN type t ON t.id = c.type"
)
_TYPES_BETWEEN = (
    "SELECT t.id, c.n, (SELECT max(wall) FROM (SELECT wall FROM entry INDEXED BY entry_wall"
    " WHERE wall >= :from AND wall < :to AND type = c.type ORDER BY wall DESC LIMIT 1))"
    f" FROM (SELECT type, sum(n) AS n FROM ({_COUNTS}) GROUP BY type) c"
    " JOIN type t ON t.id = c.type"
)
_COUNTED = Shape(id=int, count=int, last=int | None)
_GOOD = f"SELECT coalesce(sum(n), 0) FROM ({_COUNTS}) WHERE kind = 0"
_PROBLEMS = (
    f"SELECT coalesce({cut('problem', LONGEST_VALUE)}, ''), count(*) FROM entry INDEXED BY entry_trouble"
    " WHERE kind <> 0 AND type IS NOT NULL AND wall >= :from AND wall < :to GROUP BY 1"
)
_SOURCES = (
    "SELECT source, count(*) FROM entry NOT INDEXED WHERE seq BETWEEN ? AND ? AND wall >= ? AND wall < ?"
    " AND type IS NOT NULL GROUP BY source"
)
_BODIES = (
    "SELECT b.packing, b.body FROM body b CROSS JOIN entry e ON e.seq = b.seq WHERE b.seq BETWEEN ?1 AND ?2"
    " AND e.wall >= ?3 AND e.wall < ?4"
)
_BODY_SHAPE = Shape(packing=int, body=bytes)
_OF_TYPES = " AND b.type IN (SELECT id FROM type WHERE name IN (SELECT value FROM json_each(?5)))"


class SqlStatistics(ColumnCounts):
    """Implements core.store.EventStatistics, where its methods are described."""

    def __init__(self, connection: ReadConnection) -> None:
        self._file = connection

    def type_counts(self, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME) -> list[TypeTally]:
        whole = (from_ns, to_ns) == (BEGIN_OF_TIME, END_OF_TIME)
        with self._file.reading() as db:
            found = db.execute(_TYPES) if whole else db.execute(_TYPES_BETWEEN, self._span(from_ns, to_ns, MINUTE_NS))
            # A type that is counted and has no entry is of a file that was changed: it has no last time.
            counts = [
                TypeTally(self._file.names.types[number], count, last or 0)
                for number, count, last in map(_COUNTED, found)
            ]
        return sorted(counts, key=lambda found: (-found.count, found.type))

    def invalid_count(self) -> int:
        with self._file.reading() as db:
            (found,) = db.execute("SELECT coalesce(sum(count), 0) FROM tally WHERE kind = 1").fetchone()
        return int(found)

    def gap_count(self) -> int:
        with self._file.reading() as db:
            # count(*) walks through pages that lead to each other without a look at how long it takes.
            (found,) = db.execute("SELECT count(seq + 0) FROM gap").fetchone()
        return int(found)

    def _span(self, from_ns: int, to_ns: int, bucket_ns: int) -> dict[str, int]:
        """Return the values that _COUNTS wants: the span, cut to what there is, and the whole minutes within it."""
        first, last = self._file.time_span()
        return minutes_of_span((first, last), (from_ns, to_ns), bucket_ns)

    def rates(
        self, bucket_ns: int, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, by_type: bool = False
    ) -> list[Bucket]:
        first, last = self._file.time_span()
        if bucket_ns <= 0 or (min(last, to_ns) - max(first, from_ns)) // bucket_ns > MAX_BUCKETS:
            raise ValueError(f"a span of {bucket_ns} ns is too short for this capture")
        sql = _RATES_BY_TYPE if by_type else _RATES
        with self._file.reading() as db:
            found = db.execute(sql, self._span(from_ns, to_ns, bucket_ns)).fetchall()
            types = self._file.names.types
            return [Bucket(start, types[type_id] if by_type else "", count) for start, type_id, count in found]

    def _counts_by_problem(self, from_ns: int, to_ns: int) -> Counter[str]:
        """Return how often each problem was found: good events are only added up, from the tally."""
        span = self._span(from_ns, to_ns, MINUTE_NS)
        with self._file.reading() as db:
            (good,) = db.execute(_GOOD, span).fetchone()
            counts = Counter({str(name): int(count) for name, count in db.execute(_PROBLEMS, span)})
        counts[""] += int(good)
        return +counts

    def _counts_of_sources(self, span: tuple[int, int], from_ns: int, to_ns: int) -> list[tuple[tuple[str, ...], int]]:
        with self._file.reading() as db:
            rows = db.execute(_SOURCES, (*span, from_ns, to_ns)).fetchall()
            return [(self._file.names.source(source_id), count) for source_id, count in rows]

    def _parts(self, from_ns: int, to_ns: int, size: int) -> Iterator[tuple[tuple[int, int], int, int]]:
        """Yield (first and last number, done then, total) of parts that together hold all entries of a time."""
        return parts_of(*self.numbers_between(from_ns, to_ns), size)

    def numbers_between(self, from_ns: int, to_ns: int) -> tuple[int, int]:
        first, last = self._file.time_span()
        if from_ns <= first and to_ns > last:
            return self._file.bounds()
        with self._file.reading() as db:
            sql = "SELECT min(seq), max(seq) FROM entry WHERE wall >= ? AND wall < ?"
            low, high = db.execute(sql, (from_ns, to_ns)).fetchone()
        return low or 0, high or 0

    def counts_by_field(
        self, field: str, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, types: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        counts: Counter[str] = Counter()
        parser = hardened_parser()
        yield 0, 1, counts
        for (first, last), done, total in self._parts(from_ns, to_ns, column_counts.CHUNK):
            read = partial(self._bodies, times=(from_ns, to_ns), types=types)
            for _piece, rows in portions(range(first, last + 1), read):
                for row in rows:
                    with self._file.reading():
                        body = unpack(*row)
                    count_values(counts, field_values(body, field, parser))
            yield done, total, counts

    def _bodies(
        self, piece: Sequence[int], most: int, *, times: tuple[int, int], types: tuple[str, ...]
    ) -> list[tuple[int, bytes]]:
        """Return how bodies are packed, and the bytes in the file. Raises TooMuchError."""
        sql, values = f"{_BODIES}{_OF_TYPES if types else ''} LIMIT ?2 - ?1 + 1", (piece[0], piece[-1], *times)
        rows, weight = list[tuple[int, bytes]](), 0
        with self._file.reading() as db:
            for row in db.execute(sql, (*values, json.dumps(types)) if types else values):
                weight += len(_BODY_SHAPE(row)[1])
                if weight > most:
                    raise TooMuchError
                rows.append(row)
        return rows
