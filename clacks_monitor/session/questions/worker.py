"""The worker process of a question: it opens the store itself, reads only, and can be killed at any time.

Owner: ``asking``, which starts it. Thread: the only one of the process.
"""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.confined import Requests, limit_time
from clacks_monitor.core.messages import Message, packed
from clacks_monitor.core.ports import open_in_child
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.questions import protocol
from clacks_monitor.session.questions.functions import ENVIRONMENT, date_time
from clacks_monitor.session.questions.rows import ResultForm, plain_row
from clacks_monitor.session.questions.stored_events import EventSelection, StoreCollection
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.errors import TOO_LARGE, QueryError
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.query import compile_query

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clacks_monitor.core.store import EventReader
    from clacks_monitor.xquery.engine import Parameter
    from clacks_monitor.xquery.query import Query

COLLECTOR = (100_000, 50, 100)
"""Thresholds of the garbage collector: a tree is a cycle, but small ones are soon many."""
RECURSION = 30_000


def main(memory: int) -> None:
    """Serve until the pipe ends. ``memory`` in bytes."""
    requests = Requests(memory, RECURSION, file_bytes=protocol.FILE_BYTES)
    gc.set_threshold(*COLLECTOR)
    with contextlib.suppress(OSError, EOFError), ExitStack() as stack:
        worker = _Worker(requests.answer, stack)
        for request in requests:
            worker.serve(request)


class _Worker:
    """The store, the question, and the rows that wait to be sent."""

    def __init__(self, answer: Callable[[Any], None], stack: ExitStack) -> None:
        self._answer = answer
        self._stack = stack
        self._reader: EventReader | None = None
        self._query: Query | None = None
        self._selection = EventSelection()
        self._variables: dict[str, Sequence[object]] = {}
        self._form = ResultForm.ROWS
        self._until = 0.0
        self._outgoing = _Outgoing(answer)

    def serve(self, request: tuple[Any, ...]) -> None:
        """Handle one request."""
        try:
            match request:
                case ("open", str(module), str(address), password):
                    self._open(module, address, password)
                case ("ask", *details):
                    self._ask(*details)
                case ("scan", int(first), int(last)):
                    self._scan(first, last)
        except StorageError as error:
            self._outgoing.end(("unreadable", str(error)))
        except QueryError as error:
            self._failed(error)
        except (MemoryError, RecursionError):
            self._failed(QueryError(TOO_LARGE, Message("The query needs too much memory."), line=1, column=1))

    def _failed(self, error: QueryError) -> None:
        gc.collect()
        self._outgoing.end(("error", error.code, packed(error.reason, protocol.REASON), error.line, error.column))

    def _open(self, module: str, address: str, password: str | None) -> None:
        store = self._stack.enter_context(open_in_child(module, address, password))
        self._reader = self._stack.enter_context(store.reader())
        self._answer(("store", *self._reader.bounds(), *self._reader.time_span()))

    def _ask(
        self,
        text: str,
        selection: tuple[list[str] | None, int, int],
        variables: Mapping[str, Any],
        form: str,
        seconds: float,
    ) -> None:
        types, from_ns, to_ns = selection
        limit_time(protocol.COMPILE_SECONDS)
        self._query = compile_query(text, environment=ENVIRONMENT)
        self._selection = EventSelection(None if types is None else frozenset(types), from_ns, to_ns)
        times = {name: (date_time(wall_ns),) for name, wall_ns in variables["times"].items()}
        self._variables = typed(self._query.parameters, variables["parameters"]) | times
        self._form = ResultForm(form)
        # The alarm is for what does not look at the clock itself, so it comes later.
        limit_time(seconds + protocol.KILL_SECONDS)
        self._until = time.monotonic() + seconds
        self._answer(("ready",))

    def _scan(self, first: int, last: int) -> None:
        if self._reader is None or self._query is None:
            raise AssertionError("a store is opened and a question asked before")
        outgoing = self._outgoing
        collection = StoreCollection(self._reader, first, last, self._selection, outgoing.reach)
        limits = Limits(seconds=max(0.0, self._until - time.monotonic()))
        for item in self._query.over_collection(collection, self._variables, limits):
            outgoing.add(*plain_row(item, self._form))
        outgoing.end(("done",))


def typed(known: Sequence[Parameter], given: Mapping[str, str]) -> dict[str, Sequence[object]]:
    """Return the values of parameters, cast to their types. Raises QueryError."""
    return {one.name: (cast(given[one.name], one.type),) for one in known if one.name in given}


class _Outgoing:
    """Rows and progress on their way to the parent: many in one frame, but none for long. Any thread."""

    def __init__(self, answer: Callable[[Any], None]) -> None:
        self._answer = answer
        self._rows: list[tuple[int | None, Any]] = []
        self._size = 0
        self._reached = 0
        self._lock = threading.RLock()
        self._changed = False
        threading.Thread(target=self._flush_in_time, name="outgoing", daemon=True).start()

    def reach(self, sequence: int) -> None:
        """Note up to which sequence number a pass has come."""
        self._reached = max(self._reached, sequence)
        self._changed = True

    def add(self, sequence: int | None, plain: Any) -> None:  # noqa: ANN401 - any value that marshal writes
        """Add a row."""
        with self._lock:
            self._rows.append((sequence, plain))
            self._changed = True
            self._size += len(plain) if isinstance(plain, str) else sum(len(str(value)) for value in plain.values())
            if len(self._rows) >= protocol.ROWS or self._size >= protocol.ROW_BYTES:
                self.flush()

    def _flush_in_time(self) -> None:
        """Send what waits every few milliseconds, whatever the query does. Thread: its own."""
        with contextlib.suppress(OSError):
            while True:
                time.sleep(protocol.NOTIFY_S)
                if self._changed:
                    self.flush()

    def flush(self) -> None:
        """Send what there is."""
        with self._lock:
            rows, self._rows, self._size, self._changed = self._rows, [], 0, False
            self._answer(("part", self._reached, rows))

    def end(self, answer: tuple[Any, ...]) -> None:
        """Send what there is, and an answer behind which nothing comes."""
        with self._lock:
            if self._changed:
                self.flush()
            self._answer(answer)
