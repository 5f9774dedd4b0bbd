"""How fast events get in: a bare proton receiver, the session without a window, and the window, with one publisher.

    python -m benchmarks.ingest [--count 60000] [--json]
    python -m benchmarks.ingest --steady 2000 --seconds 600 [--json]

The bare receiver is a MessagingHandler that only counts. The session decodes, checks by schema, stores in a capture and
filters by five active profiles; the window does that and shows it. Each runs in a process of its own and takes
turns with the others. Events hold their number: ``lost`` counts the numbers that are missing from the captures.
Stalls are measured in the window's event loop: how late a timer of 5 ms comes.

``--steady`` lets events come at a rate instead of as fast as they can, into the window only, and tells loss, stalls,
the processor time of an event and how much the process grew between its first quarter and its end. ``idle_p99_ms``
and ``idle_max_ms`` are how late a process that does nothing else was woken meanwhile: what the machine alone stalls.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.receivers import publisher, receive_bare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType
    from typing import Self

    from clacks_monitor.session.session import Session

BEAT_S = 0.005
NUMBER = re.compile(rb"<CallerId>(\d{9})</CallerId>")


def make_session(folder: Path, wake: Callable[[], None]) -> Session:
    """Return a session with five active profiles and a capture of its own."""
    from clacks_monitor.session.session import Session  # noqa: PLC0415 - the bare receiver must not load it
    from clacks_monitor.storage import Folders  # noqa: PLC0415 - as above

    session = Session(Folders.below(folder), wake=wake, capture=folder / "ingest.capture")
    session.profiles.activate([profile.id for profile in session.profiles.all()][:5])
    return session


def connect(session: Session, address: str) -> None:
    """Open the connection to the publisher."""
    from clacks_monitor.core.connection import from_url  # noqa: PLC0415 - only loaded where it is needed

    settings, _password = from_url(f"amqp://{address}/org.clacks")
    session.connections.add_for_this_run(settings)
    problem = session.connections.open(settings.id)
    if problem:
        raise RuntimeError(problem)


def missing(path: Path, count: int) -> int:
    """Return how many of the numbers 0 to ``count`` - 1 a capture does not hold."""
    from clacks_monitor.storage import Capture  # noqa: PLC0415 - only loaded where it is needed

    capture = Capture.open_readonly(path)
    reader = capture.reader()
    seen = {
        int(found[1])
        for chunk in reader.scan()
        for _sequence, _type, body, _properties in chunk
        if (found := NUMBER.search(body))
    }
    reader.close()
    capture.close()
    return len(set(range(count)) - seen)


def seconds_from_first(session: Session, finished: float) -> float:
    """Return the seconds from the first event's arrival to ``finished`` (monotonic clock)."""
    from clacks_monitor.core.event import Event  # noqa: PLC0415 - only loaded where it is needed

    first = session.view.entry(1)
    if not isinstance(first, Event):
        raise TypeError("the capture does not begin with an event")
    return finished - first.raw.monotonic_ns / 1e9


def run_session(address: str, count: int, folder: Path) -> dict[str, float]:
    """Receive everything without a window."""
    wake = threading.Event()
    session = make_session(folder, wake.set)
    session.start()
    connect(session, address)
    while session.view.shown() < count:
        wake.wait(0.2)
        wake.clear()
        session.take()
    seconds = seconds_from_first(session, time.monotonic())
    session.close()
    return {"rate": count / seconds, "lost": missing(folder / "ingest.capture", count)}


