"""The buses that are recorded: a durable connection each, whose deliveries wait decoded for the recorder.

Threads: deliveries are filtered and decoded on the connection's thread; the recorder's takes them.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.event import footprint
from clacks_monitor.session.receiving.arrival import ArrivalFilter

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Thread

    from clacks_monitor.core.bus import Delivery, DurableBusDriver
    from clacks_monitor.core.connection import ConnectionSettings, ConnectionStatus
    from clacks_monitor.core.decode import Decoder
    from clacks_monitor.core.event import Event, RawMessage

MAX_BATCH, MAX_BATCH_BYTES = 2_000, 8 * 1024 * 1024
"""Of one transaction."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A delivery; ``event`` is None for one that the subscription does not want."""

    source: RecordedSource
    delivery: Delivery
    event: Event | None


class ArrivalQueue:
    """Arrivals in their order, bounded by what the sources may have under way. ``put`` by any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._arrivals: deque[Arrival] = deque()
        self._woken = False

    def put(self, arrivals: list[Arrival]) -> None:
        """Add arrivals."""
        with self._changed:
            self._arrivals += arrivals
            self._changed.notify_all()

    def wake(self) -> None:
        """End the wait of receive(), now or the next one."""
        with self._changed:
            self._woken = True
            self._changed.notify_all()

    def receive(self, timeout_s: float) -> list[Arrival]:
        """Return the next arrivals, at most a batch, when there are some or the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._woken or self._arrivals, timeout_s)
            self._woken = False
            found: list[Arrival] = []
            size = 0
            while self._arrivals and len(found) < MAX_BATCH and size < MAX_BATCH_BYTES:
                arrival = self._arrivals.popleft()
                size += 0 if arrival.event is None else footprint(arrival.event)
                found.append(arrival)
            return found

    def clear(self) -> None:
        """Drop everything: it is delivered again."""
        with self._changed:
            self._arrivals.clear()

    def __len__(self) -> int:
        return len(self._arrivals)


class RecordedSource(BusListener):
    """One bus. Raises QueryError for the settings' subscription; ``report`` gets changes of its status as text."""

    def __init__(
        self,
        driver: DurableBusDriver,
        settings: ConnectionSettings,
        password: str | None,
        *,
        owner: str,
        decode: Decoder,
        arrivals: ArrivalQueue,
        report: Callable[[RecordedSource, ConnectionStatus], None],
    ) -> None:
        self.name = settings.name
        self.newest_ns = 0
        """When the newest message that arrived was sent, wall clock; 0 where that is not known."""
        self._wanted: list[RawMessage] = []
        self._filter = ArrivalFilter(self._wanted.extend)
        self._decode, self._arrivals, self._report = decode, arrivals, report
        why_here = self._filter.prepare(settings.subscription)
        self.connection = driver.connect_durably(settings, self, password=lambda: password, owner=owner)
        self.connection.subscribe(
            settings.subscription, why_here=why_here, portable=self._filter.portable(settings.subscription)
        )

    @property
    def subscribed(self) -> bool:
        """Whether deliveries may arrive."""
        return self.connection.status.subscribed

    def accept(self, number: int) -> None:
        """Accept the deliveries up to this number."""
        self.connection.accept(number)

    def stop(self) -> list[Thread]:
        """Disconnect, also while a query is evaluated; return the threads that have not ended yet."""
        self._filter.stop()
        return self.connection.stop()

    @override
    def on_deliveries(self, deliveries: list[Delivery]) -> None:
        self._wanted.clear()
        self._filter([one.raw for one in deliveries])
        wanted = set(map(id, self._wanted))
        decode = self._decode
        self._arrivals.put(
            [Arrival(self, one, decode(one.raw) if id(one.raw) in wanted else None) for one in deliveries]
        )
        self.newest_ns = deliveries[-1].raw.creation_ns or time.time_ns()

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        self._filter.follow(status)
        self._report(self, status)
        if status.state is ConnectionState.CLOSED:
            self._filter.close()
