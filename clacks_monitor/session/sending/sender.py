"""Sends events, directly or through the agent, and explains why it cannot. Owner: the session's thread."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from clacks_monitor.core.bus import BusError, InvalidEvent, NotConnected, NotPermitted, RpcTimeout
from clacks_monitor.core.connection import ConnectionState
from clacks_monitor.core.delivery import TOPIC
from clacks_monitor.core.ending import Worker
from clacks_monitor.core.messages import Message, reason
from clacks_monitor.core.sending import SendOutcome, SendResult, Via

if TYPE_CHECKING:
    import threading

    from clacks_monitor.core.bus import BusConnection
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.sending.echo_tracker import EchoTracker


class Sender:
    """Sends on the user's connections; the echo tracker reports the outcomes. Any thread may call send()."""

    def __init__(self, connections: Connections, tracker: EchoTracker) -> None:
        self._connections = connections
        self._tracker = tracker
        self._agent = Worker("agent")

    def why_not(self, connection_id: str) -> str:
        """Return why nothing can be sent on a connection, "" when it can."""
        settings = self._connections.get(connection_id)
        if settings is None:
            return Message("Choose a connection for sending.")
        if settings.read_only:
            return Message("{0} is read-only. Choose another connection or edit this one.", settings.name)
        status = self._connections.statuses().get(connection_id)
        if status is None or status.state is not ConnectionState.CONNECTED:
            return Message("{0} is not connected. Connect it first or choose another connection.", settings.name)
        return ""

    def send(self, connection_id: str, xml: bytes, via: Via = Via.EXCHANGE, *, topic: str = "") -> int:
        """Send an event and return its ticket; the outcome comes as an EventSent. Only MQTT has a ``topic``."""
        connection = self._connections.live(connection_id)
        problem = self.why_not(connection_id)
        if problem or connection is None:
            return self._tracker.refuse(problem or Message("Not connected."))
        ticket = self._tracker.begin(xml)
        if via is Via.AGENT:
            self._agent.submit(partial(self._through_agent, connection, ticket, xml))
        else:
            self._directly(connection_id, connection, ticket, xml, topic)
        return ticket

    def stop(self) -> list[threading.Thread]:
        """Make no further calls of the agent; return the thread that makes them if it has not ended yet."""
        return self._agent.stop()

    def _directly(self, connection_id: str, connection: BusConnection, ticket: int, xml: bytes, topic: str) -> None:
        try:
            link_ticket = connection.send(xml, properties={TOPIC: topic}) if topic else connection.send(xml)
        except BusError as error:
            self._tracker.settle(ticket, SendResult(ticket, SendOutcome.NOT_CONNECTED, reason(error)))
            return
        self._tracker.link(ticket, connection_id, link_ticket, connection.message_id(link_ticket))

    def _through_agent(self, connection: BusConnection, ticket: int, xml: bytes) -> None:
        """Call the agent, on the thread that waits for its answers."""
        result = SendResult(ticket, SendOutcome.ACCEPTED, Message("Published by the agent."))
        try:
            connection.call("sendEvent", xml.decode("utf-8", "replace"))
        except BusError as error:
            result = replace(result, outcome=outcome_of(error), detail=reason(error))
        self._tracker.settle(ticket, result)


def outcome_of(error: BusError) -> SendOutcome:
    """Return the outcome that an error of a call means."""
    for kind, outcome in (
        (InvalidEvent, SendOutcome.INVALID),
        (NotPermitted, SendOutcome.NOT_PERMITTED),
        (RpcTimeout, SendOutcome.TIMED_OUT),
        (NotConnected, SendOutcome.NOT_CONNECTED),
    ):
        if isinstance(error, kind):
            return outcome
    return SendOutcome.REJECTED