def run_gui(address: str, count: int, folder: Path) -> dict[str, float]:
    """Receive everything with the window open, and measure how late the event loop is."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks.window import Measured  # noqa: PLC0415 - Qt is for this process only

    return Measured(address, count, folder).run()


def child(which: str, address: str, count: int) -> dict[str, float]:
    """Run one receiver in this process."""
    if which == "bare":
        return {"rate": count / receive_bare(address, count), "lost": 0}
    with tempfile.TemporaryDirectory() as name:
        return (run_session if which == "session" else run_gui)(address, count, Path(name))


def measure(which: str, count: int, *options: str) -> dict[str, float]:
    """Run one receiver in a process of its own; ``options`` are the publisher's."""
    with publisher(count, *options) as address:
        command = [sys.executable, "-m", "benchmarks.ingest", "--one", which, address, "--count", str(count)]
        found: dict[str, float] = json.loads(subprocess.check_output(command, text=True).splitlines()[-1])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, or run one receiver."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60_000, help="events for each receiver (60000)")
    parser.add_argument("--rounds", type=int, default=2, help="turns of each receiver (2)")
    parser.add_argument("--steady", type=int, default=0, metavar="RATE", help="events a second, into the window only")
    parser.add_argument("--seconds", type=int, default=60, help="how long --steady lasts (60)")
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    parser.add_argument("--one", nargs=2, metavar=("WHICH", "ADDRESS"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        which, address = options.one
        print(json.dumps(child(which, address, options.count)))
        return 0
    if options.steady:
        print(json.dumps(steady(options.steady, options.seconds)))
        return 0
    kinds = ("bare", "session", "gui")
    rounds = [{which: measure(which, options.count) for which in kinds} for _ in range(options.rounds)]
    result = summary(rounds)
    if not options.json:
        for which in kinds:
            print(f"{which:8} {result[which + '_rate']:>8,} events/s")
        print(f"lost {result['lost']}; stalls of the window: 99 % under {result['stall_p99_ms']} ms, "
              f"longest {result['stall_max_ms']} ms")  # fmt: skip
    print(json.dumps(result))
    return 0


class Idle:
    """A context that measures how late this process is woken."""

    def __init__(self) -> None:
        self._late: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop.set()
        self._thread.join()
        self._late.sort()

    def _run(self) -> None:
        while True:
            due = time.perf_counter() + BEAT_S
            if self._stop.wait(BEAT_S):
                return
            self._late.append(1000 * max(0.0, time.perf_counter() - due))

    @property
    def p99_ms(self) -> float:
        """What 99 % of the beats were not later than, in milliseconds."""
        return self._late[int(len(self._late) * 0.99)]

    @property
    def max_ms(self) -> float:
        """The latest beat, in milliseconds."""
        return self._late[-1]


def steady(rate: int, seconds: int) -> dict[str, float]:
    """Return what the window makes of a steady load."""
    with Idle() as idle:
        found = measure("gui", rate * seconds, "--rate", str(rate))
    return {
        "wanted_rate": rate,
        "seconds": seconds,
        "rate": round(found["rate"]),
        "lost": int(found["lost"]),
        "stall_p99_ms": round(found["stall_p99_ms"], 1),
        "stall_max_ms": round(found["stall_max_ms"], 1),
        "idle_p99_ms": round(idle.p99_ms, 1),
        "idle_max_ms": round(idle.max_ms, 1),
        "cpu_us": round(found["cpu_us"], 1),
        "rss_mb": round(found["rss_mb"], 1),
        "grown_mb": round(found["grown_mb"], 1),
    }


def summary(rounds: Sequence[dict[str, dict[str, float]]]) -> dict[str, float]:
    """Return the medians of the rates, the worst of everything else."""
    rates = {which: statistics.median(turn[which]["rate"] for turn in rounds) for which in rounds[0]}
    return {
        **{f"{which}_rate": round(rate) for which, rate in rates.items()},
        "session_ratio": round(rates["session"] / rates["bare"], 2),
        "gui_ratio": round(rates["gui"] / rates["bare"], 2),
        "lost": sum(int(found["lost"]) for turn in rounds for found in turn.values()),
        "stall_p99_ms": round(max(turn["gui"]["stall_p99_ms"] for turn in rounds), 1),
        "stall_max_ms": round(max(turn["gui"]["stall_max_ms"] for turn in rounds), 1),
    }


if __name__ == "__main__":
    sys.exit(main())
