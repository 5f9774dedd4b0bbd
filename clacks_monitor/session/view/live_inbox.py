"""The queue from the recorder to the filter thread, which collects entries for a short time while the bus is quiet.

An event by itself costs many times what it costs in a batch: threads wake up, caches are cold, and the window lays out
and paints. So after a few events the next few are passed on at most every CALM_S seconds, which a user hardly notices.
The first event after a pause, and every burst, is passed on at once. Threads: any may put, one waits and drains.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, NamedTuple

from clacks_monitor.core.event import Entry, footprint
from clacks_monitor.core.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Sequence

CALM_S = 0.5
FEW = 20
QUEUE_COUNT = 20_000
QUEUE_BYTES = 32 * 1024 * 1024


class Stored(NamedTuple):
    """Entries that were stored together, and the sequence number of the first."""

    first: int
    entries: Sequence[Entry]

    def size(self) -> int:
        """Return the approximate size in bytes."""
        return sum(map(footprint, self.entries))


class LiveInbox:
    """A bounded queue; what it has to drop is missing between two Stored, and has to be read from the capture."""

    def __init__(self) -> None:
        self._wake, self._hurry = threading.Event(), threading.Event()
        self._waiting: Mailbox[Stored] = Mailbox(
            self._wake.set, max_count=QUEUE_COUNT, max_bytes=QUEUE_BYTES, size_of=Stored.size
        )
        self._calm_until = 0.0

    def put(self, first: int, entries: Sequence[Entry], *, at_once: bool = False) -> None:
        """Add entries that were just stored, in order; with ``at_once`` wait() ends without delay. Any thread."""
        self._waiting.put([Stored(first, entries)])
        if at_once or len(entries) > FEW or len(self._waiting) > FEW:
            self.hurry()

    def hurry(self) -> None:
        """End wait() without delay. Any thread."""
        self._hurry.set()
        self._wake.set()

    def wait(self) -> None:
        """Wait for entries, or for hurry()."""
        left = self._calm_until - time.monotonic()
        if left > 0:
            self._hurry.wait(left)  # a put() of a few events does not end this wait
        self._wake.wait()
        self._wake.clear()
        self._hurry.clear()

    def drain(self) -> list[Stored]:
        """Remove and return the waiting entries."""
        taken = self._waiting.drain()
        if taken:
            few = sum(len(stored.entries) for stored in taken) <= FEW
            self._calm_until = time.monotonic() + CALM_S if few else 0.0
        return taken

    def close(self) -> None:
        """Drop the waiting entries, accept no more, and end wait()."""
        self._waiting.close()
        self.hurry()

    def __len__(self) -> int:
        return len(self._waiting)
