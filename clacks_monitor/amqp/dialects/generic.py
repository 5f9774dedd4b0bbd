"""Any AMQP 1.0 broker of which nothing more is known (Artemis, Qpid Broker-J, dispatch router)."""

from __future__ import annotations

from proton import Described, symbol
from typing_extensions import override

from clacks_monitor.amqp.dialects import filters
from clacks_monitor.amqp.dialects.dialect import Dialect, Source


class Generic(Dialect):
    """Some brokers repeat all filters that they are asked for: an unknown filter shows which do."""

    @override
    def source(self, query: str) -> Source:
        """Return the source, and with a query the unknown filter in it."""
        asked = filters.for_events(self._key, query)
        if query:
            asked[symbol("unknown")] = Described(symbol(filters.UNKNOWN), "")
        return Source(self.address, asked)
