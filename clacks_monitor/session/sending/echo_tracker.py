"""Tracks sent events: their outcomes, and their return on the subscription.

Any thread: the session's sends and gives up, connections' threads report outcomes and arrivals; a lock guards it.
"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Event
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.notices import EventSent
from clacks_monitor.session.sending.awaited_events import Awaited, AwaitedEvents

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clacks_monitor.core.event import Entry
    from clacks_monitor.session.notices import Notify

ECHO_WAIT_NS = 5_000_000_000
"""How long an accepted event is awaited on the subscription, in nanoseconds."""


class EchoTracker:
    """Gives tickets to sent events and reports their results as EventSent notices."""

    def __init__(self, notify: Notify) -> None:
        self._notify = notify
        self._tickets = itertools.count(1)
        self._lock = threading.Lock()
        self._by_link: dict[tuple[str, int], int] = {}
        self._early: dict[tuple[str, int], SendResult] = {}
        """Outcomes that came before their event was linked, by connection and its ticket."""
        self._awaited = AwaitedEvents()

    @property
    def waiting(self) -> bool:
        """Whether a sent event has not come back yet: its return is to be shown without delay."""
        return bool(self._awaited)

    # -- sending ---------------------------------------------------------------------------------------------------

    def refuse(self, reason: str) -> int:
        """Report an event that cannot be sent; return its ticket."""
        ticket = next(self._tickets)
        self._report(SendResult(ticket, SendOutcome.NOT_CONNECTED, reason, time.time_ns()))
        return ticket

    def begin(self, body: bytes) -> int:
        """Await an event that is about to be sent; return its ticket."""
        ticket = next(self._tickets)
        result = SendResult(ticket, SendOutcome.TIMED_OUT, sent_ns=time.time_ns(), final=False)
        with self._lock:
            self._awaited[ticket] = Awaited(body, result)
        return ticket

    def link(self, ticket: int, connection_id: str, link_ticket: int, message_id: str) -> None:
        """Link an event to the ticket of its connection and the message id with which it was sent."""
        key = (connection_id, link_ticket)
        with self._lock:
            if ticket in self._awaited:
                self._awaited[ticket] = replace(self._awaited[ticket], message_id=message_id)
            early = self._early.pop(key, None)
            if early is None:
                self._by_link[key] = ticket
        if early is not None:
            self.settle(ticket, early)

    def settle(self, ticket: int, result: SendResult) -> None:
        """Report an outcome; an accepted event stays awaited until it comes back."""
        now = time.time_ns()
        with self._lock:
            awaited = self._awaited.pop(ticket) or Awaited(b"", SendResult(ticket, result.outcome))
            before = awaited.result
            settled = replace(
                result,
                ticket=ticket,
                sent_ns=before.sent_ns,
                settled_ns=result.settled_ns or now,
                returned_ns=before.returned_ns,
                sequence=before.sequence,
            )
            over = settled.outcome is not SendOutcome.ACCEPTED or bool(settled.returned_ns)
            settled = replace(settled, final=result.final and over)
            if not settled.final:
                self._awaited[ticket] = replace(awaited, result=settled)
        self._report(settled)

    # -- what connections report -----------------------------------------------------------------------------------

    def on_results(self, connection_id: str, results: Iterable[SendResult]) -> None:
        """Handle outcomes, on a connection's thread."""
        for result in results:
            key = (connection_id, result.ticket)
            with self._lock:
                ticket = self._by_link.pop(key, None) if result.final else self._by_link.get(key)
                if ticket is None:
                    self._early[key] = result
            if ticket is not None:
                self.settle(ticket, result)

    def on_stored(self, first: int, entries: Sequence[Entry]) -> None:
        """Look for sent events among those that arrived; ``first`` is the sequence number of the first. Any thread."""
        if not self._awaited:
            return
        for sequence, entry in enumerate(entries, first):
            if isinstance(entry, Event):
                self._arrived(sequence, entry)

    def _arrived(self, sequence: int, event: Event) -> None:
        with self._lock:
            ticket = self._awaited.find(event.raw)
            if ticket is None:
                return
            awaited = self._awaited[ticket]
            result = replace(awaited.result, returned_ns=event.wall_ns, sequence=sequence, final=True)
            if result.outcome is SendOutcome.ACCEPTED:
                self._awaited.pop(ticket)
            else:
                self._awaited[ticket] = replace(awaited, result=result)
        if result.outcome is SendOutcome.ACCEPTED:
            self._report(result)

    def give_up_waiting(self) -> None:
        """Report events that were accepted ECHO_WAIT_NS ago and have not come back as not routed to us."""
        now = time.time_ns()
        with self._lock:
            late = [
                awaited.result
                for awaited in self._awaited.values()
                if awaited.result.outcome is SendOutcome.ACCEPTED and now - awaited.result.settled_ns > ECHO_WAIT_NS
            ]
            for result in late:
                self._awaited.pop(result.ticket)
        for result in late:
            self._report(replace(result, final=True, detail=Message("Accepted by the broker, not received here.")))

    def _report(self, result: SendResult) -> None:
        self._notify([EventSent(result)])
