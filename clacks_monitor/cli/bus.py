"""What the commands share: reading a URL, finding the password, saying how the connection goes. Thread: main."""

from __future__ import annotations

import getpass
import os
import sys
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import (
    AddressError,
    ConnectionSettings,
    ConnectionState,
    ConnectionStatus,
    FilterPlace,
    from_url,
)

if TYPE_CHECKING:
    import argparse

EXIT_USAGE = 2
EXIT_NOT_PERMITTED = 3
EXIT_NOT_CONNECTED = 4
EXIT_FILE = 5
PASSWORD_VARIABLE = "CLACKS_MONITOR_PASSWORD"  # noqa: S105 - the variable's name

_PLACES = {
    FilterPlace.NONE: "no subscription filter",
    FilterPlace.BROKER: "the filter runs in the broker",
    FilterPlace.HERE: "the filter runs here",
}


def add_url(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names the bus."""
    parser.add_argument("url", metavar="URL", help=f"(amqp|amqps)://user:password@host:port/domain; {_PASSWORD_HELP}")


_PASSWORD_HELP = f"the password may be in {PASSWORD_VARIABLE} instead, or is asked for"


def complain(text: str) -> None:
    """Write a line to standard error."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def read_url(url: str) -> tuple[ConnectionSettings, str | None] | None:
    """Return the settings and password of a URL; None when it is wrong, and that was said."""
    try:
        settings, password = from_url(url)
    except AddressError as error:
        complain(str(error))
        return None
    if settings.user and password is None:
        password = os.environ.get(PASSWORD_VARIABLE)
    if settings.user and password is None and sys.stdin.isatty():
        password = getpass.getpass(f"Password of {settings.user} at {settings.name}: ")
    return settings, password


def status_line(status: ConnectionStatus) -> str:
    """Return what is to be said of a connection's state."""
    if status.state is ConnectionState.CONNECTED:
        note = f" ({status.filter_note})" if status.filter_note else ""
        return f"connected to {status.host or status.name}; {_PLACES[status.filter_place]}{note}"
    return f"{status.state}: {status.reason}" if status.reason else str(status.state)
