"""The Test button: tries a connection step by step, and reports each step.

Thread: the caller's, except for AMQP itself, which has a loop with a thread of its own until the generator ends.
"""

from __future__ import annotations

import queue
from typing import TYPE_CHECKING

from clacks_monitor.amqp import dialects, remote_properties, security
from clacks_monitor.amqp.failure import may_concern_filter
from clacks_monitor.amqp.link_session import Container
from clacks_monitor.amqp.management import Management
from clacks_monitor.amqp.receiving import ReceiverLink
from clacks_monitor.amqp.sasl_login import EXTERNAL, SaslLogin
from clacks_monitor.amqp.side_session import apart
from clacks_monitor.amqp.subscription import too_long
from clacks_monitor.amqp.transport import Transport, prepare
from clacks_monitor.core.bus import ProbeStep, ProbeStepName
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import Message
from clacks_monitor.core.portable_query import PortableQuery
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.probing import connected

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.dialects.dialect import Dialect, Source
    from clacks_monitor.core.connection import ConnectionSettings

EVERYTHING = "true()"
_NO_CHECK_TIME = 0x200000
"""OpenSSL's X509_V_FLAG_NO_CHECK_TIME (x509_vfy.h), which Python's ssl module has no name for."""
_NONE = Message("The broker does not support XQuery filters.")


def probe(settings: ConnectionSettings, password: str | None, *, filters_here: bool = False) -> Iterator[ProbeStep]:
    """Try the first host of the list; yields each step when it is done, and ends with the first that fails.

    The filter that is tried is the subscription's, or one that lets everything pass: it shows where filters run. With
    ``filters_here`` a filter that the broker does not accept is not a failure: it can be evaluated on arrival.
    """
    sock = yield from connected(settings)
    if sock is None:
        return
    try:
        yield from _speak(sock, settings, password, filters_here=filters_here)
    finally:
        sock.close()


