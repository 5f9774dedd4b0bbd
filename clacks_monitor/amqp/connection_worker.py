"""The life of a connection: dial, open, subscribe, notice the loss, wait, dial again - and say what was missed.

Owner: Connection. Thread: the connection's.
"""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp import dialects, remote_properties, security
from clacks_monitor.amqp.connector import Approach, Arrival
from clacks_monitor.amqp.errors import NotConnected, NotPermitted
from clacks_monitor.amqp.failure import Failure, FailureKind
from clacks_monitor.amqp.gap_tracker import Blindness
from clacks_monitor.amqp.receiving import Inbox
from clacks_monitor.amqp.reconnect import Backoff, Reconnect
from clacks_monitor.amqp.rpc import RpcClient
from clacks_monitor.amqp.sending import Outgoing, Publisher
from clacks_monitor.amqp.subscription import Subscription, Wanted
from clacks_monitor.amqp.subscription_health import Advice, Reading, Watch
from clacks_monitor.amqp.transport import Wire, container_id, prepare
from clacks_monitor.core.connection import ConnectionSettings, ConnectionState, ConnectionStatus, DialectName
from clacks_monitor.core.event import Gap, GapCause, RawMessage
from clacks_monitor.core.messages import Message
from clacks_monitor.core.sending import SendOutcome, SendResult

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from clacks_monitor.amqp.clock import Clock
    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.receiving import Feed

READ_ONLY = Message("This connection is read-only: nothing is sent over it.")
FLAPPING: Final = 2
"""After so many connections that did not last, the next gap is held back: it grows instead of becoming many."""
CLOSED = Message("The connection was closed.")


