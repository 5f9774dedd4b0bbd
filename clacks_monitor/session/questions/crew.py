"""The worker processes of a question, and the work that is dealt out to them.

Owner: one Asking. Thread: that of its run(), except kill().
"""

from __future__ import annotations

import select
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.confined import Confined
from clacks_monitor.core.messages import unpacked
from clacks_monitor.core.store import BEGIN_OF_TIME, END_OF_TIME
from clacks_monitor.session.questions import ending, protocol
from clacks_monitor.session.questions.ending import EndedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.core.ports import StoreLocation
    from clacks_monitor.session.questions.question import Request

GRACE_S: Final = 10.0
"""Seconds beyond the limit of a question that a worker has to report that it was met."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class StoreFacts:
    """What a store is when it is opened: its first and last sequence number, and times."""

    first: int
    last: int
    from_ns: int
    to_ns: int

    @property
    def total(self) -> int:
        """The number of entries."""
        return self.last - self.first + 1 if self.last else 0

    def spans(self, size: int, indexed: int = 0) -> list[Span]:
        """Return spans of sequence numbers that together are the store; from ``indexed`` on there is one (0: none)."""
        if not self.last:
            return []
        end = max(indexed, self.first) - 1 if indexed else self.last
        spans = [(low, min(low + size - 1, end)) for low in range(self.first, end + 1, size)]
        return [*spans, (end + 1, self.last)] if end < self.last else spans


class Crew:
    """Worker processes that all know the store and the question."""

    def __init__(self, location: StoreLocation, request: Request) -> None:
        self._location = location
        self._request = request
        self._lock = threading.Lock()
        self._workers: list[Confined] = []
        self._killed = False

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that run."""
        with self._lock:
            return [worker.pid for worker in self._workers]

    def kill(self) -> None:
        """End all of them at once, and start no other. Any thread; idempotent."""
        with self._lock:
            self._killed = True
            for worker in self._workers:
                worker.kill()

    @property
    def killed(self) -> bool:
        """Whether kill() was called."""
        return self._killed

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            workers, self._workers = self._workers, []
        for worker in workers:
            worker.close()

    def start(self, count: int) -> list[Confined]:
        """Start workers, which open the store meanwhile."""
        started = [self._start_one() for _ in range(count)]
        for worker in started:
            worker.send(("open", *self._location), protocol.OPEN_SECONDS)
        return started

    def _start_one(self) -> Confined:
        """Start a worker; kill() does not wait for that."""
        if self._killed:
            raise EndedError(ending.CANCELLED)
        worker = Confined(protocol.MODULE, protocol.MEMORY)
        with self._lock:
            self._workers.append(worker)
            if self._killed:
                raise EndedError(ending.CANCELLED)
        return worker

    def facts(self, worker: Confined) -> StoreFacts:
        """Return what a worker that was started says of the store."""
        _store, first, last, from_ns, to_ns = self.receive(worker)
        return StoreFacts(first, last, from_ns, to_ns)

    def ask(self, worker: Confined, facts: StoreFacts) -> tuple[protocol.Strategy, list[protocol.Reading], StoreFacts]:
        """Give a worker the question; return how it is answered, what is read for it, and where."""
        request, selection = self._request, self._request.selection
        begin = facts.from_ns if selection.from_ns == BEGIN_OF_TIME else selection.from_ns
        end = facts.to_ns if selection.to_ns == END_OF_TIME else selection.to_ns
        types = None if selection.types is None else sorted(selection.types)
        variables = {"times": {"from": begin, "to": end}, "parameters": dict(request.parameters)}
        chosen = (types, selection.from_ns, selection.to_ns)
        details = (request.question.text, chosen, variables, str(request.form), float(request.limits.seconds))
        worker.send(("ask", *details), protocol.COMPILE_SECONDS)
        _ready, strategy, readings, (first, last) = self.receive(worker)
        return protocol.Strategy(strategy), readings, replace(facts, first=first, last=last)

    def receive(self, worker: Confined) -> tuple[Any, ...]:
        """Return an answer that is not an error. Raises EndedError and ChildGoneError."""
        answer: tuple[Any, ...] = worker.receive(self._request.limits.seconds + GRACE_S)
        match answer:
            case ("error", code, reason, line, column):
                raise EndedError(ending.of_error(code, unpacked(reason), line, column))
            case ("unreadable", text):
                raise EndedError(ending.unreadable(text))
        return answer

    def deal(
        self, verb: str, spans: Sequence[Span], workers: Sequence[Confined]
    ) -> Iterator[tuple[int, tuple[Any, ...]]]:
        """Let workers do their work on spans, each the next one that is left; yield (number of the span, answer)."""
        seconds = self._request.limits.seconds
        until = time.monotonic() + seconds + GRACE_S
        poll, left = select.poll(), iter(enumerate(spans))
        busy: dict[int, tuple[Confined, int]] = {}

        def begin(worker: Confined) -> None:
            number, span = next(left, (-1, (0, 0)))
            if number < 0:
                busy.pop(worker.fileno(), None)
                return
            busy[worker.fileno()] = (worker, number)
            worker.send((verb, *span), seconds)

        for worker in workers:
            poll.register(worker.fileno(), select.POLLIN)
            begin(worker)
        while busy:
            ready = poll.poll(max(0.0, until - time.monotonic()) * 1000)
            if not ready:
                raise EndedError(ending.too_slow())
            for descriptor, _events in ready:
                if descriptor not in busy:
                    raise EndedError(ending.GONE)
                worker, number = busy[descriptor]
                answer = self.receive(worker)
                if answer[0] != "part":
                    begin(worker)
                yield number, answer
