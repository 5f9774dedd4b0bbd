"""A child process that evaluates the expressions of computed columns on entries of a store, which it only reads.

    ("open", module, address, password)      True | a text that says why not
    ("columns", expressions)                 True
    ("values", seconds, sequences)           [(sequence, [text, ...]), ...]: gaps and what is gone are left out

A text that begins with ERROR is the code of an error. Owner: ``computing``. Thread: the only one of the process, which
is ended when an evaluation takes too much processor time or memory: nothing is proved about an expression.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from clacks_monitor.core.confined import Requests, limit_time
from clacks_monitor.core.event import Event
from clacks_monitor.core.messages import Message
from clacks_monitor.core.ports import open_in_child
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.questions.stored_events import Page, StoredEvent
from clacks_monitor.session.view.computed_values import ERROR
from clacks_monitor.session.view.expressions import compiled_expression
from clacks_monitor.xquery import LimitError, Limits, Query, QueryError
from clacks_monitor.xquery.datamodel.functions import Function
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.datamodel.values import string_of
from clacks_monitor.xquery.library.serialize import serialized_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.store import EventReader

    Answer = bool | str | list[tuple[int, list[str]]]

FILE_BYTES = 64 * 1024 * 1024
"""What it may write into a file: SQLite's shared memory of a capture that is being written to."""
COMPILE_S = 5.0
"""Processor time for compiling all expressions."""
LIMITS = Limits(seconds=2.0)
"""One evaluation on one event; what does not keep to it ends the process a little later."""
LONGEST = 1_000
"""Characters of a value."""
LARGEST_BODY = 1_000_000
NOT_READ = "…"


def main(memory: int) -> None:
    """Answer requests until the pipe ends. ``memory`` in bytes."""
    requests = Requests(memory, file_bytes=FILE_BYTES)
    with contextlib.closing(ComputeWorker()) as worker, contextlib.suppress(OSError, EOFError):
        for request in requests:
            requests.answer(worker.answer(request))


class ComputeWorker:
    """The store and the expressions of one worker."""

    def __init__(self) -> None:
        self._opened = contextlib.ExitStack()
        self._reader: EventReader | None = None
        self._queries: list[Query | QueryError] = []

    def close(self) -> None:
        """Close the store."""
        self._reader = None
        self._opened.close()

    def answer(self, request: tuple[object, ...]) -> Answer:
        """Return the answer to one request."""
        try:
            match request:
                case ("open", str(module), str(address), None | str() as password):
                    self.close()
                    store = self._opened.enter_context(open_in_child(module, address, password))
                    self._reader = self._opened.enter_context(store.reader())
                case ("columns", list(expressions)):
                    limit_time(COMPILE_S)
                    self._queries = [compiled_expression(expression) for expression in expressions]
                    limit_time(0)
                case ("values", float(seconds), list(sequences)) if self._reader is not None:
                    return self._values(self._reader, seconds, sequences)
        except StorageError as error:
            return str(error) or Message("The capture cannot be read.")
        return True

    def _values(self, reader: EventReader, seconds: float, sequences: Sequence[int]) -> list[tuple[int, list[str]]]:
        found: list[tuple[int, list[str]]] = []
        page = Page(reader, sequences)
        for sequence, entry in reader.entries(sequences):
            if isinstance(entry, Event):
                raw = entry.raw
                if len(raw.body) > LARGEST_BODY:
                    found.append((sequence, [NOT_READ] * len(self._queries)))
                    continue
                limit_time(seconds)
                found.append(
                    (sequence, self._texts(StoredEvent((sequence, entry.type, raw.body, raw.properties), page)))
                )
        limit_time(0)
        return found

    def _texts(self, event: StoredEvent) -> list[str]:
        texts = list[str]()
        for place, query in enumerate(self._queries):
            try:
                texts.append(_text(query, event))
            except QueryError as error:
                texts.append(ERROR + error.code)
                if isinstance(error, LimitError):  # out of service: it would take as long for each event
                    self._queries[place] = error
        return texts


def _text(query: Query | QueryError, event: StoredEvent) -> str:
    if isinstance(query, QueryError):
        return ERROR + query.code
    return " ".join(map(_item_text, query.evaluate_on(event, event.properties, LIMITS)))[:LONGEST]


def _item_text(item: object) -> str:
    if isinstance(item, Node):
        return item.string_value
    if isinstance(item, Function):  # maps and arrays are functions too
        return serialized_result([item], {"method": "json"})
    return string_of(item)
