"""Counts and rates, answered by SQL from the capture's indexes. Part of a reader: same owner, same thread."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from clacks_monitor.core.columns import Column
from clacks_monitor.core.decode import hardened_parser
from clacks_monitor.storage.capture.encoding import unpack
from clacks_monitor.storage.capture.layout import LARGEST_INTEGER
from clacks_monitor.storage.capture.reading import ReaderBase

if TYPE_CHECKING:
    from collections.abc import Iterator

END_OF_TIME = LARGEST_INTEGER
BEGIN_OF_TIME = -LARGEST_INTEGER - 1
MAX_BUCKETS = 1_000_000
_CHUNK = 5_000
# SQLite's % keeps the sign of what is divided: hence the second one, for times before the epoch.
_RATES = (
    "SELECT wall - (wall % :span + :span) % :span AS start, 0, count(*) FROM entry"
    " WHERE wall >= :from AND wall < :to AND type IS NOT NULL GROUP BY start ORDER BY start"
)
_RATES_BY_TYPE = (
    "SELECT wall - (wall % :span + :span) % :span AS start, type, count(*) FROM entry"
    " WHERE wall >= :from AND wall < :to AND type IS NOT NULL GROUP BY start, type ORDER BY start, type"
)
_COUNTED = {
    Column.CONNECTION: "SELECT s.connection, sum(n) FROM ({}) JOIN source s ON s.id = source GROUP BY 1",
    Column.SUBJECT: "SELECT s.subject, sum(n) FROM ({}) JOIN source s ON s.id = source GROUP BY 1",
}


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How often a type of event came; ``last_ns`` is the last one's wall clock time."""

    type: str
    count: int
    last_ns: int


@dataclass(frozen=True, slots=True)
class Bucket:
    """How many events of a type came in the span of time that starts at ``start_ns`` (wall clock)."""

    start_ns: int
    type: str
    count: int


class Statistics(ReaderBase):
    """Counts by type, by source, by field, and over time. Spans are wall clock, ``to_ns`` excluded; no gaps counted."""

    def counts_by_type(self, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME) -> dict[str, int]:
        """Return the number of events by type ("" for those that are no events), the most frequent first."""
        return {found.type: found.count for found in self.type_counts(from_ns, to_ns)}

    def type_counts(self, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME) -> list[TypeCount]:
        """Return count and last time of each type, the most frequent first."""
        if (from_ns, to_ns) == (BEGIN_OF_TIME, END_OF_TIME):
            # The whole capture: the index of types, and the newest entry of each.
            sql = (
                "SELECT t.name, c.n, (SELECT wall FROM entry WHERE seq = c.newest) FROM"
                " (SELECT type, count(*) AS n, max(seq) AS newest FROM entry WHERE type IS NOT NULL GROUP BY type) c"
                " JOIN type t ON t.id = c.type ORDER BY c.n DESC, t.name"
            )
            values: tuple[int, ...] = ()
        else:
            sql = (
                "SELECT t.name, c.n, c.last FROM (SELECT type, count(*) AS n, max(wall) AS last FROM entry"
                " WHERE wall >= ? AND wall < ? AND type IS NOT NULL GROUP BY type) c"
                " JOIN type t ON t.id = c.type ORDER BY c.n DESC, t.name"
            )
            values = (from_ns, to_ns)
        with self._reading() as db:
            return [TypeCount(str(name), int(count), int(last)) for name, count, last in db.execute(sql, values)]

    def rates(
        self, bucket_ns: int, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, by_type: bool = False
    ) -> list[Bucket]:
        """Return the events of each span of ``bucket_ns``, oldest first; empty spans are left out.

        Spans start at multiples of ``bucket_ns`` since the epoch. With ``by_type``, one Bucket for each type in it.
        Raises ValueError when ``bucket_ns`` is not positive or there would be more than MAX_BUCKETS spans.
        """
        first, last = self.time_span()
        if bucket_ns <= 0 or (min(last, to_ns) - max(first, from_ns)) // bucket_ns > MAX_BUCKETS:
            raise ValueError(f"a span of {bucket_ns} ns is too short for this capture")
        sql = _RATES_BY_TYPE if by_type else _RATES
        with self._reading() as db:
            found = db.execute(sql, {"span": bucket_ns, "from": from_ns, "to": to_ns}).fetchall()
            types = self._names.types
            return [Bucket(start, types[type_id] if by_type else "", count) for start, type_id, count in found]

    def counts_by_column(
        self, column: Column, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME
    ) -> dict[str, int]:
        """Return the number of events by TYPE, CONNECTION, SUBJECT or PROBLEM, the most frequent first.

        Raises ValueError for other columns.
        """
        if column is Column.TYPE:
            return self.counts_by_type(from_ns, to_ns)
        span = "FROM entry WHERE wall >= ? AND wall < ? AND type IS NOT NULL"
        if column is Column.PROBLEM:
            sql = f"SELECT coalesce(problem, ''), count(*) {span} GROUP BY 1"
        elif column in _COUNTED:
            sql = _COUNTED[column].format(f"SELECT source, count(*) AS n {span} GROUP BY source")
        else:
            raise ValueError(f"events are not counted by {column}")
        with self._reading() as db:
            counts = Counter({str(name): int(count) for name, count in db.execute(sql, (from_ns, to_ns))})
        return dict(counts.most_common())

    def counts_by_field(
        self, field: str, from_ns: int = BEGIN_OF_TIME, to_ns: int = END_OF_TIME, *, types: tuple[str, ...] = ()
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        """Yield (done, total, counts so far) for the values of an element or "@attribute" by its local name.

        ``types`` limits it to these types of events. The counts are one growing object; stop by dropping the iterator.
        """
        sql = (
            "SELECT seq FROM entry WHERE wall >= ? AND wall < ? AND type IS NOT NULL AND (? OR type IN"
            " (SELECT id FROM type WHERE name IN (SELECT value FROM json_each(?)))) ORDER BY seq"
        )
        with self._reading() as db:
            sequences = db.execute(sql, (from_ns, to_ns, not types, json.dumps(types))).fetchall()
        counts: Counter[str] = Counter()
        parser = hardened_parser()
        for start in range(0, len(sequences), _CHUNK):
            part = sequences[start : start + _CHUNK]
            span = (part[0][0], part[-1][0])
            chosen = {row[0] for row in part}
            with self._reading() as db:
                rows = db.execute("SELECT seq, packing, body FROM body WHERE seq BETWEEN ? AND ?", span)
                bodies = [unpack(packing, body) for seq, packing, body in rows if seq in chosen]
            for body in bodies:
                counts.update(_values(body, field, parser))
            yield start + len(part), len(sequences), counts


def _values(body: bytes, field: str, parser: etree.XMLParser) -> list[str]:
    name = field.removeprefix("@")
    if name.encode() not in body and body[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return []
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return []
    if field.startswith("@"):
        return [str(value) for element in root.iter(etree.Element) if (value := element.get(name)) is not None]
    return [" ".join("".join(map(str, element.itertext())).split()) for element in root.iter(f"{{*}}{name}")]
