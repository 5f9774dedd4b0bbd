"""Connection settings and connection status: values shared by the window, the session and the AMQP package.

A password is never part of these values, so it cannot reach a file, a log or an exception through them.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from clacks_monitor.core import stream_position
from clacks_monitor.core.messages import Message, either

if TYPE_CHECKING:
    from collections.abc import Sequence

DEMONSTRATION = "demo bus"
"""Name of the connection to the demonstration; what came from it alone is not worth saving."""
DEFAULT_DOMAIN = "org.clacks"
PORT, TLS_PORT = 5672, 5671
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class BusProtocol:
    """A protocol in URLs: ``name`` is the scheme, with an "s" appended the scheme over TLS.

    ``port`` and ``tls_port`` are those of URLs that name none. ``services`` are names of DNS SRV records, besides the
    schemes, that name brokers without TLS.
    """

    name: str
    port: int
    tls_port: int
    services: tuple[str, ...] = ()

    @property
    def schemes(self) -> tuple[str, str]:
        """The schemes without and with TLS."""
        return self.name, f"{self.name}s"

    def usual_port(self, *, secure: bool) -> int:
        """Return the port of a URL that names none."""
        return self.tls_port if secure else self.port


AMQP = BusProtocol("amqp", PORT, TLS_PORT)
"""The protocol of settings that name no other."""
MQTT = BusProtocol("mqtt", 1883, 8883, ("gosa-bus",))
MAX_TOPICS = 100
"""Topics that one connection may name."""


class AddressError(ValueError):
    """A broker's URL is invalid; the text says why and shows a valid one."""


class Mechanism(StrEnum):
    """SASL mechanisms that a user can ask for; AUTO lets broker and client agree.

    For XOAUTH2 and OAUTHBEARER the password is an access token.
    """

    AUTO = "auto"
    ANONYMOUS = "ANONYMOUS"
    PLAIN = "PLAIN"
    EXTERNAL = "EXTERNAL"
    SCRAM_SHA_1 = "SCRAM-SHA-1"
    SCRAM_SHA_256 = "SCRAM-SHA-256"
    XOAUTH2 = "XOAUTH2"
    OAUTHBEARER = "OAUTHBEARER"


class DialectName(StrEnum):
    """Kinds of broker, and for MQTT how events are wrapped; AUTO determines it from the broker's properties."""

    AUTO = "auto"
    QPID = "qpid"
    EMBEDDED = "embedded"
    RABBITMQ = "rabbitmq"
    ARTEMIS = "artemis"
    BROKER_J = "broker-j"
    ROUTER = "router"
    GENERIC = "generic"
    GOSA = "gosa"
    PLAIN = "plain"


class MqttVersion(StrEnum):
    """Versions of MQTT; AUTO begins with the newest and goes back as far as the broker needs."""

    AUTO = ""
    V5 = "5"
    V3_1_1 = "3.1.1"
    V3_1 = "3.1"


