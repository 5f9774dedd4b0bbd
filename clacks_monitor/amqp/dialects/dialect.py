"""What all dialects have in common: addresses and sources. Immutable; any thread."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar, Final
from urllib.parse import quote

from proton import Terminus, symbol

from clacks_monitor.amqp import failure
from clacks_monitor.amqp.dialects import filters
from clacks_monitor.core.connection import DialectName
from clacks_monitor.core.messages import Message
from clacks_monitor.core.peer import DistributionMode
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from proton import Described

    from clacks_monitor.amqp.grant import GrantedSource
    from clacks_monitor.amqp.preparation import Preparation
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.portable_query import PortableQuery
    from clacks_monitor.networking.failure import Failure

MAX_PRODUCT: Final = 100
"""Characters of a broker's product and of its version that are shown."""

NOT_A_SUBJECT: Final = "clacks-monitor.is-it-there"
"""A subject that no event has."""


@dataclass(frozen=True, slots=True)
class Source:
    """The source that a receiving link asks for. ``queue_properties`` are those of the queue behind it.

    It ends with its link, unless ``link_name`` names the link of a durable one: then its queue stays in the broker.
    ``browses`` is whether it is a queue that is only looked at.
    ``preparation`` is what has to be done before the link is opened. A stream can be read again from any offset.
    """

    address: str
    filters: Mapping[symbol, Described] = field(default_factory=dict)
    queue_properties: Mapping[symbol, str] = field(default_factory=dict)
    capability: str = ""
    browses: bool = False
    preparation: Preparation | None = None
    is_stream: bool = False
    link_name: str = ""

    def resumed(self, offset: int) -> Source:
        """Return the source that continues a stream at an offset."""
        return replace(self, filters={**self.filters, **filters.for_stream(offset)})

    def write_to(self, terminus: Terminus, *, copies: bool = True) -> None:
        """Set a link's own source, before it is opened: with ``copies``, so that events stay for other receivers."""
        terminus.address = self.address
        if copies and not self.link_name:
            terminus.distribution_mode = Terminus.DIST_MODE_COPY
        terminus.expiry_policy = Terminus.EXPIRE_NEVER if self.link_name else Terminus.EXPIRE_WITH_LINK
        if self.link_name:
            terminus.durability = Terminus.DELIVERIES
        if self.capability:
            terminus.capabilities.put_symbol(symbol(self.capability))
        if self.filters:
            terminus.filter.put_dict(dict(self.filters))
        if self.queue_properties:
            terminus.properties.put_dict(dict(self.queue_properties))


class Dialect:
    """Addresses and filters for one connection. This base is the generic one: address and subject as given.

    It asks for the broker's XQuery filter too: a broker that does not know it must leave it out of its answer, which
    shows where the filter runs.

    ``product`` and ``version`` are what the broker calls itself, "" where it does not say, ``description`` is both.
    ``consumes`` is whether events may be taken away from other receivers.
    """

    name: ClassVar[DialectName] = DialectName.GENERIC
    label: ClassVar[str] = "This broker"
    """What messages call a broker of this kind."""
    knows_filters: ClassVar[bool] = True
    """Whether it may know XQuery filters."""
    has_queue_statistics: ClassVar[bool] = False
    """Whether it answers Qpid's management protocol."""
    has_management: ClassVar[bool] = False
    """Whether it has a management node that takes HTTP-like requests."""
    ends_sessions: ClassVar[bool] = False
    """Whether a link that it refuses ends its session, and with it the session's other links."""
    renews_tokens: bool = False
    """Whether the management node takes new tokens for the login."""
    has_agent: ClassVar[bool] = True
    """Whether an agent can be called; where it cannot, trying would end the session, and with it the subscription."""
    routes_in_threads: ClassVar[bool] = True
    """Whether an event may still be routed with the bindings of a moment ago when the broker answers."""
    counts_deliveries: ClassVar[bool] = True
    """Whether "delivery-count" says that a message was delivered before; else "first-acquirer" does."""
    probes_by_sending: ClassVar[bool] = False
    """Whether looking for the exchange takes a sending link, because a receiving one leaves a queue behind."""

    def __init__(self, settings: ConnectionSettings, properties: Mapping[str, object]) -> None:
        self.product, self.version = _property(properties, "product"), _property(properties, "version")
        self.description = " ".join(filter(None, (self.product, self.version)))
        self._domain = settings.domain
        self._key = settings.routing_key
        self.consumes = settings.consumes

    @property
    def address(self) -> str:
        """The address of the events, to receive from."""
        return self._domain

    @property
    def target(self) -> str:
        """The address to send events to."""
        return self._domain

    @property
    def subject(self) -> str:
        """The subject that sent events carry."""
        return self._key

    @property
    def not_routed(self) -> str:
        """What the outcome "released" of a sent event means, where the broker uses it for that alone; else ""."""
        return ""

    def source(self, query: str) -> Source:
        """Return the source of a subscription; "" asks for every event with the right subject."""
        return Source(self.address, filters.for_events(self._key, query))

    def durable_source(self, query: str, owner: str) -> Source | Failure:
        """Return the source of a subscription whose queue is kept for ``owner``, or why there can be none.

        Here: the queue is found by the names of container and link.
        """
        del owner
        return replace(self.source(query), link_name=link_name(self.address))

    def filter_for(self, query: str, portable: PortableQuery) -> str:
        """Return the filter to give to the broker for a query, which may have other forms; "" for none."""
        del portable
        return query if self.knows_filters else ""

    def why_inexact(self, asked: str) -> str:
        """Return why the broker lets events pass that do not match, which are evaluated on arrival; "" if it does not.

        ``asked`` is the filter that it was given and has confirmed.
        """
        del asked
        return ""

    @property
    def why_no_filter(self) -> str:
        """Why there is no filter to give to the broker."""
        return Message("{0} does not support XQuery filters.", self.label)

    def next_source(self, refused: Source, reason: Failure) -> Source | None:
        """Return what to ask for after the broker has refused a source; None for nothing else.

        Here: the same without any filter, for brokers that refuse those that they do not know. What has been refused
        because of its query is not asked for here.
        """
        if refused.filters and failure.may_concern_filter(reason):
            return replace(refused, filters={})
        return None

    def why_not_filtered(self, grant: GrantedSource) -> str:
        """Return why the broker does not apply the query that it was asked for; "" when it does."""
        return filters.reason_not_filtered(grant.filters)

    def why_not_receive(self, source: Source, grant: GrantedSource) -> str:
        """Return why no event may be received: it would be taken away from its receivers. "" when it would not."""
        if self.consumes or not self._takes(source, grant):
            return ""
        return Message(
            "Receiving from {0} would take events away from its other receivers: each event goes to one of them. "
            "Use an exchange or a topic, a queue that gets copies for the monitor, or allow it in the connection.",
            source.address,
        )

    def _takes(self, source: Source, grant: GrantedSource) -> bool:
        """Whether an event that is received is lost for other receivers, as far as is known."""
        del source
        return grant.distribution is DistributionMode.MOVE

    def empty_source(self) -> Source:
        """Return a source that lets nothing pass, for a link that only checks whether the exchange exists."""
        return Source(self.address, filters.for_events(NOT_A_SUBJECT, "false()"))


def link_name(address: str) -> str:
    """Return the name of the link to a durable source. Without "/", which some brokers read as a path."""
    return quote(address, safe="").replace("%", "_")


def _property(properties: Mapping[str, object], name: str) -> str:
    return one_line(str(properties.get(name) or ""), MAX_PRODUCT)
