"""What the commands share: the URL and password of a bus, messages about a connection, output. Thread: main."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

from clacks_monitor.cli.address import Address, read_address, tls_files
from clacks_monitor.cli.arguments import (
    EXIT_FILE,
    EXIT_NOT_CONNECTED,
    EXIT_NOT_PERMITTED,
    EXIT_USAGE,
    PASSWORD_VARIABLE,
)
from clacks_monitor.core.connection import (
    AddressError,
    ConnectionState,
    ConnectionStatus,
    FilterPlace,
)
from clacks_monitor.core.messages import printable
from clacks_monitor.core.storage_errors import StoreAddressError, StoreRefusedError, StoreUnreachableError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable
    from pathlib import Path

    from clacks_monitor.core.ports import Ports


_PLACES = {
    FilterPlace.NONE: "no subscription filter",
    FilterPlace.BROKER: "the filter runs in the broker",
    FilterPlace.HERE: "the filter runs here",
}


def complain(text: str) -> None:
    """Write a text to standard error, control characters replaced: it may contain foreign text."""
    sys.stderr.write("\n".join(map(printable, text.splitlines())) + "\n")
    sys.stderr.flush()


def missing_folder(folders: Iterable[Path]) -> bool:
    """Return whether one of ``folders`` does not exist, after a message that names it."""
    missing = [folder for folder in folders if not folder.is_dir()]
    for folder in missing:
        complain(f"There is no folder {folder}.")
    return bool(missing)


def show(data: bytes) -> None:
    """Write a received body as a line to standard output: byte for byte, on a terminal without control characters."""
    if sys.stdout.isatty():
        lines = data.decode("utf-8", "replace").splitlines()
        data = "\n".join(printable(line.replace("\t", "    ")) for line in lines).encode()
    sys.stdout.buffer.write(data + b"\n")


def exit_of(status: ConnectionStatus | None) -> int:
    """Return the exit status for the end of a connection."""
    return EXIT_NOT_PERMITTED if status is not None and status.state is ConnectionState.REFUSED else EXIT_NOT_CONNECTED


def exit_of_error(error: OSError) -> int:
    """Return the exit status for an error of a store."""
    if isinstance(error, StoreAddressError):
        return EXIT_USAGE
    if isinstance(error, StoreRefusedError):
        return EXIT_NOT_PERMITTED
    return EXIT_NOT_CONNECTED if isinstance(error, StoreUnreachableError) else EXIT_FILE


def read_url(args: argparse.Namespace, ports: Ports) -> Address | None:
    """Return settings and password of ``args.url`` and the options for TLS; None after a message about an error."""
    try:
        settings, password = read_address(args.url, ports.protocols, tls_files(args))
    except AddressError as error:
        complain(str(error))
        return None
    if settings.user and password is None:
        if not sys.stdin.isatty():
            complain(f"There is no password for {settings.user}: put it into {PASSWORD_VARIABLE}, or into the URL.")
            return None
        password = getpass.getpass(f"Password of {settings.user} at {settings.name}: ")
    return settings, password


def status_line(status: ConnectionStatus) -> str:
    """Return the message about a connection's state."""
    if status.state is ConnectionState.CONNECTED:
        note = f" ({status.filter_note})" if status.filter_note else ""
        return f"connected to {status.host or status.name}; {_PLACES[status.filter_place]}{note}"
    return f"{status.state}: {status.reason}" if status.reason else str(status.state)
