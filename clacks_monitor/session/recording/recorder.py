"""The recorder: stands by until it leads, then stores what the buses deliver, and accepts it when it is committed.

Thread: main, except stop(), and an attempt to lead while events go into the spool.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.messages import counted
from clacks_monitor.core.storage_errors import CaptureReadOnlyError, StorageError, StoreRefusedError, TermOverError
from clacks_monitor.session.recording.deduplication import Deduplicator
from clacks_monitor.session.recording.sink import EntrySink

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import Event
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.recording.metrics import RecorderMetrics
    from clacks_monitor.session.recording.sources import Arrival, ArrivalQueue, RecordedSource
    from clacks_monitor.session.recording.spool import Spool
    from clacks_monitor.session.recording.target import RecordingTarget

POLL_S = 0.25
"""Seconds between two attempts to lead, and at most between two looks at everything else."""
VERIFY_S = 1.0
AWAY_S = 1.0
"""Seconds between two attempts to reach a store that is away."""
GOODBYE_S = 5.0


class StoreRecorder:
    """Records ``sources`` into ``target``. ``log`` gets what happens, as text; ``beat`` is called again and again."""

    def __init__(
        self,
        target: RecordingTarget,
        sources: Sequence[RecordedSource],
        arrivals: ArrivalQueue,
        spool: Spool | None,
        metrics: RecorderMetrics,
        *,
        log: Callable[[str], None],
        beat: Callable[[str], None] = lambda _state: None,
    ) -> None:
        self._target, self._sources, self._arrivals, self._spool = target, sources, arrivals, spool
        self._metrics, self._log, self._beat = metrics, log, beat
        self._sink = EntrySink(spool, self._lead_again, metrics, log)
        self._known = Deduplicator({source.name: source.connection.window for source in sources})
        self._leads = False
        self._said = ""
        self._next_look = 0.0
        self._attempt: LeadAttempt | None = None
        self._stopping = threading.Event()

    def stop(self) -> None:
        """Have run() end, when all that has arrived is stored and accepted. Any thread."""
        self._stopping.set()
        self._arrivals.wake()

    def run(self) -> None:
        """Record until stop()."""
        for source in self._sources:
            source.connection.start()
        try:
            while not self._stopping.is_set():
                self._beat(self._state())
                if self._leads:
                    self._record(POLL_S)
                else:
                    self._stand_by()
            self._drain()
        finally:
            self._close()

    def _state(self) -> str:
        if not self._leads:
            return f"standing by; {self._target.leader or 'another recorder'} leads"
        if self._sink.store is None:
            return "recording into the spool: the store is away"
        return f"recording; {counted(int(self._metrics.value('events_total')), 'event')} so far"

    # Standing by

    def _stand_by(self) -> None:
        try:
            self._pour_late()
            # What an earlier attachment still delivers must not be taken for this one's.
            if not any(source.subscribed for source in self._sources):
                if (store := self._target.lead()) is not None:
                    self._begin(store)
                    return
                self._log_once(f"Standing by: {self._target.leader or 'another recorder'} leads.")
        except StorageError as error:
            if not self._said and isinstance(error, CaptureReadOnlyError | StoreRefusedError):
                raise  # it has never worked: something has to be changed
            self._log_once(str(error))
            self._stopping.wait(AWAY_S)
        self._stopping.wait(POLL_S)

    def _pour_late(self) -> None:
        """Store what is left of a time in which this recorder led and the store was away: another one leads now."""
        if self._spool is None or self._spool.is_empty() or not self._target.leader:
            return
        self._sink.use(self._target.open_late())
        while self._sink.pour() and not self._stopping.is_set():
            self._beat("pouring the spool into the store")
        self._sink.use(None)

    def _begin(self, store: EventStore) -> None:
        """Lead: read what was recorded last, then attach to the buses."""
        self._sink.use(store)
        self._known.forget()
        with store.reader() as reader:
            last = reader.last_sequence()
            newest = range(max(1, last - self._known.depth + 1), last + 1)
            self._known.remember(entry for _sequence, entry in reader.entries(newest))
        if self._spool is not None:
            self._known.remember(self._spool.newest(self._known.depth))
        self._arrivals.clear()
        self._leads = True
        self._next_look = time.monotonic() + VERIFY_S
        self._metrics.add(takeovers_total=1)
        for source in self._sources:
            source.connection.attach()
        self._log_once(f"Leading, term {self._target.term}.")

    def _log_once(self, text: str) -> None:
        if text != self._said:
            self._said = text
            self._log(text)

    # Leading

    def _record(self, timeout_s: float) -> None:
        """Do one turn of what a leader does."""
        try:
            self._store(self._arrivals.receive(0.0 if self._sink.waits else timeout_s))
            if self._sink.store is None:
                self._come_back()
            elif time.monotonic() >= self._next_look:
                self._next_look = time.monotonic() + VERIFY_S
                self._verify()
            self._sink.pour()
        except StorageError as error:
            # Another recorder leads, or could: it may reach the store.
            self._step_down(str(error))
        self._metrics.set(
            leading=self._leads,
            term=self._target.term,
            store_away=self._leads and self._sink.store is None,
            queued_events=len(self._arrivals),
        )
        set_gauges(self._metrics, self._spool, self._sources, waits=bool(len(self._arrivals)))

    def _store(self, arrivals: list[Arrival]) -> None:
        if not arrivals:
            return
        events: list[Event] = []
        numbers: dict[RecordedSource, int] = {}
        for arrival in arrivals:
            delivery = arrival.delivery
            numbers[arrival.source] = delivery.number
            if arrival.event is None:
                self._metrics.add(unwanted_total=1)
            elif self._known.is_repeated(delivery.raw, delivery.attachment, may_be=delivery.repeated):
                self._metrics.add(repeated_total=1)
            else:
                events.append(arrival.event)
        if events:
            self._sink.put(events)
        for source, number in numbers.items():
            source.accept(number)

    def _verify(self) -> None:
        try:
            self._target.verify()
        except TermOverError:
            raise
        except StorageError as error:
            self._log_once(str(error))
            self._sink.use(None)
            if self._spool is None:
                self._sink.use(self._lead_again())

    def _come_back(self) -> None:
        """Lead again as soon as the store is back; step down if another recorder leads by then."""
        if self._attempt is None:
            self._attempt = LeadAttempt(self._target)
        if not self._attempt.done:
            if self._sink.waits:
                self._stopping.wait(0.01)
            return
        attempt, self._attempt = self._attempt, None
        if attempt.error is not None:
            self._log_once(str(attempt.error))
            self._attempt = LeadAttempt(self._target, AWAY_S)
        elif attempt.store is None:
            raise TermOverError(f"Another recorder leads now: {self._target.leader}.")
        else:
            self._sink.use(attempt.store)
            self._log_once(f"The store is back. Leading, term {self._target.term}.")

    def _lead_again(self) -> EventStore:
        """Lead over a new connection; raise TermOverError where another recorder leads by now."""
        self._target.release()
        store = self._target.lead()
        if store is None:
            raise TermOverError(f"Another recorder leads now: {self._target.leader}.")
        return store

    def _step_down(self, why: str) -> None:
        self._leads = False
        for source in self._sources:
            source.connection.detach()
        self._arrivals.clear()
        self._sink.use(None)
        self._target.release()
        self._log_once(why)

    # Ending

    def _drain(self) -> None:
        """Store and accept what has arrived; what the broker sends meanwhile stays in its queue."""
        if self._leads:
            self._beat("stopping")
            pending = len(self._arrivals)
            while pending > 0 and self._leads:
                before = len(self._arrivals)
                self._record(0.0)
                pending -= max(1, before - len(self._arrivals))

    def _close(self) -> None:
        wait_for([thread for source in self._sources for thread in source.stop()], GOODBYE_S)
        if self._attempt is not None:
            self._attempt.abandon()
        self._sink.use(None)
        self._target.release()
        if self._spool is not None:
            self._spool.close()


def set_gauges(
    metrics: RecorderMetrics, spool: Spool | None, sources: Sequence[RecordedSource], *, waits: bool
) -> None:
    """Set what is known of the spool and the sources; ``waits`` is whether events wait to be stored."""
    if spool is not None:
        metrics.set(spool_entries=spool.entries, spool_bytes=spool.size(), lost_total=spool.losses.in_all)
    now = time.time_ns()
    for source in sources:
        lag_s = max(0.0, (now - source.newest_ns) / 1e9) if waits and source.newest_ns else 0.0
        metrics.see_source(source.name, attached=source.subscribed, lag_s=lag_s)


class LeadAttempt:
    """An attempt to lead on a thread of its own: connecting to a host that is gone takes seconds."""

    def __init__(self, target: RecordingTarget, pause_s: float = 0.0) -> None:
        self._target, self._pause_s = target, pause_s
        self.store: EventStore | None = None
        self.error: StorageError | None = None
        self._abandoned = threading.Event()
        self._thread = threading.Thread(target=self._run, name="attempt to lead", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether ``store`` and ``error`` are final."""
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._abandoned.wait(self._pause_s):
            return
        try:
            self.store = self._target.lead()
        except StorageError as error:
            self.error = error

    def abandon(self) -> None:
        """Give back what the attempt gets, or may have got."""
        self._abandoned.set()
        wait_for([self._thread], GOODBYE_S)
        if self.store is not None:
            self.store.close()
