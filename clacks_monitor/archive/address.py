"""Where an archive is: a URL of libpq, which never has a password in it. Any thread."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from clacks_monitor.archive.failures import said
from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.storage_errors import StoreAddressError
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECRET = ("password", "sslpassword", "oauth_client_secret")
_DEFAULTS = {
    "connect_timeout": "10",
    # A host that vanishes is noticed within 15 seconds, and does not hold a lock for hours.
    "keepalives_idle": "5",
    "keepalives_interval": "5",
    "keepalives_count": "2",
    "tcp_user_timeout": "15000",
    "fallback_application_name": "clacks-monitor",
}


@dataclass(frozen=True, slots=True)
class ArchiveAddress:
    """The URL as it was given, and what libpq reads in it."""

    url: str
    conninfo: str
    name: str
    """That of the database, fit to be shown."""
    shown: str
    """What it is called in messages."""

    def conninfo_for(self, wanted: str) -> str:
        """Return the conninfo with ``wanted`` as target_session_attrs: which of several servers is meant."""
        return make_conninfo(self.conninfo, target_session_attrs=wanted)

    @property
    def prefers(self) -> str:
        """The target_session_attrs of the URL, "" for none."""
        return str(conninfo_to_dict(self.conninfo).get("target_session_attrs") or "")


def read_address(url: str) -> ArchiveAddress:
    """Return what ``url`` means. Raises StoreAddressError for what is no URL of a database, or has a password in it."""
    if not names_archive(url):
        raise StoreAddressError(
            f"{one_line(url)} is not the URL of an archive, which looks like postgresql://user@host/database."
        )
    try:
        found = conninfo_to_dict(url)
    except psycopg.Error as error:
        # libpq quotes a part of the URL, which may be a password that it took for something else.
        reason = "" if "@" in url else f" ({said(error)})"
        raise StoreAddressError(
            f"The URL of the archive cannot be read{reason}. It looks like postgresql://user@host:5432/database;"
            " other characters than letters and digits in a name are written as %XX."
        ) from None
    if any(found.get(name) for name in _SECRET):
        raise StoreAddressError(
            "The URL of the archive has a password in it, which others could read in the list of processes and in"
            " histories. Leave it out and put the password into ~/.pgpass, a service file or the keyring."
        )
    name = one_line(str(found.get("dbname") or found.get("service") or "archive"), 100)
    shown = one_line(f"The archive {name}{_place(found)}", 200)
    settings = {key: value for key, value in {**_DEFAULTS, **_care(found)}.items() if not found.get(key)}
    return ArchiveAddress(url, make_conninfo(url, **settings), name, shown)


def _care(found: Mapping[str, object]) -> dict[str, str]:
    """Return the settings of TLS for what says nothing of it: servers elsewhere have to prove who they are."""
    named = (found.get("host") or os.environ.get("PGHOST"), found.get("hostaddr") or os.environ.get("PGHOSTADDR"))
    hosts = [host for text in named for host in str(text or "").split(",")]
    said = found.get("service") or found.get("sslmode") or "PGSSLMODE" in os.environ
    if said or all(_is_here(host) for host in hosts):
        return {}
    own = "PGSSLROOTCERT" in os.environ or Path("~/.postgresql/root.crt").expanduser().exists()
    return {"sslmode": "verify-full"} | ({} if own or found.get("sslrootcert") else {"sslrootcert": "system"})


def _is_here(host: str) -> bool:
    """Return whether a host, or the folder of a socket, is this computer."""
    return host.startswith(("/", "@", "127.")) or host in {"", "localhost", "::1"}


def _place(found: Mapping[str, object]) -> str:
    host = found.get("host")
    port = found.get("port")
    return f" on {host}{f':{port}' if port else ''}" if host else ""
