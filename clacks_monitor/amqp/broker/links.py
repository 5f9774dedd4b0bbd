"""The two ends of a client's links: what it publishes comes in, what its subscriptions hold goes out.

Owner: the client's endpoints. Thread: the broker's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from proton import Delivery, Link

from clacks_monitor.amqp.broker.envelope import Envelope
from clacks_monitor.amqp.broker.errors import (
    DECODE_ERROR,
    MESSAGE_SIZE_EXCEEDED,
    NOT_ALLOWED,
    NOT_FOUND,
    PRECONDITION_FAILED,
    LinkError,
)
from clacks_monitor.amqp.broker.exchange import XmlExchange
from clacks_monitor.amqp.broker.queues import RingQueue
from clacks_monitor.amqp.errors import CodecError

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Receiver, Sender

    from clacks_monitor.amqp.broker.nodes import Node, Nodes

CREDIT: Final = 1000
"""How many messages a publisher may be ahead."""

WINDOW: Final = 1024 * 1024
"""How many bytes wait between queue and socket; the rest stays in the queue, where it is counted and bounded."""


class Incoming:
    """A client's sender. ``target`` None is the anonymous relay: each message's own ``to`` counts."""

    def __init__(self, link: Receiver, target: Node | None, nodes: Nodes, user: str, max_message: int) -> None:
        self._link = link
        self._target = target
        self._nodes = nodes
        self._user = user
        self._max_message = max_message
        link.flow(CREDIT)

    def readable(self) -> None:
        """Take the messages that are there in full; raises LinkError for one that ends the link."""
        link = self._link
        while (delivery := link.current) is not None and delivery.readable:
            if delivery.pending > self._max_message:
                raise LinkError(MESSAGE_SIZE_EXCEEDED, f"A message has more than {self._max_message} bytes.")
            if delivery.partial:
                return
            if delivery.aborted:
                delivery.settle()
                continue
            encoded = bytes(link.recv(delivery.pending) or b"")
            link.advance()
            self._take(encoded)
            # Accepted even if nobody wants it: that is how the exchange behaves.
            delivery.update(Delivery.ACCEPTED)
            delivery.settle()
        if link.credit < CREDIT // 2:
            link.flow(CREDIT - link.credit)

    def _take(self, encoded: bytes) -> None:
        try:
            envelope = Envelope(encoded)
        except CodecError as error:
            raise LinkError(DECODE_ERROR, f"A message cannot be read: {error}.") from None
        if self._user and envelope.user_id and envelope.user_id.decode("utf-8", "replace") != self._user:
            raise LinkError(NOT_ALLOWED, f"authorised user id : {self._user} but user id in message declared otherwise")
        target = self._target
        if target is None:
            address = envelope.to
            target = self._nodes.find(address)
            if target is None:
                raise LinkError(NOT_FOUND, f"Node not found: {address}")
        if isinstance(target, XmlExchange):
            if target.deleted:
                raise LinkError(PRECONDITION_FAILED, f"resource-deleted: Exchange {target.name} has been deleted.")
            target.publish(envelope)
        elif isinstance(target, RingQueue):
            target.put(encoded)
        else:
            target.request(envelope, self._user)


class Outgoing:
    """A client's receiver, fed from a queue.

    Deliveries go out settled, unless the client asks for AtLeastOnce: then what it releases, or leaves unsettled when
    it goes, returns to the queue.
    """

    def __init__(self, link: Sender, queue: RingQueue, wake: Callable[[Outgoing], None]) -> None:
        self._link = link
        self._queue = queue
        self._wake = wake
        self._session = link.session
        self._unsettled: dict[str, bytes] = {}
        self._tag = 0
        self._settled = link.remote_snd_settle_mode != Link.SND_UNSETTLED
        self.on_closed: Callable[[], None] = lambda: None

    @property
    def queue(self) -> RingQueue:
        """Where its messages wait."""
        return self._queue

    def wake(self) -> None:
        """There is something to send, or credit to send it."""
        self._wake(self)

    def pump(self) -> bool:
        """Send what credit and window allow; return whether it has to wait for the window."""
        link, queue, session = self._link, self._queue, self._session
        while len(queue) and link.credit > 0:
            if session.outgoing_bytes >= WINDOW:
                return True
            self._send(queue.take())
        if link.drain_mode and not len(queue):
            link.drained()
        return False

    def _send(self, encoded: bytes) -> None:
        self._tag += 1
        tag = str(self._tag)
        delivery = self._link.delivery(tag)
        self._link.stream(encoded)
        self._link.advance()
        if self._settled:
            delivery.settle()
        else:
            self._unsettled[tag] = encoded

    def updated(self, delivery: Delivery) -> None:
        """Settle what the client has decided about."""
        state = delivery.remote_state
        if not delivery.settled and not state:
            return
        encoded = self._unsettled.pop(delivery.tag, None)
        delivery.settle()
        if encoded is not None and state in {Delivery.RELEASED, Delivery.MODIFIED}:
            self._queue.put_back(encoded)

    def close(self) -> None:
        """Give back what was not settled, and leave the queue."""
        for encoded in reversed(self._unsettled.values()):
            self._queue.put_back(encoded)
        self._unsettled.clear()
        self._queue.remove_consumer(self)
        self.on_closed()
