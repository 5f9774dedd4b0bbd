"""How fast events get in: two bare proton receivers, the session without a window, and the window, with one publisher.

    python -m benchmarks.ingest [--count 60000] [--json]
    python -m benchmarks.ingest --steady 2000 --seconds 600 [--json]

The receiver ``bare`` is a MessagingHandler, which decodes each message; ``counting`` decodes nothing and only counts
(benchmarks.receivers). The session decodes, checks by schema, stores in a capture and filters by five active profiles;
the window does that and shows it. Each runs in a process of its own and takes turns with the others. Events hold their
number: ``lost`` counts the numbers that are missing from the captures, once nothing has come for ``--patience``
seconds (10); ``--omit N`` has the publisher leave one out, to see that it is counted. Stalls are measured in the
window's event loop: how late a timer of 5 ms comes, weighed by time (benchmarks.stalls).

``--steady`` lets events come at a rate instead of as fast as they can, into the window only, and tells loss, stalls,
the processor time of an event and how much the process grew between its first quarter and its end. The figures that
begin with ``idle_`` are how late a process that does nothing else was woken meanwhile: what the machine alone stalls.
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

from benchmarks.receivers import publisher, receive_bare, receive_counting
from benchmarks.stalls import Idle, rounded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.report import Cell
    from clacks_monitor.session.session import Session

PATIENCE_S = 10.0
"""Seconds without an event after which what is missing counts as lost."""
PROTON = {"bare": receive_bare, "counting": receive_counting}
KINDS = (*PROTON, "session", "gui")
NUMBER = re.compile(rb"<CallerId>(\d{9})</CallerId>")


def make_session(folder: Path, wake: Callable[[], None]) -> Session:
    """Return a session with five active profiles and a capture of its own."""
    from clacks_monitor.app import build_session  # the bare receiver must not load it
    from clacks_monitor.core.folders import Folders  # as above

    session = build_session(Folders.below(folder), wake=wake, capture=folder / "ingest.capture")
    session.profiles.activate([profile.id for profile in session.profiles.all()][:5])
    return session


def connect(session: Session, address: str) -> None:
    """Open the connection to the publisher."""
    from clacks_monitor.core.connection import from_url  # only loaded where it is needed

    settings, _password = from_url(f"amqp://{address}/org.clacks")
    session.connections.add_for_this_run(settings)
    problem = session.connections.open(settings.id)
    if problem:
        raise RuntimeError(problem)


class Progress:
    """Says when all events are there, or none has come for ``patience`` seconds."""

    def __init__(self, count: int, patience: float) -> None:
        self._count, self._patience, self._seen = count, patience, 0
        self.last = time.monotonic()
        """When the number of events last grew (monotonic clock, seconds)."""

    def ended(self, seen: int) -> bool:
        """Return whether nothing more is to be waited for; before the first event that never is."""
        now = time.monotonic()
        if seen != self._seen:
            self._seen, self.last = seen, now
        return seen >= self._count or (seen > 0 and now - self.last > self._patience)


def missing(path: Path, count: int) -> int:
    """Return how many of the numbers 0 to ``count`` - 1 a capture does not hold."""
    from clacks_monitor import captures  # the bare receiver must not load it

    capture = captures.open_readonly(path)
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
    from clacks_monitor.core.event import Event  # only loaded where it is needed

    first = session.rows.whole(1)
    if not isinstance(first, Event):
        raise TypeError("the capture does not begin with an event")
    return finished - first.raw.monotonic_ns / 1e9


def run_session(address: str, count: int, patience: float, folder: Path) -> dict[str, float]:
    """Receive everything without a window."""
    wake = threading.Event()
    session = make_session(folder, wake.set)
    session.start()
    connect(session, address)
    progress = Progress(count, patience)
    while not progress.ended(session.filtering.counts.shown()):
        wake.wait(0.2)
        wake.clear()
        session.drain()
    seconds = seconds_from_first(session, progress.last)
    session.close()
    return {"rate": count / seconds, "lost": missing(folder / "ingest.capture", count)}


def run_gui(address: str, count: int, patience: float, folder: Path) -> dict[str, float]:
    """Receive everything with the window open, and measure how late the event loop is."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from benchmarks.window import Measured  # Qt is for this process only

    return Measured(address, Progress(count, patience), count, folder).run()


