"""The port of buses: the interface through which session, cli and api use connections of any protocol.

A ``BusDriver`` makes connections of one protocol; app.py chooses the drivers. A ``BusConnection`` reports to
one ``BusListener``. tests/contracts/test_bus.py checks every driver.

Threads: any may call a connection. It has a separate thread, on which it calls its listener and asks for the
password; both must be quick, and must not wait for the connection.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol, Self

from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping
    from types import TracebackType

    from clacks_monitor.core.connection import BusProtocol, ConnectionSettings, ConnectionStatus
    from clacks_monitor.core.event import Gap, PropertyValue, RawMessage
    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.core.sending import SendResult


class BusError(ConnectionError):
    """Base of the errors of connections. The text never contains a password."""


class NotConnected(BusError):  # the failures of sending have one name everywhere
    """The connection is down, or was lost before the response arrived."""


class NotPermitted(BusError, PermissionError):  # like its siblings
    """The broker or agent denies this user the operation, or the connection is read-only."""


class InvalidEvent(BusError, ValueError):  # like its siblings
    """The agent rejected the event as invalid by its schema, or as not an event."""


class RpcTimeout(BusError, TimeoutError):  # like its siblings
    """No answer came in time; whether the call was carried out is not known."""


class RpcError(BusError):
    """The agent responded with an error of another kind; ``error`` is that error, as decoded from JSON."""

    def __init__(self, text: str, error: object = None) -> None:
        super().__init__(text)
        self.error = error


@dataclass(frozen=True, slots=True)
class BusCapabilities:
    """The capabilities of a connection.

    ``filters`` says that a broker may be able to evaluate a subscription filter; ``agent`` that call() reaches an
    agent; ``queue_depth`` that a status may report how full the queue is; ``moves`` that move() takes effect at once.
    """

    filters: bool = True
    agent: bool = True
    queue_depth: bool = True
    moves: bool = True


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that the broker keeps until it is accepted.

    ``number`` counts the deliveries of a connection from 1 on, ``attachment`` how often it was attached to its queue.
    ``repeated`` is whether it may have been delivered in an earlier attachment: because the broker says so, or because
    it is one of so many first ones as may have been under way when that ended.
    """

    raw: RawMessage
    number: int
    attachment: int
    repeated: bool


class BusListener:
    """Receives a connection's reports, on its thread. The methods do nothing; override those that are needed.

    An exception in one of them is logged and suppressed.
    """

    def on_messages(self, messages: list[RawMessage]) -> None:
        """Handle what arrived, in order."""

    def on_deliveries(self, deliveries: list[Delivery]) -> None:
        """Handle what a durable subscription delivered, in order. It is delivered again unless it is accepted."""

    def on_status(self, status: ConnectionStatus) -> None:
        """Handle a change of the status."""

    def on_gap(self, gap: Gap) -> None:
        """Handle a time in which events could have been missed, when it is over."""

    def on_results(self, results: list[SendResult]) -> None:
        """Handle the outcomes of what was sent."""

    def on_peer(self, facts: PeerFacts) -> None:
        """Handle what is known of the peer: at most once a second while the connection is open, and at its end."""


class BusConnection(Protocol):
    """Connects, reconnects, receives, sends and calls, until close()."""

    @property
    def settings(self) -> ConnectionSettings:
        """The settings that it was made with, with the source that it was last moved to."""

    @property
    def capabilities(self) -> BusCapabilities:
        """Its capabilities."""

    @property
    def status(self) -> ConnectionStatus:
        """The current status of the connection."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def start(self) -> None:
        """Begin to connect; once. Returns at once."""

    def stop(self) -> list[threading.Thread]:
        """Ask for the end of the connection, without waiting; return its thread while it runs. Repeatable.

        Events not yet sent and pending calls end with an outcome that says so.
        """

    def close(self, timeout: float = 5.0) -> bool:
        """End the connection as stop() does; return whether it ended within ``timeout`` seconds. Repeatable."""

    def retry(self) -> None:
        """Connect or subscribe now instead of at ``status.retry_ns``; without effect where nothing waits."""

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
        arrives as a status whose reason says why, and the filter in force stays (``status.subscription``).
        With ``why_here`` the broker is not given the query: the text is the reason. ``can_be_here`` says that the
        listener evaluates what ``status.asked_here`` asks for: a query that the broker refuses is left to it.
        ``portable`` is the query for brokers that evaluate other languages.
        """

    def move(self, settings: ConnectionSettings) -> None:
        """Receive from the source of these settings, and send there (``connection.with_source``), from now on.

        Make before break: nothing is missed or delivered twice that either source has meanwhile. What was sent before
        still goes to the old one. Raises nothing: a refusal arrives as a status whose reason says why, and what is
        received stays as it is until the next connect. Without ``capabilities.moves`` all of it waits for that.
        """

    def send(self, body: bytes, *, properties: Mapping[str, PropertyValue] | None = None) -> int:
        """Send an event and return its ticket, by which on_results() reports the outcome. Order is kept.

        Raises NotConnected after close(), and BusError for a property that the protocol cannot carry.
        """

    def message_id(self, ticket: int) -> str:
        """Return the message id of the event with this ticket, by which it is recognised when it comes back."""

    def call(
        self, method: str, *params: object, named: Mapping[str, object] | None = None, timeout: float = 10.0
    ) -> object:
        """Call a method of the agent, wait for its answer (at most ``timeout`` seconds), and return the result.

        Parameters go by position, or all by name in ``named``; they must be values that JSON knows.
        Raises InvalidEvent, NotPermitted, NotConnected, RpcTimeout, or RpcError for any other answer that is an error.
        """


