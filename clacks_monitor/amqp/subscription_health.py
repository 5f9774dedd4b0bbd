"""The health of a subscription: whether its exchange exists, how full its queue is, and what the queue has lost.

A broker does not report this to a receiver. Where it answers Qpid's management protocol (QMF 2 over AMQP), or has a
management node, it is asked; elsewhere, and on read-only connections, a link without credit is attached and dropped
again from time to time, because attaching to an exchange that has been deleted is refused.

Owner: ``Reception``. Thread: the connection's.
"""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp import codec
from clacks_monitor.amqp.errors import CodecError
from clacks_monitor.amqp.own_queue_check import DROPPED, OwnQueueCheck
from clacks_monitor.amqp.preparation import OwnQueue
from clacks_monitor.amqp.queue_statistics import QueueAction, QueueStatistics
from clacks_monitor.amqp.request_response import RequestResponseLinks
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from proton import Link

    from clacks_monitor.amqp.dialects.dialect import Dialect
    from clacks_monitor.amqp.health_owner import SubscriptionHealthOwner
    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.amqp.receiving import ReceiverLink
    from clacks_monitor.networking.loop import Loop, Timer

PERIOD_S: Final = 5.0
HASTE_S: Final = 0.5
"""Seconds between two readings of the queue, and while it is too full."""

EXCHANGE_EVERY: Final = 6
"""How many readings of the queue there are for one check of the exchange."""

_QMF: Final = "qmf.default.direct"
_OBJECT: Final = "org.apache.qpid.broker:{}:{}"


class SubscriptionHealth:
    """Checks the subscription of one session, until either ends."""

    def __init__(
        self, loop: Loop, session: LinkSession, dialect: Dialect, owner: SubscriptionHealthOwner, *, may_send: bool
    ) -> None:
        self._loop, self._session, self._dialect, self._owner = loop, session, dialect, owner
        self._asks = may_send and dialect.has_queue_statistics
        self._may_send = may_send
        self._queue = ""
        self._own: OwnQueueCheck | None = None
        self._numbers = itertools.count(1)
        self._checks = 0
        self._asked: dict[str, tuple[str, QueueStatistics]] = {}
        self._links: RequestResponseLinks | None = None
        self._probe: _Probe | None = None
        self.statistics = QueueStatistics()
        self._timer: Timer | None = loop.later(HASTE_S, self._check)

    def follow(self, link: ReceiverLink) -> None:
        """Check the queue of this subscription link, and its exchange, from now on."""
        if self._queue and self._links is not None:
            self._ask(self._links, "queue", self._queue)  # for the last time
        self._dialect = link.dialect
        self._queue = f"{self._session.container_id}_{link.name}"
        self.statistics = QueueStatistics()
        preparation, details = link.source.preparation, self._session.details
        if not isinstance(preparation, OwnQueue):
            self._own = None
            details.clear()
            self._note_whether_asked(Message("a read-only connection sends nothing"))
        elif self._own is None or not self._own.is_of(preparation):
            self._own = OwnQueueCheck(preparation, self._owner, details)

    def _note_whether_asked(self, why_not: str) -> None:
        """Say in the details that what the queue drops is not noticed, where the broker would have to be asked."""
        if self._dialect.has_queue_statistics and not self._asks:
            self._session.details[DROPPED] = Message("not noticed, because the broker is not asked: {0}", why_not)

    def end(self) -> None:
        """Check nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

    def _check(self) -> None:
        exchange_is_due, self._checks = self._checks % EXCHANGE_EVERY == 0, self._checks + 1
        if (management := self._session.management) is not None:
            if self._own is not None:
                self._own.check(management, exchange_too=exchange_is_due)
            is_dropping = self._own is not None and self._own.is_dropping
            self._timer = self._loop.later(HASTE_S if is_dropping else PERIOD_S, self._check)
            return
        if self._asks:
            if self._links is None:
                self._links = RequestResponseLinks(self._session, _QMF, self)
            self._ask(self._links, "queue", self._queue)
        if exchange_is_due:
            if self._links is not None:
                self._ask(self._links, "exchange", self._dialect.address)
            elif self._probe is None and (self._may_send or not self._dialect.probes_by_sending):
                self._probe = _Probe(self._session, self._dialect, self)
        pause = HASTE_S if self.statistics.shedding else PERIOD_S
        self._timer = self._loop.later(pause, self._check)

    def _ask(self, links: RequestResponseLinks, kind: str, name: str) -> None:
        if not links.ready:
            return
        number = f"{kind}-{next(self._numbers)}"
        self._asked = {number: (kind, self.statistics)} | dict(list(self._asked.items())[:5])
        encoded = codec.encode(
            {"_what": "OBJECT", "_object_id": {"_object_name": _OBJECT.format(kind, name)}},
            subject="broker",
            correlation_id=number,
            reply_to=links.reply_address,
            properties={"x-amqp-0-10.app-id": "qmf2", "qmf.opcode": "_query_request", "method": "request"},
        )
        links.send(encoded, number)

    def links_ready(self) -> None:
        """Do nothing: the next check is scheduled."""

    def links_detached(self, reason: Failure) -> None:
        """Try links instead: this broker has no management, or not for this user."""
        if self._links is not None:
            self._links.close()
            self._links = None
        self._asks = False
        self._note_whether_asked(reason.message)

    def request_rejected(self, number: str) -> None:
        """Forget a request that the broker has not accepted."""
        self._asked.pop(number, None)

    def response_received(self, data: bytes) -> None:
        """Handle a response; one that cannot be understood is ignored."""
        try:
            message = codec.decode(data)
            content = json.loads(message.body)
        except (CodecError, ValueError, RecursionError):
            return
        kind, statistics = self._asked.pop(message.correlation_id, ("", self.statistics))
        if message.properties.get("qmf.opcode") != "_query_response" or not isinstance(content, list):
            return
        found = [one.get("_values") for one in content if isinstance(one, dict)]
        if kind == "exchange":
            self.probed(
                None if found else Failure(FailureKind.NOT_FOUND, Message("{0} was deleted.", self._dialect.address))
            )
        elif kind == "queue" and found and isinstance(found[0], dict):
            reading = statistics.read(found[0])
            if statistics is self.statistics:
                self._owner.queue_read(reading)
            elif reading.lost:
                self._owner.queue_read(replace(reading, unbound=False, action=QueueAction.NOTHING))

    def probed(self, reason: Failure | None) -> None:
        """Report the result of a check of the exchange."""
        self._probe = None
        if reason is None:
            self._owner.exchange_found()
        elif reason.kind is FailureKind.NOT_FOUND:
            self._owner.exchange_deleted(reason)


class _Probe:
    """A link without credit, to see whether the address still exists."""

    def __init__(self, session: LinkSession, dialect: Dialect, owner: SubscriptionHealth) -> None:
        self._session, self._owner = session, owner
        link: Link
        if dialect.probes_by_sending:
            link = session.sender(self)
            link.target.address = dialect.target
        else:
            link = session.receiver(self)
            dialect.empty_source().write_to(link.source)
        self._link = link
        link.open()

    def attached(self) -> None:
        self._session.drop(self._link)
        self._owner.probed(None)

    def detached(self, reason: Failure) -> None:
        self._owner.probed(reason)

    def flow(self) -> None:
        """Do nothing: no credit is used."""

    def delivery(self, pointer: object) -> None:
        """Do nothing: no message is asked for."""
