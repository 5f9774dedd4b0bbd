"""A session for tests, without a window: takes notices, waits for conditions."""

from __future__ import annotations

import contextlib
import threading
import time
from array import array
from typing import TYPE_CHECKING

from clacks_monitor.app import build_session
from clacks_monitor.core.connection import ConnectionState, from_url
from clacks_monitor.session import notices as n

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.session.captures.capture_use import OpenedCapture

PATIENCE_S = 30.0


class Watched:
    """A session together with what it has told: the rows of the present generation and all other notices."""

    def __init__(self, folders: Folders, capture: Path | OpenedCapture | None = None) -> None:
        self.woken = threading.Event()
        self.session = build_session(folders, wake=self.woken.set, capture=capture)
        self.rows: array[int] = array("q")
        self.tints = bytearray()
        self.generation = 0
        self.told: list[n.Notice] = []
        self.refiltered = False
        self.session.start()

    def take(self) -> None:
        """Take what the session has to say, as the window does."""
        for notice in self.session.drain():
            if isinstance(notice, n.ViewReset):
                self.generation, self.rows, self.tints = notice.generation, array("q"), bytearray()
                self.refiltered = False
            elif isinstance(notice, n.ViewRows):
                self._rows(notice)
            elif isinstance(notice, n.FilterProgress):
                self.refiltered = self.refiltered or (notice.finished and notice.generation == self.generation)
            self.told.append(notice)

    def _rows(self, notice: n.ViewRows) -> None:
        if notice.generation != self.generation:
            return
        if notice.at_start:
            self.rows, self.tints = notice.sequences + self.rows, bytearray(notice.tints) + self.tints
        else:
            self.rows.extend(notice.sequences)
            self.tints.extend(notice.tints)

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Take notices until a condition holds."""
        end = time.monotonic() + PATIENCE_S
        self.take()
        while not condition():
            assert time.monotonic() < end, f"never happened: {what}; told: {self.told[-8:]}"
            self.woken.wait(0.05)
            self.woken.clear()
            self.take()
            self.session.counters()

    def settled(self) -> None:
        """Wait until the present filter has gone through the whole capture."""
        self.until(lambda: self.generation == self.session.filtering.generation and self.refiltered, "refiltering ends")

    def ended(self, job: int) -> n.JobEnded:
        """Wait for a job's end and return what was told of it."""
        self.until(lambda: any(isinstance(t, n.JobEnded) and t.job == job for t in self.told), f"job {job} ends")
        return next(t for t in self.told if isinstance(t, n.JobEnded) and t.job == job)

    def summaries(self) -> list[str]:
        """Return what the table would show."""
        return [row.summary for row in self.session.rows.read(self.rows).value]

    def connect(self, url: str, name: str = "bus") -> str:
        """Open a connection and wait until it is there; return its id."""
        settings, password = from_url(url, name=name)
        self.session.connections.add_for_this_run(settings, password)
        assert self.session.connections.open(settings.id, password) == ""
        self.until(lambda: self.state(settings.id) is ConnectionState.CONNECTED, "connected")
        return settings.id

    def state(self, connection_id: str) -> ConnectionState | None:
        """Return a connection's state."""
        status = self.session.connections.statuses().get(connection_id)
        return status.state if status else None

    def outcome(self, ticket: int) -> SendResult:
        """Wait for the last word about a sent event."""
        self.until(lambda: self.results(ticket) and self.results(ticket)[-1].result.final, "the outcome is final")
        return self.results(ticket)[-1].result

    def results(self, ticket: int) -> list[n.EventSent]:
        """Return what was told about a sent event."""
        return [notice for notice in self.told if isinstance(notice, n.EventSent) and notice.result.ticket == ticket]


@contextlib.contextmanager
def running_session(folders: Folders, capture: Path | OpenedCapture | None = None) -> Iterator[Watched]:
    """Run a session and close it."""
    watched = Watched(folders, capture)
    try:
        yield watched
    finally:
        watched.session.close()
