"""One thread that waits for sockets, for timers, and for what other threads want done: a connection's, or the broker's.

Why not proton's Container: it resolves names while holding everything up, leaks descriptors on reconnect, stops
serving at descriptor 1024, and spends more time per message on dispatching than on the message. The engine below it
(Connection, Transport, Collector) is used as it is; this and transport.py are all that it needs around it.

Owner: Connection, or the embedded broker. Thread: its own, or that of run()'s caller; only call() and start() may
come from others, and call() from a signal handler.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import logging
import selectors
import socket
import threading
from collections import deque
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.core.log_limit import LogLimit

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.clock import Clock

READ: Final = selectors.EVENT_READ
WRITE: Final = selectors.EVENT_WRITE
log = logging.getLogger(__name__)
log.addFilter(LogLimit())


SWEEP_FROM: Final = 64
"""Timers from which on those that were cancelled are looked for, instead of waiting until each would have been due."""


class HasDescriptor(Protocol):
    """A socket, or another stream that can be waited for."""

    def fileno(self) -> int:
        """Return the descriptor."""


class Channel(Protocol):
    """What the loop tells of a socket."""

    def ready(self, mask: int) -> None:
        """Read or write: ``mask`` holds READ and WRITE."""

    def broken(self, error: Exception) -> None:
        """End it: serving it raised what it should not have."""


class Timer:
    """Something to be done later; cancel() takes it back."""

    __slots__ = ("action", "due")

    def __init__(self, due: float, action: Callable[[], None]) -> None:
        self.due = due
        self.action: Callable[[], None] | None = action

    def cancel(self) -> None:
        """Do it never; a timer that has rung is left alone."""
        self.action = None


class Loop:
    """A selector, timers, and a queue of calls from elsewhere.

    ``after`` is called at the end of each turn in which something happened; an exception in a call, a timer or
    ``after`` is logged and goes no further: one bad callback must not end a connection that runs for months.
    After forget() a channel hears nothing more, not even of what has been waited for already. ``thread`` is the one
    that start() begins.
    """

    def __init__(self, name: str, clock: Clock, after: Callable[[], None]) -> None:
        self._clock = clock
        self._after = after
        self._selector = selectors.DefaultSelector()
        self._calls: deque[Callable[[], None]] = deque()
        self._timers: list[tuple[float, int, Timer]] = []
        self._sweep_at = SWEEP_FROM
        self._numbers = itertools.count()
        # A signal handler may interrupt its own thread anywhere, and call.
        self._lock = threading.RLock()
        self._awake = self._stopping = self._closed = False
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.settimeout(0)
        self._wake_out.settimeout(0)
        self._selector.register(self._wake_out, READ)
        self.thread = threading.Thread(target=self.run, name=name, daemon=True)

    def start(self) -> None:
        """Begin, on a thread of its own; once."""
        self.thread.start()

    def run(self) -> None:
        """Serve until stop(), on the calling thread; once."""
        try:
            while not self._stopping:
                self._turn()
        finally:
            self.release()

    def call(self, action: Callable[[], None]) -> bool:
        """Have ``action`` done on the loop's thread, in order; False when the loop has ended and it will not be."""
        with self._lock:
            if self._closed:
                return False
            self._calls.append(action)
            wake, self._awake = not self._awake, True
            if wake:
                with contextlib.suppress(BlockingIOError):
                    self._wake_in.send(b"\0")
        return True

    def now(self) -> float:
        """Return the time that timers go by, in seconds."""
        return self._clock.monotonic()

    def later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Have ``action`` done in ``seconds``; on the loop's thread only."""
        if len(self._timers) >= self._sweep_at:
            self._sweep()
        timer = Timer(self._clock.monotonic() + seconds, action)
        heapq.heappush(self._timers, (timer.due, next(self._numbers), timer))
        return timer

    def _sweep(self) -> None:
        """Let go of cancelled timers, in time proportional to the timers that were added since the last sweep."""
        self._timers = [entry for entry in self._timers if entry[2].action is not None]
        heapq.heapify(self._timers)
        self._sweep_at = max(SWEEP_FROM, 2 * len(self._timers))

    def stop(self) -> None:
        """End after this turn; on the loop's thread only."""
        self._stopping = True

    def serve(self, sock: HasDescriptor, channel: Channel, mask: int) -> None:
        """Wait for ``mask`` on the socket from now on."""
        if sock.fileno() in self._selector.get_map():
            self._selector.modify(sock, mask, channel)
        else:
            self._selector.register(sock, mask, channel)

    def forget(self, sock: HasDescriptor) -> None:
        """Serve the socket no more; closing it is the caller's."""
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(sock)

    def release(self) -> None:
        """Give the descriptors back; for a loop that was never started, or by its own thread at its end."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._calls.clear()
            self._selector.close()
            self._wake_in.close()
            self._wake_out.close()

    def _turn(self) -> None:
        served = self._selector.get_map()
        for key, mask in self._selector.select(self._patience()):
            if key.data is None:
                self._slept()
                continue
            if key.fd not in served:
                continue  # another one has ended it in this very turn
            try:
                key.data.ready(mask)
            except Exception as error:
                log.exception("serving a connection failed")
                key.data.broken(error)
        for _ in range(len(self._calls)):
            self._guarded(self._calls.popleft())
        self._ring()
        self._guarded(self._after)

    def _slept(self) -> None:
        with self._lock:
            with contextlib.suppress(BlockingIOError):
                self._wake_out.recv(4096)
            self._awake = False

    def _patience(self) -> float | None:
        while self._timers and self._timers[0][2].action is None:
            heapq.heappop(self._timers)
        if self._calls:
            return 0.0
        return max(0.0, self._timers[0][0] - self._clock.monotonic()) if self._timers else None

    def _ring(self) -> None:
        now = self._clock.monotonic()
        while self._timers and self._timers[0][0] <= now:
            action = heapq.heappop(self._timers)[2].action
            if action is not None:
                self._guarded(action)

    @staticmethod
    def _guarded(action: Callable[[], None]) -> None:
        try:
            action()
        except Exception:
            log.exception("a call on the connection's thread failed")
