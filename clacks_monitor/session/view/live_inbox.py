"""Where entries that were just stored wait for the filter thread; a few on a quiet bus wait for a few more.

An event that comes alone costs many times what it costs among others: threads are woken, caches are cold, and the
window lays out and paints. So after a few events the next few are taken at most every CALM_S: what a person who watches
cannot tell from at once. The first event after a quiet time, and every burst, is taken at once. Any thread puts; one
thread waits and takes.
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
        """Return about how many bytes wait."""
        return sum(map(footprint, self.entries))


class LiveInbox:
    """Bounded: what it has to leave out is missing between two Stored, and is to be read from the capture."""

    def __init__(self) -> None:
        self._wake, self._hurry = threading.Event(), threading.Event()
        self._waiting: Mailbox[Stored] = Mailbox(
            self._wake.set, max_count=QUEUE_COUNT, max_bytes=QUEUE_BYTES, size_of=Stored.size
        )
        self._calm_until = 0.0

    def put(self, first: int, entries: Sequence[Entry], *, at_once: bool = False) -> None:
        """Take entries that were just stored, in order; somebody waits for them if ``at_once``. Any thread."""
        self._waiting.put([Stored(first, entries)])
        if at_once or len(entries) > FEW or len(self._waiting) > FEW:
            self.hurry()

    def hurry(self) -> None:
        """End the wait: there is something else to do. Any thread."""
        self._hurry.set()
        self._wake.set()

    def wait(self) -> None:
        """Wait for entries, or for hurry()."""
        left = self._calm_until - time.monotonic()
        if left > 0:
            self._hurry.wait(left)  # whoever puts an event meanwhile wakes nobody
        self._wake.wait()
        self._wake.clear()
        self._hurry.clear()

    def drain(self) -> list[Stored]:
        """Return what waits."""
        taken = self._waiting.drain()
        if taken:
            few = sum(len(stored.entries) for stored in taken) <= FEW
            self._calm_until = time.monotonic() + CALM_S if few else 0.0
        return taken

    def close(self) -> None:
        """Drop what waits, refuse what comes, end the wait."""
        self._waiting.close()
        self.hurry()

    def __len__(self) -> int:
        return len(self._waiting)
