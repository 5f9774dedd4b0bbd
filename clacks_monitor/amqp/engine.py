"""proton's protocol engine for one connection: input is pushed in, events and output come out.

The engine's C functions are called directly where a message passes, because proton's Python objects cost more there
than the work itself; what happens once per link uses its Python classes.

Owner: ``Transport``. Thread: the connection's.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Collector, Connection, ProtonException
from proton import Transport as ProtonTransport

from clacks_monitor.amqp import failure, remote_properties
from clacks_monitor.amqp.dialects import refusals
from clacks_monitor.amqp.frame_check import MAX_ENDED, MAX_FRAME, MAX_SIDES
from clacks_monitor.amqp.pointers import Pointer, pointer_of
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SASL_HEADER: Final = b"AMQP\x03\x01\x00\x00"
SHORTEST_PAUSE_MS: Final = 100
"""The shortest idle timeout that a broker may ask for, in milliseconds: heartbeats must not keep a processor busy."""

SMALLEST_FRAME: Final = 512
"""The smallest limit for frames that AMQP 1.0 allows, in bytes."""


class EngineOwner(Protocol):
    """What the engine reports."""

    def abort(self, reason: Failure) -> None:
        """Close the socket: the broker does what it must not do."""

    def remote_opened(self) -> None:
        """Go on: the broker has opened the connection."""

    def remote_closed(self, reason: Failure) -> None:
        """Close as well: the broker has closed the connection or its session."""


class EngineStream:
    """The input and output of proton's transport, in bytes."""

    def __init__(self, transport: ProtonTransport) -> None:
        self._pointer = pointer_of(transport)

    @property
    def frames_sent(self) -> int:
        """How many frames the client has sent."""
        return int(lib.pn_transport_get_frames_output(self._pointer))

    @property
    def remote_idle_timeout_ms(self) -> int:
        """The idle timeout that the broker asks for, in milliseconds; 0 for none."""
        return int(lib.pn_transport_get_remote_idle_timeout(self._pointer))

    @property
    def takes_input(self) -> bool:
        """Whether there is still something to read."""
        return bool(lib.pn_transport_capacity(self._pointer) >= 0)

    @property
    def closed(self) -> bool:
        """Whether both directions are at their end."""
        return bool(lib.pn_transport_closed(self._pointer))

    def push(self, data: Pointer, size: int) -> int:
        """Give the engine input; return how many bytes it has taken, 0 or less when it takes no more."""
        return int(lib.pn_transport_push(self._pointer, data, size))

    def pending(self) -> int:
        """Return how many bytes are to be written; the engine also draws its conclusions from the last input here."""
        return int(lib.pn_transport_pending(self._pointer))

    def peek(self, buffer: Pointer, size: int) -> int:
        """Copy output to a buffer; return its length."""
        return int(lib.pn_transport_peek(self._pointer, buffer, size))

    def pop(self, size: int) -> None:
        """Drop output that has been written."""
        lib.pn_transport_pop(self._pointer, size)

    def end_input(self) -> None:
        """Tell the engine that nothing more will be read."""
        lib.pn_transport_close_tail(self._pointer)

    def end_output(self) -> None:
        """Tell the engine that nothing more can be written."""
        lib.pn_transport_close_head(self._pointer)

    def tick(self, now_s: float) -> float:
        """Serve heartbeats and the idle timeout; return when to do so again, 0 for never."""
        # The engine's clock is in milliseconds, and takes 0 for "not started".
        return float(lib.pn_transport_tick(self._pointer, int(now_s * 1000) + 1)) / 1000


class Engine:
    """The engine's objects: ``connection`` and ``transport`` are proton's, to be set up before ``start()``.

    ``stream`` has the input and output. ``failure`` is the first reason that was found for the connection's end.
    ``dispatching`` is whether an event is being handled, so that the engine must not be released; ``anonymous`` whether
    there is neither user nor certificate to log in with.
    """

    def __init__(self, host: str, owner: EngineOwner) -> None:
        self.connection = Connection()
        self.transport = ProtonTransport()
        self.stream = EngineStream(self.transport)
        self.failure: Failure | None = None
        self.dispatching = self.anonymous = False
        self._host, self._owner = host, owner
        self._collector = Collector()
        self.connection.collect(self._collector)
        self._events = pointer_of(self._collector)
        self._handlers: dict[int, Callable[[Pointer], None]] = {
            cproton.PN_CONNECTION_REMOTE_OPEN: self._on_open,
            cproton.PN_CONNECTION_REMOTE_CLOSE: self._on_close,
            cproton.PN_TRANSPORT_ERROR: self._on_error,
        }

    def start(self, handlers: Mapping[int, Callable[[Pointer], None]], received: bytes) -> None:
        """Open the connection; ``handlers`` get the events of links and deliveries.

        ``received`` is what the broker has already sent in answer to a SASL header: the engine's own header is left
        out then.
        """
        self._handlers |= handlers
        self.transport.max_frame_size = MAX_FRAME
        # FrameCheck finds sessions that were not requested.
        self.transport.channel_max = MAX_SIDES + MAX_ENDED
        self.transport.bind(self.connection)
        self.connection.open()
        if received:
            self.stream.pending()
            self.stream.pop(len(SASL_HEADER))
            self.stream.push(ffi.from_buffer(received), len(received))

    def release(self) -> None:
        """Free the engine's objects: they refer to each other, and each reconnect would leave some behind."""
        with contextlib.suppress(ProtonException):
            self.transport.unbind()
        self.connection.free()
        self._collector.release()

    def fail(self, reason: Failure | None) -> None:
        """Keep the first reason for the connection's end."""
        self.failure = self.failure or reason

    def dispatch(self) -> None:
        """Hand the events that have come up to their handlers."""
        events = self._events
        peek, kind_of, pop = lib.pn_collector_peek, lib.pn_event_type, lib.pn_collector_pop
        handlers = self._handlers
        self.dispatching = True
        try:
            while event := peek(events):
                handler = handlers.get(kind_of(event))
                if handler is not None:
                    handler(event)
                pop(events)
        finally:
            self.dispatching = False

    def _on_open(self, _event: Pointer) -> None:
        pause_ms = self.stream.remote_idle_timeout_ms
        frame = self.transport.remote_max_frame_size
        if 0 < pause_ms < SHORTEST_PAUSE_MS or 0 < frame < SMALLEST_FRAME:
            message = Message(
                "{0} requests a heartbeat every {1:g} ms and frames of {2} bytes.", self._host, pause_ms, frame
            )
            self._owner.abort(Failure(FailureKind.REFUSED, message))
        else:
            self._owner.remote_opened()

    def _on_close(self, _event: Pointer) -> None:
        condition = lib.pn_connection_remote_condition(pointer_of(self.connection))
        name, text = remote_properties.reason(condition)
        self._owner.remote_closed(refusals.of_condition(name, text, Message("{0} closed the connection", self._host)))

    def session_ended(self, reason: Failure) -> None:
        """Close as well: the broker has ended the session without which there is nothing to do."""
        self._owner.remote_closed(reason)

    def _on_error(self, _event: Pointer) -> None:
        condition = self.transport.condition
        if condition is not None:
            name, text = condition.name or "", condition.description or ""
            self.fail(failure.of_transport(name, text, self._host, anonymous=self.anonymous))
