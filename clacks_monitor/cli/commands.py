"""The options and help of the commands. Thread: main.

They are apart from the commands, so that parsing and help do not import the modules that a command needs.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import (
    add_command,
    add_tls,
    add_url,
    at_least_one,
    duration,
    host_and_port,
    not_negative,
    store_address,
)
from clacks_monitor.core.connection import AMQP, DEFAULT_DOMAIN, PORT

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.cli.arguments import Subparsers

FORMATS = ("summary", "xml", "json")
RESULT_FORMATS = ("table", "csv", "json", "xml")


def add_parser(command: str, subparsers: Subparsers) -> None:
    """Add a command to the command line."""
    _PARSERS[command](subparsers)


def _listen(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "listen",
        "print events as they come",
        "Print events on standard output as they come, and on standard error how the connection goes. With --format "
        "json each line is one JSON object: an event has time, type, namespace, summary, problem, connection, subject, "
        "properties and body (or body_base64, if it is not text); a time in which events could have been missed has "
        "gap (its cause), from, to, lost (-1: unknown), detail and connection.",
        "clacks-monitor listen amqp://localhost --xquery './*:Event/*:PhoneStatus' --format json",
    )
    add_url(parser, needed=False)
    add = parser.add_argument
    text = (
        "print what is appended to this archive (a URL), without a bus; may be given again for several, merged by time"
    )
    add("--from-archive", metavar="ARCHIVE", action="append", default=[], help=text)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--xquery", metavar="QUERY", help="only events that match")
    which.add_argument("--profile", metavar="NAME", help="only events that match this saved profile")
    add("--format", choices=FORMATS, default="summary", help="how an event is printed (%(default)s)")
    add("--count", type=at_least_one, metavar="N", help="end after N events")
    add("--capture", type=store_address, metavar="FILE", help="record into this file, or archive (a URL), as well")
    add("--config", type=Path, metavar="FOLDER", help="profiles and schemas are here, not in the user's own folders")
    add("--once", action="store_true", help="end when the connection is lost, instead of connecting again")
    add("--consume", action="store_true", help="receive even where that takes events away from other receivers")


def _send(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "send",
        "send one event",
        "Send one event, made from its fields or read from a file. It is checked against its schema first. "
        "Fields are given by their path below the event: Status=busy, User/Name=hugo, @Type=CallMissed. "
        "A field given twice is repeated.",
        "clacks-monitor send amqp://localhost PhoneStatus CallerId=012345 ReceiverId=12343424 Status=busy",
    )
    add_url(parser)
    add = parser.add_argument
    add("type", nargs="?", metavar="TYPE", help="the event's type, for example PhoneStatus")
    add("fields", nargs="*", metavar="FIELD=VALUE", help="its fields")
    add("--file", metavar="FILE", help="send this XML document instead; - reads standard input")
    add("--via", choices=("exchange", "agent"), default="exchange", help="straight to the exchange, or by the agent")
    add("--topic", metavar="TOPIC", default="", help="MQTT only: send to this topic instead of DOMAIN/events")
    add("--broken", action="store_true", help="send it even if it violates its schema")
    add("--schemas", metavar="FOLDER", type=Path, action="append", default=[], help="further event schemas")


def _schemas(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "schemas",
        "list the event types and what is wrong with them",
        "List the event types with their files, documentation and errors.",
        "clacks-monitor schemas",
    )
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        metavar="FOLDER",
        help="schema folders (default: the built-in one and your own)",
    )
    parser.add_argument(
        "--config", type=Path, metavar="FOLDER", help="your own schemas are here, not in the usual place"
    )


def _replay(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "replay",
        "send a capture's events again, or print them, at their own pace",
        "Send the events of a capture again, or print them when no URL is given, at their own pace or another.",
        "clacks-monitor replay shift.capture amqp://localhost --from 14:02 --to 14:10 --speed 10",
    )
    add = parser.add_argument
    add("capture", metavar="CAPTURE", type=store_address, help="the capture's file, or the URL of an archive")
    add("url", metavar="URL", nargs="?", help="the bus to send to; without it the events are printed")
    add_tls(parser)
    add(
        "--speed",
        type=not_negative,
        default=1.0,
        metavar="FACTOR",
        help="times the original timing; 0: as fast as possible",
    )
    add("--rate", type=not_negative, default=0.0, metavar="N", help="N events a second instead of the original timing")
    add(
        "--from",
        dest="start",
        metavar="TIME",
        help='only from this time on: "14:02", "2026-11-24 14:02", "yesterday 9"',
    )
    add("--to", dest="end", metavar="TIME", help="only up to this time")
    add("--step", action="store_true", help="one event for each line on the standard input; the rest when it ends")
    add("--xquery", metavar="QUERY", help="only events that match")


_QUERY = (
    "Ask a capture or an archive by XQuery and print the answer. fn:collection() is its events as document nodes, "
    "oldest first; ev:time(), ev:type(), ev:sequence(), ev:connection(), ev:subject(), ev:summary(), ev:property(), "
    "ev:problem(), ev:mark() and ev:comment() are what is known of an event beside its XML, and ev:gaps() is the times "
    "in which events may have been missed. $from and $to are the time that the question is about.\n\n"
    "Maps and elements become columns. The query runs in worker processes whose time and memory are limited, and can "
    "reach nothing but the events. Where a limit is hit, a message says so, and the exit status is 1."
)


def _query(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "query",
        "ask a capture or an archive by XQuery",
        _QUERY,
        "clacks-monitor query shift.capture 'for $e in collection() group by $type := ev:type($e) "
        'return map{"type": $type, "events": count($e)}\'',
    )
    add = parser.add_argument
    add("store", metavar="STORE", type=store_address, help="a capture's file, or the URL of an archive")
    add("xquery", metavar="XQUERY", nargs="?", help="the query")
    add("--file", metavar="FILE", help="the query is in this file; - reads standard input")
    add("--set", dest="parameters", metavar="NAME=VALUE", action="append", default=[], help="an external variable")
    add("--format", choices=RESULT_FORMATS, default="table", help="how rows are printed (%(default)s)")
    add(
        "--from",
        dest="start",
        metavar="TIME",
        help='only events from this time on: "14:02", "2026-11-24 14:02", "yesterday 9"',
    )
    add("--to", dest="end", metavar="TIME", help="only events before this time")
    add("--type", metavar="TYPE", action="append", default=[], help="only events of this type; may be repeated")
    add("--rows", type=at_least_one, metavar="N", default=1_000_000, help="end after N rows (1,000,000)")
    add("--seconds", type=at_least_one, metavar="N", default=600, help="end after N seconds (600)")
    add("--explain", action="store_true", help="print how the query would be answered, instead of the answer")
    add("--workers", type=at_least_one, metavar="N", default=0, help="worker processes (one for each processor)")


_BROKER = (
    "Run a small AMQP 1.0 broker with an XML exchange that filters by XQuery, and the agent's sendEvent and getMethods "
    "on it.\n\n"
    "For demonstrations and tests, not for production: nothing is stored on disk, there are no clusters and no limits "
    "per user, and by default every client may log in. It therefore listens on this computer only unless "
    "--allow-remote is given. For a real bus, run Apache Qpid or another AMQP 1.0 broker."
)


def _broker(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "broker",
        "run the embedded broker (demonstration and tests, not for production)",
        _BROKER,
        "clacks-monitor broker --listen 127.0.0.1:5672 --users users.txt",
    )
    add = parser.add_argument
    add(
        "--listen",
        default=f"127.0.0.1:{PORT}",
        metavar="HOST:PORT",
        help="address to listen on; port 0 selects a free port",
    )
    add("--allow-remote", action="store_true", help="allow to listen on an address that other machines can reach")
    add("--domain", default=DEFAULT_DOMAIN, help="name of the XML exchange (default: %(default)s)")
    add("--users", metavar="FILE", help="users that may log in, one 'name:password' per line; all others are refused")
    add("--anonymous", action="store_true", help="with --users: also allow anonymous logins")
    add(
        "--rights",
        metavar="FILE",
        help="permissions to send events through the agent (default: all users may send all events)",
    )
    add("--schemas", metavar="FOLDER", action="append", default=[], help="further event schemas for the agent")
    add("--cert", metavar="FILE", help="certificate (PEM) with its chain: listen with TLS")
    add("--key", metavar="FILE", help="the certificate's key (PEM), if it is not in the same file")
    add("--client-ca", metavar="FILE", help="CA certificate (PEM) for client certificates, for SASL EXTERNAL")
    add("--require-client-cert", action="store_true", help="with --client-ca: refuse clients without a certificate")
    add(
        "--overflow",
        choices=("ring", "reject"),
        default="ring",
        help="what a full queue of a subscription does: drop its oldest where the client asks for that (ring), "
        "or always reject the newest, as Qpid does (reject)",
    )
    add(
        "--preemption-ms",
        type=not_negative,
        default=0.0,
        metavar="N",
        help="route as a broker of many threads does, each of which may stand still for N milliseconds while bindings "
        "change (0)",
    )
    add("--queue-mb", type=at_least_one, default=100, metavar="N", help="size of a subscription's queue (100)")
    add("--with-parent", action="store_true", help="end when standard input is closed, as it is when the parent ends")
    add("--verbose", action="store_true", help="log clients and refused queries to standard error")


def _simulate(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "simulate",
        "publish the events of a simulated office",
        "Publish the events of a simulated office: clients, users, telephones, agents, measurements, "
        "configuration runs. Its clients also answer a ClientPoll from other senders (not with --rate 0). "
        "Reconnects when the broker restarts.",
        "clacks-monitor simulate amqp://localhost --scenario telephone-rush --rate 20",
    )
    add_url(parser)
    add = parser.add_argument
    add("--scenario", default="office-day", metavar="NAME", help="a scenario's name or .json file (%(default)s)")
    add("--rate", type=not_negative, default=5.0, metavar="N", help="events a second; 0: as fast as possible (5)")
    add("--count", type=at_least_one, metavar="N", help="end after N events")
    add("--seed", metavar="S", help="the same seed gives the same events, on the scenario's own date instead of today")
    add("--with-parent", action="store_true", help="end when standard input is closed, as it is when the parent ends")


_ARCHIVE = (
    "Make, check and shorten an archive: a PostgreSQL database into which events are recorded for many monitors.\n\n"
    "init makes the tables in an empty database, and the roles clacks_recorder and clacks_monitor, which are granted "
    "to logins; migrate brings an archive of an older version up to date; check says what is in it, what the login may "
    "do, and what is wrong; drop-before drops the partitions that hold nothing at or after TIME.\n\n"
    "index add has the archive find events of a type by the value of a field, which is the name of an element: a query "
    "that asks for it, such as PhoneStatus/CallerId = '089', then reads what matches and not all. New events are in "
    "the index at once; older ones are gone through, the newest first, while recorders and monitors go on. Ctrl+C "
    "leaves the rest for the next index add of the same field. index list names all, index drop takes one out.\n\n"
    "The URL has no password in it: it comes from ~/.pgpass, a service file or the keyring (keyring set clacks-monitor "
    "URL), or is asked for."
)


def _archive(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "archive",
        "make, check and shorten an archive in PostgreSQL",
        _ARCHIVE,
        "clacks-monitor archive init postgresql://admin@db.example/events",
    )
    add = parser.add_argument
    add(
        "action",
        metavar="ACTION",
        choices=("init", "migrate", "check", "drop-before", "index"),
        help="what to do (see above)",
    )
    text = (
        'URL (postgresql://user@host:port/database); for drop-before URL TIME, which is "2026-11-24", '
        '"2026-11-24 14:02" or "90d" (ago); for index add URL TYPE FIELD, list URL or drop URL TYPE FIELD'
    )
    add("arguments", metavar="ARGUMENT", nargs="+", help=text)
    add("--partition", type=at_least_one, metavar="N", help="for init: entries in each partition (10,000,000)")


_RECORD = (
    "Record buses into STORE: an archive (the URL of a PostgreSQL database) or a capture file. Runs until it is "
    "stopped, without a window; for services.\n\n"
    "Each bus keeps a queue for the recorder, also while no recorder runs: an event is removed from it when it is "
    "committed in STORE. Several recorders of one archive form a group: one records, the others stand by and take over "
    "when it ends or stands still.\n\n"
    "Passwords: of the database from ~/.pgpass, a service file or the keyring; of the buses from --passwords, or from "
    "CLACKS_MONITOR_PASSWORD where one is enough."
)


def _record(subparsers: Subparsers) -> None:
    parser = add_command(
        subparsers,
        "record",
        "record buses into an archive or a capture, as a service",
        _RECORD,
        "clacks-monitor record postgresql://recorder@db.example/events amqps://recorder@bus.example/org.clacks",
    )
    add = parser.add_argument
    add("store", metavar="STORE", type=store_address, help="the URL of an archive, or a capture's file")
    add("urls", metavar="URL", nargs="+", help=f"({'|'.join(AMQP.schemes)})://user@host:port/domain, one or more")
    add_tls(parser)
    add("--passwords", metavar="FILE", type=Path, help="passwords of the buses, as host:port:domain:user:password")
    add("--subscription", metavar="QUERY", default="", help="record only events that match this XQuery")
    add("--spool", metavar="FOLDER", type=Path, help="keep events here while the archive cannot be reached")
    add("--spool-mb", type=at_least_one, default=1024, metavar="N", help="size of the spool in MB (1024)")
    add("--retention", type=duration, metavar="AGE", help="drop what is older, such as 90d; of an archive as its owner")
    add("--metrics", type=host_and_port, metavar="HOST:PORT", help="serve figures for Prometheus at /metrics")
    add("--consume", action="store_true", help="record a queue although that takes events away from other receivers")
    add("--config", type=Path, metavar="FOLDER", help="schemas are here, not in the user's own folders")


_PARSERS: dict[str, Callable[[Subparsers], None]] = {
    "listen": _listen,
    "send": _send,
    "schemas": _schemas,
    "replay": _replay,
    "broker": _broker,
    "simulate": _simulate,
    "archive": _archive,
    "record": _record,
    "query": _query,
}
COMMANDS = tuple(_PARSERS)
"""Each names a module of ``cli``, whose run() carries it out."""
