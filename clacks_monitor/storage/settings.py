"""Preferences and connections on disk: small versioned JSON files, written whole or not at all.

One thread (the session's) owns each object. Window geometry is not here (the toolkit keeps it), and no password ever.
"""

from __future__ import annotations

import re
import time
import uuid
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.connection import (
    DEFAULT_DOMAIN,
    PORT,
    ConnectionSettings,
    DialectName,
    Mechanism,
    TlsSettings,
)
from clacks_monitor.storage.errors import StorageError
from clacks_monitor.storage.files import Fields, Schema, free_name, read_document, write_document

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SETTINGS_SCHEMA = Schema("clacks-monitor settings", 1, {})
CONNECTIONS_SCHEMA = Schema("clacks-monitor connections", 1, {})
HISTORY_LENGTH = 200
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?|")


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the program remembers between two runs.

    ``language`` is "de", "en" or "" for the system's; ``last_capture`` a path or ""; ``last_connections`` the ids of
    connections that were open, ``last_filter`` the query that was in force, and ``restore`` says whether both are
    brought back; ``filter_history`` queries, the newest first; ``schema_folders`` paths beside the user's own; the
    ring's limits are bytes, seconds and entries, 0 for none; ``extra`` holds JSON values of whoever needs to remember
    something of their own.
    """

    language: str = ""
    last_capture: str = ""
    last_connections: tuple[str, ...] = ()
    last_filter: str = ""
    restore: bool = True
    filter_history: tuple[str, ...] = ()
    schema_folders: tuple[str, ...] = ()
    ring_bytes: int = 0
    ring_age_s: float = 0.0
    ring_count: int = 0
    extra: Mapping[str, Any] = field(default_factory=dict)


def _preferences_from(fields: Fields) -> Preferences:
    language = fields.text("language", "", limit=10)
    if not _LANGUAGE.fullmatch(language):
        raise fields.error("language", 'a language such as "de" or "en"')
    return Preferences(
        language=language,
        last_capture=fields.text("last_capture", "", limit=10_000),
        last_connections=fields.texts("last_connections", length=64),
        last_filter=fields.text("last_filter", ""),
        restore=fields.flag("restore", default=True),
        filter_history=fields.texts("filter_history"),
        schema_folders=fields.texts("schema_folders", length=10_000),
        ring_bytes=fields.integer("ring_bytes", low=0),
        ring_age_s=fields.number("ring_age_s", 0.0, low=0.0, high=1e10),
        ring_count=fields.integer("ring_count", low=0),
        extra=fields.mapping("extra"),
    )


def _preference_values(values: Preferences) -> dict[str, Any]:
    return {
        "language": values.language,
        "last_capture": values.last_capture,
        "last_connections": list(values.last_connections),
        "last_filter": values.last_filter,
        "restore": values.restore,
        "filter_history": list(values.filter_history),
        "schema_folders": list(values.schema_folders),
        "ring_bytes": values.ring_bytes,
        "ring_age_s": values.ring_age_s,
        "ring_count": values.ring_count,
        "extra": dict(values.extra),
    }


def _set_aside(path: Path) -> Path:
    aside = path.with_name(f"{path.name}.broken-{time.strftime('%Y%m%d-%H%M%S')}")
    try:
        path.replace(aside)
    except OSError as error:
        raise StorageError(f"{path} is broken and cannot be set aside: {error.strerror}.") from error
    return aside


class Settings:
    """The preferences' file. ``problem`` says what was wrong with it; then it was set aside, and defaults apply."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problem = ""
        self.values = Preferences()
        if path.exists():
            try:
                self.values = _preferences_from(read_document(path, SETTINGS_SCHEMA))
            except StorageError as error:
                self.problem = f"{error} It was set aside as {_set_aside(path).name}."

    def change(self, **changes: Any) -> Preferences:  # noqa: ANN401 - the fields of Preferences, checked below
        """Store changed preferences, for example ``change(language="de")``. Raises StorageError."""
        values = _preference_values(replace(self.values, **changes))
        checked = _preferences_from(Fields(values, "settings"))
        write_document(self._path, SETTINGS_SCHEMA, values)
        self.values = checked
        return checked

    def remember_filter(self, query: str) -> None:
        """Put a query in front of the history; the same one only once, HISTORY_LENGTH at most."""
        if query.strip():
            rest = [old for old in self.values.filter_history if old != query]
            self.change(filter_history=tuple([query, *rest][:HISTORY_LENGTH]))

    def remember(self, key: str, value: object) -> None:
        """Store a JSON value of one's own under ``key``; None removes it."""
        extra = {name: old for name, old in self.values.extra.items() if name != key}
        if value is not None:
            extra[key] = value
        self.change(extra=extra)


