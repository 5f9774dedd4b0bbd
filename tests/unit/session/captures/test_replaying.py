"""Replays into a connection: what is sent, what is waited for, and what is told of outcomes and of the end."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor import captures
from clacks_monitor.amqp import AmqpError
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.captures import replaying
from clacks_monitor.session.captures.capture_use import CaptureUse
from clacks_monitor.session.captures.replaying import Pace, Replaying, ReplayPart
from clacks_monitor.session.notices import Notice, ReplayProgress
from clacks_monitor.session.receiving.counting import Counting
from clacks_monitor.session.sending import in_flight
from clacks_monitor.session.sending.in_flight import EventsInFlight
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.folders import Folders

FAST = Pace(speed=0.0)


@dataclass
class Bus:
    """Stands where the connections, their link and the sender are."""

    why: str = ""
    on_send: Callable[[int], None] = lambda _ticket: None
    sent: list[tuple[bytes, Mapping[str, object]]] = field(default_factory=list)
    closed: bool = False

    def why_not(self, _connection_id: str) -> str:
        return self.why

    def live(self, connection_id: str) -> Bus | None:
        assert connection_id == "office"
        return None if self.closed else self

    def send(self, body: bytes, *, properties: Mapping[str, object]) -> int:
        self.sent.append((body, properties))
        self.on_send(len(self.sent))
        return len(self.sent)


class Running:
    """A replaying session without a session."""

    def __init__(self, use: CaptureUse) -> None:
        self.use, self.bus = use, Bus()
        self.told: list[ReplayProgress] = []
        self.arrived: list[RawMessage] = []
        self.calls: list[Callable[[], object]] = []
        self.in_flight = EventsInFlight()
        self._changed = threading.Condition()
        recorder: Any = SimpleNamespace(receive=self.arrived.extend)
        anything: Any = self.bus
        session_thread: Any = SimpleNamespace(submit=self._on_session)
        self.replaying = Replaying(
            captures.open_readonly, use, anything, anything, recorder, self.in_flight, self._notify, session_thread
        )

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.told += [notice for notice in notices if isinstance(notice, ReplayProgress)]
            self._changed.notify_all()

    def _on_session(self, call: Callable[[], object]) -> None:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()

    def until(self, condition: Callable[[], object]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, 20)

    def start(self, part: ReplayPart | None = None, pace: Pace = FAST, connection_id: str = "office") -> str:
        return self.replaying.start(part or ReplayPart(), pace, connection_id)

    def settle(
        self, ticket: int, outcome: SendOutcome = SendOutcome.ACCEPTED, connection_id: str = "office"
    ) -> list[int]:
        left = self.in_flight.settle([SendResult(ticket, outcome)], connection_id)
        return [result.ticket for result in left]

    def ended(self) -> ReplayProgress:
        self.until(lambda: self.told and self.told[-1].finished)
        end(self.replaying)
        return self.told[-1]


@pytest.fixture
def running(folders: Folders, tmp_path: Path) -> Iterator[Running]:
    path = tmp_path / "a.capture"
    with captures.create(path) as capture:
        capture.append([*some_events(6), a_gap(10)])
    use = CaptureUse(captures, folders, path, Counting(), lambda _notices: None)
    made = Running(use)
    yield made
    end(made.replaying)
    use.close()


def test_events_are_sent_with_their_properties_and_outcomes_waited_for(running: Running) -> None:
    assert not running.replaying.busy
    assert running.start() == ""
    running.until(lambda: len(running.told) >= 1)
    for ticket in range(1, 7):
        while len(running.bus.sent) < ticket or ticket not in running.in_flight._sizes:
            pass
        assert running.settle(ticket, SendOutcome.REJECTED if ticket == 2 else SendOutcome.ACCEPTED) == []
    ended = running.ended()
    assert [body for body, _properties in running.bus.sent] == [event.raw.body for event in some_events(6)]
    assert running.bus.sent[5][1] == {"n": 5, "even": False}
    assert (ended.sent, ended.looked_at, ended.total, ended.refused) == (6, 7, 7, 1)
    assert (ended.state, ended.problem) == ("done", "")
    assert not running.replaying.busy


def test_outcomes_that_come_before_send_returns_are_known(running: Running) -> None:
    others: list[int] = []

    def at_once(ticket: int) -> None:
        others.extend(running.settle(ticket))

    running.bus.on_send = at_once
    assert running.start() == ""
    ended = running.ended()
    assert others == [1, 2, 3, 4, 5, 6], "whose they are is not known yet"
    assert (ended.sent, ended.state) == (6, "done")


def test_outcomes_of_others_are_returned(running: Running) -> None:
    assert running.settle(1) == [1], "no replay is under way"
    assert running.start(pace=Pace(stepwise=True)) == ""
    running.replaying.step()
    running.until(lambda: running.told)
    while 1 not in running.in_flight._sizes:
        pass
    assert running.settle(1, connection_id="another") == [1]
    assert running.settle(77) == [77]
    assert running.settle(1) == []


@pytest.mark.parametrize(("count", "size", "sent"), [(3, 2**20, 3), (9, 1, 1), (1, 2**20, 1)])
def test_too_many_or_too_large_ones_under_way_are_waited_for(
    count: int, size: int, sent: int, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(in_flight, "MAX_BYTES", size)
    monkeypatch.setattr(running.in_flight, "_max_count", count)
    waiting = threading.Event()
    wait_for = running.in_flight.changed.wait_for

    def noted(predicate: Callable[[], bool], timeout: float | None = None) -> bool:
        if timeout is None and not predicate():
            waiting.set()
        return wait_for(predicate, timeout)

    monkeypatch.setattr(running.in_flight.changed, "wait_for", noted)
    assert running.start() == ""
    assert waiting.wait(20)
    assert len(running.bus.sent) == sent
    end(running.replaying)
    assert running.told[-1].finished
    assert (running.told[-1].state, running.told[-1].sent) == ("stopped", sent)


def test_the_last_outcomes_are_waited_for_and_no_longer_than_that(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience: list[float] = []
    wait_for = running.in_flight.changed.wait_for

    def noted(predicate: Callable[[], bool], timeout: float | None = None) -> bool:
        if timeout is not None:
            patience.append(timeout)
        return wait_for(predicate, 0 if timeout is not None else None)

    monkeypatch.setattr(running.in_flight.changed, "wait_for", noted)
    assert running.start() == ""
    ended = running.ended()
    assert (patience, ended.sent, ended.state) == ([10.0], 6, "done")


def test_a_connection_that_goes_ends_it_with_the_reason(running: Running) -> None:
    def gone(ticket: int) -> None:
        if ticket == 2:
            running.bus.closed = True
        running.settle(ticket)

    running.bus.on_send = gone
    assert running.start() == ""
    assert running.ended().problem == "The connection is closed."
    assert len(running.bus.sent) == 2


def test_a_connection_that_may_not_be_sent_to_any_more_ends_it_with_the_reason(running: Running) -> None:
    def forbidden(ticket: int) -> None:
        running.bus.why = "It is read-only."
        running.settle(ticket)

    running.bus.on_send = forbidden
    assert running.start() == ""
    assert running.ended().problem == "It is read-only."
    assert running.start() == "It is read-only."


def test_what_the_bus_refuses_ends_it_with_the_reason(running: Running) -> None:
    def refuse(_ticket: int) -> None:
        raise AmqpError("It is too large.")

    running.bus.on_send = refuse
    assert running.start() == ""
    assert running.ended().problem == "It is too large."


def test_it_is_held_stepped_and_goes_on(running: Running) -> None:
    def settled(ticket: int) -> None:
        running.settle(ticket)

    running.bus.on_send = settled
    assert running.start(pace=Pace(speed=0.0, stepwise=True)) == ""
    assert "already running" in running.start()
    running.replaying.step()
    while len(running.bus.sent) < 1:
        pass
    assert running.replaying.busy
    running.replaying.resume()
    assert running.ended().sent == 6
    for action in (running.replaying.pause, running.replaying.resume, running.replaying.step):
        action()
    assert running.replaying.stop() == []


def test_nothing_is_done_before_the_first(running: Running) -> None:
    for action in (running.replaying.pause, running.replaying.resume, running.replaying.step):
        action()
    assert running.replaying.stop() == []
    assert running.told == []


def test_a_capture_that_goes_is_said(running: Running) -> None:
    running.use.path.unlink()
    assert running.start() == ""
    assert str(running.use.path) in running.ended().problem


def test_without_a_connection_events_arrive_once_the_session_has_the_new_capture(running: Running) -> None:
    assert running.start(connection_id="") == ""
    running.until(lambda: running.calls)
    assert running.arrived == []
    running.calls[0]()
    ended = running.ended()
    assert (ended.sent, ended.problem, running.use.temporary) == (6, "", True)
    assert [raw.body for raw in running.arrived] == [event.raw.body for event in some_events(6)]
    assert all(raw.wall_ns > some_events(1, 10**6)[0].wall_ns and raw.monotonic_ns > 0 for raw in running.arrived)
    assert "Save the capture first" in running.start(connection_id="")


def test_a_new_capture_that_cannot_be_used_ends_it(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CaptureUse, "adopt", lambda _use, _path: "It cannot be used.")
    assert running.start(connection_id="") == ""
    running.until(lambda: running.calls)
    running.calls[0]()
    assert running.ended().problem == "It cannot be used."
    assert running.arrived == []


def test_how_far_it_is_is_told_a_few_times_a_second(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(
        replaying, "time", SimpleNamespace(monotonic=lambda: now[0], time_ns=lambda: 5, monotonic_ns=lambda: 6)
    )

    def slowly(ticket: int) -> None:
        now[0] += 0.06
        running.settle(ticket)

    running.bus.on_send = slowly
    assert running.start() == ""
    running.ended()
    assert [(told.sent, told.finished) for told in running.told] == [
        (0, False), (1, False), (3, False), (5, False), (6, True),
    ]  # fmt: skip
