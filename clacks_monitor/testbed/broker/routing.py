"""Routes a publisher's messages as a thread of a multi-threaded broker does: sometimes with bindings of a moment ago.

Qpid's broker has a thread for each processor. One that routes a message reads the bindings of the exchange first, then
puts the message into one queue after the other. Where it is preempted, other threads go on: they bind and unbind,
answer attaches and drain links. The embedded broker has one thread, so preemption is simulated, with a timer.

Owner: ``IncomingLink``. Thread: the broker's.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.networking.loop import Loop
    from clacks_monitor.testbed.broker.envelope import Envelope
    from clacks_monitor.testbed.broker.exchange import XmlExchange
    from clacks_monitor.testbed.broker.queues import Queue

ONE_IN: Final = 150
"""For how many messages a thread is preempted once, on average."""


class RoutingThread:
    """One simulated thread, preempted for at most ``longest_s`` seconds each time, at any point of its work."""

    def __init__(self, loop: Loop, longest_s: float) -> None:
        self._loop, self._longest_s = loop, longest_s
        self._random = random.Random()
        self._preempted = False

    def is_preempted(self) -> bool:
        """Return whether the thread stands still."""
        return self._preempted

    def is_preempted_now(self) -> bool:
        """Return whether the thread is to be preempted while it routes the next message."""
        return self._longest_s > 0 and self._random.randrange(ONE_IN) == 0

    def route(self, exchange: XmlExchange, envelope: Envelope, done: Callable[[list[Queue]], None]) -> None:
        """Route a message to the bindings of now, part of them later; ``done`` gets the queues that hold it up."""
        self._preempted = True
        exchange.received += 1
        bound = exchange.bound(envelope.subject)
        first = self._random.randint(0, len(bound))
        holding = exchange.deliver(envelope, bound[:first])

        def go_on() -> None:
            self._preempted = False
            done(holding + exchange.deliver(envelope, bound[first:]))

        self._loop.later(self._random.uniform(0, self._longest_s), go_on)
