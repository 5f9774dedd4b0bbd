"""The guard's worker: a process of its own, where a query may do its worst.

Role: evaluates (query, event) pairs that come down a pipe. Owner: `guard.Guard`, which starts it
with `python -I -c ...` and reads its answers. Thread: one, the process has no other.

Before each evaluation it writes in a shared page what it is about to do and arms a processor-time
alarm whose default action ends the process: that works inside a regular expression or libxml2 too,
needs nobody alive on the other side, and is not misled by a busy machine. Memory is bounded by
RLIMIT_AS. Frames in both directions: four bytes of length, then `marshal` data - plain values only,
so that the parent never unpickles what a worker sends.

Requests   ("define", number, text) and ("events", seconds, [(numbers, body, properties), ...])
Answers    [verdict, ...] flat, in the order of the request, in one or more frames;
           a verdict is True, False or (code, reason, line, column)
"""

from __future__ import annotations

import contextlib
import gc
import marshal
import mmap
import os
import resource
import signal
import struct
import sys
import time
from typing import TYPE_CHECKING, BinaryIO, Final

from clacks_monitor.xquery.document import Document
from clacks_monitor.xquery.errors import TOO_DEEP, TOO_LARGE, TOO_SLOW, QueryError
from clacks_monitor.xquery.match_result import MatchOutcome
from clacks_monitor.xquery.query import Property, Query, compile_query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Wire = bool | tuple[str, str, int | None, int | None]
"""A verdict in a frame."""
Job = tuple[list[int], bytes, dict[str, Property]]
"""One event in a frame: numbers of queries, body, properties."""
Request = tuple[str, int, str] | tuple[str, float, list[Job]]

HEADER: Final = struct.Struct("!I")
FAIR_BYTES: Final = 1_000_000
"""An event above this may be too large for a query that is right for all others."""
LIMIT_CODES: Final = frozenset({TOO_SLOW, TOO_LARGE, TOO_DEEP})
"""Errors after which a query is out of service."""
IDLE: Final = -1
DEFINING: Final = -2
SECONDS_PER_BYTE: Final = 1e-6
"""Processor time that each byte of an event adds to what one evaluation may take."""
PROGRESS: Final = struct.Struct("!qq")
"""The shared page: position of the pair under way in the request, and the query's number."""
MEMORY: Final = struct.Struct("!q")
"""Behind it: the address space in bytes that the worker has after a request."""
PAGE_BYTES: Final = PROGRESS.size + MEMORY.size
WARM_UP: Final = "for $e in ./* order by string($e) return <a>{$e}</a>"
"""Compiled at the start, so that the modules of the engine are there before the first event."""
RECURSION: Final = 30_000
"""Frames of Python: room for the depth of calls that a query may reach. Should the stack of C end before,
that ends the process like too much memory does."""
COLLECTOR: Final = (100_000, 50, 100)
"""When garbage in cycles is looked for: seldom, for an evaluation leaves none, and maps of half a million entries are
otherwise looked through again and again."""
MOST_SECONDS_MORE: Final = 2.0
"""However large the event: a query that takes longer holds up all others."""
FLUSH_SECONDS: Final = 0.02
COMPILE_SECONDS: Final = 2.0
"""Processor time for compiling one query."""


def frame(value: Request | list[Wire]) -> bytes:
    """Make one frame of a plain value; raises ValueError for any other."""
    data = marshal.dumps(value)
    return HEADER.pack(len(data)) + data


