"""Counts sent events until they have an outcome, so that a sender waits while there are too many without one."""

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
    """The events that one thread sends on one connection; any thread reports outcomes.

    ``changed`` guards everything and is notified of each outcome. ``failed`` counts the events that were not accepted,
    ``returned`` those that were received again.
    """

    def __init__(self, max_count: int = MAX_COUNT) -> None:
        self.changed = threading.Condition()
        self._max_count = max_count
        self.begin("")

    def begin(self, connection_id: str) -> None:
        """Begin to count what is sent on a connection."""
        with self.changed:
            self._connection_id: str | None = connection_id
            self._sizes: dict[int, int] = {}
            self._bytes = 0
            self._early: dict[int, SendResult] = {}
            """Outcomes that came since the last add(): one may be that of the event that is being sent."""
            self._provisional: dict[int, bool] = {}
            """Of each event whose outcome is not final: whether it was counted as failed."""
            self.failed = self.returned = 0
            self.last: SendResult | None = None
            self.last_failure: SendResult | None = None

    def __len__(self) -> int:
        return len(self._sizes)

    @property
    def awaited(self) -> int:
        """How many events have an outcome that another one may follow."""
        return len(self._provisional)

    @property
    def full(self) -> bool:
        """Whether the sender has to wait."""
        return len(self._sizes) >= self._max_count or self._bytes >= MAX_BYTES

    def add(self, ticket: int, size: int) -> None:
        """Count an event that was sent; its outcome may have come before send() returned its ticket."""
        with self.changed:
            self._sizes[ticket] = size
            self._bytes += size
            if ticket in self._early:
                self._settle(self._early[ticket])
            self._early.clear()

    def settle(self, results: Iterable[SendResult], connection_id: str = "") -> list[SendResult]:
        """Record outcomes; return those of events that are not counted here, or not yet."""
        with self.changed:
            if connection_id != self._connection_id:
                return list(results)
            others = [result for result in results if not self._settle(result)]
            self._early.update((result.ticket, result) for result in others)
            self.changed.notify_all()
        return others

    def _settle(self, result: SendResult) -> bool:
        """Record an outcome, which may replace one that was not final; return whether the event is counted here."""
        ticket, failed = result.ticket, result.outcome is not SendOutcome.ACCEPTED
        if ticket in self._sizes:
            self._bytes -= self._sizes.pop(ticket)
        elif ticket in self._provisional:
            self.failed -= self._provisional.pop(ticket)
        else:
            return False
        self.failed += failed
        self.returned += bool(result.returned_ns)
        self.last = result
        if failed:
            self.last_failure = result
        if not result.final:
            self._provisional[ticket] = failed
        return True

    def wait_for_capacity(self) -> None:
        """Wait until another event may be sent, or for cancel()."""
        with self.changed:
            self.changed.wait_for(lambda: self._connection_id is None or not self.full)

    def wait_settled(self, timeout_s: float) -> int:
        """Wait at most ``timeout_s`` seconds for all outcomes; return how many events were not accepted by then."""
        with self.changed:
            self.changed.wait_for(lambda: self._connection_id is None or not self._sizes, timeout_s)
            return self.failed + len(self._sizes)

    def cancel(self) -> None:
        """End all waits; later outcomes are those of other events."""
        with self.changed:
            self._connection_id = None
            self.changed.notify_all()
