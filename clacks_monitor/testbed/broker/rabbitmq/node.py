"""What a RabbitMQ node holds: topic exchanges, queues with their owners, and what clients have asked it.

Owner: ``Broker``. Thread: the broker's.
"""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from clacks_monitor.testbed.broker.envelope import Envelope
from clacks_monitor.testbed.broker.errors import NOT_FOUND, LinkError
from clacks_monitor.testbed.broker.queues import QueueFullError

if TYPE_CHECKING:
    from clacks_monitor.testbed.broker.nodes import NodeRegistry
    from clacks_monitor.testbed.broker.queues import Queue

LOCKED: Final = "amqp:resource-locked"
UNAUTHORIZED: Final = "amqp:unauthorized-access"


class NotRoutedError(QueueFullError):
    """No queue is bound for a message: it is released."""


class TopicExchange:
    """Routes by keys with the wildcards ``*`` (a word) and ``#`` (any number of parts)."""

    def __init__(self) -> None:
        self.bindings: dict[str, set[str]] = defaultdict(set)

    @property
    def bound(self) -> bool:
        """Whether there is a binding."""
        return any(self.bindings.values())

    def queues(self, key: str) -> set[str]:
        """Return the names of the queues that get a message with this key."""
        parts = key.split(".")
        return {
            name for pattern, names in self.bindings.items() if _matches(pattern.split("."), parts) for name in names
        }


class FanoutExchange(TopicExchange):
    """Routes every message to all queues that are bound."""

    @override
    def queues(self, key: str) -> set[str]:
        """Return the names of all queues."""
        return set().union(*self.bindings.values())


KINDS: Final = {"topic": TopicExchange, "fanout": FanoutExchange}


def _matches(pattern: list[str], parts: list[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "#":
        return any(_matches(pattern[1:], parts[at:]) for at in range(len(parts) + 1))
    return bool(parts) and pattern[0] in {"*", parts[0]} and _matches(pattern[1:], parts[1:])


class RabbitMQNode:
    """One node with one virtual host.

    ``owners`` are the connections (container ids) of exclusive queues, ``arguments`` those of each queue, ``temporary``
    the exchanges that end with their last binding. Users may declare what matches their pattern in ``may_configure``,
    where there is one. ``tokens`` are those by which clients have renewed their logins.
    """

    def __init__(self, nodes: NodeRegistry, domain: str) -> None:
        self._nodes = nodes
        self.exchanges: dict[str, TopicExchange] = {domain: TopicExchange(), "amq.topic": TopicExchange()}
        self.temporary: set[str] = set()
        self.owners: dict[str, str] = {}
        self.arguments: dict[str, dict[str, object]] = {}
        self.may_configure: dict[str, str] = {}
        self.tokens: list[str] = []

    def request(self, envelope: Envelope, _user: str) -> None:
        """Take nothing: it is a service to be kept among those of the broker, and no address leads to it."""
        raise LinkError(NOT_FOUND, f"Node not found: {envelope.to}")

    def find(self, name: str) -> Queue | None:
        """Return a queue that was declared."""
        return self._nodes.queues.get(name) if name in self.arguments else None

    def check_configure(self, user: str, kind: str, name: str) -> None:
        """Raise LinkError where a user may not declare or delete a queue or exchange."""
        if not re.search(self.may_configure.get(user, ""), name):
            text = f"configure access to {kind} '{name}' in vhost '/' refused for user '{user}'"
            raise LinkError(UNAUTHORIZED, text)

    def declare(self, name: str, owner: str, arguments: dict[str, object]) -> Queue:
        """Return a new queue; ``owner`` is "" for one that is not exclusive."""
        self.arguments[name] = arguments
        if owner:
            self.owners[name] = owner
        queue = self._nodes.queue(name, ring=arguments.get("x-overflow", "drop-head") == "drop-head")
        queue.max_messages = _bound(arguments, "x-max-length") or 0
        queue.max_bytes = _bound(arguments, "x-max-length-bytes") or queue.max_bytes
        if (letters := arguments.get("x-dead-letter-exchange")) is not None:
            queue.on_dropped = partial(self._route_dead_letter, str(letters))
        return queue

    def _route_dead_letter(self, exchange: str, encoded: bytes) -> None:
        if exchange in self.exchanges:
            with contextlib.suppress(NotRoutedError):
                self.route(exchange, "", Envelope(encoded))

    def delete(self, name: str) -> None:
        """Delete a queue and its bindings."""
        queue = self.find(name)
        self.arguments.pop(name, None)
        self.owners.pop(name, None)
        for exchange in list(self.exchanges):
            self.unbind(exchange, name)
        if queue is not None:
            self._nodes.delete_queue(queue)

    def unbind(self, exchange: str, queue: str, key: str | None = None) -> None:
        """Remove a queue's binding with a key, or all of them; a temporary exchange ends with its last one."""
        found = self.exchanges[exchange]
        was_bound = found.bound
        for bound_key, names in found.bindings.items():
            if key in {None, bound_key}:
                names.discard(queue)
        if exchange in self.temporary and was_bound and not found.bound:
            self.temporary.discard(exchange)
            del self.exchanges[exchange]

    def connection_gone(self, owner: str) -> None:
        """Delete the exclusive queues of a connection."""
        for name in [name for name, found in self.owners.items() if found == owner]:
            self.delete(name)

    def readable(self, name: str, reader: str) -> Queue:
        """Return a queue for a receiver. Raises LinkError."""
        queue = self.find(name)
        if queue is None:
            raise LinkError(NOT_FOUND, f"no queue '{name}' in vhost '/'")
        if self.owners.get(name, reader) != reader:
            raise LinkError(LOCKED, f"cannot obtain exclusive access to locked queue '{name}' in vhost '/'")
        return queue

    def route(self, exchange: str, key: str, envelope: Envelope) -> None:
        """Put a message into the queues that are bound. Raises NotRoutedError where none is."""
        queues = [self.find(name) for name in self.exchanges[exchange].queues(key)]
        if not queues:
            raise NotRoutedError(f"No queue is bound to {exchange} for {key}.")
        for queue in queues:
            if queue is not None:
                queue.put(envelope.encoded)


def _bound(arguments: dict[str, object], name: str) -> int | None:
    value = arguments.get(name)
    return value if isinstance(value, int) else None
