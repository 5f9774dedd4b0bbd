"""Recognises copies: what proxies relay from one broker to another is seen twice where both are read.

A copy has the sender and the content of a message that came within the last seconds, but another way: directly, or by
another proxy. The two come over two connections where the brokers are two: ``EVERYWHERE`` is for all of a program's.
Any thread; a lock guards what is remembered.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Final

from clacks_monitor.core.delivery import without_mark

WITHIN_NS: Final = 10 * 10**9
"""Nanoseconds between a message and its copy at most."""
MAX_KEPT: Final = 10_000
"""Messages that are remembered."""
_NO_WAYS: Final = frozenset[str]()


class Copies:
    """Counts the deliveries of each message."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[int, tuple[int, int, frozenset[str]]] = OrderedDict()

    def count(
        self, sender_id: str, proxied_by: str, content: bytes, monotonic_ns: int, wall_ns: int
    ) -> tuple[int, int]:
        """Return which delivery of the same message this is, from 1 on, and when the first came by the wall clock."""
        if not sender_id:
            return 1, wall_ns
        key = hash((sender_id, without_mark(content)))
        with self._lock:
            first_ns, first_wall_ns, ways = self._seen.pop(key, (monotonic_ns, wall_ns, _NO_WAYS))
            if monotonic_ns - first_ns > WITHIN_NS or proxied_by in ways:
                first_ns, first_wall_ns, ways = monotonic_ns, wall_ns, _NO_WAYS
            ways |= {proxied_by}
            self._seen[key] = (first_ns, first_wall_ns, ways)
            if len(self._seen) > MAX_KEPT:
                self._seen.popitem(last=False)
        return len(ways), first_wall_ns


EVERYWHERE: Final = Copies()
