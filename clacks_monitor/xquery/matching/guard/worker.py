"""The guard's worker: a separate process, which is ended when a query exceeds its limits.

Role: evaluates (query, event) pairs (``protocol``). Owner: ``WorkerProcess``, which starts it and reads its answers.
Thread: one, the process has no other.

Before each evaluation it writes in the shared page what it is about to do, and sets an alarm of processor time that
ends the process (``core.confined``).
"""

from __future__ import annotations

import contextlib
import gc
import mmap
import os
import time
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.confined import Requests, limit_time
from clacks_monitor.core.messages import Message, packed
from clacks_monitor.xquery.document import Document
from clacks_monitor.xquery.errors import TOO_LARGE, QueryError
from clacks_monitor.xquery.match_result import MatchOutcome
from clacks_monitor.xquery.matching.guard import protocol
from clacks_monitor.xquery.query import Property, Query, compile_query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from clacks_monitor.xquery.matching.guard.protocol import Answer, EventRequest

WARM_UP: Final = "for $e in ./* order by string($e) return <a>{$e}</a>"
"""Compiled at the start, so that the modules of the engine are there before the first event."""
RECURSION: Final = 30_000
"""Frames of Python: enough for the depth of calls that a query may reach. Should the stack of C end before, that ends
the process like too much memory does."""
COLLECTOR: Final = (100_000, 50, 100)
"""Thresholds of the garbage collector: evaluations leave no cycles, and each pass would go through maps of half a
million entries again."""
FLUSH_SECONDS: Final = 0.02


def main(memory: int, page: int) -> None:
    """Serve until the pipe ends. ``memory`` in bytes, ``page`` the descriptor of the shared page."""
    requests = Requests(memory, RECURSION)
    shared = mmap.mmap(page, protocol.PAGE_BYTES)
    os.close(page)
    worker = _QueryWorker(compile_query, requests.answer, shared)
    worker.serve(("define", 0, WARM_UP))
    gc.set_threshold(*COLLECTOR)
    with contextlib.suppress(OSError, EOFError):
        for request in requests:
            worker.serve(request)


class _QueryWorker:
    """The compiled queries of one worker and the loop over events."""

    def __init__(
        self, compiled: Callable[[str], Query], answer: Callable[[list[Answer]], None], shared: mmap.mmap
    ) -> None:
        self._compiled = compiled
        self._answer = answer
        self._shared = shared
        self._queries: dict[int, Query | Answer] = {}

    def serve(self, request: tuple[object, ...]) -> None:
        """Handle one request."""
        match request:
            case ("define", int(number), str(text)):
                self._define(number, text)
            case ("events", float(seconds), list(events)):
                self._events(seconds, events)
        protocol.MEMORY.pack_into(self._shared, protocol.PROGRESS.size, address_space())

    def _define(self, number: int, text: str) -> None:
        self._begin(protocol.DEFINING, number, protocol.COMPILE_SECONDS)
        try:
            self._queries[number] = self._compiled(text)
        except QueryError as error:
            self._queries[number] = _answer_of(error)
        except (MemoryError, RecursionError):
            self._queries[number] = _answer(TOO_LARGE, Message("The query is too large to compile."), 1, 1)
        self._end()

    def _events(self, seconds: float, events: list[EventRequest]) -> None:
        found: list[Answer] = []
        position = 0
        flushed = time.monotonic()
        for numbers, body, properties in events:
            document = Document(body)
            allowed = protocol.allowance(seconds, body)
            for number in numbers:
                self._begin(position, number, allowed)
                answer = self._result(number, document, properties)
                if (
                    not isinstance(answer, bool)
                    and answer[0] in protocol.LIMIT_CODES
                    and len(body) <= protocol.FAIR_BYTES
                ):
                    self._queries[number] = answer  # it need not try again for the rest of the batch
                found.append(answer)
                position += 1
            if len(body) > protocol.FAIR_BYTES:
                # Its nodes know their parents: only the collector can free them, before the next one comes.
                del document
                gc.collect()
            now = time.monotonic()
            if now - flushed > FLUSH_SECONDS:
                self._answer(found)
                found, flushed = [], now
        self._end()
        if found:
            self._answer(found)

    def _result(self, number: int, document: Document, properties: Mapping[str, Property]) -> Answer:
        query = self._queries[number]
        if isinstance(query, bool | tuple):
            return query
        try:
            result = query.matches(document, properties)
        except (MemoryError, RecursionError):
            gc.collect()
            return _answer(TOO_LARGE, Message("The query needs more memory than a filter may have."), 1, 1)
        if result.outcome is MatchOutcome.ERROR:
            return _answer(result.code, result.reason, result.line, result.column)
        return result.matches

    def _begin(self, position: int, number: int, seconds: float) -> None:
        protocol.PROGRESS.pack_into(self._shared, 0, position, number)
        limit_time(seconds)

    def _end(self) -> None:
        limit_time(0)
        protocol.PROGRESS.pack_into(self._shared, 0, protocol.IDLE, 0)


def address_space() -> int:
    """Return the bytes that this process has mapped, which is what its limit counts; 0 where that is not known."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # read after every request
            return int(statm.read().split()[0]) * mmap.PAGESIZE
    except (OSError, ValueError):
        return 0


def _answer_of(error: QueryError) -> Answer:
    return _answer(error.code, error.reason, error.line, error.column)


def _answer(code: str, reason: Message, line: int | None, column: int | None) -> Answer:
    return code, packed(reason, protocol.MAX_REASON), line, column
