"""What a connection receives: the subscription, its health, and the gaps in it.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from clacks_monitor.amqp.load_shedding import LoadShedding
from clacks_monitor.amqp.queue_statistics import QueueAction
from clacks_monitor.amqp.subscription import Subscription, SubscriptionFilter
from clacks_monitor.amqp.subscription_health import SubscriptionHealth
from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.event import GapCause
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.gap_tracker import CurrentInput
from clacks_monitor.networking.loop import OneTimer

if TYPE_CHECKING:
    from clacks_monitor.amqp.dialects.dialect import Dialect
    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.amqp.queue_statistics import QueueReading
    from clacks_monitor.amqp.receiving import Inbox
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.gap_tracker import GapTracker
    from clacks_monitor.networking.loop import Loop
    from clacks_monitor.networking.reconnect import Probation, Reconnect
    from clacks_monitor.networking.status import StatusReporter


class Receiving(Protocol):
    """What a connection's worker has of its subscription."""

    def connected(self, session: LinkSession, dialect: Dialect) -> None:
        """Subscribe over this session."""

    def disconnected(self, reason: Failure | None, last_input_ns: int) -> None:
        """Give up the subscription: the connection has ended. ``last_input_ns`` is when something was last read."""

    def after_turn(self, *, has_read_all: bool) -> None:
        """Finish a turn of the loop, in which all was read that had come, or not."""

    def retry(self) -> None:
        """Subscribe now, where a subscription waits to be tried again."""


