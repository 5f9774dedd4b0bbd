"""What one client may do: open, attach to exchanges, queues and services, and close.

Owner: ``Peer``. Thread: the broker's.
"""

from __future__ import annotations

import logging
import platform
from typing import TYPE_CHECKING, Any, Final

from proton import Condition, Endpoint, Event, PropertyDict, Sender, SymbolList, Terminus, symbol

from clacks_monitor.amqp.pointers import pointer_of
from clacks_monitor.testbed.broker.errors import LinkError
from clacks_monitor.testbed.broker.links import IncomingLink, OutgoingLink
from clacks_monitor.testbed.broker.peer import address_of
from clacks_monitor.testbed.broker.routing import RoutingThread
from clacks_monitor.testbed.broker.rules import RULES

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Connection, Link, Receiver, Session

    from clacks_monitor.amqp.pointers import Pointer
    from clacks_monitor.networking.loop import Loop
    from clacks_monitor.testbed.broker.nodes import NodeRegistry
    from clacks_monitor.testbed.broker.peer import Peer
    from clacks_monitor.testbed.broker.settings import BrokerSettings

log = logging.getLogger(__name__)

FAILOVER: Final = "failover-server-list"


def _hosts(hosts: tuple[tuple[str, int], ...]) -> list[dict[symbol, str | int]]:
    return [{symbol("network-host"): host, symbol("port"): port} for host, port in hosts]


class ClientEndpoints:
    """The links of one client, by the address of the engine's link."""

    def __init__(
        self, peer: Peer, nodes: NodeRegistry, settings: BrokerSettings, container_id: str, loop: Loop
    ) -> None:
        self._peer = peer
        self._loop = loop
        self._nodes = nodes
        self._settings = settings
        self._rules = RULES[settings.kind]
        self._container_id = container_id
        self._incoming: dict[int, IncomingLink] = {}
        self._outgoing: dict[int, OutgoingLink] = {}
        self._links: dict[int, Link] = {}
        self._ready: dict[OutgoingLink, None] = {}
        # proton's Event declares that its parts may be missing; these kinds of event have theirs.
        self._handlers: dict[object, Callable[[Any], None]] = {
            Event.CONNECTION_REMOTE_OPEN: lambda event: self._on_open(event.connection),
            Event.CONNECTION_REMOTE_CLOSE: lambda event: event.connection.close(),
            Event.SESSION_REMOTE_OPEN: lambda event: event.session.open(),
            Event.SESSION_REMOTE_CLOSE: lambda event: self._on_session_close(event.session),
            Event.LINK_REMOTE_OPEN: lambda event: self._on_attach(event.link),
            Event.LINK_REMOTE_CLOSE: lambda event: self._on_detach(event.link),
            # Links are not resumed here, so a detached link is a closed one.
            Event.LINK_REMOTE_DETACH: lambda event: self._on_detach(event.link),
        }

    @property
    def user(self) -> str:
        """The user who logged in; "" for an anonymous one."""
        return "" if self._peer.user == "anonymous" else self._peer.user

    def handle(self, event: Event) -> None:
        """Handle one of the engine's rare events."""
        self._handlers[event.type](event)

    def pump(self) -> None:
        """Send what waits."""
        ready, self._ready = self._ready, {}
        for outgoing in ready:
            if outgoing.pump():
                self._ready[outgoing] = None

    def gone(self) -> None:
        """Close every link without an answer: the connection has ended."""
        self._ready.clear()
        for incoming in self._incoming.values():
            incoming.close()
        self._incoming.clear()
        self._links.clear()
        outgoing, self._outgoing = self._outgoing, {}
        for link in outgoing.values():
            link.close()
        self._rules.gone(self._nodes, self._peer.connection.remote_container or "")

    def delivery(self, link: int, delivery: Pointer) -> None:
        """Handle what a client publishes, or what it decided about a delivery."""
        if link in self._incoming:
            self._read(link)
            return
        outgoing = self._outgoing.get(link)
        if outgoing is not None:
            outgoing.updated(delivery)

    def _read(self, link: int) -> None:
        try:
            self._incoming[link].readable()
        except LinkError as error:
            self._incoming.pop(link).close()
            self._end(self._links[link], error)

    def flow(self, link: int) -> None:
        """Use new credit."""
        outgoing = self._outgoing.get(link)
        if outgoing is not None:
            outgoing.wake()

    def _wake(self, outgoing: OutgoingLink) -> None:
        self._ready[outgoing] = None
        self._peer.touch()

    def _on_open(self, connection: Connection) -> None:
        connection.container = self._container_id
        connection.offered_capabilities = SymbolList(list(self._rules.capabilities))
        connection.properties = PropertyDict(
            {
                symbol("product"): self._settings.shown_product,
                symbol("version"): self._settings.shown_version,
                symbol("platform"): platform.system(),
                symbol("host"): platform.node(),
                **({symbol(FAILOVER): _hosts(self._settings.failover)} if self._settings.failover else {}),
            }
        )
        if connection.transport is not None:
            # As Qpid does: who wants to hear from the broker so often must be heard of, too.
            connection.transport.idle_timeout = 2 * connection.transport.remote_idle_timeout
        connection.open()
        refusal = self._rules.refuse_open(connection)
        if refusal is not None:
            connection.condition = refusal
            connection.close()

    def _on_session_close(self, session: Session) -> None:
        for link in [link for link in self._links.values() if link.session == session]:
            self._forget(link)
        session.close()
        session.free()

    def _on_attach(self, link: Sender | Receiver) -> None:
        if not link.state & Endpoint.LOCAL_UNINIT:
            return
        key = address_of(pointer_of(link))
        self._links[key] = link
        try:
            if isinstance(link, Sender):
                container = self._peer.connection.remote_container or ""
                outgoing = self._rules.attach_sender(link, self._nodes, container=container, wake=self._wake)
                self._outgoing[key] = outgoing
                link.open()
                outgoing.begin()
            else:
                target = self._rules.attach_receiver(link, self._nodes)
                link.open()
                self._incoming[key] = IncomingLink(
                    link,
                    target,
                    self._nodes,
                    self.user,
                    self._settings.max_message,
                    self._peer.touch,
                    RoutingThread(self._loop, self._settings.preemption_s),
                    lambda: self._read(key),
                )
        except LinkError as error:
            if self._rules.ends_sessions:
                self._end(link, error)
                return
            # A refusal is an attach without a terminus, and then the detach with the reason.
            (link.source if link.is_sender else link.target).type = Terminus.UNSPECIFIED
            link.open()
            self._end(link, error)

    def _end(self, link: Link, error: LinkError) -> None:
        log.info("a link of %s was closed: %s: %s", self._peer.address, error.condition, error.description)
        ended = link.session if self._rules.ends_sessions else link
        if ended is link.session:
            for other in [other for other in self._links.values() if other.session == ended]:
                self._forget(other)
        ended.condition = Condition(error.condition, error.description)
        ended.close()

    def _on_detach(self, link: Link) -> None:
        self._forget(link)
        if link.state & Endpoint.LOCAL_ACTIVE:
            link.close()
        link.free()

    def _forget(self, link: Link) -> None:
        key = address_of(pointer_of(link))
        self._links.pop(key, None)
        incoming = self._incoming.pop(key, None)
        if incoming is not None:
            incoming.close()
        outgoing = self._outgoing.pop(key, None)
        if outgoing is not None:
            self._ready.pop(outgoing, None)
            outgoing.close()