@dataclass(frozen=True, slots=True)
class TlsSettings:
    """How TLS is verified. Paths are files; "" means: the system's authorities, no client certificate."""

    ca_file: str = ""
    certificate_file: str = ""
    key_file: str = ""
    verify_host: bool = True
    verify_certificate: bool = True


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """One named connection to a bus.

    ``hosts`` is the failover list of (host, port), tried in order; ``domain`` is the exchange's name;
    ``protocol`` is the name of a BusProtocol, by which the driver is chosen;
    ``routing_key`` the subject that events carry; ``subscription`` the query that limits what arrives ("" = all);
    ``idle_timeout_s`` and ``connect_timeout_s`` are seconds; ``handover_s`` are the seconds for which a thread of the
    broker may still route with old bindings: a change of the subscription waits for that;
    ``plain_without_tls`` is the user's explicit consent to a password in clear text; ``read_only`` never attaches a
    sender for events; ``production`` asks before anything is sent; ``consumes`` is the user's consent to receive where
    that takes events away from other receivers; ``vhost`` is RabbitMQ's virtual host, "" for the default one;
    ``stream_from`` is where to begin in a stream, as ``core.stream_position`` reads it.
    ``topics`` are what is subscribed to on MQTT, () for those that the dialect has for the domain; ``version`` is that
    of MQTT.
    """

    name: str
    hosts: tuple[tuple[str, int], ...] = (("localhost", PORT),)
    domain: str = DEFAULT_DOMAIN
    routing_key: str = "event"
    vhost: str = ""
    stream_from: str = ""
    user: str = ""
    tls: TlsSettings | None = None
    mechanism: Mechanism = Mechanism.AUTO
    plain_without_tls: bool = False
    dialect: DialectName = DialectName.AUTO
    subscription: str = ""
    colour: str = "none"
    read_only: bool = False
    production: bool = False
    consumes: bool = False
    idle_timeout_s: float = 30.0
    connect_timeout_s: float = 10.0
    handover_s: float = 0.5
    protocol: str = AMQP.name
    topics: tuple[str, ...] = ()
    version: MqttVersion = MqttVersion.AUTO
    id: str = field(default_factory=lambda: uuid.uuid4().hex)

    @property
    def scheme(self) -> str:
        """The scheme of its URL."""
        return f"{self.protocol}s" if self.tls else self.protocol

    @property
    def url(self) -> str:
        """The connection as a URL, without password."""
        host, port = self.hosts[0]
        user = f"{self.user}@" if self.user else ""
        shown = f"[{host}]" if ":" in host else host
        given, safe = {"vhost": self.vhost, "from": self.stream_from}, ":"
        if self.protocol == MQTT.name:
            dialect = "" if self.dialect is DialectName.AUTO else str(self.dialect)
            given = {"dialect": dialect, "topics": ",".join(self.topics), "version": str(self.version)}
            safe = "/,$"
        asked = urlencode({name: text for name, text in given.items() if text}, safe=safe)
        return f"{self.scheme}://{user}{shown}:{port}/{self.domain}{'?' if asked else ''}{asked}"

    @property
    def password_is_safe(self) -> bool:
        """Whether a password may be sent: over TLS, to this machine, or because the user said so."""
        return self.tls is not None or self.plain_without_tls or all(host in LOOPBACK for host, _port in self.hosts)


def from_url(
    url: str, *, name: str = "", protocols: Sequence[BusProtocol] = (AMQP,)
) -> tuple[ConnectionSettings, str | None]:
    """Return the settings that ``scheme://user:password@host:port/domain`` means, and the password apart.

    ``?vhost=NAME`` and ``?from=POSITION`` may follow, for MQTT ``?dialect=gosa|plain``, ``?topics=A,B`` and
    ``?version=5|3.1.1|3.1``. Raises AddressError, which never repeats a password.
    """
    example = f"{protocols[0].name}://user@host:{protocols[0].port}/{DEFAULT_DOMAIN}"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressError(Message("The host or port of the URL is not valid. Example: {0}", example)) from None
    protocol = next((one for one in protocols if parts.scheme in one.schemes), None)
    if protocol is None:
        known = either([f"{scheme}://" for protocol in protocols for scheme in protocol.schemes])
        raise AddressError(Message("The URL must start with {0}. Example: {1}", known, example))
    if not parts.hostname:
        raise AddressError(Message("The URL has no host. Example: {0}", example))
    secure = parts.scheme != protocol.name
    asked = dict(parse_qsl(parts.query if protocol != MQTT else _with_wildcards(url)))
    settings = ConnectionSettings(
        name=name or parts.hostname,
        hosts=((parts.hostname, port or protocol.usual_port(secure=secure)),),
        domain=unquote(parts.path.strip("/")) or DEFAULT_DOMAIN,
        vhost=asked.get("vhost", ""),
        stream_from=_stream_from(asked.get("from", "")),
        user=unquote(parts.username or ""),
        tls=TlsSettings() if secure else None,
        protocol=protocol.name,
    )
    if protocol == MQTT:
        settings = _with_mqtt(settings, asked)
    return settings, unquote(parts.password) if parts.password is not None else None


def _with_wildcards(url: str) -> str:
    """Return the query of a URL whose topics have their wildcards as they are: # and + mean something else in URLs."""
    return url.partition("?")[2].replace("#", "%23").replace("+", "%2B")


