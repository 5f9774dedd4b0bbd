"""The sending link: events out, in order, within the broker's credit, and each one's outcome back.

Owner: the line. Thread: the connection's.
"""

from __future__ import annotations

import itertools
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import cproton
from cproton import ffi, lib
from proton import Link

from clacks_monitor.amqp import remote_properties
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome, SendResult

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.clock import Clock
    from clacks_monitor.amqp.dialects import Dialect
    from clacks_monitor.amqp.failure import Failure
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.transport import Wire

PATIENCE: Final = 30.0
"""Seconds after which a sent event without an outcome is reported as such."""

MAX_BUFFERED: Final = 4 * 1024 * 1024
"""Bytes that may wait in the engine: more would only be copied, not be sent any sooner."""

MAX_WAITING: Final = 256 * 1024 * 1024
"""Bytes of all events that wait for a broker that takes none; what comes beyond is refused."""

OVERHEAD: Final = 500
"""What an event that waits takes besides its bytes, roughly."""

_NOT_PERMITTED: Final = frozenset({"amqp:not-allowed", "amqp:unauthorized-access"})
_BROKE: Final = Message("The connection broke before the broker had confirmed; whether it arrived is not known.")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An event to be sent: its ticket, its message id, the message as it goes out, and since when it waits."""

    ticket: int
    message_id: str
    encoded: bytes
    since_ns: int


class Publisher:
    """Keeps what is to be sent and what waits for its outcome; the link is made when it is first needed."""

    def __init__(self, loop: Loop, clock: Clock, sent: Callable[[list[SendResult]], None]) -> None:
        self._loop, self._clock, self._sent = loop, clock, sent
        self._waiting: deque[Outgoing] = deque()
        self._waiting_bytes = 0
        self._under_way: dict[int, tuple[Outgoing, int]] = {}
        self._late: set[int] = set()
        self._results: list[SendResult] = []
        self._wire: Wire | None = None
        self._dialect: Dialect | None = None
        self._name: Callable[[], str] | None = None
        self._link: Any = None
        self._attached = False
        self._timer: Timer | None = None

    def connected(self, wire: Wire, dialect: Dialect, name: Callable[[], str]) -> None:
        """Send over this wire from now on."""
        self._wire, self._dialect, self._name = wire, dialect, name
        self._pump()

    def disconnected(self, words: str) -> None:
        """Say of everything that waits, or is under way, that the bus is down."""
        self._wire = self._link = None
        self._attached = False
        for number in list(self._under_way):
            self._end(number, SendOutcome.NOT_CONNECTED, _BROKE)
        self._fail_waiting(SendOutcome.NOT_CONNECTED, words)

    def put(self, outgoing: Outgoing) -> None:
        """Send this after what waits already, or refuse it when that is too much."""
        if self._waiting_bytes > MAX_WAITING:
            words = Message(
                "{0:,} events wait already, and the broker takes none; this one was not kept.", len(self._waiting)
            )
            self.refuse(outgoing, SendOutcome.TIMED_OUT, words)
            return
        self._waiting.append(outgoing)
        self._waiting_bytes += len(outgoing.encoded) + OVERHEAD
        if self._wire is not None:
            self._pump()

    def refuse(self, outgoing: Outgoing, outcome: SendOutcome, words: str) -> None:
        """Report that this was not sent, and why."""
        self._late.discard(outgoing.ticket)
        self._results.append(
            SendResult(outgoing.ticket, outcome, words, self._clock.wall_ns(), message_id=outgoing.message_id)
        )

    def flush(self) -> None:
        """Hand on the outcomes of this turn; send what the engine has room for now."""
        if self._waiting and self._attached:
            self._pump()
        if self._results:
            results, self._results = self._results, []
            self._sent(results)

    def attached(self) -> None:
        """Begin to send: the broker takes events."""
        self._attached = True
        self._pump()

    def flow(self) -> None:
        """Send what the broker gave credit for."""
        self._pump()

    def detached(self, reason: Failure) -> None:
        """Fail what waits: the broker refused or ended the link. The next event tries anew."""
        self._link, self._attached = None, False
        outcome = SendOutcome.NOT_PERMITTED if reason.condition in _NOT_PERMITTED else SendOutcome.REJECTED
        for number in list(self._under_way):
            self._end(number, outcome, reason.words)
        self._fail_waiting(outcome, reason.words)

    def delivery(self, pointer: Any) -> None:  # noqa: ANN401 - the engine's own type
        """Take an outcome."""
        state = lib.pn_delivery_remote_state(pointer)
        settled = lib.pn_delivery_settled(pointer)
        if not settled and state in {0, cproton.PN_RECEIVED}:
            return
        tag = lib.pn_delivery_tag(pointer)
        number = int.from_bytes(ffi.buffer(tag.start, tag.size)[:], "big")
        outcome, words = self._meaning(pointer, state)
        lib.pn_delivery_settle(pointer)
        self._end(number, outcome, words)

    def _meaning(self, pointer: Any, state: int) -> tuple[SendOutcome, str]:  # noqa: ANN401 - the engine's own type
        if state in {0, cproton.PN_ACCEPTED, cproton.PN_RECEIVED}:  # settled without an outcome of its own
            return SendOutcome.ACCEPTED, ""
        if state == cproton.PN_REJECTED:
            condition = lib.pn_disposition_condition(lib.pn_delivery_remote(pointer))
            name, described = remote_properties.reason(condition)
            text = described or name or Message("without saying why")
            outcome = SendOutcome.NOT_PERMITTED if name in _NOT_PERMITTED else SendOutcome.REJECTED
            return outcome, Message("The broker rejected it: {0}.", text)
        return SendOutcome.REJECTED, Message("The broker gave it back: nobody takes it there, or a queue is full.")

    def _pump(self) -> None:
        """Send as much as credit and buffer allow."""
        self._watch()
        if self._wire is None or not self._waiting or not self._wire.is_open:
            return
        if self._link is None:
            self._attach()
        if not self._attached:
            return
        link = self._link._impl  # noqa: SLF001 - the engine's pointer has no public name
        room = MAX_BUFFERED - self._wire.outgoing_bytes()
        now = self._clock.wall_ns()
        while self._waiting and room > 0 and lib.pn_link_credit(link) > 0:
            outgoing = self._next()
            tag = outgoing.ticket.to_bytes(8, "big")
            cproton.pn_delivery(link, tag)
            lib.pn_link_send(link, ffi.from_buffer(outgoing.encoded), len(outgoing.encoded))
            lib.pn_link_advance(link)
            self._under_way[outgoing.ticket] = (outgoing, now)
            room -= len(outgoing.encoded)

    def _attach(self) -> None:
        if self._wire is None or self._dialect is None or self._name is None:
            return
        link = self._wire.sender(self._name(), self)
        link.target.address = self._dialect.target
        link.source.address = self._name()
        link.snd_settle_mode = Link.SND_UNSETTLED
        self._link = link
        link.open()

    def _end(self, number: int, outcome: SendOutcome, words: str) -> None:
        known = self._under_way.pop(number, None)
        self._late.discard(number)
        if known is not None:
            outgoing, sent_ns = known
            settled_ns = 0 if outcome is SendOutcome.NOT_CONNECTED else self._clock.wall_ns()
            self._results.append(
                SendResult(number, outcome, words, sent_ns, settled_ns, message_id=outgoing.message_id)
            )

    def _fail_waiting(self, outcome: SendOutcome, words: str) -> None:
        while self._waiting:
            self.refuse(self._next(), outcome, words)

    def _next(self) -> Outgoing:
        outgoing = self._waiting.popleft()
        self._waiting_bytes -= len(outgoing.encoded) + OVERHEAD
        return outgoing

    def _watch(self) -> None:
        if self._timer is None and (self._under_way or self._waiting):
            self._timer = self._loop.later(PATIENCE / 2, self._look_for_late)

    def _look_for_late(self) -> None:
        """Report, once, what has waited or been under way for too long; its outcome may still come."""
        self._timer = None
        limit = self._clock.wall_ns() - int(PATIENCE * 1e9)
        for outgoing, sent_ns in itertools.takewhile(lambda one: one[1] <= limit, self._under_way.values()):
            self._report_late(outgoing, sent_ns, Message("The broker has not confirmed it within {0:g} s.", PATIENCE))
        for outgoing in itertools.takewhile(lambda one: one.since_ns <= limit, self._waiting):
            self._report_late(
                outgoing, 0, Message("The broker has taken no events for {0:g} s; this one still waits.", PATIENCE)
            )
        self._watch()

    def _report_late(self, outgoing: Outgoing, sent_ns: int, words: str) -> None:
        ticket = outgoing.ticket
        if ticket not in self._late:
            self._late.add(ticket)
            self._results.append(
                SendResult(ticket, SendOutcome.TIMED_OUT, words, sent_ns, final=False, message_id=outgoing.message_id)
            )
