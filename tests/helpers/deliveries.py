"""What a durable connection reports, kept and waited for."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.ending import wait_for
from tests.helpers.recorder import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from clacks_monitor.core.bus import Delivery, DurableConnection
    from clacks_monitor.core.connection import ConnectionStatus


class Deliveries(BusListener):
    """Takes a durable connection's callbacks."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.all: list[Delivery] = []
        self.status: ConnectionStatus | None = None

    def on_deliveries(self, deliveries: list[Delivery]) -> None:
        with self._changed:
            self.all += deliveries
            self._changed.notify_all()

    def on_status(self, status: ConnectionStatus) -> None:
        with self._changed:
            self.status = status
            self._changed.notify_all()

    def wait(self, condition: Callable[[], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, PATIENCE), self.status

    def wait_subscribed(self, *, to: bool = True) -> None:
        self.wait(lambda: self.status is not None and self.status.subscribed == to)

    def bodies(self) -> list[int]:
        return [int(one.raw.body) for one in self.all]


@contextlib.contextmanager
def started(made: DurableConnection, seen: Deliveries, *, attach: bool = True) -> Iterator[None]:
    """Run a connection, and wait until it is up, or attached; it is gone afterwards."""
    made.start()
    try:
        seen.wait(lambda: seen.status is not None and seen.status.state is ConnectionState.CONNECTED)
        if attach:
            made.attach()
            seen.wait_subscribed()
        yield
    finally:
        assert not wait_for(made.stop(), PATIENCE)
