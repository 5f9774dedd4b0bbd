"""Apache ActiveMQ Artemis.

Without a capability, a receiver at an address whose messages go to one receiver each (anycast) competes with the
others. With the capability ``topic`` it gets a queue of its own, or is refused; with ``queue`` and distribution mode
"copy" it browses. A queue that is named as such (``address::queue``) is browsed in both cases.

Its selectors know ``XPATH '...'``, which is false for every body that is not an AMQP string with XML in it, and for
every error. A selector that is true for what matches would lose such events silently, so it is the negation of one that
is true for what does not match: what cannot be evaluated passes, and is evaluated on arrival.
Source: DefaultSenderController of Artemis's AMQP protocol, XalanXPathEvaluator of its selectors.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from proton import Described, symbol
from typing_extensions import override

from clacks_monitor.amqp.dialects import filters
from clacks_monitor.amqp.dialects.dialect import Dialect, Source
from clacks_monitor.amqp.grant import QUEUE, TOPIC
from clacks_monitor.core.connection import DialectName
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from clacks_monitor.amqp.grant import GrantedSource
    from clacks_monitor.core.portable_query import PortableQuery
    from clacks_monitor.networking.failure import Failure

_NO_TOPIC: Final = "amqp:illegal-state"
_QUEUE_MARK: Final = "::"


class Artemis(Dialect):
    """A subscription of its own where the address can have one, else a look at its queue."""

    name = DialectName.ARTEMIS
    label = "ActiveMQ Artemis"
    knows_filters = False

    @override
    def filter_for(self, query: str, portable: PortableQuery) -> str:
        """Return the selector that keeps back what surely does not match."""
        quoted = f"not({portable.xpath})".replace("'", "''")
        return f"NOT XPATH '{quoted}'" if query and portable.xpath else ""

    @override
    def why_inexact(self, asked: str) -> str:
        """Bodies that are no AMQP strings pass."""
        del asked
        return Message("Artemis lets events pass whose body is not an AMQP string; they are evaluated locally.")

    @property
    @override
    def why_no_filter(self) -> str:
        """Its selectors evaluate XPath 1.0 only."""
        return Message("Artemis evaluates XPath 1.0 only, and this filter has no such form.")

    @override
    def why_not_filtered(self, grant: GrantedSource) -> str:
        """Return why the broker does not apply the selector; "" when it does."""
        if any(descriptor in filters.SELECTOR for descriptor in grant.filters):
            return ""
        return Message("Artemis does not confirm the selector.")

    @override
    def source(self, query: str) -> Source:
        """Return the source of a subscription with a selector; the subject is not a routing key here."""
        asked = {symbol("selector"): Described(symbol(filters.SELECTOR[0]), query)} if query else {}
        return Source(self.address, asked, capability=TOPIC, browses=_QUEUE_MARK in self.address and not self.consumes)

    @override
    def next_source(self, refused: Source, reason: Failure) -> Source | None:
        """Look at the queue where there are no subscriptions."""
        if reason.condition == _NO_TOPIC and refused.capability == TOPIC:
            return replace(refused, capability=QUEUE, browses=not self.consumes)
        return super().next_source(refused, reason)

    @override
    def empty_source(self) -> Source:
        """Return the same source: a link without credit receives nothing."""
        return self.source("")
