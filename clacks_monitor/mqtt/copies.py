"""Recognises copies: what proxies relay from one broker to another is seen twice where both are read.

A copy has the sender and the content of a message that came within the last seconds, but another way: directly, or by
another proxy. Thread: the connection's.
"""

from __future__ import annotations

from typing import Final

WITHIN_NS: Final = 10 * 10**9
"""Nanoseconds between a message and its copy at most."""
MAX_KEPT: Final = 10_000
"""Messages that are remembered."""


class Copies:
    """Counts the deliveries of each message."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[int, frozenset[str]]] = {}

    def count(self, sender_id: str, proxied_by: str, content: bytes, monotonic_ns: int) -> int:
        """Return which delivery of the same message this is, from 1 on."""
        if not sender_id:
            return 1
        key = hash((sender_id, content))
        first_ns, ways = self._seen.pop(key, (monotonic_ns, frozenset[str]()))
        if monotonic_ns - first_ns > WITHIN_NS or proxied_by in ways:
            first_ns, ways = monotonic_ns, frozenset[str]()
        ways |= {proxied_by}
        self._seen[key] = (first_ns, ways)
        if len(self._seen) > MAX_KEPT:
            del self._seen[next(iter(self._seen))]
        return len(ways)
