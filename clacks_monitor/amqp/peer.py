"""Reports what is known of the broker: as soon as it has opened the connection, then at each change.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from proton import Endpoint

from clacks_monitor.amqp import grant, remote_properties, security
from clacks_monitor.amqp.sasl_login import EXTERNAL
from clacks_monitor.core.peer import (
    LinkFacts,
    PeerFacts,
    ReceiverSettleMode,
    SenderSettleMode,
)
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.peer_reports import PeerReports
from clacks_monitor.networking.tls import tls_facts

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Link

    from clacks_monitor.amqp.dialects.dialect import Dialect
    from clacks_monitor.amqp.transport import Transport
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.loop import Loop
    from clacks_monitor.networking.status import StatusReporter

_SENDER: Final = tuple(SenderSettleMode)
_RECEIVER: Final = tuple(ReceiverSettleMode)


class PeerReporter:
    """Collects the facts from an open connection and its links."""

    def __init__(
        self, loop: Loop, settings: ConnectionSettings, status: StatusReporter, notify: Callable[[PeerFacts], None]
    ) -> None:
        self._settings, self._status = settings, status
        self._facts = PeerFacts(settings.id, settings.name)
        self._reports = PeerReports(loop, self._facts, notify)
        self._links: dict[str, LinkFacts] = {}

    def opened(self, transport: Transport, dialect: Dialect) -> None:
        """Report on this connection from now on: the broker has opened it."""
        connection = transport.engine.connection
        early = self._settings.mechanism if self._settings.mechanism in security.TOKENS else EXTERNAL
        mechanism = (transport.engine.transport.sasl().mech or "") if transport.logging_in else early
        known = {"product", "version"}
        self._facts = PeerFacts(
            self._settings.id,
            self._settings.name,
            is_open=True,
            host=self._status.current.host,
            product=dialect.product,
            version=dialect.version,
            container=one_line(connection.remote_container or ""),
            mechanism=one_line(mechanism),
            user="" if mechanism in {"ANONYMOUS", "EXTERNAL"} else self._settings.user,
            tls=None if transport.tls_socket is None else tls_facts(transport.tls_socket),
            capabilities=remote_properties.offered_capabilities(connection),
            properties=tuple(
                (name, str(value))
                for name, value in remote_properties.properties(connection).items()
                if name not in known
            ),
        )
        self._reports.begin(lambda: self._current(transport))

    def ended(self) -> None:
        """Report that the connection has ended."""
        self._links.clear()
        self._reports.end(self._facts)

    def after_turn(self) -> None:
        """Report what has changed, at once or at the end of the period."""
        self._reports.after_turn()

    def _current(self, transport: Transport) -> PeerFacts:
        session = transport.session
        self._links = {link.name: self._link(link) for link, _owner in session.links.values()}
        return replace(
            self._facts,
            links=tuple(self._links.values()),
            details=tuple(session.details.items()),
            queue_depth=self._status.current.queue_depth,
            round_trip_ns=session.round_trips.newest_ns,
        )

    def _link(self, link: Link) -> LinkFacts:
        """Return a link's facts; what an attached one was granted does not change and is read once."""
        known = self._links.get(link.name)
        if known is None or not known.attached:
            known = link_facts(link)
        return replace(known, credit=link.credit)


def link_facts(link: Link) -> LinkFacts:
    """Return what the broker has granted to a link."""
    name = one_line(link.name)
    if not link.state & Endpoint.REMOTE_ACTIVE:
        return LinkFacts(name, link.is_receiver)
    # What is received comes from the source that the broker has confirmed; what is sent goes to the target.
    terminus = link.remote_source if link.is_receiver else link.remote_target
    return LinkFacts(
        name,
        link.is_receiver,
        attached=True,
        address=one_line(terminus.address or ""),
        filters=remote_properties.filters(terminus),
        distribution=grant.distribution_of(terminus),
        sender_settles=_SENDER[link.remote_snd_settle_mode],
        receiver_settles=_RECEIVER[link.remote_rcv_settle_mode],
        capabilities=remote_properties.terminus_capabilities(terminus),
    )
