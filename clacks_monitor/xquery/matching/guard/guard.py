"""The guard: queries that nothing is proved about run in a process that can be killed.

Role: (queries, events) -> match results, whatever the queries do. Owner: its maker, who also closes it. Thread: any,
one at a time; callers wait without holding the interpreter's lock, so other threads go on meanwhile.

The process starts with the first event that needs it, 0.1 to 0.3 seconds. A query that is stopped is named in its
results and stays out of service for this guard until its text changes.
"""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING, Final, Self

from clacks_monitor.core.confined import ChildGoneError
from clacks_monitor.core.messages import Message, unpacked
from clacks_monitor.xquery.errors import TOO_LARGE, TOO_SLOW
from clacks_monitor.xquery.match_result import MATCH, NO_MATCH, MatchOutcome, MatchResult
from clacks_monitor.xquery.matching.guard.protocol import FAIR_BYTES, IDLE, LIMIT_CODES
from clacks_monitor.xquery.matching.guard.worker_process import WorkerSlot

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from clacks_monitor.xquery.matching.guard.protocol import Answer
    from clacks_monitor.xquery.matching.guard.worker_process import GuardJob, Pair, WorkerProcess
    from clacks_monitor.xquery.query import Property, Query

__all__ = ["NO_WORKER", "Guard"]

NO_WORKER: Final = "CLACKS0004"
"""The code of a result when the worker process cannot be started."""
SECONDS: Final = 0.5
"""Processor time that one query may take for one small event."""
MEMORY: Final = 488 * 1024 * 1024
"""Address space of the worker, in bytes: half a gigabyte, whichever way that is counted."""
MAX_BODY: Final = 16 * 1024 * 1024
"""Bytes of an event that queries are evaluated on: a larger one does not fit into the worker's memory."""
_BATCH_BYTES: Final = 1_000_000
_BATCH_PAIRS: Final = 512
_STARTS: Final = 3
_FULL: Final = 0.5
"""Part of the memory that a worker may have after a request; with more it is replaced."""


