"""What a connection receives: the subscription to topics, the filter that is evaluated here, and the gaps.

Owner: ``MqttWorker``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.connection import ConnectionState, FilterPlace
from clacks_monitor.core.event import GapCause
from clacks_monitor.core.messages import Message
from clacks_monitor.core.peer import DistributionMode, LinkFacts
from clacks_monitor.mqtt.failure import REFUSAL
from clacks_monitor.mqtt.repetitions import Repetitions
from clacks_monitor.networking.failure import Failure, FailureKind
from clacks_monitor.networking.gap_tracker import CurrentInput
from clacks_monitor.networking.loop import OneTimer
from clacks_monitor.networking.round_trips import RoundTrips

if TYPE_CHECKING:
    from clacks_monitor.mqtt.arrivals import Arrivals
    from clacks_monitor.mqtt.broker_session import BrokerSession
    from clacks_monitor.mqtt.dialects import MqttDialect
    from clacks_monitor.mqtt.publication import Publication
    from clacks_monitor.networking.batch import Batch
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.gap_tracker import GapTracker
    from clacks_monitor.networking.loop import Loop
    from clacks_monitor.networking.reconnect import Probation, Reconnect
    from clacks_monitor.networking.status import StatusReporter

PATIENCE: Final = 10.0
"""Seconds that a broker has to answer a subscription."""
WINDOW: Final = 65_535
"""Messages that a broker may send without an answer; MQTT's own limit."""

VERSION_TOPIC: Final = "$SYS/broker/version"
"""Where mosquitto says what it is."""

NOT_HERE: Final = Message("MQTT brokers do not evaluate filters.")
_BRIDGED: Final = Message(
    "The broker kept the session: what was sent with QoS 1 or 2 meanwhile was delivered afterwards, up to its limit "
    "(max_queued_messages; mosquitto's is 1,000 unless set), beyond which it drops without a word. What was sent with "
    "QoS 0 is lost."
)
_NEW_SESSION: Final = Message("The broker had not kept the session: everything that was sent meanwhile is lost.")


