"""A session for composing without a network: real forms, templates and history, a sender that only writes down."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from clacks_monitor import assets
from clacks_monitor.config import SentLog, TemplateStore
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.sending.composing import Composing
from clacks_monitor.session.sending.effects import EffectFinder
from clacks_monitor.session.sending.history import SendHistory
from clacks_monitor.session.sending.templates import Templates

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from clacks_monitor.core.profile import Profile
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.profiles.profiles import Profiles
    from clacks_monitor.session.sending.sender import Sender

SENT_NS = 1_700_000_000_000_000_000


@dataclass
class FakeConnections:
    """Connections that are all connected, unless ``closed`` names them."""

    settings: list[ConnectionSettings] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)

    def all(self) -> list[ConnectionSettings]:
        return list(self.settings)

    def get(self, connection_id: str) -> ConnectionSettings | None:
        return next((found for found in self.settings if found.id == connection_id), None)

    def statuses(self) -> dict[str, ConnectionStatus]:
        return {
            found.id: ConnectionStatus(
                found.id,
                found.name,
                ConnectionState.CLOSED if found.id in self.closed else ConnectionState.CONNECTED,
                SENT_NS,
            )
            for found in self.settings
        }


@dataclass
class FakeSender:
    """Writes down what it was asked to send: (connection's id, body, way), and to which topics of MQTT."""

    connections: FakeConnections
    sent: list[tuple[str, bytes, Via]] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)

    def why_not(self, connection_id: str) -> str:
        settings = self.connections.get(connection_id)
        if settings is None:
            return "Choose a connection for sending."
        if settings.read_only:
            return Message("{0} is read-only. Choose another connection or edit this one.", settings.name)
        return f"The connection {settings.name} is not connected." if connection_id in self.connections.closed else ""

    def send(self, connection_id: str, xml: bytes, via: Via = Via.EXCHANGE, *, topic: str = "") -> int:
        self.sent.append((connection_id, xml, via))
        self.topics.append(topic)
        return len(self.sent)


@dataclass
class FakeProfiles:
    profiles: list[Profile] = field(default_factory=list)

    def all(self) -> list[Profile]:
        return list(self.profiles)


class FakeSession:
    """What the compose window sees of a session."""

    def __init__(
        self,
        folder: Path,
        connections: Sequence[ConnectionSettings] = (),
        *,
        schemas: Sequence[Path] = (),
        trusted: bool = True,
    ) -> None:
        """Take ``trusted=False`` to have the schemas tried as those of others are."""
        folders = [assets.folder("schemas"), *schemas]
        self.catalogue = Catalogue(folders, own=folders if trusted else None)
        self.connections = FakeConnections(list(connections) or [ConnectionSettings("office bus", id="office")])
        self.sender = FakeSender(self.connections)
        self.profiles = FakeProfiles()
        self.history = SentLog(folder / "sent.history")
        self.templates = TemplateStore(folder / "templates")
        self.composing = Composing(
            self.catalogue,
            cast("Connections", self.connections),
            cast("Sender", self.sender),
            EffectFinder(cast("Profiles", self.profiles)),
            Templates(self.templates),
            SendHistory(self.history),
        )

    def close(self) -> None:
        self.composing.history.close()
        self.catalogue.close()


def accepted(ticket: int) -> SendResult:
    """The broker took it, it has not come back."""
    return SendResult(ticket, SendOutcome.ACCEPTED, sent_ns=SENT_NS, settled_ns=SENT_NS + 2_000_000, final=False)


def came_back(ticket: int, *, after_ms: int = 12, sequence: int = 7) -> SendResult:
    """It came back on the subscription."""
    return replace(accepted(ticket), returned_ns=SENT_NS + after_ms * 1_000_000, sequence=sequence, final=True)
