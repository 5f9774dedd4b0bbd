"""Sending events: in order, as fast as the broker takes them, each with its outcome.

Thread: the connection's.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Protocol

from clacks_monitor.core.event import NO_PROPERTIES
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome, SendResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.event import Properties
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop, Timer

PATIENCE: Final = 30.0
"""Seconds after which a sent event without an outcome is reported as such."""

MAX_WAITING: Final = 256 * 1024 * 1024
"""Bytes of all events that wait for a broker that takes none; further ones are refused."""

OVERHEAD: Final = 500
"""Bytes that an event that waits takes besides its content, roughly."""

_BROKE: Final = Message(
    "The connection was lost before the broker had confirmed; it is not known whether the event arrived."
)


@dataclass(frozen=True, slots=True)
class OutgoingEvent:
    """An event to be sent: its ticket, its message id, the encoded message, and since when it waits.

    ``target`` and ``properties`` are for protocols that do not have them in the encoded message.
    """

    ticket: int
    message_id: str
    encoded: bytes
    since_ns: int
    target: str = ""
    properties: Properties = field(default_factory=lambda: NO_PROPERTIES)


class EventOutlet(Protocol):
    """What takes events for a broker; it reports to the EventSender for which it was opened."""

    @property
    def capacity(self) -> int:
        """How many bytes it takes now."""

    @property
    def has_credit(self) -> bool:
        """Whether the broker takes another event."""

    def send(self, outgoing: OutgoingEvent) -> None:
        """Send an event; its outcome comes with its ticket."""

    def close(self) -> None:
        """Take nothing more, and report nothing: the connection goes on."""


class SendingSession(Protocol):
    """A session with a broker that events can be sent over."""

    @property
    def is_open(self) -> bool:
        """Whether the session is open."""

    def open_outlet(self, sender: EventSender) -> EventOutlet:
        """Return what takes events; called when there is one to be sent."""


class EventSender:
    """The events that are to be sent, and those that wait for their outcome; the outlet is opened when it is needed."""

    def __init__(self, loop: Loop, clock: Clock, sent: Callable[[list[SendResult]], None]) -> None:
        self._loop, self._clock, self._sent = loop, clock, sent
        self._waiting: deque[OutgoingEvent] = deque()
        self._waiting_bytes = 0
        self._unsettled: dict[int, tuple[OutgoingEvent, int]] = {}
        self._late: set[int] = set()
        self._results: list[SendResult] = []
        self._session: SendingSession | None = None
        self._outlet: EventOutlet | None = None
        self._timer: Timer | None = None

    def connected(self, session: SendingSession) -> None:
        """Send over this session from now on."""
        self._session = session
        self.pump()

    def disconnected(self, reason: str) -> None:
        """Report for everything that waits, or is not settled, that there is no connection."""
        self._session = self._outlet = None
        for number in list(self._unsettled):
            self.settled(number, SendOutcome.NOT_CONNECTED, _BROKE)
        self._fail_waiting(SendOutcome.NOT_CONNECTED, reason)

    def put(self, outgoing: OutgoingEvent) -> None:
        """Send this after what waits already, or refuse it when too much waits."""
        if self._waiting_bytes > MAX_WAITING:
            detail = Message(
                "{0:,} events are already waiting, and the broker accepts none; this one was not kept.",
                len(self._waiting),
            )
            self.refuse(outgoing, SendOutcome.TIMED_OUT, detail)
            return
        self._waiting.append(outgoing)
        self._waiting_bytes += len(outgoing.encoded) + OVERHEAD
        if self._session is not None:
            self.pump()

    def refuse(self, outgoing: OutgoingEvent, outcome: SendOutcome, detail: str) -> None:
        """Report that this was not sent, and why."""
        self._late.discard(outgoing.ticket)
        self._results.append(
            SendResult(outgoing.ticket, outcome, detail, self._clock.wall_ns(), message_id=outgoing.message_id)
        )

    def flush(self) -> None:
        """Report the outcomes of this turn; send what there is room for now."""
        if self._waiting and self._outlet is not None:
            self.pump()
        if self._results:
            results, self._results = self._results, []
            self._sent(results)

    def close_if_done(self) -> bool:
        """Close the outlet and return True when nothing waits, neither to be sent nor for its outcome."""
        if self._waiting or self._unsettled or self._results:
            return False
        if self._timer is not None:
            self._timer.cancel()
        if self._outlet is not None:
            self._outlet.close()
        return True

    def pump(self) -> None:
        """Send as much as the outlet takes."""
        self._schedule_late_check()
        if self._session is None or not self._waiting or not self._session.is_open:
            return
        if self._outlet is None:
            self._outlet = self._session.open_outlet(self)
        outlet, capacity, now = self._outlet, self._outlet.capacity, self._clock.wall_ns()
        while self._waiting and capacity > 0 and outlet.has_credit:
            outgoing = self._pop()
            self._unsettled[outgoing.ticket] = (outgoing, now)
            outlet.send(outgoing)
            capacity -= len(outgoing.encoded)

    def outlet_closed(self, outcome: SendOutcome, detail: str) -> None:
        """Fail what waits: the broker has refused or ended the outlet. The next event tries again."""
        self._outlet = None
        for number in list(self._unsettled):
            self.settled(number, outcome, detail)
        self._fail_waiting(outcome, detail)

    def settled(self, number: int, outcome: SendOutcome, detail: str) -> None:
        """Report the outcome of a delivery."""
        known = self._unsettled.pop(number, None)
        self._late.discard(number)
        if known is not None:
            outgoing, sent_ns = known
            settled_ns = 0 if outcome is SendOutcome.NOT_CONNECTED else self._clock.wall_ns()
            self._results.append(
                SendResult(number, outcome, detail, sent_ns, settled_ns, message_id=outgoing.message_id)
            )

    def _fail_waiting(self, outcome: SendOutcome, detail: str) -> None:
        while self._waiting:
            self.refuse(self._pop(), outcome, detail)

    def _pop(self) -> OutgoingEvent:
        outgoing = self._waiting.popleft()
        self._waiting_bytes -= len(outgoing.encoded) + OVERHEAD
        return outgoing

    def _schedule_late_check(self) -> None:
        if self._timer is None and (self._unsettled or self._waiting):
            self._timer = self._loop.later(PATIENCE / 2, self._check_late)

    def _check_late(self) -> None:
        """Report, once, what has waited or been unsettled for too long; its outcome may still come."""
        self._timer = None
        limit = self._clock.wall_ns() - int(PATIENCE * 1e9)
        for outgoing, sent_ns in itertools.takewhile(lambda one: one[1] <= limit, self._unsettled.values()):
            self._report_late(outgoing, sent_ns, Message("Not confirmed by the broker within {0:g} s.", PATIENCE))
        for outgoing in itertools.takewhile(lambda one: one.since_ns <= limit, self._waiting):
            self._report_late(
                outgoing, 0, Message("The broker has accepted no events for {0:g} s; this one still waits.", PATIENCE)
            )
        self._schedule_late_check()

    def _report_late(self, outgoing: OutgoingEvent, sent_ns: int, detail: str) -> None:
        ticket = outgoing.ticket
        if ticket not in self._late:
            self._late.add(ticket)
            self._results.append(
                SendResult(ticket, SendOutcome.TIMED_OUT, detail, sent_ns, final=False, message_id=outgoing.message_id)
            )
