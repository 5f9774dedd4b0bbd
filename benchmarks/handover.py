"""Changes the subscription filter under load, on a broker that routes as one of many threads does; counts mistakes.

    python -m benchmarks.handover [--changes 1000] [--rate 2000] [--preemption-ms 150] [--json]

The embedded broker simulates threads that are preempted: an event may be routed with the bindings of up to
``--preemption-ms`` ago, while attaches and drains are answered. Publishers number their events, which are of four
kinds; the filter changes between sets of kinds as soon as the last change is over. An event is lost when another of its
kind and publisher came before it and one after it, and no filter without that kind was in force between them. Order is
that of each publisher.

Prints, for each sort of change, how many there were, and how many events were lost, doubled and out of order. Where
neither filter contains the other, the order of two events of which each filter matches one is known by the milliseconds
of their creation only: those that are exchanged within one millisecond are counted apart. A short run without the pause
that a change makes for such threads comes first: it shows that the simulation finds what it is meant to find.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from benchmarks.report import Report
from clacks_monitor.amqp import Connection
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import DialectName, from_url
from clacks_monitor.core.event import EVENT_NAMESPACE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clacks_monitor.core.connection import ConnectionStatus
    from clacks_monitor.core.event import Gap, RawMessage

PUBLISHERS: Final = 4
KINDS: Final = "abcd"
SETS: Final = ("abcd", "abc", "ab", "bcd", "cd", "a")
BASELINE: Final = 10
"""There is one change without the pause for so many with it."""

SHORTEST_MS, LATE_MS = 100, 1000
"""How long a kind that no filter asks for is missing at least; how late a receiver may hear of a filter in force."""

PATIENCE_S: Final = 30.0


def query(kinds: str) -> str:
    """Return the query that matches events of these kinds."""
    wanted = ", ".join(f"'{kind}'" for kind in kinds)
    return f"declare namespace e='{EVENT_NAMESPACE}'; ./e:Event/e:Tick[e:Kind = ({wanted})]"


def sort_of(old: str, new: str) -> str:
    """Return which sort of change it is."""
    both = set(old) & set(new)
    if both in (set(old), set(new)):
        return "one contains the other"
    return "both match some" if both else "nothing in common"


@dataclass(slots=True)
class Tick:
    """A received event: number, kind, time of creation in milliseconds, and how many changes there were before it."""

    number: int
    kind: str
    created_ms: int
    changes: int


@dataclass(slots=True)
class Change:
    """A change of filter, and what went wrong between it and the next."""

    kinds: str
    sort: str
    at_ms: float
    wrong: Counter[str] = field(default_factory=Counter)


class Receiver(BusListener):
    """Keeps what came, for each publisher, and when which filter came into force."""

    def __init__(self) -> None:
        self.changed = threading.Condition()
        self.ticks: dict[str, list[Tick]] = {}
        self.in_force = ""
        self.gaps: list[str] = []
        self._changes = -1

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        for raw in messages:
            publisher, kind, number = str(raw.properties["p"]), str(raw.properties["k"]), int(raw.properties["n"])
            tick = Tick(number, kind, raw.creation_ns // 1_000_000, self._changes)
            self.ticks.setdefault(publisher, []).append(tick)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        with self.changed:
            if status.subscribed and status.subscription != self.in_force:
                self.in_force = status.subscription
                self._changes += 1
            self.changed.notify_all()

    @override
    def on_gap(self, gap: Gap) -> None:
        self.gaps.append(f"{gap.cause}: {gap.detail}")

    def wait_for(self, text: str) -> None:
        """Wait until a filter is in force."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.in_force == text, PATIENCE_S):
                raise TimeoutError("the broker did not take the filter")


