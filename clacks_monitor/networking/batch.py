"""Collects the messages of a connection, and passes them on in batches.

Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.networking.gap_tracker import GapTracker

MAX_BATCH: Final = 500
MAX_BATCH_BYTES: Final = 8 * 1024 * 1024


class Batch:
    """Passes messages on by flush(), once per turn of the loop, or when there are many or large ones.

    Before that, a gap that they end is reported.
    """

    def __init__(self, gaps: GapTracker, receive: Callable[[list[RawMessage]], None]) -> None:
        self._gaps, self._receive = gaps, receive
        self._messages: list[RawMessage] = []
        self._bytes = 0

    def add(self, raw: RawMessage) -> None:
        """Add a message."""
        self._messages.append(raw)
        self._bytes += len(raw.body)
        if len(self._messages) >= MAX_BATCH or self._bytes >= MAX_BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Pass on what has been collected."""
        if self._messages:
            messages, self._messages, self._bytes = self._messages, [], 0
            self._gaps.settle()
            self._receive(messages)
