"""``clacks-monitor record`` as real processes, and numbers sent to a broker that must all be in the store once."""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from clacks_monitor import mqtt
from clacks_monitor.core.connection import ConnectionState, from_url
from clacks_monitor.core.event import Event
from clacks_monitor.core.sending import SendOutcome
from tests.helpers.recorder import PATIENCE, QUICK, Recorder, connection, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.bus import BusConnection
    from clacks_monitor.core.store import EventReader

    OpenReader = Callable[[], contextlib.AbstractContextManager[EventReader]]

ROOT = Path(__file__).resolve().parents[2]
LEADING, STANDING_BY = "Leading, term", "Standing by"
AHEAD = 400
"""Events whose outcome a sender does not wait for."""
RESTART_S = 10 * PATIENCE
"""How long a broker may take to start again: RabbitMQ needs half a minute where the processor is busy."""
BATCH, PAUSE_S = 20, 0.01
"""Events that are sent at once, and the time between: at most 2,000 a second, which a recorder stores on the way."""


_LOADS = itertools.count()


class RecorderProcess:
    """One recorder; what it writes to standard error is kept in ``lines``."""

    def __init__(self, *arguments: str, environment: dict[str, str] | None = None) -> None:
        self._arguments = arguments
        self._environment = {**os.environ, **(environment or {})}
        self._changed = threading.Condition()
        self.lines: list[str] = []
        self._process: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Start it; its lines are those of this run."""
        self.lines.clear()
        command = [sys.executable, "-m", "clacks_monitor", "record", *self._arguments]
        self._process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT, env=self._environment)
        self._thread = threading.Thread(target=self._read, args=(self._process,), daemon=True)
        self._thread.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stderr is not None
        for line in process.stderr:
            with self._changed:
                self.lines.append(line.rstrip("\n"))
                self._changed.notify_all()
        with self._changed:
            self._changed.notify_all()

    def wait_line(self, text: str, *, after: int = 0) -> None:
        """Wait until it has written a line with this text, not counting the first ``after`` ones."""
        with self._changed:
            found = self._changed.wait_for(lambda: any(text in line for line in self.lines[after:]), 2 * PATIENCE)
            assert found, f"{text!r} did not come, but {self.lines}"

    @property
    def pid(self) -> int:
        """Its process."""
        assert self._process is not None
        return self._process.pid

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        os.kill(self.pid, number)

    def kill(self) -> None:
        """End it as a crash would."""
        self.end(signal.SIGKILL)

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        """End it; return its exit status."""
        process, self._process = self._process, None
        if process is None:
            return 0
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(number)
            process.send_signal(signal.SIGCONT)
        try:
            return process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
            if self._thread is not None:
                self._thread.join()
            if process.stderr is not None:
                process.stderr.close()

    def wait_ended(self) -> int:
        """Wait until it ends by itself; return its exit status."""
        assert self._process is not None
        self._process.wait(PATIENCE)
        return self.end()


@contextlib.contextmanager
def recorder_process(*arguments: object, environment: dict[str, str] | None = None) -> Iterator[RecorderProcess]:
    """Run a recorder."""
    made = RecorderProcess(*map(str, arguments), environment=environment)
    made.start()
    try:
        yield made
    finally:
        made.kill()


class Load:
    """Numbers sent one after another until stop(); ``accepted`` are those that the broker took."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._first = next(_LOADS) * 10_000_000
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._changed = threading.Condition()
        self.accepted: set[int] = set()
        self.uncertain: set[int] = set()
        self.sent = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Send no more, and wait for the outcomes."""
        self._stop.set()
        self._thread.join(RESTART_S)
        assert not self._thread.is_alive()

    def wait_accepted(self, more: int) -> None:
        """Wait until so many more have been accepted."""
        with self._changed:
            goal = len(self.accepted) + more
            assert self._changed.wait_for(lambda: len(self.accepted) >= goal, RESTART_S)

    def _run(self) -> None:
        with _sending(self._url) as (sender, sent):
            numbers: dict[int, int] = {}
            while not self._stop.is_set():
                sent.wait(partial(self._may_send, sent), "the broker", RESTART_S)
                for _ in range(BATCH):
                    number = self._first + self.sent
                    numbers[sender.send(body_of(number))] = number
                    self.sent += 1
                sent.wait(partial(self._note, sent, numbers), "outcomes", RESTART_S)
                self._stop.wait(PAUSE_S)
            sent.wait(lambda: self._note(sent, numbers) and not numbers, "the last outcomes", RESTART_S)

    def _may_send(self, sent: Recorder) -> bool:
        return sent.last.state is ConnectionState.CONNECTED or self._stop.is_set()

    def _note(self, sent: Recorder, numbers: dict[int, int]) -> bool:
        results, sent.results[:] = list(sent.results), []
        with self._changed:
            for result in results:
                number = numbers.pop(result.ticket)
                (self.accepted if result.outcome is SendOutcome.ACCEPTED else self.uncertain).add(number)
            self._changed.notify_all()
        return len(numbers) < AHEAD


@contextlib.contextmanager
def _sending(url: str) -> Iterator[tuple[BusConnection, Recorder]]:
    if not url.startswith(mqtt.protocol.name):
        with connection(url, receiving=False) as pair:
            yield pair
        return
    settings, password = from_url(url, protocols=[mqtt.protocol])
    sent = Recorder()
    made = mqtt.MqttConnection(settings, sent, password=lambda: password, receives=False, backoff=QUICK)
    with running(made, sent):
        yield made, sent


def body_of(number: int) -> bytes:
    """Return an event with a number in it."""
    return (
        f'<Event xmlns="http://www.gonicus.de/Events"><PhoneStatus><CallerId>{number}</CallerId><ReceiverId>1'
        "</ReceiverId><Status>busy</Status></PhoneStatus></Event>"
    ).encode()


def numbers_in(reader: EventReader, after: int, last: int) -> Counter[int]:
    """Return how often each number is in a part of a store."""
    found = (entry for _sequence, entry in reader.entries(range(after + 1, last + 1)))
    bodies = (entry.raw.body for entry in found if isinstance(entry, Event))
    return Counter(int(body.partition(b"<CallerId>")[2].partition(b"<")[0]) for body in bodies)


def wait_for_all(open_reader: OpenReader, wanted: set[int]) -> tuple[set[int], dict[int, int]]:
    """Wait until everything that was accepted is in a store; return what is lost and what is doubled."""
    waited = threading.Event()
    found: Counter[int] = Counter()
    seen = 0
    for _ in range(int(PATIENCE * 5)):
        with open_reader() as reader:
            last = reader.last_sequence()
            found += numbers_in(reader, seen, last)
            seen = last
        if not wanted - found.keys():
            break
        waited.wait(0.2)
    return wanted - found.keys(), {
        number: count for number, count in found.items() if count > 1 and number >= min(wanted)
    }
