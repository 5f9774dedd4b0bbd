"""One client: its socket, TLS, SASL, and proton's engine for the AMQP behind them.

proton's Container is not used: it waits with select(), listens on IPv4 only, lets one bad socket end everything, and
spends more time on a message than the broker's own work takes. Its engine (Connection, Transport, Collector) does the
protocol.

Owner: the broker. Thread: the broker's.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import ssl
from typing import TYPE_CHECKING, Final, Protocol

from proton import Collector, Condition, Connection, Transport, TransportException

from clacks_monitor.amqp.broker.errors import CONNECTION_FORCED

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from proton import Event

    from clacks_monitor.amqp.broker.loop import Loop
    from clacks_monitor.amqp.broker.sasl import SaslServer

log = logging.getLogger(__name__)

_CHUNK: Final = 256 * 1024
_ROUNDS: Final = 8
"""How often one client may be written to before the others have their turn."""

HANDSHAKE_S: Final = 10.0
"""A client that has not opened its connection by then is dropped, seconds."""


class Endpoints(Protocol):
    """What is done with the AMQP events of one client."""

    def handle(self, event: Event) -> None:
        """Do what an event of proton's engine asks for."""

    def pump(self) -> None:
        """Send what waits, as far as credit and buffers allow."""

    def gone(self) -> None:
        """Forget the client: it has no connection any more."""


class Peer:
    """A client's connection, from accept to close."""

    def __init__(self, loop: Loop, sock: socket.socket, address: str, sasl: SaslServer) -> None:
        self._loop = loop
        self._sock = sock
        self._sasl: SaslServer | None = sasl
        self._outgoing = b""  # the handshake's bytes, before the engine has any
        self._mask = selectors.EVENT_READ
        self._dirty = False
        self._handshake_until = 0.0
        self._secured = not isinstance(sock, ssl.SSLSocket)
        self._endpoints: Endpoints | None = None
        self.address = address
        self.user = ""
        self.open = True
        self.connection = Connection()
        self._collector = Collector()
        self.connection.collect(self._collector)
        self._transport = Transport(Transport.SERVER)
        self._transport.max_frame_size = 64 * 1024
        self._transport.bind(self.connection)
        self.on_gone: Callable[[Peer], None] = lambda _peer: None

    def start(self, endpoints: Endpoints) -> None:
        """Begin to serve the client."""
        self._endpoints = endpoints
        self._loop.add(self._sock, self)

    # -- the loop's side ----------------------------------------------------------------------------------------

    def ready(self, mask: int) -> None:
        """Read what the client says and do it; writing is done in flush(), when all have been read."""
        if mask & selectors.EVENT_READ or not self._secured:
            self._read()
        self.touch()

    def tick(self, now: float) -> float:
        """Keep the client's idle timeout, and drop one that never gets to open its connection."""
        if self._handshake_until == 0.0:
            self._handshake_until = now + HANDSHAKE_S
        if self._sasl is not None:
            if now < self._handshake_until:
                return self._handshake_until
            self.drop("it never finished its handshake")
            return 0.0
        due: float = self._transport.tick(now)
        self.touch()
        return due

    def touch(self) -> None:
        """Say that there may be something to do or to send."""
        self._dirty = True

    def flush(self) -> None:
        """Handle events and send, until there is nothing more or the socket is full."""
        if not self._dirty or not self.open:
            return
        self._dirty = False
        for _ in range(_ROUNDS):
            self._process()
            if self._endpoints is not None and self.open:
                self._endpoints.pump()
            if not self._write() or not self.open:
                break
        else:
            self._dirty = True
            self._loop.wake()
        if self.open:
            self._wait()

    # -- both ways ----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        try:
            if not self._secured:
                self._secure()
            while self.open:
                data = self._sock.recv(_CHUNK if self._sasl else max(1, min(_CHUNK, self._capacity())))
                if not data:
                    self.drop("")
                    return
                self._take(data)
                if not isinstance(self._sock, ssl.SSLSocket) or not self._sock.pending():
                    return
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            return
        except OSError as error:
            self.drop(str(error))

    def _secure(self) -> None:
        if isinstance(self._sock, ssl.SSLSocket):
            self._sock.do_handshake()
            if self._sasl is not None:
                self._sasl.external = _common_name(self._sock)
        self._secured = True

    def _take(self, data: bytes) -> None:
        if self._sasl is not None:
            self._outgoing += self._sasl.feed(data)
            if self._sasl.failed:
                self._write()
                self.drop("it could not log in")
                return
            if not self._sasl.finished:
                return
            data = self._sasl.rest
            self.user = self._sasl.user or ""
            self._sasl = None
            self._loop.tick_soon(self)
        self._push(data)

    def _push(self, data: bytes) -> None:
        while data and self.open:
            capacity = self._capacity()
            if capacity <= 0:
                self._process()
                if self._capacity() <= 0:
                    return  # the engine has closed its ear: an error is on its way out
                continue
            try:
                self._transport.push(data[:capacity])
            except TransportException as error:
                self.drop(str(error))
            data = data[capacity:]

    def _capacity(self) -> int:
        try:
            return int(self._transport.capacity())
        except TransportException:
            return 0

    def _process(self) -> None:
        while self.open and (event := self._collector.peek()) is not None:
            if self._endpoints is not None:
                self._endpoints.handle(event)
            self._collector.pop()

    def _write(self) -> bool:
        """Send what is encoded; return whether something went out and there may be more."""
        sent = False
        try:
            while self._outgoing:
                self._outgoing = self._outgoing[self._sock.send(self._outgoing) :]
            while self._sasl is None and self.open and (pending := self._pending()) > 0:
                data = self._transport.peek(min(pending, _CHUNK))
                self._transport.pop(self._sock.send(data))
                sent = True
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            return False
        except OSError as error:
            self.drop(str(error))
            return False
        if self._transport.closed:
            self.drop("")
        return sent

    def _pending(self) -> int:
        try:
            return int(self._transport.pending())
        except TransportException:
            if self._transport.closed:
                self.drop("")
            return 0

    def _wait(self) -> None:
        reading = self._sasl is not None or self._capacity() > 0
        writing = bool(self._outgoing) or (self._sasl is None and self._pending() > 0)
        mask = (selectors.EVENT_READ if reading else 0) | (selectors.EVENT_WRITE if writing else 0)
        if self.open and mask != self._mask:
            self._mask = mask
            self._loop.change(self._sock, self, mask or selectors.EVENT_READ)

    # -- the end ------------------------------------------------------------------------------------------------

    def force(self, reason: str) -> None:
        """Close politely: the client is told why, and has its connection closed when that is written."""
        if self._sasl is not None:
            self.drop(reason)
            return
        self.connection.condition = Condition(CONNECTION_FORCED, reason)
        self.connection.close()
        self.touch()

    def drop(self, reason: str) -> None:
        """Close now; ``reason`` goes to the log, "" for an ordinary end."""
        if not self.open:
            return
        self.open = False
        if reason:
            log.info("the connection from %s was dropped: %s", self.address, reason)
        self._loop.remove(self._sock, self)
        with contextlib.suppress(OSError):
            self._sock.close()
        if self._endpoints is not None:
            self._endpoints.gone()
        self._endpoints = None
        with contextlib.suppress(TransportException):
            self._transport.unbind()
        self._collector.release()
        self.connection.free()
        self.on_gone(self)


def _common_name(sock: ssl.SSLSocket) -> str:
    certificate = sock.getpeercert() or {}
    subject = certificate.get("subject", ())
    names = [value for part in subject if isinstance(part, tuple) for key, value in part if key == "commonName"]
    return names[0] if names else ""
