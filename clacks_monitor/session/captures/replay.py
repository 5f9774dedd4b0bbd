"""Replays a capture: each event at its time, on the caller's thread.

Times are kept against one monotonic start, so that small delays do not add up; how late each event was is the jitter.
"""

from __future__ import annotations

import threading
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import Stop
from clacks_monitor.core.event import BodyKind, Event, RawMessage
from clacks_monitor.xquery import Guard, MatchOutcome, Query, QuerySet

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.core.store import EventReader

CHUNK = 500
KEPT = 10_000
SPIN_S = 0.001
LONGEST_WAIT_S = 3600.0  # then it is looked again: times in a file may lie further apart than a clock can wait
Emit = Callable[[RawMessage], None]


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast: ``speed`` times the original timing, or ``rate`` events a second when it is above 0.

    A ``speed`` of 0 is as fast as possible. With ``stepwise``, each event waits for step().
    """

    speed: float = 1.0
    rate: float = 0.0
    stepwise: bool = False

    @property
    def timed(self) -> bool:
        """Whether each event has a time at which it is due."""
        return (self.speed > 0 or self.rate > 0) and not self.stepwise


@dataclass(frozen=True, slots=True)
class ReplayPart:
    """A part of a capture: wall clock times (nanoseconds, both included; 0 for open ends), a query, certain entries."""

    from_ns: int = 0
    to_ns: int = 0
    query: Query | None = None
    sequences: Sequence[int] | None = None


class ReplayState(StrEnum):
    """The state of a replay."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


class Lateness:
    """A sample of delays: of the first KEPT events, then of every second, every fourth, and so on. Any thread."""

    def __init__(self) -> None:
        self._late_s = array("d")
        self._every = self._count = 0

    def add(self, late_s: float) -> None:
        """Add the delay of the next event."""
        self._count += 1
        if self._count % (1 << self._every) == 0:
            self._late_s.append(late_s)
            if len(self._late_s) >= KEPT:
                self._late_s, self._every = self._late_s[1::2], self._every + 1

    def quantile(self, share: float) -> float:
        """Return what so many were late at most, in seconds; 0 when there was none."""
        late = sorted(self._late_s[:])
        return late[min(len(late) - 1, int(len(late) * share))] if late else 0.0


class Replay:
    """One replay: run() sends the events; all other methods may be called by any thread."""

    def __init__(self, emit: Emit, *, pace: Pace, part: ReplayPart) -> None:
        self._emit = emit
        self.pace = pace
        self._part = part
        self._changed = threading.Condition()
        self._stop = Stop()
        self._steps = 0
        self._start = 0.0
        self._late = Lateness()
        self.sent = 0
        """How many events were sent."""
        self.state = ReplayState.PAUSED if pace.stepwise else ReplayState.RUNNING
        self.looked_at = 0
        self.total = 0

    # -- any thread ----------------------------------------------------------------------------------------------

    def stop(self) -> None:
        """End the replay before its end."""
        self._to(ReplayState.STOPPED)
        self._stop.set()

    def pause(self) -> None:
        """Pause; the times of the remaining events move by the length of the pause."""
        self._to(ReplayState.PAUSED)

    def resume(self) -> None:
        """Continue after a pause."""
        self._to(ReplayState.RUNNING)

    def step(self) -> None:
        """Send one event while it is paused."""
        with self._changed:
            self._steps += 1
            self._changed.notify_all()

    def _to(self, state: ReplayState) -> None:
        with self._changed:
            if self.state in {ReplayState.RUNNING, ReplayState.PAUSED}:
                self.state = state
                self._changed.notify_all()

    def jitter_ms(self, share: float = 0.99) -> float:
        """Return how late, in milliseconds, all but the latest of the events were, at most."""
        return self._late.quantile(share) * 1000

    # -- the thread that replays ---------------------------------------------------------------------------------

    def run(self, reader: EventReader) -> int:
        """Replay the entries of a capture; return how many events were sent."""
        self._start = time.monotonic()
        first_ns: int | None = None
        for number, raw in enumerate(self._messages(reader)):
            first_ns = raw.wall_ns if first_ns is None else first_ns
            due = self._wait(self._offset(number, raw.wall_ns - first_ns))
            if due is None:
                return self.sent
            self._emit(raw)
            self.sent += 1
            self._late.add(max(0.0, time.monotonic() - due))
        self._to(ReplayState.DONE)
        return self.sent

    def _offset(self, number: int, passed_ns: int) -> float:
        if self.pace.rate > 0:
            return number / self.pace.rate
        return passed_ns / 1e9 / self.pace.speed if self.pace.speed > 0 else 0.0

    def _wait(self, offset: float) -> float | None:
        """Wait for an event's time, and for the end of a pause; return when it was due, None to stop.

        The last millisecond is waited for without sleeping.
        """
        while True:
            with self._changed:
                stepped = self._hold(offset)
                if self._stopped():
                    return None
                if stepped:
                    return time.monotonic()
                left = self._start + offset - time.monotonic()
                if left > SPIN_S:
                    self._changed.wait(min(left - SPIN_S, LONGEST_WAIT_S))
                    continue
            due = self._start + offset
            if self.pace.speed > 0 or self.pace.rate > 0:
                while time.monotonic() < due:
                    pass
                return due
            return time.monotonic()

    def _hold(self, offset: float) -> bool:
        """Wait while it is paused; return whether step() lets one event pass."""
        if self.state is not ReplayState.PAUSED:
            return False
        self._changed.wait_for(lambda: self._steps or self.state is not ReplayState.PAUSED)
        # What is left keeps its distances, counted from now.
        self._start = time.monotonic() - offset
        stepped = self._steps > 0
        self._steps -= stepped
        return stepped

    def _stopped(self) -> bool:
        return self.state is ReplayState.STOPPED

    def _messages(self, reader: EventReader) -> Iterator[RawMessage]:
        part = self._part
        with Guard() as guard, self._stop.calling(guard.kill):
            queries = QuerySet([part.query], guard=guard) if part.query is not None else None
            for entry in self._entries(reader):
                if self._stop.is_set:
                    return
                self.looked_at += 1
                if not isinstance(entry, Event) or (part.from_ns and entry.wall_ns < part.from_ns):
                    continue
                if part.to_ns and entry.wall_ns > part.to_ns:
                    continue
                raw = entry.raw
                if raw.kind is BodyKind.JSON_RPC:
                    continue  # a call makes clients and agents act, and its answer is for one caller
                if queries is None or queries.evaluate(raw.body, raw.properties)[0].outcome is MatchOutcome.MATCH:
                    yield raw

    def _entries(self, reader: EventReader) -> Iterator[object]:
        """Yield what there was at the start: what is sent may come back, and must not be sent again without end."""
        part = self._part
        first, last = reader.bounds()
        wanted: Sequence[int]
        if part.sequences is not None:
            wanted = part.sequences
        else:
            begin = reader.sequence_at(part.from_ns) if part.from_ns else first
            end = reader.sequence_at(part.to_ns + 1) if part.to_ns else last
            wanted = range(max(begin, first), end + 1) if last else ()
        self.total = len(wanted)
        for _sequence, entry in reader.entries(wanted, chunk=CHUNK):
            yield entry