@contextmanager
def process(*command: str) -> Iterator[subprocess.Popen[str]]:
    """Run a Python program that ends with its standard input."""
    with subprocess.Popen(
        [sys.executable, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as started:
        try:
            yield started
        finally:
            if started.stdin is not None:
                started.stdin.close()
            started.terminate()


def publish(url: str, rate: float) -> None:
    """Publish numbered events over several connections until standard input ends."""
    ended = threading.Event()

    def wait_for_end() -> None:
        os.read(sys.stdin.fileno(), 1)
        ended.set()

    threading.Thread(target=wait_for_end, daemon=True).start()
    settings, _password = from_url(url)
    buses = [Connection(settings, BusListener(), password=lambda: None, receives=False) for _ in range(PUBLISHERS)]
    for bus in buses:
        bus.start()
    began, sent = time.monotonic(), 0
    while not ended.wait(0.001):
        due = int((time.monotonic() - began) * rate)
        for total in range(sent, due):
            publisher, number = total % PUBLISHERS, total // PUBLISHERS
            kind = KINDS[number % len(KINDS)]
            body = f'<Event xmlns="{EVENT_NAMESPACE}"><Tick><Kind>{kind}</Kind></Tick></Event>'
            buses[publisher].send(body.encode(), properties={"p": f"p{publisher}", "n": number, "k": kind})
        sent = max(sent, due)
    for bus in buses:
        bus.close()


def changes(url: str, count: int, pause_s: float, chance: random.Random) -> tuple[Receiver, list[Change]]:
    """Change the filter so often, under the load that there is; return what came."""
    settings, _password = from_url(url)
    # Under its own name the embedded broker is known to have one thread.
    settings = replace(settings, dialect=DialectName.QPID, handover_s=pause_s, subscription=query(KINDS))
    receiver, made, kinds = Receiver(), [Change(KINDS, "", time.time() * 1000)], KINDS
    with Connection(settings, receiver, password=lambda: None) as bus:
        receiver.wait_for(query(kinds))
        for _ in range(count):
            new = chance.choice([one for one in SETS if one != kinds])
            bus.subscribe(query(new))
            receiver.wait_for(query(new))
            made.append(Change(new, sort_of(kinds, new), time.time() * 1000))
            kinds = new
            # A kind that comes back must have been away for some time, or it is not known what was lost.
            time.sleep(max(0.0, 0.5 - pause_s))
        if kinds != KINDS:
            bus.subscribe(query(KINDS))
            receiver.wait_for(query(KINDS))
            made.append(Change(KINDS, sort_of(kinds, KINDS), time.time() * 1000))
        time.sleep(2 * pause_s + 0.5)
    return receiver, made


def judge(receiver: Receiver, made: list[Change]) -> None:
    """Note with each change what was lost, doubled or out of order."""
    for ticks in receiver.ticks.values():
        seen: set[int] = set()
        for before, tick in zip([None, *ticks], ticks, strict=False):
            if tick.number in seen:
                made[tick.changes].wrong["doubled"] += 1
            elif before is not None and tick.number < before.number:
                same = tick.created_ms == before.created_ms
                made[tick.changes].wrong["same ms" if same else "disordered"] += 1
            seen.add(tick.number)
        for kind in KINDS:
            ordered = sorted((tick for tick in ticks if tick.kind == kind), key=lambda tick: tick.number)
            for one, other in itertools.pairwise(ordered):
                missing = (other.number - one.number) // len(KINDS) - 1
                if missing > 0 and not _was_off(made, kind, one.created_ms, other.created_ms):
                    made[other.changes].wrong["lost"] += missing


def _was_off(made: list[Change], kind: str, from_ms: float, to_ms: float) -> bool:
    """Return whether a filter with the kind came into force at the end of that time, after one without it."""
    return to_ms - from_ms >= SHORTEST_MS and any(
        kind in new.kinds and kind not in old.kinds and from_ms <= new.at_ms <= to_ms + LATE_MS
        for old, new in itertools.pairwise(made)
    )


def measure(rate: float, count: int, pause_s: float, preemption_ms: float, chance: random.Random) -> Measured:
    """Run a broker and publishers, and change the filter."""
    options = ("--listen", "127.0.0.1:0", "--with-parent", "--preemption-ms", str(preemption_ms))
    with process("-m", "clacks_monitor", "broker", *options) as broker:
        if broker.stdout is None:
            raise RuntimeError("no pipe to the broker")
        url = broker.stdout.readline().removeprefix("listening on ").strip()
        with process("-m", "benchmarks.handover", "--publish", url, "--rate", str(rate)):
            began = time.monotonic()
            receiver, made = changes(url, count, pause_s, chance)
            seconds = time.monotonic() - began
    judge(receiver, made)
    return Measured(made[1:], sum(map(len, receiver.ticks.values())), receiver.gaps, seconds)


@dataclass(slots=True)
class Measured:
    """The changes, the events that came, the gaps that were reported, and the seconds that it took."""

    changes: list[Change]
    events: int
    gaps: list[str]
    seconds: float

    def total(self, what: str) -> int:
        """Return how often something went wrong."""
        return sum(change.wrong[what] for change in self.changes)


COLUMNS: Final = ("lost", "doubled", "disordered", "same ms")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, or publish."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--changes", type=int, default=1_000)
    parser.add_argument("--rate", type=float, default=2_000.0, help="events a second")
    parser.add_argument("--preemption-ms", type=float, default=150.0)
    parser.add_argument("--pause", type=float, default=0.5, help="the pause of a change, in seconds")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--publish", metavar="URL", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.publish:
        publish(options.publish, options.rate)
        return 0
    chance = random.Random(options.seed)
    report = Report("Changes of filter under load", as_json=options.json)
    measured: dict[float, Measured] = {}
    table = report.table("sorts", "Events that went wrong", ["change", "pause s", "changes", *COLUMNS])
    for pause, count in ((0.0, max(1, options.changes // BASELINE)), (options.pause, options.changes)):
        found = measured[pause] = measure(options.rate, count, pause, options.preemption_ms, chance)
        for sort in sorted({change.sort for change in found.changes}):
            some = [change for change in found.changes if change.sort == sort]
            table.row(sort, pause, len(some), *(sum(change.wrong[what] for change in some) for what in COLUMNS))
        table.row("all", pause, len(found.changes), *(found.total(what) for what in COLUMNS))
    with_pause, without = measured[options.pause], measured[0.0]
    for what in ("lost", "doubled", "disordered"):
        report.fact(what, with_pause.total(what))
        report.fact(f"{what}_without_pause", without.total(what))
    report.fact("events", with_pause.events)
    report.fact("events_per_s", with_pause.events / with_pause.seconds)
    report.fact("changes", len(with_pause.changes))
    report.fact("gaps", len(with_pause.gaps), "\n".join([f"gaps: {len(with_pause.gaps)}", *with_pause.gaps]))
    report.finish()
    return 0


if __name__ == "__main__":
    sys.exit(main())
