"""The embedded broker: listens, and connects clients, nodes and services.

For demonstrations, tests and sites without a broker; it keeps nothing on disk and is not for production.
Owner: the command that runs it. Thread: the one that calls run(); stop() may be called from a signal handler.
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import ssl
import uuid
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.log_limit import LogLimit
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.loop import READ, Loop
from clacks_monitor.testbed.broker.agent import Agent
from clacks_monitor.testbed.broker.endpoints import ClientEndpoints
from clacks_monitor.testbed.broker.errors import BrokerError, ListenError
from clacks_monitor.testbed.broker.management import ADDRESS, Management
from clacks_monitor.testbed.broker.multicast import MulticastAddress
from clacks_monitor.testbed.broker.nodes import NodeRegistry
from clacks_monitor.testbed.broker.peer import Peer
from clacks_monitor.testbed.broker.rabbitmq.attach import NODE
from clacks_monitor.testbed.broker.rabbitmq.node import RabbitMQNode
from clacks_monitor.testbed.broker.rights import AllRights
from clacks_monitor.testbed.broker.sasl import SaslServer
from clacks_monitor.testbed.broker.settings import BrokerKind

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

    from clacks_monitor.testbed.broker.agent import Check
    from clacks_monitor.testbed.broker.rights import Rights
    from clacks_monitor.testbed.broker.settings import BrokerSettings, SelectionFactory, TlsFiles

log = logging.getLogger(__name__)
log.addFilter(LogLimit())
_EXHAUSTED: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""Errors of accept() after which the client still waits, so that the listener would fail again at once."""
PAUSE_S: Final = 1.0
"""Seconds without accepting clients when descriptors or memory have run out."""

CLOSE_TIMEOUT_S: Final = 0.4
"""Seconds that clients have to close when the broker stops, and its agent to finish a request."""


