"""Counts the events of a replay that have no outcome yet; the replay waits while there are too many."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.sending import SendOutcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.core.sending import SendResult

MAX_COUNT = 1_000
"""Events that may be in flight; more would only queue up in memory."""
MAX_BYTES = 32 * 1024 * 1024
"""Bytes that they may have together; one event may always be in flight."""


class EventsInFlight:
    """Counts them. The replay's thread adds, a connection's thread reports outcomes, any thread cancels."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._connection_id = ""
        self._active = False
        self._sizes: dict[int, int] = {}
        self._bytes = 0
        self._early: set[int] = set()
        """Tickets whose outcome came before add()."""
        self.refused = 0

    def begin(self, connection_id: str) -> None:
        """Begin to count what is sent on a connection."""
        with self._changed:
            self._connection_id, self._active = connection_id, True
            self._sizes, self._early, self._bytes, self.refused = {}, set(), 0, 0

    def cancel(self) -> None:
        """End all waits; later outcomes are those of other events."""
        with self._changed:
            self._active = False
            self._changed.notify_all()

    def add(self, ticket: int, size: int) -> None:
        """Count an event, and wait until another one may be sent."""
        with self._changed:
            if ticket in self._early:
                self._early.discard(ticket)
            else:
                self._sizes[ticket] = size
                self._bytes += size
            self._changed.wait_for(lambda: not self._active or self._has_capacity())

    def _has_capacity(self) -> bool:
        return len(self._sizes) < MAX_COUNT and self._bytes < MAX_BYTES

    def finish(self, timeout_s: float) -> None:
        """Wait at most ``timeout_s`` seconds for the outcomes that are not known yet."""
        with self._changed:
            self._changed.wait_for(lambda: not self._active or not self._sizes, timeout_s)
            self._active = False

    def on_results(self, connection_id: str, results: Iterable[SendResult]) -> list[SendResult]:
        """Record the outcomes of replayed events, on a connection's thread; return those of other events."""
        if connection_id != self._connection_id or not self._active:
            return list(results)
        others = []
        with self._changed:
            for result in results:
                if result.ticket in self._sizes:
                    self._bytes -= self._sizes.pop(result.ticket)
                    self.refused += result.outcome is not SendOutcome.ACCEPTED
                else:
                    self._early.add(result.ticket)
                    others.append(result)
            self._changed.notify_all()
        return others
