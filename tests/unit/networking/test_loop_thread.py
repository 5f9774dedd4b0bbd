"""A loop's thread begins once and ends once, in whatever order it is asked to."""

from __future__ import annotations

import pytest

from clacks_monitor.core.ending import wait_for
from clacks_monitor.networking.clock import SYSTEM_CLOCK
from clacks_monitor.networking.loop import Loop
from clacks_monitor.networking.loop_thread import LoopThread


class Life:
    """A loop on its thread, and what it was asked to do."""

    def __init__(self) -> None:
        self.loop = Loop("test", SYSTEM_CLOCK, lambda: None)
        self.thread = LoopThread(self.loop)
        self.done: list[str] = []

    def begin(self) -> None:
        self.thread.begin(lambda: self.done.append("begun"))

    def end(self) -> bool:
        """End it; whether the thread ended."""
        return not wait_for(self.thread.end(self._end), 30)

    def _end(self) -> None:
        self.done.append("ended")
        self.loop.stop()


@pytest.fixture
def life() -> Life:
    return Life()


def test_it_begins_and_ends_once(life: Life) -> None:
    life.begin()
    life.begin()
    assert life.loop.thread.is_alive()
    assert life.end()
    assert life.end()
    assert life.done == ["begun", "ended"]


def test_without_a_beginning_nothing_is_called_and_the_loop_is_released(life: Life) -> None:
    assert life.end()
    assert (life.done, life.loop.thread.is_alive()) == ([], False)
    assert not life.loop.call(lambda: None), "its descriptors are closed"


def test_after_its_end_it_does_not_begin(life: Life) -> None:
    assert life.end()
    life.begin()
    assert (life.done, life.loop.thread.is_alive()) == ([], False)
