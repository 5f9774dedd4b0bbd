"""Sending as the window and the command line use it: checks, both ways onto the bus, and the proof that it came back.

Owner: the session's thread; outcomes and arrivals come in from connection threads, under a lock.
"""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import BusError, InvalidEvent, NotConnected, NotPermitted, RpcTimeout
from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.ending import Worker
from clacks_monitor.core.event import Event
from clacks_monitor.core.messages import Message, reason
from clacks_monitor.core.sending import SendOutcome, SendResult, Via
from clacks_monitor.forms import Catalogue, EventType, Form, new_form, open_form
from clacks_monitor.session.notices import Notice, Sent
from clacks_monitor.session.sending.round_trips import Awaited, Echoes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from clacks_monitor.core.bus import BusConnection
    from clacks_monitor.core.event import Entry
    from clacks_monitor.session.connections import Connections

ECHO_WAIT_NS = 5_000_000_000


class Sender:
    """Composes and sends events."""

    def __init__(
        self, catalogue: Catalogue, connections: Connections, notify: Callable[[Iterable[Notice]], None]
    ) -> None:
        self._catalogue = catalogue
        self._connections = connections
        self._notify = notify
        self._tickets = itertools.count(1)
        self._lock = threading.Lock()
        self._by_link: dict[tuple[str, int], int] = {}
        self._early: dict[tuple[str, int], SendResult] = {}
        self._waiting = Echoes()
        self._agent = Worker("agent")

    # -- composing -------------------------------------------------------------------------------------------------

    def types(self) -> list[EventType]:
        """Return the event types that can be composed, broken ones with their problem."""
        return self._catalogue.types()

    def form(self, type_name: str) -> Form:
        """Return a new event's form. Raises FormsError."""
        return new_form(self._catalogue, type_name)

    def form_from(self, body: bytes, *, guarded: bool = False) -> Form:
        """Return the form of a received event. Raises FormsError."""
        return open_form(self._catalogue, body, guarded=guarded)

    def form_is_ready(self, type_name: str) -> bool:
        """Whether a form of a type is made at once."""
        return self._catalogue.ready(type_name)

    def warm_up(self) -> None:
        """Do now, on any thread, what the first form would take long for."""
        self._catalogue.warm_up()

    # -- sending ---------------------------------------------------------------------------------------------------

    def why_not(self, connection_id: str) -> str:
        """Return why nothing can be sent on a connection, "" when it can."""
        settings = self._connections.get(connection_id)
        if settings is None:
            return Message("Choose a connection to send on.")
        if settings.read_only:
            return Message(
                "{0} is read-only: nothing is sent on it. Choose another connection, or edit this one.", settings.name
            )
        status = self._connections.statuses().get(connection_id)
        if status is None or status.state is not ConnectionState.CONNECTED:
            return Message("{0} is not connected: connect it first, or choose another connection.", settings.name)
        return ""

    def send(self, connection_id: str, xml: bytes, via: Via = Via.EXCHANGE) -> int:
        """Send an event and return its ticket; the outcome comes as Sent."""
        ticket = next(self._tickets)
        sent_ns = time.time_ns()
        connection = self._connections.live(connection_id)
        reason = self.why_not(connection_id)
        if reason or connection is None:
            self._finish(SendResult(ticket, SendOutcome.NOT_CONNECTED, reason or Message("Not connected."), sent_ns))
            return ticket
        with self._lock:
            self._waiting[ticket] = Awaited(
                xml, SendResult(ticket, SendOutcome.TIMED_OUT, sent_ns=sent_ns, final=False)
            )
        if via is Via.AGENT:
            self._agent.submit(partial(self._through_agent, connection, ticket, xml))
        else:
            self._directly(connection_id, connection, ticket, xml)
        return ticket

    def _directly(self, connection_id: str, connection: BusConnection, ticket: int, xml: bytes) -> None:
        try:
            link_ticket = connection.send(xml)
        except BusError as error:
            self._settle(ticket, SendResult(ticket, SendOutcome.NOT_CONNECTED, reason(error)))
            return
        key = (connection_id, link_ticket)
        with self._lock:
            if ticket in self._waiting:
                awaited = self._waiting[ticket]
                self._waiting[ticket] = replace(awaited, message_id=connection.message_id(link_ticket))
            early = self._early.pop(key, None)
            if early is None:
                self._by_link[key] = ticket
        if early is not None:
            self._settle(ticket, early)

    def outcomes(self, connection_id: str, results: list[SendResult]) -> None:
        """Take outcomes from a connection's thread."""
        for result in results:
            key = (connection_id, result.ticket)
            with self._lock:
                ticket = self._by_link.pop(key, None) if result.final else self._by_link.get(key)
                if ticket is None:
                    self._early[key] = result
            if ticket is not None:
                self._settle(ticket, result)

    def _through_agent(self, connection: BusConnection, ticket: int, xml: bytes) -> None:
        """Call the agent, on the thread that waits for its answers."""
        result = SendResult(ticket, SendOutcome.ACCEPTED, Message("The agent published it."))
        try:
            connection.call("sendEvent", xml.decode("utf-8", "replace"))
        except InvalidEvent as error:
            result = replace(result, outcome=SendOutcome.INVALID, detail=reason(error))
        except NotPermitted as error:
            result = replace(result, outcome=SendOutcome.NOT_PERMITTED, detail=reason(error))
        except RpcTimeout as error:
            result = replace(result, outcome=SendOutcome.TIMED_OUT, detail=reason(error))
        except NotConnected as error:
            result = replace(result, outcome=SendOutcome.NOT_CONNECTED, detail=reason(error))
        except BusError as error:
            result = replace(result, outcome=SendOutcome.REJECTED, detail=reason(error))
        self._settle(ticket, result)

    def _settle(self, ticket: int, result: SendResult) -> None:
        now = time.time_ns()
        with self._lock:
            awaited = self._waiting.pop(ticket) or Awaited(b"", SendResult(ticket, result.outcome))
            waiting = awaited.result
            settled = replace(
                result,
                ticket=ticket,
                sent_ns=waiting.sent_ns,
                settled_ns=result.settled_ns or now,
                returned_ns=waiting.returned_ns,
                sequence=waiting.sequence,
            )
            over = settled.outcome is not SendOutcome.ACCEPTED or bool(settled.returned_ns)
            settled = replace(settled, final=result.final and over)
            if not settled.final:
                self._waiting[ticket] = replace(awaited, result=settled)
        self._finish(settled)

    def _finish(self, result: SendResult) -> None:
        self._notify([Sent(result)])

    # -- the echo --------------------------------------------------------------------------------------------------

    @property
    def waiting(self) -> bool:
        """Whether something that was sent has not come back yet: who has sent it wants to see it."""
        return bool(self._waiting)

    def stored(self, first: int, entries: Sequence[Entry]) -> None:
        """Look for what was sent among what arrived. Any thread."""
        if not self._waiting:
            return
        for sequence, entry in enumerate(entries, first):
            if isinstance(entry, Event):
                self._arrived(sequence, entry)

    def _arrived(self, sequence: int, event: Event) -> None:
        with self._lock:
            ticket = self._waiting.find(event.raw)
            if ticket is None:
                return
            awaited = self._waiting[ticket]
            result = replace(awaited.result, returned_ns=event.wall_ns, sequence=sequence, final=True)
            if result.outcome is SendOutcome.ACCEPTED:
                self._waiting.pop(ticket)
            else:
                self._waiting[ticket] = replace(awaited, result=result)
        if result.outcome is SendOutcome.ACCEPTED:
            self._finish(result)

    def give_up_waiting(self) -> None:
        """Say of what was accepted some seconds ago and did not come back that it was not routed to us."""
        now = time.time_ns()
        with self._lock:
            late = [
                awaited.result
                for awaited in self._waiting.values()
                if awaited.result.outcome is SendOutcome.ACCEPTED and now - awaited.result.settled_ns > ECHO_WAIT_NS
            ]
            for result in late:
                self._waiting.pop(result.ticket)
        for result in late:
            self._finish(replace(result, final=True, detail=Message("Accepted by the broker, not routed to us.")))

    def stop(self) -> list[threading.Thread]:
        """Call the agent no more; return the thread that does, as long as it is about."""
        return self._agent.stop()
