"""A child process that evaluates the expressions of computed columns on entries of a store, which it only reads.

    ("open", module, address, password)      True | a text that says why not
    ("columns", expressions)                 True
    ("values", seconds, sequences)           [(sequence, [text, ...]), ...]: gaps and what is gone are left out

A text that begins with NUL is the code of an error. Owner: ``computing``. Thread: the only one of the process, which is
ended when an evaluation takes too much processor time or memory: nothing is proved about an expression.
"""

from __future__ import annotations

import contextlib
from importlib import import_module
from typing import TYPE_CHECKING

from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.confined import Requests, limit_time
from clacks_monitor.core.event import Event
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.xquery import Document, LimitError, Limits, Query, QueryError, compile_query
from clacks_monitor.xquery.datamodel.functions import Function
from clacks_monitor.xquery.datamodel.nodes import Node
from clacks_monitor.xquery.datamodel.values import string_of
from clacks_monitor.xquery.library.serialize import serialized_result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.store import EventReader, EventStore

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
ERROR = "\0"


def main(memory: int) -> None:
    """Answer requests until the pipe ends. ``memory`` in bytes."""
    requests = Requests(memory, file_bytes=FILE_BYTES)
    with contextlib.closing(ComputeWorker()) as worker, contextlib.suppress(OSError, EOFError):
        for request in requests:
            requests.answer(worker.answer(request))


class ComputeWorker:
    """The store and the expressions of one worker."""

    def __init__(self) -> None:
        self._store: EventStore | None = None
        self._reader: EventReader | None = None
        self._queries: list[Query | QueryError] = []

    def close(self) -> None:
        """Close the store."""
        if self._reader is not None:
            self._reader.close()
        if self._store is not None:
            self._store.close()
        self._reader = self._store = None

    def answer(self, request: tuple[object, ...]) -> Answer:
        """Return the answer to one request."""
        try:
            match request:
                case ("open", str(module), str(address), password):
                    self.close()
                    stores = import_module(module)  # as the composition named it
                    options = (lambda _url: password,) if names_archive(address) else ()
                    self._store = stores.open_readonly(address, *options)
                    self._reader = self._store.reader()
                case ("columns", list(expressions)):
                    limit_time(COMPILE_S)
                    self._queries = [_compiled(expression) for expression in expressions]
                    limit_time(0)
                case ("values", float(seconds), list(sequences)) if self._reader is not None:
                    return self._values(self._reader, seconds, sequences)
        except StorageError as error:
            return str(error) or Message("The capture cannot be read.")
        return True

    def _values(self, reader: EventReader, seconds: float, sequences: Sequence[int]) -> list[tuple[int, list[str]]]:
        found: list[tuple[int, list[str]]] = []
        for sequence, entry in reader.entries(sequences):
            if isinstance(entry, Event):
                limit_time(seconds)
                found.append((sequence, self._texts(entry)))
        limit_time(0)
        return found

    def _texts(self, event: Event) -> list[str]:
        if len(event.raw.body) > LARGEST_BODY:
            return [NOT_READ] * len(self._queries)
        document, texts = Document(event.raw.body), list[str]()
        for place, query in enumerate(self._queries):
            try:
                texts.append(_text(query, document, event))
            except QueryError as error:
                texts.append(ERROR + error.code)
                if isinstance(error, LimitError):  # out of service: it would take as long for each event
                    self._queries[place] = error
        return texts


def _compiled(expression: str) -> Query | QueryError:
    try:
        return compile_query(expression)
    except QueryError as error:
        return error


def _text(query: Query | QueryError, document: Document, event: Event) -> str:
    if isinstance(query, QueryError):
        return ERROR + query.code
    return " ".join(map(_item_text, query.evaluate(document, event.raw.properties, LIMITS)))[:LONGEST]


def _item_text(item: object) -> str:
    if isinstance(item, Node):
        return item.string_value
    if isinstance(item, Function):  # maps and arrays are functions too
        return serialized_result([item], {"method": "json"})
    return string_of(item)
