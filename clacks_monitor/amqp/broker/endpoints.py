"""What one client may do: open, attach to exchanges, queues and services, and go.

Owner: one Peer. Thread: the broker's.
"""

from __future__ import annotations

import logging
import platform
from typing import TYPE_CHECKING, Final

from proton import Condition, Endpoint, Event, PropertyDict, SymbolList, Terminus, symbol

from clacks_monitor.amqp.broker.attach import attach_receiver, attach_sender
from clacks_monitor.amqp.broker.errors import INTERNAL_ERROR, LinkError
from clacks_monitor.amqp.broker.links import Incoming, Outgoing

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Connection, Link, Session

    from clacks_monitor.amqp.broker.nodes import Nodes
    from clacks_monitor.amqp.broker.peer import Peer
    from clacks_monitor.amqp.broker.settings import BrokerSettings

log = logging.getLogger(__name__)

CAPABILITIES: Final = ("ANONYMOUS-RELAY", "DELAYED_DELIVERY", "SHARED-SUBS")


class ClientEndpoints:
    """The links of one client."""

    def __init__(self, peer: Peer, nodes: Nodes, settings: BrokerSettings, container_id: str) -> None:
        self._peer = peer
        self._nodes = nodes
        self._settings = settings
        self._container_id = container_id
        self._incoming: dict[Link, Incoming] = {}
        self._outgoing: dict[Link, Outgoing] = {}
        self._ready: dict[Outgoing, None] = {}
        self._handlers: dict[object, Callable[[Event], None]] = {
            Event.DELIVERY: self._on_delivery,
            Event.LINK_FLOW: self._on_flow,
            Event.CONNECTION_REMOTE_OPEN: self._on_open,
            Event.CONNECTION_REMOTE_CLOSE: self._on_close,
            Event.SESSION_REMOTE_OPEN: lambda event: event.session.open(),
            Event.SESSION_REMOTE_CLOSE: self._on_session_close,
            Event.LINK_REMOTE_OPEN: self._on_attach,
            Event.LINK_REMOTE_CLOSE: self._on_link_close,
            Event.LINK_REMOTE_DETACH: self._on_link_detach,
        }

    @property
    def user(self) -> str:
        """Who logged in; "" for nobody in particular."""
        return "" if self._peer.user == "anonymous" else self._peer.user

    def handle(self, event: Event) -> None:
        """Do what an event of proton's engine asks for."""
        handler = self._handlers.get(event.type)
        if handler is not None:
            handler(event)

    def pump(self) -> None:
        """Send what waits."""
        ready, self._ready = self._ready, {}
        for outgoing in ready:
            if outgoing.pump():
                self._ready[outgoing] = None

    def gone(self) -> None:
        """Close every link without a word: there is nobody to say it to."""
        self._ready.clear()
        self._incoming.clear()
        outgoing, self._outgoing = self._outgoing, {}
        for link in outgoing.values():
            link.close()

    # -- messages -----------------------------------------------------------------------------------------------

    def _on_delivery(self, event: Event) -> None:
        link = event.link
        if link.is_receiver:
            incoming = self._incoming.get(link)
            if incoming is not None:
                try:
                    incoming.readable()
                except LinkError as error:
                    self._incoming.pop(link)
                    self._end(link, error)
        else:
            outgoing = self._outgoing.get(link)
            if outgoing is not None:
                outgoing.updated(event.delivery)

    def _on_flow(self, event: Event) -> None:
        outgoing = self._outgoing.get(event.link)
        if outgoing is not None:
            outgoing.wake()

    def _wake(self, outgoing: Outgoing) -> None:
        self._ready[outgoing] = None
        self._peer.touch()

    # -- connection and sessions --------------------------------------------------------------------------------

    def _on_open(self, event: Event) -> None:
        connection: Connection = event.connection
        connection.container = self._container_id
        connection.offered_capabilities = SymbolList(CAPABILITIES)
        connection.properties = PropertyDict(
            {
                symbol("product"): self._settings.product,
                symbol("version"): self._settings.version,
                symbol("platform"): platform.system(),
                symbol("host"): platform.node(),
            }
        )
        connection.open()

    def _on_close(self, event: Event) -> None:
        event.connection.close()

    def _on_session_close(self, event: Event) -> None:
        session: Session = event.session
        for link in [link for link in (*self._incoming, *self._outgoing) if link.session == session]:
            self._forget(link)
        session.close()
        session.free()

    # -- links --------------------------------------------------------------------------------------------------

    def _on_attach(self, event: Event) -> None:
        link: Link = event.link
        if not link.state & Endpoint.LOCAL_UNINIT:
            return
        # What a client asks for it gets told, never an exception: a LinkError is the answer to an attach as well.
        try:
            if link.is_sender:
                self._outgoing[link] = outgoing = attach_sender(
                    link, self._nodes, container=event.connection.remote_container or "", wake=self._wake
                )
                link.open()
                outgoing.queue.add_consumer(outgoing)
            else:
                target = attach_receiver(link, self._nodes)
                link.open()
                self._incoming[link] = Incoming(link, target, self._nodes, self.user, self._settings.max_message)
        except LinkError as error:
            (link.source if link.is_sender else link.target).type = Terminus.UNSPECIFIED
            link.open()
            self._end(link, error)

    def _end(self, link: Link, error: LinkError) -> None:
        log.info("a link of %s was closed: %s: %s", self._peer.address, error.condition, error.description)
        link.condition = Condition(error.condition or INTERNAL_ERROR, error.description)
        link.close()

    def _on_link_close(self, event: Event) -> None:
        self._forget(event.link)
        if event.link.state & Endpoint.LOCAL_ACTIVE:
            event.link.close()
        event.link.free()

    def _on_link_detach(self, event: Event) -> None:
        # Nothing here outlives its link, so a detached link is a closed one.
        self._forget(event.link)
        event.link.detach()
        event.link.free()

    def _forget(self, link: Link) -> None:
        self._incoming.pop(link, None)
        outgoing = self._outgoing.pop(link, None)
        if outgoing is not None:
            self._ready.pop(outgoing, None)
            outgoing.close()