class Broker:
    """One listening broker with one XML exchange to begin with, named like the domain."""

    def __init__(
        self,
        settings: BrokerSettings,
        new_selection: SelectionFactory,
        check: Check | None = None,
        rights: Rights | None = None,
    ) -> None:
        """Listen; clients are served by run(). With ``check`` there is an agent. Raises ListenError."""
        self._settings = settings
        self._container_id = str(uuid.uuid4())
        self._tls = _tls_context(settings.tls) if settings.tls else None
        self._listener = _listen(settings)
        self._loop = Loop("broker", SYSTEM_CLOCK, self._after)
        self.nodes = NodeRegistry(lambda: new_selection(self._loop.call), settings.queue_bytes, rings=settings.rings)
        if settings.kind in {BrokerKind.QPID, BrokerKind.BROKER_J}:
            self.nodes.exchange(settings.domain)
        elif settings.kind is BrokerKind.RABBITMQ:
            self.nodes.services[NODE] = RabbitMQNode(self.nodes, settings.domain)
        elif settings.kind is BrokerKind.ARTEMIS:
            self.nodes.services[settings.domain] = MulticastAddress()
        for name in settings.queues:
            self.nodes.queue(name)
        self.nodes.services[ADDRESS] = Management(self.nodes)
        self._agent: Agent | None = None
        if check is not None:
            self._agent = Agent(settings.domain, self.nodes, check, rights or AllRights(), self._loop.call)
            self.nodes.services[self._agent.address] = self._agent
        self._peers: set[Peer] = set()
        self._stopping = self._refusing = False
        self._parent: _Ending | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """How a client reaches it."""
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        return f"{'amqps' if self._tls else 'amqp'}://{host}:{self.port}/{self._settings.domain}"

    def run(self) -> None:
        """Serve until stop()."""
        self._loop.serve(self._listener, self, READ)
        try:
            self._loop.run()
        finally:
            self.close()

    def stop(self) -> None:
        """Close the clients' connections and end run(); from any thread or a signal handler."""
        self._loop.call(self._shut_down)

    def _shut_down(self) -> None:
        if self._stopping:
            return
        self._stopping = True
        self._loop.forget(self._listener)
        for peer in list(self._peers):
            peer.force("The embedded broker is being stopped.")
        self._loop.later(CLOSE_TIMEOUT_S, self._loop.stop)

    def stop_at_end_of(self, stream: TextIO) -> None:
        """Stop at the end of ``stream``: a parent's pipe ends with the parent, even when that is killed."""
        self._parent = _Ending(self._loop, stream, self.stop)

    def close(self) -> None:
        """Release everything; run() does it at its end."""
        for peer in list(self._peers):
            peer.drop("")
        working = self._agent.stop() if self._agent is not None else []
        for name in list(self.nodes.exchanges):
            self.nodes.delete_exchange(name)
        wait_for(working, CLOSE_TIMEOUT_S)
        if self._listener.fileno() >= 0:
            self._listener.close()
            self._loop.release()

    def ready(self, _mask: int) -> None:
        """Accept a client, unless it is gone already or there are too many."""
        try:
            sock, address = self._listener.accept()
        except OSError as error:
            if error.errno in _EXHAUSTED:
                self._pause(error)
            return
        self._refusing = False
        sock.settimeout(0)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is not None:
            sock = self._tls.wrap_socket(sock, server_side=True, do_handshake_on_connect=False)
        sasl = SaslServer(self._settings.users, anonymous=self._settings.anonymous)
        peer = Peer(self._loop, sock, f"{address[0]}:{address[1]}", sasl, self._peers.discard)
        self._peers.add(peer)
        peer.start(ClientEndpoints(peer, self.nodes, self._settings, self._container_id, self._loop))

    def _pause(self, error: OSError) -> None:
        """Let clients wait until descriptors or memory are free: trying again at once would not end."""
        if not self._refusing:
            self._refusing = True
            log.warning("no more clients are taken until some have gone: %s", error.strerror)
        self._loop.forget(self._listener)
        self._loop.later(PAUSE_S, self._listen_again)

    def _listen_again(self) -> None:
        if not self._stopping:
            self._loop.serve(self._listener, self, READ)

    def broken(self, _error: Exception) -> None:
        """Go on: one client that cannot be accepted must not keep out the others."""

    def _after(self) -> None:
        for peer in list(self._peers):
            try:
                peer.flush()
            except Exception as error:
                log.exception("serving a client failed")
                peer.broken(error)
        if self._stopping and not self._peers:
            self._loop.stop()


class _Ending:
    """Waits for the end of a stream that is not read otherwise."""

    def __init__(self, loop: Loop, stream: TextIO, ended: Callable[[], None]) -> None:
        self._stream = stream
        self._loop = loop
        self._ended = ended
        loop.serve(stream, self, READ)

    def ready(self, _mask: int) -> None:
        """Read and drop; nothing to read is the end."""
        try:
            data = os.read(self._stream.fileno(), 4096)
        except OSError:
            data = b""
        if not data:
            self._loop.forget(self._stream)
            self._ended()

    def broken(self, _error: Exception) -> None:
        """Handle an error like the end of the stream."""
        self._ended()


def _listen(settings: BrokerSettings) -> socket.socket:
    where = f"{settings.host}:{settings.port}"
    try:
        family = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0][0]
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=128)
    except OSError as error:
        why = f"{error.strerror or error}."
        if error.errno == errno.EADDRINUSE:
            why = "another program listens there already; --listen takes another port."
        raise ListenError(f"The broker cannot listen on {where}: {why}") from error
    listener.settimeout(0)
    return listener


def _tls_context(files: TlsFiles) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(files.certificate, files.key)
        if files.client_ca:
            context.load_verify_locations(files.client_ca)
            context.verify_mode = ssl.CERT_REQUIRED if files.client_required else ssl.CERT_OPTIONAL
    except (OSError, ssl.SSLError) as error:
        files_named = ", ".join(dict.fromkeys(filter(None, (files.certificate, files.key, files.client_ca))))
        why = error.strerror or error
        raise BrokerError(f"The broker's certificate or key cannot be used ({files_named}): {why}.") from error
    return context
