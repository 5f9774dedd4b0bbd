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
from clacks_monitor.cli.arguments import EXIT_FILE, EXIT_NOT_CONNECTED, EXIT_USAGE, add_command, at_least_one
from clacks_monitor.cli.bus import complain, missing_folder
from clacks_monitor.core.connection import DEFAULT_DOMAIN, PORT

if TYPE_CHECKING:
    import argparse

    from clacks_monitor.cli.arguments import Subparsers
    from clacks_monitor.testbed.broker import BrokerSettings

MAX_PORT: Final = 65535
_DESCRIPTION: Final = (
    "Run a small AMQP 1.0 broker with an XML exchange that filters by XQuery, and the agent's sendEvent and getMethods "
    "on it.\n\n"
    "It is meant for demonstrations, for tests, and for trying things where there is no broker. It is no production "
    "broker: it keeps nothing on disk, knows no clusters and no limits per user, and by default lets in everybody who "
    "can reach it, which is why it listens on this machine alone unless told otherwise. For a real bus, run Apache "
    "Qpid or another AMQP 1.0 broker."
)


def add_parser(subparsers: Subparsers) -> None:
    """Add the command to the command line."""
    parser = add_command(
        subparsers,
        "broker",
        "run the embedded broker (demonstration and tests, not for production)",
        _DESCRIPTION,
        "clacks-monitor broker --listen 127.0.0.1:5672 --users users.txt",
    )
    add = parser.add_argument
    add("--listen", default=f"127.0.0.1:{PORT}", metavar="HOST:PORT", help="where to listen; port 0 takes a free one")
    add("--allow-remote", action="store_true", help="allow to listen on an address that other machines can reach")
    add("--domain", default=DEFAULT_DOMAIN, help="name of the XML exchange (default: %(default)s)")
    add("--users", metavar="FILE", help="who may log in: a line 'name:password' each; then nobody else may")
    add("--anonymous", action="store_true", help="with --users: let in others as well, as nobody in particular")
    add("--rights", metavar="FILE", help="who may send which event through the agent; without it everybody may all")
    add("--schemas", metavar="FOLDER", action="append", default=[], help="further event schemas for the agent")
    add("--cert", metavar="FILE", help="certificate (PEM) with its chain: listen with TLS")
    add("--key", metavar="FILE", help="the certificate's key (PEM), if it is not in the same file")
    add("--client-ca", metavar="FILE", help="authority (PEM) of client certificates, for SASL EXTERNAL")
    add("--queue-mb", type=at_least_one, default=100, metavar="N", help="size of a subscription's queue (100)")
    add("--with-parent", action="store_true", help="end when standard input is closed, as it is when the parent ends")
    add("--verbose", action="store_true", help="log clients and refused queries to standard error")


def run(args: argparse.Namespace) -> int:
    """Run the broker; return the exit status."""
    from clacks_monitor.testbed.broker import Broker, BrokerError, FileRights, ListenError  # noqa: PLC0415 - proton is slow to import
    from clacks_monitor.testbed.event_check import SchemaCheck  # noqa: PLC0415 - so are the schemas
    from clacks_monitor.testbed.query_engine import QuerySelection  # noqa: PLC0415 - so is the query engine

    if missing_folder(map(Path, args.schemas)):
        return EXIT_FILE
    logging.basicConfig(level=logging.INFO if args.verbose else logging.WARNING, format="%(levelname)s %(message)s")
    try:
        rights = FileRights(Path(args.rights)) if args.rights else None
        broker = Broker(_settings(args), QuerySelection, SchemaCheck(map(Path, args.schemas)), rights)
    except UsageError as error:
        complain(str(error))
        return EXIT_USAGE
    except (BrokerError, OSError) as error:
        complain(str(error))
        return EXIT_NOT_CONNECTED if isinstance(error, ListenError) else EXIT_FILE
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
    from clacks_monitor.testbed.broker import BrokerSettings, TlsFiles  # noqa: PLC0415 - proton is slow to import

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
        tls=TlsFiles(args.cert, args.key or args.cert, args.client_ca or "") if args.cert else None,
        queue_bytes=args.queue_mb * 1024 * 1024,
        version=__version__,
    )


def read_users(path: str | Path) -> dict[str, str]:
    """Return name and password of each line ``name:password``; empty lines and lines with ``#`` are skipped."""
    users = {}
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - the path may be a descriptor's, such as /dev/fd/3
        for number, line in enumerate(file, 1):
            text = line.strip()
            if not text or text.startswith("#"):
                continue
            name, colon, password = text.partition(":")
            if not colon or not name:
                raise UsageError(f"{path}, line {number}: a line looks like name:password.")
            users[name] = password
    if not users:
        raise UsageError(f"{path} names no users, so that nobody could log in.")
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
