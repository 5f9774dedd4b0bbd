"""The broker's ends of a client's links: what it publishes comes in, what its subscriptions receive goes out.

Where a message passes, the engine's C functions are called directly: proton's Python objects cost more there than the
work itself.

Owner: ``ClientEndpoints``. Thread: the broker's.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

import cproton
from cproton import ffi, lib
from proton import Link

from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.pointers import Pointer, pointer_of
from clacks_monitor.testbed.broker.envelope import Envelope, delivered_before
from clacks_monitor.testbed.broker.errors import (
    DECODE_ERROR,
    MESSAGE_SIZE_EXCEEDED,
    NOT_ALLOWED,
    NOT_FOUND,
    PRECONDITION_FAILED,
    LinkError,
)
from clacks_monitor.testbed.broker.exchange import XmlExchange
from clacks_monitor.testbed.broker.queues import Queue, QueueBinding, QueueFullError

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Receiver, Sender

    from clacks_monitor.testbed.broker.nodes import Node, NodeRegistry
    from clacks_monitor.testbed.broker.routing import RoutingThread

CREDIT: Final = 1000
"""How many messages a publisher may be ahead."""

_NULL: Final = ffi.NULL

WINDOW: Final = 1024 * 1024
"""Bytes that wait between queue and socket; the rest stays in the queue, where it is counted and bounded."""


class IncomingLink:
    """A client's sender. ``target`` None is the anonymous relay: each message's own ``to`` is the target.

    ``wake`` is called when there are outcomes to be written, ``go_on`` when readable() can handle further messages:
    while ``thread`` is preempted, it does not.
    """

    def __init__(
        self,
        link: Receiver,
        target: Node | None,
        nodes: NodeRegistry,
        user: str,
        max_message: int,
        wake: Callable[[], None],
        thread: RoutingThread,
        go_on: Callable[[], None],
    ) -> None:
        self._link = pointer_of(link)
        self._target = target
        self._nodes = nodes
        self._user = user
        self._max_message = max_message
        self._wake = wake
        self._thread, self._resume = thread, go_on
        self._closed = False
        self._held: deque[tuple[Pointer, list[Queue]]] = deque()
        link.flow(CREDIT)

    def readable(self) -> None:
        """Handle the messages that are complete. Raises LinkError for one that ends the link."""
        link = self._link
        while (delivery := lib.pn_link_current(link)) != _NULL and lib.pn_delivery_readable(delivery):
            if self._thread.is_preempted():
                return
            size = lib.pn_delivery_pending(delivery)
            if size > self._max_message:
                raise LinkError(MESSAGE_SIZE_EXCEEDED, f"A message has more than {self._max_message} bytes.")
            if lib.pn_delivery_partial(delivery):
                return
            if not lib.pn_delivery_aborted(delivery):
                buffer = bytearray(size)
                lib.pn_link_recv(link, ffi.from_buffer(buffer), size)
                self._receive(delivery, bytes(buffer))
            lib.pn_link_advance(link)
            if not self._thread.is_preempted() and (not self._held or self._held[-1][0] != delivery):
                lib.pn_delivery_settle(delivery)
        credit = lib.pn_link_credit(link)
        if credit < CREDIT // 2:
            lib.pn_link_flow(link, CREDIT - credit)

    def _receive(self, delivery: Pointer, encoded: bytes) -> None:
        envelope, target = self._addressed(encoded)
        if isinstance(target, XmlExchange) and self._thread.is_preempted_now():
            self._thread.route(target, envelope, lambda holding: self._routed_late(delivery, holding))
            return
        try:
            holding = self._route(envelope, target)
        except QueueFullError:
            lib.pn_delivery_update(delivery, cproton.PN_RELEASED)
            return
        self._routed(delivery, holding)

    def _routed_late(self, delivery: Pointer, holding: list[Queue]) -> None:
        """Go on with the next messages, after the thread was preempted at this one."""
        if self._closed:
            return
        self._routed(delivery, holding)
        if not self._held or self._held[-1][0] != delivery:
            lib.pn_delivery_settle(delivery)
        self._resume()
        self._wake()

    def _routed(self, delivery: Pointer, holding: list[Queue]) -> None:
        if holding and not lib.pn_delivery_settled(delivery):
            self._held.append((delivery, holding))
            for queue in holding:
                queue.when_it_goes_on(self._go_on)
        else:
            # Accepted even without a subscription for it: that is how the exchange behaves.
            lib.pn_delivery_update(delivery, cproton.PN_ACCEPTED)

    def _go_on(self) -> None:
        """Accept the messages that no queue holds up any more."""
        while self._held and not any(queue.holds for queue in self._held[0][1]):
            delivery, _queues = self._held.popleft()
            lib.pn_delivery_update(delivery, cproton.PN_ACCEPTED)
            lib.pn_delivery_settle(delivery)
            self._wake()

    def close(self) -> None:
        """Forget what is held: the deliveries end with the link."""
        self._closed = True
        self._held.clear()

    def _addressed(self, encoded: bytes) -> tuple[Envelope, Node]:
        """Return a message and its target. Raises LinkError for one that ends the link."""
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
        if isinstance(target, XmlExchange) and target.deleted:
            raise LinkError(PRECONDITION_FAILED, f"resource-deleted: Exchange {target.name} has been deleted.")
        return envelope, target

    def _route(self, envelope: Envelope, target: Node) -> list[Queue]:
        """Route a message to its target; return the queues that hold up its publisher."""
        if isinstance(target, XmlExchange):
            return target.publish(envelope)
        if isinstance(target, Queue):
            target.put(envelope.encoded)
            return [target] if target.holds else []
        target.request(envelope, self._user)
        return []


class OutgoingLink:
    """A client's receiver, fed from a queue; ``binding`` is that of a subscription's queue.

    One that ``browses`` leaves all messages in the queue: it begins with the message of number ``first``, None for the
    oldest, and delivers those that it ``selects``.
    Deliveries are sent settled, unless the client asks for AtLeastOnce: then what it releases, or leaves unsettled at
    its end, returns to the queue.
    """

    def __init__(
        self,
        link: Sender,
        queue: Queue,
        wake: Callable[[OutgoingLink], None],
        binding: QueueBinding | None = None,
        *,
        browses: bool = False,
        selects: Callable[[bytes], bool] | None = None,
        first: int | None = None,
    ) -> None:
        self._link = pointer_of(link)
        self._session = pointer_of(link.session)
        self._queue = queue
        self._wake = wake
        self._unsettled: dict[bytes, bytes] = {}
        self._number = 0
        self._settled = link.remote_snd_settle_mode != Link.SND_UNSETTLED
        self._closed = False
        self._binding = binding
        self._browses = browses
        self._seen, self._first, self._selects = 0, first, selects

    def begin(self) -> None:
        """Deliver from now on."""
        if self._browses:
            self._seen = self._queue.first if self._first is None else self._first
            self._queue.browsers.append(self)
            self.wake()
        else:
            self._queue.add_consumer(self)

    def wake(self) -> None:
        """Note that there is something to send, or credit to send it."""
        if not self._closed:
            self._wake(self)

    def pump(self) -> bool:
        """Send what credit and window allow; return whether it has to wait for the window."""
        link, session = self._link, self._session
        while self._waiting and lib.pn_link_credit(link) > 0:
            if lib.pn_session_outgoing_bytes(session) >= WINDOW:
                return True
            self._send(link, self._next())
        # A link is drained when it has received everything that was published: queries may still be undecided.
        if not self._waiting and lib.pn_link_get_drain(link) and self._all_decided():
            lib.pn_link_drained(link)
        return False

    @property
    def _waiting(self) -> bool:
        if self._browses:
            found = self._queue.peek(self._seen)
            while found is not None and self._selects is not None and not self._selects(found[0]):
                self._seen = found[1] + 1
                found = self._queue.peek(self._seen)
            return found is not None
        return len(self._queue) > 0

    def _next(self) -> bytes:
        found = self._queue.peek(self._seen) if self._browses else None
        if found is None:
            return self._queue.pop()
        encoded, number = found
        self._seen = number + 1
        return encoded

    def _all_decided(self) -> bool:
        return self._binding is None or self._binding.when_decided(self.wake)

    def _send(self, link: Pointer, encoded: bytes) -> None:
        self._number += 1
        tag = self._number.to_bytes(8, "big")
        delivery = lib.pn_delivery(link, (8, ffi.from_buffer(tag)))
        lib.pn_link_send(link, ffi.from_buffer(encoded), len(encoded))
        lib.pn_link_advance(link)
        if self._settled or self._browses:
            lib.pn_delivery_settle(delivery)
        else:
            self._unsettled[tag] = encoded

    def updated(self, delivery: Pointer) -> None:
        """Settle a delivery that the client has decided about."""
        state = lib.pn_delivery_remote_state(delivery)
        if not state and not lib.pn_delivery_settled(delivery):
            return
        tag = lib.pn_delivery_tag(delivery)
        encoded = self._unsettled.pop(ffi.buffer(tag.start, tag.size)[:], None)
        lib.pn_delivery_settle(delivery)
        if encoded is not None and state in {cproton.PN_RELEASED, cproton.PN_MODIFIED}:
            self._queue.put_back(delivered_before(encoded))

    def close(self) -> None:
        """Return what was not settled to the queue, and leave it."""
        self._closed = True
        for encoded in reversed(self._unsettled.values()):
            self._queue.put_back(delivered_before(encoded))
        self._unsettled.clear()
        if self._browses:
            self._queue.browsers.remove(self)
        else:
            self._queue.remove_consumer(self)
        if self._binding is not None:
            self._binding.close()
