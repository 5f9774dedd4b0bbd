"""Counts and rates, answered from the table tally. Part of a reader: same owner, same thread."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.archive import queries
from clacks_monitor.archive.bodies import Weighed, share_of
from clacks_monitor.archive.texts import read, stored
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
from clacks_monitor.storage.encoding import MINUTE_NS, clean, unpack
from clacks_monitor.storage.weighing import portions

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.archive.reading import ReadingConnection

# OFFSET 0 has it planned as a look into one segment at a time: a join with a table that was not analysed yet, or by a
# plan for any times, reads the whole table.
_EDGE = (
    "SELECT e.wall, e.type, e.kind, 1 AS n, e.wall AS last FROM segment s CROSS JOIN LATERAL ("
    "SELECT wall, type, kind FROM entry WHERE seq BETWEEN s.first_seq AND s.last_seq"
    " AND wall >= %({0})s AND wall < %({1})s AND type IS NOT NULL OFFSET 0) e"
    " WHERE s.last_wall >= %({0})s AND s.first_wall < %({1})s"
)
# Whole minutes are added up in the table tally; only what sticks out at both ends is counted entry by entry.
_COUNTS = (
    f"SELECT minute * {MINUTE_NS} AS wall, type, kind, count AS n, last FROM tally"
    " WHERE minute >= %(low)s AND minute < %(high)s"
    f" UNION ALL {_EDGE.format('from', 'begin')} UNION ALL {_EDGE.format('end', 'to')}"
)
# The database's % keeps the sign of the dividend: hence the second one, for times before the epoch.
_START = "wall - (wall %% %(span)s + %(span)s) %% %(span)s"
_RATES = f"SELECT {_START} AS start, 0, sum(n)::bigint FROM ({_COUNTS}) c GROUP BY 1 ORDER BY 1"
_RATES_BY_TYPE = f"SELECT {_START} AS start, type, sum(n)::bigint FROM ({_COUNTS}) c GROUP BY 1, 2 ORDER BY 1, 2"
_TYPES = "SELECT type, sum(count)::bigint, max(last) FROM tally GROUP BY type"
_TYPES_BETWEEN = f"SELECT type, sum(n)::bigint, max(last) FROM ({_COUNTS}) c GROUP BY type"
_GOOD = f"SELECT coalesce(sum(n), 0)::bigint FROM ({_COUNTS}) c WHERE kind = 0"
_PROBLEMS = (
    f"SELECT coalesce(left(problem, {LONGEST_VALUE}), ''), count(*) FROM entry"
    " WHERE kind <> 0 AND type IS NOT NULL AND wall >= %(from)s AND wall < %(to)s GROUP BY 1"
)
_SOURCES = (
    "SELECT source, count(*) FROM entry WHERE seq BETWEEN %s AND %s AND wall >= %s AND wall < %s"
    " AND type IS NOT NULL GROUP BY source"
)
_NUMBERS_BETWEEN = (
    "SELECT greatest(min(s.first_seq), (SELECT first_seq FROM recorder)), max(s.last_seq) FROM segment s"
    " WHERE s.last_wall >= %(from)s AND s.first_wall < %(to)s"
)
"""The segments that hold the entries of a time."""


class ArchiveStatistics(ColumnCounts):
    """Implements core.store.EventStatistics, where its methods are described."""

    def __init__(self, connection: ReadingConnection) -> None:
        self._db = connection

    def type_counts(self, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME) -> list[TypeTally]:
        whole = (from_ns, to_ns) == (BEGIN_OF_TIME, END_OF_TIME)
        found = self._db.rows(_TYPES) if whole else self._db.rows(_TYPES_BETWEEN, self._span(from_ns, to_ns, MINUTE_NS))
        types = self._db.names.types
        counts = [TypeTally(types[number], count, last) for number, count, last in found]
        return sorted(counts, key=lambda found: (-found.count, found.type))

    def invalid_count(self) -> int:
        return int(self._db.one("SELECT coalesce(sum(count), 0)::bigint FROM tally WHERE kind = 1")[0])

    def gap_count(self) -> int:
        return int(self._db.one("SELECT count(*) FROM gap")[0])

    def _span(self, from_ns: int, to_ns: int, bucket_ns: int) -> dict[str, int]:
        return minutes_of_span(self._db.time_span(), (from_ns, to_ns), bucket_ns)

    def rates(
        self, bucket_ns: int, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, by_type: bool = False
    ) -> list[Bucket]:
        first, last = self._db.time_span()
        if bucket_ns <= 0 or (min(last, to_ns) - max(first, from_ns)) // bucket_ns > MAX_BUCKETS:
            raise ValueError(f"a span of {bucket_ns} ns is too short for this archive")
        found = self._db.rows(_RATES_BY_TYPE if by_type else _RATES, self._span(from_ns, to_ns, bucket_ns))
        types = self._db.names.types
        return [Bucket(start, types[type_id] if by_type else "", count) for start, type_id, count in found]

    def _counts_by_problem(self, from_ns: int, to_ns: int) -> Counter[str]:
        """Return how often each problem was found: good events are only added up, from the tally."""
        span = self._span(from_ns, to_ns, MINUTE_NS)
        (good,) = self._db.one(_GOOD, span)
        counts = Counter({read(name): int(count) for name, count in self._db.rows(_PROBLEMS, span)})
        counts[""] += int(good)
        return +counts

    def _counts_of_sources(
        self, span: tuple[int, int], from_ns: int, to_ns: int
    ) -> Iterator[tuple[tuple[str, ...], int]]:
        for source_id, count in self._db.rows(_SOURCES, (*span, from_ns, to_ns)):
            yield self._db.names.source(source_id), count

    def _parts(self, from_ns: int, to_ns: int, size: int) -> Iterator[tuple[tuple[int, int], int, int]]:
        """Yield (first and last number, done then, total) of parts that together hold all entries of a time."""
        return parts_of(*self.numbers_between(from_ns, to_ns), size)

    def numbers_between(self, from_ns: int, to_ns: int) -> tuple[int, int]:
        first, last = self._db.time_span()
        if from_ns <= first and to_ns > last:
            return self._db.bounds()
        low, high = self._db.one(_NUMBERS_BETWEEN, {"from": from_ns, "to": to_ns})
        return (int(low), int(high)) if high is not None else (0, 0)

    def counts_by_field(
        self, field: str, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, types: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        counts: Counter[str] = Counter()
        parser = hardened_parser()
        yield 0, 1, counts
        for (first, last), done, total in self._parts(from_ns, to_ns, column_counts.CHUNK):
            for _piece, bodies in portions(
                range(first, last + 1), partial(self._bodies, times=(from_ns, to_ns), types=types)
            ):
                for body in bodies:
                    count_values(counts, field_values(body, field, parser))
            yield done, total, counts

    def _bodies(
        self, piece: Sequence[int], most: int, *, times: tuple[int, int], types: tuple[str, ...]
    ) -> list[bytes]:
        share = share_of(piece, most)
        values = {"low": piece[0], "high": piece[-1], "share": share, "count": len(piece)}
        values |= {"from": times[0], "to": times[1]}
        if types:
            rows = self._db.rows(queries.BODIES_OF_TYPES, values | {"types": [stored(clean(name)) for name in types]})
        else:
            rows = self._db.rows(queries.BODIES_OF_ALL, values)
        weighed = Weighed(share, most)
        with self._db.reading():
            return [unpack(packing, weighed.body(packing, size, body)) for packing, size, body in rows]
