"""The state machine of a connection: connect, log in, subscribe, notice the loss, wait, connect again.

Owner: ``MqttConnection``. Thread: the connection's.
"""

from __future__ import annotations

import ssl
import uuid
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.messages import Message
from clacks_monitor.mqtt import dialects, versions
from clacks_monitor.mqtt.arrivals import Arrivals
from clacks_monitor.mqtt.broker_facts import BrokerFacts
from clacks_monitor.mqtt.broker_session import Accepted, BrokerSession, Login
from clacks_monitor.mqtt.copies import EVERYWHERE
from clacks_monitor.mqtt.durable_topics import DurableTopics
from clacks_monitor.mqtt.failure import may_be_old
from clacks_monitor.mqtt.farewell import Farewell
from clacks_monitor.mqtt.login import ClientSession, DurableClientSession, PassingClientSession, why_not
from clacks_monitor.mqtt.own_publications import OwnPublications
from clacks_monitor.mqtt.publications import Publications
from clacks_monitor.mqtt.topic_reception import VERSION_TOPIC, TopicReception
from clacks_monitor.networking.attempts import CLOSED, Attempts
from clacks_monitor.networking.batch import Batch
from clacks_monitor.networking.connector import SocketConnector
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.gap_tracker import GapTracker
from clacks_monitor.networking.reconnect import Backoff, Probation, Reconnect
from clacks_monitor.networking.status import StatusReporter

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusListener
    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.mqtt.dialects import MqttDialect
    from clacks_monitor.mqtt.publication import Publication
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop


class SessionReceiver(Protocol):
    """What receives over the session that there is."""

    def use(self, dialect: MqttDialect) -> None:
        """Use this dialect and its topics from the next connection on."""

    def connected(self, session: BrokerSession, *, resumed: bool) -> None:
        """Receive over this session; ``resumed`` is whether the broker has kept it."""

    def answered(self, number: int, codes: list[int]) -> None:
        """Handle the broker's answer to a subscription."""

    def arrived(self, message: Publication) -> None:
        """Handle a message."""

    def after_turn(self, *, has_read_all: bool) -> None:
        """Finish a turn of the loop."""

    def disconnected(self, reason: Failure | None) -> None:
        """Forget the session: it has ended, on purpose without a reason."""

    def retry(self) -> None:
        """Subscribe now, where that waits to be tried again."""


