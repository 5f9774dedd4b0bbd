"""Bursts: when events are due, what holds them back, what stops them. The clock is the test's own."""

from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.ending import wait_for
from clacks_monitor.core.sending import SendOutcome, SendResult
from clacks_monitor.session.sending import bursts as bursts_module
from clacks_monitor.session.sending.bursts import (
    BEHIND_S,
    Burst,
    BurstError,
    BurstProgress,
    BurstState,
    Due,
    SceneStep,
    interval_of,
    read_rows,
    repeated,
    scenario,
)
from clacks_monitor.session.sending.in_flight import MAX_COUNT
from tests.helpers.ending import end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Clock:
    """Time passes only while somebody waits."""

    def __init__(self) -> None:
        self.now = 100.0
        self.waited_without_end = threading.Event()

    def __call__(self) -> float:
        return self.now

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        if seconds is None:
            self.waited_without_end.set()
            condition.wait(10)
        else:
            self.now += seconds


class Run:
    """A burst with a record of what was sent when."""

    def __init__(
        self, plan: Iterable[Due], total: int | None = None, after: Callable[[Run], object] | None = None
    ) -> None:
        self.clock = Clock()
        self.sent: list[tuple[float, bytes]] = []
        self._after = after
        self.burst = Burst(plan, total, self._send, clock=self.clock, wait=self.clock.wait)

    def _send(self, body: bytes) -> int:
        self.sent.append((round(self.clock.now - 100.0, 6), body))
        if self._after is not None:
            self._after(self)
        self.burst.in_flight.settle([SendResult(len(self.sent), SendOutcome.ACCEPTED)])
        return len(self.sent)

    def go(self) -> Run:
        self.burst.start()
        wait_for([self.burst._thread], 20)
        return self


def test_n_events_at_an_interval_come_at_its_multiples() -> None:
    run = Run(repeated(lambda: b"x", 4, interval_s=0.25), 4).go()
    assert [at for at, _body in run.sent] == [0.0, 0.25, 0.5, 0.75]
    assert run.burst.progress().state is BurstState.DONE
    assert run.burst.progress().sent == 4


def test_what_did_not_get_onto_the_bus_is_counted_once_and_only_for_this_burst() -> None:
    sent: list[bytes] = []

    def send(body: bytes) -> int:
        sent.append(body)
        if len(sent) == 1:
            burst.in_flight.settle([SendResult(1, SendOutcome.REJECTED)])
        return len(sent)

    clock = Clock()
    burst = Burst(repeated(lambda: b"x", 3), 3, send, clock=clock, wait=clock.wait)
    burst.start()
    wait_for([burst._thread], 20)
    assert (burst.progress().failed, burst.progress().under_way) == (1, 2)
    burst.in_flight.settle([SendResult(2, SendOutcome.REJECTED)])
    burst.in_flight.settle([SendResult(2, SendOutcome.REJECTED)])
    burst.in_flight.settle([SendResult(99, SendOutcome.REJECTED)])
    burst.in_flight.settle([SendResult(3, SendOutcome.ACCEPTED)])
    assert (burst.progress().failed, burst.progress().under_way) == (2, 0)


@pytest.mark.parametrize("delay", [-1.0, float("inf"), float("nan")])
def test_a_delay_is_a_time_that_passes(delay: float) -> None:
    with pytest.raises(BurstError, match="0 or more"):
        scenario([SceneStep(lambda: b"x", delay)])


def test_a_slow_sender_does_not_lower_the_rate() -> None:
    def takes_a_while(run: Run) -> None:
        run.clock.now += 0.03

    run = Run(repeated(lambda: b"x", 100, interval_s=interval_of(20)), 100, takes_a_while).go()
    assert run.sent[-1][0] == pytest.approx(99 / 20, abs=0.04)


def test_what_was_missed_does_not_come_all_at_once() -> None:
    def hangs_once(run: Run) -> None:
        if len(run.sent) == 1:
            run.clock.now += 60.0

    run = Run(repeated(lambda: b"x", 4, interval_s=1.0), 4, hangs_once).go()
    gaps = [after[0] - before[0] for before, after in zip(run.sent[1:], run.sent[2:], strict=False)]
    assert gaps == [1.0, 1.0]


