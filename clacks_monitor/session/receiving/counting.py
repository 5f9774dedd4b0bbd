"""Counts received events: in total, by type, and their rate. Any thread; a lock guards the sums.

The number of types that are counted by name is bounded, because a sender can invent one for every event. Types that a
schema defines come first; those beyond the bound are counted together.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from itertools import islice
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Entry, Event, ProblemKind, Row, RowKind
from clacks_monitor.session.notices import TypeCount

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WINDOW_S = 5
MAX_UNKNOWN = 1_000
"""How many types there may be before a further one without a schema is not counted separately."""
MAX_TYPES = 2_000
"""How many types are counted separately at most."""


class _Rate:
    """Events a second over the last WINDOW_S seconds."""

    __slots__ = ("_buckets",)

    def __init__(self) -> None:
        self._buckets: deque[tuple[int, int]] = deque()

    def add(self, second: int, count: int) -> None:
        if self._buckets and self._buckets[-1][0] == second:
            count += self._buckets.pop()[1]
        self._buckets.append((second, count))
        self._forget(second)

    def value(self, second: int) -> float:
        self._forget(second)
        return sum(count for _second, count in self._buckets) / WINDOW_S

    def _forget(self, second: int) -> None:
        while self._buckets and self._buckets[0][0] <= second - WINDOW_S:
            self._buckets.popleft()


class _Type:
    __slots__ = ("count", "last_ns", "rate")

    def __init__(self, count: int = 0, last_ns: int = 0) -> None:
        self.count = count
        self.last_ns = last_ns
        self.rate = _Rate()


class Counting:
    """The sums of one capture."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._types: dict[str, _Type] = {}
        self._folded = _Type()
        self._rate = _Rate()
        self._began_empty = True
        self._connections: set[str] = set()
        self.received = 0
        self.invalid = 0
        self.gaps = 0
        self.dropped = 0

    def start(self, counts: Mapping[str, tuple[int, int]], *, invalid: int, gaps: int) -> None:
        """Begin with what a capture holds already: type -> (count, last arrival), the most frequent first."""
        with self._lock:
            named = islice(counts.items(), MAX_UNKNOWN)
            self._types = {name: _Type(count, last) for name, (count, last) in named}
            folded = [found for name, found in counts.items() if name not in self._types]
            self._folded = _Type(sum(count for count, _last in folded), max((last for _c, last in folded), default=0))
            self._began_empty = not counts and not gaps
            self._connections.clear()
            self.received = sum(count for count, _last in counts.values())
            self.invalid = invalid
            self.gaps = gaps
            self.dropped = 0

    def add(self, entries: Sequence[Entry]) -> None:
        """Count what was stored."""
        second = int(time.monotonic())
        with self._lock:
            events = [entry for entry in entries if isinstance(entry, Event)]
            if len(self._connections) < 2:  # which of several there are does not matter, and a capture can name many
                self._connections.update([entry.connection for entry in entries])
            self.gaps += len(entries) - len(events)
            self.received += len(events)
            self._rate.add(second, len(events))
            for event in events:
                known = event.problem is None or event.problem.kind is ProblemKind.BREAKS_SCHEMA
                self.invalid += event.problem is not None
                self._add_type(event.type, event.raw.wall_ns, second, known=known)

    def add_rows(self, rows: Sequence[Row]) -> None:
        """Count what another monitor has stored."""
        second = int(time.monotonic())
        with self._lock:
            self._began_empty = False
            events = [row for row in rows if row.kind is not RowKind.GAP]
            self.gaps += len(rows) - len(events)
            self.received += len(events)
            self._rate.add(second, len(events))
            for row in events:
                good = row.kind is RowKind.EVENT
                self.invalid += not good
                self._add_type(row.type, row.wall_ns, second, known=good)

    def _add_type(self, name: str, wall_ns: int, second: int, *, known: bool) -> None:
        kind = self._types.get(name)
        if kind is None:
            kind = self._new_type(name, known=known)
        kind.count += 1
        kind.last_ns = wall_ns
        kind.rate.add(second, 1)

    def _new_type(self, name: str, *, known: bool) -> _Type:
        if name and len(self._types) >= (MAX_TYPES if known else MAX_UNKNOWN):
            return self._folded
        kind = self._types[name] = _Type()
        return kind

    def all_from(self, connection: str) -> bool:
        """Return whether everything that the capture holds came from this connection since it was begun empty."""
        with self._lock:
            return self._began_empty and self._connections <= {connection}

    def add_gap(self) -> None:
        """Count a gap that the capture has written itself."""
        with self._lock:
            self.gaps += 1

    def drop(self, count: int) -> None:
        """Count events that could not be stored."""
        with self._lock:
            self.dropped += count

    def rate(self) -> float:
        """Return events a second."""
        with self._lock:
            return self._rate.value(int(time.monotonic()))

    def types(self) -> list[TypeCount]:
        """Return the types seen, by name, and last what is counted together if there is any."""
        second = int(time.monotonic())
        with self._lock:
            found = [
                TypeCount(name, kind.count, kind.rate.value(second), kind.last_ns)
                for name, kind in sorted(self._types.items())
            ]
            if self._folded.count:
                rest = self._folded
                found.append(TypeCount("", rest.count, rest.rate.value(second), rest.last_ns, folded=True))
        return found
