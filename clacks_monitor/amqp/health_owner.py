"""What the checks of a subscription report. Thread: the connection's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from clacks_monitor.amqp.queue_statistics import QueueReading
    from clacks_monitor.networking.failure import Failure


class SubscriptionHealthOwner(Protocol):
    """What is reported of a subscription's health."""

    def queue_read(self, reading: QueueReading) -> None:
        """Handle a reading of the own queue."""

    def exchange_found(self) -> None:
        """Note that the exchange existed just now."""

    def exchange_deleted(self, reason: Failure) -> None:
        """Handle that the exchange does not exist any more."""
