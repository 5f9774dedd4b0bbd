"""A clock that a test turns on, so that hours pass for a connection without anybody waiting."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from clacks_monitor.networking.clock import Clock

if TYPE_CHECKING:
    from clacks_monitor.amqp import Connection


class TurningClock:
    """The system's clocks and what they were turned on by. ``clock`` is for the connection."""

    def __init__(self) -> None:
        self._ahead_s = 0
        self.clock = Clock(
            lambda: time.time_ns() + self._ahead_s * 1_000_000_000,
            lambda: time.monotonic() + self._ahead_s,
            lambda: time.monotonic() + self._ahead_s,
        )

    def turn(self, seconds: int, connection: Connection) -> None:
        """Let time pass; the connection's timers that are due have rung when this returns."""
        self._ahead_s += seconds
        rung, loop = threading.Event(), connection._loop
        # Timers ring behind calls: what is called from a call comes behind them.

        def in_the_next_turn() -> None:
            loop.call(rung.set)

        loop.call(in_the_next_turn)
        assert rung.wait(20)
