"""The sending link: deliveries within the broker's credit, and their outcomes.

Owner: ``EventSender``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

import cproton
from cproton import ffi, lib
from proton import Link

from clacks_monitor.amqp import remote_properties
from clacks_monitor.amqp.pointers import Pointer, pointer_of
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome

if TYPE_CHECKING:
    from clacks_monitor.amqp.side_session import LinkMaker
    from clacks_monitor.networking.failure import Failure
    from clacks_monitor.networking.sending import EventSender, OutgoingEvent

MAX_BUFFERED: Final = 4 * 1024 * 1024
"""Bytes that may wait in the engine: more would only be copied, not be sent any sooner."""

NOT_PERMITTED: Final = frozenset({"amqp:not-allowed", "amqp:unauthorized-access"})
"""The error conditions of a broker that does not let this user send."""


class SenderLinkOwner(Protocol):
    """What a sending link reports."""

    def pump(self) -> None:
        """Send what waits: the link is attached, or has credit."""

    def outlet_closed(self, outcome: SendOutcome, detail: str) -> None:
        """Forget the link: the broker has refused or ended it."""

    def settled(self, number: int, outcome: SendOutcome, detail: str) -> None:
        """Handle the outcome of a delivery."""


class SenderLink:
    """A link to a target; attached when it is made.

    ``not_routed`` is what the outcome "released" means, where it is exact: that no queue is bound for the event.
    """

    def __init__(self, session: LinkMaker, target: str, owner: SenderLinkOwner, not_routed: str = "") -> None:
        self._session, self._owner, self._not_routed = session, owner, not_routed
        self._attached = False
        link = session.sender(self)
        link.target.address = target
        link.source.address = link.name
        link.snd_settle_mode = Link.SND_UNSETTLED
        self._link = link
        self._pointer = pointer_of(link)
        link.open()

    @property
    def capacity(self) -> int:
        """How many bytes the engine takes now; 0 while the link is not attached."""
        return MAX_BUFFERED - self._session.outgoing_bytes if self._attached else 0

    @property
    def has_credit(self) -> bool:
        """Whether the broker takes another message."""
        return bool(lib.pn_link_credit(self._pointer) > 0)

    def send(self, outgoing: OutgoingEvent) -> None:
        """Send a message; its outcome comes with its ticket."""
        encoded = outgoing.encoded
        cproton.pn_delivery(self._pointer, outgoing.ticket.to_bytes(8, "big"))
        lib.pn_link_send(self._pointer, ffi.from_buffer(encoded), len(encoded))
        lib.pn_link_advance(self._pointer)

    def close(self) -> None:
        """Close the link; its owner is not notified of anything more."""
        self._session.drop(self._link)

    def attached(self) -> None:
        """Begin to send."""
        self._attached = True
        self._owner.pump()

    def flow(self) -> None:
        """Use the new credit."""
        self._owner.pump()

    def detached(self, reason: Failure) -> None:
        """Report that the broker has refused or ended the link."""
        outcome = SendOutcome.NOT_PERMITTED if reason.condition in NOT_PERMITTED else SendOutcome.REJECTED
        self._owner.outlet_closed(outcome, reason.message)

    def delivery(self, pointer: Pointer) -> None:
        """Settle a delivery and report its outcome."""
        state = lib.pn_delivery_remote_state(pointer)
        settled = lib.pn_delivery_settled(pointer)
        if not settled and state in {0, cproton.PN_RECEIVED}:
            return
        tag = lib.pn_delivery_tag(pointer)
        number = int.from_bytes(ffi.buffer(tag.start, tag.size)[:], "big")
        outcome, detail = _outcome(pointer, state, self._not_routed)
        lib.pn_delivery_settle(pointer)
        self._owner.settled(number, outcome, detail)


@dataclass(frozen=True, slots=True)
class SendingLinks:
    """Opens the sending links of a session; the parameters are those of a SenderLink."""

    session: LinkMaker
    target: str
    not_routed: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the session is open."""
        return self.session.is_open

    def open_outlet(self, sender: EventSender) -> SenderLink:
        """Return a link that reports to ``sender``."""
        return SenderLink(self.session, self.target, sender, self.not_routed)


def _outcome(pointer: Pointer, state: int, not_routed: str) -> tuple[SendOutcome, str]:
    if state in {0, cproton.PN_ACCEPTED, cproton.PN_RECEIVED}:  # settled without an outcome of its own
        return SendOutcome.ACCEPTED, ""
    if state == cproton.PN_REJECTED:
        condition = lib.pn_disposition_condition(lib.pn_delivery_remote(pointer))
        name, description = remote_properties.reason(condition)
        text = description or name or Message("no reason given")
        outcome = SendOutcome.NOT_PERMITTED if name in NOT_PERMITTED else SendOutcome.REJECTED
        return outcome, Message("Rejected by the broker: {0}.", text)
    if state == cproton.PN_RELEASED and not_routed:
        return SendOutcome.NOT_ROUTED, not_routed
    return SendOutcome.REJECTED, Message("The broker released it: there is no receiver, or a queue is full.")
