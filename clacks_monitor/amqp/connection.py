"""A connection to a bus over AMQP.

Thread: any may call its methods. The work is done on the connection's own thread, and so are the callbacks, which must
be quick and must not wait for the connection.
"""

from __future__ import annotations

import itertools
import threading
import uuid
from concurrent.futures import Future
from typing import TYPE_CHECKING, Self

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.connection_worker import ConnectionWorker
from clacks_monitor.amqp.subscription import SubscriptionFilter
from clacks_monitor.core.bus import BusCapabilities, NotConnected, RpcTimeout
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus, with_source
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import Message
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
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

CONTENT_TYPE = "text/xml"


def connect(
    settings: ConnectionSettings,
    listener: BusListener,
    *,
    password: Callable[[], str | None],
    receives: bool = True,
) -> Connection:
    """Return a connection that is not started yet."""
    return Connection(settings, listener, password=password, receives=receives)


class Connection:
    """Implements ``core.bus.BusConnection``, where its methods are described.

    With ``read_only`` settings no sending link is attached: send() and call() are refused.
    """

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
        self.capabilities = BusCapabilities(agent=not settings.read_only)
        self._clock = clock
        status = ConnectionStatus(settings.id, settings.name, ConnectionState.CLOSED, clock.wall_ns())
        self._listener = GuardedListener(listener, status)
        self._tickets = itertools.count(1)
        self._lock = threading.Lock()
        self._prefix = uuid.uuid4().hex[:16]
        self._loop = Loop(f"amqp {settings.name}", clock, self._after_turn)
        self._thread = LoopThread(self._loop)
        self._worker = ConnectionWorker(
            self._loop,
            settings,
            clock,
            backoff or Backoff(),
            self._listener,
            password=password,
            receives=receives,
        )
        self._worker.reception.want(SubscriptionFilter(settings.subscription))

    @property
    def status(self) -> ConnectionStatus:
        """What is known about the connection now."""
        return self._listener.status

    def start(self) -> None:
        """Begin to connect; once. Returns at once."""
        self._thread.begin(self._worker.connect)

    def stop(self) -> list[threading.Thread]:
        """Ask for the end of the connection, without waiting; return its thread as long as it runs. Idempotent.

        Events that have not been sent, and calls that wait, end with an outcome that says so. The broker has
        ``transport.CLOSE_TIMEOUT_S`` seconds to answer the close.
        """
        return self._thread.end(self._worker.close)

    def close(self, timeout: float = 5.0) -> bool:
        """End the connection as stop() does; returns whether it ended within ``timeout`` seconds. Idempotent.

        From a callback it only asks for the end, and returns False.
        """
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
        """Change the subscription filter; "" asks for every event.

        Make before break: nothing that either filter matches is missed or delivered twice. Raises nothing: a refusal
        is reported as a status with its reason, and the filter in force stays (``status.subscription``).
        With ``why_here``, the reason, the broker is not sent the query. ``can_be_here`` is whether ``receive``
        evaluates the queries of ``status.asked_here``: a query that the broker refuses is then left to it.
        ``portable`` is the query for brokers that evaluate other languages.
        """
        wanted = SubscriptionFilter(query, why_here, can_be_here, portable)
        self._loop.call(lambda: self._worker.reception.want(wanted))

    def move(self, settings: ConnectionSettings) -> None:
        """Receive from the source of these settings, and send there, from now on; see BusConnection."""
        with self._lock:
            moved = self.settings = with_source(self.settings, settings)
            self._loop.call(lambda: self._worker.move(moved))

    def send(self, body: bytes, *, properties: Mapping[str, PropertyValue] | None = None) -> int:
        """Send an event; returns its ticket, by which ``sent`` reports the outcome. Order is kept.

        Raises CodecError for a property that AMQP cannot carry.
        """
        with self._lock:
            ticket = next(self._tickets)
            encoded = codec.encode(
                bytes(body),
                subject=self.settings.routing_key,
                content_type=CONTENT_TYPE,
                message_id=self.message_id(ticket),
                creation_ns=self._clock.wall_ns(),
                properties=properties,
            )
            outgoing = OutgoingEvent(ticket, self.message_id(ticket), encoded, self._clock.wall_ns())
            if not self._loop.call(lambda: self._worker.outbound.send(outgoing)):
                raise NotConnected(Message("The connection was closed."))
        return ticket

    def message_id(self, ticket: int) -> str:
        """Return the message id of the event with this ticket, to recognise it when it comes back."""
        return f"{self._prefix}-{ticket}"

    def call(
        self, method: str, *params: object, named: Mapping[str, object] | None = None, timeout: float = 10.0
    ) -> object:
        """Call a method of the agent, wait for its response (at most ``timeout`` seconds), and return the result.

        Parameters go by position, or all by name in ``named``; they must be values that JSON can express.
        Raises InvalidEvent, NotPermitted, NotConnected, RpcTimeout, or RpcError for any other answer that is an error.
        """
        if params and named:
            raise TypeError(f"{method}: parameters go by position or by name, not both.")
        parameters = dict(named) if named else list(params)
        future: Future[object] = Future()
        if not self._loop.call(lambda: self._worker.outbound.call(method, parameters, timeout, future)):
            raise NotConnected(Message("The connection was closed."))
        try:
            return future.result(timeout + 2.0)
        except RpcTimeout:
            raise
        except TimeoutError:
            future.cancel()
            raise RpcTimeout(Message("No answer to {0} within {1:g} s.", method, timeout)) from None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<Connection {self.settings.name!r} {self.settings.url} {self.status.state.value}>"

    def _after_turn(self) -> None:
        self._worker.after_turn()