class Reception:
    """Keeps the connection subscribed while it is open."""

    def __init__(
        self,
        loop: Loop,
        clock: Clock,
        settings: ConnectionSettings,
        inbox: Inbox,
        *,
        gaps: GapTracker,
        status: StatusReporter,
        reconnect: Reconnect,
        probation: Probation,
    ) -> None:
        self._loop, self._clock, self._settings, self._inbox = loop, clock, settings, inbox
        self._gaps, self._status, self._reconnect, self._probation = gaps, status, reconnect, probation
        self._input = CurrentInput(clock)
        self._wanted = SubscriptionFilter()
        self._subscription: Subscription | None = None
        self._health: SubscriptionHealth | None = None
        self._shedding = LoadShedding(clock, gaps)
        self._exchange_seen_ns = self._queue_seen_ns = 0
        self._retry = OneTimer(loop)
        self._offset: int | None = None

    def want(self, wanted: SubscriptionFilter) -> None:
        """Change the subscription filter."""
        self._wanted = wanted
        if self._subscription is not None:
            self._subscription.want(wanted)

    def move(self, settings: ConnectionSettings, dialect: Dialect | None) -> None:
        """Receive from the source of these settings; ``dialect`` is theirs, None without a connection."""
        self._settings, self._offset = settings, None
        if self._subscription is not None and dialect is not None:
            self._retry.cancel()
            self._subscription.want(self._wanted, dialect)

    def connected(self, session: LinkSession, dialect: Dialect) -> None:
        """Subscribe over this session."""
        linger_s = self._settings.handover_s if dialect.routes_in_threads else 0.0
        self._subscription = Subscription(self._loop, session, dialect, self._inbox, self._gaps, self, linger_s)
        self._subscription.offset = self._offset
        self._subscription.want(self._wanted)
        may_send = not self._settings.read_only
        self._health = SubscriptionHealth(self._loop, session, dialect, self, may_send=may_send)

    def disconnected(self, reason: Failure | None, last_input_ns: int) -> None:
        """Give up the subscription: the connection has ended.

        A gap begins with the time at which the last event was sent, or else the last moment at which nothing waited to
        be read, if one begins: of a stream nothing is missed, it is read on from where it was.
        """
        self._probation.end()
        self._retry.cancel()
        if self._subscription is None or self._health is None:
            return
        self._shedding.end(self._subscription.active, self._health.statistics)
        self._offset = self._subscription.offset
        self._subscription.end()
        self._health.end()
        self._subscription = self._health = None
        if self._status.current.subscribed and reason is not None and self._offset is None:
            current_ns = max(self._input.until_ns(), self._inbox.created_ns)
            since, cause = min(current_ns, max(last_input_ns, self._inbox.last_ns)), GapCause.CONNECTION_LOST
            if reason.kind is FailureKind.NOT_FOUND:
                # Some brokers answer a check of an exchange that is gone by ending the connection.
                since, cause = self._exchange_seen_ns, GapCause.EXCHANGE_DELETED
            self._gaps.begin(since, cause, reason.message)

    def after_turn(self, *, has_read_all: bool) -> None:
        """Grant credit at the end of a turn of the loop, in which all was read that had come, or not."""
        subscription = self._subscription
        if subscription is not None:
            if has_read_all and subscription.active is not None and subscription.active.has_credit:
                self._input.note()
            subscription.grant_credit()

    # What the subscription reports

    def subscribed(self) -> None:
        """Report that events arrive."""
        self._inbox.flush()
        if self._probation.flapping:
            self._gaps.hold()
        else:
            self._gaps.end()
        subscription = self._subscription
        if subscription is None:
            return
        if self._health is not None and subscription.active is not None:
            self._health.follow(subscription.active)
            self._exchange_seen_ns = self._queue_seen_ns = self._clock.wall_ns()
        if not self._status.current.subscribed:
            self._input.begin()
        self._probation.begin()
        applied = subscription.applied
        self._status.up(
            reason=subscription.notice,
            subscribed=True,
            subscription=applied.query,
            filter_place=applied.place,
            filter_note=applied.note,
            asked_here=subscription.asked_here,
        )

    def filter_changed(self) -> None:
        """Evaluate only the new filter on arrival from now on."""
        if self._subscription is not None:
            self._status.update(asked_here=self._subscription.asked_here)

    def refused(self, reason: Failure, *, moving: bool = False) -> None:
        """Report that the broker has not accepted the subscription."""
        if moving:
            text = Message("Domain and routing key stay as they are until the next connect: {0}", reason.message)
            self._status.update(reason=text)
        elif self._subscription is not None and self._subscription.active is not None:
            self._status.update(reason=Message("The new filter is not active: {0}", reason.message))
        else:
            self._subscribe_later(reason)

    def interrupted(self, reason: Failure) -> None:
        """Subscribe again: nothing arrives any more, although the connection is open."""
        cause = GapCause.EXCHANGE_DELETED if reason.kind is FailureKind.NOT_FOUND else GapCause.CONNECTION_LOST
        self._gaps.begin(self._clock.wall_ns(), cause, reason.message)
        self._subscribe_later(reason)

    def _subscribe_later(self, reason: Failure) -> None:
        """Report that there is no subscription; try again, except with a filter that the broker will never accept."""
        self._probation.end()
        retry_ns = 0
        if reason.kind is not FailureKind.FILTER:
            pause = self._reconnect.failed(reason)
            retry_ns = self._clock.wall_ns() + int(pause * 1e9)
            self._retry.set(pause, self._subscribe)
        self._status.update(state=ConnectionState.REFUSED, reason=reason.message, retry_ns=retry_ns, subscribed=False)

    def retry(self) -> None:
        """Subscribe now, where a subscription waits to be tried again."""
        if self._retry.cancel():
            self._subscribe()

    def _subscribe(self) -> None:
        if self._subscription is not None and self._subscription.active is None:
            self._subscription.want(self._wanted)

    # What its health reports

    def queue_read(self, reading: QueueReading) -> None:
        """Report what the queue has lost, and relieve it before it holds up publishers."""
        since, self._queue_seen_ns = self._queue_seen_ns, self._clock.wall_ns()
        if reading.at_least:
            self._report_dropped(since, reading.lost)
        elif reading.lost:
            self._gaps.report(since, GapCause.QUEUE_OVERFLOW, _overflow(reading), reading.lost)
        self._status.update(queue_depth=round(reading.depth, 2))
        subscription, health = self._subscription, self._health
        if subscription is None or health is None:
            return
        if reading.unbound:
            text = Message("{0} was deleted.", self._settings.domain)
            self.exchange_deleted(Failure(FailureKind.NOT_FOUND, text))
        elif reading.action is QueueAction.RECEIVE_ALL:
            self._shedding.end(subscription.active, health.statistics)
        elif subscription.active is not None and reading.action is not QueueAction.NOTHING:
            self._shedding.begin(subscription.active, health.statistics)
            if reading.action is QueueAction.RENEW:
                subscription.active.shed_count += reading.messages
                self._shedding.end(subscription.active, health.statistics)
                subscription.renew()

    def queue_dropped(self, count: int) -> None:
        """Report what a queue that is gone had dropped."""
        self._report_dropped(self._queue_seen_ns, count)

    def _report_dropped(self, since_ns: int, count: int) -> None:
        text = Message("The broker dropped the oldest events of the own queue, at least {0:,}: it was full.", count)
        self._gaps.report(since_ns, GapCause.QUEUE_OVERFLOW, text)

    def exchange_found(self) -> None:
        """Note that the exchange existed just now."""
        self._exchange_seen_ns = self._clock.wall_ns()

    def exchange_deleted(self, reason: Failure) -> None:
        """Subscribe again as soon as the exchange is back: the link would stay without events for ever."""
        if self._subscription is not None and self._subscription.active is not None:
            self._gaps.begin(self._exchange_seen_ns, GapCause.EXCHANGE_DELETED, reason.message)
            self._subscription.close()
            self._subscribe_later(reason)


def _overflow(reading: QueueReading) -> str:
    if not reading.rejected:
        return Message("The queue in the broker was full and dropped its oldest events.")
    if reading.rejected >= reading.lost:
        return Message("The queue in the broker was full and rejected the newest events.")
    return Message("The queue in the broker was full and lost events, old and new ones.")
