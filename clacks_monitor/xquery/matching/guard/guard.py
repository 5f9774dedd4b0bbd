"""The guard: queries that nothing is proved about run in a process that can be killed.

Role: (queries, events) -> verdicts, whatever the queries do. Owner: whoever makes it, and closes
it. Thread: any, one at a time; callers wait without holding the interpreter's lock, so no other
thread stands still with them.

The process starts with the first event that needs it, 0.1 to 0.3 seconds. A query that is stopped
is named in its verdicts and stays out of service for this guard: its text must change.
"""

from __future__ import annotations

import contextlib
import marshal
import mmap
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from typing import TYPE_CHECKING, Final, Self

from clacks_monitor.core.confined import read_until
from clacks_monitor.xquery.errors import TOO_LARGE, TOO_SLOW
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchOutcome, MatchResult
from clacks_monitor.xquery.matching.guard import worker as w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clacks_monitor.xquery.query import Property, Query

__all__ = ["NO_WORKER", "Guard", "GuardJob"]

GuardJob = tuple["Sequence[Query]", bytes, "Mapping[str, Property]"]
"""One event: the queries to ask, its body, its application properties."""

NO_WORKER: Final = "CLACKS0004"
"""The code of a verdict when the worker process cannot be started."""
SECONDS: Final = 0.5
"""Processor time that one query may take for one small event."""
MEMORY: Final = 488 * 1024 * 1024
"""Address space of the worker, in bytes: half a gigabyte, whichever way that is counted."""
MAX_BODY: Final = 16 * 1024 * 1024
"""Bytes of an event that queries are asked about: a larger one has no room in the worker's memory."""
_BATCH_BYTES: Final = 1_000_000
_BATCH_PAIRS: Final = 512
_MAX_QUERIES: Final = 1_000
_START_SECONDS: Final = 30.0
_STARTS: Final = 3
_FULL: Final = 0.5
"""Part of the memory that a worker may have after a request; with more it is replaced."""
_PATIENCE: Final = 20
"""Wall time allowed, as a multiple of processor time: the machine may be busy with others."""
_BOOT: Final = (
    "import sys; sys.path[:] = {path!r}\n"
    "from clacks_monitor.xquery.matching.guard.worker import main; main({memory}, {page})"
)


