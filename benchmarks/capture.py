"""How fast captures are: appending, opening, jumping, refiltering - and how much memory a reader takes.

    python -m benchmarks.capture --events 1000000 [--batch 500] [--json]

Appending is measured here, everything else in a process of its own that has only opened the file, so that memory is
that of reading. Refiltering takes a Filter: by default the words of a fast-path query done by hand with lxml; a
compiled query of the session fits in its place (see ``refilter``).
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from lxml import etree

from clacks_monitor.core.columns import Column
from clacks_monitor.core.decode import hardened_parser
from clacks_monitor.core.event import NO_PROPERTIES, Event, Properties, RawMessage
from clacks_monitor.storage import Capture, CaptureReader

Filter = Callable[[str, bytes, Properties], bool]
"""Type, body and properties of an event -> whether it is shown."""

NAMESPACE = "http://www.gonicus.de/Events"
_PHONE = (
    f'<Event xmlns="{NAMESPACE}"><PhoneStatus><CallerId>%06d</CallerId><ReceiverId>12343424</ReceiverId>'
    "<Status>%s</Status></PhoneStatus></Event>"
)
_NODE = (
    f'<Event xmlns="{NAMESPACE}"><NodeStatus><Id>agent-%d</Id><Load>0.%d</Load><Latency>0.01</Latency>'
    "<Workers>4</Workers></NodeStatus></Event>"
)
_LEAVE = f'<Event xmlns="{NAMESPACE}"><ClientLeave><Id>client-%d</Id></ClientLeave></Event>'
SCREEN = 50
FIRST_CHUNK, CHUNK = 500, 2000


def events(count: int) -> Iterator[Event]:
    """Yield ``count`` small events, half of them PhoneStatus."""
    start = time.time_ns() - count * 1_000_000
    for n in range(count):
        if n % 2:
            kind, body = "PhoneStatus", _PHONE % (n % 1_000_000, ("busy", "free", "ringing")[n % 3])
            summary = f"{n % 1_000_000:06d} calls 12343424: {('busy', 'free', 'ringing')[n % 3]}"
        elif n % 4:
            kind, body, summary = "NodeStatus", _NODE % (n % 20, n % 10), f"agent-{n % 20}: load 0.{n % 10}, 4 workers"
        else:
            kind, body, summary = "ClientLeave", _LEAVE % (n % 500), f"client-{n % 500} leaves"
        raw = RawMessage(
            connection="office",
            wall_ns=start + n * 1_000_000,
            monotonic_ns=n * 1_000_000,
            body=body.encode(),
            subject="event",
            content_type="text/xml",
            properties={"n": n} if n % 10 == 0 else NO_PROPERTIES,
        )
        yield Event(raw, kind, summary)


def fast_filter() -> Filter:
    """Return what a fast path makes of ``./e:Event/e:PhoneStatus/e:Status = 'busy'``."""
    parser = hardened_parser()
    matches = etree.XPath("boolean(/e:Event/e:PhoneStatus/e:Status = 'busy')", namespaces={"e": NAMESPACE})

    def accept(kind: str, body: bytes, _properties: Properties) -> bool:
        return kind == "PhoneStatus" and bool(matches(etree.fromstring(body, parser)))

    return accept


def refilter(reader: CaptureReader, accept: Filter, last: int, newest: int = 0) -> Iterator[list[int]]:
    """Yield the matches of each chunk, newest first; the first chunk is small, so that the screen fills at once.

    This is the place for the session's own filter: anything that is a Filter.
    """
    first = max(1, newest - last + 1)
    middle = max(first, newest - FIRST_CHUNK + 1)
    for low, high, chunk in ((middle, newest, FIRST_CHUNK), (first, middle - 1, CHUNK)):
        for part in reader.scan(low, high, newest_first=True, chunk=chunk):
            yield [sequence for sequence, kind, body, properties in part if accept(kind, body, properties)]


def measure_append(path: Path, count: int, batch: int) -> float:
    """Return events appended per second; making the events is not counted."""
    spent = 0.0
    pending: list[Event] = []
    with Capture.create(path) as capture:
        for event in events(count):
            pending.append(event)
            if len(pending) == batch:
                start = time.perf_counter()
                capture.append(pending)
                spent += time.perf_counter() - start
                pending = []
        start = time.perf_counter()
        capture.append(pending)
        spent += time.perf_counter() - start
    return count / spent


def measure_reading(path: Path) -> dict[str, float]:
    """Return the figures of opening, jumping, refiltering and sorting, seconds and milliseconds as the names say."""
    start = time.perf_counter()
    capture = Capture.open(path)
    reader = capture.reader()
    last = reader.last_sequence()
    reader.rows(range(max(1, last - SCREEN + 1), last + 1))
    reader.type_counts()
    figures = {"open_s": time.perf_counter() - start}
    figures |= _jumps(reader, last)
    figures |= _refiltering(reader, last)
    for column in (Column.TIME, Column.TYPE, Column.SUMMARY):
        start = time.perf_counter()
        reader.order_by(column)
        figures[f"sort_{column}_s"] = time.perf_counter() - start
    start = time.perf_counter()
    reader.rates(60_000_000_000, by_type=True)
    figures["rates_s"] = time.perf_counter() - start
    figures["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reader.close()
    capture.close()
    return figures


def _jumps(reader: CaptureReader, last: int) -> dict[str, float]:
    chance = random.Random(1)
    times = []
    for _ in range(500):
        first = chance.randint(1, max(1, last - SCREEN))
        start = time.perf_counter()
        rows = reader.rows(range(first, first + SCREEN))
        times.append(time.perf_counter() - start)
        assert rows
    # A sorted table asks for rows from all over the file.
    scattered = []
    for _ in range(200):
        wanted = [chance.randint(1, last) for _ in range(SCREEN)]
        start = time.perf_counter()
        reader.rows(wanted)
        scattered.append(time.perf_counter() - start)
    return {"jump_p99_ms": _p99(times) * 1000, "scattered_p99_ms": _p99(scattered) * 1000}


def _p99(times: list[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


def _refiltering(reader: CaptureReader, last: int) -> dict[str, float]:
    accept = fast_filter()
    start = time.perf_counter()
    work = refilter(reader, accept, last, last)
    found = len(next(work))
    while found < SCREEN and (part := next(work, None)) is not None:
        found += len(part)
    first = time.perf_counter() - start
    found += sum(len(part) for part in work)
    whole = time.perf_counter() - start
    start = time.perf_counter()
    for _part in refilter(reader, accept, 100_000, last):
        pass
    recent = time.perf_counter() - start
    # Cancelling takes effect between two chunks: the longest chunk is the longest wait.
    longest = 0.0
    work = refilter(reader, accept, 100_000, last)
    start = time.perf_counter()
    for _part in work:
        longest = max(longest, time.perf_counter() - start)
        start = time.perf_counter()
    start = time.perf_counter()
    scanned = sum(len(part) for part in reader.scan())
    return {
        "refilter_s": whole,
        "refilter_100k_s": recent,
        "first_ms": first * 1000,
        "cancel_ms": longest * 1000,
        "scan_us_per_event": (time.perf_counter() - start) / max(1, scanned) * 1e6,
        "matches": found,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--batch", type=int, default=500, help="events in one append (a burst of the connection)")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    parser.add_argument("--folder", type=Path, help="where the file is made (default: the system's temporary folder)")
    parser.add_argument("--reading", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reading:
        print(json.dumps(measure_reading(options.reading)))
        return
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        path = Path(folder) / "benchmark.capture"
        figures: dict[str, float] = {"events": options.events}
        figures["append_rate"] = measure_append(path, options.events, options.batch)
        figures["file_mb"] = path.stat().st_size / 1_000_000
        command = [sys.executable, "-m", "benchmarks.capture", "--reading", str(path)]
        figures |= json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for name, value in figures.items():
        print(f"{name:20} {value:>14,.2f}")
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
