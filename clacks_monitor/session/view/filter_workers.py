"""Evaluates queries on the blocks of a capture on all cores, in processes that the filter thread hands them to.

The window and the filter thread keep the interpreter to themselves meanwhile. Each process has a thread here that waits
for its answers. A process that cannot read a block, or that ends, answers with nothing: the filter thread then reads
that block itself, and says what is wrong with it. Owner: the filter thread; ``stop`` may be called by any.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clacks_monitor.core.confined import ChildGoneError, Confined
from clacks_monitor.core.ending import alive
from clacks_monitor.core.messages import PlainValue, unpacked
from clacks_monitor.session.view.match_bits import SpanMatches
from clacks_monitor.xquery import MatchOutcome, MatchResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clacks_monitor.core.ports import StoreLocation

    LocationOf = Callable[[str], StoreLocation]
    Span = tuple[int, int]

MODULE = "clacks_monitor.session.view.filter_worker"
MOST = 8
"""Processes: each takes some 50 MB."""
MEMORY = 640 * 1024 * 1024
"""Address space of a process in bytes, most of which is never used."""
OPEN_S, QUERIES_S, SPAN_S = 15.0, 30.0, 60.0
"""Processor time that opening, compiling and a block of events may take; the longest one has large events."""
IDLE_S = 60.0
"""A process that was asked nothing for so long is ended: each has a connection to an archive, which has not many."""
LONG_S = 0.5
"""A process that is busy with something unwanted for so long is replaced."""


@dataclass(slots=True)
class _Work:
    """What the processes do for one filter: spans still to be handed out, and answers; None for what failed."""

    location: StoreLocation
    texts: list[str]
    spans: deque[Span]
    answers: dict[int, SpanMatches | None] = field(default_factory=dict)


class FilterWorkers:
    """The processes, started when they are first needed. ``wake`` is called on other threads when there is an answer.

    ``location_of`` says for the address of a store how another process opens it; ``count`` is the number of processes,
    0 for none.
    """

    def __init__(self, location_of: LocationOf, wake: Callable[[], None], count: int | None = None) -> None:
        self._location_of = location_of
        self._wake = wake
        self.count = min(MOST, len(os.sched_getaffinity(0))) if count is None else count
        self._changed = threading.Condition()
        self._work: _Work | None = None
        self._stopped = False
        self._lanes: list[_Lane] = []

    def begin(self, address: str, texts: Sequence[str], spans: Iterable[Span]) -> bool:
        """Evaluate queries on spans in this order, if there are processes; whatever was under way is given up."""
        work = _Work(self._location_of(address), list(texts), deque(spans))
        with self._changed:
            if self._stopped or not self.count:
                return False
            self._work = work
            self._changed.notify_all()
        for lane in self._lanes:
            lane.interrupt()
        while len(self._lanes) < self.count:
            self._lanes.append(_Lane(self))
            self._lanes[-1].start()
        return True

    def cancel(self) -> None:
        """Hand out no more spans, and forget the answers."""
        with self._changed:
            self._work = None

    def pop(self, first: int) -> tuple[bool, SpanMatches | None]:
        """Return whether the span that begins there is answered, and the answer: None where it could not be read."""
        with self._changed:
            work = self._work
            if work is None:
                return True, None
            return (True, work.answers.pop(first)) if first in work.answers else (False, None)

    def stop(self) -> list[threading.Thread]:
        """End the processes; return the threads that have not ended yet. Any thread."""
        with self._changed:
            self._stopped, self._work = True, None
            self._changed.notify_all()
            lanes = list(self._lanes)
        for lane in lanes:
            lane.kill()
        return alive(lanes)

    # -- on the lanes' threads -----------------------------------------------------------------------------------

    def wait(self, seconds: float) -> bool:
        """Wait until next() has an answer at once, for so long; return whether it has."""
        with self._changed:
            return self._changed.wait_for(self._has_next, seconds)

    def _has_next(self) -> bool:
        return self._stopped or (self._work is not None and bool(self._work.spans))

    def next(self) -> tuple[_Work, Span] | None:
        """Wait for the next span and return it, None at the end."""
        with self._changed:
            self._changed.wait_for(self._has_next)
            work = self._work
            return None if self._stopped or work is None else (work, work.spans.popleft())

    def answered(self, work: _Work, span: Span, found: SpanMatches | None) -> None:
        """Keep an answer, unless the work has been given up."""
        with self._changed:
            if work is not self._work:
                return
            work.answers[span[0]] = found
        self._wake()


class _Lane(threading.Thread):
    """One process, and the thread that asks it."""

    def __init__(self, workers: FilterWorkers) -> None:
        super().__init__(name="filter worker", daemon=True)
        self._workers = workers
        self._lock = threading.Lock()
        self._child: Confined | None = None
        self._killed = False
        self._busy_since = 0.0
        self._location: StoreLocation | None = None
        self._texts: list[str] | None = None

    def kill(self) -> None:
        """End the process at once and start no other. Any thread."""
        with self._lock:
            self._killed = True
            if self._child is not None:
                self._child.kill()

    def interrupt(self) -> None:
        """End the process if it has been busy for long: nothing of what it is doing is wanted. Any thread."""
        with self._lock:
            if self._child is not None and self._busy_since and time.monotonic() - self._busy_since > LONG_S:
                self._child.kill()

    def run(self) -> None:
        while (following := self._next()) is not None:
            work, span = following
            self._busy_since = time.monotonic()
            found = self._evaluate(work, *span)
            self._busy_since = 0.0
            self._workers.answered(work, span, found)
        self._discard()

    def _next(self) -> tuple[_Work, Span] | None:
        if not self._workers.wait(IDLE_S):
            self._discard()
        return self._workers.next()

    def _evaluate(self, work: _Work, first: int, last: int) -> SpanMatches | None:
        try:
            child = self._ready()
            if self._location != work.location:
                self._location, self._texts = None, None
                if _asked(child, ("open", *work.location), OPEN_S) is not True:
                    return None
                self._location = work.location
            if self._texts is not work.texts:
                _asked(child, ("queries", work.texts), QUERIES_S)
                self._texts = work.texts
            found = _asked(child, ("span", first, last), SPAN_S)
        except (ChildGoneError, OSError):
            self._discard()
            return None
        if not isinstance(found, tuple):
            self._location = None  # the file may have been moved: it is opened again, where it is then
            return None
        return _matches(work.texts, first, last, *found)

    def _ready(self) -> Confined:
        with self._lock:
            if self._killed:
                raise ChildGoneError(slow=False, closed=True)
            if self._child is None:
                self._child = Confined(MODULE, MEMORY)
            return self._child

    def _discard(self) -> None:
        self._location, self._texts = None, None
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.close()


def _asked(child: Confined, request: tuple[object, ...], seconds: float) -> object:
    child.send(request, seconds)
    return child.receive(seconds)


def _matches(
    texts: Sequence[str],
    first: int,
    last: int,
    bits: Sequence[bytes],
    faults: Sequence[tuple[int, str, PlainValue, int | None, int | None]],
) -> SpanMatches:
    by_text = {text: int.from_bytes(found, "little") for text, found in zip(texts, bits, strict=True)}
    wrong = {
        texts[place]: MatchResult(MatchOutcome.ERROR, code, unpacked(reason), line, column)
        for place, code, reason, line, column in faults
    }
    return SpanMatches(first, last, by_text, wrong)
