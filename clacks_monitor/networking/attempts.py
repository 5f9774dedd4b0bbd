"""The attempts of a connection, the pauses between them, and its end: what does not depend on the protocol.

Owner: the worker of a connection. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.loop import OneTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.networking.batch import Batch
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.failure import Failure
    from clacks_monitor.networking.gap_tracker import GapTracker
    from clacks_monitor.networking.loop import Loop
    from clacks_monitor.networking.reconnect import Reconnect
    from clacks_monitor.networking.status import StatusReporter

CLOSED: Final = Message("The connection was closed.")


class SendingSide(Protocol):
    """What a connection sends."""

    def disconnected(self, reason: str) -> None:
        """Fail what waits, and refuse what comes: there is no connection."""

    def flush(self) -> None:
        """Report the outcomes so far."""


class Attempts:
    """Connects again after each failure, by ``connect``, until the connection is closed."""

    def __init__(
        self,
        loop: Loop,
        clock: Clock,
        *,
        batch: Batch,
        gaps: GapTracker,
        status: StatusReporter,
        reconnect: Reconnect,
        outbound: SendingSide,
        connect: Callable[[], None],
    ) -> None:
        self._loop, self._clock = loop, clock
        self._batch, self._gaps, self._status = batch, gaps, status
        self._reconnect, self._outbound, self._connect = reconnect, outbound, connect
        self._pause, self._opening = OneTimer(loop), OneTimer(loop)

    def begin(self) -> tuple[str, int]:
        """Report an attempt, and return the host whose turn it is."""
        self._pause.cancel()
        host, port = self._reconnect.host
        attempt = self._status.current.attempt + 1
        self._status.update(state=ConnectionState.CONNECTING, host=f"{host}:{port}", retry_ns=0, attempt=attempt)
        return host, port

    def expect_opening(self, seconds: float, timed_out: Callable[[], object]) -> None:
        """Call ``timed_out`` unless stop_waiting() is called before."""
        self._opening.set(seconds, timed_out)

    def stop_waiting(self) -> None:
        """Wait for nothing any more, neither for the broker nor for the next attempt."""
        self._pause.cancel()
        self._opening.cancel()

    def failed(self, reason: Failure, *, refused: bool) -> None:
        """Connect again after a pause; ``refused`` is whether the broker has said that it will not have it."""
        pause = self._reconnect.failed(reason)
        self._outbound.disconnected(reason.message)
        state = ConnectionState.REFUSED if refused else ConnectionState.LOST
        self._status.down(state, reason.message, self._clock.wall_ns() + int(pause * 1e9))
        self._pause.set(pause, self._connect)

    def try_now(self) -> bool:
        """Connect at once, where that waits to be tried again; return whether it did."""
        waited = self._pause.cancel()
        if waited:
            self._connect()
        return waited

    def end(self) -> None:
        """Report that the connection is closed, and end the loop."""
        self._outbound.disconnected(CLOSED)
        self._batch.flush()
        self._outbound.flush()
        self._gaps.end()
        self._status.down(ConnectionState.CLOSED, "")
        self._loop.stop()
