"""Compares a bare proton MessagingHandler, which only counts, with this program's Connection: same publisher.

    python -m benchmarks.receivers [--count 200000] [--rounds 3]

Prints events per second of wall time and microseconds of processor time per event; the last line is a JSON object.
The receivers take turns, each in a process of its own, so that neither inherits the other's warm caches.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from proton.handlers import MessagingHandler
from proton.reactor import Container

from clacks_monitor.amqp import Connection
from clacks_monitor.core.connection import from_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.core.event import RawMessage


@contextmanager
def publisher(count: int, *options: str) -> Iterator[str]:
    """Run benchmarks.publisher; yields HOST:PORT."""
    command = [sys.executable, "-m", "benchmarks.publisher", "--count", str(count), *options]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("no pipes to the publisher")
        try:
            yield process.stdout.readline().removeprefix("listening on ").strip()
        finally:
            process.stdin.close()
            process.terminate()


class Bare(MessagingHandler):
    """Counts messages, as the simplest program with proton's own classes would."""

    def __init__(self, url: str, count: int) -> None:
        super().__init__(prefetch=4000)
        self._url, self._count = url, count
        self.seen = 0
        self.began = 0.0

    def on_start(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Connect."""
        event.container.create_receiver(event.container.connect(self._url, reconnect=False), "org.clacks")

    def on_message(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Count."""
        self.began = self.began or time.perf_counter()
        self.seen += 1
        if self.seen == self._count:
            event.connection.close()


def receive_bare(address: str, count: int) -> float:
    """Return the seconds from the first message to the last."""
    handler = Bare(f"amqp://{address}", count)
    Container(handler).run()
    return time.perf_counter() - handler.began


def receive_ours(address: str, count: int) -> float:
    """Return the seconds from the first message to the last."""
    settings, _password = from_url(f"amqp://{address}/org.clacks")
    done = threading.Event()
    seen, began = 0, 0.0

    def receive(batch: list[RawMessage]) -> None:
        nonlocal seen, began
        began = began or time.perf_counter()
        seen += len(batch)
        if seen >= count:
            done.set()

    with Connection(settings, password=lambda: None, receive=receive):
        done.wait()
        return time.perf_counter() - began


def measure(which: str, count: int) -> tuple[float, float]:
    """Return events per second, and microseconds of processor time per event, of one receiver in a new process."""
    with publisher(count) as address:
        command = [sys.executable, "-m", "benchmarks.receivers", "--one", which, address, "--count", str(count)]
        seconds, cpu = map(float, subprocess.check_output(command, text=True).split())
    return count / seconds, cpu / count * 1e6


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, or run one receiver."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", nargs=2, metavar=("WHICH", "ADDRESS"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        which, address = options.one
        before = time.process_time()
        seconds = (receive_bare if which == "bare" else receive_ours)(address, options.count)
        print(seconds, time.process_time() - before)
        return 0
    rows: dict[str, list[tuple[float, float]]] = {"bare": [], "ours": []}
    for _ in range(options.rounds):
        for which, found in rows.items():
            found.append(measure(which, options.count))
    result: dict[str, float] = {}
    for which, found in rows.items():
        rate, cpu = statistics.median(r for r, _c in found), statistics.median(c for _r, c in found)
        print(f"{which}: {rate:,.0f} events/s, {cpu:.1f} us of processor time each")
        result |= {f"{which}_rate": round(rate), f"{which}_cpu_us": round(cpu, 1)}
    result["ratio"] = round(result["ours_rate"] / result["bare_rate"], 2)
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
