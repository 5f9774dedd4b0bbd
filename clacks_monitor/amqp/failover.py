"""Further hosts that a broker names in its connection properties, as Artemis and routers do.

Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp import remote_properties

if TYPE_CHECKING:
    from proton import Connection

    from clacks_monitor.core.connection import ConnectionSettings

LIST: Final = "failover-server-list"
MAX_HOSTS: Final = 10
"""How many hosts of a broker are tried; it may name any number."""

_MAX_NAME: Final = 255
_MAX_PORT: Final = 65_535


def may_follow(settings: ConnectionSettings) -> bool:
    """Whether a host that only the broker knows may get the login: TLS proves who it is, or there is no login."""
    tls = settings.tls
    return not settings.user or (tls is not None and tls.verify_certificate and tls.verify_host)


def hosts(connection: Connection, settings: ConnectionSettings) -> tuple[tuple[str, int], ...]:
    """Return the hosts to try besides those of the settings."""
    if not may_follow(settings):
        return ()
    named = remote_properties.raw_property(connection, LIST)
    found = [_host(entry) for entry in named[:MAX_HOSTS]] if isinstance(named, list) else []
    return tuple(host for host in found if host is not None)


def _host(entry: object) -> tuple[str, int] | None:
    values = {str(key): value for key, value in entry.items()} if isinstance(entry, dict) else {}
    name, port = values.get("network-host"), values.get("port")
    number = int(port) if isinstance(port, int) or (isinstance(port, str) and port.isdecimal() and len(port) < 6) else 0
    if not isinstance(name, str) or not 0 < len(name) <= _MAX_NAME or not 0 < number <= _MAX_PORT:
        return None
    return (name, number) if name.isprintable() and not set(name) & set(" /@") else None
