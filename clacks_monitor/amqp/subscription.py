"""What a connection receives: one link, or two for the moment in which one filter follows another.

Make before break: the new link is attached first; the old one is drained and then ended, and the new one drained
once more, so that every twin has come before comparing ends. Without that second drain a message that the old link
delivered could be taken for the twin of a later, equal one.

Owner: the line. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.amqp.deduplication import Overlap, Side
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.receiving import Feed
from clacks_monitor.core.connection import FilterPlace
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects import Dialect
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.transport import Wire

PATIENCE: Final = 10.0
"""Seconds that a broker gets for answering an attach or a drain."""


def too_long(room: int) -> str:
    """Return why a query is not given to a broker whose frames have only so many bytes for it."""
    return Message("The filter is too long for the broker, which takes {0:,} bytes.", room)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subscription filter as the user wants it; ``why_here`` is why it must not be given to the broker, "" if it may.

    ``can_be_here`` is whether whoever takes the events evaluates what a broker does not.
    """

    query: str = ""
    why_here: str = ""
    can_be_here: bool = False


class SubscriptionOwner(Protocol):
    """What a subscription tells the line."""

    def message(self, message: AmqpMessage) -> None:
        """Take a message."""

    def subscribed(self) -> None:
        """Tell that events arrive (from now on, or under another filter)."""

    def refused(self, reason: Failure) -> None:
        """Tell that the broker did not take what was wanted; what was in force stays so."""

    def interrupted(self, reason: Failure) -> None:
        """Tell that nothing arrives any more, although the connection lives."""

    def unclean_change(self, detail: str) -> None:
        """Tell that a change of filter may have left something out."""

    def settled(self) -> None:
        """Tell that a change of filter is over: ``asked_here`` is another."""


