"""Whether a pair of recorders loses or doubles events when processes are killed, and how soon the other one takes over.

    python -m benchmarks.recording [--kills 10] [--freezes 1] [--broker rabbitmq4] [--json]

Runs a broker, a server of PostgreSQL of its own, two recorders and a sender whose events carry numbers. ``--kills`` are
those of the leading recorder (kill -9), of the database (at once, as a crash) and of the broker each, ``--freezes`` how
often a leader is stopped (SIGSTOP) and continued when the other one leads. ``takeover_s`` and ``frozen_takeover_s`` are
the longest times until the next leader has stored an event. ``lost`` and ``doubled`` count numbers that the broker had
accepted.

The broker is RabbitMQ 4 from Debian 13 (root only, see tests.helpers.rabbitmq4), or with ``--broker embedded`` the
embedded one, which is not killed: it keeps nothing on disk.
"""

from __future__ import annotations

import argparse
import json
import signal
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import psycopg

from clacks_monitor import archive
from tests.helpers.archives import Databases
from tests.helpers.broker import running_broker
from tests.helpers.postgresql import running_cluster
from tests.helpers.rabbitmq4 import missing, running_rabbitmq4
from tests.helpers.recording import (
    LEADING,
    STANDING_BY,
    Load,
    RecorderProcess,
    recorder_process,
    wait_for_all,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from clacks_monitor.core.store import EventReader

_STATE = "SELECT term, last_seq FROM clacks.recorder"
BETWEEN = 300
"""Events that are accepted between two kills."""


def _nothing() -> None:
    """Do nothing: what the broker has is in its memory already."""


@dataclass(frozen=True, slots=True)
class SiteBroker:
    """A broker. ``settle`` waits until a queue that was just made is on its disk; ``restart`` kills and starts it."""

    url: str
    settle: Callable[[], None]
    restart: Callable[[], None] | None = None


@contextmanager
def _embedded() -> Iterator[SiteBroker]:
    with running_broker() as broker:
        yield SiteBroker(broker.url, _nothing)


@contextmanager
def _rabbitmq4() -> Iterator[SiteBroker]:
    with running_rabbitmq4() as rabbit:
        yield SiteBroker(rabbit.url(), lambda: rabbit.wait_written_down("clacks-recorder"), rabbit.restart)


BROKERS = {"rabbitmq4": _rabbitmq4, "embedded": _embedded}


class Site:
    """A context: a broker, a database, and two recorders of it, of which the first leads."""

    def __init__(self, broker: AbstractContextManager[SiteBroker]) -> None:
        self._stack = ExitStack()
        self._run_broker = broker

    def __enter__(self) -> Self:
        enter = self._stack.enter_context
        self.broker = enter(self._run_broker)
        self.cluster = enter(running_cluster())
        self.url = enter(Databases(self.cluster)).new()
        self.pair: list[RecorderProcess] = []
        for waited_for in (LEADING, STANDING_BY):
            spool = enter(tempfile.TemporaryDirectory())
            self.pair.append(enter(recorder_process(self.url, self.broker.url, "--spool", spool)))
            self.pair[-1].wait_line(waited_for)
        self.pair[0].wait_line("attached")
        self.broker.settle()
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


def kill_brokers(site: Site, load: Load, count: int) -> int:
    """Kill the broker again and again; return how often that was done."""
    if site.broker.restart is None:
        return 0
    for _ in range(count):
        load.wait_accepted(BETWEEN)
        site.broker.restart()
        load.wait_accepted(BETWEEN)
    return count


def measure(kills: int, freezes: int, broker: str) -> dict[str, float]:
    """Return the figures."""
    figures: dict[str, float] = {"kills": kills, "freezes": freezes}
    with Site(BROKERS[broker]()) as site:
        with Load(site.broker.url) as load:
            figures["takeover_s"] = kill_recorders(site, load, kills)
            figures["frozen_takeover_s"] = freeze_recorders(site, load, freezes)
            kill_databases(site, load, kills)
            figures["broker_kills"] = kill_brokers(site, load, kills)
        lost, doubled = wait_for_all(site.reader, load.accepted)
    return figures | {"sent": len(load.accepted), "lost": len(lost), "doubled": len(doubled)}


def add_broker(parser: argparse.ArgumentParser) -> None:
    """Add the option that chooses the broker."""
    parser.add_argument("--broker", choices=BROKERS, default="embedded" if missing() else "rabbitmq4")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--freezes", type=int, default=1)
    add_broker(parser)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(options.kills, options.freezes, options.broker)
    for name, value in figures.items():
        print(f"{name:18} {value:12,.3f}")
    if options.json:
        print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


if __name__ == "__main__":
    main()