class DurableConnection(Protocol):
    """Connects and reconnects until close(); receives what a queue holds that the broker keeps while nothing receives.

    Its listener gets on_deliveries() instead of on_messages(), after attach().
    """

    @property
    def settings(self) -> ConnectionSettings:
        """The settings that it was made with."""

    @property
    def window(self) -> int:
        """How many deliveries wait to be accepted at most."""

    @property
    def status(self) -> ConnectionStatus:
        """The current status of the connection; ``subscribed`` is whether it is attached to its queue."""

    def start(self) -> None:
        """Begin to connect; once. Returns at once."""

    def stop(self) -> list[threading.Thread]:
        """Ask for the end of the connection, without waiting; return its thread while it runs. Repeatable."""

    def retry(self) -> None:
        """Connect or attach now instead of at ``status.retry_ns``; without effect where nothing waits."""

    def subscribe(self, query: str, *, why_here: str = "", portable: PortableQuery = NOT_PORTABLE) -> None:
        """Say which events are wanted, before start(): the arguments are those of BusConnection.subscribe().

        A query that the broker does not apply is for the listener: it is in ``status.asked_here``.
        """

    def attach(self) -> None:
        """Receive from the queue, which is made if it does not exist, over this and later connections."""

    def detach(self) -> None:
        """Receive no more: the queue stays, and gets back what was not accepted."""

    def accept(self, number: int) -> None:
        """Accept all deliveries up to this one: the broker removes them from the queue, and sends as many more."""


class ProbeStepName(StrEnum):
    """The steps of a trial, in their order."""

    NAME = "name"
    TCP = "tcp"
    TLS = "tls"
    SASL = "sasl"
    OPEN = "open"
    ATTACH = "attach"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class ProbeStep:
    """One step: whether it succeeded, one sentence, and further lines of detail."""

    name: ProbeStepName
    ok: bool
    message: str
    detail: tuple[str, ...] = ()


class BusDriver(Protocol):
    """Makes connections of one protocol. A module of functions implements it."""

    @property
    def protocol(self) -> BusProtocol:
        """How the protocol stands in URLs."""

    def connect(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        /,
        *,
        password: Callable[[], str | None],
        receives: bool = True,
    ) -> BusConnection:
        """Return a connection that is not started yet.

        ``password`` is called before each login, and may return None when there is none. Without ``receives``, nothing
        is subscribed to. With ``read_only`` settings, send() and call() are refused.
        """

    def probe(
        self, settings: ConnectionSettings, password: str | None, /, *, filters_here: bool = False
    ) -> Iterator[ProbeStep]:
        """Try the first host; yield each step when it is done, and end with the first that fails.

        With ``filters_here`` a filter that the broker does not take is not a failure: it is evaluated on arrival.
        """


class DurableBusDriver(BusDriver, Protocol):
    """A driver of a bus whose brokers keep a queue for a recorder."""

    def connect_durably(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        /,
        *,
        password: Callable[[], str | None],
        owner: str,
    ) -> DurableConnection:
        """Return a connection that is not started yet.

        Connections with the same ``owner`` (letters, digits, "-") and settings share one queue, of which one receives
        at a time.
        """
