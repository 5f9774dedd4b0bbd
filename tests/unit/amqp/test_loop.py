"""The loop's timers, on a clock that the test turns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.amqp.clock import Clock
from clacks_monitor.amqp.loop import SWEEP_FROM, Loop
from tests.helpers.memory import allocated

if TYPE_CHECKING:
    from collections.abc import Iterator


class Turned:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 0.0
        self.clock = Clock(monotonic=lambda: self.now)


@pytest.fixture
def turned() -> Turned:
    return Turned()


@pytest.fixture
def loop(turned: Turned) -> Iterator[Loop]:
    made = Loop("test", turned.clock, lambda: None)
    yield made
    made.stop()
    made.run()


def test_timers_that_are_cancelled_do_not_wait_for_their_time(loop: Loop) -> None:
    before = allocated()
    for _number in range(1_000 * SWEEP_FROM):
        loop.later(3_600, loop.stop).cancel()
    assert (allocated() - before).blocks < 10 * SWEEP_FROM


def test_those_that_are_not_cancelled_ring_in_their_order(loop: Loop, turned: Turned) -> None:
    rung: list[int] = []
    for number in range(10 * SWEEP_FROM):
        timer = loop.later(10 * SWEEP_FROM - number, lambda number=number: rung.append(number))  # type: ignore[misc]  # a default binds it
        if number % 3:
            timer.cancel()
    turned.now = 5.0 * SWEEP_FROM
    loop.later(0, loop.stop)
    loop.run()
    assert rung == [
        number for number in reversed(range(10 * SWEEP_FROM)) if number % 3 == 0 and number >= 5 * SWEEP_FROM
    ]