class MqttWorker:
    """The parts of a connection on its thread. ``reception`` is what it receives, ``outbound`` what it sends.

    ``durable`` receives instead where the broker is to keep the session for a recorder.
    ``subscribed`` and ``confirmed`` are what the session reports to them. ``dialect`` is that of the settings at the
    last connect, and may be used by any thread.
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
        """``owner`` is that of a durable session, "" for one that ends with the connection."""
        self._loop, self._settings, self._clock, self._password = loop, settings, clock, password
        self._receives = receives
        self._version = versions.first(settings.version)
        self._sender_id = str(uuid.uuid4())
        self.dialect = dialects.choose(settings, self._sender_id)
        self._gaps = GapTracker(settings.name, clock, listener.on_gap)
        self._batch = Batch(self._gaps, listener.on_messages)
        self._status = StatusReporter(settings, clock, self._batch, self._gaps, listener.on_status)
        self._reconnect = Reconnect(settings.hosts, backoff)
        self._probation = Probation(loop, self._reconnect, self._gaps, backoff.proven)
        own = OwnPublications()
        self.outbound = Publications(loop, clock, settings, own, listener.on_results)
        self.reception = TopicReception(
            loop,
            clock,
            arrivals=Arrivals(settings.name, clock, self.dialect, own, EVERYWHERE),
            batch=self._batch,
            gaps=self._gaps,
            status=self._status,
            reconnect=self._reconnect,
            probation=self._probation,
        )
        self.durable = (
            DurableTopics(
                loop,
                clock,
                self.dialect,
                listener,
                status=self._status,
                reconnect=self._reconnect,
                probation=self._probation,
                renew=self.renew,
            )
            if owner
            else None
        )
        self._receiving: SessionReceiver = self.durable or self.reception
        self._client: ClientSession = (
            PassingClientSession(lasting=receives)
            if self.durable is None
            else DurableClientSession(owner, settings, self.durable)
        )
        self.subscribed, self.confirmed = self._receiving.answered, self.outbound.confirmed
        self._peer = BrokerFacts(loop, settings, self.reception, listener.on_peer)
        self._connector: SocketConnector | None = None
        self._session: BrokerSession | None = None
        self._login: Login | None = None
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
        self._closing = self._renewing = False

    def connect(self) -> None:
        """Try the host whose turn it is."""
        host, port = self._attempts.begin()
        password = self._password() if self._settings.user else None
        refusal = why_not(self._settings, password)
        if refusal is not None:
            self._failed(refusal)
            return
        self._login = self._client.login(self._version, self._settings.user, password)
        self.dialect = dialects.choose(self._settings, self._sender_id)
        self._receiving.use(self.dialect)
        self._connector = SocketConnector(self._loop, self._settings, (host, port), self._connected)

    def move(self, settings: ConnectionSettings) -> None:
        """Use the topics of these settings from the next connect on."""
        self._settings = settings

    def retry(self) -> None:
        """Do not wait any longer, neither to connect nor to subscribe."""
        if not self._attempts.try_now():
            self._receiving.retry()

    def renew(self) -> None:
        """Connect anew, with another session: what is under way ends in good order."""
        session = self._session
        if self._closing or self._renewing:
            return
        if session is not None and session.is_open:
            self._renewing = True
            session.disconnect()
            return
        self._attempts.stop_waiting()
        if self._connector is not None:
            self._connector.cancel()
        if session is not None:
            session.drop()
            self._session = None
        self.connect()

    def close(self) -> None:
        """Close the connection, then end the loop."""
        if self._closing:
            return
        self._closing = True
        self._attempts.stop_waiting()
        if self._connector is not None:
            self._connector.cancel()
        if self._session is None:
            self._leave()
        elif self._session.is_open:
            self._session.disconnect()
        else:
            self._session.abort(Failure(FailureKind.NETWORK, CLOSED))

    def after_turn(self) -> None:
        """Finish a turn of the loop: output, batches, outcomes."""
        self._gaps.check_for_sleep()
        self.outbound.flush()
        session = self._session
        self._receiving.after_turn(has_read_all=session is not None and session.has_read_all)
        if session is not None:
            session.work()
        self._batch.flush()
        self.outbound.flush()
        self._peer.after_turn()

    def _connected(self, result: socket.socket | Failure) -> None:
        self._connector = None
        if isinstance(result, Failure):
            self._failed(result)
            return
        login = self._login
        if login is None:
            result.close()
            return

        def timed_out() -> None:
            message = Message(
                "{0} accepted the connection but did not open it (no MQTT, or another TLS setting?).",
                self._status.current.host,
            )
            if self._session is not None:
                self._session.abort(Failure(FailureKind.NETWORK, message))

        self._attempts.expect_opening(self._settings.connect_timeout_s, timed_out)
        self.outbound.connecting()
        tls = result if isinstance(result, ssl.SSLSocket) else None
        self._peer.connecting(self._status.current.host, login, tls)
        host = self._reconnect.host[0]
        self._session = BrokerSession(self._loop, result, host, login, self._settings.idle_timeout_s, self)

    # What the session reports

    def accepted(self, accepted: Accepted) -> None:
        """Send and receive: the broker has accepted the connection."""
        session = self._session
        if session is None or self._closing:
            return
        self._attempts.stop_waiting()
        self._client.accepted(session.login)
        self._status.update(product=self._peer.accepted(accepted), dialect=self.dialect.name)
        self.outbound.connected(session, accepted)
        if self._receives:
            self._receiving.connected(session, resumed=accepted.resumed)
        else:
            self._probation.begin()
            self._status.up()

    def arrived(self, message: Publication) -> None:
        """Receive a message, or what the broker says of itself."""
        if message.retain and message.topic == VERSION_TOPIC:
            self._status.update(product=self._peer.described(message.payload[:200]))
        else:
            self._receiving.arrived(message)

    def ended(self, reason: Failure) -> None:
        """Connect again, unless the connection was closed on purpose: the socket is closed."""
        session, self._session = self._session, None
        self._peer.ended()
        self._attempts.stop_waiting()
        renewing, self._renewing = self._renewing, False
        self._receiving.disconnected(None if self._closing or renewing else reason)
        if self._closing:
            self._leave()
            return
        if renewing:
            self.connect()
            return
        was_accepted = session is not None and session.was_accepted
        knows_less = not was_accepted and not self._client.is_known and may_be_old(reason)
        older = versions.next_older(self._version, self._settings.version) if knows_less else None
        if older is None:
            self._failed(reason)
        else:
            self._version = older
            self.connect()

    def _failed(self, reason: Failure) -> None:
        if not self._client.is_known:
            self._version = versions.first(self._settings.version)
        self._attempts.failed(reason, refused=reason.lasting)

    def _leave(self) -> None:
        """Have the broker drop the session where it would keep it, then end."""
        login = self._login
        if login is not None and self._client.leaves(login, is_down=bool(self.outbound.down)):
            Farewell(self._loop, self._settings, self._reconnect.host, login, self._attempts.end)
        else:
            self._attempts.end()
