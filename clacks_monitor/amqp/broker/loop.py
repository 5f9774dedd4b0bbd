"""One thread, many sockets: waits for them, and for what other threads want done here.

Owner: the broker. Thread: the one that calls run(); only call_soon() and stop() may come from others, or from a
signal handler.
"""

from __future__ import annotations

import logging
import selectors
import socket
import time
from collections import deque
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


log = logging.getLogger(__name__)


class Channel(Protocol):
    """Something with a socket that the loop serves."""

    def ready(self, mask: int) -> None:
        """Read or write: ``mask`` has selectors.EVENT_READ and EVENT_WRITE."""

    def tick(self, now: float) -> float:
        """Do what is due; return when the next is due (monotonic seconds), 0 for never."""

    def broken(self, error: Exception) -> None:
        """End it: serving it raised what it should not have."""


class Loop:
    """A selector, the channels it serves, and a queue of calls from elsewhere."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._calls: deque[Callable[[], None]] = deque()
        self._deadlines: dict[Channel, float] = {}
        self._stopping = False
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_in.settimeout(0)
        self._wake_out.settimeout(0)
        self._selector.register(self._wake_out, selectors.EVENT_READ)

    def add(self, sock: socket.socket | int, channel: Channel, mask: int = selectors.EVENT_READ) -> None:
        """Serve a socket from now on."""
        self._selector.register(sock, mask, channel)
        self._deadlines[channel] = time.monotonic()

    def change(self, sock: socket.socket | int, channel: Channel, mask: int) -> None:
        """Wait for other things on the socket."""
        self._selector.modify(sock, mask, channel)

    def remove(self, sock: socket.socket | int, channel: Channel) -> None:
        """Serve a socket no more; closing it is the caller's."""
        self._selector.unregister(sock)
        self._deadlines.pop(channel, None)

    def tick_soon(self, channel: Channel) -> None:
        """Ask the channel again when it wants to be called: something about it changed."""
        self._deadlines[channel] = time.monotonic()

    def call_soon(self, call: Callable[[], None]) -> None:
        """Have ``call`` made on the loop's thread; from any thread."""
        self._calls.append(call)
        self.wake()

    def stop(self) -> None:
        """End run() soon; from any thread or a signal handler."""
        self._stopping = True
        self.wake()

    def wake(self) -> None:
        """Interrupt the waiting."""
        try:
            self._wake_in.send(b"\0")
        except (BlockingIOError, OSError):
            return  # it is full, so the loop will wake anyway, or closed, so there is nothing to wake

    def run(self, after: Callable[[], None], finished: Callable[[], bool]) -> None:
        """Serve until stop(), and then until ``finished``; ``after`` is called at the end of each round."""
        while not (self._stopping and finished()):
            for key, mask in self._selector.select(self._patience()):
                if key.data is None:
                    self._drain()
                elif key.data in self._deadlines:  # else another one ended it in this very round
                    self.guarded(key.data, key.data.ready, mask)
            for _ in range(len(self._calls)):
                self._calls.popleft()()
            after()

    @staticmethod
    def guarded(channel: Channel, call: Callable[..., None], *args: object) -> None:
        """Make a call for one channel; what it raises ends that channel and nothing else."""
        try:
            call(*args)
        except Exception as error:
            log.exception("serving a client failed")
            channel.broken(error)

    @property
    def stopping(self) -> bool:
        """Whether stop() was called."""
        return self._stopping

    def close(self) -> None:
        """Give the descriptors back."""
        self._selector.close()
        self._wake_in.close()
        self._wake_out.close()

    def _patience(self) -> float | None:
        """Return how long to wait for sockets, seconds; on the way, do what is due."""
        if self._calls:
            return 0
        now = time.monotonic()
        ticked = False
        for channel, due in list(self._deadlines.items()):
            if due and due <= now:
                ticked = True
                due = self._deadlines[channel] = channel.tick(now)  # noqa: PLW2901 - the new one counts below
                if channel not in self._deadlines:
                    continue
        waits = [due for due in self._deadlines.values() if due]
        if ticked:
            return 0  # what a tick wants to be written must not wait for the next
        if self._stopping:
            return 0.05
        return max(0.0, min(waits) - now) if waits else None

    def _drain(self) -> None:
        try:
            while self._wake_out.recv(4096):
                pass
        except BlockingIOError:
            return