def test_each_event_is_made_when_it_is_due() -> None:
    numbers = iter(range(10))
    run = Run(repeated(lambda: str(next(numbers)).encode(), 3), 3).go()
    assert [body for _at, body in run.sent] == [b"0", b"1", b"2"]


def test_a_scenario_keeps_its_delays_and_repeats() -> None:
    steps = [SceneStep(lambda: b"ring", 0.0), SceneStep(lambda: b"busy", 2.0), SceneStep(lambda: b"free", 5.5)]
    run = Run(scenario(steps, times=2), 6).go()
    assert run.sent == [(0.0, b"ring"), (2.0, b"busy"), (7.5, b"free"), (7.5, b"ring"), (9.5, b"busy"), (15.0, b"free")]


def test_stop_ends_an_endless_burst() -> None:
    def stop_after_five(run: Run) -> None:
        if len(run.sent) == 5:
            end(run.burst)

    run = Run(repeated(lambda: b"x", None, interval_s=1.0), None, stop_after_five).go()
    assert len(run.sent) == 5
    assert run.burst.progress().state is BurstState.STOPPED


def test_a_pause_moves_the_rest_of_the_plan_and_not_the_rate() -> None:
    def pause_at_two(run: Run) -> None:
        if len(run.sent) == 2:
            run.burst.pause()

    run = Run(repeated(lambda: b"x", 4, interval_s=1.0), 4, pause_at_two)
    run.burst.start()
    assert run.clock.waited_without_end.wait(10)
    assert run.burst.progress().state is BurstState.PAUSED
    run.clock.now += 1000.0
    run.burst.resume()
    wait_for([run.burst._thread], 20)
    assert [at for at, _body in run.sent] == [0.0, 1.0, 1002.0, 1003.0]
    assert run.burst.progress().rate == pytest.approx(4 / 3.0)


def test_no_more_are_under_way_than_the_broker_can_answer() -> None:
    sent: list[bytes] = []
    clock = Clock()

    def send(body: bytes) -> int:
        sent.append(body)
        return len(sent)

    plan = repeated(lambda: b"x", MAX_COUNT + 1)
    burst = Burst(plan, MAX_COUNT + 1, send, clock=clock, wait=clock.wait)
    burst.start()
    assert clock.waited_without_end.wait(10)
    assert len(sent) == MAX_COUNT
    for _outcome in range(3):
        burst.in_flight.settle([SendResult(7, SendOutcome.ACCEPTED)])
    wait_for([burst._thread], 20)
    assert len(sent) == MAX_COUNT + 1


def test_a_failure_ends_it_and_says_why() -> None:
    def broken() -> bytes:
        raise BurstError("the CSV file has no column Caller")

    run = Run([Due(0.0, broken)], 1).go()
    progress = run.burst.progress()
    assert (progress.state, progress.problem) == (BurstState.FAILED, "the CSV file has no column Caller")


@pytest.mark.parametrize(
    "plan",
    [
        lambda: repeated(lambda: b"", 0),
        lambda: repeated(lambda: b"", 1, interval_s=-1),
        lambda: interval_of(-1),
        lambda: scenario([]),
        lambda: scenario([SceneStep(lambda: b"", -1.0)]),
        lambda: scenario([SceneStep(lambda: b"")], times=0),
    ],
)
def test_a_plan_that_cannot_be_is_refused_before_anything_is_sent(plan: Callable[[], object]) -> None:
    with pytest.raises(BurstError):
        plan()


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_rows_of_a_table(delimiter: str) -> None:
    text = f'CallerId{delimiter}Status\n012{delimiter}"busy\nor not"\n013{delimiter}\n'
    assert read_rows(b"\xef\xbb\xbf" + text.encode()) == [
        {"CallerId": "012", "Status": "busy\nor not"},
        {"CallerId": "013", "Status": ""},
    ]


@pytest.mark.parametrize("data", [b"", b"a,b\n", b"\xff\xfe\x00", b'a,b\n"open,1\n', b"\n\n"])
def test_a_file_without_rows_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(BurstError, match="file"):
        read_rows(data)


