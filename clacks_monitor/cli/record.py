"""``clacks-monitor record``: records buses into an archive or a capture, as a service. Thread: main."""

from __future__ import annotations

import os
import signal
import socket
import sys
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.cli.address import read_address, tls_files
from clacks_monitor.cli.arguments import EXIT_FILE, EXIT_NOT_CONNECTED, EXIT_USAGE, PASSWORD_VARIABLE
from clacks_monitor.cli.bus import complain, exit_of_error
from clacks_monitor.cli.interrupts import stopping
from clacks_monitor.cli.password_file import PasswordFileError, read_passwords
from clacks_monitor.cli.passwords import ask_password
from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.connection import AddressError, ConnectionState
from clacks_monitor.core.decode import Decoder
from clacks_monitor.core.event import EVENT_NAMESPACE
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.messages import counted, printable
from clacks_monitor.core.store import Retention
from clacks_monitor.core.summary import Summaries
from clacks_monitor.forms import Catalogue
from clacks_monitor.session.receiving.recorder import schema_check
from clacks_monitor.session.recording.metrics import RecorderMetrics
from clacks_monitor.session.recording.metrics_server import MetricsServer
from clacks_monitor.session.recording.recorder import StoreRecorder
from clacks_monitor.session.recording.retention import ArchiveRetention
from clacks_monitor.session.recording.sources import ArrivalQueue, RecordedSource
from clacks_monitor.session.recording.spool import Spool
from clacks_monitor.session.recording.supervision import Supervisor
from clacks_monitor.session.recording.target import CaptureTarget, target_of
from clacks_monitor.xquery import QueryError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from clacks_monitor.cli.address import Address
    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.core.ports import Ports
    from clacks_monitor.session.recording.target import RecordingTarget

MEBIBYTE = 1024 * 1024
IDLE_S = 8.0
"""Seconds after which a broker gives the queue of a recorder that stands still to the next one."""


def run(args: argparse.Namespace, ports: Ports) -> int:
    """Record until a signal; return the exit status."""
    try:
        addresses = _addresses(args, ports)
    except (AddressError, PasswordFileError) as error:
        complain(str(error))
        return EXIT_USAGE
    node = f"{socket.gethostname()}-{os.getpid()}"
    try:
        with ExitStack() as stack:
            target = target_of(args.store, ports, node, ask_password)
            stack.callback(target.release)
            return _record(args, ports, addresses, target, stack)
    except QueryError as error:
        complain(f"The subscription filter cannot be read: {error}")
        return EXIT_USAGE
    except OSError as error:
        complain(str(error))
        return exit_of_error(error)


def _record(
    args: argparse.Namespace, ports: Ports, addresses: Sequence[Address], target: RecordingTarget, stack: ExitStack
) -> int:
    metrics = RecorderMetrics()
    if args.metrics:
        host, port = args.metrics
        try:
            stack.enter_context(MetricsServer(host, port, metrics.text))
        except OSError as error:
            complain(f"The metrics cannot be served at {host}:{port}: {error.strerror or error}.")
            return EXIT_NOT_CONNECTED
    arrivals = ArrivalQueue()
    sources = _sources(args, ports, addresses, target, arrivals)
    stack.callback(lambda: [source.stop() for source in sources])
    spool = None if args.spool is None else Spool(ports.files, args.spool, args.spool_mb * MEBIBYTE)
    supervisor = Supervisor(os.environ)
    recorder = StoreRecorder(target, sources, arrivals, spool, metrics, log=log_line, beat=supervisor.beat)
    if args.retention:
        _keep(args, ports, target, metrics, stack)
    with stopping(recorder.stop, (signal.SIGINT, signal.SIGTERM)):
        recorder.run()
    supervisor.send("STOPPING=1")
    lost = int(metrics.value("lost_total"))
    if lost:
        what = counted(lost, "event was lost", "events were lost")
        log_line(f"{what}: neither the store nor the spool had room.")
    return EXIT_FILE if lost else 0


def log_line(text: str) -> None:
    """Write a line to standard error, where systemd's journal gets it from."""
    sys.stderr.write(f"{printable(text)}\n")
    sys.stderr.flush()


def _addresses(args: argparse.Namespace, ports: Ports) -> list[Address]:
    """Return what the URLs mean, each with another name. Raises AddressError, PasswordFileError."""
    known = read_passwords(args.passwords) if args.passwords else None
    found: list[Address] = []
    names: set[str] = set()
    for url in args.urls:
        settings, password = read_address(url, ports.protocols, tls_files(args))
        if settings.user and known is not None:
            password = password or known.find(settings)
        if settings.user and password is None:
            raise AddressError(
                f"There is no password for {settings.user} at {settings.name}: put it into {PASSWORD_VARIABLE}, or into"
                " the file that --passwords names."
            )
        name = settings.name if settings.name not in names else f"{settings.name}/{settings.domain}"
        if name in names:
            raise AddressError(f"{name} is named twice.")
        names |= {name, f"{settings.name}/{settings.domain}"}
        ports.durable_bus(settings)
        changed = replace(settings, name=name, subscription=args.subscription, consumes=args.consume)
        found.append((replace(changed, read_only=True, idle_timeout_s=IDLE_S), password))
    return found


def _sources(
    args: argparse.Namespace,
    ports: Ports,
    addresses: Sequence[Address],
    target: RecordingTarget,
    arrivals: ArrivalQueue,
) -> list[RecordedSource]:
    folders = Folders.below(args.config) if args.config else Folders.of_user()
    catalogue = Catalogue([assets.folder("schemas"), folders.schemas])
    summaries = Summaries.load("en", EVENT_NAMESPACE)
    owner = f"clacks-recorder-{target.id[:12]}"
    report = _StatusReport()
    return [
        RecordedSource(
            ports.durable_bus(settings),
            settings,
            password,
            owner=owner,
            decode=Decoder(summaries, schema_check(catalogue)),
            arrivals=arrivals,
            report=report,
        )
        for settings, password in addresses
    ]


def _keep(
    args: argparse.Namespace, ports: Ports, target: RecordingTarget, metrics: RecorderMetrics, stack: ExitStack
) -> None:
    """Have what is older than --retention dropped."""
    if isinstance(target, CaptureTarget):
        target.limit(Retention(max_age_s=args.retention))
    elif names_archive(args.store):
        archives = ports.load_archives()

        def drop(before_ns: int) -> int:
            return archives.drop_before(args.store, before_ns)

        stack.enter_context(ArchiveRetention(drop, args.retention, lambda: metrics.value("leading") > 0, log_line))


class _StatusReport:
    """Says when a connection's state or reason changes. Any thread."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    def __call__(self, source: RecordedSource, status: ConnectionStatus) -> None:
        if status.state is ConnectionState.CONNECTING:
            return
        text = str(status.state)
        if status.subscribed:
            text = ", ".join(filter(None, ("attached", status.filter_note, status.reason)))
        elif status.reason:
            text = f"{text}: {status.reason}"
        if self._last.get(source.name) != text:
            self._last[source.name] = text
            log_line(f"{source.name}: {text}")
