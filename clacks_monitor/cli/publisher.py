"""A connection that only sends, for commands: waits for the bus, sends in order, waits for the outcomes.

Threads: outcomes are reported on the connection's, everything else is called on main.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.sending import SendOutcome, SendResult

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.event import RawMessage

TIMEOUT_S = 15.0
IN_FLIGHT = 4_000
BYTES_IN_FLIGHT = 32 * 1024 * 1024
"""How many events may wait for their outcome, and their bytes; one event may always."""


class Publisher(BusListener):
    """A context in which raw messages can be sent."""

    def __init__(self, driver: BusDriver, settings: ConnectionSettings, password: str | None) -> None:
        self._changed = threading.Condition()
        self._status: ConnectionStatus | None = None
        self._sent = 0
        self._under_way: dict[int, int] = {}
        """The size of each event that has no outcome yet."""
        self._bytes = self._accepted = self._settled = 0
        self._early: set[int] = set()
        self._late: set[int] = set()
        self._last: SendResult | None = None
        self.connection = driver.connect(settings, self, password=lambda: password, receives=False)

    def __enter__(self) -> Self:
        self.connection.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.close()

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        with self._changed:
            self._status = status
            self._changed.notify_all()

    @override
    def on_results(self, results: list[SendResult]) -> None:
        with self._changed:
            for result in results:
                self._settle(result)
            self._changed.notify_all()

    def _settle(self, result: SendResult) -> None:
        """Record an outcome: it may come before send() has returned, and a second one follows one that is not final."""
        ticket = result.ticket
        self._last = result
        self._accepted += result.outcome is SendOutcome.ACCEPTED
        if ticket in self._late:
            self._late.discard(ticket)
            return
        self._settled += 1
        if ticket in self._under_way:
            self._bytes -= self._under_way.pop(ticket)
        else:
            self._early.add(ticket)
        if not result.final:
            self._late.add(ticket)

    @property
    def refused(self) -> bool:
        """Whether the bus has refused the connection, rather than being out of reach."""
        return self._status is not None and self._status.state is ConnectionState.REFUSED

    def wait_connected(self) -> str:
        """Return "" once connected, else why not."""
        with self._changed:
            answered = self._changed.wait_for(self._answer, TIMEOUT_S)
            status = self._status
        if not answered or status is None:
            return f"no answer within {TIMEOUT_S:g} s"
        return "" if status.state is ConnectionState.CONNECTED else status.reason or str(status.state)

    def _answer(self) -> bool:
        waiting = {ConnectionState.CONNECTING, ConnectionState.CLOSED}
        return self._status is not None and self._status.state not in waiting

    def send(self, raw: RawMessage) -> None:
        """Send a message's body and properties."""
        self.send_body(raw.body, dict(raw.properties))

    def send_body(self, body: bytes, properties: dict[str, str | int | float | bool] | None = None) -> None:
        """Send an event; waits while too many, or too large ones, are under way."""
        self._sent += 1
        ticket = self.connection.send(body, properties=properties)
        with self._changed:
            if ticket in self._early:
                self._early.discard(ticket)
            else:
                self._under_way[ticket] = len(body)
                self._bytes += len(body)
            self._changed.wait_for(lambda: len(self._under_way) < IN_FLIGHT and self._bytes < BYTES_IN_FLIGHT)

    def wait_settled(self, timeout_s: float) -> int:
        """Wait until each event has an outcome; return how many were not accepted."""
        with self._changed:
            self._changed.wait_for(lambda: self._settled >= self._sent, timeout_s)
            return self._sent - self._accepted

    def last_result(self, timeout_s: float) -> SendResult | None:
        """Wait for the outcome of what was sent last; None when there is none in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._settled >= self._sent, timeout_s)
            return self._last
