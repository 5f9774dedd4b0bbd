"""What several archives deliver is printed by its time."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.cli.merged_printing import MergedPrinter
from clacks_monitor.core.event import Event
from tests.helpers.entries import an_event

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Entry


class Printed:
    """Takes what is to be printed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.items: list[Entry | str] = []
        self.status = -1

    def put(self, items: Sequence[Entry | str]) -> None:
        with self._changed:
            self.items += items
            self._changed.notify_all()

    def wait_until_printed(self, seconds: float) -> bool:
        del seconds
        return True

    def stop(self, status: int = 0) -> None:
        self.status = status

    def wait(self, count: int) -> list[Entry | str]:
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.items) >= count, 30)
            return self.items


@given(st.lists(st.lists(st.integers(0, 50), min_size=1, max_size=5), min_size=1, max_size=6))
def test_what_comes_within_the_pause_is_printed_by_its_time(parts: list[list[int]]) -> None:
    printed = Printed()
    merged = MergedPrinter(printed, hold_s=0.001)
    for part in parts:
        merged.put([an_event(number) for number in part])
    expected = sorted(number for part in parts for number in part)
    with merged:
        found = printed.wait(len(expected))
        assert merged.wait_until_printed(30)
    assert found == [an_event(number) for number in expected]


def test_what_comes_later_is_not_waited_for() -> None:
    printed = Printed()
    with MergedPrinter(printed, hold_s=0.001) as merged:
        merged.put([an_event(9)])
        printed.wait(1)
        merged.put([an_event(1)])
        assert printed.wait(2) == [an_event(9), an_event(1)]


def test_messages_and_the_end_go_at_once() -> None:
    printed = Printed()
    merged = MergedPrinter(printed, hold_s=1_000)
    with merged:
        merged.put([an_event(1), "lost", an_event(2)])
        merged.stop(4)
        assert not merged.wait_until_printed(0)
    assert (printed.items, printed.status) == (["lost"], 4)
    assert not any(isinstance(item, Event) for item in printed.items)