def main(memory: int, page: int) -> None:
    """Serve until the pipe ends. `memory` in bytes, `page` the descriptor of the shared page."""
    _confine(memory)
    requests = os.fdopen(0, "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # nothing that prints can get between the frames
    shared = mmap.mmap(page, PAGE_BYTES)
    os.close(page)
    server = _Server(compile_query, answers, shared)
    server.serve(("define", 0, WARM_UP))
    gc.freeze()
    gc.set_threshold(*COLLECTOR)
    server.answer([True])
    with contextlib.suppress(OSError, EOFError):
        while header := requests.read(HEADER.size):
            size = HEADER.unpack(header)[0]
            server.serve(marshal.loads(requests.read(size)))  # noqa: S302 - from our parent


def _confine(memory: int) -> None:
    """Give up what a query has no business with, before it is read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    sys.setrecursionlimit(RECURSION)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


class _Server:
    """The compiled queries of one worker and the loop over events."""

    def __init__(self, compile_query: Callable[[str], Query], answers: BinaryIO, shared: mmap.mmap) -> None:
        self._compile = compile_query
        self._answers = answers
        self._shared = shared
        self._queries: dict[int, Query | Wire] = {}

    def serve(self, request: tuple[object, ...]) -> None:
        """Take one request."""
        match request:
            case ("define", int(number), str(text)):
                self._define(number, text)
            case ("events", float(seconds), list(jobs)):
                self._events(seconds, jobs)
        MEMORY.pack_into(self._shared, PROGRESS.size, address_space())

    def answer(self, found: list[Wire]) -> None:
        """Send answers; raises OSError when the other side is gone."""
        self._answers.write(frame(found))
        self._answers.flush()

    def _define(self, number: int, text: str) -> None:
        self._begin(DEFINING, number, COMPILE_SECONDS)
        try:
            self._queries[number] = self._compile(text)
        except QueryError as error:
            self._queries[number] = _wire(error)
        except (MemoryError, RecursionError):
            self._queries[number] = (TOO_LARGE, "The query is too large to compile.", 1, 1)
        self._end()

    def _events(self, seconds: float, jobs: list[Job]) -> None:
        found: list[Wire] = []
        position = 0
        flushed = time.monotonic()
        for numbers, body, properties in jobs:
            document = Document(body)
            allowed = allowance(seconds, body)
            for number in numbers:
                self._begin(position, number, allowed)
                wire = self._verdict(number, document, properties)
                if not isinstance(wire, bool) and wire[0] in LIMIT_CODES and len(body) <= FAIR_BYTES:
                    self._queries[number] = wire  # it need not try again for the rest of the batch
                found.append(wire)
                position += 1
            if len(body) > FAIR_BYTES:
                # Its nodes know their parents: only the collector can free them, before the next one comes.
                del document
                gc.collect()
            now = time.monotonic()
            if now - flushed > FLUSH_SECONDS:
                self.answer(found)
                found, flushed = [], now
        self._end()
        if found:
            self.answer(found)

    def _verdict(self, number: int, document: Document, properties: Mapping[str, Property]) -> Wire:
        query = self._queries[number]
        if isinstance(query, bool | tuple):
            return query
        try:
            verdict = query.matches(document, properties)
        except (MemoryError, RecursionError):
            gc.collect()
            return TOO_LARGE, "The query needs more memory than a filter may have.", 1, 1
        if verdict.outcome is MatchOutcome.ERROR:
            return verdict.code, verdict.reason, verdict.line, verdict.column
        return verdict.matches

    def _begin(self, position: int, number: int, seconds: float) -> None:
        PROGRESS.pack_into(self._shared, 0, position, number)
        signal.setitimer(signal.ITIMER_PROF, seconds)

    def _end(self) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        PROGRESS.pack_into(self._shared, 0, IDLE, 0)


def allowance(seconds: float, body: bytes) -> float:
    """Return the seconds that a query may take for an event: ``seconds``, and more for a large one."""
    return seconds + min(len(body) * SECONDS_PER_BYTE, MOST_SECONDS_MORE)


def address_space() -> int:
    """Bytes that this process has mapped, which is what its limit counts; 0 where nobody tells."""
    try:
        with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - read after every request
            return int(statm.read().split()[0]) * mmap.PAGESIZE
    except (OSError, ValueError):
        return 0


def _wire(error: QueryError) -> Wire:
    return error.code, error.reason, error.line, error.column
