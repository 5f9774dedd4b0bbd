"""Whether a pair of recorders loses or doubles events when processes are killed, and how soon the other one takes over.

    python -m benchmarks.recording [--kills 10] [--freezes 1] [--json]

Runs the embedded broker, a server of PostgreSQL of its own, two recorders and a sender whose events carry numbers.
``--kills`` are those of the leading recorder (kill -9), of the database (at once, as a crash) and of the broker each,
``--freezes`` how often a leader is stopped (SIGSTOP) and continued when the other one leads. ``takeover_s`` and
``frozen_takeover_s`` are the longest times until the next leader has stored an event. ``lost`` and ``doubled`` count
numbers that the broker had accepted. The embedded broker keeps nothing on disk: what is in its memory when it is killed
is ``lost_in_broker``.
"""

from __future__ import annotations

import argparse
import json
import signal
import tempfile
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Self

import psycopg

from clacks_monitor import archive
from tests.helpers.archives import Databases
from tests.helpers.broker import running_broker
from tests.helpers.postgresql import running_cluster
from tests.helpers.recording import (
    LEADING,
    STANDING_BY,
    Load,
    RecorderProcess,
    numbers_in,
    recorder_process,
    wait_for_all,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.core.store import EventReader
    from tests.helpers.broker import BrokerProcess

_STATE = "SELECT term, last_seq FROM clacks.recorder"
BETWEEN = 300
"""Events that are accepted between two kills."""


class Site:
    """A context: a broker, a database, and two recorders of it, of which the first leads."""

    def __init__(self) -> None:
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        enter = self._stack.enter_context
        self.broker: BrokerProcess = enter(running_broker())
        self.cluster = enter(running_cluster())
        self.url = enter(Databases(self.cluster)).new()
        self.pair: list[RecorderProcess] = []
        for waited_for in (LEADING, STANDING_BY):
            spool = enter(tempfile.TemporaryDirectory())
            self.pair.append(enter(recorder_process(self.url, self.broker.url, "--spool", spool)))
            self.pair[-1].wait_line(waited_for)
        self.pair[0].wait_line("attached")
        return self

    def __exit__(self, *_error: object) -> None:
        self._stack.close()

    @contextmanager
    def reader(self) -> Iterator[EventReader]:
        """Read the archive."""
        with archive.open_readonly(self.url) as store, store.reader() as reader:
            yield reader

    def takeover(self, kill: signal.Signals) -> float:
        """Send the leader a signal; return the seconds until the other one has stored an event."""
        leader, standby = self.pair
        with psycopg.connect(self.url, autocommit=True) as db:
            ((term, _last),) = db.execute(_STATE).fetchall()
            started = time.perf_counter()
            leader.send(kill)
            found: tuple[Any, ...] = (term, 0)
            while found[0] == term:
                time.sleep(0.005)
                (found,) = db.execute(_STATE).fetchall()
            last = found[1]
            while found[1] == last:
                time.sleep(0.005)
                (found,) = db.execute(_STATE).fetchall()
        self.pair = [standby, leader]
        return time.perf_counter() - started


def kill_recorders(site: Site, load: Load, count: int) -> float:
    """Kill the leader again and again; return the longest takeover in seconds."""
    longest = 0.0
    for _ in range(count):
        load.wait_accepted(BETWEEN)
        longest = max(longest, site.takeover(signal.SIGKILL))
        killed = site.pair[1]
        killed.kill()
        killed.start()
        killed.wait_line(STANDING_BY)
    return longest


def freeze_recorders(site: Site, load: Load, count: int) -> float:
    """Stop the leader, and continue it when the other one leads; return the longest takeover in seconds."""
    longest = 0.0
    for _ in range(count):
        load.wait_accepted(BETWEEN)
        seen = len(site.pair[0].lines)
        longest = max(longest, site.takeover(signal.SIGSTOP))
        site.pair[1].send(signal.SIGCONT)
        site.pair[1].wait_line(STANDING_BY, after=seen)
    return longest


def kill_databases(site: Site, load: Load, count: int) -> None:
    """Crash the server again and again."""
    for _ in range(count):
        load.wait_accepted(BETWEEN)
        site.cluster.stop()
        load.wait_accepted(BETWEEN)
        site.cluster.start()


def kill_brokers(site: Site, count: int) -> tuple[int, int]:
    """Kill the broker again and again; return what its memory lost, and what is doubled."""
    lost = doubled = 0
    for _ in range(count):
        with Load(site.broker.url) as load:
            load.wait_accepted(BETWEEN)
            site.broker.kill()
            site.broker.restart()
            load.wait_accepted(BETWEEN)
        with site.reader() as reader:
            found = wait_for_some(reader, load)
        lost += len(load.accepted - found.keys())
        doubled += sum(n > 1 for n in found.values())
    return lost, doubled


def wait_for_some(reader: EventReader, load: Load) -> dict[int, int]:
    """Wait until the archive grows no more; return how often each number of the load is in it."""
    last = -1
    while last != reader.last_sequence():
        last = reader.last_sequence()
        time.sleep(1.0)
    return {number: n for number, n in numbers_in(reader, 0, last).items() if number >= min(load.accepted)}


def measure(kills: int, freezes: int) -> dict[str, float]:
    """Return the figures."""
    figures: dict[str, float] = {"kills": kills, "freezes": freezes}
    with Site() as site:
        with Load(site.broker.url) as load:
            figures["takeover_s"] = kill_recorders(site, load, kills)
            figures["frozen_takeover_s"] = freeze_recorders(site, load, freezes)
            kill_databases(site, load, kills)
        lost, doubled = wait_for_all(site.reader, load.accepted)
        figures["sent"] = len(load.accepted)
        figures["lost"] = len(lost)
        figures["lost_in_broker"], more = kill_brokers(site, kills)
        figures["doubled"] = len(doubled) + more
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--freezes", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.kills, options.freezes)
    for name, value in figures.items():
        print(f"{name:18} {value:12,.3f}")
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
