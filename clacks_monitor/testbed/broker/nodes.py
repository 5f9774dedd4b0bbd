"""The nodes that an address can name: exchanges, queues, and services that answer requests.

Owner: ``Broker``. Thread: the broker's.
"""

from __future__ import annotations

import contextlib
import uuid
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.testbed.broker.envelope import Envelope
from clacks_monitor.testbed.broker.errors import NOT_FOUND, LinkError
from clacks_monitor.testbed.broker.exchange import XmlExchange
from clacks_monitor.testbed.broker.queues import Queue, QueueFullError

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.testbed.broker.queues import QueueBinding
    from clacks_monitor.testbed.broker.settings import Selection


class Service(Protocol):
    """Receives requests and may answer them."""

    def request(self, envelope: Envelope, user: str) -> None:
        """Handle a request; answers go to its reply-to address."""


Node = XmlExchange | Queue | Service


class NodeRegistry:
    """All nodes of one broker. ``rings`` is whether a client gets a ring as its queue when it asks for one."""

    def __init__(self, new_selection: Callable[[], Selection], queue_bytes: int, *, rings: bool = True) -> None:
        self._new_selection = new_selection
        self._queue_bytes = queue_bytes
        self.rings = rings
        self.exchanges: dict[str, XmlExchange] = {}
        self.queues: dict[str, Queue] = {}
        self.services: dict[str, Service] = {}
        self.kept: dict[str, QueueBinding] = {}
        """Durable subscriptions by the names of their queues."""

    def find(self, name: str) -> Node | None:
        """Return the node with an address."""
        # One after the other, not with "or": an empty queue counts as false.
        if name in self.exchanges:
            return self.exchanges[name]
        if name in self.services:
            return self.services[name]
        return self.queues.get(name)

    def exchange(self, name: str) -> XmlExchange:
        """Return the exchange of that name, created if there is none."""
        if name not in self.exchanges:
            self.exchanges[name] = XmlExchange(name, self._new_selection())
        return self.exchanges[name]

    def delete_exchange(self, name: str) -> bool:
        """Delete an exchange; returns whether there was one."""
        exchange = self.exchanges.pop(name, None)
        if exchange is not None:
            exchange.delete()
        return exchange is not None

    def queue(self, name: str = "", *, temporary: bool = False, ring: bool = False) -> Queue:
        """Return the queue of that name, created if there is none; "" creates one with a unique name.

        A temporary one ends with its last consumer; a ``ring`` drops its oldest when it is full.
        """
        name = name or str(uuid.uuid4())
        if name not in self.queues:
            on_unused = self.delete_queue if temporary else None
            self.queues[name] = Queue(name, self._queue_bytes, ring=ring, on_unused=on_unused)
        return self.queues[name]

    def delete_queue(self, queue: Queue) -> None:
        """Delete a queue and its messages."""
        if self.queues.get(queue.name) is queue:
            del self.queues[queue.name]
            self.kept.pop(queue.name, None)
        queue.let_go()

    def send(self, address: str, encoded: bytes) -> bool:
        """Put a response into the queue of a reply-to address; False when there is none, or it is full.

        As in Qpid's broker, an address with "/" is an exchange and a key. Raises LinkError when there is no such
        exchange.
        """
        exchange, slash, _key = address.partition("/")
        if slash:
            if exchange not in self.exchanges:
                raise LinkError(NOT_FOUND, f"Exchange not found: {exchange}")
            self.exchanges[exchange].publish(Envelope(encoded))
            return True
        queue = self.queues.get(address)
        if queue is None:
            return False
        with contextlib.suppress(QueueFullError):
            queue.put(encoded)
            return True
        return False
