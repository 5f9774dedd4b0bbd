"""The state machine of a connection: connect, open, subscribe, notice the loss, wait, connect again.

Owner: ``Connection``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.amqp import dialects, failover, remote_properties, security
from clacks_monitor.amqp.connector import Connector, ReadySocket
from clacks_monitor.amqp.durable_reception import DurableReception
from clacks_monitor.amqp.link_session import Container
from clacks_monitor.amqp.management import Management
from clacks_monitor.amqp.outbound import Outbound
from clacks_monitor.amqp.peer import PeerReporter
from clacks_monitor.amqp.receiving import Inbox
from clacks_monitor.amqp.reception import Receiving, Reception
from clacks_monitor.amqp.side_session import apart
from clacks_monitor.amqp.token_renewal import TokenRenewal
from clacks_monitor.amqp.transport import Transport, prepare
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.attempts import Attempts
from clacks_monitor.networking.batch import Batch
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.gap_tracker import GapTracker
from clacks_monitor.networking.reconnect import Backoff, Probation, Reconnect
from clacks_monitor.networking.status import StatusReporter

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusListener
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop


class ConnectionWorker:
    """The parts of a connection on its thread. ``reception`` is what it receives, ``outbound`` what it sends.

    ``durable`` receives instead where the subscription is a durable one.
    """

    def __init__(
        self,
        loop: Loop,
        settings: ConnectionSettings,
        clock: Clock,
        backoff: Backoff,
        listener: BusListener,
        *,
        password: Callable[[], str | None],
        receives: bool,
        owner: str = "",
    ) -> None:
        """``owner`` is that of a durable subscription, "" for one that ends with the connection."""
        self._loop, self._settings, self._clock, self._password = loop, settings, clock, password
        self._receives = receives
        self._gaps = GapTracker(settings.name, clock, listener.on_gap)
        self._batch = Batch(self._gaps, listener.on_messages)
        inbox = Inbox(settings.name, clock, self._batch)
        self._status = StatusReporter(settings, clock, self._batch, self._gaps, listener.on_status)
        self._peer = PeerReporter(loop, settings, self._status, listener.on_peer)
        self._reconnect = Reconnect(settings.hosts, backoff)
        self._probation = Probation(loop, self._reconnect, self._gaps, backoff.proven)
        self.outbound = Outbound(loop, clock, settings, listener.on_results)
        self.reception = Reception(
            loop,
            clock,
            settings,
            inbox,
            gaps=self._gaps,
            status=self._status,
            reconnect=self._reconnect,
            probation=self._probation,
        )
        self.durable = (
            DurableReception(
                loop,
                inbox,
                listener,
                owner,
                status=self._status,
                reconnect=self._reconnect,
                probation=self._probation,
            )
            if owner
            else None
        )
        self._receiving: Receiving = self.durable or self.reception
        self._container = Container(settings, owner)
        self._connector: Connector | None = None
        self._transport: Transport | None = None
        self._renewal: TokenRenewal | None = None
        self._used_password: str | None = None
        self._attempts = Attempts(
            loop,
            clock,
            batch=self._batch,
            gaps=self._gaps,
            status=self._status,
            reconnect=self._reconnect,
            outbound=self.outbound,
            connect=self.connect,
        )
        self._closing = self._is_open = False

    def connect(self) -> None:
        """Try the host whose turn it is."""
        host, port = self._attempts.begin()
        password = self._password() if self._settings.user else None
        allowed = security.mechanisms(self._settings, password)
        if isinstance(allowed, str):
            self._failed(Failure(FailureKind.LOGIN, allowed))
            return
        first = security.first_message(self._settings, password, host, port, allowed)
        self._connector = Connector(
            self._loop, self._settings, (host, port), allowed, lambda result: self._connected(result, password), first
        )

    def move(self, settings: ConnectionSettings) -> None:
        """Use the source of these settings from now on, or from the next connect."""
        self._settings = settings
        dialect = None
        if self._transport is not None and self._is_open:
            dialect = dialects.choose(settings, remote_properties.properties(self._transport.engine.connection))
        self.outbound.move(settings, dialect)
        self.reception.move(settings, dialect)

    def retry(self) -> None:
        """Do not wait any longer, neither to connect nor to subscribe."""
        if not self._attempts.try_now():
            self._receiving.retry()

    def close(self) -> None:
        """Close the connection, then end the loop."""
        if self._closing:
            return
        self._closing = True
        self._attempts.stop_waiting()
        if self._connector is not None:
            self._connector.cancel()
        if self._transport is None:
            self._attempts.end()
        elif self._transport.session.is_open:
            self._transport.close()
        else:
            self._transport.abort(None)

    def after_turn(self) -> None:
        """Finish a turn of the loop: credit, output, batches, outcomes."""
        self._gaps.check_for_sleep()
        self.outbound.flush()
        transport = self._transport
        self._receiving.after_turn(has_read_all=transport is not None and transport.has_read_all())
        if self._transport is not None:
            self._transport.work()
        self._batch.flush()
        self.outbound.flush()
        self._peer.after_turn()

    def _connected(self, result: ReadySocket | Failure, password: str | None) -> None:
        self._connector = None
        if isinstance(result, Failure):
            self._failed(result)
            return
        self._attempts.expect_opening(self._settings.connect_timeout_s, self._open_timed_out)
        self.outbound.connecting()
        self._used_password = password
        transport = Transport(self._loop, self._clock, self._reconnect.host[0], self._container, self)
        self._transport = transport
        prepare(transport, self._settings, password, result.mechanisms)
        transport.start(result.socket, result.received)

    def _open_timed_out(self) -> None:
        if self._transport is not None:
            message = Message(
                "{0} accepted the connection but did not open it (no AMQP 1.0, or another TLS setting?).",
                self._status.current.host,
            )
            self._transport.abort(Failure(FailureKind.NETWORK, message))

    def opened(self) -> None:
        """Send and receive: the broker has opened the connection."""
        if self._transport is None:
            return
        self._attempts.stop_waiting()
        self._is_open = True
        session = self._transport.session
        dialect = dialects.choose(self._settings, remote_properties.properties(self._transport.engine.connection))
        self._status.update(product=dialect.description, dialect=dialect.name)
        self._peer.opened(self._transport, dialect)
        if dialect.has_management:
            session.management = Management(self._loop, apart(session, dialect))
        if dialect.renews_tokens and session.management is not None:
            self._renewal = TokenRenewal(self._loop, self._clock, session.management, self._password)
            self._renewal.begin(self._used_password)
        self._reconnect.learn(failover.hosts(self._transport.engine.connection, self._settings))
        self.outbound.connected(session, dialect)
        if self._receives:
            self._receiving.connected(session, dialect)
        else:
            self._probation.begin()
            self._status.up()

    def ended(self, reason: Failure | None) -> None:
        """Connect again, unless the connection was closed on purpose: the socket is closed."""
        transport, self._transport = self._transport, None
        self._is_open = False
        if self._renewal is not None:
            self._renewal.end()
            self._renewal = None
        self._peer.ended()
        self._attempts.stop_waiting()
        self._receiving.disconnected(reason, 0 if transport is None else transport.last_input_ns)
        if self._closing or reason is None:
            self._attempts.end()
        else:
            self._failed(reason)

    def _failed(self, reason: Failure) -> None:
        refused = reason.lasting or reason.kind in {FailureKind.NOT_FOUND, FailureKind.FILTER}
        self._attempts.failed(reason, refused=refused)
