"""A failover list as text, one host on each line, and back. Pure functions; any thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.connection import AddressError
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from clacks_monitor.core.connection import ConnectionSettings

MAX_PORT = 65_535


def host_lines(settings: ConnectionSettings) -> str:
    """Return the failover list as text, one host on each line."""
    return "\n".join(f"[{host}]:{port}" if ":" in host else f"{host}:{port}" for host, port in settings.hosts)


def read_hosts(text: str, *, usual_port: int) -> tuple[tuple[str, int], ...]:
    """Return the hosts of a text, each with its port, or the usual one. Raises AddressError, which names the line."""
    found: list[tuple[str, int]] = []
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.strip()
        if not entry:
            continue
        host, colon, port = entry.rpartition(":")
        if entry.startswith("[") and entry.endswith("]"):
            host, colon, port = entry, "", ""
        if not colon or (":" in host and not host.startswith("[")):
            host, port = entry, str(usual_port)
        if not port.isdecimal() or not 0 < int(port) <= MAX_PORT:
            raise AddressError(
                Message("Line {0}: {1} is not a valid port.", number, port)
                if port
                else Message("Line {0}: the port is missing.", number)
            )
        if not host.strip("[]") or any(sign.isspace() for sign in host):
            raise AddressError(Message("Line {0}: the host is missing or not valid.", number))
        found.append((host.strip("[]"), int(port)))
    if not found:
        raise AddressError(Message("Enter at least one host."))
    return tuple(found)
