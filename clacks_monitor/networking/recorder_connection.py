"""A recorder's connection: receives what the broker keeps for it, and accepts what was stored.

Thread: any may call its methods. The work is done on the connection's own thread, and so are the callbacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.networking.clock import SYSTEM_CLOCK, Clock
from clacks_monitor.networking.guarded_listener import GuardedListener
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.loop_thread import LoopThread

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusListener


class DurableReceiver(Protocol):
    """What receives on a connection: a link to a queue, or a session's topics."""

    def want(self, query: str, why_here: str, portable: PortableQuery) -> None:
        """Apply a filter from the next attach on."""

    def attach(self) -> None:
        """Receive from now on, over this and later connections."""

    def detach(self) -> None:
        """Receive no more; the broker keeps what was not accepted."""

    def accept(self, number: int) -> None:
        """Accept the deliveries up to this number; those of an earlier connection are delivered again."""


class RecorderWorker(Protocol):
    """What connects, on the connection's thread."""

    @property
    def durable(self) -> DurableReceiver | None:
        """What receives."""

    def connect(self) -> None:
        """Begin to connect."""

    def retry(self) -> None:
        """Connect or attach now, where something waits."""

    def close(self) -> None:
        """End the connection."""

    def after_turn(self) -> None:
        """Do what follows the events of one turn of the loop."""


class RecorderConnection:
    """Implements ``core.bus.DurableConnection``, where its methods are described.

    ``make`` returns what connects, and ``protocol`` names the thread. ``window`` is in deliveries.
    """

    def __init__(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        make: Callable[[Loop, GuardedListener], RecorderWorker],
        *,
        protocol: str,
        window: int,
        clock: Clock = SYSTEM_CLOCK,
    ) -> None:
        self.settings, self.window = settings, window
        status = ConnectionStatus(settings.id, settings.name, ConnectionState.CLOSED, clock.wall_ns())
        self._listener = GuardedListener(listener, status)
        self._loop = Loop(f"{protocol} {settings.name}", clock, self._after_turn)
        self._thread = LoopThread(self._loop)
        self._worker = make(self._loop, self._listener)

    @property
    def status(self) -> ConnectionStatus:
        """What is known about the connection now."""
        return self._listener.status

    def start(self) -> None:
        """Begin to connect; once. Returns at once."""
        self._thread.begin(self._worker.connect)

    def stop(self) -> list[threading.Thread]:
        """Ask for the end of the connection, without waiting; return its thread as long as it runs. Idempotent."""
        return self._thread.end(self._worker.close)

    def retry(self) -> None:
        """Connect or attach now instead of at ``status.retry_ns``; without effect where nothing waits."""
        self._loop.call(self._worker.retry)

    def subscribe(self, query: str, *, why_here: str = "", portable: PortableQuery = NOT_PORTABLE) -> None:
        """Say which events are wanted, before start()."""
        self._call(lambda receiver: receiver.want(query, why_here, portable))

    def attach(self) -> None:
        """Receive from what the broker keeps, over this and later connections."""
        self._call(lambda receiver: receiver.attach())

    def detach(self) -> None:
        """Receive no more: the broker keeps what was not accepted."""
        self._call(lambda receiver: receiver.detach())

    def accept(self, number: int) -> None:
        """Accept all deliveries up to this one."""
        self._call(lambda receiver: receiver.accept(number))

    def _call(self, action: Callable[[DurableReceiver], None]) -> None:
        if (receiver := self._worker.durable) is not None:
            self._loop.call(lambda: action(receiver))

    def _after_turn(self) -> None:
        self._worker.after_turn()
