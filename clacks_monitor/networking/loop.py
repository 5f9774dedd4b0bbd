"""An event loop: sockets, timers, and calls from other threads.

proton's Container is not used: it blocks while it resolves names, leaks descriptors on reconnect, stops serving at
descriptor 1024, and spends more time per message on dispatching than on the message. The engine below it (Connection,
Transport, Collector) only needs this module and ``transport``.

Owner: ``Connection``, or the embedded broker. Thread: its own, or that of run()'s caller; only call() and start() may
be called from others, and call() from a signal handler.
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
    from collections.abc import Callable, Iterator

    from clacks_monitor.networking.clock import Clock

READ: Final = selectors.EVENT_READ
WRITE: Final = selectors.EVENT_WRITE
log = logging.getLogger(__name__)
log.addFilter(LogLimit())


SWEEP_FROM: Final = 64
"""Number of timers from which on cancelled ones are removed before they are due."""


class HasDescriptor(Protocol):
    """A socket, or another stream that can be waited for."""

    def fileno(self) -> int:
        """Return the descriptor."""


class Channel(Protocol):
    """Handles what the loop reports of a socket."""

    def ready(self, mask: int) -> None:
        """Read or write: ``mask`` holds READ and WRITE."""

    def broken(self, error: Exception) -> None:
        """End it: serving it raised an unexpected error."""


class Timer:
    """A call at a later time; cancel() prevents it."""

    __slots__ = ("action", "due")

    def __init__(self, due: float, action: Callable[[], None]) -> None:
        self.due = due
        self.action: Callable[[], None] | None = action

    def cancel(self) -> None:
        """Do not call; a timer whose time has passed is left alone."""
        self.action = None


class TimerQueue:
    """Timers by their times, in seconds of one clock."""

    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Timer]] = []
        self._sweep_at = SWEEP_FROM
        self._numbers = itertools.count()

    def add(self, due: float, action: Callable[[], None]) -> Timer:
        """Add a timer."""
        if len(self._heap) >= self._sweep_at:
            self._sweep()
        timer = Timer(due, action)
        heapq.heappush(self._heap, (due, next(self._numbers), timer))
        return timer

    def next_due(self) -> float | None:
        """Return the time of the next timer, None when there is none."""
        while self._heap and self._heap[0][2].action is None:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def pop_due(self, now: float) -> Iterator[Callable[[], None]]:
        """Remove the timers that are due, one after the other, and return their actions."""
        while self._heap and self._heap[0][0] <= now:
            action = heapq.heappop(self._heap)[2].action
            if action is not None:
                yield action

    def _sweep(self) -> None:
        """Remove cancelled timers, in time proportional to the timers that were added since the last sweep."""
        self._heap = [entry for entry in self._heap if entry[2].action is not None]
        heapq.heapify(self._heap)
        self._sweep_at = max(SWEEP_FROM, 2 * len(self._heap))


class Loop:
    """A selector, timers, and a queue of calls from elsewhere.

    ``after`` is called at the end of each turn. An exception in a call, a timer or ``after`` is logged and goes no
    further: one bad callback must not end a connection that runs for months. After forget() a channel is not called any
    more, not even for what has already been selected. ``thread`` is the one that start() starts.
    """

    def __init__(self, name: str, clock: Clock, after: Callable[[], None]) -> None:
        self._clock = clock
        self._after = after
        self._selector = selectors.DefaultSelector()
        self._calls: deque[Callable[[], None]] = deque()
        self._timers = TimerQueue()
        # A signal handler may interrupt its own thread anywhere, and call.
        self._lock = threading.RLock()
        self._awake = self._stopping = self._closed = False
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.settimeout(0)
        self._wake_out.settimeout(0)
        self._selector.register(self._wake_out, READ)
        self.thread = threading.Thread(target=self.run, name=name, daemon=True)

    def start(self) -> None:
        """Start the thread; once."""
        self.thread.start()

    def run(self) -> None:
        """Serve until stop(), on the calling thread; once."""
        try:
            while not self._stopping:
                self._turn()
        finally:
            self.release()

    def call(self, action: Callable[[], None]) -> bool:
        """Call ``action`` on the loop's thread, in order; False when it will not be called: the loop has ended."""
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
        """Return the time of the timers' clock, in seconds."""
        return self._clock.monotonic()

    def later(self, seconds: float, action: Callable[[], None]) -> Timer:
        """Call ``action`` in ``seconds``; on the loop's thread only."""
        return self._timers.add(self._clock.monotonic() + seconds, action)

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
        """Do not serve the socket any more; the caller closes it."""
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(sock)

    def release(self) -> None:
        """Close the descriptors; for a loop that was not started, or by its own thread at its end."""
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
                self._woken()
                continue
            if key.fd not in served:
                continue  # another channel has ended it in this turn
            try:
                key.data.ready(mask)
            except Exception as error:
                log.exception("serving a connection failed")
                key.data.broken(error)
        for _ in range(len(self._calls)):
            self._guarded(self._calls.popleft())
        for action in self._timers.pop_due(self._clock.monotonic()):
            self._guarded(action)
        self._guarded(self._after)

    def _woken(self) -> None:
        with self._lock:
            with contextlib.suppress(BlockingIOError):
                self._wake_out.recv(4096)
            self._awake = False

    def _patience(self) -> float | None:
        if self._calls:
            return 0.0
        due = self._timers.next_due()
        return None if due is None else max(0.0, due - self._clock.monotonic())

    @staticmethod
    def _guarded(action: Callable[[], None]) -> None:
        try:
            action()
        except Exception:
            log.exception("a call on the connection's thread failed")


class OneTimer:
    """One call at a later time: another one replaces it."""

    def __init__(self, loop: Loop) -> None:
        self._loop = loop
        self._timer: Timer | None = None

    @property
    def waiting(self) -> bool:
        """Whether the call is still to come."""
        return self._timer is not None

    def set(self, seconds: float, action: Callable[[], object]) -> None:
        """Call ``action`` in ``seconds``, and nothing that was to be called before."""
        self.cancel()

        def call() -> None:
            self._timer = None
            action()

        self._timer = self._loop.later(seconds, call)

    def cancel(self) -> bool:
        """Call nothing; return whether something was to be called."""
        timer, self._timer = self._timer, None
        if timer is not None:
            timer.cancel()
        return timer is not None
