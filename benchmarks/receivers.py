"""Compares two bare proton receivers with this program's Connection: same publisher.

    python -m benchmarks.receivers [--count 200000] [--rounds 3] [--json]

``bare`` is a MessagingHandler, which decodes each message as the simplest program with proton's own classes does;
``counting`` takes the encoded message from its link, decodes nothing and settles it, as this program's Connection does
with proton's part of the work. Neither keeps anything. Prints events per second of wall time and microseconds of
processor time per event, and our ratio to each. The receivers take turns, each in a process of its own, so that neither
inherits the other's warm caches.
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

from proton.handlers import FlowController, IncomingMessageHandler, MessagingHandler
from proton.reactor import Container
from typing_extensions import override

from clacks_monitor.amqp import Connection
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import from_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.event import RawMessage


CREDIT = 1_000


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

    def __init__(self, url: str, count: int, address: str = "org.clacks") -> None:
        super().__init__(prefetch=4000)
        self._url, self._count, self._address = url, count, address
        self.seen = 0
        self.began = 0.0

    def on_start(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Connect."""
        event.container.create_receiver(event.container.connect(self._url, reconnect=False), self._address)

    def on_message(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Count."""
        self.began = self.began or time.perf_counter()
        self.seen += 1
        if self.seen == self._count:
            event.connection.close()


class Counting(Bare):
    """Counts deliveries as cheaply as proton's classes can: nothing is decoded, credit is granted by the thousand."""

    def __init__(self, url: str, count: int) -> None:
        super().__init__(url, count)
        # Neither proton's decoder nor its credit for each delivery.
        self.handlers = [one for one in self.handlers if not isinstance(one, IncomingMessageHandler | FlowController)]  # type: ignore[union-attr]  # a list since the constructor

    def on_link_remote_open(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Grant the first credit."""
        event.link.flow(4 * CREDIT)

    def on_delivery(self, event: Any) -> None:  # noqa: ANN401 - proton publishes no types
        """Take a whole delivery, settle it, and count it."""
        delivery = event.delivery
        if not delivery.readable or delivery.partial:
            return
        link = delivery.link
        link.recv(delivery.pending)
        link.advance()
        delivery.settle()
        self.on_message(event)
        if self.seen % CREDIT == 0:
            link.flow(CREDIT)


def receive_proton(handler: Bare) -> float:
    """Return the seconds from the first message to the last that a receiver of proton's classes takes."""
    Container(handler).run()
    return time.perf_counter() - handler.began


def receive_ours(address: str, count: int) -> float:
    """Return the seconds from the first message to the last."""
    return receive_connection(*from_url(f"amqp://{address}/org.clacks"), count)


def receive_connection(settings: ConnectionSettings, password: str | None, count: int) -> float:
    """Return the seconds from the first message to the last that this program's Connection takes."""
    done = threading.Event()
    seen, began = 0, 0.0

    class Counter(BusListener):
        @override
        def on_messages(self, messages: list[RawMessage]) -> None:
            nonlocal seen, began
            began = began or time.perf_counter()
            seen += len(messages)
            if seen >= count:
                done.set()

    with Connection(settings, Counter(), password=lambda: password):
        done.wait()
        return time.perf_counter() - began


def receive_bare(address: str, count: int) -> float:
    """Return the seconds from the first message to the last, each decoded."""
    return receive_proton(Bare(f"amqp://{address}", count))


def receive_counting(address: str, count: int) -> float:
    """Return the seconds from the first message to the last, none decoded."""
    return receive_proton(Counting(f"amqp://{address}", count))


RECEIVERS = {"bare": receive_bare, "counting": receive_counting, "ours": receive_ours}


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
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    parser.add_argument("--one", nargs=2, metavar=("WHICH", "ADDRESS"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        which, address = options.one
        before = time.process_time()
        seconds = RECEIVERS[which](address, options.count)
        print(seconds, time.process_time() - before)
        return 0
    rows: dict[str, list[tuple[float, float]]] = {which: [] for which in RECEIVERS}
    for _ in range(options.rounds):
        for which, found in rows.items():
            found.append(measure(which, options.count))
    result: dict[str, float] = {}
    for which, found in rows.items():
        rate, cpu = statistics.median(r for r, _c in found), statistics.median(c for _r, c in found)
        if not options.json:
            print(f"{which:8} {rate:>8,.0f} events/s, {cpu:5.1f} us of processor time each")
        result |= {f"{which}_rate": round(rate), f"{which}_cpu_us": round(cpu, 1)}
    for which in ("bare", "counting"):
        result[f"ratio_to_{which}"] = round(result["ours_rate"] / result[f"{which}_rate"], 2)
    print(json.dumps(result))
    return 0


if __name__ == "__main__":
    sys.exit(main())
