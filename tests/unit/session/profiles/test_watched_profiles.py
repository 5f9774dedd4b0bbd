"""Who watches a profile learns of each new event that matches it: not of old ones, and of none twice."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.profile import Alert, Profile
from tests.helpers.entries import a_gap, an_event, some_events
from tests.helpers.view_parts import ViewParts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.event import Entry

PHONES = Profile("Phones", "./*:Event/*:PhoneStatus", alert=Alert(on_match=True), id="phones")
UNWATCHED = Profile("Polls", "./*:Event/*:ClientPoll", id="polls")


class Watcher:
    """Collects matches of watched profiles."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int, int, bytes]] = []

    def matched(self, profile_id: str, count: int, sequence: int, body: bytes) -> None:
        self.calls.append((profile_id, count, sequence, body))

    def count(self) -> int:
        return sum(call[1] for call in self.calls)


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    with captures.create(tmp_path / "a.capture") as made:
        yield made


def test_only_new_matches_are_told_with_the_latest_event(capture: Capture) -> None:
    watcher = Watcher()
    capture.append(some_events(9))
    view = ViewParts(capture, watcher)
    view.filtering.use_profiles([PHONES, UNWATCHED])
    view.filtering.start()
    view.settled()
    assert watcher.calls == []
    assert view.filtering.counts.hits()["phones"] == 3
    entries: list[Entry] = [*some_events(4, first=9), a_gap()]
    view.thread.stored(capture.append(entries), entries)
    view.until(lambda: watcher.count() >= 2)
    assert {call[0] for call in watcher.calls} == {"phones"}
    assert watcher.calls[-1][2:] == (13, an_event(12).raw.body)
    view.close()


def test_another_filter_neither_repeats_nor_loses_matches(capture: Capture) -> None:
    watcher = Watcher()
    view = ViewParts(capture, watcher)
    view.filtering.use_profiles([PHONES])
    view.filtering.start()
    view.settled()
    # What is stored and not yet handed over is found when all is filtered again: it is new all the same.
    entries = some_events(6)
    first = capture.append(entries)
    view.filtering.apply("./*:Event")
    view.until(lambda: watcher.count() >= 2)
    view.thread.stored(first, entries)
    view.filtering.apply("")
    view.settled()
    assert watcher.count() == 2
    view.close()


def test_only_what_decides_on_rows_filters_them_anew(capture: Capture) -> None:
    view = ViewParts(capture)
    view.filtering.use_profiles([PHONES, UNWATCHED])
    before = view.filtering.generation
    view.filtering.use_profiles([replace(PHONES, name="Calls", columns=("time",), description="x"), UNWATCHED])
    assert view.filtering.generation == before
    for number, profiles in enumerate(
        (
            [UNWATCHED, PHONES],
            [UNWATCHED, replace(PHONES, colour="red")],
            [UNWATCHED, replace(PHONES, query="true()")],
            [replace(UNWATCHED, active=True)],
        ),
        1,
    ):
        view.filtering.use_profiles(profiles)
        assert view.filtering.generation == before + number
    view.close()
