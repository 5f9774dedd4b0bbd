"""RabbitMQ 3.10 with its AMQP 1.0 plug-in."""

from __future__ import annotations

from dataclasses import replace

from typing_extensions import override

from clacks_monitor.amqp.dialects.dialect import Dialect, Source, link_name
from clacks_monitor.amqp.grant import NOTHING_GRANTED, GrantedSource
from clacks_monitor.core.connection import DialectName
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind


class RabbitMQ(Dialect):
    """RabbitMQ: exchanges have their own address form, filters are ignored, so it is not asked for any.

    A domain that is one of its addresses already ("/queue/...", "exchange/...") is used as it is.
    """

    name = DialectName.RABBITMQ
    label = "RabbitMQ"
    knows_filters = False
    probes_by_sending = True
    has_agent = False
    counts_deliveries = False

    @property
    @override
    def address(self) -> str:
        """The address to receive events from."""
        domain = self._domain.strip("/")
        if domain.split("/", 1)[0] in {"exchange", "topic", "queue", "amq"} and "/" in domain:
            return "/" + domain
        return f"/topic/{self._key}" if domain == "amq.topic" else f"/exchange/{domain}/{self._key}"

    @property
    @override
    def target(self) -> str:
        """The address to send events to: the same."""
        return self.address

    @override
    def source(self, query: str) -> Source:
        """Return the source without a filter: the address has the key, and the query is evaluated on arrival."""
        del query
        return Source(self.address)

    @override
    def durable_source(self, query: str, owner: str) -> Source | Failure:
        """Return the source of the queue that was named: this version makes none over AMQP 1.0."""
        del owner
        if self._takes(found := self.source(query), NOTHING_GRANTED):
            return replace(found, link_name=link_name(self.address))
        text = Message(
            "RabbitMQ 3 makes no queue for a recorder over AMQP 1.0. Have one made that is bound to {0}, and name it "
            "in the URL: amqp://host/amq/queue/NAME",
            self._domain,
        )
        return Failure(FailureKind.REFUSED, text)

    @override
    def _takes(self, source: Source, grant: GrantedSource) -> bool:
        """Whether it is a queue: at an exchange each receiver has its own, and the answer only repeats the source."""
        del grant
        return source.address.split("/")[1:2] not in (["exchange"], ["topic"])

    @override
    def empty_source(self) -> Source:
        """Return the same source."""
        return Source(self.address)
