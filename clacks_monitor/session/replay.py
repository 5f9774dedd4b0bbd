"""Replays a capture: each event at its time, on the caller's thread.

Times are kept against one monotonic start, so that small delays do not add up; how late each event was is the jitter.
"""

from __future__ import annotations

import threading
import time
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Event, RawMessage
from clacks_monitor.xquery import Guard, Outcome, Query, QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.storage import CaptureReader

CHUNK = 500
SPIN_S = 0.001


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: ``speed`` times the original timing, or ``rate`` events a second when it is above 0."""

    speed: float = 1.0
    rate: float = 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """What of a capture: wall clock times (nanoseconds, both included; 0 for open ends) and a query."""

    from_ns: int = 0
    to_ns: int = 0
    query: Query | None = None


class Replay:
    """One replay. stop() may come from any thread."""

    def __init__(self, reader: CaptureReader, emit: Callable[[RawMessage], None], *, pace: Pace, part: Part) -> None:
        self._reader = reader
        self._emit = emit
        self._pace = pace
        self._part = part
        self._stop = threading.Event()
        self.late_s = array("d")

    def stop(self) -> None:
        """End the replay before its end."""
        self._stop.set()

    def run(self) -> int:
        """Replay; return how many events went out."""
        start = time.monotonic()
        first_ns: int | None = None
        for number, raw in enumerate(self._messages()):
            first_ns = raw.wall_ns if first_ns is None else first_ns
            due = start + self._offset(number, raw.wall_ns - first_ns)
            if self._wait(due):
                return number
            self._emit(raw)
            self.late_s.append(max(0.0, time.monotonic() - due))
        return len(self.late_s)

    def _offset(self, number: int, passed_ns: int) -> float:
        if self._pace.rate > 0:
            return number / self._pace.rate
        return passed_ns / 1e9 / self._pace.speed if self._pace.speed > 0 else 0.0

    def _wait(self, due: float) -> bool:
        """Wait until ``due``; return whether to stop. The last millisecond is waited for without sleeping."""
        left = due - time.monotonic()
        if left > SPIN_S and self._stop.wait(left - SPIN_S):
            return True
        while time.monotonic() < due:
            pass
        return self._stop.is_set()

    def _messages(self) -> Iterator[RawMessage]:
        part = self._part
        first = self._reader.sequence_at(part.from_ns) if part.from_ns else 1
        with Guard() as guard:
            queries = QuerySet([part.query], guard=guard) if part.query is not None else None
            for chunk in self._reader.scan(first, chunk=CHUNK):
                for sequence, _type, body, properties in chunk:
                    if queries is not None and queries.evaluate(body, properties)[0].outcome is not Outcome.MATCH:
                        continue
                    entry = self._reader.entry(sequence)
                    if not isinstance(entry, Event):
                        continue
                    if part.to_ns and entry.wall_ns > part.to_ns:
                        return
                    yield entry.raw

    def jitter_ms(self, share: float = 0.99) -> float:
        """Return how late, in milliseconds, all but the latest of the events were, at most."""
        if not self.late_s:
            return 0.0
        return sorted(self.late_s)[min(len(self.late_s) - 1, int(len(self.late_s) * share))] * 1000
