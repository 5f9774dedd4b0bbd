"""What a connection sends: events, as publications with QoS 1, each with its outcome.

Owner: ``MqttWorker``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.connection import MqttVersion
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome
from clacks_monitor.mqtt.failure import NO_SUBSCRIBERS, NOT_AUTHORIZED, REFUSAL
from clacks_monitor.networking.sending import EventSender, OutgoingEvent

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.core.sending import SendResult
    from clacks_monitor.mqtt.broker_session import Accepted, BrokerSession
    from clacks_monitor.mqtt.own_publications import OwnPublications
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop

READ_ONLY: Final = Message("This connection is read-only.")
WINDOW: Final = 1_000
"""Publications that may be without a confirmation, where the broker takes as many."""

_NOT_ROUTED: Final = Message("The broker has it, but no client subscribes to its topic.")
_UNSENT: Final = Message("Sent without its properties: only MQTT 5 can carry them.")


class PublishingWindow:
    """Publishes over one session; reports to the sender for which it is made."""

    def __init__(
        self, session: BrokerSession, accepted: Accepted, clock: Clock, own: OwnPublications, sender: EventSender
    ) -> None:
        self._session, self._clock, self._own, self._sender = session, clock, own, sender
        self._window = min(WINDOW, accepted.receive_maximum)
        self._largest = accepted.maximum_packet_size
        self._carries_properties = session.login.version is MqttVersion.V5
        self._tickets: dict[int, tuple[int, str]] = {}

    @property
    def capacity(self) -> int:
        """How many bytes may be written now."""
        return self._session.stream.free_bytes

    @property
    def has_credit(self) -> bool:
        """Whether the broker takes another publication."""
        return len(self._tickets) < self._window

    def send(self, outgoing: OutgoingEvent) -> None:
        """Publish an event."""
        size = len(outgoing.encoded) + len(outgoing.target)
        if self._largest and size > self._largest:
            text = Message("The broker takes messages of {0:,} bytes at most; this has {1:,}.", self._largest, size)
            self._sender.settled(outgoing.ticket, SendOutcome.REJECTED, text)
            return
        properties = {name: str(value) for name, value in outgoing.properties.items()}
        detail = _UNSENT if properties and not self._carries_properties else ""
        now = int(self._clock.monotonic() * 1e9)
        self._own.sent(outgoing.target, outgoing.encoded, outgoing.message_id, now)
        number = self._session.publish(outgoing.target, outgoing.encoded, properties)
        self._tickets[number] = (outgoing.ticket, detail)

    def close(self) -> None:
        """Take nothing more, and report nothing."""
        self._tickets.clear()

    def confirmed(self, number: int, code: int, text: str) -> None:
        """Report the outcome of a publication."""
        ticket, detail = self._tickets.pop(number, (0, ""))
        if code == NOT_AUTHORIZED:
            self._sender.settled(ticket, SendOutcome.NOT_PERMITTED, Message("Rejected by the broker: {0}.", text))
        elif code >= REFUSAL:
            self._sender.settled(ticket, SendOutcome.REJECTED, Message("Rejected by the broker: {0}.", text))
        elif code == NO_SUBSCRIBERS:
            self._sender.settled(ticket, SendOutcome.NOT_ROUTED, _NOT_ROUTED)
        else:
            self._sender.settled(ticket, SendOutcome.ACCEPTED, detail)
        self._sender.pump()


@dataclass(slots=True)
class _Outlets:
    """Makes the publisher of a session when there is something to be sent."""

    session: BrokerSession
    accepted: Accepted
    clock: Clock
    own: OwnPublications
    publisher: PublishingWindow | None = None

    @property
    def is_open(self) -> bool:
        return self.session.is_open

    def open_outlet(self, sender: EventSender) -> PublishingWindow:
        self.publisher = PublishingWindow(self.session, self.accepted, self.clock, self.own, sender)
        return self.publisher


class Publications:
    """Sends over the connection, or refuses with a reason: it is read-only, or there is no connection.

    Until the first attempt to connect has failed, and while an attempt is under way, events wait.
    """

    def __init__(
        self,
        loop: Loop,
        clock: Clock,
        settings: ConnectionSettings,
        own: OwnPublications,
        sent: Callable[[list[SendResult]], None],
    ) -> None:
        self._read_only, self._clock, self._own = settings.read_only, clock, own
        self._sender = EventSender(loop, clock, sent)
        self._outlets: _Outlets | None = None
        self.down = ""

    def send(self, outgoing: OutgoingEvent) -> None:
        """Send an event, or report why not."""
        if self._read_only:
            self._sender.refuse(outgoing, SendOutcome.NOT_PERMITTED, READ_ONLY)
        elif self.down:
            self._sender.refuse(outgoing, SendOutcome.NOT_CONNECTED, self.down)
        else:
            self._sender.put(outgoing)

    def connecting(self) -> None:
        """Let events wait: the broker's host has been reached."""
        self.down = ""

    def connected(self, session: BrokerSession, accepted: Accepted) -> None:
        """Send over this session from now on."""
        if not self._read_only:
            self._outlets = _Outlets(session, accepted, self._clock, self._own)
            self._sender.connected(self._outlets)

    def confirmed(self, number: int, code: int, text: str) -> None:
        """Handle the broker's confirmation of a publication."""
        if self._outlets is not None and self._outlets.publisher is not None:
            self._outlets.publisher.confirmed(number, code, text)

    def disconnected(self, reason: str) -> None:
        """Fail what waits, and refuse what comes: there is no connection."""
        self.down = reason
        self._outlets = None
        self._sender.disconnected(reason)

    def flush(self) -> None:
        """Report the outcomes of this turn; send what there is left for now."""
        self._sender.flush()
