"""One AMQP connection on one socket: reads and writes, and drives proton's engine.

Owner: ``ConnectionWorker``, or a probe. Thread: the connection's.
"""

from __future__ import annotations

import ssl
from typing import TYPE_CHECKING, Final, Protocol

from cproton import ffi
from proton import SASL

from clacks_monitor.amqp import security
from clacks_monitor.amqp.engine import Engine
from clacks_monitor.amqp.frame_check import FrameCheck, FrameDeadline
from clacks_monitor.amqp.link_session import LinkSession
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import READ, WRITE
from clacks_monitor.networking.tls import no_certificate, wants_certificate

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.amqp.link_session import Container
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop, Timer

CHUNK: Final = 128 * 1024
READS_PER_TURN: Final = 4
"""How many chunks are read before timers and commands get their turn, however fast the broker sends."""

CLOSE_TIMEOUT_S: Final = 0.4
"""How long a broker may take to answer a close, in seconds: less than a program may take to end."""

SHORTEST_IDLE_S: Final = 2.0
"""The shortest idle timeout, in seconds: proton announces half of it, and RabbitMQ refuses less than one second."""

VHOST: Final = "vhost:"
"""What a host name in the open begins with that names a virtual host of RabbitMQ."""

_LATER: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


class TransportOwner(Protocol):
    """What a transport reports: opened() at most once, ended() exactly once, and last."""

    def opened(self) -> None:
        """Go on: the broker has opened the connection."""

    def ended(self, reason: Failure | None) -> None:
        """Forget the transport: the socket is closed. There is no reason after close()."""


class Transport:
    """A connection in use.

    ``engine`` is to be set up by ``prepare()`` before ``start()``, ``session`` has the links. ``last_input_ns`` is wall
    clock. ``tls_socket`` is the socket, where it uses TLS. ``logging_in`` is whether proton has to log in, and, once
    the transport has ended, whether it ended before that was done; ``has_certificate`` whether there is a client
    certificate.
    """

    def __init__(self, loop: Loop, clock: Clock, host: str, container: Container, owner: TransportOwner) -> None:
        self.last_input_ns = clock.wall_ns()
        self.logging_in = False
        self.has_certificate = self._has_read = False
        self._loop, self._clock, self._host, self._owner = loop, clock, host, owner
        self.engine = Engine(host, self)
        self.engine.connection.container, self.engine.connection.hostname = container.id, host
        self._check = FrameCheck(host, clock)
        self._deadline = FrameDeadline(loop, self._check, self.abort)
        self.session = LinkSession(self.engine, container, host, self._check, self.abort, clock)
        self._socket: socket.socket | None = None
        self._mask = 0
        self.tls_socket: ssl.SSLSocket | None = None
        self._wake_up = _WakeUp(loop, self.work)
        self._closing = self._doomed = self._was_open = False
        self._buffer = bytearray(CHUNK)
        self._view = memoryview(self._buffer)
        self._pointer = ffi.from_buffer(self._buffer)

    def start(self, sock: socket.socket, received: bytes = b"") -> None:
        """Speak AMQP on a connected socket; the engine must be set up (container id, login) before.

        ``received`` is what the broker has already sent in answer to a SASL header.
        """
        self._socket = sock
        self.tls_socket = sock if isinstance(sock, ssl.SSLSocket) else None
        if received:
            self._check.look(memoryview(received), 0)
        self.engine.start(self.session.handlers, received)
        self.session.open()
        self.work()

    def close(self) -> None:
        """Close the connection; ended() follows the broker's answer, or comes after CLOSE_TIMEOUT_S seconds."""
        if self._socket is None or self._closing:
            return
        self._closing, self.session.is_open = True, False
        self._close_engine()
        self.work()

    def abort(self, reason: Failure | None) -> None:
        """Close the socket at once."""
        self.engine.fail(reason)
        if self.engine.dispatching:
            self._doomed = True  # the engine must not be released while it handles an event
        else:
            self._end()

    def broken(self, error: Exception) -> None:
        """Close the socket: serving it raised an unexpected error."""
        self.abort(
            Failure(FailureKind.NETWORK, Message("Connection closed by an internal error: {0}.", one_line(repr(error))))
        )

    def ready(self, mask: int) -> None:
        """Read what has come; work() writes."""
        if mask & READ:
            self._read()
        self.work()

    def remote_opened(self) -> None:
        """Notify the owner that the broker has opened the connection."""
        self.session.is_open, self._was_open = not self._closing, True
        self._owner.opened()

    def remote_closed(self, reason: Failure) -> None:
        """Close as well; a broker that does not hang up then is not waited for."""
        if not self._closing:
            self.engine.fail(reason)
            self._close_engine()

    def has_read_all(self) -> bool:
        """Return whether something has come since the last call, and nothing more waited when it was read."""
        had, self._has_read = self._has_read, False
        return had

    def _close_engine(self) -> None:
        self.engine.connection.close()
        self._loop.later(CLOSE_TIMEOUT_S, lambda: self.abort(None))

    def _read(self) -> None:
        for number in range(READS_PER_TURN):
            if self._socket is None:
                return
            try:
                count = self._socket.recv_into(self._buffer)
            except _LATER:
                self._has_read = number > 0
                return
            except OSError as error:
                self.engine.fail(_hung_up(self._host, error))
                count = 0
            if not self._push(count) or (count < CHUNK and self.tls_socket is None):
                self._has_read = count > 0
                return
        if self.tls_socket is not None:
            # Bytes that TLS has already decrypted do not make the socket readable.
            self._loop.later(0.0, lambda: self.ready(READ))

    def _push(self, count: int) -> bool:
        """Give the engine what was read, or the end of the input; return whether it takes more.

        Each piece may end the connection: the engine is released then, and must not get the next.
        """
        stream, done = self.engine.stream, 0
        if count == 0:
            # The last input may be the reason: the engine draws its conclusions when it is asked for output.
            stream.pending()
            self._dispatch()
            stream.end_input()
            return False
        self.last_input_ns = self._clock.wall_ns()
        allowed, why = self._check.look(self._view[:count], stream.frames_sent)
        while done < allowed and self._socket is not None:
            taken = stream.push(self._pointer + done, allowed - done)
            if taken <= 0:
                break
            done += taken
            self._dispatch()
        if why is not None:
            self.abort(why)
        elif self._socket is not None:
            self._deadline.watch()
        return why is None and done == allowed

    def work(self) -> None:
        """Do what the engine has to do: events, output, timers. Cheap when there is nothing."""
        if self._socket is None or self.engine.dispatching:
            return
        due = self.engine.stream.tick(self._clock.monotonic())
        self._dispatch()
        self._write()
        self._dispatch()
        if self.engine.stream.closed:
            self._end()
        elif self._socket is not None:
            self._wake_up.schedule(due)

    def _write(self) -> None:
        stream, blocked = self.engine.stream, False
        while self._socket is not None and not blocked:
            pending = stream.pending()
            if pending <= 0:
                break
            size = stream.peek(self._pointer, min(pending, CHUNK))
            try:
                sent = self._socket.send(self._view[:size])
            except _LATER:
                blocked, sent = True, 0
            except OSError as error:
                self.engine.fail(_hung_up(self._host, error))
                stream.end_output()
                stream.end_input()
                return
            stream.pop(sent)
            self._dispatch()
        if self._socket is None:
            return
        mask = READ | (WRITE if blocked else 0)
        if not stream.takes_input:
            mask &= ~READ
            if not blocked:
                # Nothing more can come, and all is written: the connection is at its end.
                stream.end_output()
                return
        if mask != self._mask:
            self._loop.serve(self._socket, self, mask)
            self._mask = mask

    def _dispatch(self) -> None:
        self.engine.dispatch()
        if self._doomed:
            self._end()

    def _end(self) -> None:
        sock, self._socket = self._socket, None
        if sock is None:
            return
        self._wake_up.cancel()
        self._deadline.cancel()
        self.logging_in = self.logging_in and self.engine.transport.sasl().outcome != SASL.OK
        self._loop.forget(sock)
        sock.close()
        self.session.clear()
        asked_for = self.engine.connection.hostname or ""
        self.engine.release()
        reason = self.engine.failure
        if reason is None and not self._closing:
            reason = Failure(FailureKind.NETWORK, Message("Connection closed by {0}.", self._host))
        if reason is not None and self.logging_in and reason.kind is FailureKind.NETWORK:
            # Some brokers drop a client whose password is wrong before it has read the refusal.
            question = Message("{0} This was during the login: are user name and password correct?", reason.message)
            if self.tls_socket is not None and not self.has_certificate:
                question = Message("{0} Does the broker require a client certificate?", question)
            reason = Failure(FailureKind.NETWORK, question)
        elif reason is not None and not self._was_open and asked_for.startswith(VHOST):
            # RabbitMQ hangs up without a reason.
            vhost = asked_for.removeprefix(VHOST)
            text = Message("{0} Does the virtual host {1} exist, and may the user use it?", reason.message, vhost)
            reason = Failure(FailureKind.REFUSED, text, reason.condition)
        self._owner.ended(reason)