class _AmqpProbe:
    """Speaks AMQP on a loop of its own and puts the steps into a queue; None ends them."""

    def __init__(self, settings: ConnectionSettings, password: str | None, *, filters_here: bool) -> None:
        self.steps: queue.SimpleQueue[ProbeStep | None] = queue.SimpleQueue()
        self.loop = Loop("amqp probe", SYSTEM_CLOCK, self._after_turn)
        self._settings, self._password, self._filters_here = settings, password, filters_here
        self._host = settings.hosts[0][0]
        self._transport: Transport | None = None
        self._dialect: Dialect | None = None
        self._query = settings.subscription or EVERYTHING
        self._reached = ProbeStepName.SASL
        self._mechanism = ""
        self._refusal = self._no_filter = ""
        self._stopping = False

    def start(self, sock: socket.socket) -> None:
        allowed = security.mechanisms(self._settings, self._password)
        if isinstance(allowed, str):
            self._finish(ok=False, message=allowed)
            return
        sock.settimeout(0)
        timeout = self._settings.connect_timeout_s
        self.loop.later(timeout, lambda: self._finish(ok=False, message=Message("No answer within {0:g} s.", timeout)))
        first = security.first_message(self._settings, self._password, *self._settings.hosts[0], allowed)
        if first is not None:
            others = tuple(name for name in allowed if name != first.mechanism)
            self._mechanism = first.mechanism
            SaslLogin(
                self.loop,
                sock,
                self._host,
                lambda outcome: self._logged_in(sock, others, outcome),
                only=not others,
                first=first,
            )
        else:
            self._connect(sock, tuple(allowed))

    def _logged_in(self, sock: socket.socket, others: tuple[str, ...], outcome: bytes | Failure | None) -> None:
        if isinstance(outcome, Failure):
            self._finish(ok=False, message=outcome.message)
        elif isinstance(outcome, bytes):
            self._connect(sock, others, outcome)
        else:
            self._connect(sock, ())

    def _connect(self, sock: socket.socket, allowed: tuple[str, ...], received: bytes = b"") -> None:
        self._transport = Transport(self.loop, SYSTEM_CLOCK, self._host, Container(self._settings), self)
        prepare(self._transport, self._settings, self._password, allowed)
        self._mechanism = "" if allowed else self._mechanism
        self._transport.start(sock, received)

    def _after_turn(self) -> None:
        if self._transport is not None:
            self._transport.work()

    def _report(self, name: ProbeStepName, message: str, detail: tuple[str, ...] = ()) -> None:
        self.steps.put(ProbeStep(name, ok=True, message=message, detail=detail))

    def _finish(self, *, ok: bool, message: str) -> None:
        self.steps.put(ProbeStep(self._reached, ok, message))
        self.steps.put(None)

    def stop(self) -> None:
        self._stopping = True
        if self._transport is not None and self._transport.session.is_open:
            self._transport.close()
        else:
            if self._transport is not None:
                self._transport.abort(None)
            self.loop.stop()

    def opened(self) -> None:
        if self._transport is None:
            return
        engine, session = self._transport.engine, self._transport.session
        mechanism = self._mechanism or engine.transport.sasl().mech
        without_user = {
            "ANONYMOUS": Message("Logged in anonymously."),
            EXTERNAL: Message("Logged in with the client certificate (EXTERNAL)."),
        }
        message = Message("Logged in: {0} ({1}).", self._settings.user, mechanism)
        self._report(ProbeStepName.SASL, without_user.get(mechanism, message))
        properties = remote_properties.properties(engine.connection)
        self._dialect = dialects.choose(self._settings, properties)
        if self._dialect.has_management:
            session.management = Management(self.loop, apart(session, self._dialect))
        product = self._dialect.description or Message("unknown product")
        detail = tuple(
            f"{key}: {value}"
            for key, value in {**properties, "id": one_line(engine.connection.remote_container or "")}.items()
        )
        self._report(ProbeStepName.OPEN, Message("Broker: {0}.", product), detail)
        self._reached = ProbeStepName.ATTACH
        query = self._dialect.filter_for(self._query, PortableQuery(EVERYTHING if self._query == EVERYTHING else ""))
        if not query:
            self._no_filter = self._dialect.why_no_filter
        elif len(query.encode()) > session.max_query_bytes:
            self._refusal, query = too_long(session.max_query_bytes), ""
        self._attach(query)

    def _attach(self, query: str, source: Source | None = None) -> None:
        if self._transport is not None and self._dialect is not None:
            ReceiverLink(self.loop, self._transport.session, self._dialect, query, self, source)

    def ended(self, reason: Failure | None) -> None:
        if reason is None or self._stopping:
            # A broker that hangs up instead of answering the close ends the probe as well.
            self.loop.stop()
            return
        logging_in = self._transport is not None and self._transport.logging_in
        if self._reached is ProbeStepName.SASL and reason.kind is not FailureKind.LOGIN and not logging_in:
            self._reached = ProbeStepName.OPEN
        self._finish(ok=False, message=reason.message)

    def link_attached(self, link: ReceiverLink) -> None:
        if self._dialect is None:
            return
        self._report(ProbeStepName.ATTACH, Message("Receiving events from {0}.", self._dialect.address))
        self._reached = ProbeStepName.FILTER
        if link.filtered:
            self._finish(ok=True, message=Message("Filter accepted by the broker."))
        elif self._refusal and not self._filters_here:
            self._finish(ok=False, message=self._refusal)
        else:
            why = self._refusal or self._no_filter or link.why_not or _NONE
            self._finish(ok=True, message=Message("{0} The filter is evaluated locally.", why))
        link.close()

    def link_detached(self, link: ReceiverLink, reason: Failure) -> None:
        if link.query and may_concern_filter(reason):
            # A second attempt shows whether the link is accepted without the filter.
            self._refusal = reason.message
            self._attach("")
        elif self._dialect is not None and (simpler := self._dialect.next_source(link.source, reason)) is not None:
            self._attach(link.query, simpler)
        else:
            self._finish(ok=False, message=reason.message)

    def link_dropped(self, count: int) -> None:
        """Ignore what a queue that was never received from has dropped."""

    def link_message(self, link: ReceiverLink, message: AmqpMessage) -> None:
        """Ignore events: the link is closed at once."""


def _speak(
    sock: socket.socket, settings: ConnectionSettings, password: str | None, *, filters_here: bool
) -> Iterator[ProbeStep]:
    amqp = _AmqpProbe(settings, password, filters_here=filters_here)
    amqp.loop.call(lambda: amqp.start(sock))
    amqp.loop.start()
    try:
        while (step := amqp.steps.get()) is not None:
            yield step
    finally:
        amqp.loop.call(amqp.stop)
        wait_for([amqp.loop.thread], 5)
