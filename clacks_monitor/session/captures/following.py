"""Follows an archive that is shown: counts what is added, passes on notes of others, and says when its server is gone.

Owner: the session's thread; a thread waits for changes and reads what they are.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import alive
from clacks_monitor.core.messages import Message
from clacks_monitor.core.storage_errors import ReadingStoppedError, StorageError
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.session.notices import ArchiveChanged, Trouble
from clacks_monitor.session.outages import Outage
from clacks_monitor.session.view.noted_rows import Annotated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.store import EventReader, EventStore, StoreChange, StoreWatch
    from clacks_monitor.session.notices import Notify

OUTAGE = "archive"
"""What stands for a connection's id in the outage of an archive."""
PAUSES_S = (1.0, 2.0, 5.0, 10.0, 15.0)
"""The pauses before further attempts to connect, in seconds; the last one is repeated."""
_NEWEST = 200
"""Entries that say what is recorded."""
_NS = 1_000_000_000


class ArchiveFollowing:
    """Follows the capture in use if it is an archive.

    ``count`` counts what a reader finds to be new and returns the newest number, 0 for nothing; ``stored`` is called
    with it. Both are called on the thread that follows.
    """

    def __init__(
        self,
        capture: EventStore,
        count: Callable[[EventReader], int],
        stored: Callable[[int], object],
        notify: Notify,
    ) -> None:
        self._capture = capture
        self._count, self._stored, self._notify = count, stored, notify
        self._thread: _Follower | None = None
        self._notified: set[str] = set()
        """Connections of which it was said that the archive records them."""

    def start(self) -> None:
        """Follow the capture if it is an archive."""
        watch = self._capture.watch()
        if watch is not None:
            self._thread = _Follower(self._capture, watch, self._count, self._stored, self._notify)
            self._thread.start()

    def use_capture(self, capture: EventStore) -> None:
        """Follow another capture."""
        self.stop()
        self._thread, self._capture = None, capture
        self._notified.clear()
        self.start()

    @property
    def active(self) -> bool:
        """Whether an archive is followed."""
        return self._thread is not None

    @property
    def outage(self) -> Outage | None:
        """Since when the archive's server is out of reach, and why; None while it answers."""
        return None if self._thread is None else self._thread.outage

    def retry(self) -> None:
        """Connect now instead of after a pause."""
        if self._thread is not None:
            self._thread.hurry.set()

    def check(self, connected: Iterable[ConnectionSettings]) -> None:
        """Look whether the server answers, and which connections it records too; to be called every few seconds."""
        if self._thread is None:
            return
        self._thread.watching.check()
        for settings in connected:
            names = {settings.name, *(host for host, _port in settings.hosts)}
            if settings.id not in self._notified and names & self._thread.sources:
                self._notified.add(settings.id)
                text = Message(
                    "The open archive records {0}, too: its events are shown once, from there.", settings.name
                )
                self._notify([Trouble(text)])

    def stop(self) -> list[threading.Thread]:
        """Follow no more; return the thread that has not ended yet."""
        if self._thread is not None:
            self._thread.end()
        return alive([self._thread])


class _Follower(threading.Thread):
    """Follows one archive."""

    def __init__(
        self,
        capture: EventStore,
        watch: StoreWatch,
        count: Callable[[EventReader], int],
        stored: Callable[[int], object],
        notify: Notify,
    ) -> None:
        super().__init__(name="follow archive", daemon=True)
        self._capture, self.watching = capture, watch
        self._count, self._stored, self._notify = count, stored, notify
        self._reader: EventReader | None = None
        self._stopped = False
        self.outage: Outage | None = None
        self.hurry = threading.Event()
        self.sources: frozenset[str] = frozenset()
        """From which connections the newest entries came."""

    def end(self) -> None:
        """Ask the thread to end."""
        self._stopped = True
        self.hurry.set()
        self.watching.close()
        if self._reader is not None:
            self._reader.interrupt()

    def run(self) -> None:
        failures = 0
        while not self._stopped:
            try:
                self._receive(self.watching.wait())
                failures = 0
            except ReadingStoppedError:
                continue  # by end(), or by a server that stops every statement
            except StorageError as error:
                self._fail(error, PAUSES_S[min(failures, len(PAUSES_S) - 1)])
                failures += 1
        if self._reader is not None:
            self._reader.close()

    def _receive(self, change: StoreChange) -> None:
        if self._reader is None:
            self._reader = self._capture.reader()
        newest = self._count(self._reader)
        if newest or not self.sources:
            named = self._reader.rows(range(max(1, change.last - _NEWEST), change.last + 1))
            self.sources = frozenset(row.connection for row in named)
        if newest and not self._stopped:
            self._stored(newest)
        if change.noted:
            self._notify([Annotated(change.noted)])
        if self.outage is not None:
            self._report(None)

    def _fail(self, error: StorageError, pause_s: float) -> None:
        """Report that the archive cannot be followed, and wait for the next attempt."""
        now = time.time_ns()
        since = now if self.outage is None else self.outage.since_ns
        self.hurry.clear()
        if self._stopped:
            return
        self._report(self._outage(since, str(error), now + int(pause_s * _NS)))
        self.hurry.wait(pause_s)
        if not self._stopped:
            self._report(self._outage(since, str(error), 0, trying=True))

    def _outage(self, since_ns: int, reason: str, retry_ns: int, *, trying: bool = False) -> Outage:
        return Outage(
            OUTAGE,
            one_line(self._capture.path.name),
            production=False,
            never=False,
            since_ns=since_ns,
            reason=reason,
            retry_ns=retry_ns,
            trying=trying,
            archive=True,
        )

    def _report(self, outage: Outage | None) -> None:
        self.outage = outage
        self._notify([ArchiveChanged()])
