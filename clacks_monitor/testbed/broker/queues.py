"""Queues of encoded messages, with their consumers.

Of the two kinds of queue that Qpid's broker has, the usual one holds up its publishers (their messages are not accepted
yet) from 80 % of its size until it has shrunk to 70 %, and refuses what does not fit: the newest are lost. A ring
drops its oldest messages instead: a slow receiver loses events, but does not slow down the publishers. Both count what
they lose.

Owner: ``NodeRegistry``. Thread: the broker's.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.testbed.broker.errors import BrokerError

if TYPE_CHECKING:
    from collections.abc import Callable

QUEUE_BYTES: Final = 100 * 1024 * 1024
"""The size of a queue in bytes: Qpid's default."""

HOLD_AT, GO_ON_AT = 0.8, 0.7
RING: Final = "ring"


class QueueFullError(BrokerError):
    """A message does not fit into a queue."""


class Consumer(Protocol):
    """Receives the messages of a queue."""

    def wake(self) -> None:
        """Note that there is a message."""


class QueueBinding(Protocol):
    """The binding of a queue to an exchange, for one link."""

    def when_decided(self, call: Callable[[], None]) -> bool:
        """Return whether the queue has all that it gets of what was published; if not, ``call`` is made then."""

    def close(self) -> None:
        """Remove the binding, and the queue with it."""


class Queue:
    """Encoded messages, oldest first; ``bindings`` says how many exchanges send to it.

    ``dropped`` (the oldest of a ring), ``refused`` (the newest of another queue), ``enqueued`` and ``enqueued_bytes``
    count since the beginning. ``holds`` is whether it holds up its publishers; ``on_unused`` is called when the last
    consumer has gone. ``browsers`` look at its messages without taking any; ``first`` is the number of the oldest
    message that it holds. A ring may have ``max_messages`` as well, 0 for any number; ``on_dropped`` gets what it has
    dropped.
    """

    __slots__ = (
        "_held_up", "_messages", "bindings", "browsers", "bytes", "consumers", "dropped", "enqueued", "enqueued_bytes",
        "exclusive", "first", "holds", "max_bytes", "max_messages", "name", "on_dropped", "on_unused", "owner",
        "refused", "ring",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        max_bytes: int = QUEUE_BYTES,
        *,
        ring: bool = False,
        on_unused: Callable[[Queue], None] | None = None,
    ) -> None:
        self.name = name
        self.max_bytes = max_bytes
        self.max_messages = 0
        self.on_dropped: Callable[[bytes], None] | None = None
        self.ring = ring
        self.holds = False
        self._held_up: list[Callable[[], None]] = []
        self.bytes = self.dropped = self.refused = self.enqueued = self.enqueued_bytes = self.bindings = 0
        self.consumers: deque[Consumer] = deque()
        self.browsers: list[Consumer] = []
        self.first = 0
        self.exclusive = False
        self.owner = ""
        self.on_unused = on_unused
        self._messages: deque[bytes] = deque()

    def __len__(self) -> int:
        return len(self._messages)

    def put(self, encoded: bytes) -> None:
        """Add a message; a ring drops the oldest when there are too many bytes, but never the new one.

        Raises QueueFullError when it does not fit into a queue that is not a ring.
        """
        messages = self._messages
        size = len(encoded)
        if self.bytes + size > self.max_bytes and not self.ring:
            self.refused += 1
            raise QueueFullError(f"{self.name} is full.")
        messages.append(encoded)
        self.enqueued += 1
        self.enqueued_bytes += size
        self.bytes += size
        while self._is_full() and len(messages) > 1:
            oldest = messages.popleft()
            self.bytes -= len(oldest)
            self.first += 1
            self.dropped += 1
            if self.on_dropped is not None:
                self.on_dropped(oldest)
        if self.bytes >= HOLD_AT * self.max_bytes and not self.ring:
            self.holds = True
        for browser in self.browsers:
            browser.wake()
        if self.consumers:
            self.consumers[0].wake()
            if len(self.consumers) > 1:
                self.consumers.rotate(-1)

    def _is_full(self) -> bool:
        return self.bytes > self.max_bytes or 0 < self.max_messages < len(self._messages)

    def clear(self) -> int:
        """Remove all messages; return how many there were."""
        count = len(self._messages)
        self._messages.clear()
        self.first += count
        self.bytes = 0
        return count

    def put_back(self, encoded: bytes) -> None:
        """Return a message that was popped and not accepted to the head."""
        self._messages.appendleft(encoded)
        self.first -= 1
        self.bytes += len(encoded)
        for consumer in self.consumers:
            consumer.wake()

    def pop(self) -> bytes:
        """Remove and return the oldest message; there must be one."""
        encoded = self._messages.popleft()
        self.first += 1
        self.bytes -= len(encoded)
        if self.holds and self.bytes <= GO_ON_AT * self.max_bytes:
            self.let_go()
        return encoded

    def peek(self, number: int) -> tuple[bytes, int] | None:
        """Return the first message from this number on, and its number; None when there is none yet."""
        number = max(number, self.first)
        index = number - self.first
        return (self._messages[index], number) if index < len(self._messages) else None

    def when_it_goes_on(self, call: Callable[[], None]) -> None:
        """Call a publisher that is held up as soon as the queue accepts messages again."""
        self._held_up.append(call)

    def let_go(self) -> None:
        """Release the publishers that are held up."""
        self.holds = False
        held_up, self._held_up = self._held_up, []
        for call in held_up:
            call()

    def add_consumer(self, consumer: Consumer) -> None:
        """Add a consumer."""
        self.consumers.append(consumer)
        consumer.wake()

    def remove_consumer(self, consumer: Consumer) -> None:
        """Remove a consumer; a temporary queue ends with its last one."""
        self.consumers.remove(consumer)
        if not self.consumers and self.on_unused is not None:
            self.on_unused(self)
