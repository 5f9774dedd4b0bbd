"""The loop: timers on a clock that the test turns, calls, channels, and what happens when one of them fails."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.networking.clock import Clock
from clacks_monitor.networking.loop import READ, SWEEP_FROM, WRITE, Loop
from tests.helpers.memory import allocated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Turned:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = 0.0
        self.clock = Clock(monotonic=lambda: self.now)


@contextlib.contextmanager
def closing_pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Return two connected sockets."""
    near, far = socket.socketpair()
    with near, far:
        yield near, far


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


class Peer:
    """A channel that takes note of what it is told; ``act`` is done then."""

    def __init__(self, act: Callable[[], None] = lambda: None) -> None:
        self.told: list[int | str] = []
        self._act = act

    def ready(self, mask: int) -> None:
        self.told.append(mask)
        self._act()

    def broken(self, error: Exception) -> None:
        self.told.append(str(error))


def fail() -> None:
    raise ValueError("a mistake")


def test_a_timer_rings_when_it_is_due_and_not_before(loop: Loop, turned: Turned) -> None:
    rung: list[str] = []
    turned.now = 5.0
    loop.later(3.0, lambda: rung.append("due"))
    loop.later(3.5, lambda: rung.append("early"))
    turned.now = 8.0
    loop.call(loop.stop)
    loop.run()
    assert rung == ["due"]
    assert loop.now() == 8.0


def test_calls_are_done_in_their_order_and_before_timers(loop: Loop) -> None:
    done: list[int] = []
    loop.later(0, lambda: done.append(4))
    for number in (1, 2, 3):
        assert loop.call(lambda number=number: done.append(number))  # type: ignore[misc]  # a default binds it
    loop.call(loop.stop)
    loop.run()
    assert done == [1, 2, 3, 4]


def test_after_its_end_it_takes_no_calls(loop: Loop) -> None:
    done: list[int] = []
    loop.call(loop.stop)
    loop.run()
    assert not loop.call(lambda: done.append(1))
    loop.release()
    assert done == []


def test_a_released_loop_forgets_what_it_was_to_do(loop: Loop) -> None:
    witness = Peer()
    loop.call(lambda: witness.told.append(1))
    loop.release()
    loop.stop()
    loop.run()
    assert witness.told == []


def test_what_fails_is_logged_and_nothing_else_is_left_out(turned: Turned, caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []

    def after() -> None:
        done.append("after")
        fail()

    loop = Loop("test", turned.clock, after)
    loop.call(fail)
    loop.call(lambda: done.append("call"))
    loop.later(0, fail)
    loop.later(0, lambda: done.append("timer"))
    loop.later(0, loop.stop)
    loop.run()
    assert done == ["call", "timer", "after"]
    assert caplog.text.count("ValueError: a mistake") == 3


def test_a_channel_that_fails_is_told_so_and_the_others_are_served(
    loop: Loop, caplog: pytest.LogCaptureFixture
) -> None:
    with closing_pair() as (near, far), closing_pair() as (other_near, other_far):
        failing, other = Peer(fail), Peer(loop.stop)
        loop.serve(near, failing, READ)
        far.send(b"x")
        other_far.send(b"x")
        loop.call(lambda: loop.serve(other_near, other, READ))
        loop.run()
    assert failing.told[:2] == [READ, "a mistake"]
    assert other.told == [READ]
    assert "serving a connection failed" in caplog.text


def test_after_forget_a_channel_hears_nothing_of_this_very_turn(loop: Loop) -> None:
    with closing_pair() as (one, one_far), closing_pair() as (two, two_far):
        told: list[str] = []

        def first(name: str) -> Callable[[], None]:
            def act() -> None:
                told.append(name)
                loop.forget(one)
                loop.forget(two)

            return act

        loop.serve(one, Peer(first("one")), READ)
        loop.serve(two, Peer(first("two")), READ)
        one_far.send(b"x")
        two_far.send(b"x")
        loop.later(0, loop.stop)
        loop.run()
        assert len(told) == 1


def test_what_is_waited_for_can_be_changed_and_forgotten_twice(loop: Loop) -> None:
    with closing_pair() as (near, far):
        peer = Peer(loop.stop)
        loop.serve(near, peer, READ)
        loop.serve(near, peer, READ | WRITE)
        loop.run()
        assert peer.told == [WRITE]
        loop.forget(far)
    loop.forget(near)


def test_a_call_from_another_thread_wakes_it(turned: Turned) -> None:
    done: list[str] = []
    loop = Loop("waking", turned.clock, lambda: None)
    loop.start()
    assert loop.thread.name == "waking"
    for number in range(5):
        said = threading.Event()
        loop.call(said.set)
        assert said.wait(20), number
        done.append("woken")
    loop.call(loop.stop)
    loop.thread.join(20)
    assert not loop.thread.is_alive()
