"""The values of computed columns: for the rows that the window shows, for sorting, and for exports.

A ``Computer`` asks a process; the expressions that it had to be ended for are out of service. ``Computing`` answers the
window, the newest question first. ``computed`` is a reader that knows computed columns beside those of its store.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Self, cast

from clacks_monitor.core.columns import ComputedColumn
from clacks_monitor.core.confined import ChildGoneError, Confined
from clacks_monitor.core.ending import alive
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import CaptureError, StorageError
from clacks_monitor.session.view.computed_values import ERROR, Computed
from clacks_monitor.xquery.errors import TOO_DEEP, TOO_LARGE, TOO_SLOW

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from clacks_monitor.core.columns import AddedColumn, AnyColumn
    from clacks_monitor.core.event import Row
    from clacks_monitor.core.ports import StoreLocation
    from clacks_monitor.core.store import EventReader, EventStore
    from clacks_monitor.session.notices import Notify

    Values = dict[int, dict[AddedColumn, str]]
    ComputerFor = Callable[[EventStore], "Computer"]

MODULE = "clacks_monitor.session.view.compute_worker"
MEMORY = 640 * 1024 * 1024
OPEN_S, COMPILE_S, EVENT_S = 15.0, 10.0, 3.0
"""Processor time for opening the store, for compiling, and for one event with all its columns."""
WAITING = 32
"""Questions of the window that wait; older ones are dropped, and asked again when their rows are painted again."""


class Computer:
    """Asks a process for values. One thread, except kill()."""

    def __init__(self, location: StoreLocation) -> None:
        self._location = location
        self._lock = threading.Lock()
        self._child: Confined | None = None
        self._killed = False
        self._columns: tuple[ComputedColumn, ...] = ()
        self._stopped: dict[str, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def kill(self) -> None:
        """End the process at once and start no other: values() raises StorageError. Any thread."""
        with self._lock:
            self._killed = True
            if self._child is not None:
                self._child.kill()

    def close(self) -> None:
        """End the process."""
        self.kill()
        self._discard()

    def values(self, columns: Sequence[ComputedColumn], sequences: Sequence[int]) -> Values:
        """Return the values of events; gaps and what is gone are left out. Raises StorageError."""
        known: dict[AddedColumn, str] = {
            column: self._stopped[column.expression] for column in columns if column.expression in self._stopped
        }
        asked = tuple(column for column in columns if column not in known)
        found: Values = {}
        try:
            rows = self._ask(asked, sequences) if asked else [(sequence, []) for sequence in sequences]
            for sequence, texts in rows:
                found[sequence] = {**known, **{c: _shown(text) for c, text in zip(asked, texts, strict=True)}}
        except ChildGoneError as gone:
            self._discard()
            if self._killed:
                raise CaptureError("The evaluation was stopped.") from gone
            if len(asked) > 1:
                parts = [self.values([column], sequences) for column in asked]
                return {s: known | {c: t for part in parts for c, t in part.get(s, {}).items()} for s in parts[0]}
            self._stopped[asked[0].expression] = _limit_text(TOO_SLOW if gone.slow else TOO_LARGE)
            return self.values(columns, sequences)
        return found

    def _ask(self, columns: tuple[ComputedColumn, ...], sequences: Sequence[int]) -> list[tuple[int, list[str]]]:
        child = self._ready()
        if columns != self._columns:
            self._asked(child, ("columns", [column.expression for column in columns]), COMPILE_S)
            self._columns = columns
        answer = self._asked(child, ("values", EVENT_S, list(sequences)), EVENT_S * max(1, len(sequences)))
        if not isinstance(answer, list):
            raise CaptureError(str(answer))
        return answer

    def _asked(self, child: Confined, request: tuple[object, ...], seconds: float) -> object:
        child.send(request, seconds)
        return child.receive(seconds)

    def _ready(self) -> Confined:
        with self._lock:
            if self._killed:
                raise ChildGoneError(slow=False, closed=True)
            child = self._child
            if child is not None:
                return child
            child = self._child = Confined(MODULE, MEMORY)
        self._columns = ()
        opened = self._asked(child, ("open", *self._location), OPEN_S)
        if opened is not True:
            self._discard()
            raise CaptureError(str(opened))
        return child

    def _discard(self) -> None:
        with self._lock:
            child, self._child = self._child, None
        if child is not None:
            child.close()


def _shown(text: str) -> str:
    return _limit_text(text[1:]) if text.startswith(ERROR) else text


def _limit_text(code: str) -> str:
    """Return what stands in the place of a value that an expression does not have: why."""
    if code == TOO_SLOW:
        return Message("(takes too long)")
    if code in {TOO_LARGE, TOO_DEEP}:
        return Message("(needs too much memory)")
    return f"({code})"


class Computing:
    """Values for rows on the screen, by notices of the kind Computed. Owner: the session's thread."""

    def __init__(self, store: EventStore, computer_for: ComputerFor, notify: Notify) -> None:
        self._store = store
        self._computer_for = computer_for
        self._notify = notify
        self._changed = threading.Condition()
        self._waiting: deque[tuple[tuple[ComputedColumn, ...], list[int]]] = deque()
        self._stopped = False
        self._computer: Computer | None = None
        self._thread: threading.Thread | None = None

    def ask(self, columns: Sequence[ComputedColumn], sequences: Sequence[int]) -> None:
        """Have values computed."""
        with self._changed:
            if self._stopped or not columns or not sequences:
                return
            self._waiting.append((tuple(columns), list(sequences)))
            dropped = self._waiting.popleft() if len(self._waiting) > WAITING else None
            self._changed.notify()
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="computed columns", daemon=True)
                self._thread.start()
        if dropped is not None:
            self._notify([Computed({}, dropped=tuple(dropped[1]))])

    def stop(self) -> list[threading.Thread]:
        """Stop; return the thread that has not ended yet. Any thread."""
        with self._changed:
            self._stopped = True
            self._waiting.clear()
            self._changed.notify()
            if self._computer is not None:
                self._computer.kill()
        return alive([self._thread])

    def _run(self) -> None:
        with self._computer_for(self._store) as computer:
            with self._changed:
                self._computer = computer
            while (following := self._next()) is not None:
                columns, sequences = following
                try:
                    values = computer.values(columns, sequences)
                except StorageError:  # what reads the rows themselves says why
                    values = {}
                missing: Values = {s: dict.fromkeys(columns, "") for s in sequences if s not in values}
                with self._changed:
                    if not self._stopped:
                        self._notify([Computed(values | missing)])

    def _next(self) -> tuple[tuple[ComputedColumn, ...], list[int]] | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._stopped)
            return None if self._stopped else self._waiting.pop()


class _ComputedReader:
    """A reader whose rows have the values of computed columns too; everything else is the reader's own."""

    def __init__(self, reader: EventReader, computer: Computer) -> None:
        self._reader = reader
        self._computer = computer

    def rows(self, sequences: Sequence[int], fields: Sequence[AddedColumn] = (), **options: int) -> list[Row]:
        rows = self._reader.rows(sequences, fields, **options)
        columns = [field for field in fields if isinstance(field, ComputedColumn)]
        if not columns:
            return rows
        values = self._computer.values(columns, sequences)
        return [replace(row, values={**row.values, **values.get(row.sequence, {})}) for row in rows]

    def __getattr__(self, name: str) -> object:
        return getattr(self._reader, name)


@contextmanager
def computed(
    store: EventStore, reader: EventReader, columns: Sequence[AnyColumn], computer_for: ComputerFor
) -> Iterator[EventReader]:
    """Give a reader that knows the values of those of ``columns`` that are computed, by a process while it is open."""
    if not any(isinstance(column, ComputedColumn) for column in columns):
        yield reader
        return
    with computer_for(store) as computer:
        yield cast("EventReader", _ComputedReader(reader, computer))