@given(st.integers(1, 50), st.floats(0, 10, allow_nan=False))
def test_due_times_never_go_back(count: int, interval: float) -> None:
    times = [due.at_s for due in islice(repeated(lambda: b"", count, interval_s=interval), 100)]
    assert times == sorted(times)
    assert len(times) == count


def test_an_outcome_during_a_pause_or_a_stop_is_not_lost() -> None:
    run = Run(repeated(lambda: b"x", 1), 1, lambda run: run.burst.pause()).go()
    assert (run.burst.progress().state, run.burst.progress().under_way) == (BurstState.DONE, 0)
    run = Run(repeated(lambda: b"x", 2), 2, lambda run: run.burst.stop()).go()
    progress = run.burst.progress()
    assert (progress.state, progress.sent, progress.under_way) == (BurstState.STOPPED, 1, 0)


def test_progress_tells_everything_as_it_goes() -> None:
    told: list[BurstProgress] = []
    run = Run(repeated(lambda: b"x", 2, interval_s=0.5), 2, lambda run: told.append(run.burst.progress())).go()
    done = run.burst.progress()
    assert [(item.state, item.sent, item.total) for item in (*told, done)] == [
        (BurstState.RUNNING, 0, 2),
        (BurstState.RUNNING, 1, 2),
        (BurstState.DONE, 2, 2),
    ]
    assert (done.rate, done.problem, done.failed, done.under_way) == (4.0, "", 0, 0)
    run.clock.now += 100.0
    assert run.burst.progress() == done


def test_what_took_no_time_has_no_rate_and_a_start_later_counts_from_there() -> None:
    run = Run(repeated(lambda: b"x", 2), 2)
    run.clock.now += 50.0
    run.go()
    assert run.burst.progress().rate == 0.0
    assert [at for at, _body in run.sent] == [50.0, 50.0]


def test_pause_resume_and_stop_do_only_what_fits() -> None:
    run = Run(repeated(lambda: b"x", 1), 1).go()
    run.burst.pause()
    run.burst.resume()
    assert run.burst.stop() == []
    assert run.burst.progress().state is BurstState.DONE
    running = Run(repeated(lambda: b"x", 2, interval_s=1.0), 2, lambda run: run.burst.resume()).go()
    assert [at for at, _body in running.sent] == [0.0, 1.0]


def test_a_burst_that_is_stopped_in_a_pause_ended_when_the_pause_began() -> None:
    def pause_at_three(run: Run) -> None:
        if len(run.sent) == 3:
            run.burst.pause()

    run = Run(repeated(lambda: b"x", 9, interval_s=1.0), 9, pause_at_three)
    run.burst.start()
    assert run.clock.waited_without_end.wait(10)
    run.clock.now += 500.0
    assert run.burst.progress().rate == pytest.approx(1.5)
    end(run.burst)
    progress = run.burst.progress()
    assert (progress.state, progress.sent) == (BurstState.STOPPED, 3)
    assert progress.rate == pytest.approx(1.5)


def test_a_failure_without_words_is_told_by_its_kind_and_one_after_a_stop_is_not() -> None:
    def broken() -> bytes:
        raise ZeroDivisionError

    assert Run([Due(0.0, broken)], 1).go().burst.progress().problem == "ZeroDivisionError"

    def stop_and_fail(run: Run) -> None:
        run.burst.stop()
        raise ZeroDivisionError

    run = Run(repeated(lambda: b"x", 1), 1, stop_and_fail).go()
    assert (run.burst.progress().state, run.burst.progress().problem) == (BurstState.STOPPED, "")


@pytest.mark.parametrize(("late", "times"), [(1.0, [0.0, 2.0, 2.0, 3.0]), (1.5, [0.0, 2.5, 3.5, 4.5])])
def test_a_plan_that_is_later_than_a_second_moves(late: float, times: list[float]) -> None:
    assert BEHIND_S == 1.0

    def hangs_once(run: Run) -> None:
        if len(run.sent) == 1:
            run.clock.now += 1.0 + late

    run = Run(repeated(lambda: b"x", 4, interval_s=1.0), 4, hangs_once).go()
    assert [at for at, _body in run.sent] == times