class Subscription:
    """The subscription of one wire. ``query``, ``place`` and ``note`` are what is in force."""

    def __init__(
        self, loop: Loop, wire: Wire, dialect: Dialect, name: Callable[[], str], owner: SubscriptionOwner
    ) -> None:
        self.query = ""
        self.place = FilterPlace.NONE
        self.note = ""
        self._loop, self._wire, self._dialect, self._name, self._owner = loop, wire, dialect, name, owner
        self._wanted = Wanted()
        self._why_here = ""
        self._left = ""
        self._next: Wanted | None = None
        self._active: Feed | None = None
        self._coming: Feed | None = None
        self._leaving: Feed | None = None
        self._overlap: Overlap | None = None
        self._timer: Timer | None = None

    @property
    def active(self) -> Feed | None:
        """The link that delivers, None while there is none."""
        return self._active

    def want(self, wanted: Wanted) -> None:
        """Have another filter, as soon as a change that is under way is done."""
        if self._coming is not None:
            self._coming.close()
            self._coming = None
        if self._overlap is not None:
            self._next = wanted
            return
        self._wanted = wanted
        self._why_here = self._reason_against_broker(wanted)
        asked = "" if self._why_here else wanted.query
        if self._active is not None and self._active.query == asked:
            self._in_force(self._active)
            return
        self._attach(asked)

    def _reason_against_broker(self, wanted: Wanted) -> str:
        """Return why the broker cannot be given the query, "" when it can."""
        if not wanted.query:
            return ""
        if not self._dialect.knows_filters:
            return Message("{0} cannot filter by XQuery.", self._dialect.product)
        if len(wanted.query.encode()) > self._wire.attach_room:
            return too_long(self._wire.attach_room)
        return wanted.why_here

    def renew(self) -> None:
        """Replace the link at once, leaving behind what waits in its queue: the last resort against a full one."""
        if self._active is not None and self._coming is None and self._overlap is None:
            query = self._active.query
            self._active.close()
            self._active = None
            self._attach(query)

    def after_turn(self) -> None:
        """Give the broker credit for more."""
        for feed in (self._active, self._coming, self._leaving):
            if feed is not None:
                feed.grant()

    def let_go(self) -> None:
        """End all links, to subscribe anew with want() later: what they are bound to is gone."""
        for feed in (self._active, self._coming, self._leaving):
            if feed is not None:
                feed.close()
        self.end()

    def end(self) -> None:
        """Stop timers: the wire is gone."""
        self._set_timer(None)
        for feed in (self._active, self._coming, self._leaving):
            if feed is not None:
                feed.end()
        self._active = self._coming = self._leaving = self._overlap = None

    def _attach(self, query: str) -> None:
        self._coming = Feed(self._loop, self._wire, self._name(), self._dialect, query, self)
        self._set_timer(self._attach_timed_out)

    def _attach_timed_out(self) -> None:
        feed, self._coming = self._coming, None
        if feed is not None:
            feed.close()
            words = Message("The broker did not answer the subscription within {0:g} s.", PATIENCE)
            self._not_taken(Failure(FailureKind.NETWORK, words))

    def _not_taken(self, reason: Failure) -> None:
        self._owner.refused(reason)

    def feed_attached(self, feed: Feed) -> None:
        """Take the new link into use; the old one, if any, gives what it still has."""
        self._set_timer(None)
        old, self._active, self._coming = self._active, feed, None
        if old is not None:
            # From here on, not from the request: what a broker puts into both queues it sends behind its answer.
            self._overlap = Overlap()
            self._leaving, self._left = old, self.query
        self._in_force(feed)
        if old is not None:
            old.drain()
            self._set_timer(self._drain_timed_out)

    def _in_force(self, feed: Feed) -> None:
        self.query = self._wanted.query
        self.note = ""
        if not self.query:
            self.place = FilterPlace.NONE
        elif feed.filtered:
            self.place = FilterPlace.BROKER
        else:
            self.place = FilterPlace.HERE
            self.note = self._why_here or feed.why_not
        self._owner.subscribed()

    @property
    def asked_here(self) -> tuple[str, ...]:
        """The queries that have to be asked on arrival: one of them has to match. None is asked: all is wanted."""
        links = [(self._active, self.query)]
        if self._leaving is not None:
            links.append((self._leaving, self._left))
        if all(feed is not None and feed.filtered for feed, _query in links):
            return ()
        queries = tuple(dict.fromkeys(query for _feed, query in links))
        return () if "" in queries else queries

    def feed_ended(self, feed: Feed, reason: Failure) -> None:
        """Find out what it means that a link was refused or ended."""
        if feed is self._coming:
            self._set_timer(None)
            self._coming = None
            if reason.kind is FailureKind.FILTER and self._wanted.can_be_here:
                self._evaluate_here(Message("The broker refused the filter: {0}", reason.words))
            else:
                self._not_taken(reason)
        elif feed is self._leaving:
            self._old_gone()
        elif feed is self._active:
            self._active = None
            if self._leaving is not None:
                self._leaving.close()
            self._leaving = self._overlap = None
            self._set_timer(None)
            self._owner.interrupted(reason)

    def _evaluate_here(self, why: str) -> None:
        self._why_here = why
        if self._active is not None and not self._active.query:
            self._in_force(self._active)
        else:
            self._attach("")

    def feed_drained(self, feed: Feed) -> None:
        """Everything that waited has come: of the old link, then of the new."""
        if feed is self._leaving:
            feed.close()
            self._old_gone()
        else:
            feed.resume()
            self._overlap_over()

    def _old_gone(self) -> None:
        self._leaving = None
        if self._overlap is not None:
            self._overlap.old_ended()
        if self._active is not None:
            self._active.drain()
            self._set_timer(self._drain_timed_out)

    def _drain_timed_out(self) -> None:
        """Go on without the broker's word."""
        if self._leaving is not None:
            words = Message("The broker did not say when the old filter's events had all been delivered.")
            self._owner.unclean_change(words)
            self._leaving.close()
            self._old_gone()
        elif self._active is not None:
            self._active.resume()
            self._overlap_over()

    def _overlap_over(self) -> None:
        self._set_timer(None)
        self._overlap = None
        self._owner.settled()
        if self._next is not None:
            wanted, self._next = self._next, None
            self.want(wanted)

    def feed_message(self, feed: Feed, message: AmqpMessage) -> None:
        """Pass a message on, unless its twin has been."""
        overlap = self._overlap
        if overlap is None:
            self._owner.message(message)
            return
        if overlap.overflowing:
            words = Message("So many events came during the change that twins could not be told any more.")
            self._owner.unclean_change(words)
            self._drain_timed_out()
        elif not overlap.is_first(Side.OLD if feed is self._leaving else Side.NEW, message):
            return
        self._owner.message(message)

    def _set_timer(self, action: Callable[[], None] | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None if action is None else self._loop.later(PATIENCE, action)
