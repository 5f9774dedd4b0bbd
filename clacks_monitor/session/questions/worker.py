"""The worker process of a question: it opens the store itself, reads only, and can be killed at any time.

Owner: ``asking``, which starts it. Thread: the only one of the process.
"""

from __future__ import annotations

import contextlib
import gc
import threading
import time
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.confined import Requests, limit_time
from clacks_monitor.core.messages import Message, packed
from clacks_monitor.core.ports import open_in_child
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import LARGEST_INTEGER
from clacks_monitor.core.wanted_events import candidates_of, scan_wanted
from clacks_monitor.session.questions import protocol
from clacks_monitor.session.questions.batches import Batches
from clacks_monitor.session.questions.functions import ENVIRONMENT, date_time
from clacks_monitor.session.questions.rows import ResultForm, characters_of, plain_row
from clacks_monitor.session.questions.stored_events import EventSelection, GivenEvents, StoreCollection
from clacks_monitor.session.questions.tallying import is_tallied, tally
from clacks_monitor.xquery.datamodel.casting import cast
from clacks_monitor.xquery.errors import TOO_LARGE, QueryError
from clacks_monitor.xquery.limits import Limits
from clacks_monitor.xquery.query import compile_query
from clacks_monitor.xquery.splitting.split import FoldedPart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from clacks_monitor.core.declared_fields import EventNeeds
    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.questions.rows import Plain
    from clacks_monitor.xquery.engine import Parameter
    from clacks_monitor.xquery.query import Query
    from clacks_monitor.xquery.splitting.selecting import Needed
    from clacks_monitor.xquery.splitting.split import Split