class TopicReception:
    """Keeps the connection subscribed while it is open; ``round_trips`` are those of subscriptions."""

    def __init__(
        self,
        loop: Loop,
        clock: Clock,
        *,
        arrivals: Arrivals,
        batch: Batch,
        gaps: GapTracker,
        status: StatusReporter,
        reconnect: Reconnect,
        probation: Probation,
    ) -> None:
        self._clock = clock
        self._arrivals, self._batch, self._gaps, self._status = arrivals, batch, gaps, status
        self._reconnect, self._probation = reconnect, probation
        self.round_trips = RoundTrips(clock)
        self._repetitions = Repetitions()
        self._input = CurrentInput(clock)
        self._query = self._filter_note = ""
        self._session: BrokerSession | None = None
        self._asked: dict[int, tuple[str, ...]] = {}
        self._granted: dict[str, bool] = {}
        self._resumed = False
        self._timer, self._retry = OneTimer(loop), OneTimer(loop)

    @property
    def links(self) -> tuple[LinkFacts, ...]:
        """The subscriptions, as the broker has granted them."""
        return tuple(
            LinkFacts(
                topic,
                receives=True,
                attached=self._granted.get(topic, False),
                address=topic if self._granted.get(topic) else "",
                credit=WINDOW if self._granted.get(topic) else 0,
                distribution=DistributionMode.COPY if self._granted.get(topic) else DistributionMode.UNSPECIFIED,
            )
            for topic in (self._arrivals.dialect.topics if self._session is not None else ())
        )

    def use(self, dialect: MqttDialect) -> None:
        """Use this dialect and its topics from the next connection on."""
        self._arrivals.dialect = dialect

    def want(self, query: str, why_here: str = "") -> None:
        """Change the filter, which is evaluated on arrival."""
        self._query, self._filter_note = query, (why_here or NOT_HERE) if query else ""
        if self._status.current.subscribed:
            self._status.update(**self._applied())

    def connected(self, session: BrokerSession, *, resumed: bool) -> None:
        """Subscribe over this session, unless the broker still knows what to send."""
        self._session, self._resumed = session, resumed
        self._asked.clear()
        if not resumed:
            self._repetitions.forget()
        left = tuple(topic for topic in self._granted if topic not in self._arrivals.dialect.topics)
        if resumed and left:
            session.unsubscribe(left)
        if resumed and all(self._granted.get(topic) for topic in self._arrivals.dialect.topics):
            self._subscribed()
            return
        self._granted.clear()
        self._subscribe()

    def _subscribe(self) -> None:
        session = self._session
        if session is None:
            return
        if self._arrivals.dialect.asks_version:
            session.subscribe((VERSION_TOPIC,))
        number = session.subscribe(self._arrivals.dialect.topics)
        self._asked[number] = self._arrivals.dialect.topics
        self.round_trips.began(number)
        self._timer.set(PATIENCE, self._timed_out)

    def _timed_out(self) -> None:
        if self._session is not None:
            text = Message("No answer from the broker to the subscription within {0:g} s.", PATIENCE)
            self._session.abort(Failure(FailureKind.NETWORK, text))

    def answered(self, number: int, codes: list[int]) -> None:
        """Handle the broker's answer to a subscription."""
        topics = self._asked.pop(number, None)
        if topics is None:
            return
        self.round_trips.ended(number)
        self._timer.cancel()
        granted = [code < REFUSAL for code in codes] + [False] * (len(topics) - len(codes))
        self._granted = dict(zip(topics, granted, strict=False))
        if any(granted):
            self._subscribed()
        else:
            refused = Message("The broker does not let this user read {0}.", ", ".join(topics))
            self._subscribe_later(Failure(FailureKind.LOGIN, refused))

    def arrived(self, message: Publication) -> None:
        """Add a message to the batch, unless it had arrived already."""
        if not (message.number and self._repetitions.repeats(message)):
            self._batch.add(self._arrivals.raw(message))

    def after_turn(self, *, has_read_all: bool) -> None:
        """Note at the end of a turn of the loop whether all was read that had come."""
        if has_read_all and self._status.current.subscribed:
            self._input.note()

    def disconnected(self, reason: Failure | None) -> None:
        """Give up the subscription: the connection has ended.

        A gap begins when the input was current for the last time.
        """
        self._session = None
        self._asked.clear()
        self._timer.cancel()
        self._retry.cancel()
        self._probation.end()
        if self._status.current.subscribed and reason is not None:
            since = max(self._input.until_ns(), self._arrivals.last_ns)
            self._gaps.begin(since, GapCause.CONNECTION_LOST, reason.message)

    def retry(self) -> None:
        """Subscribe now, where a subscription waits to be tried again."""
        if self._retry.cancel():
            self._subscribe()

    def _subscribed(self) -> None:
        self._batch.flush()
        self._gaps.explain(_BRIDGED if self._resumed else _NEW_SESSION)
        if self._probation.flapping:
            self._gaps.hold()
        else:
            self._gaps.end()
        if not self._status.current.subscribed:
            self._input.begin()
        self._probation.begin()
        denied = [topic for topic in self._arrivals.dialect.topics if not self._granted.get(topic)]
        notice = Message("The broker does not let this user read {0}.", ", ".join(denied)) if denied else ""
        self._status.up(reason=notice, subscribed=True, **self._applied())

    def _applied(self) -> dict[str, object]:
        place = FilterPlace.HERE if self._query else FilterPlace.NONE
        asked = (self._query,) if self._query else ()
        return {
            "subscription": self._query,
            "filter_place": place,
            "filter_note": self._filter_note,
            "asked_here": asked,
        }

    def _subscribe_later(self, reason: Failure) -> None:
        self._probation.end()
        pause = self._reconnect.failed(reason)
        self._retry.set(pause, self._subscribe)
        retry_ns = self._clock.wall_ns() + int(pause * 1e9)
        self._status.update(state=ConnectionState.REFUSED, reason=reason.message, retry_ns=retry_ns, subscribed=False)
