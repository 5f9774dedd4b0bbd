"""Prints what is appended to an archive, as ``listen`` prints what a bus delivers. No bus is involved.

Threads: one follows the archive and gives a printer what matches; main prints.
"""

from __future__ import annotations

import threading
from heapq import merge
from operator import itemgetter
from typing import TYPE_CHECKING

from clacks_monitor.cli.bus import exit_of_error
from clacks_monitor.cli.passwords import ask_password
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.storage_errors import ReadingStoppedError, StorageError
from clacks_monitor.core.store import PAGE
from clacks_monitor.session.captures.following import PAUSES_S
from clacks_monitor.xquery import Guard, MatchOutcome, QuerySet, compile_query

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from clacks_monitor.cli.merged_printing import EntryPrinter
    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.core.store import EventReader, StoreWatch
    from clacks_monitor.xquery import Query

CLOSING_S = 5.0


class ArchiveTail:
    """A context in which new entries are printed. Raises QueryError for the query, StorageError for the archive."""

    def __init__(self, ports: Ports, url: str, query: str, printer: EntryPrinter, *, once: bool) -> None:
        """End with ``once`` when the connection is lost."""
        self._query = compile_query(query) if query.strip() else None
        self._printer = printer
        self._once = once
        self._store = ports.load_archives().open_readonly(url, ask_password)
        self._reader: EventReader | None = None
        with self._store.reader() as reader:
            self._last = reader.last_sequence()
        watch = self._store.watch()
        if watch is None:
            raise StorageError(f"{url} is not an archive that can be followed.")
        self._watching: StoreWatch = watch
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="tail", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stopped.set()
        self._watching.close()
        if self._reader is not None:
            self._reader.interrupt()
        wait_for([self._thread], CLOSING_S)
        self._store.close()

    def _run(self) -> None:
        failures = 0
        with Guard() as guard:
            queries = None if self._query is None else QuerySet([self._query], guard=guard)
            while not self._stopped.is_set():
                try:
                    self._print_up_to(self._watching.wait().last, queries)
                    failures = 0
                except ReadingStoppedError:
                    continue
                except StorageError as error:
                    self._fail(error, PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                    failures += 1
        if self._reader is not None:
            self._reader.close()

    def _fail(self, error: StorageError, pause_s: float) -> None:
        if self._once:
            self._printer.put([str(error)])
            self._printer.stop(exit_of_error(error))
            self._stopped.set()
        else:
            self._printer.put([f"{error} Trying again in {pause_s:.0f} s."])
            self._stopped.wait(pause_s)

    def _print_up_to(self, newest: int, queries: QuerySet | None) -> None:
        """Print what is new, page by page: the next one is read when the one before is printed."""
        if self._reader is None:
            self._reader = self._store.reader()
        while self._last < newest and not self._stopped.is_set():
            upper = min(newest, self._last + PAGE)
            self._printer.put(_matching(self._reader, self._last + 1, upper, self._query, queries))
            self._last = upper
            while not self._printer.wait_until_printed(1.0):
                if self._stopped.is_set():
                    return


def _matching(
    reader: EventReader, first: int, last: int, query: Query | None, queries: QuerySet | None
) -> Sequence[Entry]:
    """Return the events of a page that match, and all its gaps, in their order."""
    if query is None or queries is None:
        return [entry for _sequence, entry in reader.entries(range(first, last + 1))]
    found = reader.entries(_found(reader, first, last, query.requirements.wanted.types, queries))
    return [entry for _sequence, entry in merge(found, reader.gaps(first, last), key=itemgetter(0))]


def _found(
    reader: EventReader, first: int, last: int, types: frozenset[str] | None, queries: QuerySet
) -> Iterator[int]:
    for entries in reader.scan(first, last, chunk=PAGE, types=types):
        events = [(body, properties) for _sequence, _type, body, properties in entries]
        for entry, results in zip(entries, queries.evaluate_many(events, [item[1] for item in entries]), strict=True):
            if results[0].outcome is MatchOutcome.MATCH:
                yield entry[0]
