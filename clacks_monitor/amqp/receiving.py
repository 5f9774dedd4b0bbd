"""The receiving link, where every event passes: from the engine's buffer to RawMessage, in batches.

Each delivery is read, settled and decoded here without a proton object being made for it. Credit is given again
whatever happens further on: a subscription that is not drained makes the broker throttle the publishers.

Owner: the subscription. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Link

from clacks_monitor.amqp import codec, remote_properties
from clacks_monitor.amqp.dialects import why_not_there
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.frame_check import UNFINISHED_S
from clacks_monitor.core.event import RawMessage

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.clock import Clock
    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects import Dialect
    from clacks_monitor.amqp.failure import Failure
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.transport import Wire

WINDOW: Final = 4000
"""Credit: how many messages may be under way. Given again when half of it is used."""

MAX_MESSAGE: Final = 100 * 1024 * 1024
"""Bytes of the largest message that is kept, as much as a whole queue of Qpid; what is longer gets a row saying so."""

MAX_DISCARDED: Final = 1024 * 1024 * 1024
"""Bytes of the largest message whose end is waited for, although it is not kept."""

SLOWEST: Final = 1024
"""Bytes of a message that have to come in a second, on average, after the first UNFINISHED_S seconds."""

OVERRUN: Final = 100
"""How many messages beyond its credit a broker may send before the connection ends."""

MAX_BATCH: Final = 500
MAX_BATCH_BYTES: Final = 8 * 1024 * 1024
_BUFFER: Final = 64 * 1024


class Inbox:
    """Collects raw messages and hands them on: once per turn of the loop, or when many or large ones are there.

    ``last_ns`` is the arrival of the newest.
    """

    def __init__(self, name: str, clock: Clock, receive: Callable[[list[RawMessage]], None]) -> None:
        self._name, self._clock, self._receive = name, clock, receive
        self._batch: list[RawMessage] = []
        self._bytes = 0
        self._wall_ns, self._monotonic = clock.wall_ns, clock.monotonic
        self.last_ns = 0

    def put(self, message: AmqpMessage) -> None:
        """Stamp a message with its arrival and add it."""
        body, kind, properties, message_id, user_id, subject, _correlation, content_type, creation_ns = message
        now = self.last_ns = self._wall_ns()
        self._batch.append(
            RawMessage(
                self._name,
                now,
                int(self._monotonic() * 1e9),
                body,
                kind,
                subject,
                content_type,
                message_id,
                user_id,
                creation_ns,
                properties,
            )
        )
        self._bytes += len(body)
        if len(self._batch) >= MAX_BATCH or self._bytes >= MAX_BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        """Hand on what is there."""
        if self._batch:
            batch, self._batch, self._bytes = self._batch, [], 0
            self._receive(batch)


class FeedOwner(Protocol):
    """What a feed tells its subscription."""

    def feed_attached(self, feed: Feed) -> None:
        """Tell that the broker delivers from now on."""

    def feed_ended(self, feed: Feed, reason: Failure) -> None:
        """Tell that the broker refused the link or ended it."""

    def feed_drained(self, feed: Feed) -> None:
        """Tell that everything that waited in the broker when drain() was called has been delivered."""

    def feed_message(self, feed: Feed, message: AmqpMessage) -> None:
        """Take a message."""


class Feed:
    """One subscription link. ``filtered`` is whether the broker applies the query, ``why_not`` why it does not."""

    def __init__(self, loop: Loop, wire: Wire, name: str, dialect: Dialect, query: str, owner: FeedOwner) -> None:
        self.query = query
        self.name = name
        self.filtered = False
        self.why_not = ""
        self.live = False
        self.shed = False
        self.shed_count = 0
        self._loop, self._wire, self._owner = loop, wire, owner
        self._draining = False
        self._discarded = 0
        self._began = 0.0
        self._rest: Timer | None = None
        self._buffer = bytearray(_BUFFER)
        self._view = memoryview(self._buffer)
        self._space = ffi.from_buffer(self._buffer)
        link = wire.receiver(name, self)
        link.source.address = dialect.source
        filters = dialect.filters(query)
        if filters:
            link.source.filter.put_dict(filters)
        if dialect.queue_properties:
            link.source.properties.put_dict(dialect.queue_properties)
        # Pre-settled: the queue goes with the connection, so an acknowledgement would protect nothing.
        link.snd_settle_mode = Link.SND_SETTLED
        self._link = link
        self._pointer: Any = link._impl  # noqa: SLF001 - the engine's pointer has no public name
        link.open()

    def attached(self) -> None:
        """Find out what the broker applies, and let it send."""
        self.live = True
        if self.query:
            self.why_not = why_not_there(remote_properties.filter_descriptors(self._link.remote_source))
            self.filtered = not self.why_not
        self._owner.feed_attached(self)
        if self.live:
            lib.pn_link_flow(self._pointer, WINDOW)

    def detached(self, reason: Failure) -> None:
        """Pass on that the broker refused or ended the link."""
        self.end()
        self._owner.feed_ended(self, reason)

    def close(self) -> None:
        """End the link from this side; the owner hears nothing more of it."""
        self.end()
        self._wire.drop(self._link)

    def end(self) -> None:
        """Take nothing more: the link is gone, or is going."""
        self.live = False
        self._expect_nothing()

    def drain(self) -> None:
        """Ask for everything that waits in the broker; feed_drained() tells when it has come."""
        self._draining = True
        lib.pn_link_drained(self._pointer)
        lib.pn_link_drain(self._pointer, WINDOW)

    def resume(self) -> None:
        """Go on after drain()."""
        self._draining = False
        lib.pn_link_flow(self._pointer, max(0, WINDOW - lib.pn_link_credit(self._pointer)))

    def flow(self) -> None:
        """See whether draining is done: by the broker's word, not because the credit was used up."""
        if not self._draining or lib.pn_link_draining(self._pointer) or lib.pn_link_current(self._pointer):
            return
        if lib.pn_link_drained(self._pointer):
            self._draining = False
            self._owner.feed_drained(self)
        else:
            lib.pn_link_drain(self._pointer, WINDOW)

    def delivery(self, _pointer: Any) -> None:  # noqa: ANN401 - the engine's own type
        """Take one delivery, if it is there in full; each that is has an event of its own.

        No more than that one: what stands behind it may have come behind the answer to another link's attach, in the
        same piece of input, and would be taken before anybody knows that there are two links to compare.
        """
        link = self._pointer
        if not self.live or not (delivery := lib.pn_link_current(link)):
            return
        if lib.pn_link_credit(link) < -OVERRUN:
            self._wire.overrun()
            return
        if lib.pn_delivery_partial(delivery) and not lib.pn_delivery_aborted(delivery):
            if self._discarded or lib.pn_delivery_pending(delivery) > MAX_MESSAGE:
                self._discard(delivery)
            if self._discarded > MAX_DISCARDED:
                self._wire.overrun()
            else:
                self._expect_rest()
            return
        self._expect_nothing()
        data = self._read(delivery)
        if not lib.pn_delivery_settled(delivery):
            lib.pn_delivery_update(delivery, cproton.PN_ACCEPTED)
        lib.pn_link_advance(link)
        lib.pn_delivery_settle(delivery)
        if data is not None:
            self._take(data)
        if self._draining and self.live:  # a message may have ended the feed
            self.flow()

    def grant(self) -> None:
        """Give credit again, once in a turn: the broker learns of it then, and what comes beyond it is too much."""
        if not self.live or self._draining:
            return
        credit = lib.pn_link_credit(self._pointer)
        if credit < WINDOW // 2:
            lib.pn_link_flow(self._pointer, WINDOW - credit)

    def _read(self, delivery: Any) -> bytes | None:  # noqa: ANN401 - the engine's own type
        if lib.pn_delivery_aborted(delivery):
            self._discarded = 0
            return None
        if self.shed:
            self.shed_count += 1
            return None
        size = lib.pn_delivery_pending(delivery)
        if self._discarded:
            self._discarded += size
            return b""
        if size <= _BUFFER:
            size = lib.pn_link_recv(self._pointer, self._space, size)
            return bytes(self._view[: max(0, size)])
        data = bytearray(size)
        size = lib.pn_link_recv(self._pointer, ffi.from_buffer(data), size)
        return bytes(memoryview(data)[: max(0, size)])

    def _discard(self, delivery: Any) -> None:  # noqa: ANN401 - the engine's own type
        """Throw away what is there of a message beyond all bounds, so that it cannot fill the memory."""
        while lib.pn_delivery_pending(delivery) > 0:
            count = lib.pn_link_recv(self._pointer, self._space, _BUFFER)
            if count <= 0:
                return
            self._discarded += count

    def _expect_rest(self) -> None:
        """Give a message that has come in part some time; heartbeats and other links go on meanwhile."""
        if self._rest is None:
            self._began = self._loop.now()
            self._rest = self._loop.later(UNFINISHED_S, self._look_for_rest)

    def _expect_nothing(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _look_for_rest(self) -> None:
        come = self._discarded + lib.pn_delivery_pending(lib.pn_link_current(self._pointer))
        left = self._began + UNFINISHED_S + come / SLOWEST - self._loop.now()
        if left > 0:
            self._rest = self._loop.later(left, self._look_for_rest)
        else:
            self._rest = None
            self._wire.unfinished()

    def _take(self, data: bytes) -> None:
        if self._discarded:
            size, self._discarded = self._discarded, 0
            message = codec.unreadable(b"", f"the message has {size:,} bytes, more than can be kept")
        else:
            try:
                message = codec.decode(data)
            except CodecError as error:
                message = codec.unreadable(data, str(error))
        self._owner.feed_message(self, message)
