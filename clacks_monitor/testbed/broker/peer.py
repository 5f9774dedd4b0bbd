"""One client: its socket, TLS, SASL, and proton's engine for AMQP.

proton's Container is not used: it waits with select(), listens on IPv4 only, ends when one socket fails, and spends
more time on a message than the broker's own work takes. Its engine (Connection, Transport, Collector) implements the
protocol; where messages pass, its C functions are called.

Owner: ``Broker``. Thread: the broker's.
"""

from __future__ import annotations

import contextlib
import logging
import selectors
import socket
import ssl
from typing import TYPE_CHECKING, Any, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Collector, Condition, Connection, Transport, TransportException

from clacks_monitor.amqp.pointers import Pointer, pointer_of
from clacks_monitor.testbed.broker.errors import CONNECTION_FORCED

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Event

    from clacks_monitor.networking.loop import Loop, Timer
    from clacks_monitor.testbed.broker.sasl import SaslServer

log = logging.getLogger(__name__)

CHUNK: Final = 256 * 1024
_BUFFER: Final = bytearray(CHUNK)
_VIEW: Final = memoryview(_BUFFER)
_START: Final = ffi.from_buffer(_BUFFER)
"""One buffer for all clients: the broker has one thread, and the buffer is free between two calls."""

MAX_FRAME: Final = 128 * 1024
"""Bytes of a frame, and so of an attach with its query; Qpid's broker sets no limit at all."""

_ROUNDS: Final = 8
"""How often one client is written to before the others have their turn."""

HANDSHAKE_S: Final = 10.0
"""Seconds after which a client that has not logged in is dropped."""

_UNKNOWN_S: Final = 1.0
"""Seconds until the idle timeout of a client is checked that has not announced one yet."""

_RARE: Final = frozenset(
    {
        cproton.PN_CONNECTION_REMOTE_OPEN, cproton.PN_CONNECTION_REMOTE_CLOSE, cproton.PN_SESSION_REMOTE_OPEN,
        cproton.PN_SESSION_REMOTE_CLOSE, cproton.PN_LINK_REMOTE_OPEN, cproton.PN_LINK_REMOTE_CLOSE,
        cproton.PN_LINK_REMOTE_DETACH,
    }
)  # fmt: skip


class Endpoints(Protocol):
    """Handles the AMQP events of one client."""

    def handle(self, event: Event) -> None:
        """Handle one of the engine's rare events: open, attach, close."""

    def flow(self, link: int) -> None:
        """Use the credit of the link of that address, which has changed."""

    def delivery(self, link: int, delivery: Pointer) -> None:
        """Handle a delivery on the link of that address that has arrived, or was settled."""

    def pump(self) -> None:
        """Send what waits, as far as credit and buffers allow."""

    def gone(self) -> None:
        """Forget the client: its connection has ended."""


