"""A bounded queue between two threads that wakes its reader once per burst.

Any thread puts; one thread drains. The waker is called on the putting thread, at most once between two calls of
drain(), and must only signal (emit a queued signal, set an event): that is what keeps ten thousand events a second
from becoming ten thousand wake-ups.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

T = TypeVar("T")


class Mailbox(Generic[T]):
    """A queue bounded by count and bytes; when it is full the oldest items are dropped, and counted."""

    def __init__(
        self,
        wake: Callable[[], None],
        *,
        max_count: int = 100_000,
        max_bytes: int = 64 * 1024 * 1024,
        size_of: Callable[[T], int] = lambda _item: 0,
    ) -> None:
        self._wake = wake
        self._max_count = max_count
        self._max_bytes = max_bytes
        self._size_of = size_of
        self._lock = threading.Lock()
        self._items: deque[tuple[T, int]] = deque()
        """The waiting items, each with its size, which is computed once."""
        self._bytes = 0
        self._left_out = 0
        self._awake = False
        self._closed = False

    def put(self, items: Iterable[T]) -> None:
        """Add ``items`` in order; the oldest are dropped when the bounds are exceeded. Ignored after close()."""
        with self._lock:
            if self._closed:
                return
            for item in items:
                size = self._size_of(item)
                self._items.append((item, size))
                self._bytes += size
            while len(self._items) > 1 and (len(self._items) > self._max_count or self._bytes > self._max_bytes):
                self._bytes -= self._items.popleft()[1]
                self._left_out += 1
            wake = bool(self._items) and not self._awake
            self._awake = self._awake or wake
        if wake:
            self._wake()

    def drain(self, limit: int | None = None) -> list[T]:
        """Return up to ``limit`` waiting items, oldest first; the next put wakes again when none are left."""
        with self._lock:
            count = len(self._items) if limit is None else min(limit, len(self._items))
            taken = [self._items.popleft() for _ in range(count)]
            self._bytes -= sum(size for _item, size in taken)
            self._awake = bool(self._items)
            more = self._awake
        if more:
            self._wake()
        return [item for item, _size in taken]

    def pop_left_out(self) -> int:
        """Return the number of items dropped since the last call."""
        with self._lock:
            count, self._left_out = self._left_out, 0
        return count

    def close(self) -> None:
        """Drop the waiting items and ignore further ones."""
        with self._lock:
            self._closed = True
            self._items.clear()
            self._bytes = 0

    def __len__(self) -> int:
        with self._lock:
            return len(self._items)