class _WorkerGoneError(Exception):
    """The worker ended or had to be ended; `reason` is the code that its query gets."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Guard:
    """A worker process and the queries that are out of service.

    `seconds` is the processor time for one query on one event, each megabyte of the event adds
    a second. `memory` bounds the worker, in bytes.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._lock = threading.Lock()
        # Held to replace the worker, never while it works: kill() waits for no answer.
        self._replacing = threading.Lock()
        self._worker: _Worker | None = None
        self._stopped: dict[str, MatchResult] = {}
        self._closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def out_of_service(self) -> Mapping[str, MatchResult]:
        """Texts of the queries that were stopped, with the verdict that says why."""
        return dict(self._stopped)

    @property
    def pid(self) -> int | None:
        """The worker's process id, None while there is none."""
        return self._worker.pid if self._worker else None

    @property
    def working_on(self) -> int | None:
        """The number of the query that the worker evaluates or compiles just now, None while it waits."""
        with self._replacing:
            position, number = self._worker.progress() if self._worker else (w.IDLE, 0)
        return None if position == w.IDLE or number == 0 else number

    def start(self) -> None:
        """Start the worker ahead of the first event, without waiting for it."""
        with self._lock:
            self._start()

    def kill(self) -> None:
        """End the worker at once, whatever it does; any thread. What is being evaluated ends with errors."""
        with self._replacing:
            self._closed = True
            if self._worker is not None:
                self._worker.kill()

    def close(self) -> None:
        """End the worker; afterwards there is no process, no thread, no descriptor left of it."""
        self.kill()
        with self._lock:
            self._discard()

    def evaluate(self, queries: Sequence[Query], body: bytes, properties: Mapping[str, Property]) -> list[MatchResult]:
        """Evaluate some queries on one event; see `evaluate_many`."""
        return self.evaluate_many([(queries, body, properties)])[0]

    def evaluate_many(self, jobs: Sequence[GuardJob]) -> list[list[MatchResult]]:
        """Evaluate queries on events, in batches; never raises for anything a query does.

        When the guard is closed meanwhile, what has no answer yet gets an error with the code NO_WORKER.
        """
        results = [[self._stopped.get(query.text, NO_MATCH) for query in job[0]] for job in jobs]
        pairs = [
            (i, j)
            for i, job in enumerate(jobs)
            for j, query in enumerate(job[0])
            if query.text not in self._stopped and len(job[1]) <= MAX_BODY
        ]
        for found, (_queries, body, _properties) in zip(results, jobs, strict=True):
            if len(body) > MAX_BODY:
                found[:] = [_TOO_LARGE_EVENT] * len(found)
        with self._lock:
            for batch in _batches(jobs, pairs):
                self._batch(jobs, batch, results)
        return results

    # -- from here on under the lock

    def _batch(self, jobs: Sequence[GuardJob], pairs: list[tuple[int, int]], results: list[list[MatchResult]]) -> None:
        """Bring one batch home; each round answers some pairs or takes a query out of service."""
        failures = 0
        while pairs:
            pairs = self._in_service(jobs, pairs, results)
            if failures >= _STARTS or self._closed:
                for i, j in pairs:
                    results[i][j] = _UNANSWERED
                return
            done, blamed = self._round(jobs, pairs, results)
            failures = 0 if done or blamed else failures + 1
            pairs = pairs[done:]

    def _in_service(
        self, jobs: Sequence[GuardJob], pairs: list[tuple[int, int]], results: list[list[MatchResult]]
    ) -> list[tuple[int, int]]:
        """Drop the pairs whose query has been stopped, or whose verdict is an error already."""
        left = []
        for i, j in pairs:
            stopped = self._stopped.get(jobs[i][0][j].text)
            if stopped is not None:
                results[i][j] = stopped
            elif results[i][j].outcome is not MatchOutcome.ERROR:
                left.append((i, j))
        return left

    def _round(
        self, jobs: Sequence[GuardJob], pairs: list[tuple[int, int]], results: list[list[MatchResult]]
    ) -> tuple[int, bool]:
        """Send pairs, take answers; return how many came, and whether a query was blamed."""
        done = 0
        if not pairs:
            return 0, False
        try:
            worker = self._ready_worker()
        except _WorkerGoneError:
            return 0, False
        try:
            for answers in worker.ask(self._seconds, jobs, pairs):
                for (i, j), answer in zip(pairs[done:], answers, strict=False):
                    results[i][j] = self._verdict(answer, jobs[i][0][j], len(jobs[i][1]))
                done += len(answers)
        except _WorkerGoneError as gone:
            if self._closed:
                return done, False
            blamed = self._blame(worker, gone.code, jobs, pairs, results)
            self._discard()
            if blamed:
                self._start()
            return done, blamed
        if worker.memory() > self._memory * _FULL:
            # What one giant event has left behind must not make the next one fail.
            self._discard()
        return done, False

    def _start(self) -> None:
        with contextlib.suppress(_WorkerGoneError):
            self._ready_worker()

    def _ready_worker(self) -> _Worker:
        if self._worker is not None and len(self._worker.known) > _MAX_QUERIES:
            self._discard()
        with self._replacing:
            if self._closed:
                raise _WorkerGoneError(NO_WORKER)
            if self._worker is None:
                self._worker = _Worker(self._memory)
            return self._worker

    def _verdict(self, answer: w.Wire, query: Query, size: int) -> MatchResult:
        if isinstance(answer, bool):
            return MATCH if answer else NO_MATCH
        code, reason, line, column = answer
        verdict = MatchResult(MatchOutcome.ERROR, code, reason, line, column)
        if code in w.LIMIT_CODES and size <= w.FAIR_BYTES:
            self._stopped.setdefault(query.text, verdict)
        return verdict

    def _blame(
        self,
        worker: _Worker,
        code: str,
        jobs: Sequence[GuardJob],
        pairs: list[tuple[int, int]],
        results: list[list[MatchResult]],
    ) -> bool:
        """Take the query that the worker was busy with out of service, or let it pass on this event only."""
        position, number = worker.progress()
        if position >= 0:
            i, j = pairs[position]
            large = len(jobs[i][1]) > w.FAIR_BYTES
            verdict = MatchResult(
                MatchOutcome.ERROR, code, _TOO_MUCH[code] + (_THIS_EVENT if large else _OUT_OF_SERVICE), 1, 1
            )
            results[i][j] = verdict
            if not large:
                self._stopped[jobs[i][0][j].text] = verdict
            return True
        text = next((text for text, known in worker.known.items() if known == number), None)
        if position == w.IDLE or text is None:
            return False
        self._stopped[text] = MatchResult(MatchOutcome.ERROR, code, _TOO_MUCH[code] + _OUT_OF_SERVICE, 1, 1)
        return True

    def _discard(self) -> None:
        with self._replacing:
            worker, self._worker = self._worker, None
        if worker is not None:
            worker.close()


