"""The guard's worker as its parent sees it: one process, and the place of the one that is in use.

Role: starts, asks, replaces and ends workers. Owner: a guard. Thread: any, one at a time; ``WorkerSlot.kill`` may be
called while another thread waits for answers.
"""

from __future__ import annotations

import mmap
import tempfile
import threading
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.confined import ChildGoneError, Confined
from clacks_monitor.xquery.matching.guard import protocol

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clacks_monitor.xquery.matching.guard.protocol import Answer, EventRequest
    from clacks_monitor.xquery.query import Property, Query

    GuardJob = tuple[Sequence[Query], bytes, Mapping[str, Property]]
    Pair = tuple[int, int]

MAX_QUERIES: Final = 1_000
"""Compiled queries in one worker; with more it is replaced."""
_MODULE: Final = "clacks_monitor.xquery.matching.guard.worker"


class WorkerProcess:
    """One worker: its process, the page that it shares, and the queries that it knows by their numbers."""

    def __init__(self, memory: int) -> None:
        self.known: dict[str, int] = {}
        with tempfile.TemporaryFile() as page:
            page.write(protocol.PROGRESS.pack(protocol.IDLE, 0) + protocol.MEMORY.pack(0))
            page.flush()
            self._page = mmap.mmap(page.fileno(), protocol.PAGE_BYTES)
            self._child = Confined(_MODULE, memory, page.fileno())
        self.pid = self._child.pid
        self.kill = self._child.kill

    def memory(self) -> int:
        """Return how much address space it had after the last request, in bytes."""
        found: int = protocol.MEMORY.unpack_from(self._page, protocol.PROGRESS.size)[0]
        return found

    def progress(self) -> tuple[int, int]:
        """Return what it was doing last: the position of the pair in the request, and the query's number."""
        position, number = protocol.PROGRESS.unpack_from(self._page, 0)
        return position, number

    def ask(self, seconds: float, jobs: Sequence[GuardJob], pairs: list[Pair]) -> Iterator[list[Answer]]:
        """Send pairs and yield their answers; raises ChildGoneError."""
        request: list[EventRequest] = []
        last = -1
        numbers: list[int] = []
        for i, j in pairs:
            if i != last:
                numbers, last = [], i
                request.append((numbers, jobs[i][1], _plain(jobs[i][2])))
            numbers.append(self._number(jobs[i][0][j].text))
        self._child.send(("events", float(seconds), request), protocol.COMPILE_SECONDS)
        longest = max(protocol.allowance(seconds, body) for _, body, _ in request)
        missing = len(pairs)
        while missing:
            answers = self._child.receive(longest)
            missing -= len(answers)
            yield answers

    def _number(self, text: str) -> int:
        number = self.known.get(text)
        if number is None:
            number = self.known[text] = len(self.known) + 1
            self._child.send(("define", number, text), protocol.COMPILE_SECONDS)
        return number

    def close(self) -> None:
        """End the process, and give its pipes and its page back."""
        self._child.close()
        self._page.close()


class WorkerSlot:
    """The worker that is in use: started when it is needed, replaced when it had to be ended."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._lock = threading.Lock()  # held to replace the worker, never while it works: kill() waits for no answer
        self.worker: WorkerProcess | None = None
        self.closed = False

    def ready(self) -> WorkerProcess:
        """Return the worker, started if need be; raises ChildGoneError after ``kill``."""
        if self.worker is not None and len(self.worker.known) > MAX_QUERIES:
            self.discard()
        with self._lock:
            if self.closed:
                raise ChildGoneError(slow=False, closed=True)
            if self.worker is None:
                self.worker = WorkerProcess(self._memory)
            return self.worker

    def discard(self) -> None:
        """End the worker; the next one is started when it is needed."""
        with self._lock:
            worker, self.worker = self.worker, None
        if worker is not None:
            worker.close()

    def kill(self) -> None:
        """End the worker at once and start no other. Any thread."""
        with self._lock:
            self.closed = True
            if self.worker is not None:
                self.worker.kill()


def _plain(properties: Mapping[str, Property]) -> dict[str, Property]:
    """Return properties as plain values: AMQP's own number types cannot be marshalled."""
    plain: dict[str, Property] = {}
    for name, value in properties.items():
        match value:
            case bool() | str():
                plain[str(name)] = value if isinstance(value, bool) else str(value)
            case int():
                plain[str(name)] = int(value)
            case float():
                plain[str(name)] = float(value)
    return plain
