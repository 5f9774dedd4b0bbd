"""Apache ActiveMQ Artemis.

Without a capability, a receiver at an address whose messages go to one receiver each (anycast) competes with the
others. With the capability ``topic`` it gets a queue of its own, or is refused; with ``queue`` and distribution mode
"copy" it browses. A queue that is named as such (``address::queue``) is browsed in both cases.
Source: DefaultSenderController of Artemis's AMQP protocol.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from typing_extensions import override

from clacks_monitor.amqp.dialects.dialect import Dialect, Source
from clacks_monitor.amqp.grant import QUEUE, TOPIC
from clacks_monitor.core.connection import DialectName

if TYPE_CHECKING:
    from clacks_monitor.amqp.failure import Failure

_NO_TOPIC: Final = "amqp:illegal-state"
_QUEUE_MARK: Final = "::"


class Artemis(Dialect):
    """A subscription of its own where the address can have one, else a look at its queue."""

    name = DialectName.ARTEMIS
    label = "ActiveMQ Artemis"
    knows_filters = False

    @override
    def source(self, query: str) -> Source:
        """Return the source of a subscription; the subject is not a routing key here."""
        del query
        return Source(self.address, capabilities=(TOPIC,), browses=_QUEUE_MARK in self.address and not self.consumes)

    @override
    def next_source(self, refused: Source, reason: Failure) -> Source | None:
        """Look at the queue where there are no subscriptions."""
        if reason.condition == _NO_TOPIC and TOPIC in refused.capabilities:
            return replace(refused, capabilities=(QUEUE,), browses=not self.consumes)
        return super().next_source(refused, reason)

    @override
    def empty_source(self) -> Source:
        """Return the same source: a link without credit receives nothing."""
        return self.source("")
