"""Measures how long the broker takes to answer: attaches, and requests that it settles.

Owner: ``LinkSession``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Hashable

    from clacks_monitor.networking.clock import Clock

MAX_PENDING: Final = 64
"""How many requests may be without an answer; the oldest are given up, because a broker need not answer at all."""


class RoundTrips:
    """``newest_ns`` is the last round trip that was measured, 0 before the first.

    It contains the time for which the answer waited for this thread.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._pending: dict[Hashable, float] = {}
        self.newest_ns = 0

    def began(self, request: Hashable) -> None:
        """Note that a request is sent."""
        while len(self._pending) >= MAX_PENDING:
            del self._pending[next(iter(self._pending))]
        self._pending[request] = self._clock.monotonic()

    def ended(self, request: Hashable) -> None:
        """Note that its answer has come; one that is not waited for has no effect."""
        began = self._pending.pop(request, None)
        if began is not None:
            self.newest_ns = max(1, round((self._clock.monotonic() - began) * 1e9))

    def forget(self, request: Hashable) -> None:
        """Do not wait for its answer any more."""
        self._pending.pop(request, None)