_UNANSWERED: Final = MatchResult(
    MatchOutcome.ERROR, NO_WORKER, "The process that evaluates this query cannot be started, or was ended."
)
_TOO_MUCH: Final = {TOO_SLOW: "The query takes too long", TOO_LARGE: "The query takes too much memory"}
_TOO_LARGE_EVENT: Final = MatchResult(
    MatchOutcome.ERROR, TOO_LARGE, f"The event has more than {MAX_BODY:,} bytes, which is too large for a filter.", 1, 1
)
_OUT_OF_SERVICE: Final = " and is out of service until it is changed."
_THIS_EVENT: Final = " for an event of this size."


class _Worker:
    """One worker process: its pipes, its shared page, and the queries that it knows."""

    def __init__(self, memory: int) -> None:
        self.known: dict[str, int] = {}
        with tempfile.TemporaryFile() as page:
            page.write(w.PROGRESS.pack(w.IDLE, 0) + w.MEMORY.pack(0))
            page.flush()
            self._page = mmap.mmap(page.fileno(), w.PAGE_BYTES)
            boot = _BOOT.format(path=sys.path, memory=memory, page=page.fileno())
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
                [sys.executable, "-I", "-c", boot],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
                pass_fds=[page.fileno()],
            )
        if self._process.stdin is None or self._process.stdout is None:
            raise OSError("The worker has no pipes.")  # Popen was asked for both
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._ready = False

    @property
    def pid(self) -> int:
        return self._process.pid

    def memory(self) -> int:
        """Tell how much address space it had after the last request, in bytes."""
        found: int = w.MEMORY.unpack_from(self._page, w.PROGRESS.size)[0]
        return found

    def progress(self) -> tuple[int, int]:
        """Tell what it was doing last: position of the pair in the request, number of the query."""
        position, number = w.PROGRESS.unpack_from(self._page, 0)
        return position, number

    def ask(self, seconds: float, jobs: Sequence[GuardJob], pairs: list[tuple[int, int]]) -> Iterator[list[w.Wire]]:
        """Send pairs and yield their answers; raises _WorkerGoneError."""
        if not self._ready:
            self._receive(_START_SECONDS)
            self._ready = True
        request: list[w.Job] = []
        last = -1
        numbers: list[int] = []
        for i, j in pairs:
            if i != last:
                numbers, last = [], i
                request.append((numbers, jobs[i][1], _plain(jobs[i][2])))
            numbers.append(self._number(jobs[i][0][j].text))
        self._send(("events", float(seconds), request))
        longest = max(w.allowance(seconds, body) for _, body, _ in request)
        missing = len(pairs)
        while missing:
            answers = self._receive(longest * _PATIENCE)
            missing -= len(answers)
            yield answers

    def _number(self, text: str) -> int:
        number = self.known.get(text)
        if number is None:
            number = self.known[text] = len(self.known) + 1
            self._send(("define", number, text))
        return number

    def _send(self, value: w.Request) -> None:
        data = memoryview(w.frame(value))
        try:
            while data:
                data = data[os.write(self._requests.fileno(), data) :]
        except OSError:
            raise self._gone() from None

    def _receive(self, seconds: float) -> list[w.Wire]:
        until = time.monotonic() + seconds
        (length,) = w.HEADER.unpack(self._read(w.HEADER.size, until))
        found: list[w.Wire] = marshal.loads(self._read(length, until))  # noqa: S302 - plain values
        return found

    def _read(self, size: int, until: float) -> bytes:
        data = read_until(self._answers.fileno(), size, until)
        if data is None:
            raise self._gone()
        return data

    def _gone(self) -> _WorkerGoneError:
        """Make sure that it is dead, and tell from what."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(0.2)  # its pipe closes a moment before it can be waited for
        self._process.kill()
        ended = self._process.wait()
        slow = ended in {-signal.SIGPROF, -signal.SIGKILL}
        return _WorkerGoneError(TOO_SLOW if slow else TOO_LARGE)

    def kill(self) -> None:
        """End the process; it has nothing that a kill could hurt."""
        self._process.kill()

    def close(self) -> None:
        """End the process, and give its pipes and its page back."""
        self._process.kill()
        self._process.wait()
        self._requests.close()
        self._answers.close()
        self._page.close()


def _batches(jobs: Sequence[GuardJob], pairs: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Cut the work into requests of bounded size."""
    batch: list[tuple[int, int]] = []
    size, last = 0, -1
    for pair in pairs:
        added = len(jobs[pair[0]][1]) if pair[0] != last else 0
        if batch and (size + added > _BATCH_BYTES or len(batch) >= _BATCH_PAIRS):
            yield batch
            batch, size = [], 0
            added = len(jobs[pair[0]][1])
        batch.append(pair)
        size, last = size + added, pair[0]
    if batch:
        yield batch


def _plain(properties: Mapping[str, Property]) -> dict[str, Property]:
    """Properties as plain values: AMQP's own number types do not travel."""
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