def test_what_is_due_at_once_never_moves_the_plan() -> None:
    def hangs_once(run: Run) -> None:
        if len(run.sent) == 1:
            run.clock.now += 60.0

    plan = [Due(0.0, lambda: b"a"), Due(0.0, lambda: b"b"), Due(1.0, lambda: b"c"), Due(2.0, lambda: b"d")]
    run = Run(plan, 4, hangs_once).go()
    assert [at for at, _body in run.sent] == [0.0, 60.0, 60.0, 61.0]


def test_a_rate_is_an_interval_and_nought_is_as_fast_as_it_goes() -> None:
    assert (interval_of(0), interval_of(4)) == (0.0, 0.25)
    assert [due.at_s for due in repeated(lambda: b"", 2)] == [0.0, 0.0]
    assert [due.at_s for due in islice(repeated(lambda: b"", None, interval_s=2.0), 3)] == [0.0, 2.0, 4.0]
    assert [due.at_s for due in scenario([SceneStep(lambda: b"")])] == [0.0]


@pytest.mark.parametrize(("spare", "good"), [(0, True), (-1, False)])
def test_a_file_is_read_up_to_a_size(monkeypatch: pytest.MonkeyPatch, spare: int, good: bool) -> None:
    assert (bursts_module.MAX_CSV, bursts_module.MAX_ROWS, bursts_module.MAX_CELLS) == (2**26, 1_000_000, 2_000_000)
    data = b"a\n1\n"
    monkeypatch.setattr(bursts_module, "MAX_CSV", len(data) + spare)
    if good:
        assert read_rows(data) == [{"a": "1"}]
    else:
        with pytest.raises(BurstError, match="The file is larger than 0 MB"):
            read_rows(data)


@pytest.mark.parametrize(("rows", "cells", "count"), [(2, 100, 2), (100, 4, 2), (100, 3, 1), (3, 6, 3)])
def test_so_many_rows_and_cells_are_taken(monkeypatch: pytest.MonkeyPatch, rows: int, cells: int, count: int) -> None:
    monkeypatch.setattr(bursts_module, "MAX_ROWS", rows)
    monkeypatch.setattr(bursts_module, "MAX_CELLS", cells)
    assert len(read_rows(b"a,b\n1,2\n3,4\n5,6\n")) == count


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"a\n\xff", "The file is not UTF-8 text \\(byte 2\\)."),
        (b'a,b\n1,2\n"open,1\n', "Line 2 of the file cannot be read: unexpected end of data."),
        (b"a,b\n", "The file has no rows. The first line must name the columns, each further line is an event."),
        (b",\n1,2\n", "The file has no rows"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_place(data: bytes, words: str) -> None:
    with pytest.raises(BurstError, match=f"^{words}"):
        read_rows(data)


def test_columns_without_a_name_and_values_beyond_the_columns_are_left_out() -> None:
    assert read_rows(b"a,,b\n1,2,3,4\n5\n") == [{"a": "1", "b": "3"}, {"a": "5", "b": ""}]
    assert read_rows(b"a;b,c;d\n1;2;3\n") == [{"a": "1", "b,c": "2", "d": "3"}]


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (lambda: repeated(lambda: b"", 0), "At least one event has to be sent."),
        (lambda: repeated(lambda: b"", 1, interval_s=-0.1), "The interval must not be negative."),
        (lambda: interval_of(-0.1), "The rate must not be negative."),
        (lambda: scenario([]), "The scenario has no events yet."),
        (lambda: scenario([SceneStep(lambda: b"")], times=0), "The scenario must run at least once."),
    ],
)
def test_a_plan_that_cannot_be_is_refused_in_words(plan: Callable[[], object], words: str) -> None:
    with pytest.raises(BurstError, match=f"^{words}$"):
        plan()


def test_outcomes_of_others_are_not_taken_for_those_of_later_events() -> None:
    def others(run: Run) -> None:
        run.burst.in_flight.settle([SendResult(len(run.sent) + 1, SendOutcome.REJECTED)])

    run = Run(repeated(lambda: b"x", 3), 3, others).go()
    assert (run.burst.progress().failed, run.burst.progress().under_way) == (0, 0)


def test_progress_has_no_problem_and_nothing_failed_or_under_way_unless_it_says_so() -> None:
    progress = BurstProgress(BurstState.RUNNING, 3, None, 1.5)
    assert (progress.problem, progress.failed, progress.under_way) == ("", 0, 0)
