"""One AMQP connection on one socket: bytes in, bytes out, and the engine's events to whom they concern.

The engine's C functions are called directly where a message passes (proton's Python objects cost more there than
the work itself); everything that happens once per link uses its Python classes.

Owner: the line. Thread: the connection's.
"""

from __future__ import annotations

import contextlib
import os
import ssl
import uuid
from typing import TYPE_CHECKING, Any, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import SASL, Collector, ProtonException, Transport
from proton import Connection as Engine

from clacks_monitor.amqp import failure, remote_properties, security
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.frame_check import MAX_FRAME, UNFINISHED_S, FrameCheck
from clacks_monitor.amqp.link_table import LinkTable
from clacks_monitor.amqp.loop import READ, WRITE
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    import socket

    from proton import Link, Receiver, Sender

    from clacks_monitor.amqp.clock import Clock
    from clacks_monitor.amqp.link_table import LinkOwner
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.core.connection import ConnectionSettings

CHUNK: Final = 128 * 1024
READS_PER_TURN: Final = 4
"""After that many chunks timers and commands get their turn, however fast the broker sends."""

GOODBYE_S: Final = 0.4
"""How long a broker may take to answer a goodbye: less than a program may take to end."""

SASL_HEADER: Final = b"AMQP\x03\x01\x00\x00"
SHORTEST_PAUSE_MS: Final = 100
"""What a broker may ask for as its idle timeout, milliseconds: sending heartbeats must not keep a processor busy."""

SMALLEST_FRAME: Final = 512
"""What AMQP 1.0 has as the smallest bound of frames."""

ATTACH_OVERHEAD: Final = 1024
"""What an attach takes besides its query, in bytes; names are long."""

_LATER: Final = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)
_Pointer = Any


class WireOwner(Protocol):
    """What a wire tells: opened() at most once, ended() exactly once, and last."""

    def opened(self) -> None:
        """Tell that the broker has opened the connection."""

    def ended(self, reason: Failure | None) -> None:
        """Tell that the socket is closed; None after close()."""


