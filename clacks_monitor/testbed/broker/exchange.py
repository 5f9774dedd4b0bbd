"""The XML exchange: routes messages to subscriptions.

As in Qpid's, the message's subject is compared exactly with the binding's key, then the binding's query decides. The
query ``true()`` is not evaluated.

Owner: ``NodeRegistry``. Thread: the broker's.
"""

from __future__ import annotations

import contextlib
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.testbed.broker.queues import QueueFullError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from clacks_monitor.testbed.broker.envelope import Envelope
    from clacks_monitor.testbed.broker.queues import Queue
    from clacks_monitor.testbed.broker.settings import Selection

EVERYTHING: Final = "true()"


class XmlExchange:
    """A named exchange with its bindings.

    ``deleted`` is set for good when it is deleted; senders are refused with their next message.
    """

    type_name = "xml"

    def __init__(self, name: str, selection: Selection) -> None:
        self.name = name
        self.deleted = False
        self.received = self.routed = self.unrouted = 0
        self._selection = selection
        self._all: defaultdict[str, dict[int, Queue]] = defaultdict(dict)
        self._some: defaultdict[str, dict[int, Queue]] = defaultdict(dict)
        self._next = 1

    def bind(self, key: str, query: str | None, queue: Queue) -> int:
        """Send messages with subject ``key`` that match ``query`` to ``queue``; return the binding's number.

        Raises QueryRefusedError.
        """
        number = self._next
        if query is None or query.strip() == EVERYTHING:
            self._all[key][number] = queue
        else:
            self._selection.add(number, query)
            self._some[key][number] = queue
        queue.bindings += 1
        self._next += 1
        return number

    def unbind(self, number: int) -> None:
        """Remove a binding."""
        for bindings in (self._all, self._some):
            for key, queues in list(bindings.items()):
                queue = queues.pop(number, None)
                if queue is not None:
                    queue.bindings -= 1
                    if bindings is self._some:
                        self._selection.remove(number)
                if not queues:
                    del bindings[key]

    def when_decided(self, number: int, call: Callable[[], None]) -> bool:
        """Return whether the binding's queue has all that it gets of what was published; if not, call back then."""
        return self._selection.when_decided(number, call)

    @property
    def bindings(self) -> int:
        """How many subscriptions there are."""
        return sum(len(queues) for bindings in (self._all, self._some) for queues in bindings.values())

    def publish(self, envelope: Envelope) -> list[Queue]:
        """Route a message to the subscriptions that match; return the queues that hold up its publisher.

        A message without a matching subscription is dropped. Raises QueueFullError when one of the queues is full,
        after all others have received it.
        """
        self.received += 1
        before = self.routed
        everything = self._all.get(envelope.subject)
        full: QueueFullError | None = None
        if everything:
            for queue in everything.values():
                try:
                    queue.put(envelope.encoded)
                    self.routed += 1
                except QueueFullError as error:
                    full = error
        some = self._some.get(envelope.subject)
        if some:
            self._offer(envelope, some)
        if self.routed == before:
            self.unrouted += 1
        if full is not None:
            raise full
        return [queue for queues in (everything, some) if queues for queue in queues.values() if queue.holds]

    def bound(self, subject: str) -> list[int]:
        """Return the numbers of the bindings that a message with this subject concerns, in their order."""
        return sorted([*self._all.get(subject, ()), *self._some.get(subject, ())])

    def deliver(self, envelope: Envelope, numbers: Collection[int]) -> list[Queue]:
        """Route a message to those of ``numbers`` that are still bound; return the queues that hold up its publisher.

        Full queues count it as refused.
        """
        everything, some = self._all.get(envelope.subject, {}), self._some.get(envelope.subject, {})
        for number in numbers:
            if number in everything:
                with contextlib.suppress(QueueFullError):
                    everything[number].put(envelope.encoded)
                    self.routed += 1
        asked = {number: some[number] for number in numbers if number in some}
        if asked:
            self._offer(envelope, asked)
        return [queue for queues in (everything, asked) for queue in queues.values() if queue.holds]

    def _offer(self, envelope: Envelope, queues: dict[int, Queue]) -> None:
        encoded = envelope.encoded

        def deliver(number: int) -> None:
            # Looked up again: a match may be decided after its subscription has gone.
            queue = queues.get(number)
            if queue is not None:
                with contextlib.suppress(QueueFullError):
                    queue.put(encoded)
                    self.routed += 1

        try:
            properties = envelope.properties
        except CodecError:
            properties = {}
        self._selection.offer(envelope.body, properties, queues.keys(), deliver)

    def delete(self) -> None:
        """Delete the exchange: bindings are removed, and publishers are refused."""
        self.deleted = True
        for bindings in (self._all, self._some):
            for queues in bindings.values():
                for queue in queues.values():
                    queue.bindings -= 1
            bindings.clear()
        self._selection.close()