COLLECTOR = (100_000, 50, 100)
"""Thresholds of the garbage collector: a tree is a cycle, but small ones are soon many."""
RECURSION = 30_000
BATCH = 2_000
"""Sequence numbers that are read at once where values are read from many events together."""


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
        self._span = (1, 0)
        self._variables: dict[str, Sequence[object]] = {}
        self._form = ResultForm.ROWS
        self._split: Split | None = None
        self._folded: list[FoldedPart] = []
        self._batches: list[Batches | None] = []
        self._until = 0.0
        self._outgoing = _Outgoing(answer)
        self._handlers: dict[str, Callable[..., None]] = {
            "open": self._open, "ask": self._ask, "scan": self._scan, "fold": self._fold, "join": self._join,
            "final": self._final, "count": self._count,
        }  # fmt: skip  # a table, by rows

    def serve(self, request: tuple[Any, ...]) -> None:
        """Handle one request."""
        try:
            self._handlers[request[0]](*request[1:])
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
        self._split = self._query.split()
        parts = () if self._split is None else self._split.plan.parts
        self._folded = [FoldedPart(part) for part in parts]
        self._batches = [] if self._split is None else [Batches.of(part, self._split.module) for part in parts]
        self._span = self._span_of_time()
        self._answer(("ready", str(strategy_of(self._split)), self._readings(), self._span))

    def _span_of_time(self) -> tuple[int, int]:
        """Return the sequence numbers among which all events of the selected time are."""
        if self._reader is None:
            raise AssertionError("a store is opened before")
        selection = self._selection
        if not selection.has_time:
            return self._reader.bounds()
        return self._reader.statistics.numbers_between(selection.from_ns, selection.to_ns)

    def _readings(self) -> list[protocol.Reading]:
        if self._split is None or self._reader is None:
            return [(None, None)]
        plan = self._split.plan
        needed = [part.needed for part in plan.parts] or [plan.needed]
        readings: list[protocol.Reading] = []
        for wanted in (selected(self._selection, one).wanted for one in needed):
            found = candidates_of(self._reader, [wanted], *self._span)
            place = None if found is None else (found.first, len(found.sequences))
            readings.append((None if wanted.types is None else sorted(wanted.types), place))
        return readings

    def _collection(self, first: int, last: int, selection: EventSelection) -> StoreCollection:
        if self._reader is None:
            raise AssertionError("a store is opened before")
        first, last = max(first, self._span[0]), min(last, self._span[1])
        return StoreCollection(self._reader, first, last, selection, self._outgoing.reach)

    def _limits(self) -> Limits:
        return Limits(seconds=max(0.0, self._until - time.monotonic()))

    def _scan(self, first: int, last: int) -> None:
        if self._query is None:
            raise AssertionError("a question is asked before")
        spread = self._split is not None and self._split.plan.spread
        selection = selected(self._selection, self._split.plan.needed) if self._split and spread else self._selection
        collection = self._collection(first, last, selection)
        self._send(self._query.over_collection(collection, self._variables, self._limits()))

    def _send(self, items: Iterable[object]) -> None:
        for item in items:
            self._outgoing.add(*plain_row(item, self._form))
        self._outgoing.end(("done",))

    def _parts(self) -> Split:
        if self._split is None:
            raise AssertionError("a question that is split is asked before")
        return self._split

    def _fold(self, first: int, last: int) -> None:
        split, states = self._parts(), []
        for place, part in enumerate(split.plan.parts):
            folded = FoldedPart(part)
            selection = selected(self._selection, part.needed)
            batches = None if selection.has_time else self._batches[place]
            if batches is not None:
                self._fold_batches(place, folded, batches, (first, last), selection.wanted)
            else:
                collection = self._collection(first, last, selection)
                folded.add(split.items(place, collection, self._variables, self._limits()))
            states.append(folded.plain())
        self._outgoing.end(("state", states))

    def _fold_batches(
        self, place: int, folded: FoldedPart, batches: Batches, span: tuple[int, int], wanted: EventNeeds
    ) -> None:
        """Aggregate a part whose values can be read from many events at once."""
        if self._reader is None:
            raise AssertionError("a store is opened before")
        for (begin, _end), events in scan_wanted(self._reader, [wanted], *span, chunk=BATCH, properties=False):
            self._outgoing.reach(begin - 1)
            for found, left in batches.extract(events):
                for keys, values in found:
                    folded.add_texts(keys, values)
                if left:
                    given = GivenEvents(self._reader, left)
                    folded.add(self._parts().items(place, given, self._variables, self._limits()))

    def _join(self, states: list[Any]) -> None:
        for folded, state in zip(self._folded, states, strict=True):
            folded.join(state)

    def _final(self) -> None:
        results = [folded.result() for folded in self._folded]
        collection = self._collection(1, LARGEST_INTEGER, self._selection)
        self._send(self._parts().final(results, collection, self._variables, self._limits()))

    def _count(self) -> None:
        if self._reader is None:
            raise AssertionError("a store is opened before")
        reader = self._reader
        self._join([tally(part, reader, self._selection) for part in self._parts().plan.parts])
        self._final()


def strategy_of(split: Split | None) -> protocol.Strategy:
    """Return how a question is answered."""
    if split is None:
        return protocol.Strategy.WHOLE
    if split.plan.spread:
        return protocol.Strategy.SPREAD
    return protocol.Strategy.COUNTED if all(map(is_tallied, split.plan.parts)) else protocol.Strategy.FOLDED


def selected(selection: EventSelection, needed: Needed) -> EventSelection:
    """Return the selection without events that contribute nothing: by the index of the store.

    What is not an event has no type, whatever its elements are.
    """
    types = selection.types
    for wanted in (None if needed.names is None else needed.names | {""}, needed.labels):
        if wanted is not None:
            types = wanted if types is None else types & wanted
    return replace(selection, types=types, tests=needed.tests)


def typed(known: Sequence[Parameter], given: Mapping[str, str]) -> dict[str, Sequence[object]]:
    """Return the values of parameters, cast to their types. Raises QueryError."""
    return {one.name: (cast(given[one.name], one.type),) for one in known if one.name in given}


class _Outgoing:
    """Rows and progress on their strategy to the parent: many in one frame, but none for long. Any thread."""

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

    def add(self, sequence: int | None, plain: Plain) -> None:
        """Add a row."""
        with self._lock:
            self._rows.append((sequence, plain))
            self._changed = True
            self._size += characters_of(plain)
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