class Wire:
    """A connection in use.

    ``transport`` and ``engine`` are proton's; ``last_input_ns`` is wall clock; ``logging_in`` is whether proton has to
    log in, and, once it has ended, whether it ended before that was done.
    """

    def __init__(self, loop: Loop, clock: Clock, host: str, owner: WireOwner) -> None:
        self.engine = Engine()
        self.transport = Transport()
        self.last_input_ns = clock.wall_ns()
        self._loop, self._clock, self._host, self._owner = loop, clock, host, owner
        self._collector = Collector()
        self.engine.collect(self._collector)
        self._links = LinkTable(host)
        self._check = FrameCheck(host, clock)
        self._unfinished: Timer | None = None
        self._socket: socket.socket | None = None
        self._mask = 0
        self._secured = False
        self.logging_in = False
        self._timer: Timer | None = None
        self._reason: Failure | None = None
        self._opened = self._closing = self._dispatching = self._doomed = False
        self._buffer = bytearray(CHUNK)
        self._view = memoryview(self._buffer)
        self._pointer = ffi.from_buffer(self._buffer)
        self._handlers = {
            cproton.PN_CONNECTION_REMOTE_OPEN: self._on_open,
            cproton.PN_CONNECTION_REMOTE_CLOSE: self._on_close,
            cproton.PN_SESSION_REMOTE_CLOSE: self._on_session_close,
            cproton.PN_LINK_REMOTE_OPEN: self._on_attach,
            cproton.PN_LINK_REMOTE_CLOSE: self._links.on_detach,
            cproton.PN_LINK_REMOTE_DETACH: self._links.on_detach,
            cproton.PN_LINK_FLOW: self._links.on_flow,
            cproton.PN_DELIVERY: self._on_delivery,
            cproton.PN_TRANSPORT_ERROR: self._on_error,
        }

    def start(self, sock: socket.socket, heard: bytes = b"") -> None:
        """Speak AMQP on a connected socket; the engine must be set up (container id, login) before.

        ``heard`` is what the broker has said already, to a SASL header that was sent: the engine's own is left out.
        """
        self._socket = sock
        self._secured = isinstance(sock, ssl.SSLSocket)
        self.transport.max_frame_size = MAX_FRAME
        self.transport.channel_max = 0  # there is one session, and a peer gets no way to make others
        self.transport.bind(self.engine)
        self.engine.open()
        self._session = self.engine.session()
        self._session.open()
        if heard:
            engine = self.transport._impl  # noqa: SLF001 - see the module's text
            self._check.look(memoryview(heard), 0)
            lib.pn_transport_pending(engine)
            lib.pn_transport_pop(engine, len(SASL_HEADER))
            lib.pn_transport_push(engine, ffi.from_buffer(heard), len(heard))
        self.work()

    @property
    def is_open(self) -> bool:
        """Whether the broker has agreed, and neither side is closing."""
        return self._opened and not self._closing and self._socket is not None

    def receiver(self, name: str, owner: LinkOwner) -> Receiver:
        """Return a new receiving link, to be set up and opened by its owner."""
        link = self._session.receiver(name)
        self._check.links += 1
        self._links.add(link, owner)
        return link

    def sender(self, name: str, owner: LinkOwner) -> Sender:
        """Return a new sending link, to be set up and opened by its owner."""
        link = self._session.sender(name)
        self._check.links += 1
        self._links.add(link, owner)
        return link

    @property
    def attach_room(self) -> int:
        """How many bytes of a query fit into one frame to this broker; an attach cannot be split."""
        limit = self.transport.remote_max_frame_size or MAX_FRAME
        return max(0, min(limit, MAX_FRAME) - ATTACH_OVERHEAD)

    def outgoing_bytes(self) -> int:
        """Return how many bytes of messages wait to be written."""
        return int(self._session.outgoing_bytes)

    def close(self) -> None:
        """Say goodbye; ended() comes when the broker has answered, or after GOODBYE_S seconds."""
        if self._socket is None or self._closing:
            return
        self._closing = True
        self.engine.close()
        self._loop.later(GOODBYE_S, lambda: self.abort(None))
        self.work()

    def abort(self, reason: Failure | None) -> None:
        """Close the socket at once."""
        self._reason = self._reason or reason
        if self._dispatching:
            self._doomed = True  # the engine is not taken away from under its own event
        else:
            self._end()

    def broken(self, error: Exception) -> None:
        """End it: something raised what it should not have."""
        self.abort(
            Failure(FailureKind.NETWORK, Message("An internal error ended the connection: {0}.", one_line(repr(error))))
        )

    def ready(self, mask: int) -> None:
        """Read what has come; writing is work()'s."""
        if mask & READ:
            self._read()
        self.work()

    def _read(self) -> None:
        transport = self.transport._impl  # noqa: SLF001 - see the module's text
        for _ in range(READS_PER_TURN):
            if self._socket is None:
                return
            try:
                count = self._socket.recv_into(self._buffer)
            except _LATER:
                return
            except OSError as error:
                self._reason = self._reason or Failure(
                    FailureKind.NETWORK, Message("{0} hung up: {1}.", self._host, error.strerror)
                )
                count = 0
            if count == 0:
                # What was heard last may have been why: the engine says what it made of it when asked for output.
                lib.pn_transport_pending(transport)
                self._dispatch()
                lib.pn_transport_close_tail(transport)
                return
            self.last_input_ns = self._clock.wall_ns()
            allowed, why = self._check.look(self._view[:count], lib.pn_transport_get_frames_output(transport))
            if not self._push(transport, allowed) or why is not None:
                if why is not None:
                    self.abort(why)
                return
            self._watch_unfinished()
            if count < CHUNK and not self._secured:
                return
        if self._secured:
            # What TLS has decrypted already makes no socket readable.
            self._loop.later(0.0, lambda: self.ready(READ))

    def _push(self, transport: _Pointer, count: int) -> bool:
        """Give the engine what was read; returns whether it takes more.

        Each piece may hold what ends the connection: the engine is gone then, and would not bear the next.
        """
        done = 0
        while done < count and self._socket is not None:
            taken = lib.pn_transport_push(transport, self._pointer + done, count - done)
            if taken <= 0:
                return False
            done += taken
            self._dispatch()
        return True

    def _watch_unfinished(self) -> None:
        """Give a frame that has come in part some time: heartbeats cannot come in between."""
        frame = self._check.unfinished
        if frame is not None and self._unfinished is None and self._socket is not None:
            self._unfinished = self._loop.later(UNFINISHED_S, lambda: self._still_unfinished(frame))

    def _still_unfinished(self, frame: int) -> None:
        self._unfinished = None
        if self._check.unfinished == frame:
            self.abort(self._check.late())
        else:
            self._watch_unfinished()

    def work(self) -> None:
        """Do what the engine has to do: events, output, timers. Cheap when there is nothing."""
        if self._socket is None or self._dispatching:
            return
        transport = self.transport._impl  # noqa: SLF001 - see the module's text
        # The engine's clock is in milliseconds, and takes 0 for "not started".
        deadline = lib.pn_transport_tick(transport, int(self._clock.monotonic() * 1000) + 1)
        self._dispatch()
        self._write(transport)
        self._dispatch()
        if lib.pn_transport_closed(transport):
            self._end()
        else:
            self._arm(deadline)

    def _write(self, transport: _Pointer) -> None:
        blocked = False
        while self._socket is not None and not blocked:
            pending = lib.pn_transport_pending(transport)
            if pending <= 0:
                break
            size = lib.pn_transport_peek(transport, self._pointer, min(pending, CHUNK))
            try:
                sent = self._socket.send(self._view[:size])
            except _LATER:
                blocked, sent = True, 0
            except OSError as error:
                self._reason = self._reason or Failure(
                    FailureKind.NETWORK, Message("{0} hung up: {1}.", self._host, error.strerror)
                )
                lib.pn_transport_close_head(transport)
                lib.pn_transport_close_tail(transport)
                return
            lib.pn_transport_pop(transport, sent)
            self._dispatch()
        if self._socket is None:
            return
        mask = READ | (WRITE if blocked else 0)
        if lib.pn_transport_capacity(transport) < 0:
            mask &= ~READ
            if not blocked:
                # Nothing more can come, and all is written: the conversation is over.
                lib.pn_transport_close_head(transport)
                return
        if mask != self._mask:
            self._loop.serve(self._socket, self, mask)
            self._mask = mask

    def _arm(self, deadline: int) -> None:
        """Have the engine's next deadline served; one timer does, as long as it is not too late."""
        if deadline <= 0 or self._socket is None:
            return
        due = deadline / 1000
        if self._timer is not None and self._timer.action is not None and self._timer.due <= due:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._loop.later(due - self._clock.monotonic() + 0.001, self._ring)

    def _ring(self) -> None:
        self._timer = None
        self.work()

    def _dispatch(self) -> None:
        self._dispatching = True
        try:
            self._dispatch_events()
        finally:
            self._dispatching = False
        if self._doomed:
            self._end()

    def _dispatch_events(self) -> None:
        collector = self._collector._impl  # noqa: SLF001 - see the module's text
        peek, kind_of, pop = lib.pn_collector_peek, lib.pn_event_type, lib.pn_collector_pop
        handlers = self._handlers
        while event := peek(collector):
            handler = handlers.get(kind_of(event))
            if handler is not None:
                handler(event)
            pop(collector)

    def _on_open(self, _event: _Pointer) -> None:
        engine = self.transport._impl  # noqa: SLF001 - see the module's text
        pause_ms, frame = lib.pn_transport_get_remote_idle_timeout(engine), self.transport.remote_max_frame_size
        if 0 < pause_ms < SHORTEST_PAUSE_MS or 0 < frame < SMALLEST_FRAME:
            words = Message(
                "{0} asks for a heartbeat every {1:g} ms and frames of {2} bytes.", self._host, pause_ms, frame
            )
            self.abort(Failure(FailureKind.REFUSED, words))
            return
        self._opened = True
        self._owner.opened()

    def _on_close(self, _event: _Pointer) -> None:
        if not self._closing:
            engine = self.engine._impl  # noqa: SLF001 - see the module's text
            name, text = remote_properties.reason(lib.pn_connection_remote_condition(engine))
            self._reason = self._reason or failure.of_condition(
                name, text, Message("{0} closed the connection", self._host)
            )
        self._answer_goodbye()

    def _on_session_close(self, _event: _Pointer) -> None:
        if not self._closing:
            session = self._session._impl  # noqa: SLF001 - see the module's text
            name, text = remote_properties.reason(lib.pn_session_remote_condition(session))
            self._reason = self._reason or failure.of_condition(
                name, text, Message("{0} ended the session", self._host)
            )
            self._answer_goodbye()

    def _answer_goodbye(self) -> None:
        """Close as well; a broker that does not hang up then is not waited for."""
        self.engine.close()
        self._loop.later(GOODBYE_S, lambda: self.abort(None))

    def _on_attach(self, event: _Pointer) -> None:
        intrusion = self._links.on_attach(event)
        if intrusion is not None:
            self.abort(intrusion)

    def _on_delivery(self, event: _Pointer) -> None:
        intrusion = self._links.on_delivery(event)
        if intrusion is not None:
            self.abort(intrusion)

    def overrun(self) -> None:
        """End the connection: the broker sends more, or larger, messages than it was asked for."""
        words = Message("{0} sends more than it was asked for (credit, size of an answer).", self._host)
        self.abort(Failure(FailureKind.REFUSED, words))

    def unfinished(self) -> None:
        """End the connection: the broker began a message and does not finish it."""
        words = Message("{0} began an event and does not finish it.", self._host)
        self.abort(Failure(FailureKind.NETWORK, words))

    def drop(self, link: Link) -> None:
        """Close a link; its owner hears nothing more of it."""
        if self._socket is not None:
            self._links.drop(link)

    def _on_error(self, _event: _Pointer) -> None:
        condition = self.transport.condition
        if condition is not None and self._reason is None:
            self._reason = failure.of_transport(condition.name or "", condition.description or "", self._host)

    def _end(self) -> None:
        sock, self._socket = self._socket, None
        if sock is None:
            return
        for timer in (self._timer, self._unfinished):
            if timer is not None:
                timer.cancel()
        self.logging_in = self.logging_in and self.transport.sasl().outcome != SASL.OK
        self._loop.forget(sock)
        sock.close()
        self._links.clear()
        # The engine's parts hold each other; without this every reconnect would leave them behind.
        with contextlib.suppress(ProtonException):
            self.transport.unbind()
        self.engine.free()
        self._collector.release()
        reason = self._reason
        if reason is None and not self._closing:
            reason = Failure(FailureKind.NETWORK, Message("{0} hung up.", self._host))
        if reason is not None and self.logging_in and reason.kind is FailureKind.NETWORK:
            # Some brokers drop a client whose password is wrong before it has read that.
            reason = Failure(FailureKind.NETWORK, Message("{0} That was during the login: is it right?", reason.words))
        self._owner.ended(reason)


def container_id(settings: ConnectionSettings) -> str:
    """Return an id that no other monitor, process or connection has: two with the same would fight for one queue."""
    return f"clacks-monitor-{os.getpid()}-{settings.id[:8]}-{uuid.uuid4().hex[:12]}"


def prepare(
    wire: Wire, settings: ConnectionSettings, host: str, password: str | None, allowed: tuple[str, ...], container: str
) -> None:
    """Set up a wire before it starts: names, login, heartbeats."""
    wire.logging_in = bool(allowed)
    if allowed:
        security.restrict(wire.transport, settings, allowed)
    wire.engine.container = container
    wire.engine.hostname = host
    if settings.user and allowed:
        wire.engine.user = settings.user
        if password is not None:
            wire.engine.password = password
    if settings.idle_timeout_s > 0:
        wire.transport.idle_timeout = settings.idle_timeout_s
