"""Kills a broker again and again under load, and compares what is received with the gaps that are reported."""

from __future__ import annotations

import contextlib
import gc
import itertools
import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.event import GapCause
from tests.helpers.memory import Allocated, allocated
from tests.helpers.recorder import Recorder, connection

if TYPE_CHECKING:
    from collections.abc import Iterator, Sized

    from clacks_monitor.amqp import Connection
    from clacks_monitor.core.event import Gap

SETTLED_KILLS = 3
"""After so many kills everything that is made once has been made."""


BATCH = 20
"""How many events are sent before their outcomes are waited for."""

Seen = tuple[int, int]
"""When an event came, in nanoseconds, and its number."""


class Killable(Protocol):
    """A broker that can be killed and started again at the same port."""

    def kill(self) -> None:
        """End it at once."""

    def restart(self) -> None:
        """Start it again."""


def descriptors() -> int:
    """Return how many file descriptors this process has."""
    return len(list(Path("/proc/self/fd").iterdir()))


def has(things: Sized, count: int) -> bool:
    """Return whether there are that many, or more."""
    return len(things) >= count


@dataclass(frozen=True, slots=True)
class _Resources:
    files: int
    threads: int
    memory: Allocated


@dataclass(frozen=True, slots=True)
class KillReport:
    """What was seen: how many events came, the gap of each kill, the numbers between which events are missing, growth.

    ``files``, ``threads`` and ``memory`` are what there is more at the end than after SETTLED_KILLS kills.
    """

    received: int
    gaps: tuple[Gap, ...]
    holes: tuple[tuple[int, int], ...]
    untold: tuple[tuple[int, int], ...]
    files: int
    threads: int
    memory: Allocated


def kill_under_load(server: Killable, url: str, count: int) -> KillReport:
    """Kill a broker while events are sent and received over two connections."""
    received = 0
    gaps: list[Gap] = []
    runs: list[tuple[Seen, Seen]] = []
    with connection(url) as (_made, recorder), _load(url) as sent:
        settled: _Resources | None = None
        for kill in range(count):
            recorder.wait_messages(50)
            server.kill()
            recorder.wait_state(ConnectionState.LOST)
            server.restart()
            recorder.wait_state(ConnectionState.CONNECTED)
            sent.wait_state(ConnectionState.CONNECTED)
            recorder.wait(lambda: recorder.gaps, "the gap")
            received += _keep(recorder, gaps, runs)
            if kill == SETTLED_KILLS:
                settled = _resources()
        recorder.wait_messages(50)
        received += _keep(recorder, gaps, runs)
        recorder.forget()
        after = _resources()
    settled = settled or after
    holes = [(before[1], after[0]) for before, after in itertools.pairwise(runs)]
    # The sender's own connection breaks as well, a little earlier or later than the receiver's.
    untold = [
        (before[1], now[1])
        for before, now in holes
        if not any(before[0] <= gap.to_ns <= now[0] + 1_000_000_000 for gap in gaps)
    ]
    return KillReport(
        received,
        tuple(gap for gap in gaps if gap.cause is GapCause.CONNECTION_LOST),
        tuple((before[1], now[1]) for before, now in holes),
        tuple(untold),
        after.files - settled.files,
        after.threads - settled.threads,
        after.memory - settled.memory,
    )


def _resources() -> _Resources:
    gc.collect()
    return _Resources(descriptors(), threading.active_count(), allocated())


def _keep(recorder: Recorder, gaps: list[Gap], runs: list[tuple[Seen, Seen]]) -> int:
    """Move what has come to the lists, of a run of numbers only its ends; return how many events came."""
    messages = [(message.wall_ns, int(message.body)) for message in recorder.messages]
    gaps += recorder.gaps
    recorder.forget()
    for one in messages:
        assert not runs or one[1] > runs[-1][1][1], f"{one[1]} came after {runs[-1][1][1]}"
        if runs and one[1] == runs[-1][1][1] + 1:
            runs[-1] = (runs[-1][0], one)
        else:
            runs.append((one, one))
    return len(messages)


@contextlib.contextmanager
def _load(url: str) -> Iterator[Recorder]:
    """Send numbers, not faster than they are settled, and nothing while there is no broker."""
    stop = threading.Event()

    def send(sender: Connection, sent: Recorder) -> None:
        number = 0
        while not stop.is_set():
            sender.send(str(number).encode())
            number += 1
            if number % BATCH == 0:
                sent.wait(partial(has, sent.results, BATCH), "outcomes")
                sent.results.clear()
                sent.wait(partial(_is_up, sent), "the broker")

    with connection(url, receiving=False) as (sender, sent):
        thread = threading.Thread(target=send, args=(sender, sent))
        thread.start()
        try:
            yield sent
        finally:
            stop.set()
            thread.join()


def _is_up(recorder: Recorder) -> bool:
    return recorder.last.state is ConnectionState.CONNECTED
