"""Recognises own publications when they come back: MQTT has no message id that lasts.

What equals a publication of this connection, and comes soon after it, is taken for it. Thread: the connection's.
"""

from __future__ import annotations

from collections import deque
from typing import Final

MAX_PENDING: Final = 10_000
WITHIN_NS: Final = 60 * 10**9
"""Nanoseconds in which a publication comes back, or does not."""


class OwnPublications:
    """The publications that may come back, by topic and payload."""

    def __init__(self) -> None:
        self._pending: dict[int, deque[tuple[str, int]]] = {}
        self._order: deque[tuple[int, str]] = deque()

    def sent(self, topic: str, payload: bytes, message_id: str, monotonic_ns: int) -> None:
        """Note a publication."""
        key = hash((topic, payload))
        self._pending.setdefault(key, deque()).append((message_id, monotonic_ns))
        self._order.append((key, message_id))
        while len(self._order) > MAX_PENDING:
            self._drop(*self._order.popleft())

    def returned(self, topic: str, payload: bytes, monotonic_ns: int) -> str:
        """Return the message id of the publication that this is, "" when it is another's."""
        if not self._pending:
            return ""
        waiting = self._pending.get(hash((topic, payload)))
        while waiting:
            message_id, sent_ns = waiting.popleft()
            if monotonic_ns - sent_ns <= WITHIN_NS:
                return message_id
        return ""

    def _drop(self, key: int, message_id: str) -> None:
        """Forget a publication, unless it has come back already, and the key with the last."""
        waiting = self._pending.get(key)
        if waiting and waiting[0][0] == message_id:
            waiting.popleft()
        if not waiting:
            self._pending.pop(key, None)
