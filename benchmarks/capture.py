"""How fast captures of any size are, in the whole program: appending, opening, jumping, sorting, refiltering, finding.

    python -m benchmarks.capture --events 1000000 [--rate 1000] [--batch 500] [--file FILE] [--json]

Appending is measured here, with the bare storage room. Everything else is measured in a process of its own: the real
window, offscreen, with its session and its filter, opens the file as an operator does (benchmarks.capture_window).
``rss_mb`` is the resident memory of that program with all its processes, the capture open; ``refilter_s`` is a
fast-path query over all events, with the profiles that a first start has; ``refilter_all_cores_s`` and
``refilter_one_core_s`` are one more such query each, ``refilter_again_s`` one that was asked before;
``refilter_100k_s`` is the same over at most 100,000 of them; ``find_s`` looks for a text that only the oldest event
has; stalls are weighed by time (benchmarks.stalls); ``jump_cpu_p99_ms`` is the processor time of a jump; the figures
that begin with ``storage_`` are those of the storage room alone.
A month of a bus with five events a second is ``--events 13000000 --rate 5``; ``--file`` keeps it for another look.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.core.event import NO_PROPERTIES, Event, RawMessage

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMESPACE = "http://www.gonicus.de/Events"
_PHONE = (
    f'<Event xmlns="{NAMESPACE}"><PhoneStatus><CallerId>%06d</CallerId><ReceiverId>12343424</ReceiverId>'
    "<Status>%s</Status></PhoneStatus></Event>"
)
_NODE = (
    f'<Event xmlns="{NAMESPACE}"><NodeStatus><Id>agent-%d</Id><Load>0.%d</Load><Latency>0.01</Latency>'
    "<Workers>4</Workers></NodeStatus></Event>"
)
_LEAVE = f'<Event xmlns="{NAMESPACE}"><ClientLeave><Id>client-%s</Id></ClientLeave></Event>'
OLDEST = "oldest"
"""The name of the client in the first event, and in no other."""
SCREEN = 50


def events(count: int, rate: float) -> Iterator[Event]:
    """Yield ``count`` small events, ``rate`` of them a second until now, half of them PhoneStatus."""
    pause = int(1e9 / rate)
    start = time.time_ns() - count * pause
    for n in range(count):
        if n % 2:
            kind, body = "PhoneStatus", _PHONE % (n % 1_000_000, ("busy", "free", "ringing")[n % 3])
            summary = f"{n % 1_000_000:06d} calls 12343424: {('busy', 'free', 'ringing')[n % 3]}"
        elif n % 4:
            kind, body, summary = "NodeStatus", _NODE % (n % 20, n % 10), f"agent-{n % 20}: load 0.{n % 10}, 4 workers"
        else:
            client = n % 500 if n else OLDEST
            kind, body, summary = "ClientLeave", _LEAVE % client, f"client-{client} leaves"
        raw = RawMessage(
            connection="office",
            wall_ns=start + n * pause,
            monotonic_ns=n * pause,
            body=body.encode(),
            subject="event",
            content_type="text/xml",
            properties={"n": n} if n % 10 == 0 else NO_PROPERTIES,
        )
        yield Event(raw, kind, summary)


def measure_append(path: Path, count: int, rate: float, batch: int) -> float:
    """Return events appended per second until the file is closed; making the events is not counted."""
    spent = 0.0
    pending: list[Event] = []
    capture = captures.create(path)
    for event in events(count, rate):
        pending.append(event)
        if len(pending) == batch:
            start = time.perf_counter()
            capture.append(pending)
            spent += time.perf_counter() - start
            pending = []
    start = time.perf_counter()
    capture.append(pending)
    capture.close()  # which writes what the log still holds into the file
    return count / (spent + time.perf_counter() - start)


def measure_storage(path: Path) -> dict[str, float]:
    """Return the figures of the storage room alone, seconds and milliseconds as the names say."""
    with captures.open_capture(path) as capture, capture.reader() as reader:
        last = reader.last_sequence()
        chance, times = random.Random(1), list[float]()
        for _ in range(200):  # a sorted table asks for rows from all over the file
            wanted = [chance.randint(1, last) for _ in range(SCREEN)]
            start = time.perf_counter()
            reader.rows(wanted)
            times.append(time.perf_counter() - start)
        figures = {"storage_scattered_p99_ms": _p99(times) * 1000}
        start = time.perf_counter()
        scanned = sum(len(part) for part in reader.scan())
        figures["storage_scan_us"] = (time.perf_counter() - start) / max(1, scanned) * 1e6
        start = time.perf_counter()
        reader.statistics.rates(60_000_000_000, by_type=True)
        figures["storage_rates_s"] = time.perf_counter() - start
    return figures


def measure_window(path: Path) -> dict[str, float]:
    """Return the figures of the whole program with ``path`` open; for a process of its own."""
    from benchmarks.capture_window import Measured  # Qt belongs to the child process

    with tempfile.TemporaryDirectory() as folder:
        return Measured(Path(folder)).run(path)


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _child(path: Path) -> dict[str, float]:
    """Measure the whole program in a process of its own, offscreen."""
    command = [sys.executable, "-m", "benchmarks.capture", "--window", str(path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rate", type=float, default=1000.0, help="events a second in the capture's own time")
    parser.add_argument("--batch", type=int, default=500, help="events in one append (a burst of the connection)")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--folder", type=Path, help="where the file is made (default: the system's temporary folder)")
    parser.add_argument("--file", type=Path, help="keep the capture here; one that is there is measured as it is")
    parser.add_argument("--window", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.window:
        print(json.dumps(measure_window(options.window)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = options.file or Path(folder) / "benchmark.capture"
        figures: dict[str, float] = {"events": options.events}
        if not path.exists():
            figures["append_rate"] = measure_append(path, options.events, options.rate, options.batch)
        figures["file_mb"] = path.stat().st_size / 1_000_000
        figures |= measure_storage(path)
        figures |= _child(path)
        recent = Path(folder) / "recent.capture"
        measure_append(recent, min(options.events, 100_000), options.rate, options.batch)
        figures["refilter_100k_s"] = _child(recent)["refilter_s"]
    for name, value in figures.items():
        print(f"{name:26} {value:>14,.2f}")
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