class Peer:
    """A client's connection, from accept to close; ``gone`` is called at its end."""

    def __init__(
        self, loop: Loop, sock: socket.socket, address: str, sasl: SaslServer, gone: Callable[[Peer], None]
    ) -> None:
        self._loop = loop
        self._sock = sock
        self._sasl: SaslServer | None = sasl
        self._answer = b""  # the handshake's bytes, before the engine has any
        self._mask = selectors.EVENT_READ
        self._dirty = self._refused = False
        self._timer: Timer | None = None
        self._secured = not isinstance(sock, ssl.SSLSocket)
        self._endpoints: Endpoints | None = None
        self.address = address
        self.user = ""
        self.open = True
        self.connection = Connection()
        self._collector = Collector()
        self.connection.collect(self._collector)
        self._transport = Transport(Transport.SERVER)
        self._transport.max_frame_size = MAX_FRAME
        self._transport.bind(self.connection)
        self._engine = pointer_of(self._transport)
        self._events = pointer_of(self._collector)
        self._gone = gone

    def start(self, endpoints: Endpoints) -> None:
        """Begin to serve the client."""
        self._endpoints = endpoints
        self._loop.serve(self._sock, self, selectors.EVENT_READ)
        self._timer = self._loop.later(HANDSHAKE_S, self._tick)

    def ready(self, mask: int) -> None:
        """Read from the client; flush() handles events and writes, when all clients have been read."""
        if mask & selectors.EVENT_READ or not self._secured:
            self._read()
        self.touch()

    def _tick(self) -> None:
        """Apply the idle timeout, and drop a client that has not logged in."""
        if self._sasl is not None:
            self.drop("it did not finish its handshake")
            return
        now = self._loop.now()
        due: float = self._transport.tick(now)
        self.touch()
        # The engine knows no deadline before the client's open, which has its idle timeout.
        self._timer = self._loop.later(due - now if due else _UNKNOWN_S, self._tick)

    def broken(self, error: Exception) -> None:
        """Drop the client: serving it raised an unexpected error."""
        self.drop(f"an internal error: {error!r}")

    def touch(self) -> None:
        """Note that there may be something to do or to send."""
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
            self._loop.later(0.0, self.touch)
        if self.open:
            self._wait()

    def _read(self) -> None:
        try:
            if not self._secured:
                _shake_hands(self._sock, self._sasl)
                self._secured = True
            while self.open:
                count = self._sock.recv_into(_BUFFER)
                if not count:
                    self.drop("")
                    return
                if not self._refused:
                    self._receive(count)
                if not isinstance(self._sock, ssl.SSLSocket) or not self._sock.pending():
                    return
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            return
        except OSError as error:
            self.drop(str(error))

    def _receive(self, count: int) -> None:
        if self._sasl is not None:
            self._answer += self._sasl.feed(bytes(_VIEW[:count]))
            if self._sasl.failed:
                self._refuse()
                return
            if not self._sasl.finished:
                return
            rest = self._sasl.rest
            count = len(rest)
            _BUFFER[:count] = rest
            self.user = self._sasl.user or ""
            self._sasl = None
            if self._timer is not None:
                self._timer.cancel()
            self._tick()
        done = 0
        while done < count and self.open:
            taken = lib.pn_transport_push(self._engine, _START + done, count - done)
            if taken <= 0:
                return  # the engine accepts nothing more: it has an error to send
            done += taken
            self._process()

    def _process(self) -> None:
        collector, endpoints = self._events, self._endpoints
        while self.open and endpoints is not None and (event := lib.pn_collector_peek(collector)):
            kind = lib.pn_event_type(event)
            if kind == cproton.PN_DELIVERY:
                endpoints.delivery(address_of(lib.pn_event_link(event)), lib.pn_event_delivery(event))
            elif kind == cproton.PN_LINK_FLOW:
                endpoints.flow(address_of(lib.pn_event_link(event)))
            elif kind in _RARE and (wrapped := self._collector.peek()) is not None:
                endpoints.handle(wrapped)
            lib.pn_collector_pop(collector)

    def _write(self) -> bool:
        """Send what is encoded; return whether something was sent, so that there may be room for more."""
        sent = 0
        try:
            while self._answer:
                self._answer = self._answer[self._sock.send(self._answer) :]
            while self._sasl is None and lib.pn_transport_pending(self._engine) > 0:
                size = lib.pn_transport_peek(self._engine, _START, CHUNK)
                done = self._sock.send(_VIEW[:size])
                lib.pn_transport_pop(self._engine, done)
                sent += done
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError, BlockingIOError):
            return False
        except OSError as error:
            self.drop(str(error))
            return False
        # Either both sides have closed, or the engine wants nothing more of this client.
        finished = self._sasl is None and lib.pn_transport_pending(self._engine) < 0
        if finished or lib.pn_transport_closed(self._engine):
            self.drop("")
        return sent > 0

    def _wait(self) -> None:
        reading = self._sasl is not None or lib.pn_transport_capacity(self._engine) > 0
        writing = bool(self._answer) or (self._sasl is None and lib.pn_transport_pending(self._engine) > 0)
        mask = (selectors.EVENT_READ if reading else 0) | (selectors.EVENT_WRITE if writing else 0)
        if self.open and mask != self._mask:
            self._mask = mask
            self._loop.serve(self._sock, self, mask or selectors.EVENT_READ)

    def _refuse(self) -> None:
        """Send the refusal of the login, then wait for the client to close: closing first could lose the refusal."""
        self._write()
        log.info("the connection from %s is ended: it could not log in", self.address)
        self._refused = True
        with contextlib.suppress(OSError):
            self._sock.shutdown(socket.SHUT_WR)

    def force(self, reason: str) -> None:
        """Close with a reason for the client; its connection ends when that is written."""
        if self._sasl is not None:
            self.drop(reason)
            return
        self.connection.condition = Condition(CONNECTION_FORCED, reason)
        self.connection.close()
        self.touch()

    def drop(self, reason: str) -> None:
        """Close at once; ``reason`` is logged, "" for an ordinary end."""
        if not self.open:
            return
        self.open = False
        if reason:
            log.info("the connection from %s was dropped: %s", self.address, reason)
        self._loop.forget(self._sock)
        if self._timer is not None:
            self._timer.cancel()
        with contextlib.suppress(OSError):
            self._sock.close()
        if self._endpoints is not None:
            self._endpoints.gone()
        self._endpoints = None
        with contextlib.suppress(TransportException):
            self._transport.unbind()
        self._collector.release()
        self.connection.free()
        self._gone(self)


def address_of(pointer: Pointer) -> int:
    """Return the address of one of the engine's objects, which identifies it while it exists."""
    return int(ffi.cast("intptr_t", pointer))


def _shake_hands(sock: socket.socket, sasl: SaslServer | None) -> None:
    """Continue the TLS handshake; raises ssl.SSLWantReadError or ssl.SSLWantWriteError while it is not done."""
    if isinstance(sock, ssl.SSLSocket):
        sock.do_handshake()
        if sasl is not None:
            sasl.external = _common_name(sock)


def _common_name(sock: ssl.SSLSocket) -> str:
    certificate: Any = sock.getpeercert() or {}
    names = [value for part in certificate.get("subject", ()) for key, value in part if key == "commonName"]
    return str(names[0]) if names else ""