def _with_mqtt(settings: ConnectionSettings, asked: dict[str, str]) -> ConnectionSettings:
    """Return the settings with what a URL asks for of MQTT. Raises AddressError."""
    dialects = {"": DialectName.AUTO, **{str(one): one for one in (DialectName.GOSA, DialectName.PLAIN)}}
    dialect, version = dialects.get(asked.get("dialect", "")), asked.get("version", "")
    if dialect is None:
        raise AddressError(Message("The dialect in the URL must be {0}.", either(["gosa", "plain"])))
    if version not in set(MqttVersion):
        versions = either([str(one) for one in MqttVersion if one])
        raise AddressError(Message("The version of MQTT in the URL must be {0}.", versions))
    topics = topics_from(asked.get("topics", ""))
    return replace(settings, dialect=dialect, topics=topics, version=MqttVersion(version), vhost="", stream_from="")


def topics_from(text: str) -> tuple[str, ...]:
    """Return the topics in a text, which has commas between them. Raises AddressError for one that MQTT refuses."""
    topics = tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
    for topic in topics:
        if why := why_no_topic_filter(topic):
            raise AddressError(Message("{0} cannot be subscribed to: {1}.", topic[:100], why))
    if len(topics) > MAX_TOPICS:
        raise AddressError(Message("A connection can have {0} topics at most.", MAX_TOPICS))
    return topics


def why_no_topic_filter(topic: str) -> str:
    """Return why a topic with wildcards is not valid, "" when it is."""
    levels = topic.split("/")
    if "\0" in topic or len(topic.encode("utf-8", "replace")) > 65_535:
        return Message("it is too long, or has a NUL in it")
    if any("#" in level and (level != "#" or place < len(levels) - 1) for place, level in enumerate(levels)):
        return Message("# must be the last level, and alone in it")
    if any("+" in level and level != "+" for level in levels):
        return Message("+ must be alone in its level")
    return ""


def _stream_from(text: str) -> str:
    try:
        stream_position.parse(text)
    except stream_position.StreamPositionError as error:
        raise AddressError(*error.args) from None
    return text


def with_subscription(settings: ConnectionSettings, query: str) -> ConnectionSettings:
    """Return the same connection with another subscription filter."""
    return replace(settings, subscription=query)


def with_source(settings: ConnectionSettings, other: ConnectionSettings) -> ConnectionSettings:
    """Return the same connection with the source of another: what is received, and where events are sent to."""
    return replace(
        settings,
        domain=other.domain,
        routing_key=other.routing_key,
        stream_from=other.stream_from,
        topics=other.topics,
    )


_PEER = (
    "protocol", "hosts", "vhost", "user", "tls", "mechanism", "plain_without_tls", "dialect", "read_only", "consumes",
    "version",
)  # fmt: skip  # as many on a line as fit
"""The fields that say which broker it is, who logs in, and what the user may do there."""


def same_peer(one: ConnectionSettings, other: ConnectionSettings) -> bool:
    """Return whether two connections are to the same broker, by the same user with the same rights."""
    return all(getattr(one, name) == getattr(other, name) for name in _PEER)


class ConnectionState(StrEnum):
    """The state of a connection."""

    CLOSED = "closed"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    LOST = "lost"
    REFUSED = "refused"


class FilterPlace(StrEnum):
    """Where the subscription filter runs."""

    NONE = "none"
    BROKER = "broker"
    HERE = "here"


@dataclass(frozen=True, slots=True)
class ConnectionStatus:
    """The current status of a connection; ``reason`` says why it was lost or refused, or what to do.

    ``since_ns`` is wall clock. ``filter_note`` says why the filter runs here. ``subscription`` is the query that is in
    force (a refused one leaves the last in force), and ``subscribed`` whether events arrive at all. ``asked_here`` are
    queries of which an event has to match one to be wanted, because the broker sends others as well; while one filter
    follows another there may be two. ``attempt`` counts the attempts since the connection last worked. ``queue_depth``
    is the filling of the own queue in the broker from 0 to 1, or -1 where the broker does not report it.
    ``gap_since_ns`` is the begin of the gap that is open, 0 while there is none: a connection that has never worked has
    none.
    """

    connection_id: str
    name: str
    state: ConnectionState
    since_ns: int
    reason: str = ""
    host: str = ""
    product: str = ""
    dialect: DialectName = DialectName.AUTO
    filter_place: FilterPlace = FilterPlace.NONE
    filter_note: str = ""
    queue_depth: float = -1.0
    retry_ns: int = 0
    subscription: str = ""
    subscribed: bool = False
    asked_here: tuple[str, ...] = ()
    attempt: int = 0
    gap_since_ns: int = 0
