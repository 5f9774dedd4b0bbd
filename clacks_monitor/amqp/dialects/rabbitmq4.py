"""RabbitMQ 4, which implements AMQP 1.0 itself: addresses of version 2, a queue of the monitor's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from typing_extensions import override

from clacks_monitor.amqp.answer import path
from clacks_monitor.amqp.dialects import filters
from clacks_monitor.amqp.dialects.dialect import Dialect, Source, link_name
from clacks_monitor.amqp.preparation import DurableQueue, NamedQueue, OwnQueue
from clacks_monitor.core import stream_position
from clacks_monitor.core.connection import DialectName
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from clacks_monitor.amqp.grant import GrantedSource
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.portable_query import PortableQuery
    from clacks_monitor.networking.failure import Failure

TOPIC_EXCHANGE: Final = "amq.topic"
_RENEWS_TOKENS = _FILTERS_STREAMS = (4, 1)
_KNOWS_SQL = (4, 2)
MAX_DIGITS: Final = 9


@dataclass(frozen=True, slots=True)
class Destination:
    """What a domain names: an exchange with a routing key, or a queue."""

    exchange: str = ""
    key: str = ""
    queue: str = ""

    @property
    def address(self) -> str:
        """Its address of version 2, to send to."""
        if self.queue:
            return path("queues", self.queue)
        return path("exchanges", self.exchange, *([self.key] if self.key else []))


class RabbitMQ4(Dialect):
    """Sources are queues only: a queue of our own is declared and bound to the exchange before it is read.

    A domain that is an address already is understood in the forms of both versions: ``exchanges/NAME/KEY``,
    ``queues/NAME``, ``exchange/NAME/KEY``, ``topic/KEY``, ``queue/NAME``.
    """

    name = DialectName.RABBITMQ
    label = "RabbitMQ"
    knows_filters = False
    has_agent = False
    counts_deliveries = False
    has_management = ends_sessions = True

    def __init__(self, settings: ConnectionSettings, properties: Mapping[str, object]) -> None:
        super().__init__(settings, properties)
        self.renews_tokens = _version(self.version) >= _RENEWS_TOKENS
        self.destination = destination_of(settings.domain, settings.routing_key)
        try:
            self._position = stream_position.parse(settings.stream_from)
        except stream_position.StreamPositionError:
            self._position = stream_position.NEXT

    @property
    @override
    def address(self) -> str:
        """The address of the events."""
        return self.destination.address

    @property
    @override
    def target(self) -> str:
        """The address to send events to: the same."""
        return self.destination.address

    @property
    @override
    def not_routed(self) -> str:
        """No queue has got the event."""
        return Message("No queue is bound to {0} for it, so that it has reached no receiver.", self._domain)

    @override
    def filter_for(self, query: str, portable: PortableQuery) -> str:
        """Return the filter on properties, where the broker may have one: for streams."""
        version = _version(self.version)
        if not query or not self.destination.queue or version < _FILTERS_STREAMS:
            return ""
        return filters.encode_properties(portable.property_tests) or (
            portable.property_sql if version >= _KNOWS_SQL else ""
        )

    @override
    def why_inexact(self, asked: str) -> str:
        """Return what is said of a condition in SQL."""
        if filters.SQL_NAME not in filters.for_stream_filter(asked):
            return ""
        return Message("The broker tests the properties only; the rest is evaluated locally.")

    @override
    def why_not_filtered(self, grant: GrantedSource) -> str:
        """Return why the broker does not apply the filter on properties; "" when it does."""
        known = (*filters.PROPERTIES, *filters.SQL)
        return "" if any(one in known for one in grant.filters) else self.why_no_filter

    @override
    def source(self, query: str) -> Source:
        """Return the source of a queue of our own, with another name each time, or of the stream that was named."""
        if self.destination.queue:
            start = {**filters.for_stream(self._position), **filters.for_stream_filter(query)}
            named = NamedQueue(self.destination.queue, self.consumes)
            return Source(self.destination.address, start, preparation=named, is_stream=True)
        queue = OwnQueue(self.destination.exchange, self.destination.key)
        return Source(queue.address, preparation=queue)

    @override
    def durable_source(self, query: str, owner: str) -> Source | Failure:
        """Return the source of a quorum queue that is kept for ``owner``, or of the queue that was named."""
        if self.destination.queue:
            return replace(self.source(query), is_stream=False, filters={}, link_name=link_name(self.address))
        name = link_name(f"{owner}.{self.destination.exchange}.{self.destination.key}")
        queue = DurableQueue(self.destination.exchange, self.destination.key, name)
        return Source(queue.address, preparation=queue, link_name=name)

    @override
    def next_source(self, refused: Source, reason: Failure) -> Source | None:
        """Return nothing: a stream's filter is where it begins, and without it another part would be read."""
        del refused, reason
        return None

    @override
    def _takes(self, source: Source, grant: GrantedSource) -> bool:
        """Whether the queue was neither declared for the monitor nor found to be a stream."""
        del grant
        return source.preparation is None

    @override
    def empty_source(self) -> Source:
        """Return a source without a preparation, which nothing is received from."""
        return Source(self.address)


def _version(text: str) -> tuple[int, ...]:
    """Return the first two numbers of a version, as far as they are numbers."""
    parts = text.split(".")[:2]
    return tuple(int(part) for part in parts if part.isdecimal() and len(part) < MAX_DIGITS)


def destination_of(domain: str, key: str) -> Destination:
    """Return what a domain names; ``key`` is the routing key where it names none."""
    kind, slash, rest = domain.strip("/").partition("/")
    if kind in {"queues", "queue"} and slash:
        return Destination(queue=unquote(rest))
    if kind == "amq" and rest.startswith("queue/"):
        return Destination(queue=unquote(rest.removeprefix("queue/")))
    if kind in {"exchanges", "exchange"} and slash:
        exchange, _slash, inner = rest.partition("/")
        return Destination(unquote(exchange), unquote(inner) or key)
    if kind == "topic" and slash:
        return Destination(TOPIC_EXCHANGE, unquote(rest))
    return Destination(domain.strip("/"), key)
