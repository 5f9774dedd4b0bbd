"""The subscription filter: evaluated by the broker if possible, else on arrival, before anything is stored.

``Subscriber`` decides where, for the window, the command line and the Python API. An event on which the query raises an
error is kept, because no result is known for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from typing_extensions import override

from clacks_monitor.core.bus import BusListener
from clacks_monitor.core.connection import ConnectionState, same_peer, with_source
from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import Message
from clacks_monitor.core.portable_query import NOT_PORTABLE, PortableQuery
from clacks_monitor.session.view.compiled_queries import compiled
from clacks_monitor.xquery import Guard, MatchOutcome, Query, QuerySet

if TYPE_CHECKING:
    from collections.abc import Callable
    from threading import Thread

    from clacks_monitor.core.bus import BusDriver
    from clacks_monitor.core.connection import ConnectionSettings, ConnectionStatus
    from clacks_monitor.core.event import Gap, RawMessage
    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.core.sending import SendResult

GOODBYE_S = 1.0
KEPT = 8
"""How many compiled queries are kept: those in force, those requested, and earlier ones."""


class ArrivalFilter:
    """Passes on what matches one of the queries that a connection's status asks for, and everything if it asks none.

    prepare() and stop() may be called by any thread; the rest belongs to the connection's.
    """

    def __init__(self, receive: Callable[[list[RawMessage]], None]) -> None:
        self._receive = receive
        self._compiled: dict[str, Query] = {}
        self._asked: tuple[Query, ...] = ()
        self._guard = Guard()
        self._stopped = False
        self._queries: QuerySet | None = None

    def prepare(self, text: str) -> str:
        """Compile a query and keep it; returns why the broker cannot be given it, "" when it can.

        Raises QueryError. Asking for everything needs no query.
        """
        if not text.strip():
            return ""
        query = compiled(text)
        kept = list(self._compiled.items())[-KEPT + 1 :]
        self._compiled = {**dict(kept), text: query}
        refusal = query.broker_would_refuse
        return "" if refusal is None else Message("The broker would reject the filter: {0}.", refusal.reason)

    def portable(self, text: str) -> PortableQuery:
        """Return a prepared query in the languages of brokers, as far as it has such forms."""
        query = self._compiled.get(text)
        return NOT_PORTABLE if query is None else query.portable

    def follow(self, status: ConnectionStatus) -> None:
        """Evaluate the queries that this status has for evaluation on arrival."""
        asked = tuple(self._compiled[text] for text in status.asked_here if text in self._compiled)
        if asked != self._asked:
            self._asked, self._queries = asked, None

    def __call__(self, raws: list[RawMessage]) -> None:
        """Pass on the messages that match."""
        self._receive(self._wanted(raws) if self._asked else raws)

    def _wanted(self, raws: list[RawMessage]) -> list[RawMessage]:
        if self._queries is None:
            self._queries = QuerySet(self._asked, guard=self._guard)
        answers = self._queries.evaluate_many([(raw.body, raw.properties) for raw in raws])
        kept = {MatchOutcome.MATCH} if self._stopped else {MatchOutcome.MATCH, MatchOutcome.ERROR}
        return [
            raw for raw, found in zip(raws, answers, strict=True) if any(result.outcome in kept for result in found)
        ]

    def stop(self) -> None:
        """Kill the process that evaluates expensive queries; undecided messages are not passed on. Any thread."""
        self._stopped = True
        self._guard.kill()

    def close(self) -> None:
        """Release the process; called on the connection's thread, at its end."""
        self._guard.close()


class Subscriber(BusListener):
    """A connection and the filter on its arrivals. ``connection`` may be used for everything but subscribing.

    ``listener`` gets what passes the filter, and everything else that the connection reports, on its thread. Raises
    QueryError for the settings' subscription.
    """

    def __init__(
        self,
        driver: BusDriver,
        settings: ConnectionSettings,
        listener: BusListener,
        *,
        password: Callable[[], str | None],
    ) -> None:
        self._listener = listener
        self._filter = ArrivalFilter(listener.on_messages)
        why_here = self._filter.prepare(settings.subscription)
        self.connection = driver.connect(settings, self, password=password)
        self._ask(settings.subscription, why_here)

    def subscribe(self, text: str) -> None:
        """Change the filter without a gap; "" asks for every event. Raises QueryError."""
        self._ask(text, self._filter.prepare(text))

    def move(self, settings: ConnectionSettings) -> None:
        """Let a changed source take effect now, where the broker and the user are the same as before."""
        now = self.connection.settings
        if with_source(now, settings) != now and same_peer(now, settings) and self.connection.capabilities.moves:
            self.connection.move(settings)

    def _ask(self, text: str, why_here: str) -> None:
        if text.strip() and not self.connection.capabilities.filters:
            why_here = why_here or Message("This kind of bus does not filter by XQuery.")
        self.connection.subscribe(
            text,
            why_here=why_here,
            can_be_here=True,
            portable=self._filter.portable(text),
        )

    def start(self) -> None:
        """Connect."""
        self.connection.start()

    def stop(self) -> list[Thread]:
        """Disconnect, also while a query is evaluated; return the threads that have not ended yet."""
        self._filter.stop()
        return self.connection.stop()

    def close(self) -> None:
        """Disconnect, and wait at most GOODBYE_S seconds for that."""
        wait_for(self.stop(), GOODBYE_S)

    @override
    def on_messages(self, messages: list[RawMessage]) -> None:
        self._filter(messages)

    @override
    def on_status(self, status: ConnectionStatus) -> None:
        self._filter.follow(status)
        self._listener.on_status(status)
        if status.state is ConnectionState.CLOSED:
            self._filter.close()

    @override
    def on_gap(self, gap: Gap) -> None:
        self._listener.on_gap(gap)

    @override
    def on_results(self, results: list[SendResult]) -> None:
        self._listener.on_results(results)

    @override
    def on_peer(self, facts: PeerFacts) -> None:
        self._listener.on_peer(facts)
