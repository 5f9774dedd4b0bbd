"""Sends many events: N times, at an interval, at a rate, for the rows of a table, as a scenario with delays.

A plan is an iterable of ``Due``; a ``Burst`` sends its events on a thread of its own, so that the rate does not depend
on the window. Events are timed from the start of the plan, not from the event before, so that delays do not add up.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import threading
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import alive
from clacks_monitor.core.messages import Message
from clacks_monitor.session.sending.in_flight import EventsInFlight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

MAX_ROWS = 1_000_000
MAX_CELLS = 2_000_000
MAX_CSV = 64 * 1024 * 1024
"""Limits for a CSV file, in rows, cells and bytes: each cell is a string in memory."""
BEHIND_S = 1.0
"""With a delay of more than so many seconds the rest of the plan is postponed, instead of sent all at once."""


class BurstError(ValueError):
    """A plan is not valid, for example because its interval is negative or its table has no rows."""


@dataclass(frozen=True, slots=True)
class Due:
    """One event of a plan: its time in seconds from the start, and a function that returns its bytes at that time."""

    at_s: float
    body: Callable[[], bytes]


def repeated(body: Callable[[], bytes], count: int | None, *, interval_s: float = 0.0) -> Iterator[Due]:
    """Plan an event ``count`` times (None: until stopped), ``interval_s`` seconds apart (0: as fast as possible).

    ``body`` is called for each event, because the values of placeholders differ. Raises BurstError.
    """
    if count is not None and count < 1:
        raise BurstError(Message("At least one event has to be sent."))
    if interval_s < 0:
        raise BurstError(Message("The interval must not be negative."))
    numbers: Iterable[int] = itertools.count() if count is None else range(count)
    return (Due(number * interval_s, body) for number in numbers)


def interval_of(rate: float) -> float:
    """Return the seconds between two events at ``rate`` events a second; 0 means as fast as possible."""
    if rate < 0:
        raise BurstError(Message("The rate must not be negative."))
    return 1.0 / rate if rate else 0.0


@dataclass(frozen=True, slots=True)
class SceneStep:
    """One event of a scenario, and the delay before it in seconds."""

    body: Callable[[], bytes]
    delay_s: float = 0.0


def scenario(steps: Sequence[SceneStep], *, times: int = 1) -> Iterator[Due]:
    """Plan several events one after the other, repeated ``times`` times. Raises BurstError."""
    if not steps:
        raise BurstError(Message("The scenario has no events yet."))
    if times < 1:
        raise BurstError(Message("The scenario must run at least once."))
    if not all(0 <= step.delay_s < math.inf for step in steps):
        raise BurstError(Message("A delay must be a number of seconds of 0 or more."))
    return _scenes(steps, times)


def _scenes(steps: Sequence[SceneStep], times: int) -> Iterator[Due]:
    at = 0.0
    for step in itertools.chain.from_iterable(itertools.repeat(steps, times)):
        at += step.delay_s
        yield Due(at, step.body)


def read_rows(data: bytes) -> Sequence[Mapping[str, str]]:
    """Return the rows of a CSV file whose first line names the columns.

    The delimiter is a comma, semicolon or tab. Raises BurstError.
    """
    if len(data) > MAX_CSV:
        raise BurstError(Message("The file is larger than {0} MB.", MAX_CSV // 1024**2))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BurstError(Message("The file is not UTF-8 text (byte {0}).", error.start)) from None
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="", strict=True)
    try:
        names = [name for name in reader.fieldnames or () if name]
        most = min(MAX_ROWS, MAX_CELLS // max(len(names), 1))
        rows = [{name: row[name] for name in names} for row in itertools.islice(reader, most)]
    except csv.Error as error:
        raise BurstError(Message("Line {0} of the file cannot be read: {1}.", reader.line_num, error)) from None
    if not names or not rows:
        raise BurstError(
            Message("The file has no rows. The first line must name the columns, each further line is an event.")
        )
    return rows


class BurstState(Enum):
    """The state of a burst."""

    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class BurstProgress:
    """The progress of a burst.

    ``total`` is None for a burst without an end. ``rate`` is in events a second, without pauses. ``failed`` counts the
    events that the bus did not accept, ``under_way`` those without an outcome, ``returned`` those that were received
    here, and ``awaited`` those that may still be.
    """

    state: BurstState
    sent: int
    total: int | None
    rate: float
    problem: str = ""
    failed: int = 0
    under_way: int = 0
    returned: int = 0
    awaited: int = 0


class Burst:
    """Sends the events of a plan on a thread of its own.

    On that thread ``send`` is called with each event and returns its ticket. The owner reports each outcome to
    ``in_flight``, which bounds what is under way. Tests set ``clock`` (seconds) and ``wait`` (for a condition, seconds
    at most).
    """

    def __init__(
        self,
        plan: Iterable[Due],
        total: int | None,
        send: Callable[[bytes], int],
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Condition, float | None], object] = lambda condition, s: condition.wait(s),
    ) -> None:
        self._plan = iter(plan)
        self._total = total
        self._send = send
        self._clock = clock
        self._wait = wait
        self.in_flight = EventsInFlight()
        self._changed = self.in_flight.changed
        self._state = BurstState.RUNNING
        self._sent = 0
        self._problem = ""
        self._begun = clock()
        self._shift = 0.0
        self._paused_at = 0.0
        self._ended_at = 0.0
        self._thread = threading.Thread(target=self._run, name="burst", daemon=True)

    # -- the owner's side ------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the thread."""
        self._begun = self._clock()
        self._thread.start()

    def pause(self) -> None:
        """Pause; the times of the remaining events move by the length of the pause."""
        with self._changed:
            if self._state is BurstState.RUNNING:
                self._state = BurstState.PAUSED
                self._paused_at = self._clock()

    def resume(self) -> None:
        """Continue after a pause."""
        with self._changed:
            if self._state is BurstState.PAUSED:
                self._state = BurstState.RUNNING
                self._shift += self._clock() - self._paused_at
                self._changed.notify_all()

    def stop(self) -> list[threading.Thread]:
        """Send no further events; return the thread if it has not ended yet."""
        with self._changed:
            if self._state in {BurstState.RUNNING, BurstState.PAUSED}:
                self._finish(BurstState.STOPPED)
            self._changed.notify_all()
        return alive([self._thread])

    def progress(self) -> BurstProgress:
        """Return the progress. Any thread."""
        with self._changed:
            now = self._ended_at or (self._paused_at if self._state is BurstState.PAUSED else self._clock())
            took = now - self._begun - self._shift
            rate = self._sent / took if took > 0 else 0.0
            failed, under_way = self.in_flight.failed, len(self.in_flight)
            counts = (failed, under_way, self.in_flight.returned, self.in_flight.awaited)
            return BurstProgress(self._state, self._sent, self._total, rate, self._problem, *counts)

    # -- the burst's thread ----------------------------------------------------------------------------------------

    def _run(self) -> None:
        try:
            for due in self._plan:
                if not self._hold_until(due.at_s):
                    return
                body = due.body()
                ticket = self._send(body)
                with self._changed:
                    self._sent += 1
                    self.in_flight.add(ticket, len(body))
            self._end(BurstState.DONE)
        except Exception as error:  # noqa: BLE001 - an error of any kind is shown to the operator
            self._end(BurstState.FAILED, str(error) or type(error).__name__)

    def _hold_until(self, at_s: float) -> bool:
        """Wait for an event's time, the end of a pause, and outcomes; return False when the burst was stopped."""
        with self._changed:
            while True:
                if self._state in {BurstState.STOPPED, BurstState.FAILED}:
                    return False
                if self._state is BurstState.PAUSED or self.in_flight.full:
                    self._wait(self._changed, None)
                    continue
                left = self._begun + self._shift + at_s - self._clock()
                if left <= 0:
                    if -left > BEHIND_S and at_s > 0:
                        self._shift -= left
                    return True
                self._wait(self._changed, left)

    def _end(self, state: BurstState, problem: str = "") -> None:
        with self._changed:
            if self._state is not BurstState.STOPPED:
                self._problem = problem
                self._finish(state)

    def _finish(self, state: BurstState) -> None:
        self._ended_at = self._paused_at if self._state is BurstState.PAUSED else self._clock()
        self._state = state
