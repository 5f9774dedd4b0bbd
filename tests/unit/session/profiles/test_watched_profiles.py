"""Who watches a profile learns of each new event that matches it: not of old ones, and of none twice."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.profile import Alert, Profile
from clacks_monitor.session.notices import FilterProgress, Notice
from clacks_monitor.session.view.view import View
from tests.helpers.ending import end
from tests.helpers.entries import a_gap, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.event import Entry

PHONES = Profile("Phones", "./*:Event/*:PhoneStatus", alert=Alert(on_match=True), id="phones")
UNWATCHED = Profile("Polls", "./*:Event/*:ClientPoll", id="polls")


class Watcher:
    """Collects matches, and waits for them and for the end of filtering."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int, int, bytes]] = []
        self.filtered = 0
        self._changed = threading.Condition()

    def matched(self, source: str, count: int, sequence: int, body: bytes) -> None:
        with self._changed:
            self.calls.append((source, count, sequence, body))
            self._changed.notify_all()

    def notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.filtered = max(
                [n.generation for n in notices if isinstance(n, FilterProgress) and n.finished], default=self.filtered
            )
            self._changed.notify_all()

    def wait_for_filter(self, generation: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self.filtered >= generation, timeout=20)

    def wait_for(self, count: int) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: sum(call[1] for call in self.calls) >= count, timeout=20)


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    with captures.create(tmp_path / "a.capture") as made:
        yield made


def test_only_new_matches_are_told_with_the_latest_event(capture: Capture) -> None:
    watcher = Watcher()
    capture.append(some_events(9))
    view = View(capture, watcher.notify, watcher.matched)
    view.use_profiles([PHONES, UNWATCHED])
    view.start()
    watcher.wait_for_filter(view.generation)
    assert watcher.calls == []
    assert view.hits()["phones"] == 3
    entries: list[Entry] = [*some_events(4, first=9), a_gap()]
    view.stored(capture.append(entries), entries)
    watcher.wait_for(2)
    assert {call[0] for call in watcher.calls} == {"phones"}
    assert watcher.calls[-1][2:] == (13, an_event(12).raw.body)
    end(view)
    view.close()


def test_another_filter_neither_repeats_nor_loses_matches(capture: Capture) -> None:
    watcher = Watcher()
    view = View(capture, watcher.notify, watcher.matched)
    view.use_profiles([PHONES])
    view.start()
    watcher.wait_for_filter(view.generation)
    # What is stored and not yet handed over is found when all is filtered again: it is new all the same.
    entries = some_events(6)
    first = capture.append(entries)
    view.apply("./*:Event")
    watcher.wait_for(2)
    view.stored(first, entries)
    view.apply("")
    watcher.wait_for_filter(view.generation)
    assert sum(call[1] for call in watcher.calls) == 2
    end(view)
    view.close()


def test_only_what_decides_on_rows_filters_them_anew(capture: Capture) -> None:
    view = View(capture, Watcher().notify)
    view.use_profiles([PHONES, UNWATCHED])
    before = view.generation
    view.use_profiles([replace(PHONES, name="Calls", columns=("time",), description="x"), UNWATCHED])
    assert view.generation == before
    for number, profiles in enumerate(
        (
            [UNWATCHED, PHONES],
            [UNWATCHED, replace(PHONES, colour="red")],
            [UNWATCHED, replace(PHONES, query="true()")],
            [replace(UNWATCHED, active=True)],
        ),
        1,
    ):
        view.use_profiles(profiles)
        assert view.generation == before + number
    end(view)
    view.close()
