"""The driver itself: what it makes of programs that hang, die, grow, raise and close late."""

from __future__ import annotations

from tests.hostile.driver import Result, again, better
from tests.hostile.meter import Stall


def test_each_bar_is_told() -> None:
    good = Result("message/a", "select", Stall(99, 99), 900, seconds=0.9)
    assert good.failures == []
    for bad, words in {
        Result("a", "select", Stall(150, 150)): "stalls 150 ms",
        Result("a", "select", growth_mb=1001): "takes 1,001 MB",
        Result("a", "select", opened=("pipe",)): "opens pipe",
        Result("a", "select", errors=("TypeError",)): "raises TypeError",
        Result("a", "close", seconds=1.1): "takes 1.1 s",
        Result("a", "select", died="ends the process: status -9"): "ends the process",
    }.items():
        assert [failure.startswith(words) for failure in bad.failures] == [True], bad.failures


def test_waiting_for_a_processor_is_no_failure() -> None:
    assert Result("a", "select", Stall(250, 90, 180)).failures == []


def test_only_little_failures_are_measured_again() -> None:
    good, little = Result("a", "one"), Result("a", "two", Stall(180, 180))
    assert not again([good])
    assert again([good, little])
    assert not again([little, Result("a", "three", Stall(600, 600))])
    assert not again([little, Result("a", "three", opened=("pipe",))])


def test_a_long_stall_without_work_is_measured_again() -> None:
    assert again([Result("schema/a", "new", Stall(543, 1))])


def test_the_better_of_two_runs_counts_for_each_step() -> None:
    first = [Result("a", "one", Stall(180, 180)), Result("a", "two", Stall(5, 5))]
    second = [Result("a", "one", Stall(8, 8)), Result("a", "two", Stall(170, 170))]
    assert [result.stall.wall_ms for result in better(first, second)] == [8, 5]
    assert better(None, second) is second
    assert better(first, second[:1]) == second[:1]
