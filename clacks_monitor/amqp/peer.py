"""Reports what is known of the broker: as soon as it has opened the connection, then at each change.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

import hashlib
import ssl
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
    TlsFacts,
)
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from proton import Link

    from clacks_monitor.amqp.dialects.dialect import Dialect
    from clacks_monitor.amqp.transport import Transport
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.loop import Loop, Timer
    from clacks_monitor.networking.status import StatusReporter

PERIOD_S: Final = 1.0
"""The shortest time between two reports, in seconds."""

_SENDER: Final = tuple(SenderSettleMode)
_RECEIVER: Final = tuple(ReceiverSettleMode)


class PeerReporter:
    """Compares the facts with those of the last report, at most once in PERIOD_S seconds and only after activity."""

    def __init__(
        self, loop: Loop, settings: ConnectionSettings, status: StatusReporter, notify: Callable[[PeerFacts], None]
    ) -> None:
        self._loop, self._settings, self._status, self._notify = loop, settings, status, notify
        self._facts = self._reported = PeerFacts(settings.id, settings.name)
        self._transport: Transport | None = None
        self._links: dict[str, LinkFacts] = {}
        self._due = 0.0
        self._timer: Timer | None = None

    def opened(self, transport: Transport, dialect: Dialect) -> None:
        """Report on this connection from now on: the broker has opened it."""
        self._transport, self._due = transport, 0.0
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

    def ended(self) -> None:
        """Report that the connection has ended."""
        if self._transport is None:
            return
        self._transport = None
        self._cancel()
        self._links.clear()
        self._notify_of(replace(self._facts, is_open=False))

    def after_turn(self) -> None:
        """Report what has changed, at once or at the end of the period."""
        if self._transport is None:
            return
        if self._loop.now() >= self._due:
            self._due = self._loop.now() + PERIOD_S
            self._cancel()
            self._report(self._transport)
        elif self._timer is None:
            # The turn at that time calls this method, when the period is over.
            self._timer = self._loop.later(self._due - self._loop.now(), lambda: None)

    def _report(self, transport: Transport) -> None:
        session = transport.session
        self._links = {link.name: self._link(link) for link, _owner in session.links.values()}
        self._notify_of(
            replace(
                self._facts,
                links=tuple(self._links.values()),
                details=tuple(session.details.items()),
                queue_depth=self._status.current.queue_depth,
                round_trip_ns=session.round_trips.newest_ns,
            )
        )

    def _notify_of(self, facts: PeerFacts) -> None:
        if facts != self._reported:
            self._reported = facts
            self._notify(facts)

    def _link(self, link: Link) -> LinkFacts:
        """Return a link's facts; what an attached one was granted does not change and is read once."""
        known = self._links.get(link.name)
        if known is None or not known.attached:
            known = link_facts(link)
        return replace(known, credit=link.credit)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


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


def tls_facts(sock: ssl.SSLSocket) -> TlsFacts:
    """Return the facts about a socket after its handshake; of an unverified certificate Python only gives the bytes."""
    cipher, encoded = sock.cipher(), sock.getpeercert(binary_form=True)
    certificate = sock.getpeercert() or {}
    return TlsFacts(
        sock.version() or "",
        cipher[0] if cipher else "",
        verified=bool(certificate),
        fingerprint=hashlib.sha256(encoded or b"").hexdigest() if encoded else "",
        subject=_distinguished(certificate.get("subject")),
        issuer=_distinguished(certificate.get("issuer")),
        expires_ns=_expiry_ns(certificate.get("notAfter")),
    )


def _distinguished(name: object) -> str:
    """Return a distinguished name as one line: its values, the most specific last as in the certificate."""
    parts = [pair for group in name for pair in group] if isinstance(name, tuple) else []
    return one_line(", ".join(f"{key}={value}" for key, value in parts))


def _expiry_ns(text: object) -> int:
    try:
        return int(ssl.cert_time_to_seconds(str(text))) * 10**9 if text else 0
    except ValueError:
        return 0
