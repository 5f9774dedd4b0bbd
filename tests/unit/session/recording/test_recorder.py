"""The recorder's turns: standing by, leading, stepping down, stores that are away, and the end."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from clacks_monitor import captures
from clacks_monitor.core.bus import Delivery
from clacks_monitor.core.event import Event
from clacks_monitor.core.storage_errors import CaptureReadOnlyError, StoreUnreachableError, TermOverError
from clacks_monitor.session.recording.metrics import RecorderMetrics
from clacks_monitor.session.recording.recorder import StoreRecorder
from clacks_monitor.session.recording.sources import Arrival, ArrivalQueue
from clacks_monitor.session.recording.spool import Spool
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.core.store import EventStore


class Source:
    """A source whose connection notes what is asked of it."""

    def __init__(self) -> None:
        self.name = "office"
        self.subscribed = False
        self.newest_ns = 0
        self.calls: list[str] = []
        self.connection = SimpleNamespace(
            window=100, start=self._note("start"), attach=self._attach, detach=self._detach
        )

    def _note(self, text: str) -> Any:
        return lambda: self.calls.append(text)

    def _attach(self) -> None:
        self.subscribed = True
        self.calls.append("attach")

    def _detach(self) -> None:
        self.subscribed = False
        self.calls.append("detach")

    def accept(self, number: int) -> None:
        self.calls.append(f"accept {number}")

    def stop(self) -> list[Any]:
        self.calls.append("stop")
        return []


class Target:
    """A capture as target; ``answers`` are what lead() does first: raise, or return None."""

    id, leader = "0" * 32, ""

    def __init__(self, path: Path, answers: list[Exception | None]) -> None:
        self._path, self._answers = path, answers
        self.term = 0
        self.verifies: list[Exception | None] = []
        self.released = 0
        captures.create(path).close()

    def lead(self) -> EventStore | None:
        if self._answers:
            answer = self._answers.pop(0)
            if answer is not None:
                raise answer
            self.leader = "another"
            return None
        self.term += 1
        return captures.open_capture(self._path)

    def open_late(self) -> EventStore:
        return captures.open_capture(self._path)

    def verify(self) -> None:
        answer = self.verifies.pop(0) if self.verifies else None
        if answer is not None:
            raise answer

    def release(self) -> None:
        self.released += 1

    def bodies(self) -> list[bytes]:
        with captures.open_readonly(self._path) as store, store.reader() as reader:
            found = [entry for _sequence, entry in reader.entries(range(1, reader.last_sequence() + 1))]
        return [entry.raw.body for entry in found if isinstance(entry, Event)]


class Stage:
    """A recorder that is turned by hand."""

    def __init__(self, folder: Path, answers: list[Exception | None], *, spools: bool = False) -> None:
        self.target = Target(folder / "store.capture", answers)
        self.source = Source()
        self.arrivals = ArrivalQueue()
        self.spool = Spool(captures, folder / "spool", 10**9) if spools else None
        self.metrics = RecorderMetrics()
        self.texts: list[str] = []
        sources: Any = [self.source]
        self.recorder = StoreRecorder(
            self.target, sources, self.arrivals, self.spool, self.metrics, log=self.texts.append
        )

    def deliver(self, count: int, first: int, *, attachment: int = 1, repeated: bool = True) -> list[bytes]:
        """Let events arrive with the numbers from ``first`` on."""
        events = some_events(count, first)
        source: Any = self.source
        self.arrivals.put(
            [
                Arrival(source, Delivery(event.raw, number, attachment, repeated), event)
                for number, event in enumerate(events, first + 1)
            ]
        )
        return [event.raw.body for event in events]

    def turn(self, until: str) -> None:
        """Take turns until something is said."""
        while not any(until in text for text in self.texts):
            self.once()

    def close(self) -> None:
        """Close what the recorder has open."""
        self.recorder._close()

    def once(self) -> None:
        """Take one turn."""
        if self.recorder._leads:
            self.recorder._next_look = 0.0
            self.recorder._record(0.0)
        else:
            self.recorder._stand_by()


class Stager(Protocol):
    """Makes a recorder."""

    def __call__(self, answers: list[Exception | None], *, spools: bool = False) -> Stage: ...


@pytest.fixture
def staged(tmp_path: Path) -> Iterator[Stager]:
    """Recorders that are closed after the test."""
    with contextlib.ExitStack() as stack:

        def make(answers: list[Exception | None], *, spools: bool = False) -> Stage:
            return stack.enter_context(contextlib.closing(Stage(tmp_path, answers, spools=spools)))

        yield make


def test_it_stands_by_then_leads_and_accepts_what_is_committed(staged: Stager) -> None:
    stage = staged([None])
    stage.turn("Standing by: another leads.")
    assert stage.source.calls == []
    stage.turn("Leading, term 1.")
    sent = stage.deliver(5, 0)
    stage.once()
    assert stage.source.calls == ["attach", "accept 5"]
    assert stage.target.bodies() == sent
    stage.deliver(5, 0, attachment=2)
    stage.once()
    assert (stage.target.bodies(), stage.metrics.value("repeated_total")) == (sent, 5)


def test_what_the_filter_does_not_want_is_accepted_and_not_stored(staged: Stager) -> None:
    stage = staged([])
    stage.turn("Leading")
    (event,) = some_events(1)
    source: Any = stage.source
    stage.arrivals.put([Arrival(source, Delivery(event.raw, 7, 1, repeated=False), None)])
    stage.once()
    assert stage.source.calls == ["attach", "accept 7"]
    assert (stage.target.bodies(), stage.metrics.value("unwanted_total")) == ([], 1)


def test_it_steps_down_when_its_term_is_over_and_drops_what_is_delivered_again(staged: Stager) -> None:
    stage = staged([])
    stage.turn("Leading")
    stage.deliver(3, 0)
    stage.target.verifies.append(TermOverError("Another recorder leads now: b."))
    stage.once()
    stage.deliver(3, 3)
    stage.target._answers = [None]
    stage.turn("Another recorder leads now: b.")
    stage.turn("Standing by")
    assert stage.source.calls == ["attach", "accept 3", "detach"]
    assert stage.target.released == 1
    stage.turn("Leading, term 2.")
    assert len(stage.arrivals) == 0


def test_it_does_not_lead_before_the_last_attachment_has_ended(staged: Stager) -> None:
    stage = staged([])
    stage.source.subscribed = True
    stage.once()
    assert stage.target.term == 0
    stage.source.subscribed = False
    stage.once()
    assert stage.target.term == 1


def test_a_store_that_goes_away_is_spooled_for_and_filled_when_it_is_back(staged: Stager) -> None:
    stage = staged([], spools=True)
    stage.turn("Leading")
    gone = StoreUnreachableError("It cannot be reached.")
    stage.target.verifies.append(gone)
    stage.target._answers = [gone]
    stage.once()
    sent = stage.deliver(4, 0)
    stage.once()
    assert stage.source.calls == ["attach", "accept 4"]
    stage.turn("The store is back.")
    stage.turn("The spool is empty")
    assert stage.target.bodies() == sent
    assert "detach" not in stage.source.calls


def test_without_a_spool_the_events_stay_in_the_bus(staged: Stager) -> None:
    stage = staged([])
    stage.turn("Leading")
    stage.target.verifies.append(StoreUnreachableError("It cannot be reached."))
    stage.target._answers = [StoreUnreachableError("Nor now.")]
    stage.once()
    assert stage.source.calls == ["attach", "detach"]


def test_what_it_spooled_follows_when_another_one_leads(staged: Stager) -> None:
    stage = staged([None, None, None], spools=True)
    assert stage.spool is not None
    events = some_events(5)
    stage.spool.append(events)
    stage.once()
    assert stage.target.bodies() == [], "whether another one leads is not known yet"
    stage.once()
    assert stage.target.bodies() == [event.raw.body for event in events]


def test_a_store_that_never_worked_ends_it(staged: Stager) -> None:
    stage = staged([CaptureReadOnlyError("It is a standby.")])
    with pytest.raises(CaptureReadOnlyError):
        stage.recorder.run()
    assert stage.source.calls == ["start", "stop"]


def test_stop_stores_what_has_arrived(staged: Stager) -> None:
    stage = staged([])
    stage.turn("Leading")
    sent = stage.deliver(2_500, 0)
    stage.recorder.stop()
    stage.recorder.run()
    assert stage.target.bodies() == sent
    assert stage.source.calls == ["attach", "start", "accept 2000", "accept 2500", "stop"]


def test_a_new_leader_knows_what_the_last_one_stored(staged: Stager, tmp_path: Path) -> None:
    stage = staged([])
    with captures.open_capture(tmp_path / "store.capture") as store:
        events = [replace(event, raw=replace(event.raw, wall_ns=5)) for event in some_events(3)]
        store.append(events)
    stage.turn("Leading")
    stage.deliver(4, 0)
    stage.once()
    assert len(stage.target.bodies()) == 4
    assert stage.metrics.value("repeated_total") == 3
