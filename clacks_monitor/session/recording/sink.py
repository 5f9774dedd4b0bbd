"""Where the entries of a leader go: into the store, and into the spool as long as that is away. Thread: the recorder's.

The order is kept: while something waits in the spool, new entries go there too.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import StorageError, TermOverError
from clacks_monitor.session.recording.pouring import stored_count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.recording.metrics import RecorderMetrics
    from clacks_monitor.session.recording.spool import Spool


class EntrySink:
    """Stores entries; ``spool`` is None where there is none. ``log`` gets what happens, as text.

    ``lead_again`` connects anew and returns the store. Raises TermOverError where another recorder leads by then.

    ``store`` is None while it is away.
    """

    def __init__(
        self,
        spool: Spool | None,
        lead_again: Callable[[], EventStore],
        metrics: RecorderMetrics,
        log: Callable[[str], None],
    ) -> None:
        self.store: EventStore | None = None
        self._spool, self._lead_again, self._metrics, self._log = spool, lead_again, metrics, log
        self._doubtful = True

    def use(self, store: EventStore | None) -> None:
        """Append to another store from now on; the one before is closed."""
        if self.store is not None and self.store is not store:
            self.store.close()
        self.store = store
        # What waits first may have been stored by a commit whose answer was lost, also that of a killed process.
        self._doubtful = True

    @property
    def waits(self) -> bool:
        """Whether something waits to be poured into the store."""
        return self._spool is not None and not self._spool.is_empty()

    def put(self, entries: Sequence[Entry]) -> None:
        """Store entries in one transaction; they are committed when this returns.

        Raises TermOverError when another recorder leads, and StorageError where there is no spool.
        """
        started = time.perf_counter()
        if self.store is not None and not self.waits and self._append(self.store, entries):
            self._metrics.committed(len(entries), time.perf_counter() - started)
        elif self._spool is not None:
            self._spool.append(entries)
            self._metrics.spooled(len(entries), time.perf_counter() - started)

    def _append(self, store: EventStore, entries: Sequence[Entry]) -> bool:
        """Append; return False where the entries are for the spool."""
        try:
            store.append(entries)
        except TermOverError:
            raise
        except StorageError as error:
            self._log(str(error))
            return self._append_again(entries)
        return True

    def _append_again(self, entries: Sequence[Entry]) -> bool:
        """Lead once more, and append what was not committed: a store that is back at once needs no spool."""
        try:
            store = self._lead_again()
            self.use(store)
            with store.reader() as reader:
                known = stored_count(reader, entries)
            if rest := entries[known:]:
                store.append(rest)
        except TermOverError:
            raise
        except StorageError as error:
            if self._spool is None:
                raise
            self._log(f"{error} Events go into the spool until then.")
            self.use(None)
            return False
        return True

    def pour(self) -> bool:
        """Store the oldest entries that wait; return whether there were any. Raises TermOverError."""
        spool, store = self._spool, self.store
        if spool is None or store is None or spool.is_empty():
            return False
        entries = spool.first()
        try:
            known = self._known(store, entries)
            if rest := entries[known:]:
                store.append(rest)
        except TermOverError:
            raise
        except StorageError as error:
            self._log(str(error))
            self.use(None)
            return False
        spool.poured(len(entries))
        self._metrics.poured(len(entries) - known)
        if spool.is_empty():
            self._log("The spool is empty: all of it is in the store.")
        return True

    def _known(self, store: EventStore, entries: Sequence[Entry]) -> int:
        """Return how many of the first entries are stored already."""
        if not self._doubtful:
            return 0
        with store.reader() as reader:
            known = stored_count(reader, entries)
        self._doubtful = known == len(entries)
        return known
