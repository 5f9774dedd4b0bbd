"""What a connection receives: one link, or two while one filter replaces another.

Owner: ``Reception``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.amqp import preparation
from clacks_monitor.amqp.failure import may_concern_filter
from clacks_monitor.amqp.handover import PATIENCE, Handover
from clacks_monitor.amqp.receiving import ReceiverLink
from clacks_monitor.core.connection import FilterPlace
from clacks_monitor.core.messages import Message
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.networking.failure import Failure, FailureKind

if TYPE_CHECKING:
    from clacks_monitor.amqp.answer import ManagementNode
    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects.dialect import Dialect, Source
    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.amqp.preparation import Rebinding
    from clacks_monitor.amqp.receiving import Inbox
    from clacks_monitor.networking.gap_tracker import GapTracker
    from clacks_monitor.networking.loop import Loop, Timer


def too_long(limit: int) -> str:
    """Return why a query is not sent to a broker whose frames have ``limit`` bytes for it."""
    return Message("The filter is too long for the broker, which accepts {0:,} bytes.", limit)


@dataclass(frozen=True, slots=True)
class SubscriptionFilter:
    """A subscription filter as it is wanted.

    ``why_here`` is why it must not be sent to the broker, "" if it may; ``can_be_here`` is whether it can be evaluated
    on arrival instead. ``portable`` is the query for brokers that evaluate other languages.
    """

    query: str = ""
    why_here: str = ""
    can_be_here: bool = False
    portable: PortableQuery = NOT_PORTABLE


@dataclass(frozen=True, slots=True)
class AppliedFilter:
    """The filter in force: its query, where it is evaluated, and why not in the broker.

    ``exact`` is whether the broker lets pass nothing else.
    """

    query: str = ""
    place: FilterPlace = FilterPlace.NONE
    note: str = ""
    exact: bool = True


class SubscriptionOwner(Protocol):
    """What a subscription reports."""

    def subscribed(self) -> None:
        """Note that events arrive (from now on, or under another filter)."""

    def refused(self, reason: Failure, *, moving: bool = False) -> None:
        """Note that the broker has not accepted the filter, or another source; what is in force stays so."""

    def interrupted(self, reason: Failure) -> None:
        """Note that nothing arrives any more, although the connection is open."""

    def queue_dropped(self, count: int) -> None:
        """Note that a queue which is gone had dropped so many events, at least, since it was read last."""

    def filter_changed(self) -> None:
        """Note that a change of filter is over: ``asked_here`` is another."""


class Subscription:
    """The subscription of one session.

    ``active`` is the link that delivers, ``applied`` the filter in force. ``asked_here`` are the queries of which an
    event has to match one on arrival; there are none when all events are wanted. ``offset`` is that of the last event
    of a stream, behind which another link goes on. ``linger_s`` is a ``Handover``'s.

    A stream needs no handover: the new link begins behind the last event that had come when it was asked for, so that
    the old one is closed at once, and what it has delivered since then is skipped. Comparing would not do: a broker
    that filters a stream answers a drain before it has filtered all of it (RabbitMQ 4.3).
    """

    def __init__(
        self,
        loop: Loop,
        session: LinkSession,
        dialect: Dialect,
        inbox: Inbox,
        gaps: GapTracker,
        owner: SubscriptionOwner,
        linger_s: float,
    ) -> None:
        self.active: ReceiverLink | None = None
        self.applied = AppliedFilter()
        self.asked_here: tuple[str, ...] = ()
        self.offset: int | None = None
        self._loop, self._session, self._dialect = loop, session, dialect
        self._inbox, self._gaps, self._owner, self._linger_s = inbox, gaps, owner, linger_s
        self._wanted = SubscriptionFilter()
        self._why_here = ""
        self._resumed: int | None = None
        self._skip_to = -1
        self._next: tuple[SubscriptionFilter, Dialect] | None = None
        self._rebinding: Rebinding | None = None
        self._attaching: ReceiverLink | None = None
        self._handover: Handover | None = None
        self._timer: Timer | None = None

    @property
    def notice(self) -> str:
        """What to know about the link that delivers, "" for nothing."""
        if self.active is None or not self.active.source.browses:
            return ""
        return Message(
            "{0} is a queue, which is only looked at: events that another receiver takes first are not seen. "
            "Use a topic to see all.",
            self.active.dialect.address,
        )

    def want(self, wanted: SubscriptionFilter, dialect: Dialect | None = None) -> None:
        """Change the filter, or also the source, as soon as a change that is under way is done.

        ``dialect`` is that of the new source, None for the one that there is.
        """
        dialect = dialect or (self._next[1] if self._next is not None else self._dialect)
        if self._handover is not None or self._rebinding is not None:
            self._next = (wanted, dialect)
            return
        self._next = None
        if self._attaching is not None:
            self._attaching.close()
            self._end_change()
        if dialect is not self._dialect:
            self._dialect, self.offset = dialect, None
        self._wanted = wanted
        self._why_here = _reason_against_broker(wanted, self._dialect, self._session.max_query_bytes)
        self._use("" if self._why_here else self._dialect.filter_for(wanted.query, wanted.portable))

    def renew(self) -> None:
        """Replace the link at once, and with it what waits in its queue: the last resort against a full one."""
        if self.active is not None and self._attaching is None and self._handover is None:
            old, self.active = self.active, None
            old.close()
            self._attach(old.query, old.source)

    def grant_credit(self) -> None:
        """Grant the broker credit for more messages."""
        for link in self._links():
            link.grant()

    def close(self) -> None:
        """Close all links, to subscribe again with want() later: what they are bound to is gone."""
        for link in self._links():
            link.close()
        self.end()

    def end(self) -> None:
        """Stop timers: the session is gone."""
        for link in self._links():
            link.end()
        self.active = None
        self._end_change()

    def _links(self) -> list[ReceiverLink]:
        old = None if self._handover is None else self._handover.old
        return [link for link in (self.active, self._attaching, old) if link is not None]

    def _use(self, query: str) -> None:
        """Have the broker apply a query, with the link that there is or with another."""
        link, management = self.active, self._session.management
        if link is None or link.query != query:
            self._attach(query)
        elif link.dialect is self._dialect:
            self._apply(link)
        else:
            source = self._dialect.source(query)
            change = preparation.rebinding(link.source.preparation, source.preparation)
            if change is None or management is None:
                self._attach(query, source)
            else:
                self._rebind(link, change, management)

    def _rebind(self, link: ReceiverLink, rebinding: Rebinding, management: ManagementNode) -> None:
        """Have the queue behind a link bound to another source; if that fails, try with another queue."""
        self._rebinding = rebinding

        def done(reason: Failure | None) -> None:
            if self._rebinding is not rebinding:
                return  # the link is gone
            self._rebinding = None
            if reason is None:
                link.rebound(self._dialect, rebinding)
                self._apply(link)
            elif self._next is None:
                self._attach(link.query)
            self._go_on()

        rebinding.start(management, done)

    def _attach(self, query: str, source: Source | None = None) -> None:
        self._end_change()
        source = source or self._dialect.source(query)
        self._resumed = self.offset if source.is_stream else None
        if self._resumed is not None:
            source = source.resumed(self._resumed + 1)
        link = self._attaching = ReceiverLink(self._loop, self._session, self._dialect, query, self, source)

        def timed_out() -> None:
            link.close()
            text = Message("No answer from the broker to the subscription within {0:g} s.", PATIENCE)
            self.link_detached(link, Failure(FailureKind.NETWORK, text))

        self._timer = self._loop.later(PATIENCE, timed_out)

    def _end_change(self) -> None:
        """Stop waiting for a new link, or for the end of a handover."""
        if self._timer is not None:
            self._timer.cancel()
        if self._handover is not None:
            self._handover.end()
        self._attaching = self._handover = self._rebinding = None

    def _apply(self, link: ReceiverLink) -> None:
        """Put the wanted filter into force with a link."""
        query, previous = self._wanted.query, self.applied
        if not query:
            self.applied = AppliedFilter()
        elif link.filtered:
            inexact = self._dialect.why_inexact(link.query)
            self.applied = AppliedFilter(query, FilterPlace.BROKER, inexact, exact=not inexact)
        else:
            self.applied = AppliedFilter(query, FilterPlace.HERE, self._why_here or link.why_not)
        self.asked_here = _asked_here(self.applied, self.applied if self._handover is None else previous)
        self._owner.subscribed()

    def link_attached(self, link: ReceiverLink) -> None:
        """Use the new link; the old one, if any, delivers what it still has."""
        self._end_change()
        old, self.active = self.active, link
        self._skip_to = -1
        if old is not None and self._resumed is not None and self.offset is not None:
            old.close()
            self._skip_to = self.offset
        elif old is not None:
            # From here on, not from the request: what a broker puts into both queues it sends behind its answer.
            self._handover = Handover(
                self._loop, old, link, self._inbox, self._gaps, self._handover_finished, self._linger_s
            )
        self._apply(link)
        if self._handover is not None:
            self._handover.start()

    def link_detached(self, link: ReceiverLink, reason: Failure) -> None:
        """Handle that a link has been refused or ended, depending on which it is."""
        if link is self._attaching:
            self._end_change()
            self._ask_for_less(link, reason)
        elif self._handover is not None and link is self._handover.old:
            self._handover.old_closed()
        elif link is self.active:
            self.active = self._rebinding = None
            if self._handover is not None:
                if self._handover.old is not None:
                    self._handover.old.close()
                self._end_change()
            self._owner.interrupted(reason)

    def _ask_for_less(self, link: ReceiverLink, reason: Failure) -> None:
        """Go on after a refusal: without the query, with a simpler source, or with what there is already."""
        if link.query and self._wanted.can_be_here and may_concern_filter(reason):
            self._why_here = Message("Filter rejected by the broker: {0}", reason.message)
            self._use("")
        elif (simpler := self._simpler(link, reason)) is not None:
            self._attach(link.query, simpler)
        elif not link.query and reason.kind is FailureKind.FILTER:
            # Not the user's filter, which would have to be changed: another attempt may succeed.
            self._refuse(replace(reason, kind=FailureKind.NETWORK))
        else:
            self._refuse(reason)

    def _refuse(self, reason: Failure) -> None:
        """Report a refusal; what is in force stays so."""
        if self.active is None or self.active.dialect is self._dialect:
            self._owner.refused(reason)
        else:
            self._dialect, self.offset = self.active.dialect, self.active.offset
            self._owner.refused(reason, moving=True)

    def _simpler(self, link: ReceiverLink, reason: Failure) -> Source | None:
        if link.query and may_concern_filter(reason):
            return None  # what arrived then would not be what was asked for
        return self._dialect.next_source(link.source, reason)

    def _handover_finished(self) -> None:
        """Go on with the new link alone, and with the next change."""
        self._end_change()
        self.asked_here = _asked_here(self.applied, self.applied)
        self._owner.filter_changed()
        self._go_on()

    def _go_on(self) -> None:
        """Make the change that has been waiting for the last one."""
        if self._next is not None:
            (wanted, dialect), self._next = self._next, None
            self.want(wanted, dialect)

    def link_message(self, link: ReceiverLink, message: AmqpMessage) -> None:
        """Collect a message, unless the other link has delivered it."""
        if link.offset is not None and link.offset <= self._skip_to:
            return
        if self._handover is None:
            self._inbox.put(message)
        else:
            self._handover.receive(link, message)
        if link.offset is not None and link.dialect is self._dialect:
            self.offset = link.offset

    def link_dropped(self, count: int) -> None:
        """Report what the queue of a link that is gone had dropped."""
        self._owner.queue_dropped(count)


def _asked_here(applied: AppliedFilter, previous: AppliedFilter) -> tuple[str, ...]:
    """Return the queries to evaluate on arrival while two filters, or twice the same, are in force."""
    filters = (applied, previous)
    queries = tuple(dict.fromkeys(one.query for one in filters))
    return () if "" in queries or all(one.place is FilterPlace.BROKER and one.exact for one in filters) else queries


def _reason_against_broker(wanted: SubscriptionFilter, dialect: Dialect, max_bytes: int) -> str:
    """Return why the broker cannot be sent the query, "" when it can."""
    if not wanted.query:
        return ""
    text = dialect.filter_for(wanted.query, wanted.portable)
    if not text:
        return dialect.why_no_filter
    if len(text.encode()) > max_bytes:
        return too_long(max_bytes)
    return wanted.why_here if text == wanted.query else ""