class Guard:
    """A worker process and the queries that are out of service.

    ``seconds`` is the processor time for one query on one event; each megabyte of the event adds a second, up to two.
    ``memory`` bounds the worker, in bytes.
    """

    def __init__(self, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._seconds = seconds
        self._memory = memory
        self._lock = threading.Lock()
        self._slot = WorkerSlot(memory)
        self._stopped: dict[str, MatchResult] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def out_of_service(self) -> Mapping[str, MatchResult]:
        """Texts of the queries that were stopped, with the result that says why."""
        return dict(self._stopped)

    @property
    def pid(self) -> int | None:
        """The worker's process id, None while there is none."""
        return self._slot.worker.pid if self._slot.worker else None

    def kill(self) -> None:
        """End the worker at once, whatever it does; any thread. Running evaluations end with errors."""
        self._slot.kill()

    def close(self) -> None:
        """End the worker and release its process, thread and descriptors."""
        self.kill()
        with self._lock:
            self._slot.discard()

    def evaluate(self, queries: Sequence[Query], body: bytes, properties: Mapping[str, Property]) -> list[MatchResult]:
        """Evaluate some queries on one event; see ``evaluate_many``."""
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

    def _batch(self, jobs: Sequence[GuardJob], pairs: list[Pair], results: list[list[MatchResult]]) -> None:
        """Evaluate one batch; each round answers some pairs or takes a query out of service."""
        failures = 0
        while pairs:
            pairs = self._in_service(jobs, pairs, results)
            if failures >= _STARTS or self._slot.closed:
                for i, j in pairs:
                    results[i][j] = _UNANSWERED
                return
            done, blamed = self._round(jobs, pairs, results)
            failures = 0 if done or blamed else failures + 1
            pairs = pairs[done:]

    def _in_service(self, jobs: Sequence[GuardJob], pairs: list[Pair], results: list[list[MatchResult]]) -> list[Pair]:
        """Drop the pairs whose query has been stopped, or whose result is an error already."""
        left = []
        for i, j in pairs:
            stopped = self._stopped.get(jobs[i][0][j].text)
            if stopped is not None:
                results[i][j] = stopped
            elif results[i][j].outcome is not MatchOutcome.ERROR:
                left.append((i, j))
        return left

    def _round(self, jobs: Sequence[GuardJob], pairs: list[Pair], results: list[list[MatchResult]]) -> tuple[int, bool]:
        """Send pairs, receive answers; return how many came, and whether a query was blamed."""
        done = 0
        if not pairs:
            return 0, False
        try:
            worker = self._slot.ready()
        except ChildGoneError:
            return 0, False
        try:
            for answers in worker.ask(self._seconds, jobs, pairs):
                for (i, j), answer in zip(pairs[done:], answers, strict=False):
                    results[i][j] = self._result(answer, jobs[i][0][j], len(jobs[i][1]))
                done += len(answers)
        except ChildGoneError as gone:
            if self._slot.closed:
                return done, False
            blamed = self._blame(worker, TOO_SLOW if gone.slow else TOO_LARGE, jobs, pairs, results)
            self._slot.discard()
            if blamed:
                with contextlib.suppress(ChildGoneError):
                    self._slot.ready()  # it starts while the caller continues
            return done, blamed
        if worker.memory() > self._memory * _FULL:
            # Memory left allocated by one giant event must not make the next one fail.
            self._slot.discard()
        return done, False

    def _result(self, answer: Answer, query: Query, size: int) -> MatchResult:
        if isinstance(answer, bool):
            return MATCH if answer else NO_MATCH
        code, reason, line, column = answer
        result = MatchResult(MatchOutcome.ERROR, code, unpacked(reason), line, column)
        if code in LIMIT_CODES and size <= FAIR_BYTES:
            self._stopped.setdefault(query.text, result)
        return result

    def _blame(
        self,
        worker: WorkerProcess,
        code: str,
        jobs: Sequence[GuardJob],
        pairs: list[Pair],
        results: list[list[MatchResult]],
    ) -> bool:
        """Take the query that the worker was busy with out of service, or give up on this event only."""
        position, number = worker.progress()
        if position >= 0:
            i, j = pairs[position]
            large = len(jobs[i][1]) > FAIR_BYTES
            results[i][j] = _too_much(code, _THIS_EVENT if large else _OUT_OF_SERVICE)
            if not large:
                self._stopped[jobs[i][0][j].text] = results[i][j]
            return True
        text = next((text for text, known in worker.known.items() if known == number), None)
        if position == IDLE or text is None:
            return False
        self._stopped[text] = _too_much(code, _OUT_OF_SERVICE)
        return True


_UNANSWERED: Final = MatchResult(
    MatchOutcome.ERROR, NO_WORKER, Message("The process that evaluates this query cannot be started, or was ended.")
)
_OUT_OF_SERVICE: Final = {
    TOO_SLOW: Message("The query takes too long and is out of service until it is changed."),
    TOO_LARGE: Message("The query takes too much memory and is out of service until it is changed."),
}
_THIS_EVENT: Final = {
    TOO_SLOW: Message("The query takes too long for an event of this size."),
    TOO_LARGE: Message("The query takes too much memory for an event of this size."),
}
_TOO_LARGE_EVENT: Final = MatchResult(
    MatchOutcome.ERROR,
    TOO_LARGE,
    Message("The event has more than {0:,} bytes, which is too large for a filter.", MAX_BODY),
    1,
    1,
)


def _too_much(code: str, reasons: Mapping[str, Message]) -> MatchResult:
    return MatchResult(MatchOutcome.ERROR, code, reasons[code], 1, 1)


def _batches(jobs: Sequence[GuardJob], pairs: list[Pair]) -> Iterator[list[Pair]]:
    """Cut the work into requests of bounded size."""
    batch: list[Pair] = []
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
