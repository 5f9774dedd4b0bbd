"""A bus for the commands that does what a test tells it to: it stands where they take their Connection from.

    @pytest.fixture
    def bus(monkeypatch):
        return ScriptedBus.taken_by_commands(monkeypatch)

Without a word from the test it connects and accepts everything, each event before ``send`` has returned.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionState, ConnectionStatus
from clacks_monitor.core.sending import SendOutcome, SendResult

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import pytest

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.event import RawMessage

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

    @classmethod
    def taken_by_commands(cls, monkeypatch: pytest.MonkeyPatch) -> ScriptedBus:
        """Return a bus to which every command of this process connects."""
        bus = cls()
        for place in ("clacks_monitor.cli.publisher.Connection", "clacks_monitor.amqp.Connection"):
            monkeypatch.setattr(place, bus.link)
        return bus

    def link(
        self,
        settings: ConnectionSettings,
        *,
        password: Callable[[], str | None],
        receive: Callable[[list[RawMessage]], None] | None,
        status: Callable[[ConnectionStatus], None],
        sent: Callable[[list[SendResult]], None],
    ) -> ScriptedLink:
        """Make a connection."""
        self.links.append(ScriptedLink(self, settings, password(), receive, status, sent))
        return self.links[-1]

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
    receive: Callable[[list[RawMessage]], None] | None
    status: Callable[[ConnectionStatus], None]
    sent: Callable[[list[SendResult]], None]
    bodies: list[bytes] = field(default_factory=list)
    properties: list[Mapping[str, object] | None] = field(default_factory=list)
    calls: list[tuple[str, str, float]] = field(default_factory=list)
    closed: bool = False

    def start(self) -> None:
        for status in self.bus.states:
            self.status(status)

    def close(self) -> None:
        self.closed = True

    def message_id(self, ticket: int) -> str:
        return f"own-{ticket}"

    def send(self, body: bytes, properties: Mapping[str, object] | None = None) -> int:
        self.bodies.append(body)
        self.properties.append(properties)
        ticket = len(self.bodies)
        self.bus.on_send(self, ticket)
        return ticket

    def call(self, method: str, body: str, *, timeout: float) -> None:
        self.calls.append((method, body, timeout))
        self.bus.on_call(body)

    def settle(self, ticket: int, outcome: SendOutcome, detail: str = "", *, final: bool = True) -> None:
        """Tell an outcome."""
        self.sent([SendResult(ticket, outcome, detail, final=final)])
