"""The receiving link, which every event passes: from the engine's buffer to ``RawMessage``, in batches.

Each delivery is read, settled and decoded here without a proton object being made for it. Credit is always granted
again: a subscription that is not drained makes the broker throttle the publishers.

Owner: ``Subscription``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Link

from clacks_monitor.amqp import codec, grant
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.frame_check import UNFINISHED_S
from clacks_monitor.amqp.pointers import Pointer, pointer_of
from clacks_monitor.amqp.side_session import apart
from clacks_monitor.core.event import RawMessage
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects.dialect import Dialect, Source
    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.amqp.preparation import Rebinding
    from clacks_monitor.networking.batch import Batch
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop, Timer

WINDOW: Final = 4000
"""Credit: how many messages may be under way. Granted again when half of it is used."""

MAX_MESSAGE: Final = 100 * 1024 * 1024
"""Bytes of the largest message that is kept, as much as a whole queue of Qpid; a longer one is shown as too long."""

MAX_DISCARDED: Final = 1024 * 1024 * 1024
"""Bytes of the largest message that is read to its end, although it is not kept."""

SLOWEST: Final = 1024
"""Bytes of a message that have to come in a second, on average, after the first UNFINISHED_S seconds."""

OVERRUN: Final = 100
"""How many messages beyond its credit a broker may send before the connection ends."""

OFFSET: Final = "x-stream-offset"
"""The annotation that says where in its stream a message is."""

_BUFFER: Final = 64 * 1024


class Inbox:
    """Stamps messages with their arrival, and adds them to a batch.

    ``add`` is for what arrived() has returned, ``flush`` passes the batch on. ``last_ns`` is the arrival of the newest
    message, ``created_ns`` the time at which it was sent, 0 where it does not say.
    """

    def __init__(self, name: str, clock: Clock, batch: Batch) -> None:
        self._name, self.add, self.flush = name, batch.add, batch.flush
        self._wall_ns, self._monotonic = clock.wall_ns, clock.monotonic
        self.last_ns = self.created_ns = 0

    def put(self, message: AmqpMessage) -> None:
        """Add a message that has just arrived."""
        self.add(self.arrived(message))

    def arrived(self, message: AmqpMessage) -> RawMessage:
        """Return a message that has just arrived, with the time, to be added later."""
        body, kind, properties, message_id, user_id, subject, _correlation, content_type, creation_ns = message
        now = self.last_ns = self._wall_ns()
        self.created_ns = creation_ns
        return RawMessage(
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


class ReceiverLinkOwner(Protocol):
    """What a receiving link reports."""

    def link_attached(self, link: ReceiverLink) -> None:
        """Use the link: the broker delivers from now on."""

    def link_detached(self, link: ReceiverLink, reason: Failure) -> None:
        """Forget the link: the broker has refused or ended it."""

    def link_message(self, link: ReceiverLink, message: AmqpMessage) -> None:
        """Handle a message."""

    def link_dropped(self, count: int) -> None:
        """Note that the queue of a link that has ended had dropped so many events, at least, since it was read last."""


class ReceiverLink:
    """One subscription link, with the source that the dialect has for the query, or another ``source``.

    ``dialect`` and ``source`` change with rebound().
    ``filtered`` is whether the broker applies the query, ``why_not`` why it does not. While it is ``shed``, messages
    are dropped unread, and counted. It is opened when its source is prepared. ``offset`` is that of the last message of
    a stream.
    """

    window: ClassVar[int] = WINDOW
    """Its credit, at the beginning and while it is drained."""

    def __init__(
        self,
        loop: Loop,
        session: LinkSession,
        dialect: Dialect,
        query: str,
        owner: ReceiverLinkOwner,
        source: Source | None = None,
    ) -> None:
        self.query = query
        self.offset: int | None = None
        self.source = source or dialect.source(query)
        self.filtered = False
        self.why_not = ""
        self.live = False
        self.shed = False
        self.shed_count = 0
        self.dialect = dialect
        self._session, self._owner = session, owner
        self._drained: Callable[[], None] | None = None
        self._buffer = bytearray(_BUFFER)
        self._view = memoryview(self._buffer)
        self._space = ffi.from_buffer(self._buffer)
        self._links = apart(session, dialect)
        link = self._links.receiver(self, self.source.link_name)
        self.name = link.name
        self.source.write_to(link.source, copies=not dialect.consumes)
        # Pre-settled: the queue ends with the connection, so acknowledgements would not save anything.
        link.snd_settle_mode = Link.SND_UNSETTLED if self.source.link_name else Link.SND_SETTLED
        self._link = link
        self._pointer = pointer_of(link)
        self._partial = _PartialMessage(loop, session, self._pointer, self._space)
        self._attached = self._ended = False
        if self.source.preparation is None or session.management is None:
            link.open()
        else:
            self.source.preparation.start(session.management, self._prepared)

    def _prepared(self, reason: Failure | None) -> None:
        if self._ended:
            return
        if reason is None:
            self._link.open()
        else:
            self.close()
            self._owner.link_detached(self, reason)

    def attached(self) -> None:
        """Read what the broker has granted, and grant credit, unless that would take events from other receivers."""
        granted = grant.read(self._link.remote_source)
        reason = self.dialect.why_not_receive(self.source, granted)
        if reason:
            self.close()
            self._owner.link_detached(self, Failure(FailureKind.REFUSED, reason))
            return
        self.live = self._attached = True
        if self.query:
            self.why_not = self.dialect.why_not_filtered(granted)
            self.filtered = not self.why_not
        self._owner.link_attached(self)
        if self.live:
            lib.pn_link_flow(self._pointer, self.window)

    def why_not_filtered(self) -> str:
        """Return why the broker does not apply the filter of the source; "" when it does."""
        return self.dialect.why_not_filtered(grant.read(self._link.remote_source))

    @property
    def was_live(self) -> bool:
        """Whether the broker had accepted the link."""
        return self._attached

    def rebound(self, dialect: Dialect, rebinding: Rebinding) -> None:
        """Note that the queue behind the link has been bound to the source of another domain or key."""
        self.dialect, self.source = dialect, replace(self.source, preparation=rebinding.new)

    def detached(self, reason: Failure) -> None:
        """Report that the broker has refused or ended the link."""
        self._undo()
        self.end()
        self._owner.link_detached(self, reason)

    def close(self) -> None:
        """Close the link from this side; the owner is not notified of anything more."""
        self._undo()
        self.end()
        self._links.drop(self._link)

    def _undo(self) -> None:
        preparation, management = self.source.preparation, self._session.management
        if preparation is not None and management is not None and not self._ended:
            preparation.undo(management, used=self._attached, dropped=self._owner.link_dropped)

    def end(self) -> None:
        """Accept nothing more: the link is gone, or is being closed."""
        self.live, self._ended = False, True
        self._partial.finish()

    def drain(self, drained: Callable[[], None]) -> None:
        """Call ``drained`` when everything that waits in the broker now has been delivered."""
        self._drained = drained
        lib.pn_link_drained(self._pointer)
        lib.pn_link_drain(self._pointer, self.window)

    def resume(self) -> None:
        """Grant credit as before drain()."""
        self._drained = None
        lib.pn_link_flow(self._pointer, max(0, self.window - lib.pn_link_credit(self._pointer)))

    def flow(self) -> None:
        """Check whether the link is drained: because the broker says so, not because the credit is used up."""
        drained = self._drained
        if drained is None or lib.pn_link_draining(self._pointer) or lib.pn_link_current(self._pointer):
            return
        if lib.pn_link_drained(self._pointer):
            self._drained = None
            drained()
        else:
            lib.pn_link_drain(self._pointer, self.window)

    def delivery(self, _pointer: Pointer) -> None:
        """Handle one delivery, if it is complete; there is an event of the engine for each.

        Not more than one: the next may have come behind the answer to another link's attach, in the same piece of
        input, and would be handled before the subscription knows that there are two links to compare.
        """
        link = self._pointer
        if not self.live or not (delivery := lib.pn_link_current(link)):
            return
        if lib.pn_link_credit(link) < -OVERRUN:
            self._session.overrun()
            return
        if lib.pn_delivery_partial(delivery) and not lib.pn_delivery_aborted(delivery):
            self._partial.grow(delivery)
            return
        message = self._read(delivery, self._partial.finish())
        self._advance(delivery)
        if message is not None:
            self._owner.link_message(self, message)
        if self._drained is not None and self.live:  # handling the message may have ended the link
            self.flow()

    def _advance(self, delivery: Pointer) -> None:
        """Go on to the next delivery: this one has been read."""
        if not lib.pn_delivery_settled(delivery):
            lib.pn_delivery_update(delivery, cproton.PN_ACCEPTED)
        lib.pn_link_advance(self._pointer)
        lib.pn_delivery_settle(delivery)

    @property
    def has_credit(self) -> bool:
        """Whether the broker may send another message."""
        return bool(lib.pn_link_credit(self._pointer) > 0)

    def grant(self) -> None:
        """Grant credit again, once in a turn, when it is also written: what comes beyond it is too much."""
        if not self.live or self._drained is not None:
            return
        credit = lib.pn_link_credit(self._pointer)
        if credit < self.window // 2:
            lib.pn_link_flow(self._pointer, self.window - credit)

    def _read(self, delivery: Pointer, discarded: int) -> AmqpMessage | None:
        """Return the message, of which so many bytes were discarded; None when it is not to be shown."""
        if lib.pn_delivery_aborted(delivery):
            return None
        if self.shed:
            self.shed_count += 1
            return None
        size = lib.pn_delivery_pending(delivery)
        if discarded:
            return codec.unreadable(b"", f"the message has {discarded + size:,} bytes, more than can be kept")
        if size <= _BUFFER:
            size = lib.pn_link_recv(self._pointer, self._space, size)
            data = bytes(self._view[: max(0, size)])
        else:
            large = bytearray(size)
            size = lib.pn_link_recv(self._pointer, ffi.from_buffer(large), size)
            data = bytes(memoryview(large)[: max(0, size)])
        try:
            return self._decoded(data)
        except CodecError as error:
            return codec.unreadable(data, str(error))

    def _decoded(self, data: bytes) -> AmqpMessage:
        message = codec.decode(data)
        return self._with_offset(message, data) if self.source.is_stream else message

    def _with_offset(self, message: AmqpMessage, data: bytes) -> AmqpMessage:
        """Return a stream's message with its offset as a property."""
        offset = codec.annotation(data, OFFSET)
        if not isinstance(offset, int):
            return message
        self.offset = offset
        return codec.AmqpMessage(message.body, message.kind, {**message.properties, OFFSET: offset}, *message[3:])


