"""The outcome of sending an event: values shared by the window, the session and the AMQP package."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Via(StrEnum):
    """The two ways of sending: directly to the bus, or through the agent."""

    EXCHANGE = "exchange"
    AGENT = "agent"


class SendOutcome(StrEnum):
    """How sending ended. INVALID, NOT_PERMITTED and NOT_CONNECTED are the three failures kept apart.

    NOT_ROUTED is what a broker reports that knows that no queue has got the event.
    """

    ACCEPTED = "accepted"
    INVALID = "invalid"
    NOT_PERMITTED = "not-permitted"
    NOT_CONNECTED = "not-connected"
    REJECTED = "rejected"
    NOT_ROUTED = "not-routed"
    TIMED_OUT = "timed-out"


@dataclass(frozen=True, slots=True)
class SendResult:
    """The outcome of one sent event.

    ``ticket`` is what the sending call returned; ``detail`` is a sentence; the times are wall clock in
    nanoseconds, 0 where it did not happen; ``sequence`` is the row in which it came back, 0 while it has not.
    ``message_id`` is what it carries on the bus, by which it is recognised when it returns; an outcome that is
    not ``final`` may still be followed by another (a broker that confirms late).
    """

    ticket: int
    outcome: SendOutcome
    detail: str = ""
    sent_ns: int = 0
    settled_ns: int = 0
    returned_ns: int = 0
    sequence: int = 0
    final: bool = True
    message_id: str = ""
