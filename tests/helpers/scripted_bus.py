"""A bus for the commands that does what a test tells it to: it is the driver of their connections.

    @pytest.fixture
    def bus(monkeypatch):
        return ScriptedBus.taken_by_commands(monkeypatch)

Without a word from the test it connects and accepts everything, each event before ``send`` has returned.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from clacks_monitor import captures
from clacks_monitor.core.bus import BusCapabilities
from clacks_monitor.core.connection import AMQP, BusProtocol, ConnectionState, ConnectionStatus
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.core.ports import Ports
from clacks_monitor.core.sending import SendOutcome, SendResult

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pytest

    from clacks_monitor.core.bus import BusListener, ProbeStep
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.event import PropertyValue

CONNECTED = ConnectionStatus("1", "bus", ConnectionState.CONNECTED, 0, host="bus:5672")
REFUSED = replace(CONNECTED, state=ConnectionState.REFUSED, reason="The broker refused the login.")
LOST = replace(CONNECTED, state=ConnectionState.LOST, reason="There is no broker.")
CONNECTING = replace(CONNECTED, state=ConnectionState.CONNECTING)
CLOSED = replace(CONNECTED, state=ConnectionState.CLOSED)


def accepted(link: ScriptedLink, ticket: int) -> None:
    """Accept what was sent."""
    link.settle(ticket, SendOutcome.ACCEPTED)


def silent(_link: ScriptedLink, _ticket: int) -> None:
    """Say nothing to what was sent."""


@dataclass
class ScriptedBus:
    """What the connections of a test do; ``links`` are those that were made."""

    states: Sequence[ConnectionStatus] = (CONNECTED,)
    on_send: Callable[[ScriptedLink, int], None] = accepted
    on_call: Callable[[str], None] = lambda _body: None
    links: list[ScriptedLink] = field(default_factory=list)
    protocol: BusProtocol = AMQP

    @classmethod
    def taken_by_commands(cls, monkeypatch: pytest.MonkeyPatch) -> ScriptedBus:
        """Return a bus to which every command of this process connects."""
        bus = cls()
        ports = Ports((bus,), captures)
        monkeypatch.setattr("clacks_monitor.app.load_ports", lambda: ports)
        return bus

    def connect(
        self,
        settings: ConnectionSettings,
        listener: BusListener,
        /,
        *,
        password: Callable[[], str | None],
        receives: bool = True,
    ) -> ScriptedLink:
        """Make a connection."""
        self.links.append(ScriptedLink(self, settings, password(), listener, receives))
        return self.links[-1]

    def probe(self, _settings: ConnectionSettings, _password: str | None, /, **_options: bool) -> Iterator[ProbeStep]:
        raise AssertionError("no command tries a connection")

    @property
    def only(self) -> ScriptedLink:
        """The one connection that was made."""
        (link,) = self.links
        return link


@dataclass
class ScriptedLink:
    """One connection."""

    bus: ScriptedBus
    settings: ConnectionSettings
    password: str | None
    listener: BusListener
    receives: bool
    capabilities: BusCapabilities = field(default_factory=BusCapabilities)
    status: ConnectionStatus = CLOSED
    bodies: list[bytes] = field(default_factory=list)
    properties: list[Mapping[str, object] | None] = field(default_factory=list)
    calls: list[tuple[str, str, float]] = field(default_factory=list)
    asked: list[tuple[str, str, bool]] = field(default_factory=list)
    closed: bool = False

    def start(self) -> None:
        for status in self.bus.states:
            self.listener.on_status(status)

    def stop(self) -> list[threading.Thread]:
        self.close()
        return []

    def retry(self) -> None:
        """Nothing waits."""

    def close(self, _timeout: float = 5.0) -> bool:
        self.closed = True
        return True

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def subscribe(
        self,
        query: str,
        *,
        why_here: str = "",
        can_be_here: bool = False,
        portable: PortableQuery = NOT_PORTABLE,
    ) -> None:
        del portable
        self.asked.append((query, why_here, can_be_here))

    def move(self, settings: ConnectionSettings) -> None:
        self.settings = settings

    def message_id(self, ticket: int) -> str:
        return f"own-{ticket}"

    def send(self, body: bytes, *, properties: Mapping[str, PropertyValue] | None = None) -> int:
        self.bodies.append(body)
        self.properties.append(properties)
        ticket = len(self.bodies)
        self.bus.on_send(self, ticket)
        return ticket

    def call(
        self, method: str, *params: object, named: Mapping[str, object] | None = None, timeout: float = 10.0
    ) -> object:
        assert named is None
        (body,) = params
        self.calls.append((method, str(body), timeout))
        self.bus.on_call(str(body))
        return None

    def settle(self, ticket: int, outcome: SendOutcome, detail: str = "", *, final: bool = True) -> None:
        """Tell an outcome."""
        self.listener.on_results([SendResult(ticket, outcome, detail, final=final)])
