"""Replays: each event at its time, held, stepped, stopped; only the part that is wanted; never what it sends itself."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.connection import ConnectionSettings
from clacks_monitor.session.captures.replay import KEPT, Lateness, Pace, Replay, ReplayPart, ReplayState
from clacks_monitor.session.notices import ReplayProgress
from clacks_monitor.xquery import compile_query
from tests.helpers.entries import SECOND, START, a_gap, some_events
from tests.helpers.session import running_session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.core.folders import Folders
    from tests.helpers.session import Watched

FAST = Pace(speed=0.0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "shift.capture"
    with captures.create(made) as capture:
        capture.append([*some_events(20), a_gap(30)])
    return made


def _replayed(path: Path, part: ReplayPart, pace: Pace = FAST) -> list[int]:
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        out: list[RawMessage] = []
        replay = Replay(out.append, pace=pace, part=part)
        assert replay.run(reader) == len(out) == replay.sent
        assert replay.state is ReplayState.DONE
        assert replay.jitter_ms() >= 0
        return [(raw.wall_ns - START) // SECOND for raw in out]


def test_a_pause_that_no_clock_can_wait_for_can_be_stopped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    waiting = threading.Event()
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        replay = Replay(lambda _raw: None, pace=Pace(speed=1e-12), part=ReplayPart())
        wait = replay._changed.wait

        def noticed(timeout: float) -> bool:
            waiting.set()
            return wait(timeout)

        def stop() -> None:
            waiting.wait()
            replay.stop()

        monkeypatch.setattr(replay._changed, "wait", noticed)
        stopper = threading.Thread(target=stop)
        stopper.start()
        try:
            assert replay.run(reader) == 1
        finally:
            waiting.set()
            stopper.join()
    assert replay.state is ReplayState.STOPPED


@pytest.mark.parametrize(
    ("part", "numbers"),
    [
        (ReplayPart(), list(range(20))),
        (ReplayPart(from_ns=START + 5 * SECOND), list(range(5, 20))),
        (ReplayPart(to_ns=START + 5 * SECOND), list(range(6))),
        (ReplayPart(START + 3 * SECOND, START + 4 * SECOND), [3, 4]),
        (ReplayPart(sequences=[9, 2, 21]), [8, 1]),
        (ReplayPart(query=compile_query("./*:Event/*:ClientPoll")), [1, 4, 7, 10, 13, 16, 19]),
        (ReplayPart(from_ns=START + 900 * SECOND), []),
    ],
)
def test_only_the_part_that_is_wanted(path: Path, part: ReplayPart, numbers: list[int]) -> None:
    assert _replayed(path, part) == numbers


def test_a_fixed_rate_and_a_factor_keep_the_order(path: Path) -> None:
    assert _replayed(path, ReplayPart(), Pace(rate=2000.0)) == list(range(20))
    assert _replayed(path, ReplayPart(), Pace(speed=2000.0)) == list(range(20))


def test_what_is_appended_meanwhile_is_not_replayed(path: Path) -> None:
    with captures.open_capture(path) as capture, capture.reader() as reader:

        def come_back(_raw: RawMessage) -> None:
            capture.append(some_events(1))

        replay = Replay(come_back, pace=FAST, part=ReplayPart())
        assert replay.run(reader) == 20


def _in_thread(reader: CaptureReader, out: list[RawMessage], pace: Pace) -> tuple[Replay, threading.Thread]:
    replay = Replay(out.append, pace=pace, part=ReplayPart())
    thread = threading.Thread(target=replay.run, args=(reader,))
    thread.start()
    return replay, thread


def test_step_by_step_one_event_goes_out_for_each_step(path: Path) -> None:
    gone = threading.Semaphore(0)
    out: list[RawMessage] = []
    with captures.open_readonly(path) as capture, capture.reader() as reader:

        def go_out(raw: RawMessage) -> None:
            out.append(raw)
            gone.release()

        replay = Replay(go_out, pace=Pace(stepwise=True), part=ReplayPart())
        thread = threading.Thread(target=replay.run, args=(reader,))
        thread.start()
        for number in range(3):
            replay.step()
            assert gone.acquire(timeout=10)
            assert len(out) == number + 1
        assert replay.state is ReplayState.PAUSED
        replay.stop()
        thread.join(10)
        assert (replay.state, len(out)) == (ReplayState.STOPPED, 3)


def test_a_pause_ends_and_the_rest_follows(path: Path) -> None:
    out: list[RawMessage] = []
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        replay, thread = _in_thread(reader, out, Pace(rate=5000.0, stepwise=True))
        replay.resume()
        thread.join(10)
        assert (replay.state, len(out)) == (ReplayState.DONE, 20)


# -- in the session ------------------------------------------------------------------------------------------------


def _ended(watched: Watched) -> ReplayProgress:
    def found() -> list[ReplayProgress]:
        return [told for told in watched.told if isinstance(told, ReplayProgress) and told.finished]

    watched.until(found, "the replay ends")
    return found()[-1]


def test_into_the_local_view_events_arrive_in_a_new_capture(folders: Folders, path: Path) -> None:
    with running_session(folders, path) as watched:
        assert watched.session.replaying.start(ReplayPart(), FAST, "") == ""
        ended = _ended(watched)
        assert (ended.sent, ended.state, ended.problem) == (20, "done", "")
        assert watched.session.capture.temporary
        watched.settled()
        watched.until(lambda: len(watched.rows) == 20, "they are shown")
        assert watched.session.rows.read([1]).value[0].wall_ns > START + 1_000_000 * SECOND
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        assert reader.count() == 21


def test_what_speaks_against_it_is_said(folders: Folders, path: Path) -> None:
    with running_session(folders) as watched:
        assert "Save the capture first" in watched.session.replaying.start(ReplayPart(), FAST, "")
        assert watched.session.replaying.start(ReplayPart(), FAST, "nowhere") != ""
    with running_session(folders, path) as watched:
        only = ConnectionSettings("office", (("127.0.0.1", 1),), read_only=True, id="office")
        watched.session.connections.add_for_this_run(only)
        assert "read-only" in watched.session.replaying.start(ReplayPart(), FAST, "office")


def test_closing_the_session_ends_a_replay(folders: Folders, path: Path) -> None:
    with running_session(folders, path) as watched:
        assert watched.session.replaying.start(ReplayPart(), Pace(stepwise=True), "") == ""
        assert "already running" in watched.session.replaying.start(ReplayPart(), FAST, "")
        watched.session.replaying.step()
        watched.until(lambda: len(watched.rows) == 1, "one event has come")


def test_a_replay_that_finds_nothing_to_send_can_be_stopped(path: Path) -> None:
    query = compile_query("false()")
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        replay = Replay(lambda _raw: None, pace=FAST, part=ReplayPart(query=query))
        replay.stop()
        assert replay.run(reader) == 0
        assert replay.looked_at == 0
        assert replay.state is ReplayState.STOPPED


def test_how_late_events_were_is_known_without_keeping_all() -> None:
    late = Lateness()
    for number in range(20 * KEPT):
        late.add(number % 100 / 100)
    assert len(late._late_s) <= KEPT
    assert late.quantile(0.5) == pytest.approx(0.5, abs=0.02)
    assert late.quantile(0.99) == pytest.approx(0.99, abs=0.02)


# -- times -------------------------------------------------------------------------------------------------------------


class Turned:
    """A clock that goes on by what is waited for, and by a ten-thousandth of a second with each look."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1_000.0
        self.waits: list[float] = []
        monkeypatch.setattr("clacks_monitor.session.captures.replay.time.monotonic", self._look)

    def _look(self) -> float:
        self.now += 0.0001
        return self.now

    def of(self, replay: Replay, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let the waits of a replay turn the clock."""

        def wait(seconds: float) -> None:
            self.waits.append(seconds)
            self.now += seconds

        monkeypatch.setattr(replay._changed, "wait", wait)


def _timed(path: Path, monkeypatch: pytest.MonkeyPatch, pace: Pace, *, slow_s: float = 0.0) -> tuple[Replay, list[int]]:
    """Replay twenty events, one a second; return at which tenths of a second they were sent."""
    clock, sent = Turned(monkeypatch), list[int]()

    def emit(_raw: RawMessage) -> None:
        sent.append(round((clock.now - 1_000) * 10))
        clock.now += slow_s

    replay = Replay(emit, pace=pace, part=ReplayPart())
    clock.of(replay, monkeypatch)
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        replay.run(reader)
    monkeypatch.undo()
    return replay, sent


@pytest.mark.parametrize(
    ("pace", "tenths"),
    [
        (Pace(), [10 * number for number in range(20)]),
        (Pace(speed=2.0), [5 * number for number in range(20)]),
        (Pace(speed=0.5), [20 * number for number in range(20)]),
        (Pace(rate=2.0), [5 * number for number in range(20)]),
        (Pace(rate=0.5), [20 * number for number in range(20)]),
        (Pace(speed=4.0, rate=1.0), [10 * number for number in range(20)]),
        (FAST, [0] * 20),
    ],
)
def test_each_event_is_sent_at_its_time(
    path: Path, monkeypatch: pytest.MonkeyPatch, pace: Pace, tenths: list[int]
) -> None:
    replay, sent = _timed(path, monkeypatch, pace)
    assert sent == tenths
    assert replay.jitter_ms() < 1


def test_the_time_that_sending_takes_does_not_add_up_and_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    replay, sent = _timed(path, monkeypatch, Pace(), slow_s=0.3)
    assert sent == [10 * number for number in range(20)]
    assert replay.jitter_ms() == pytest.approx(300, abs=1)
    assert replay.jitter_ms(0.0) == pytest.approx(300, abs=1)


def test_the_last_moment_is_not_slept_and_no_wait_is_without_bound(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        for pace, longest in ((Pace(), 0.999), (Pace(speed=1 / 7_000), 3_600.0)):
            clock = Turned(monkeypatch)
            replay = Replay(lambda _raw: None, pace=pace, part=ReplayPart(sequences=[1, 2]))
            clock.of(replay, monkeypatch)
            assert replay.run(reader) == 2
            assert clock.waits[0] == pytest.approx(longest, abs=0.001)
            assert sum(clock.waits) == pytest.approx(0.999 / pace.speed, abs=0.01 / pace.speed)


def test_after_a_pause_the_rest_keeps_its_distances(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, sent = Turned(monkeypatch), list[int]()

    def emit(_raw: RawMessage) -> None:
        sent.append(round((clock.now - 1_000) * 10))
        if len(sent) == 3:
            replay.pause()

    replay = Replay(emit, pace=Pace(), part=ReplayPart(sequences=range(1, 6)))
    clock.of(replay, monkeypatch)

    def wait_for(condition: Callable[[], object]) -> None:
        assert not condition()
        clock.now += 100
        replay.resume()
        assert condition()

    monkeypatch.setattr(replay._changed, "wait_for", wait_for)
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        assert replay.run(reader) == 5
    assert sent == [0, 10, 20, 1_020, 1_030]


@pytest.mark.parametrize(
    ("pace", "timed"),
    [
        (Pace(), True),
        (FAST, False),
        (Pace(speed=0.0, rate=0.1), True),
        (Pace(stepwise=True), False),
        (Pace(speed=0.0, rate=1.0, stepwise=True), False),
    ],
)
def test_which_pace_has_times(pace: Pace, timed: bool) -> None:
    assert pace.timed is timed


def test_the_sample_of_delays_is_thinned_when_it_is_full() -> None:
    late = Lateness()
    assert late.quantile(0.5) == 0.0
    for number in range(1, 5):
        late.add(float(number))
    assert [late.quantile(share) for share in (0.0, 0.25, 0.5, 0.99, 1.0)] == [1.0, 2.0, 3.0, 4.0, 4.0]
    for number in range(5, KEPT + 1):
        late.add(float(number))
    assert KEPT == 10_000
    assert (len(late._late_s), late._late_s[0], late._late_s[-1]) == (KEPT // 2, 2.0, float(KEPT))
    for number in range(KEPT + 1, KEPT + 5):
        late.add(float(number))
    assert list(late._late_s[-2:]) == [KEPT + 2.0, KEPT + 4.0]