class _PartialMessage:
    """A message of which only a part has come: its time for the rest, and what is discarded when it is too large."""

    def __init__(self, loop: Loop, session: LinkSession, link: Pointer, buffer: Pointer) -> None:
        self._loop, self._session, self._link, self._buffer = loop, session, link, buffer
        self._discarded = 0
        self._began = 0.0
        self._timer: Timer | None = None

    def grow(self, delivery: Pointer) -> None:
        """Handle another part; heartbeats and other links go on meanwhile."""
        if self._discarded or lib.pn_delivery_pending(delivery) > MAX_MESSAGE:
            self._discard(delivery)
        if self._discarded > MAX_DISCARDED:
            self._session.overrun()
        elif self._timer is None:
            self._began = self._loop.now()
            self._timer = self._loop.later(UNFINISHED_S, self._check)

    def finish(self) -> int:
        """Stop waiting: the message is complete, or the link is gone. Return how many bytes were discarded."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        discarded, self._discarded = self._discarded, 0
        return discarded

    def _discard(self, delivery: Pointer) -> None:
        while lib.pn_delivery_pending(delivery) > 0:
            count = lib.pn_link_recv(self._link, self._buffer, _BUFFER)
            if count <= 0:
                return
            self._discarded += count

    def _check(self) -> None:
        received = self._discarded + lib.pn_delivery_pending(lib.pn_link_current(self._link))
        left = self._began + UNFINISHED_S + received / SLOWEST - self._loop.now()
        if left > 0:
            self._timer = self._loop.later(left, self._check)
        else:
            self._timer = None
            self._session.unfinished()
