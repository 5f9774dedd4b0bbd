"""A child process that evaluates queries on spans of a capture, which it opens itself and only reads.

    ("open", module, address, password)
                                  True | a text that says why not
    ("queries", texts)            True
    ("span", first, last)         (matches, faults) | a text that says why it cannot be read

``matches`` has one integer as bytes for each query, ``faults`` the first error of each query that has one: place, code,
reason, line, column. Owner: ``filter_workers``. Thread: the only one of the process; queries about which nothing is
proved go to a guard's process.
"""

from __future__ import annotations

import contextlib
import gc
from typing import TYPE_CHECKING

from clacks_monitor.core.confined import Requests
from clacks_monitor.core.messages import PlainValue, packed
from clacks_monitor.core.ports import open_in_child
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.view.match_bits import SpanEvaluation
from clacks_monitor.xquery import Guard, compile_query

if TYPE_CHECKING:
    from collections.abc import Generator

    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.view.match_bits import SpanMatches

    Answer = bool | str | tuple[list[bytes], list[tuple[int, str, PlainValue, int | None, int | None]]]

FILE_BYTES = 64 * 1024 * 1024
"""What it may write into a file: SQLite's shared memory of a capture that is being written to, the guard's page."""
LONGEST = 1_000
"""Characters of each argument of a reason."""
_COLLECTOR = (50_000, 20, 100)
"""Thresholds of the garbage collector: evaluations leave no cycles."""


def main(memory: int) -> None:
    """Answer requests until the pipe ends. ``memory`` in bytes."""
    requests = Requests(memory, file_bytes=FILE_BYTES)
    gc.set_threshold(*_COLLECTOR)
    with Guard() as guard, contextlib.closing(SpanWorker(guard)) as worker, contextlib.suppress(OSError, EOFError):
        for request in requests:
            requests.answer(worker.answer(request))


def _result(steps: Generator[bool, None, SpanMatches]) -> SpanMatches:
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: SpanMatches = end.value
            return found


class SpanWorker:
    """The store and the queries of one worker."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._opened = contextlib.ExitStack()
        self._reader: EventReader | None = None
        self._texts: list[str] = []
        self._evaluation: SpanEvaluation | None = None

    def close(self) -> None:
        """Close the store."""
        self._reader = None
        self._opened.close()

    def answer(self, request: tuple[object, ...]) -> Answer:
        """Return the answer to one request."""
        try:
            match request:
                case ("open", str(module), str(address), str() | None as password):
                    self.close()
                    store = self._opened.enter_context(open_in_child(module, address, password))
                    self._reader = self._opened.enter_context(store.reader())
                case ("queries", list(texts)):
                    self._texts = texts
                    self._evaluation = SpanEvaluation([compile_query(text) for text in texts], self._guard)
                case ("span", int(first), int(last)) if self._reader is not None and self._evaluation is not None:
                    return self._span(self._evaluation, self._reader, first, last)
        except (StorageError, MemoryError) as error:
            return str(error) or type(error).__name__
        return True

    def _span(self, evaluation: SpanEvaluation, reader: EventReader, first: int, last: int) -> Answer:
        found = _result(evaluation.evaluate(reader, first, last))
        length = (last - first + 8) // 8
        matches = [found.bits[text].to_bytes(length, "little") for text in self._texts]
        faults = [
            (place, fault.code, packed(fault.reason, LONGEST), fault.line, fault.column)
            for place, text in enumerate(self._texts)
            if (fault := found.faults.get(text)) is not None
        ]
        return matches, faults
