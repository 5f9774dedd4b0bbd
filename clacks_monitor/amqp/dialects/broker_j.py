"""Apache Qpid Broker-J: no XML exchange, no XQuery, and on a queue unknown filters are refused."""

from __future__ import annotations

from typing_extensions import override

from clacks_monitor.amqp.dialects import filters
from clacks_monitor.amqp.dialects.dialect import NOT_A_SUBJECT, Dialect, Source
from clacks_monitor.core.connection import DialectName


class BrokerJ(Dialect):
    """A subscription's queue at an exchange, a look at a queue: the distribution mode "copy" is honoured."""

    name = DialectName.BROKER_J
    label = "Qpid Broker-J"
    knows_filters = False

    @override
    def source(self, query: str) -> Source:
        """Return the source with the subject as binding key."""
        del query
        return super().source("")

    @override
    def empty_source(self) -> Source:
        """Return a source of a subject that no event has."""
        return Source(self.address, filters.for_events(NOT_A_SUBJECT, ""))
