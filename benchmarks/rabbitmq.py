"""How fast events get in from RabbitMQ 4: a bare proton receiver, this program's Connection, and its session.

    python -m benchmarks.rabbitmq [--count 60000] [--rounds 3] [--json]

Runs the RabbitMQ 4 of the tests, as root (tests/helpers/rabbitmq4). Each turn fills a durable classic queue and lets
one receiver empty it, in a process of its own: ``bare`` is a MessagingHandler, which decodes each message
(benchmarks.receivers), ``ours`` the Connection, ``session`` decodes, checks by schema, stores in a capture and filters
by five active profiles (benchmarks.ingest). Prints events per second from the first event to the last.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from typing_extensions import override

from benchmarks.ingest import PATIENCE_S, Progress, make_session, seconds_from_first
from benchmarks.publisher import event_text
from benchmarks.receivers import Bare, receive_connection, receive_proton
from clacks_monitor.amqp import Connection
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import from_url

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.sending import SendResult

QUEUE = "filled"


def consuming(url: str) -> tuple[ConnectionSettings, str | None]:
    """Return the settings of a connection that may empty the queue, and its password."""
    settings, password = from_url(url)
    return replace(settings, consumes=True), password


def fill(url: str, count: int) -> None:
    """Put events into the queue."""
    done = threading.Event()
    settled = 0

    class Sent(BusListener):
        @override
        def on_results(self, results: list[SendResult]) -> None:
            nonlocal settled
            settled += len(results)
            if settled >= count:
                done.set()

    settings, password = consuming(url)
    with Connection(settings, Sent(), password=lambda: password, receives=False) as sending:
        for number in range(count):
            sending.send(event_text(f"{number:09}").encode())
        done.wait()


def run_session(url: str, count: int) -> float:
    """Return the seconds that the session takes, without a window."""
    with tempfile.TemporaryDirectory() as folder:
        wake = threading.Event()
        session = make_session(Path(folder), wake.set)
        session.start()
        settings, password = consuming(url)
        session.connections.add_for_this_run(settings, password)
        problem = session.connections.open(settings.id)
        if problem:
            raise RuntimeError(problem)
        progress = Progress(count, PATIENCE_S)
        while not progress.ended(session.filtering.counts.shown()):
            wake.wait(0.2)
            wake.clear()
            session.drain()
        seconds = seconds_from_first(session, progress.last)
        session.close()
    return seconds


KINDS = {
    "bare": lambda url, count: receive_proton(Bare(url, count, f"/queues/{QUEUE}")),
    "ours": lambda url, count: receive_connection(*consuming(url), count),
    "session": run_session,
}


def measure(which: str, url: str, count: int) -> float:
    """Return events per second of one receiver in a new process."""
    fill(url, count)
    command = [sys.executable, "-m", "benchmarks.rabbitmq", "--one", which, url, "--count", str(count)]
    return count / float(subprocess.check_output(command, text=True).splitlines()[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, or run one receiver."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60_000, help="events for each receiver (60000)")
    parser.add_argument("--rounds", type=int, default=3, help="turns of each receiver (3)")
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    parser.add_argument("--one", nargs=2, metavar=("WHICH", "URL"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        which, url = options.one
        print(KINDS[which](url, options.count))
        return 0
    from tests.helpers.rabbitmq4 import running_rabbitmq4  # only where it is run

    rates: dict[str, list[float]] = {which: [] for which in KINDS}
    with running_rabbitmq4() as rabbit:
        rabbit.declare(QUEUE, durable=True)
        for _ in range(options.rounds):
            for which, found in rates.items():
                found.append(measure(which, rabbit.url(f"queues/{QUEUE}"), options.count))
    medians = {which: statistics.median(found) for which, found in rates.items()}
    result = {
        **{f"{which}_rate": round(rate) for which, rate in medians.items()},
        **{f"{which}_to_bare": round(medians[which] / medians["bare"], 2) for which in ("ours", "session")},
    }
    if not options.json:
        for which, rate in medians.items():
            print(f"{which:8} {rate:>8,.0f} events/s")
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
