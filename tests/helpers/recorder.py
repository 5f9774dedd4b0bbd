"""What a Connection tells, kept and waited for: no sleeps, each wait is for a condition and has an end."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from clacks_monitor.amqp import Connection
from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus, from_url
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.reconnect import Backoff

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.bus import BusConnection
    from clacks_monitor.core.event import Gap, RawMessage
    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.networking.clock import Clock

PATIENCE = 30.0
QUICK = Backoff(first=0.05, longest=0.4, lasting=0.2, proven=0.0)


class Recorder(BusListener):
    """Takes a connection's callbacks."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.messages: list[RawMessage] = []
        self.statuses: list[ConnectionStatus] = []
        self.gaps: list[Gap] = []
        self.results: list[SendResult] = []
        self.peers: list[PeerFacts] = []
        self._waited_for = 0

    def on_messages(self, messages: list[RawMessage]) -> None:
        with self._changed:
            self.messages += messages
            self._changed.notify_all()

    def on_status(self, status: ConnectionStatus) -> None:
        with self._changed:
            self.statuses.append(status)
            self._changed.notify_all()

    def on_gap(self, gap: Gap) -> None:
        with self._changed:
            self.gaps.append(gap)
            self._changed.notify_all()

    def on_results(self, results: list[SendResult]) -> None:
        with self._changed:
            self.results += results
            self._changed.notify_all()

    def on_peer(self, facts: PeerFacts) -> None:
        with self._changed:
            self.peers.append(facts)
            self._changed.notify_all()

    def wait(self, condition: Callable[[], object], what: str, timeout: float = PATIENCE) -> None:
        """Wait until ``condition`` holds; fails, saying what was waited for and where things stand."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(condition()), timeout):
                last = self.statuses[-1] if self.statuses else None
                raise AssertionError(f"waited in vain for {what}; {len(self.messages)} messages, last: {last}")

    def wait_state(self, state: ConnectionState) -> ConnectionStatus:
        """Wait until the connection is, or has been since the last such wait, in ``state``; return that status."""

        def passed() -> list[int]:
            return [n for n, status in enumerate(self.statuses) if n >= self._waited_for and status.state is state]

        self.wait(passed, f"the state {state}")
        self._waited_for = passed()[-1] + 1
        return self.statuses[self._waited_for - 1]

    def wait_messages(self, count: int, timeout: float = PATIENCE) -> list[RawMessage]:
        """Wait for ``count`` messages in all."""
        self.wait(lambda: len(self.messages) >= count, f"{count} messages", timeout)
        return self.messages

    def forget(self) -> None:
        """Let go of everything that has come so far, but the newest status: what was waited for has been seen."""
        with self._changed:
            self._waited_for = max(0, self._waited_for - (len(self.statuses) - 1))
            del self.statuses[:-1]
            for kept in (self.messages, self.gaps, self.results, self.peers):
                kept.clear()

    def bodies(self) -> list[bytes]:
        """Return the bodies so far, in order."""
        with self._changed:
            return [message.body for message in self.messages]

    @property
    def last(self) -> ConnectionStatus:
        """The newest status."""
        return self.statuses[-1]


@contextlib.contextmanager
def connection(
    where: str | ConnectionSettings,
    *,
    password: str | Callable[[], str | None] | None = None,
    receiving: bool = True,
    wait: bool = True,
    clock: Clock | None = None,
    backoff: Backoff = QUICK,
) -> Iterator[tuple[Connection, Recorder]]:
    """Run a connection to a URL or by settings, and wait until it is up; it is closed, and gone, afterwards."""
    if isinstance(where, str):
        settings, found = from_url(where)
        password = found if password is None else password
    else:
        settings = where
    recorder = Recorder()
    made = Connection(
        settings,
        recorder,
        password=password if callable(password) else lambda: password,
        receives=receiving,
        clock=clock or SYSTEM_CLOCK,
        backoff=backoff,
    )
    with running(made, recorder, wait=wait):
        yield made, recorder


@contextlib.contextmanager
def running(made: BusConnection, recorder: Recorder, *, wait: bool = True) -> Iterator[None]:
    """Run a connection, and wait until it is up; it is closed, and gone, afterwards."""
    made.start()
    try:
        if wait:
            recorder.wait_state(ConnectionState.CONNECTED)
        yield
    finally:
        assert made.close(10), "the connection's thread did not end"