def child(which: str, address: str, count: int, patience: float) -> dict[str, float]:
    """Run one receiver in this process."""
    if which in PROTON:
        return {"rate": count / PROTON[which](address, count), "lost": 0}
    with tempfile.TemporaryDirectory() as name:
        return (run_session if which == "session" else run_gui)(address, count, patience, Path(name))


def measure(which: str, count: int, *options: str, omitted: int = 0, patience: float = PATIENCE_S) -> dict[str, float]:
    """Run one receiver in a process of its own; ``options`` are the publisher's, ``omitted`` what it leaves out.

    A receiver of proton's classes ends with the last of the events that are sent, and has nothing to lose; the others
    end when nothing has come for ``patience`` seconds.
    """
    with publisher(count, *options) as address:
        wanted = count - omitted if which in PROTON else count
        command = [sys.executable, "-m", "benchmarks.ingest", "--one", which, address]
        command += ["--count", str(wanted), "--patience", str(patience)]
        found: dict[str, float] = json.loads(subprocess.check_output(command, text=True).splitlines()[-1])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, or run one receiver."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60_000, help="events for each receiver (60000)")
    parser.add_argument("--rounds", type=int, default=2, help="turns of each receiver (2)")
    parser.add_argument("--steady", type=int, default=0, metavar="RATE", help="events a second, into the window only")
    parser.add_argument("--seconds", type=int, default=60, help="how long --steady lasts (60)")
    parser.add_argument("--omit", type=int, default=-1, metavar="N", help="the publisher does not send event N")
    parser.add_argument("--patience", type=float, default=PATIENCE_S, metavar="S")
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    parser.add_argument("--one", nargs=2, metavar=("WHICH", "ADDRESS"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.one:
        which, address = options.one
        print(json.dumps(child(which, address, options.count, options.patience)))
        return 0
    if options.steady:
        print(json.dumps(steady(options.steady, options.seconds)))
        return 0
    sending = ("--omit", str(options.omit))
    omitted = int(0 <= options.omit < options.count)
    rounds = [
        {which: measure(which, options.count, *sending, omitted=omitted, patience=options.patience) for which in KINDS}
        for _ in range(options.rounds)
    ]
    result = summary(rounds)
    if not options.json:
        for line in told(result):
            print(line)
    print(json.dumps(result))
    return 0


def told(result: dict[str, Cell]) -> list[str]:
    """Return the figures as lines for people."""
    lines = [f"{which:8} {result[which + '_rate']:>8,} events/s" for which in KINDS]
    for which in PROTON:
        ratios = (f"{ours} {result[f'{ours}_to_{which}']} x" for ours in ("session", "gui"))
        lines.append(f"beside {which}: {', '.join(ratios)}")
    lines.append(
        f"lost {result['lost']}; stalls of the window: {result['stall_p99_ms']} ms for 99 % of the time, longest "
        f"{result['stall_max_ms']} ms, {result['stall_over_33_ms_percent']} % of the time over 33 ms, "
        f"{result['stall_over_100_ms_percent']} % over 100 ms"
    )
    return lines


def steady(rate: int, seconds: int) -> dict[str, Cell]:
    """Return what the window makes of a steady load."""
    with Idle() as idle:
        found = measure("gui", rate * seconds, "--rate", str(rate))
    whole = {name: int(found[name]) for name in ("rate", "lost")}
    return rounded({"wanted_rate": rate, "seconds": seconds, **found, **whole, **idle.stalls.figures("idle")})


def summary(rounds: Sequence[dict[str, dict[str, float]]]) -> dict[str, Cell]:
    """Return the medians of the rates, the worst of everything else."""
    rates = {which: statistics.median(turn[which]["rate"] for turn in rounds) for which in KINDS}
    stalls = {name for name in rounds[0]["gui"] if name.startswith("stall_")}
    return {
        **{f"{which}_rate": round(rate) for which, rate in rates.items()},
        **{
            f"{ours}_to_{which}": round(rates[ours] / rates[which], 2)
            for ours in ("session", "gui")
            for which in PROTON
        },
        "lost": sum(int(found["lost"]) for turn in rounds for found in turn.values()),
        **{name: round(max(turn["gui"][name] for turn in rounds), 2) for name in sorted(stalls)},
    }


if __name__ == "__main__":
    sys.exit(main())