def prepare(transport: Transport, settings: ConnectionSettings, password: str | None, allowed: tuple[str, ...]) -> None:
    """Set up a transport before it starts: login with one of the ``allowed`` mechanisms, virtual host, heartbeats."""
    engine = transport.engine
    if settings.vhost:
        engine.connection.hostname = VHOST + settings.vhost
    transport.logging_in = bool(allowed)
    transport.has_certificate = settings.tls is not None and bool(settings.tls.certificate_file)
    engine.anonymous = not settings.user and not transport.has_certificate
    if allowed:
        security.restrict(engine.transport, settings, allowed)
    if settings.user and allowed:
        engine.connection.user = settings.user
        if password is not None:
            engine.connection.password = password
    if settings.idle_timeout_s > 0:
        engine.transport.idle_timeout = max(SHORTEST_IDLE_S, settings.idle_timeout_s)


def _hung_up(host: str, error: OSError) -> Failure:
    if wants_certificate(error):
        return no_certificate(host)
    return Failure(FailureKind.NETWORK, Message("Connection closed by {0}: {1}.", host, error.strerror))


class _WakeUp:
    """One timer for the engine's next deadline, which changes with each turn of the loop."""

    def __init__(self, loop: Loop, action: Callable[[], None]) -> None:
        self._loop, self._action = loop, action
        self._timer: Timer | None = None

    def schedule(self, due: float) -> None:
        """Call the action at that time, if that is not 0; a timer that is early enough is kept."""
        now, timer = self._loop.now(), self._timer
        if due <= 0 or (timer is not None and now < timer.due <= due):
            return
        self.cancel()
        self._timer = self._loop.later(due - now + 0.001, self._action)

    def cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
