"""The session of a connection: makes its links, and passes the engine's events on to the owner of each link.

A broker opens no links to a monitor by itself. What looks like one is the late answer to a link that was closed before
it was answered, or an attack: a few are tolerated, more end the connection, because each costs memory and slows down
the next.

Owner: ``Transport``. Thread: the connection's.
"""

from __future__ import annotations

import itertools
import os
import uuid
from typing import TYPE_CHECKING, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Endpoint, Terminus

from clacks_monitor.amqp import remote_properties
from clacks_monitor.amqp.dialects import refusals
from clacks_monitor.amqp.frame_check import MAX_FRAME
from clacks_monitor.amqp.further_sessions import FurtherSessions
from clacks_monitor.amqp.pointers import Pointer, pointer_of
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.round_trips import RoundTrips

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from proton import Link, Receiver, Sender

    from clacks_monitor.amqp.answer import ManagementNode
    from clacks_monitor.amqp.engine import Engine
    from clacks_monitor.amqp.frame_check import FrameCheck
    from clacks_monitor.amqp.further_sessions import Side
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.clock import Clock

MAX_UNREQUESTED: Final = 16
"""How many links may be open that this side has not asked for."""

MAX_QUERY: Final = 65_535
"""Bytes of a query that a Qpid broker can bind: it has 16 bits for the length."""

ATTACH_OVERHEAD: Final = 1024
"""Bytes of an attach besides its query; names are long."""


class Container:
    """The AMQP container of one connection, over all its reconnections.

    Its ``id`` is one that no other monitor, process or connection has: two with the same id would share one queue.
    Recorders give the same ``container_id`` for that very reason.
    """

    def __init__(self, settings: ConnectionSettings, container_id: str = "") -> None:
        self.id = container_id or f"clacks-monitor-{os.getpid()}-{settings.id[:8]}-{uuid.uuid4().hex[:12]}"
        self._numbers = itertools.count(1)

    def link_name(self) -> str:
        """Return a name that no other link has had.

        Without "/": Qpid names the queue of responses after the link, and takes such an address for exchange and key.
        """
        return f"{self.id}.{next(self._numbers)}"


class LinkOwner(Protocol):
    """What a link reports: exactly one of attached() and detached() first; detached() at most once, and last."""

    def attached(self) -> None:
        """Go on: the peer has agreed to the link."""

    def detached(self, reason: Failure) -> None:
        """Forget the link: the peer has refused or ended it."""

    def flow(self) -> None:
        """Use the link's credit, which has changed."""

    def delivery(self, pointer: Pointer) -> None:
        """Handle a delivery (pn_delivery_t) that has arrived, grown, or been settled."""


