"""What a recorder's connection receives: one link to a queue that the broker keeps, attached when the recorder leads.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.amqp.durable_link import DurableLink
from clacks_monitor.amqp.failure import may_concern_filter
from clacks_monitor.amqp.handover import PATIENCE
from clacks_monitor.amqp.subscription import SubscriptionFilter
from clacks_monitor.core.bus import Delivery
from clacks_monitor.core.connection import ConnectionState, FilterPlace
from clacks_monitor.core.messages import Message
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.networking.failure import Failure

if TYPE_CHECKING:
    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects.dialect import Dialect, Source
    from clacks_monitor.amqp.link_session import LinkSession
    from clacks_monitor.amqp.receiving import Inbox, ReceiverLink
    from clacks_monitor.core.bus import BusListener
    from clacks_monitor.networking.loop import Loop, Timer
    from clacks_monitor.networking.reconnect import Probation, Reconnect
    from clacks_monitor.networking.status import StatusReporter

LOCKED = "resource-locked"
"""What brokers say of a queue that another receiver has."""
LOCKED_S = 0.5
"""Seconds between two attempts to attach: another recorder, which was killed or stands still, may have the queue."""


class DurableReception:
    """Attached to the queue while that is wanted and the connection is open."""

    def __init__(
        self,
        loop: Loop,
        inbox: Inbox,
        listener: BusListener,
        owner: str,
        *,
        status: StatusReporter,
        reconnect: Reconnect,
        probation: Probation,
    ) -> None:
        self._loop, self._inbox, self._listener, self._owner = loop, inbox, listener, owner
        self._status, self._reconnect, self._probation = status, reconnect, probation
        self._filter = SubscriptionFilter()
        self._wanted = False
        self._session: LinkSession | None = None
        self._dialect: Dialect | None = None
        self._link: DurableLink | None = None
        self._leaving = self._filtered = False
        self._asked = self._note = ""
        self._numbers = itertools.count(1)
        self._attachments = 0
        self._batch: list[Delivery] = []
        self._timer: Timer | None = None

    def want(self, query: str, why_here: str = "", portable: PortableQuery = NOT_PORTABLE) -> None:
        """Apply a filter from the next attach on."""
        self._filter = SubscriptionFilter(query, why_here, can_be_here=True, portable=portable)

    def attach(self) -> None:
        """Receive from now on."""
        self._wanted = True
        self._attach()

    def detach(self) -> None:
        """Receive no more, and leave the queue to another recorder."""
        self._wanted = False
        self._cancel_timer()
        self._batch.clear()
        if self._link is None:
            self._status.update(subscribed=False)
        elif not self._leaving:
            self._leave(self._link)

    def _leave(self, link: DurableLink) -> None:
        self._leaving = True
        link.detach(self._left)

    def _left(self) -> None:
        """Note that the broker has given up the link: its name is free for another one."""
        self._leaving, self._link = False, None
        self._status.update(subscribed=False)
        self._attach()

    def accept(self, number: int) -> None:
        """Accept the deliveries up to this number; those of an earlier link are delivered again."""
        if self._link is not None and not self._leaving:
            self._link.accept(number)

    def connected(self, session: LinkSession, dialect: Dialect) -> None:
        """Attach over this session, if that is wanted."""
        self._session, self._dialect = session, dialect
        self._probation.begin()
        self._status.up()
        self._attach()

    def disconnected(self, reason: Failure | None, last_input_ns: int) -> None:
        """Forget the link: the connection has ended."""
        del reason, last_input_ns
        self._flush()
        self._probation.end()
        self._cancel_timer()
        if self._link is not None:
            self._link.end()
        self._session = self._dialect = self._link = None
        self._leaving = False

    def after_turn(self, *, has_read_all: bool) -> None:
        """Pass on what has come, and grant credit for what was accepted."""
        del has_read_all
        self._flush()
        if self._link is not None:
            self._link.grant()

    def retry(self) -> None:
        """Attach now, where that waits to be tried again."""
        if self._timer is not None and self._link is None:
            self._attach()

    def _flush(self) -> None:
        if self._batch:
            batch, self._batch = self._batch, []
            self._listener.on_deliveries(batch)

    def _cancel_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _attach(self, source: Source | None = None) -> None:
        """Open the link, with this source or the one that the dialect begins with."""
        self._cancel_timer()
        session, dialect = self._session, self._dialect
        if not self._wanted or session is None or dialect is None or self._link is not None:
            return
        if source is not None:
            self._open(session, dialect, source)
            return
        query = self._query(session, dialect)
        found = dialect.durable_source(query, self._owner)
        if isinstance(found, Failure):
            self._refused(found)
        else:
            self._asked, self._filtered = query, bool(query)
            self._open(session, dialect, found)

    def _query(self, session: LinkSession, dialect: Dialect) -> str:
        """Return the query for the broker, "" for none; ``_note`` is why there is none."""
        wanted = self._filter
        # Only streams filter by properties, and no stream is a queue that is emptied.
        text = "" if wanted.why_here else dialect.filter_for(wanted.query, PortableQuery(wanted.portable.xpath))
        self._note = wanted.why_here or ("" if text else dialect.why_no_filter) if wanted.query else ""
        return text if len(text.encode()) <= session.max_query_bytes else ""

    def _open(self, session: LinkSession, dialect: Dialect, source: Source) -> None:
        link = self._link = DurableLink(self._loop, session, dialect, source, self, self._numbers)

        def timed_out() -> None:
            self._timer = None
            text = Message("No answer from the broker to the subscription within {0:g} s.", PATIENCE)
            self._status.update(state=ConnectionState.REFUSED, reason=text)
            self._leave(link)

        self._timer = self._loop.later(PATIENCE, timed_out)

    # What the link reports

    def link_attached(self, link: ReceiverLink) -> None:
        """Receive, where the broker filters as it was asked to, or need not."""
        self._cancel_timer()
        self._attachments += 1
        query = self._filter.query
        if self._filtered and (why_not := link.why_not_filtered()):
            self._filtered, self._note = False, why_not
        place = FilterPlace.NONE if not query else FilterPlace.BROKER if self._filtered else FilterPlace.HERE
        exact = self._filtered and self._dialect is not None and not self._dialect.why_inexact(self._asked)
        self._status.up(
            subscribed=True,
            subscription=query,
            filter_place=place,
            filter_note=self._note,
            asked_here=(query,) if query and not exact else (),
        )

    def link_detached(self, link: ReceiverLink, reason: Failure) -> None:
        """Ask for less, or attach again later: the broker has refused or ended the link."""
        if link is not self._link:
            return
        self._flush()
        self._cancel_timer()
        self._link = None
        simpler = self._simpler(link, reason)
        if simpler is None:
            self._refused(reason)
        else:
            # In another turn: the name of the link is free when its end has been written.
            self._timer = self._loop.later(0.0, lambda: self._attach(simpler))

    def _simpler(self, link: ReceiverLink, reason: Failure) -> Source | None:
        """Return what to ask for after a refusal: the same without the query, or what the dialect has next."""
        if self._dialect is None or link.was_live or LOCKED in reason.message:
            return None
        if self._filtered and may_concern_filter(reason):
            self._filtered, self._note = False, Message("Filter rejected by the broker: {0}", reason.message)
            found = self._dialect.durable_source("", self._owner)
            return None if isinstance(found, Failure) else found
        simpler = self._dialect.next_source(link.source, reason)
        return None if simpler is None else replace(simpler, link_name=link.source.link_name)

    def _refused(self, reason: Failure) -> None:
        pause = LOCKED_S if LOCKED in reason.message else self._reconnect.failed(reason)
        self._status.update(state=ConnectionState.REFUSED, reason=reason.message, subscribed=False)
        self._timer = self._loop.later(pause, self._attach)

    def link_dropped(self, count: int) -> None:
        """Do nothing: a queue that stays drops nothing."""

    def link_message(self, link: ReceiverLink, message: AmqpMessage) -> None:
        """Collect a message."""
        if link is self._link and self._link is not None:
            found, raw = self._link, self._inbox.arrived(message)
            self._batch.append(Delivery(raw, found.number, self._attachments, found.repeated))
