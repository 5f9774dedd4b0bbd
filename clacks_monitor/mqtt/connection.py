"""A connection to a bus over MQTT.

Thread: any may call its methods. The work is done on the connection's own thread, and so are the callbacks, which must
be quick and must not wait for the connection.
"""

from __future__ import annotations

import itertools
import threading
import uuid
from typing import TYPE_CHECKING, Self

from clacks_monitor.core import delivery
from clacks_monitor.core.bus import BusCapabilities, BusError, NotConnected, NotPermitted
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus, with_source
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import Message
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.mqtt.dialects import target_of
from clacks_monitor.mqtt.mqtt_worker import MqttWorker
from clacks_monitor.mqtt.packet_stream import MAX_PAYLOAD
from clacks_monitor.mqtt.publications import READ_ONLY
from clacks_monitor.mqtt.wrapping import UnwrapError
from clacks_monitor.networking.attempts import CLOSED
from clacks_monitor.networking.clock import SYSTEM_CLOCK, Clock
from clacks_monitor.networking.guarded_listener import GuardedListener
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.loop_thread import LoopThread
from clacks_monitor.networking.reconnect import Backoff
from clacks_monitor.networking.sending import OutgoingEvent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from types import TracebackType

    from clacks_monitor.core.bus import BusListener
    from clacks_monitor.core.event import PropertyValue


def connect(
    settings: ConnectionSettings,
    listener: BusListener,
    *,
    password: Callable[[], str | None],
    receives: bool = True,
) -> MqttConnection:
    """Return a connection that is not started yet."""
    return MqttConnection(settings, listener, password=password, receives=receives)


class MqttConnection:
    """Implements ``core.bus.BusConnection``, where its methods are described."""

    def __init__(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        *,
        password: Callable[[], str | None],
        receives: bool = True,
        clock: Clock = SYSTEM_CLOCK,
        backoff: Backoff | None = None,
    ) -> None:
        self.settings = settings
        self.capabilities = BusCapabilities(filters=False, agent=False, queue_depth=False, moves=False)
        self._clock = clock
        status = ConnectionStatus(settings.id, settings.name, ConnectionState.CLOSED, clock.wall_ns())
        self._listener = GuardedListener(listener, status)
        self._tickets = itertools.count(1)
        self._lock = threading.Lock()
        self._prefix = uuid.uuid4().hex[:16]
        self._loop = Loop(f"mqtt {settings.name}", clock, self._after_turn)
        self._thread = LoopThread(self._loop)
        self._worker = MqttWorker(
            self._loop,
            settings,
            clock,
            backoff or Backoff(),
            self._listener,
            password=password,
            receives=receives,
        )
        if settings.subscription:
            self._worker.reception.want(settings.subscription)

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

    def close(self, timeout: float = 5.0) -> bool:
        """End the connection as stop() does; return whether it ended within ``timeout`` seconds. Idempotent."""
        return not wait_for(self.stop(), timeout)

    def retry(self) -> None:
        """Connect or subscribe now instead of at ``status.retry_ns``; without effect where nothing waits."""
        self._loop.call(self._worker.retry)

    def subscribe(
        self,
        query: str,
        *,
        why_here: str = "",
        can_be_here: bool = False,
        portable: PortableQuery = NOT_PORTABLE,
    ) -> None:
        """Change the filter, which is evaluated on arrival only."""
        del can_be_here, portable  # the port's, for brokers that evaluate filters
        self._loop.call(lambda: self._worker.reception.want(query, why_here))

    def move(self, settings: ConnectionSettings) -> None:
        """Subscribe to the topics of these settings, and send there, from the next connect on."""
        with self._lock:
            moved = self.settings = with_source(self.settings, settings)
            self._loop.call(lambda: self._worker.move(moved))

    def send(self, body: bytes, *, properties: Mapping[str, PropertyValue] | None = None) -> int:
        """Publish an event and return its ticket. The property ``topic`` says where to; the others travel with MQTT 5.

        Raises NotConnected after close(), and BusError for what cannot be published.
        """
        given = dict(properties or {})
        dialect = self._worker.dialect
        try:
            target = target_of(dialect, given)
            encoded = dialect.write(bytes(body))
        except UnwrapError as error:
            raise BusError(error.args[0]) from None
        except ValueError:
            topic = str(given.get(delivery.TOPIC, ""))
            raise BusError(Message("{0} is not a topic that can be sent to.", topic[:100])) from None
        if len(encoded) > MAX_PAYLOAD:
            raise BusError(Message("The event has {0:,} bytes, more than MQTT can carry.", len(encoded)))
        carried = {name: value for name, value in given.items() if name not in delivery.OWN}
        with self._lock:
            ticket = next(self._tickets)
            message_id = self.message_id(ticket)
            outgoing = OutgoingEvent(ticket, message_id, encoded, self._clock.wall_ns(), target, carried)
            if not self._loop.call(lambda: self._worker.outbound.send(outgoing)):
                raise NotConnected(CLOSED)
        return ticket

    def message_id(self, ticket: int) -> str:
        """Return the message id of the event with this ticket, to recognise it when it comes back."""
        return f"{self._prefix}-{ticket}"

    def call(
        self,
        method: str,
        *params: object,
        named: Mapping[str, object] | None = None,
        timeout: float = 10.0,
    ) -> object:
        """Raise NotPermitted or NotConnected: there is no agent on MQTT that could be called."""
        del params, named, timeout  # the port's, for buses with an agent
        if not self._loop.call(lambda: None):
            raise NotConnected(CLOSED)
        if self.settings.read_only:
            raise NotPermitted(READ_ONLY)
        raise NotConnected(Message("{0}: there is no agent on MQTT that could be called.", method))

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _after_turn(self) -> None:
        self._worker.after_turn()

    def __repr__(self) -> str:
        return f"<Connection {self.settings.name!r} {self.settings.url} {self.status.state.value}>"
