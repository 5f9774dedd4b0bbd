"""A recorder's connection: receives from a session that the broker keeps, and confirms what was stored.

Thread: any may call its methods. The work is done on the connection's own thread, and so are the callbacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.mqtt.login import DURABLE_WINDOW
from clacks_monitor.mqtt.mqtt_worker import MqttWorker
from clacks_monitor.networking.clock import SYSTEM_CLOCK, Clock
from clacks_monitor.networking.guarded_listener import GuardedListener
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.loop_thread import LoopThread
from clacks_monitor.networking.reconnect import RECORDER_BACKOFF, Backoff

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusListener
    from clacks_monitor.mqtt.durable_topics import DurableTopics


def connect_durably(
    settings: ConnectionSettings,
    listener: BusListener,
    *,
    password: Callable[[], str | None],
    owner: str,
) -> DurableMqttConnection:
    """Return a connection that is not started yet."""
    return DurableMqttConnection(settings, listener, password=password, owner=owner)


class DurableMqttConnection:
    """Implements ``core.bus.DurableConnection``, where its methods are described."""

    def __init__(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        *,
        password: Callable[[], str | None],
        owner: str,
        clock: Clock = SYSTEM_CLOCK,
        backoff: Backoff = RECORDER_BACKOFF,
    ) -> None:
        self.settings = settings
        self.window = DURABLE_WINDOW
        status = ConnectionStatus(settings.id, settings.name, ConnectionState.CLOSED, clock.wall_ns())
        self._listener = GuardedListener(listener, status)
        self._loop = Loop(f"mqtt {settings.name}", clock, self._after_turn)
        self._thread = LoopThread(self._loop)
        self._worker = MqttWorker(
            self._loop, settings, clock, backoff, self._listener, password=password, receives=True, owner=owner
        )

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
        """Connect or subscribe now instead of at ``status.retry_ns``; without effect where nothing waits."""
        self._loop.call(self._worker.retry)

    def subscribe(self, query: str, *, why_here: str = "", portable: PortableQuery = NOT_PORTABLE) -> None:
        """Say which events are wanted, before start(): all of it is evaluated on arrival."""
        del portable
        self._call(lambda topics: topics.want(query, why_here))

    def attach(self) -> None:
        """Take the session that is kept, over this and later connections."""
        self._call(lambda topics: topics.attach())

    def detach(self) -> None:
        """Receive no more: the session stays, and keeps what was not confirmed."""
        self._call(lambda topics: topics.detach())

    def accept(self, number: int) -> None:
        """Confirm all deliveries up to this one."""
        self._call(lambda topics: topics.deliveries.accept(number))

    def _call(self, action: Callable[[DurableTopics], None]) -> None:
        if (topics := self._worker.durable) is not None:
            self._loop.call(lambda: action(topics))

    def _after_turn(self) -> None:
        self._worker.after_turn()
