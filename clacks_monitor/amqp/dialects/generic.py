"""Any AMQP 1.0 broker of which nothing more is known, and routers, which forward what is between others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from proton import Described, symbol
from typing_extensions import override

from clacks_monitor.amqp.dialects import filters
from clacks_monitor.amqp.dialects.dialect import Dialect, Source
from clacks_monitor.amqp.grant import TOPIC, GrantedSource
from clacks_monitor.core.connection import DialectName
from clacks_monitor.core.peer import DistributionMode
from clacks_monitor.networking.failure import FailureKind

if TYPE_CHECKING:
    from clacks_monitor.networking.failure import Failure


class Generic(Dialect):
    """Nothing is assumed: it must say that it leaves events to other receivers.

    Some brokers repeat whatever they are asked for: an unknown filter in their answer shows that it proves nothing.
    """

    @override
    def source(self, query: str) -> Source:
        """Return the source, with an unknown filter in it."""
        asked = filters.for_events(self._key, query)
        asked[symbol("unknown")] = Described(symbol(filters.UNKNOWN), "")
        return Source(self.address, asked, capability=TOPIC)

    @override
    def next_source(self, refused: Source, reason: Failure) -> Source | None:
        """Return what to ask for next: without filters, then without the capability."""
        simpler = super().next_source(refused, reason)
        may_help = reason.kind in {FailureKind.NETWORK, FailureKind.FILTER} and bool(reason.condition)
        return replace(refused, capability="") if simpler is None and refused.capability and may_help else simpler

    @override
    def _takes(self, source: Source, grant: GrantedSource) -> bool:
        if filters.UNKNOWN in grant.filters or grant.distribution is DistributionMode.MOVE:
            return True
        own = any(descriptor in filters.XQUERY for descriptor in grant.filters)
        return not (own or grant.distribution is DistributionMode.COPY or TOPIC in grant.capabilities)


class Router(Generic):
    """Qpid's dispatch router: it repeats what it is asked for, unless a broker behind it answers.

    Whether an address delivers to all receivers or to one of them is in its configuration.
    """

    name = DialectName.ROUTER
    label = "The router"