class Line:
    """Everything of a connection that lives on its thread."""

    def __init__(  # noqa: PLR0913 - what Connection was given, handed through
        self,
        loop: Loop,
        settings: ConnectionSettings,
        clock: Clock,
        backoff: Backoff,
        *,
        password: Callable[[], str | None],
        receive: Callable[[list[RawMessage]], None] | None,
        status: Callable[[ConnectionStatus], None],
        gap: Callable[[Gap], None],
        sent: Callable[[list[SendResult]], None],
    ) -> None:
        self._loop, self._settings, self._clock, self._password, self._notify = loop, settings, clock, password, status
        self._receives = receive is not None
        self._receive = receive
        self._inbox = Inbox(settings.name, clock, self._deliver)
        self._blind = Blindness(settings.name, clock, gap)
        self._publisher = Publisher(loop, clock, sent)
        self._rpc = RpcClient(loop, f"{settings.domain}.command.core")
        self._reconnect = Reconnect(settings.hosts, backoff)
        self._proven_s = backoff.proven
        self._proof: Timer | None = None
        self._container = container_id(settings)
        self._links = itertools.count(1)
        self._wanted = Wanted()
        self._approach: Approach | None = None
        self._wire: Wire | None = None
        self._subscription: Subscription | None = None
        self._watch: Watch | None = None
        self._shed_since = 0
        self._exchange_seen_ns = self._queue_seen_ns = 0
        self._timer: Timer | None = None
        self._short_lived = 0
        self._closing = False
        self._never_failed = True
        self._status = ConnectionStatus(settings.id, settings.name, ConnectionState.CONNECTING, clock.wall_ns())

    # What Connection asks for

    def start(self) -> None:
        """Connect."""
        self._dial()

    def close(self) -> None:
        """Say goodbye to the broker, then end the loop."""
        if self._closing:
            return
        self._closing = True
        if self._timer is not None:
            self._timer.cancel()
        if self._approach is not None:
            self._approach.cancel()
        if self._wire is not None and self._wire.is_open:
            self._wire.close()
        elif self._wire is not None:
            self._wire.abort(None)
        else:
            self._closed()

    def want(self, wanted: Wanted) -> None:
        """Have another subscription filter."""
        self._wanted = wanted
        if self._subscription is not None:
            self._subscription.want(wanted)

    def send(self, outgoing: Outgoing) -> None:
        """Send an event, or say why not."""
        if self._settings.read_only:
            self._publisher.refuse(outgoing, SendOutcome.NOT_PERMITTED, READ_ONLY)
        elif self._is_down:
            self._publisher.refuse(outgoing, SendOutcome.NOT_CONNECTED, self._down_words())
        else:
            self._publisher.put(outgoing)

    def ask(
        self, method: str, params: list[object] | dict[str, object], timeout: float, future: Future[object]
    ) -> None:
        """Call a method of the agent."""
        if self._settings.read_only:
            future.set_exception(NotPermitted(READ_ONLY))
        elif self._is_down:
            future.set_exception(NotConnected(self._down_words()))
        elif self._status.dialect is DialectName.RABBITMQ:
            future.set_exception(NotConnected(Message("There is no agent on RabbitMQ that could be called.")))
        else:
            self._rpc.ask(method, params, timeout, future)

    def after_turn(self) -> None:
        """Finish a turn of the loop: output, batches, outcomes."""
        self._blind.look_for_sleep()
        self._publisher.flush()
        if self._subscription is not None:
            self._subscription.after_turn()
        if self._wire is not None:
            self._wire.work()
        self._inbox.flush()
        self._publisher.flush()

    @property
    def _is_down(self) -> bool:
        return self._wire is None and not (self._never_failed and not self._closing)

    def _down_words(self) -> str:
        return self._status.reason or Message("There is no connection to the broker.")

    # Dialling

    def _dial(self) -> None:
        self._timer = None
        host, port = self._reconnect.host
        self._say(state=ConnectionState.CONNECTING, host=f"{host}:{port}", retry_ns=0, attempt=self._status.attempt + 1)
        secret = self._password() if self._settings.user else None
        allowed = security.mechanisms(self._settings, secret)
        if isinstance(allowed, str):
            self._failed(Failure(FailureKind.LOGIN, allowed))
            return
        self._approach = Approach(
            self._loop, self._settings, (host, port), allowed, lambda result: self._arrived(result, secret)
        )

    def _arrived(self, result: Arrival | Failure, secret: str | None) -> None:
        self._approach = None
        if isinstance(result, Failure):
            self._failed(result)
            return
        self._timer = self._loop.later(self._settings.connect_timeout_s, self._open_timed_out)
        host = self._reconnect.host[0]
        self._wire = wire = Wire(self._loop, self._clock, host, self)
        prepare(wire, self._settings, host, secret, result.mechanisms, self._container)
        wire.start(result.socket, result.heard)

    def _open_timed_out(self) -> None:
        self._timer = None
        if self._wire is not None:
            words = Message(
                "{0} took the connection but did not open it (no AMQP 1.0, or another TLS setting?).", self._status.host
            )
            self._wire.abort(Failure(FailureKind.NETWORK, words))

    # What the wire tells

    def opened(self) -> None:
        """Go on: the broker has opened the connection."""
        wire = self._wire
        if wire is None:
            return
        if self._timer is not None:
            self._timer.cancel()
        properties = remote_properties.properties(wire.engine)
        dialect = dialects.choose(self._settings, properties)
        self._say(product=dialects.product_of(properties), dialect=dialect.name)
        if not self._settings.read_only:
            self._publisher.connected(wire, dialect, self._link_name)
            if dialect.carries_agent:
                self._rpc.connected(wire, self._link_name)
        if self._receives:
            self._subscription = Subscription(self._loop, wire, dialect, self._link_name, self)
            self._subscription.want(self._wanted)
            may_send = not self._settings.read_only
            self._watch = Watch(self._loop, wire, dialect, self._link_name, self, may_send=may_send)
        else:
            self._working()

    def ended(self, reason: Failure | None) -> None:
        """Clean up, and dial again unless it was meant: the socket is closed."""
        wire, self._wire = self._wire, None
        self._unproven()
        if self._timer is not None:
            self._timer.cancel()
        if self._subscription is not None:
            self._end_shedding()
            self._subscription.end()
            self._subscription = None
        if self._watch is not None:
            self._watch.end()
            self._watch = None
        if wire is not None and self._status.subscribed and reason is not None:
            since, cause = max(wire.last_input_ns, self._inbox.last_ns), GapCause.CONNECTION_LOST
            if reason.kind is FailureKind.NOT_FOUND:
                # Some brokers answer the question for an exchange that is gone by ending everything.
                since, cause = self._exchange_seen_ns, GapCause.EXCHANGE_DELETED
            self._blind.begin(since, cause, reason.words)
        if self._closing or reason is None:
            self._closed()
        else:
            self._failed(reason)

    def _failed(self, reason: Failure) -> None:
        pause = self._reconnect.failed(reason)
        self._never_failed = False
        self._publisher.disconnected(reason.words)
        self._rpc.disconnected(reason.words)
        refused = reason.lasting or reason.kind in {FailureKind.NOT_FOUND, FailureKind.FILTER}
        state = ConnectionState.REFUSED if refused else ConnectionState.LOST
        retry_ns = self._clock.wall_ns() + int(pause * 1e9)
        self._say(state=state, reason=reason.words, retry_ns=retry_ns, subscribed=False, queue_depth=-1.0)
        self._timer = self._loop.later(pause, self._dial)

    def _closed(self) -> None:
        self._publisher.disconnected(CLOSED)
        self._rpc.disconnected(CLOSED)
        self._after_close()

    def _after_close(self) -> None:
        self._inbox.flush()
        self._publisher.flush()
        self._blind.end()
        self._say(state=ConnectionState.CLOSED, reason="", retry_ns=0, subscribed=False, queue_depth=-1.0)
        self._loop.stop()

    # What the subscription tells

    def message(self, message: AmqpMessage) -> None:
        """Take a message."""
        self._inbox.put(message)

    def _deliver(self, batch: list[RawMessage]) -> None:
        """Hand events on, and before them the gap that they end."""
        self._blind.settle()
        if self._receive is not None:
            self._receive(batch)

    def subscribed(self) -> None:
        """Events arrive."""
        self._inbox.flush()
        if self._short_lived >= FLAPPING:
            self._blind.hold()
        else:
            self._blind.end()
        feed = self._subscription.active if self._subscription is not None else None
        if self._watch is not None and feed is not None:
            self._watch.follow(feed.name)
            self._exchange_seen_ns = self._queue_seen_ns = self._clock.wall_ns()
        self._working()

    def _working(self) -> None:
        if self._proof is None:
            self._proof = self._loop.later(self._proven_s, self._has_lasted)
        self._never_failed = False
        now = self._subscription
        query, place, note, here = (
            (now.query, now.place, now.note, now.asked_here)
            if now is not None
            else ("", self._status.filter_place, "", ())
        )
        self._say(
            state=ConnectionState.CONNECTED,
            reason="",
            retry_ns=0,
            attempt=0,
            subscribed=now is not None,
            subscription=query,
            filter_place=place,
            filter_note=note,
            asked_here=here,
        )

    def _has_lasted(self) -> None:
        self._short_lived = 0
        self._reconnect.lasted()
        self._blind.settle()

    def _unproven(self) -> None:
        """Take note that the connection or its subscription has ended, perhaps before it had lasted."""
        if self._proof is not None:
            self._short_lived += not self._reconnect.proven
            self._proof.cancel()
            self._proof = None

    def settled(self) -> None:
        """Ask here from now on what the new filter alone asks."""
        if self._subscription is not None:
            self._say(asked_here=self._subscription.asked_here)

    def refused(self, reason: Failure) -> None:
        """Say that the broker did not take the subscription."""
        if self._subscription is not None and self._subscription.active is not None:
            self._say(reason=Message("The new filter is not in force: {0}", reason.words))
            return
        self._no_subscription(reason)

    def interrupted(self, reason: Failure) -> None:
        """Nothing arrives any more, although the connection lives."""
        cause = GapCause.EXCHANGE_DELETED if reason.kind is FailureKind.NOT_FOUND else GapCause.CONNECTION_LOST
        self._blind.begin(self._clock.wall_ns(), cause, reason.words)
        self._no_subscription(reason)

    def _no_subscription(self, reason: Failure) -> None:
        """Say so; try again by itself, but for a filter that the broker will never take."""
        self._unproven()
        retry_ns = 0
        if reason.kind is not FailureKind.FILTER:
            pause = self._reconnect.failed(reason)
            retry_ns = self._clock.wall_ns() + int(pause * 1e9)
            self._timer = self._loop.later(pause, self._subscribe_again)
        self._never_failed = False
        self._say(state=ConnectionState.REFUSED, reason=reason.words, retry_ns=retry_ns, subscribed=False)

    def _subscribe_again(self) -> None:
        self._timer = None
        if self._subscription is not None and self._subscription.active is None:
            self._subscription.want(self._wanted)

    def unclean_change(self, detail: str) -> None:
        """Say that a change of filter may have left something out."""
        self._blind.report(self._clock.wall_ns(), GapCause.FILTER_CHANGED, detail)

    # What the watch tells

    def queue_read(self, reading: Reading) -> None:
        """Say what the queue lost, and relieve it before it holds publishers up."""
        since, self._queue_seen_ns = self._queue_seen_ns, self._clock.wall_ns()
        if reading.lost:
            words = Message("The own queue in the broker was full and dropped its oldest events.")
            self._blind.report(since, GapCause.QUEUE_OVERFLOW, words, reading.lost)
        self._say(queue_depth=round(reading.depth, 2))
        feed = self._subscription.active if self._subscription is not None else None
        if reading.unbound:
            self.exchange_gone(Failure(FailureKind.NOT_FOUND, Message("{0} has been deleted.", self._settings.domain)))
        elif reading.advice is Advice.TAKE_ALL:
            self._end_shedding()
        elif feed is not None and reading.advice is not Advice.NOTHING:
            self._shed(feed, reading)

    def _shed(self, feed: Feed, reading: Reading) -> None:
        if not feed.shed:
            feed.shed = True
            self._shed_since = self._clock.wall_ns()
        if self._watch is not None:
            self._watch.figures.shedding = True
        if reading.advice is Advice.RENEW and self._subscription is not None:
            feed.shed_count += reading.messages
            self._end_shedding()
            self._subscription.renew()

    def _end_shedding(self) -> None:
        """Take events again, and say how many were not taken."""
        feed = self._subscription.active if self._subscription is not None else None
        if self._watch is not None:
            self._watch.figures.shedding = False
        if feed is not None and feed.shed:
            feed.shed = False
            words = Message(
                "The own queue in the broker filled up; events were dropped so that it holds no publisher up."
            )
            self._blind.report(self._shed_since, GapCause.SHED, words, feed.shed_count)
            feed.shed_count = 0

    def exchange_there(self) -> None:
        """Remember that the exchange was there."""
        self._exchange_seen_ns = self._clock.wall_ns()

    def exchange_gone(self, reason: Failure) -> None:
        """Subscribe anew as soon as the exchange is back: the link would stay silent for ever, and say nothing."""
        if self._subscription is not None and self._subscription.active is not None:
            self._blind.begin(self._exchange_seen_ns, GapCause.EXCHANGE_DELETED, reason.words)
            self._subscription.let_go()
            self._no_subscription(reason)

    def _link_name(self) -> str:
        return f"{self._container}/{next(self._links)}"

    def _say(self, **changes: object) -> None:
        """Publish the status if it has changed."""
        new = replace(self._status, **changes)  # type: ignore[arg-type] # the names are this class's own
        if new == self._status:
            return
        self._status = replace(new, since_ns=self._clock.wall_ns()) if new.state is not self._status.state else new
        self._inbox.flush()
        self._notify(self._status)
