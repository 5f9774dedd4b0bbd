"""An address that gives each of its receivers every message, as brokers without exchanges have it.

Owner: ``NodeRegistry``. Thread: the broker's.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.testbed.broker.queues import QueueFullError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.testbed.broker.envelope import Envelope
    from clacks_monitor.testbed.broker.nodes import NodeRegistry
    from clacks_monitor.testbed.broker.queues import Queue

    Selector = Callable[[Envelope], bool]


def everything(_envelope: Envelope) -> bool:
    """Let every message pass."""
    return True


class MulticastAddress:
    """Copies each message to the queues of its subscriptions."""

    def __init__(self) -> None:
        self._subscriptions: dict[Queue, Selector] = {}

    def subscribe(self, queue: Queue, selector: Selector = everything) -> None:
        """Put what passes the selector into a queue, from now on."""
        self._subscriptions[queue] = selector

    def unsubscribe(self, queue: Queue) -> None:
        """End a subscription."""
        self._subscriptions.pop(queue, None)

    def request(self, envelope: Envelope, _user: str) -> None:
        """Handle a message; a subscription whose queue is full misses it."""
        for queue, selects in list(self._subscriptions.items()):
            if selects(envelope):
                with contextlib.suppress(QueueFullError):
                    queue.put(envelope.encoded)


@dataclass(frozen=True, slots=True)
class MulticastQueue:
    """One receiver's queue, which ends with its link."""

    address: MulticastAddress
    queue: Queue
    nodes: NodeRegistry

    def when_decided(self, call: Callable[[], None]) -> bool:
        """Return True: selectors are evaluated at once."""
        del call
        return True

    def close(self) -> None:
        """End the subscription, and delete its queue."""
        self.address.unsubscribe(self.queue)
        self.nodes.delete_queue(self.queue)


def subscription(address: MulticastAddress, nodes: NodeRegistry, selector: Selector = everything) -> MulticastQueue:
    """Return a new subscription, with a queue of its own."""
    queue = nodes.queue()
    queue.exclusive = True
    address.subscribe(queue, selector)
    return MulticastQueue(address, queue, nodes)
