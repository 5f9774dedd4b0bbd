"""Where messages wait: a bounded ring of encoded messages, and those who take from it.

Full means that the oldest go, counted: a slow receiver loses events, it never slows the publishers down.
Owner: the broker's nodes. Thread: the broker's.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable

QUEUE_BYTES: Final = 100 * 1024 * 1024
"""The size at which a queue begins to drop, bytes: the default of Qpid's queues."""


class Consumer(Protocol):
    """Somebody who takes from a queue."""

    def wake(self) -> None:
        """There is something to take."""


class RingQueue:
    """Encoded messages, oldest first; ``dropped``, ``enqueued`` and ``enqueued_bytes`` count since the beginning."""

    __slots__ = (
        "_messages", "bytes", "consumers", "dropped", "enqueued", "enqueued_bytes", "exclusive", "max_bytes", "name",
        "on_unused", "owner",
    )  # fmt: skip

    def __init__(self, name: str, max_bytes: int = QUEUE_BYTES) -> None:
        self.name = name
        self.max_bytes = max_bytes
        self.bytes = self.dropped = self.enqueued = self.enqueued_bytes = 0
        self.consumers: deque[Consumer] = deque()
        self.exclusive = False
        self.owner = ""
        self.on_unused: Callable[[RingQueue], None] | None = None
        self._messages: deque[bytes] = deque()

    def __len__(self) -> int:
        return len(self._messages)

    def put(self, encoded: bytes) -> None:
        """Add a message; the oldest go when there are too many bytes, but never the new one."""
        messages = self._messages
        messages.append(encoded)
        size = len(encoded)
        self.enqueued += 1
        self.enqueued_bytes += size
        self.bytes += size
        while self.bytes > self.max_bytes and len(messages) > 1:
            self.bytes -= len(messages.popleft())
            self.dropped += 1
        if self.consumers:
            self.consumers[0].wake()
            if len(self.consumers) > 1:
                self.consumers.rotate(-1)

    def put_back(self, encoded: bytes) -> None:
        """Return a message that was taken and not accepted to the head."""
        self._messages.appendleft(encoded)
        self.bytes += len(encoded)
        for consumer in self.consumers:
            consumer.wake()

    def take(self) -> bytes:
        """Return the oldest message; only when there is one."""
        encoded = self._messages.popleft()
        self.bytes -= len(encoded)
        return encoded

    def add_consumer(self, consumer: Consumer) -> None:
        """Let somebody take from the queue."""
        self.consumers.append(consumer)
        consumer.wake()

    def remove_consumer(self, consumer: Consumer) -> None:
        """Let nobody any more take who took; a queue that lives for its consumers ends with the last."""
        self.consumers.remove(consumer)
        if not self.consumers and self.on_unused is not None:
            self.on_unused(self)
