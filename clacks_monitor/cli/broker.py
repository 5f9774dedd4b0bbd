"""``clacks-monitor broker``: runs the embedded broker, and the agent on it, until a signal.

Thread: main.
"""

from __future__ import annotations

import ipaddress
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from clacks_monitor import __version__
from clacks_monitor.cli.arguments import EXIT_FILE, EXIT_NOT_CONNECTED, EXIT_USAGE
from clacks_monitor.cli.bus import complain, missing_folder
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.testbed.broker import (
    Broker,
    BrokerError,
    BrokerSettings,
    FileRights,
    ListenError,
    TlsFiles,
)
from clacks_monitor.testbed.event_check import SchemaCheck
from clacks_monitor.testbed.query_engine import QuerySelection

if TYPE_CHECKING:
    import argparse


MAX_PORT: Final = 65535


def run(args: argparse.Namespace) -> int:
    """Run the broker; return the exit status."""
    if missing_folder(map(Path, args.schemas)):
        return EXIT_FILE
    logging.basicConfig(level=logging.INFO if args.verbose else logging.WARNING, format="%(levelname)s %(message)s")
    try:
        rights = FileRights(Path(args.rights)) if args.rights else None
        broker = Broker(_settings(args), QuerySelection, SchemaCheck(map(Path, args.schemas)), rights)
    except UsageError as error:
        complain(str(error))
        return EXIT_USAGE
    except BrokerError as error:
        complain(str(error))
        return EXIT_NOT_CONNECTED if isinstance(error, ListenError) else EXIT_FILE
    except OSError as error:
        complain(f"{error.filename} cannot be read: {error.strerror}." if error.filename else str(error))
        return EXIT_FILE
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: broker.stop())
    if args.with_parent:
        broker.stop_at_end_of(sys.stdin)
    print(f"listening on {broker.url}", flush=True)  # noqa: T201 - a parent waits for this line
    broker.run()
    return 0


class UsageError(ValueError):
    """The command line is not valid; the text says what to do instead."""


def _settings(args: argparse.Namespace) -> BrokerSettings:
    host, port = _address(args.listen)
    if not args.allow_remote and not _is_loopback(host):
        raise UsageError(
            f"{host} can be reached from other machines, and the embedded broker is no production broker: "
            "add --allow-remote if that is what you want."
        )
    users = read_users(args.users) if args.users else {}
    return BrokerSettings(
        host=host,
        port=port,
        domain=args.domain,
        users=users,
        anonymous=args.anonymous or not users,
        tls=_tls_files(args) if args.cert else None,
        queue_bytes=args.queue_mb * 1024 * 1024,
        rings=args.overflow == "ring",
        preemption_s=args.preemption_ms / 1000,
        version=__version__,
    )


def _tls_files(args: argparse.Namespace) -> TlsFiles:
    if args.require_client_cert and not args.client_ca:
        raise UsageError("--require-client-cert needs --client-ca, the CA of the clients' certificates.")
    return TlsFiles(args.cert, args.key or args.cert, args.client_ca or "", args.require_client_cert)


def read_users(path: str | Path) -> dict[str, str]:
    """Return name and password of each line ``name:password``; empty lines and lines with ``#`` are skipped."""
    users = {}
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise StorageError(f"The file of users {path} cannot be read: {why}.") from None
    for number, line in enumerate(text.splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        name, colon, password = entry.partition(":")
        if not colon or not name:
            raise UsageError(f"{path}, line {number}: a line looks like name:password.")
        users[name] = password
    if not users:
        raise UsageError(f"{path} contains no users. Add lines of the form name:password.")
    return users


def _address(text: str) -> tuple[str, int]:
    host, colon, port = text.rpartition(":")
    if not colon or not port.isdigit() or int(port) > MAX_PORT:
        raise UsageError(f"--listen takes HOST:PORT, for example 127.0.0.1:5672, not {text}.")
    return host.strip("[]") or "127.0.0.1", int(port)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
