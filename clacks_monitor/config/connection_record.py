"""A connection as JSON values, for the file of connections and for a capture's snapshot. Pure; any thread."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.connection import (
    AMQP,
    DEFAULT_DOMAIN,
    PORT,
    AddressError,
    ConnectionSettings,
    DialectName,
    Mechanism,
    MqttVersion,
    TlsSettings,
    topics_from,
)

if TYPE_CHECKING:
    from clacks_monitor.core.files import Fields


def connection_values(settings: ConnectionSettings) -> dict[str, Any]:
    """Return a connection as JSON values, for its file and for a capture's snapshot. It contains no password."""
    tls = settings.tls
    return {
        "id": settings.id,
        "name": settings.name,
        "hosts": [{"host": host, "port": port} for host, port in settings.hosts],
        "domain": settings.domain,
        "routing_key": settings.routing_key,
        "vhost": settings.vhost,
        "stream_from": settings.stream_from,
        "user": settings.user,
        "tls": None
        if tls is None
        else {
            "ca_file": tls.ca_file,
            "certificate_file": tls.certificate_file,
            "key_file": tls.key_file,
            "verify_host": tls.verify_host,
            "verify_certificate": tls.verify_certificate,
        },
        "mechanism": str(settings.mechanism),
        "plain_without_tls": settings.plain_without_tls,
        "dialect": str(settings.dialect),
        "subscription": settings.subscription,
        "colour": settings.colour,
        "read_only": settings.read_only,
        "production": settings.production,
        "consumes": settings.consumes,
        "idle_timeout_s": settings.idle_timeout_s,
        "connect_timeout_s": settings.connect_timeout_s,
        "handover_s": settings.handover_s,
        "protocol": settings.protocol,
        "topics": ",".join(settings.topics),
        "version": str(settings.version),
    }


def connection_from(fields: Fields) -> ConnectionSettings:
    """Return the connection of checked values. Raises DocumentError."""
    hosts = tuple(
        (host.text("host", limit=255), host.integer("port", PORT, low=1, high=65_535))
        for host in fields.items("hosts", limit=50)
    )
    if not hosts or not all(name for name, _port in hosts):
        raise fields.error("hosts", "a list of at least one host")
    tls = fields.inner("tls")
    return ConnectionSettings(
        name=fields.name(),
        hosts=hosts,
        domain=fields.text("domain", DEFAULT_DOMAIN, limit=1000),
        routing_key=fields.text("routing_key", "event", limit=1000),
        vhost=fields.text("vhost", "", limit=255),
        stream_from=fields.text("stream_from", "", limit=100),
        user=fields.text("user", "", limit=1000),
        tls=None if tls is None else _tls_from(tls),
        mechanism=Mechanism(fields.choice("mechanism", list(Mechanism), Mechanism.AUTO)),
        plain_without_tls=fields.flag("plain_without_tls"),
        dialect=DialectName(fields.choice("dialect", list(DialectName), DialectName.AUTO)),
        subscription=fields.text("subscription", ""),
        colour=fields.choice("colour", COLOURS, "none"),
        read_only=fields.flag("read_only"),
        production=fields.flag("production"),
        consumes=fields.flag("consumes"),
        idle_timeout_s=fields.number("idle_timeout_s", 30.0, low=0.0, high=86_400.0),
        connect_timeout_s=fields.number("connect_timeout_s", 10.0, low=0.1, high=3_600.0),
        handover_s=fields.number("handover_s", 0.5, low=0.0, high=10.0),
        protocol=fields.text("protocol", AMQP.name, limit=32),
        topics=_topics_from(fields),
        version=MqttVersion(fields.choice("version", list(MqttVersion), MqttVersion.AUTO)),
        id=fields.text("id", "", limit=64) or uuid.uuid4().hex,
    )


def _topics_from(fields: Fields) -> tuple[str, ...]:
    try:
        return topics_from(fields.text("topics", "", limit=100_000))
    except AddressError:
        raise fields.error("topics", "topics of MQTT with commas between them") from None


def _tls_from(fields: Fields) -> TlsSettings:
    return TlsSettings(
        ca_file=fields.text("ca_file", "", limit=10_000),
        certificate_file=fields.text("certificate_file", "", limit=10_000),
        key_file=fields.text("key_file", "", limit=10_000),
        verify_host=fields.flag("verify_host", default=True),
        verify_certificate=fields.flag("verify_certificate", default=True),
    )
