"""A few events on a quiet bus wait for a few more; the first one, a burst, and whatever else there is to do do not."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.session.view import live_inbox
from clacks_monitor.session.view.live_inbox import FEW, LiveInbox
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NEVER_S = 3_600.0


class Reader:
    """Takes on a thread of its own, and notes how many entries it got each time."""

    def __init__(self, inbox: LiveInbox) -> None:
        self._inbox = inbox
        self.takes: list[int] = []
        self._took = threading.Condition()
        self.ended = False
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self.ended:
            self._inbox.wait()
            with self._took:
                self.takes.append(sum(len(stored.entries) for stored in self._inbox.drain()))
                self._took.notify_all()

    def wait_for(self, count: int) -> None:
        """Wait until so many entries were taken."""
        with self._took:
            assert self._took.wait_for(lambda: sum(self.takes) >= count, 20)

    def end(self) -> None:
        """End the thread."""
        self.ended = True
        self._inbox.close()
        self._thread.join()


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], tuple[LiveInbox, Reader]]]:
    """Give an inbox that waits for so many seconds, and its reader."""
    readers: list[Reader] = []

    def begin(calm_s: float) -> tuple[LiveInbox, Reader]:
        monkeypatch.setattr(live_inbox, "CALM_S", calm_s)
        inbox = LiveInbox()
        readers.append(Reader(inbox))
        return inbox, readers[-1]

    yield begin
    for reader in readers:
        reader.end()


def test_the_first_event_is_taken_at_once_and_the_next_ones_wait(
    reading: Callable[[float], tuple[LiveInbox, Reader]],
) -> None:
    inbox, reader = reading(NEVER_S)
    inbox.put(1, some_events(1))
    reader.wait_for(1)
    for number in range(2, FEW):
        inbox.put(number, some_events(1))
    assert len(inbox) == FEW - 2
    inbox.hurry()
    reader.wait_for(FEW - 1)
    assert [count for count in reader.takes if count] == [1, FEW - 2]


def test_they_are_taken_when_the_time_is_over(reading: Callable[[float], tuple[LiveInbox, Reader]]) -> None:
    inbox, reader = reading(0.01)
    for number in range(1, 6):
        inbox.put(number, some_events(1))
    reader.wait_for(5)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_burst_does_not_wait_and_nor_does_its_end(
    reading: Callable[[float], tuple[LiveInbox, Reader]], *, at_once: bool
) -> None:
    inbox, reader = reading(NEVER_S)
    inbox.put(1, some_events(1))
    reader.wait_for(1)
    if at_once:
        inbox.put(2, some_events(FEW + 1))
    else:
        for number in range(2, FEW + 3):
            inbox.put(number, some_events(1))
    reader.wait_for(FEW + 2)
    inbox.put(FEW + 3, some_events(1))
    reader.wait_for(FEW + 3)


def test_what_somebody_waits_for_does_not_wait(reading: Callable[[float], tuple[LiveInbox, Reader]]) -> None:
    inbox, reader = reading(NEVER_S)
    inbox.put(1, some_events(1))
    reader.wait_for(1)
    inbox.put(2, some_events(1))
    inbox.put(3, some_events(1), at_once=True)
    reader.wait_for(3)
    assert [count for count in reader.takes if count] == [1, 2]


def test_closing_ends_the_wait_and_takes_nothing_more(
    reading: Callable[[float], tuple[LiveInbox, Reader]],
) -> None:
    inbox, reader = reading(NEVER_S)
    inbox.put(1, some_events(1))
    reader.wait_for(1)
    inbox.put(2, some_events(1))
    reader.end()
    inbox.put(3, some_events(1))
    assert (sum(reader.takes), len(inbox)) == (1, 0)


def test_what_waits_is_bounded_by_all_that_senders_write() -> None:
    inbox = LiveInbox()
    (event,) = some_events(1)
    large = replace(event, raw=replace(event.raw, properties={"p": "x" * 1_000_000}))
    for number in range(200):
        inbox.put(number + 1, [large])
    assert len(inbox) * 1_000_000 <= live_inbox.QUEUE_BYTES
    assert inbox.drain()[-1].first == 200


@pytest.mark.parametrize(("count", "first"), [(20_000, 1), (20_001, 2)])
def test_what_waits_is_bounded_by_number_too(count: int, first: int) -> None:
    inbox = LiveInbox()
    events = some_events(1)
    for number in range(count):
        inbox.put(number + 1, events)
    assert (len(inbox), inbox.drain()[0].first) == (20_000, first)


def test_an_empty_inbox_is_waited_for_until_an_entry_is_put(monkeypatch: pytest.MonkeyPatch) -> None:
    inbox = LiveInbox()
    waits: list[bool] = []
    wait = inbox._wake.wait

    def noted(timeout: float | None = None) -> bool:
        waits.append(inbox._wake.is_set())
        inbox.put(1, some_events(1))
        return wait(timeout)

    monkeypatch.setattr(inbox._wake, "wait", noted)
    inbox.wait()
    assert waits == [False], "it has waited, once, before there was an entry"
    assert len(inbox) == 1
    assert not inbox._wake.is_set()


@pytest.mark.parametrize(("count", "waits"), [(FEW, True), (FEW + 1, False)])
def test_how_many_events_are_few(
    reading: Callable[[float], tuple[LiveInbox, Reader]], *, count: int, waits: bool
) -> None:
    inbox, reader = reading(NEVER_S)
    assert (FEW, live_inbox.QUEUE_COUNT, live_inbox.QUEUE_BYTES) == (20, 20_000, 32 * 1024 * 1024)
    inbox.put(1, some_events(1))
    reader.wait_for(1)
    inbox.put(2, some_events(count))
    if waits:
        assert len(inbox) == 1
        inbox.hurry()
    reader.wait_for(count + 1)
    inbox.put(count + 2, some_events(1))
    if waits:  # so few that the next ones wait as well
        assert len(inbox) == 1
    else:
        reader.wait_for(count + 2)
