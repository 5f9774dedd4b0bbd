"""The parts of an archive's URL that a form has fields for. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from clacks_monitor.core.archives import SCHEMES, names_archive

VERIFY_FULL, VERIFY_CA, REQUIRE, DISABLE = "verify-full", "verify-ca", "require", "disable"
TLS_MODES: Final = (VERIFY_FULL, VERIFY_CA, REQUIRE, DISABLE)
"""What libpq's sslmode may be in a form, the safest first; "" is the program's choice."""


@dataclass(frozen=True, slots=True)
class ArchiveUrl:
    """``host`` may name several, divided by commas; ``more`` has the parameters without a field, as they stand."""

    host: str = ""
    port: str = ""
    database: str = ""
    user: str = ""
    tls: str = ""
    ca_file: str = ""
    more: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        places = _places(self.host, self.port)
        user = f"{quote(self.user, safe='')}@" if self.user else ""
        fields = [("sslmode", self.tls), ("sslrootcert", self.ca_file)]
        query = urlencode(
            [*((name, value) for name, value in fields if value), *self.more], safe="/:,", quote_via=quote
        )
        return f"{SCHEMES[0]}{user}{places}/{quote(self.database, safe='')}{'?' if query else ''}{query}"


def _places(hosts: str, ports: str) -> str:
    """Return hosts with their ports as they stand in a URL; one port is that of all hosts."""
    names = [name.strip() for name in hosts.split(",")]
    numbers = [number.strip() for number in ports.split(",")]
    if len(numbers) == 1:
        numbers *= len(names)
    numbers += [""] * (len(names) - len(numbers))
    shown = [f"[{name}]" if ":" in name else quote(name, safe="") for name in names]
    return ",".join(f"{name}:{number}" if number else name for name, number in zip(shown, numbers, strict=False))


def parse_archive_url(text: str) -> ArchiveUrl | None:
    """Return the parts of a URL, None for what is none, or has a password in it."""
    if not names_archive(text):
        return None
    # Not by urlsplit(), which refuses several hosts with an address in brackets among them.
    before, _mark, query = text.partition("://")[2].partition("?")
    place, _slash, database = before.partition("/")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        return None
    user, _at, places = place.rpartition("@")
    if (
        ":" in user
        or places.count("[") != places.count("]")
        or any(name in {"password", "sslpassword"} for name, _value in pairs)
    ):
        return None
    hosts, ports = [], []
    for one in places.split(","):
        host, port = _split(one)
        hosts.append(host)
        ports.append(port)
    found = dict(pairs)
    more = tuple(pair for pair in pairs if pair[0] not in {"sslmode", "sslrootcert", "host", "port"})
    port = ports[0] if len(set(ports)) == 1 else ",".join(ports)
    return ArchiveUrl(
        found.get("host") or ",".join(hosts),  # libpq lets the parameters decide, too
        found.get("port") or port,
        unquote(database),
        unquote(user),
        found.get("sslmode", ""),
        found.get("sslrootcert", ""),
        more,
    )


def _split(place: str) -> tuple[str, str]:
    """Return host and port of one place, "" for a missing one."""
    if place.startswith("["):
        host, _bracket, port = place[1:].partition("]")
        return host, port.removeprefix(":")
    host, _colon, port = place.partition(":")
    return unquote(host), port
