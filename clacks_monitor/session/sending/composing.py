"""What composing events needs of a session: its parts, and sending with a record of what was sent."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clacks_monitor.config import SentEvent
from clacks_monitor.core.event import EVENT_NAMESPACE

if TYPE_CHECKING:
    from clacks_monitor.core.sending import Via
    from clacks_monitor.forms import Catalogue
    from clacks_monitor.session.connections import Connections
    from clacks_monitor.session.sending.effects import EffectFinder
    from clacks_monitor.session.sending.history import SendHistory
    from clacks_monitor.session.sending.sender import Sender
    from clacks_monitor.session.sending.templates import Templates


@dataclass(frozen=True, slots=True)
class Composing:
    """Forms come from the ``catalogue``. Owner: the session's thread."""

    catalogue: Catalogue
    connections: Connections
    sender: Sender
    effects: EffectFinder
    templates: Templates
    history: SendHistory

    def send(
        self, connection_id: str, xml: bytes, via: Via, *, type_name: str = "", summary: str = "", topic: str = ""
    ) -> int:
        """Send an event and record it; return the ticket that its outcome carries. Only MQTT has a ``topic``."""
        sent = SentEvent(xml, type_name, self._name(connection_id), summary, via, sent_ns=time.time_ns())
        ticket = self.sender.send(connection_id, xml, via, topic=topic)
        self.history.record(ticket, sent)
        return ticket

    def record_burst(self, connection_id: str, sent: SentEvent) -> None:
        """Record a burst that has ended, under the name of its connection."""
        ended_ns = sent.sent_ns or time.time_ns()
        self.history.record_burst(replace(sent, connection=self._name(connection_id), sent_ns=ended_ns))

    def _name(self, connection_id: str) -> str:
        settings = self.connections.get(connection_id)
        return "" if settings is None else settings.name


def skeleton(catalogue: Catalogue, type_name: str) -> bytes:
    """Return an event of a type with nothing in it, for one that is composed as text."""
    kind = next((kind for kind in catalogue.types() if kind.name == type_name), None)
    own = f' xmlns="{kind.namespace}"' if kind is not None and kind.namespace not in {"", EVENT_NAMESPACE} else ""
    return f'<Event xmlns="{EVENT_NAMESPACE}">\n  <{type_name}{own}/>\n</Event>\n'.encode()
