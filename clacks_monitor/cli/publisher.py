"""A connection that only sends, for commands: waits for the bus, sends in order, waits for the outcomes.

Threads: outcomes are reported on the connection's, everything else is called on main.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.session.sending.in_flight import EventsInFlight

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.sending import SendResult

TIMEOUT_S = 15.0
IN_FLIGHT = 4_000
"""How many events may wait for their outcome."""


class Publisher(BusListener):
    """A context in which raw messages can be sent."""

    def __init__(self, driver: BusDriver, settings: ConnectionSettings, password: str | None) -> None:
        self._in_flight = EventsInFlight(IN_FLIGHT)
        self._changed = self._in_flight.changed
        self._status: ConnectionStatus | None = None
        self._stopped = False
        self.connection = driver.connect(settings, self, password=lambda: password, receives=False)

    def __enter__(self) -> Self:
        self.connection.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.close()

    def stop(self) -> None:
        """End every wait, and what is under way. Any thread."""
        with self._changed:
            self._stopped = True
        self._in_flight.cancel()
        self.connection.stop()

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        with self._changed:
            self._status = status
            self._changed.notify_all()

    @override
    def on_results(self, results: list[SendResult]) -> None:
        self._in_flight.settle(results)

    @property
    def refused(self) -> bool:
        """Whether the bus has refused the connection, rather than being out of reach."""
        return self._status is not None and self._status.state is ConnectionState.REFUSED

    def wait_connected(self) -> str:
        """Return "" once connected, else why not."""
        with self._changed:
            answered = self._changed.wait_for(self._answer, TIMEOUT_S)
            status = self._status
        if self._stopped:
            return "interrupted"
        if not answered or status is None:
            return f"no answer within {TIMEOUT_S:g} s"
        return "" if status.state is ConnectionState.CONNECTED else status.reason or str(status.state)

    def _answer(self) -> bool:
        waiting = {ConnectionState.CONNECTING, ConnectionState.CLOSED}
        return self._stopped or (self._status is not None and self._status.state not in waiting)

    def send(self, raw: RawMessage) -> None:
        """Send a message's body and properties."""
        self.send_body(raw.body, dict(raw.properties))

    def send_body(self, body: bytes, properties: dict[str, str | int | float | bool] | None = None) -> None:
        """Send an event; waits while too many, or too large ones, are under way."""
        self._in_flight.add(self.connection.send(body, properties=properties), len(body))
        self._in_flight.wait_for_capacity()

    def wait_settled(self, timeout_s: float) -> int:
        """Wait until each event has an outcome; return how many were not accepted."""
        return self._in_flight.wait_settled(timeout_s)

    def last_result(self, timeout_s: float) -> SendResult | None:
        """Wait for the outcome of what was sent last; None when there is none in time."""
        self._in_flight.wait_settled(timeout_s)
        return self._in_flight.last
