"""Recognises copies: what proxies relay from one broker to another is seen twice where both are read.

A copy has the sender and the content of a message that came within the last seconds, but another way: directly, or by
another proxy. The two come over two connections where the brokers are two: ``EVERYWHERE`` is for all of a program's.
Any thread; a lock guards what is remembered.
"""

from __future__ import annotations

import re
import threading
from collections import OrderedDict
from typing import Final

WITHIN_NS: Final = 10 * 10**9
"""Nanoseconds between a message and its copy at most."""
MAX_KEPT: Final = 10_000
"""Messages that are remembered."""
_PROXIED: Final = re.compile(rb"\s*<Proxied>[^<]*</Proxied>")
"""What a proxy adds to a UserSession."""
_NO_WAYS: Final = frozenset[str]()


class Copies:
    """Counts the deliveries of each message."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: OrderedDict[int, tuple[int, frozenset[str]]] = OrderedDict()

    def count(self, sender_id: str, proxied_by: str, content: bytes, monotonic_ns: int) -> int:
        """Return which delivery of the same message this is, from 1 on."""
        if not sender_id:
            return 1
        if b"<Proxied" in content:
            content = _PROXIED.sub(b"", content)
        key = hash((sender_id, content))
        with self._lock:
            first_ns, ways = self._seen.pop(key, (monotonic_ns, _NO_WAYS))
            if monotonic_ns - first_ns > WITHIN_NS or proxied_by in ways:
                first_ns, ways = monotonic_ns, _NO_WAYS
            ways |= {proxied_by}
            self._seen[key] = (first_ns, ways)
            if len(self._seen) > MAX_KEPT:
                self._seen.popitem(last=False)
        return len(ways)


EVERYWHERE: Final = Copies()
