"""A connection that only sends, for commands: waits for the bus, sends in order, waits for the outcomes.

Construction, send() and the waiting belong to the main thread; outcomes come in on the connection's.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.amqp import Connection
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus
from clacks_monitor.core.sending import Outcome, SendResult

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from clacks_monitor.core.event import RawMessage

TIMEOUT_S = 15.0


class Publisher:
    """A context in which raw messages can be sent."""

    def __init__(self, settings: ConnectionSettings, password: str | None) -> None:
        self._changed = threading.Condition()
        self._status: ConnectionStatus | None = None
        self._sent = 0
        self._results: list[SendResult] = []
        self.connection = Connection(
            settings, password=lambda: password, receive=None, status=self._on_status, sent=self._on_sent
        )

    def __enter__(self) -> Self:
        self.connection.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.connection.close()

    def _on_status(self, status: ConnectionStatus) -> None:
        with self._changed:
            self._status = status
            self._changed.notify_all()

    def _on_sent(self, results: list[SendResult]) -> None:
        with self._changed:
            self._results.extend(results)
            self._changed.notify_all()

    @property
    def refused(self) -> bool:
        """Whether the bus does not want us, rather than that it is not there."""
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
        """Send an event."""
        self._sent += 1
        self.connection.send(body, properties=properties)

    def wait_settled(self, timeout_s: float) -> int:
        """Wait until each event has an outcome; return how many were not accepted."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._results) >= self._sent, timeout_s)
            accepted = sum(result.outcome is Outcome.ACCEPTED for result in self._results)
        return self._sent - accepted

    def last_result(self, timeout_s: float) -> SendResult | None:
        """Wait for the outcome of what was sent last; None when there is none in time."""
        with self._changed:
            self._changed.wait_for(lambda: len(self._results) >= self._sent, timeout_s)
            return self._results[-1] if self._results else None