class LinkSession:
    """The links of one connection by their names, and their owners.

    ``is_open`` is whether the broker has opened the connection and neither side is closing it. ``host`` is named in
    reasons; ``check`` counts the links that are made; ``abort`` ends the connection. ``details`` is what the broker's
    management says: a name, which may be a Message, and a value; it becomes a part of ``core.peer.PeerFacts``.
    ``links`` are those that are attached or being attached, not to be changed elsewhere.
    ``further`` are the sessions besides this one.
    ``management`` takes requests to the broker's management node, where it has one.
    """

    def __init__(
        self,
        engine: Engine,
        container: Container,
        host: str,
        check: FrameCheck,
        abort: Callable[[Failure], None],
        clock: Clock,
    ) -> None:
        self.is_open = False
        self.details: dict[str, str] = {}
        self.management: ManagementNode | None = None
        self.round_trips = RoundTrips(clock)
        self.container_id = container.id
        self._engine, self._container, self._host, self._check, self._abort = engine, container, host, check, abort
        self._session = engine.connection.session()
        self.links: dict[int, tuple[Link, LinkOwner]] = {}
        self.further = FurtherSessions(engine, check, host, self._session)
        self._side_of: dict[int, Side] = {}
        self._unrequested = 0
        self.handlers: Mapping[int, Callable[[Pointer], None]] = {
            cproton.PN_SESSION_REMOTE_CLOSE: self.further.on_end,
            cproton.PN_LINK_REMOTE_OPEN: self._on_attach,
            cproton.PN_LINK_REMOTE_CLOSE: self._on_detach,
            cproton.PN_LINK_REMOTE_DETACH: self._on_detach,
            cproton.PN_LINK_FLOW: self._on_flow,
            cproton.PN_DELIVERY: self._on_delivery,
        }

    def open(self) -> None:
        """Begin the session."""
        self._session.open()

    def receiver(self, owner: LinkOwner, name: str = "", side: Side | None = None) -> Receiver:
        """Return a new receiving link, in this session or in ``side``, to be set up and opened by its owner."""
        link = (self.further.session_of(side) or self._session).receiver(name or self._container.link_name())
        self._add(link, owner, side)
        return link

    def sender(self, owner: LinkOwner, name: str = "", side: Side | None = None) -> Sender:
        """Return a new sending link, in this session or in ``side``, to be set up and opened by its owner."""
        link = (self.further.session_of(side) or self._session).sender(name or self._container.link_name())
        self._add(link, owner, side)
        return link

    def _add(self, link: Link, owner: LinkOwner, side: Side | None) -> None:
        self._check.links += 1
        key = _key(pointer_of(link))
        if side is not None:
            self._side_of[key] = side
            side.joined(link)
        self.links[key] = (link, owner)
        self.round_trips.began(key)

    def drop(self, link: Link) -> LinkOwner | None:
        """Close a link, and return its owner, which is not notified of anything more; None if that was done before."""
        key = _key(pointer_of(link))
        self.round_trips.forget(key)
        _link, owner = self.links.pop(key, (None, None))
        if owner is not None:
            if not link.state & Endpoint.LOCAL_UNINIT:
                link.close()
            link.free()
        side = self._side_of.pop(key, None)
        if side is not None:
            side.left(link)
        return owner

    def clear(self) -> None:
        """Forget all links: the connection is gone."""
        self.is_open = False
        if self.management is not None:
            self.management.end()
        self.links.clear()
        self.further.clear()
        self._side_of.clear()

    @property
    def max_query_bytes(self) -> int:
        """How many bytes of a query can be sent to this broker: those of one frame; an attach cannot be split."""
        limit = self._engine.transport.remote_max_frame_size or MAX_FRAME
        return max(0, min(MAX_QUERY, limit - ATTACH_OVERHEAD))

    @property
    def outgoing_bytes(self) -> int:
        """How many bytes of messages wait to be written."""
        return int(self._session.outgoing_bytes)

    def overrun(self) -> None:
        """End the connection: the broker sends more, or larger, messages than it was asked for."""
        message = Message("{0} sends more than requested (credit or size of an answer).", self._host)
        self._abort(Failure(FailureKind.REFUSED, message))

    def unfinished(self) -> None:
        """End the connection: the broker began a message and does not finish it."""
        self._abort(Failure(FailureKind.NETWORK, Message("{0} did not finish sending an event.", self._host)))

    def _on_attach(self, event: Pointer) -> None:
        key = _key(lib.pn_event_link(event))
        self.round_trips.ended(key)
        link, owner = self.links.get(key, (None, None))
        if link is None or owner is None:
            self._unrequested += 1
            if self._unrequested > MAX_UNREQUESTED:
                self._abort(_unrequested(self._host))
        # A refused link is answered without a source or target, and a detach that says why comes next.
        elif _terminus(link).type != Terminus.UNSPECIFIED:
            owner.attached()

    def _on_detach(self, event: Pointer) -> None:
        pointer = lib.pn_event_link(event)
        link, owner = self.links.get(_key(pointer), (None, None))
        if link is None or owner is None:
            if _is_unrequested(pointer):
                self._unrequested -= 1
                lib.pn_link_free(pointer)
            return
        address = (link.target.address if link.is_sender else link.source.address) or "the link"
        refused = _terminus(link).type == Terminus.UNSPECIFIED
        what = (
            Message("{0} refused {1}", self._host, address)
            if refused
            else Message("{0} ended {1}", self._host, address)
        )
        name, text = remote_properties.reason(lib.pn_link_remote_condition(pointer))
        self.drop(link)
        owner.detached(refusals.of_condition(name, text, what))

    def _on_flow(self, event: Pointer) -> None:
        found = self.links.get(_key(lib.pn_event_link(event)))
        if found is not None:
            found[1].flow()

    def _on_delivery(self, event: Pointer) -> None:
        pointer = lib.pn_event_link(event)
        found = self.links.get(_key(pointer))
        if found is not None:
            found[1].delivery(lib.pn_event_delivery(event))
        # Late deliveries of a link that was closed here are freed with it; those of other links would pile up.
        elif _is_unrequested(pointer):
            self._abort(_unrequested(self._host))


def _unrequested(host: str) -> Failure:
    return Failure(
        FailureKind.REFUSED, Message("{0} opens links that were not requested; it is not an event broker.", host)
    )


def _terminus(link: Link) -> Terminus:
    return link.remote_target if link.is_sender else link.remote_source


def _is_unrequested(pointer: Pointer) -> bool:
    return bool(lib.pn_link_state(pointer) & cproton.PN_LOCAL_UNINIT)


def _key(pointer: Pointer) -> int:
    return int(ffi.cast("intptr_t", pointer))