class Connections:
    """The connections' file, in the user's order. Each change is on disk when the method returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problem = ""
        self._connections: list[ConnectionSettings] = []
        if path.exists():
            try:
                found = read_document(path, CONNECTIONS_SCHEMA).items("connections")
                self._connections = [connection_from(fields) for fields in found]
            except StorageError as error:
                self.problem = f"{error} It was set aside as {_set_aside(path).name}."

    def all(self) -> list[ConnectionSettings]:
        """Return the connections in order."""
        return list(self._connections)

    def get(self, connection_id: str) -> ConnectionSettings | None:
        """Return one connection, None where there is none."""
        return next((c for c in self._connections if c.id == connection_id), None)

    def put(self, settings: ConnectionSettings) -> ConnectionSettings:
        """Store a new or changed connection; a name that is taken gets a number. Raises StorageError."""
        others = [c for c in self._connections if c.id != settings.id]
        settings = replace(settings, name=free_name(settings.name, [c.name for c in others]))
        changed = [settings if c.id == settings.id else c for c in self._connections]
        self.replace_all(changed if settings in changed else [*changed, settings])
        return settings

    def remove(self, connection_id: str) -> None:
        """Remove a connection; its password is the keyring's to forget."""
        self.replace_all([c for c in self._connections if c.id != connection_id])

    def replace_all(self, connections: Sequence[ConnectionSettings]) -> None:
        """Store exactly these connections. Raises StorageError, DocumentError for a value that cannot be."""
        values = [connection_values(c) for c in connections]
        checked = [connection_from(Fields(v, f"connection “{v['name']}”")) for v in values]
        write_document(self._path, CONNECTIONS_SCHEMA, {"connections": values})
        self._connections = checked


def connection_values(settings: ConnectionSettings) -> dict[str, Any]:
    """Return a connection as JSON values, for its file and for a capture's snapshot. There is no password in it."""
    tls = settings.tls
    return {
        "id": settings.id,
        "name": settings.name,
        "hosts": [{"host": host, "port": port} for host, port in settings.hosts],
        "domain": settings.domain,
        "routing_key": settings.routing_key,
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
        "idle_timeout_s": settings.idle_timeout_s,
        "connect_timeout_s": settings.connect_timeout_s,
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
        user=fields.text("user", "", limit=1000),
        tls=None if tls is None else _tls_from(tls),
        mechanism=Mechanism(fields.choice("mechanism", list(Mechanism), Mechanism.AUTO)),
        plain_without_tls=fields.flag("plain_without_tls"),
        dialect=DialectName(fields.choice("dialect", list(DialectName), DialectName.AUTO)),
        subscription=fields.text("subscription", ""),
        colour=fields.choice("colour", COLOURS, "none"),
        read_only=fields.flag("read_only"),
        production=fields.flag("production"),
        idle_timeout_s=fields.number("idle_timeout_s", 30.0, low=0.0, high=86_400.0),
        connect_timeout_s=fields.number("connect_timeout_s", 10.0, low=0.1, high=3_600.0),
        id=fields.text("id", "", limit=64) or uuid.uuid4().hex,
    )


def _tls_from(fields: Fields) -> TlsSettings:
    return TlsSettings(
        ca_file=fields.text("ca_file", "", limit=10_000),
        certificate_file=fields.text("certificate_file", "", limit=10_000),
        key_file=fields.text("key_file", "", limit=10_000),
        verify_host=fields.flag("verify_host", default=True),
        verify_certificate=fields.flag("verify_certificate", default=True),
    )
