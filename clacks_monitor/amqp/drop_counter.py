"""Counts what the own queue drops when it is full, which RabbitMQ itself does not.

The own queue passes what it drops ("dead letters") on to an exchange, and that to a second queue, whose length is the
count. Both are this connection's alone, and bounded: nothing is received from the queue, it is emptied unread. The
exchange is not the default one: the user needs rights to nothing but names of the monitor's own.

Owner: ``OwnQueue``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.answer import Answer, path

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.answer import ManagementNode
    from clacks_monitor.amqp.values import Value
    from clacks_monitor.networking.failure import Failure

MAX_COUNTED: Final = 1_000
MAX_COUNTED_BYTES: Final = 4 * 1024 * 1024
"""What the counting queue holds. It may have dropped some itself: what it counts is the least that was dropped.

Little, as keeping them costs the broker work: on RabbitMQ 4.0 a dropped event took 40 microseconds of processor
time without counting, 55 with a queue of one event, 65 with 500, and 80 with 20,000.
"""


class DropCounter:
    """The exchange and the queue that count; both have the same ``name``. ``why_not`` is why there are none, or ""."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.why_not = ""
        self.counts = False

    @property
    def _queue(self) -> str:
        return path("queues", self.name)

    def start(self, management: ManagementNode, done: Callable[[], None]) -> None:
        """Declare exchange and queue, and call ``done``: now it counts, or there is a reason why not."""
        bounds: dict[str | bytes, Value] = {"x-max-length": MAX_COUNTED, "x-max-length-bytes": MAX_COUNTED_BYTES}
        steps: list[tuple[str, str, Value]] = [
            ("PUT", self._queue, {"durable": False, "auto_delete": True, "exclusive": True, "arguments": bounds}),
            (
                "PUT",
                path("exchanges", self.name),
                {"type": "fanout", "durable": False, "auto_delete": True, "internal": False, "arguments": {}},
            ),
            (
                "POST",
                "/bindings",
                {"source": self.name, "destination_queue": self.name, "binding_key": "", "arguments": {}},
            ),
        ]
        waiting = len(steps)

        def answered(outcome: Answer | Failure) -> None:
            nonlocal waiting
            waiting -= 1
            self.why_not = self.why_not or _why(outcome)
            if not waiting:
                self.counts = not self.why_not
                done()

        # All at once: the exchange ends with its binding, and would stay if the connection ended before there is one.
        for method, where, body in steps:
            management.request(method, where, body, answered)

    def collect(self, management: ManagementNode, counted: Callable[[int], None]) -> None:
        """Call ``counted`` with how many events were dropped since the last time, at least; not when there are none."""
        if self.counts:
            management.request("DELETE", f"{self._queue}/messages", None, lambda outcome: _report(outcome, counted))

    def end(self, management: ManagementNode, counted: Callable[[int], None]) -> None:
        """Delete both, after a last count: the exchange goes with its only queue."""
        if self.counts:
            self.counts = False
            management.request("DELETE", self._queue, None, lambda outcome: _report(outcome, counted))


def _report(outcome: Answer | Failure, counted: Callable[[int], None]) -> None:
    count = outcome.values.get("message_count") if isinstance(outcome, Answer) and outcome.ok else 0
    if isinstance(count, int) and count > 0:
        counted(count)


def _why(outcome: Answer | Failure) -> str:
    if not isinstance(outcome, Answer):
        return outcome.message
    return "" if outcome.ok else outcome.text or str(outcome.status)
