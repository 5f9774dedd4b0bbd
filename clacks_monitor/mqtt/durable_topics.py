"""What a recorder's connection receives: the topics of a session that the broker keeps, while the recorder leads.

Owner: ``MqttWorker``. Thread: the connection's.
"""

from __future__ import annotations

import itertools
from collections import deque
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.bus import Delivery
from clacks_monitor.core.connection import ConnectionState, FilterPlace, MqttVersion
from clacks_monitor.core.messages import Message
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.mqtt.arrivals import Arrivals
from clacks_monitor.mqtt.copies import Copies
from clacks_monitor.mqtt.failure import REFUSAL
from clacks_monitor.mqtt.own_publications import OwnPublications
from clacks_monitor.mqtt.topic_reception import NOT_HERE, PATIENCE
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.loop import OneTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.bus import BusListener
    from clacks_monitor.mqtt.broker_session import BrokerSession
    from clacks_monitor.mqtt.dialects import MqttDialect
    from clacks_monitor.mqtt.publication import Publication
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.loop import Loop
    from clacks_monitor.networking.reconnect import Probation, Reconnect
    from clacks_monitor.networking.status import StatusReporter

NEW_SESSION: Final = Message("The broker had kept no session: what was sent before is not in it.")


class UnconfirmedDeliveries:
    """What a session has delivered and the recorder has not accepted yet."""

    def __init__(self, listener: BusListener) -> None:
        self._listener = listener
        self._numbers = itertools.count(1)
        self._attachment = 0
        self._session: BrokerSession | None = None
        self._arrivals: Arrivals | None = None
        self._waiting: deque[tuple[int, Publication]] = deque()
        self._batch: list[Delivery] = []

    def begin(self, session: BrokerSession, arrivals: Arrivals) -> None:
        """Take what this session delivers."""
        self._session, self._arrivals = session, arrivals
        self._attachment += 1

    def add(self, message: Publication) -> None:
        """Collect a message."""
        if self._arrivals is None:
            return
        number = next(self._numbers)
        self._waiting.append((number, message))
        self._batch.append(Delivery(self._arrivals.raw(message), number, self._attachment, message.dup))

    def flush(self) -> None:
        """Pass on what has come."""
        if self._batch:
            batch, self._batch = self._batch, []
            self._listener.on_deliveries(batch)

    def accept(self, number: int) -> None:
        """Confirm the deliveries up to this number; those of an earlier session are delivered again."""
        while self._session is not None and self._waiting and self._waiting[0][0] <= number:
            _number, message = self._waiting.popleft()
            if message.qos:
                self._session.stream.confirm(message.number)

    def end(self) -> None:
        """Forget the session, and what it has delivered."""
        self._session = self._arrivals = None
        self._waiting.clear()
        self._batch.clear()


class DurableTopics:
    """Subscribed while that is wanted and the connection is open. ``renew`` connects as the other client.

    ``wanted`` is whether the session that is kept is asked for, ``deliveries`` what it delivers.
    """

    def __init__(
        self,
        loop: Loop,
        clock: Clock,
        dialect: MqttDialect,
        listener: BusListener,
        *,
        status: StatusReporter,
        reconnect: Reconnect,
        probation: Probation,
        renew: Callable[[], None],
    ) -> None:
        self._loop, self._clock, self._dialect = loop, clock, dialect
        self._status, self._reconnect, self._probation, self._renew = status, reconnect, probation, renew
        self.deliveries = UnconfirmedDeliveries(listener)
        self.arrived = self.deliveries.add
        self.wanted = False
        self._query = self._note = ""
        self._session: BrokerSession | None = None
        self._asked = 0
        self._timer, self._retry = OneTimer(loop), OneTimer(loop)
        self._reason = ""

    def want(self, query: str, why_here: str = "", portable: PortableQuery = NOT_PORTABLE) -> None:
        """Apply a filter from the next attach on; all of it is evaluated on arrival."""
        del portable
        self._query, self._note = query, (why_here or NOT_HERE) if query else ""

    def accept(self, number: int) -> None:
        """Confirm the deliveries up to this number."""
        self.deliveries.accept(number)

    def attach(self) -> None:
        """Receive from now on."""
        if not self.wanted:
            self.wanted = True
            self._renew()

    def detach(self) -> None:
        """Receive no more, and leave the session to another recorder."""
        if self.wanted:
            self.wanted = False
            self._forget()
            self._renew()

    # What the worker calls

    def use(self, dialect: MqttDialect) -> None:
        """Use this dialect and its topics from the next connection on."""
        self._dialect = dialect

    def connected(self, session: BrokerSession, *, resumed: bool) -> None:
        """Subscribe, if this is the session that is kept."""
        self._probation.begin()
        if not session.login.durable:
            self._status.up()
            return
        self._session = session
        # Another one for each connection: what is delivered again is not a copy by a proxy.
        arrivals = Arrivals(self._status.current.name, self._clock, self._dialect, OwnPublications(), Copies())
        self.deliveries.begin(session, arrivals)
        says_so = session.login.version is not MqttVersion.V3_1
        self._reason = NEW_SESSION if says_so and not resumed else ""
        if resumed and session.login.version is not MqttVersion.V5:
            self._subscribed()  # once more would have it send again what it retains
        else:
            self._subscribe(session)

    def _subscribe(self, session: BrokerSession) -> None:
        self._asked = session.subscribe(self._dialect.topics)
        self._timer.set(PATIENCE, self._timed_out)

    def _timed_out(self) -> None:
        if self._session is not None:
            text = Message("No answer from the broker to the subscription within {0:g} s.", PATIENCE)
            self._session.abort(Failure(FailureKind.NETWORK, text))

    def answered(self, number: int, codes: list[int]) -> None:
        """Handle the broker's answer to the subscription: all of the topics have to be granted."""
        topics = self._dialect.topics
        if number != self._asked or self._session is None:
            return
        self._timer.cancel()
        granted = [code < REFUSAL for code in codes] + [False] * (len(topics) - len(codes))
        denied = [topic for topic, is_granted in zip(topics, granted, strict=False) if not is_granted]
        text = Message("The broker does not let this user read {0}.", ", ".join(denied)) if denied else ""
        if any(granted):
            self._reason = text or self._reason
            self._subscribed()
        else:
            self._probation.end()
            pause = self._reconnect.failed(Failure(FailureKind.LOGIN, text))
            self._status.update(state=ConnectionState.REFUSED, reason=text, subscribed=False)
            self._retry.set(pause, self._subscribe_again)

    def _subscribed(self) -> None:
        query = self._query
        self._status.up(
            reason=self._reason,
            subscribed=True,
            subscription=query,
            filter_place=FilterPlace.HERE if query else FilterPlace.NONE,
            filter_note=self._note,
            asked_here=(query,) if query else (),
        )

    def retry(self) -> None:
        """Subscribe now, where a subscription waits to be tried again."""
        if self._retry.cancel():
            self._subscribe_again()

    def _subscribe_again(self) -> None:
        if self._session is not None:
            self._subscribe(self._session)

    def after_turn(self, *, has_read_all: bool) -> None:
        """Pass on what has come."""
        del has_read_all
        self.deliveries.flush()

    def disconnected(self, reason: Failure | None) -> None:
        """Forget the session: the connection has ended."""
        del reason
        self.deliveries.flush()
        self._forget()
        self._probation.end()
        self._status.update(subscribed=False)

    def _forget(self) -> None:
        self._timer.cancel()
        self._retry.cancel()
        self._session = None
        self.deliveries.end()
