"""What brokers have in common, and where they differ: one small class each. Immutable; any thread.

Facts: Apache Qpid C++ 1.40 with its XML exchange, RabbitMQ 3.10 with its AMQP 1.0 plug-in, and the AMQP standard for
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
"""Characters of a broker's product or version that are shown."""

UNKNOWN: Final = "clacks-monitor:nobody-knows-this-filter:string"


class Dialect:
    """Addresses and filters for one connection. This base is the generic one: address and subject as given.

    It asks for the broker's XQuery filter too: a broker that does not know it must leave it out of its answer, and
    that is how it is found out where the filter runs.
    """

    name: ClassVar[DialectName] = DialectName.GENERIC
    product: ClassVar[str] = "This broker"
    knows_filters: ClassVar[bool] = True
    has_queue_figures: ClassVar[bool] = False
    """Whether it answers Qpid's management protocol."""
    carries_agent: ClassVar[bool] = True
    """Whether an agent can be asked; where it cannot, trying would end the session, events and all."""
    probes_by_sending: ClassVar[bool] = False
    """Whether looking for the exchange takes a sending link, because a receiving one leaves a queue behind."""

    def __init__(self, settings: ConnectionSettings) -> None:
        self._domain = settings.domain
        self._key = settings.routing_key

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
        """What the subscription's queue shall be like, where a receiver may say so."""
        return {}

    def filters(self, query: str) -> dict[symbol, Described]:
        """Return the source's filter map for a subscription; "" asks for everything with the right subject."""
        found = {symbol("key"): Described(symbol(DIRECT_KEY[0]), self._key)}
        if query:
            found[symbol("xquery")] = Described(symbol(XQUERY[0]), query)
        return found

    def nothing(self) -> dict[symbol, Described]:
        """Return filters that let nothing pass, for a link that only looks whether the exchange is there."""
        return {
            symbol("key"): Described(symbol(DIRECT_KEY[0]), "clacks-monitor.is-it-there"),
            symbol("xquery"): Described(symbol(XQUERY[0]), "false()"),
        }


class Generic(Dialect):
    """Any AMQP 1.0 broker. Some repeat all that they are asked for: a filter that nobody can know finds those out."""

    def filters(self, query: str) -> dict[symbol, Described]:
        """Return the filters, and with a query the one that nobody can know."""
        found = super().filters(query)
        if query:
            found[symbol("unknown")] = Described(symbol(UNKNOWN), "")
        return found


class Qpid(Dialect):
    """Apache Qpid C++ with its XML exchange: filters in the broker, its figures over QMF."""

    name = DialectName.QPID
    has_queue_figures = True


class Embedded(Dialect):
    """The broker of this program: filters in the broker, in Qpid's manner."""

    name = DialectName.EMBEDDED
    has_queue_figures = True

    @property
    def queue_properties(self) -> dict[symbol, str]:
        """A ring: it drops its oldest instead of holding publishers up."""
        return {symbol("qpid.policy_type"): "ring"}


class RabbitMQ(Dialect):
    """RabbitMQ: exchanges have their own address form, filters are ignored, so it is not asked for any.

    A domain that is one of its addresses already ("/queue/...", "exchange/...") is taken as it is.
    """

    name = DialectName.RABBITMQ
    product = "RabbitMQ"
    knows_filters = False
    probes_by_sending = True
    carries_agent = False

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

    def filters(self, query: str) -> dict[symbol, Described]:  # noqa: ARG002 - the base's signature
        """Return no filter: the address says the key, and the query is evaluated here."""
        return {}


_CLASSES: Final[Mapping[DialectName, type[Dialect]]] = {
    DialectName.QPID: Qpid,
    DialectName.EMBEDDED: Embedded,
    DialectName.RABBITMQ: RabbitMQ,
    DialectName.GENERIC: Generic,
}


def choose(settings: ConnectionSettings, properties: Mapping[str, object]) -> Dialect:
    """Return the dialect that was set by hand, or the one that the broker's connection properties speak of."""
    if settings.dialect is not DialectName.AUTO:
        return _CLASSES[settings.dialect](settings)
    product = str(properties.get("product", "")).lower()
    if "rabbitmq" in product:
        return RabbitMQ(settings)
    if "clacks" in product:
        return Embedded(settings)
    if "qpid" in product and "cpp" in product:
        return Qpid(settings)
    return Generic(settings)


def product_of(properties: Mapping[str, object]) -> str:
    """Return what the broker says that it is, in words: product and version."""
    return " ".join(
        one_line(str(properties[key]), MAX_PRODUCT) for key in ("product", "version") if properties.get(key)
    )


def why_not_there(descriptors: Collection[object]) -> str:
    """Return why the broker does not apply the query, by the filters that it says it applies; "" when it does."""
    if UNKNOWN in descriptors:
        return Message("The broker repeats filters that it cannot know: it does not filter by XQuery.")
    if any(descriptor in {XQUERY[0], XQUERY[1], ulong(XQUERY[1])} for descriptor in descriptors):
        return ""
    return Message("The broker left the filter out of its answer: it cannot filter by XQuery.")
