"""How events travel on MQTT: wrapped in JSON as GOsa 3 has it, or plain.

A dialect knows the topics to subscribe to, the topic to send to, and what a payload holds. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from clacks_monitor.core import delivery
from clacks_monitor.core.connection import DialectName
from clacks_monitor.core.event import BodyKind
from clacks_monitor.mqtt.wrapping import UnwrapError, unwrap, wrap

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.event import PropertyValue

MAX_TOPIC: Final = 65_535
"""Bytes of the longest topic."""


class Payload(NamedTuple):
    """What a payload holds; ``defect`` is why it could not be read, and ``body`` the payload as it came then."""

    body: bytes
    kind: BodyKind = BodyKind.DATA
    sender_id: str = ""
    proxied_by: str = ""
    defect: str = ""


class MqttDialect(Protocol):
    """How events travel."""

    @property
    def name(self) -> DialectName:
        """The name."""

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics to subscribe to."""

    @property
    def target(self) -> str:
        """The topic to send to where none is named."""

    @property
    def asks_version(self) -> bool:
        """Whether to ask the broker what it is: some brokers end a connection that does."""

    def read(self, payload: bytes) -> Payload:
        """Return what a payload holds."""

    def write(self, body: bytes) -> bytes:
        """Return the payload for an event. Raises UnwrapError."""


class GosaDialect:
    """The topics and the JSON of GOsa 3."""

    name = DialectName.GOSA
    asks_version = True

    def __init__(self, settings: ConnectionSettings, sender_id: str) -> None:
        domain = settings.domain
        usual = (f"{domain}/client/#", f"{domain}/bus", f"{domain}/proxy/#", f"{domain}/events")
        self.topics = settings.topics or usual
        self.target = f"{domain}/events"
        self._sender_id = sender_id

    def read(self, payload: bytes) -> Payload:
        """Return the content of a payload: an event, or a JSON-RPC, which begins with a brace."""
        try:
            wrapped = unwrap(payload)
        except UnwrapError as error:
            return Payload(payload, BodyKind.DATA, defect=error.args[0])
        kind = BodyKind.JSON_RPC if wrapped.content.lstrip()[:1] == b"{" else BodyKind.DATA
        return Payload(wrapped.content, kind, wrapped.sender_id, wrapped.proxied_by)

    def write(self, body: bytes) -> bytes:
        """Return an event wrapped as GOsa does."""
        return wrap(body, self._sender_id)


class PlainDialect:
    """The payload is the event."""

    name = DialectName.PLAIN
    asks_version = False

    def __init__(self, settings: ConnectionSettings) -> None:
        self.topics = settings.topics or (f"{settings.domain}/#",)
        self.target = f"{settings.domain}/events"

    def read(self, payload: bytes) -> Payload:
        """Return the payload."""
        return Payload(payload)

    def write(self, body: bytes) -> bytes:
        """Return the event."""
        return body


def choose(settings: ConnectionSettings, sender_id: str) -> MqttDialect:
    """Return the dialect of a connection: GOsa's, unless the settings name the other."""
    return PlainDialect(settings) if settings.dialect is DialectName.PLAIN else GosaDialect(settings, sender_id)


def target_of(dialect: MqttDialect, properties: dict[str, PropertyValue]) -> str:
    """Return the topic to send to, which the property ``topic`` may name. Raises ValueError for an invalid one."""
    topic = properties.get(delivery.TOPIC, "") or dialect.target
    if not isinstance(topic, str) or set(topic) & set("+#\0") or len(topic.encode("utf-8", "replace")) > MAX_TOPIC:
        raise ValueError(topic)
    return topic
