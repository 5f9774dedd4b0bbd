"""What brokers have in common, and where they differ: one small class for each. Immutable; any thread.

Sources: Apache Qpid C++ 1.40 with its XML exchange, RabbitMQ 3.10 with its AMQP 1.0 plug-in, and the AMQP standard for
the generic one (Artemis, Qpid Broker-J, dispatch router).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from proton import Described, symbol, ulong

from clacks_monitor.core.connection import DialectName
from clacks_monitor.core.messages import Message
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from clacks_monitor.core.connection import ConnectionSettings

XQUERY: Final = ("apache.org:xquery-filter:string", 0x0000468C00000005)
DIRECT_KEY: Final = ("apache.org:legacy-amqp-direct-binding:string", 0x0000468C00000000)
MAX_PRODUCT: Final = 100
"""Characters of a broker's product and of its version that are shown."""

UNKNOWN: Final = "clacks-monitor:nobody-knows-this-filter:string"
"""The descriptor of a filter that no broker knows."""


class Dialect:
    """Addresses and filters for one connection. This base is the generic one: address and subject as given.

    It asks for the broker's XQuery filter too: a broker that does not know it must leave it out of its answer, which
    shows where the filter runs.

    ``product`` and ``version`` are what the broker calls itself, "" where it does not say.
    """

    name: ClassVar[DialectName] = DialectName.GENERIC
    label: ClassVar[str] = "This broker"
    """What messages call a broker of this kind."""
    knows_filters: ClassVar[bool] = True
    has_queue_statistics: ClassVar[bool] = False
    """Whether it answers Qpid's management protocol."""
    has_agent: ClassVar[bool] = True
    """Whether an agent can be called; where it cannot, trying would end the session, and with it the subscription."""
    probes_by_sending: ClassVar[bool] = False
    """Whether looking for the exchange takes a sending link, because a receiving one leaves a queue behind."""

    def __init__(self, settings: ConnectionSettings, properties: Mapping[str, object]) -> None:
        self.product, self.version = _property(properties, "product"), _property(properties, "version")
        self._domain = settings.domain
        self._key = settings.routing_key

    @property
    def description(self) -> str:
        """What the broker calls itself: product and version, "" when it says neither."""
        return " ".join(filter(None, (self.product, self.version)))

    @property
    def source(self) -> str:
        """The address to receive events from."""
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
    def queue_properties(self) -> dict[symbol, str]:
        """The properties of the subscription's queue, where a receiver can choose them."""
        return {}

    def filters(self, query: str) -> dict[symbol, Described]:
        """Return the source's filter map for a subscription; "" asks for everything with the right subject."""
        found = {symbol("key"): Described(symbol(DIRECT_KEY[0]), self._key)}
        if query:
            found[symbol("xquery")] = Described(symbol(XQUERY[0]), query)
        return found

    def nothing(self) -> dict[symbol, Described]:
        """Return filters that let nothing pass, for a link that only checks whether the exchange exists."""
        return {
            symbol("key"): Described(symbol(DIRECT_KEY[0]), "clacks-monitor.is-it-there"),
            symbol("xquery"): Described(symbol(XQUERY[0]), "false()"),
        }


class Generic(Dialect):
    """Any AMQP 1.0 broker. Some repeat all filters that they are asked for: an unknown filter shows which do."""

    def filters(self, query: str) -> dict[symbol, Described]:
        """Return the filters, and with a query the unknown one."""
        found = super().filters(query)
        if query:
            found[symbol("unknown")] = Described(symbol(UNKNOWN), "")
        return found


class Qpid(Dialect):
    """Apache Qpid C++ with its XML exchange: filters in the broker, statistics over QMF."""

    name = DialectName.QPID
    has_queue_statistics = True


class Embedded(Dialect):
    """The embedded broker of this program: filters in the broker, as Qpid does."""

    name = DialectName.EMBEDDED
    has_queue_statistics = True

    @property
    def queue_properties(self) -> dict[symbol, str]:
        """A ring: it drops its oldest instead of holding up publishers."""
        return {symbol("qpid.policy_type"): "ring"}


class RabbitMQ(Dialect):
    """RabbitMQ: exchanges have their own address form, filters are ignored, so it is not asked for any.

    A domain that is one of its addresses already ("/queue/...", "exchange/...") is used as it is.
    """

    name = DialectName.RABBITMQ
    label = "RabbitMQ"
    knows_filters = False
    probes_by_sending = True
    has_agent = False

    @property
    def source(self) -> str:
        """The address to receive events from."""
        domain = self._domain.strip("/")
        if domain.split("/", 1)[0] in {"exchange", "topic", "queue", "amq"} and "/" in domain:
            return "/" + domain
        return f"/topic/{self._key}" if domain == "amq.topic" else f"/exchange/{domain}/{self._key}"

    @property
    def target(self) -> str:
        """The address to send events to: the same."""
        return self.source

    def filters(self, query: str) -> dict[symbol, Described]:
        """Return no filter: the address has the key, and the query is evaluated on arrival."""
        del query
        return {}


_CLASSES: Final[Mapping[DialectName, type[Dialect]]] = {
    DialectName.QPID: Qpid,
    DialectName.EMBEDDED: Embedded,
    DialectName.RABBITMQ: RabbitMQ,
    DialectName.GENERIC: Generic,
}


def choose(settings: ConnectionSettings, properties: Mapping[str, object]) -> Dialect:
    """Return the dialect that was set by hand, or the one of the product in the broker's connection properties."""
    if settings.dialect is not DialectName.AUTO:
        return _CLASSES[settings.dialect](settings, properties)
    product = str(properties.get("product", "")).lower()
    if "rabbitmq" in product:
        return RabbitMQ(settings, properties)
    if "clacks" in product:
        return Embedded(settings, properties)
    if "qpid" in product and "cpp" in product:
        return Qpid(settings, properties)
    return Generic(settings, properties)


def _property(properties: Mapping[str, object], name: str) -> str:
    return one_line(str(properties.get(name) or ""), MAX_PRODUCT)


def reason_not_filtered(descriptors: Collection[object]) -> str:
    """Return why the broker does not apply the query, given the filters that it says it applies; "" when it does."""
    if UNKNOWN in descriptors:
        return Message("The broker does not support XQuery filters (it confirms unknown filters).")
    if any(descriptor in {XQUERY[0], XQUERY[1], ulong(XQUERY[1])} for descriptor in descriptors):
        return ""
    return Message("The broker does not support XQuery filters (filter missing in its answer).")
