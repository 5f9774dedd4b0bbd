"""Which rows copies are folded below: live and filtered again, in parts of any size, whatever the filter hides."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.session.notices import ViewReset, ViewRows
from clacks_monitor.session.view import match_memory, refilter
from tests.helpers.entries import START, an_event
from tests.helpers.view_parts import ViewParts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.event import Event, PropertyValue

DIRECT, BY_P, BY_Q = "", "p", "q"
GROUPS = ((1, 2, 3), (4, 9), (6, 20, 30), (7, 8), (28, 29))
"""Numbers of the deliveries of one message each; all other entries came once."""
COUNT = 32
FILTERS = {
    "nothing": ("", range(1, COUNT + 1)),
    "what proxies relayed": (
        "declare variable $proxied_by external; $proxied_by = ('p', 'q')",
        [n for group in GROUPS for n in group[1:]],
    ),
    "what the second proxy relayed": (
        "declare variable $proxied_by external; $proxied_by = 'q'",
        [group[2] for group in GROUPS if len(group) > 2],
    ),
    "all but the first of one": ("declare variable $n external; $n != 4", [n for n in range(1, COUNT + 1) if n != 4]),
}


def entries() -> list[Event]:
    place = {number: (group, index) for group in GROUPS for index, number in enumerate(group)}
    found = []
    for number in range(1, COUNT + 1):
        group, index = place.get(number, ((number,), 0))
        event, wall = an_event(group[0]), START + number
        said: dict[str, PropertyValue] = {"sender_id": "a", "n": number, "proxied_by": (DIRECT, BY_P, BY_Q)[index]}
        if index:
            said |= {"copy": index + 1, "copy_of": START + group[0]}
        found.append(replace(event, raw=replace(event.raw, wall_ns=wall, properties=said)))
    return found


def expected(shown: set[int]) -> list[int]:
    """Return what has to be folded of what is shown: all but the first of each message."""
    return sorted(n for group in GROUPS for n in [number for number in group if number in shown][1:])


@pytest.fixture
def capture(tmp_path: Path) -> Iterator[Capture]:
    with captures.create(tmp_path / "a.capture") as made:
        yield made


def folded(parts: ViewParts) -> list[int]:
    begin = max(place for place, notice in enumerate(parts.notices) if isinstance(notice, ViewReset))
    return sorted(n for notice in parts.notices[begin:] if isinstance(notice, ViewRows) for n in notice.folded)


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("block", [3, 8, 100])
@pytest.mark.parametrize("chunk", [2, 100])
def test_what_is_filtered_again_is_folded_below_the_first_that_is_shown(
    capture: Capture, monkeypatch: pytest.MonkeyPatch, name: str, block: int, chunk: int
) -> None:
    monkeypatch.setattr(match_memory, "BLOCK", block)
    monkeypatch.setattr(refilter, "FIRST_CHUNK", chunk)
    monkeypatch.setattr(refilter, "CHUNK", chunk)
    capture.append(entries())
    parts = ViewParts(capture)
    parts.filtering.start()
    parts.settled()
    query, shown = FILTERS[name]
    assert parts.filtering.apply(query) is None
    assert parts.settled() == sorted(shown)
    assert folded(parts) == expected(set(shown))
    parts.close()


@pytest.mark.parametrize("name", FILTERS)
@pytest.mark.parametrize("step", [1, 3, COUNT])
def test_live_events_are_folded_as_well_and_what_they_repeat_is_named(capture: Capture, name: str, step: int) -> None:
    parts = ViewParts(capture)
    query, shown = FILTERS[name]
    parts.filtering.start()
    parts.filtering.apply(query)
    parts.settled()
    arriving = entries()
    for start in range(0, COUNT, step):
        part = arriving[start : start + step]
        parts.thread.stored(capture.append(part), part, at_once=True)
    parts.until(lambda: parts.shown == sorted(shown))
    assert folded(parts) == expected(set(shown))
    named = {n for notice in parts.notices if isinstance(notice, ViewRows) for n in notice.repeated}
    assert named == {next(n for n in group if n in shown) for group in GROUPS if len(set(group) & set(shown)) > 1}
    parts.close()


def test_cleared_deliveries_stand_for_nothing(capture: Capture) -> None:
    capture.append(entries()[:8])
    parts = ViewParts(capture)
    parts.filtering.start()
    parts.settled()
    parts.filtering.clear()
    parts.until(lambda: parts.filtering.cleared)
    parts.settled()
    part = entries()[8:]
    parts.thread.stored(capture.append(part), part, at_once=True)
    parts.until(lambda: parts.shown == list(range(9, COUNT + 1)))
    assert folded(parts) == [29, 30]
    parts.close()


def test_nothing_is_folded_where_every_delivery_is_to_have_a_row(capture: Capture) -> None:
    capture.append(entries())
    parts = ViewParts(capture)
    parts.filtering.start()
    parts.filtering.fold(on=False)
    assert parts.settled() == list(range(1, COUNT + 1))
    assert folded(parts) == []
    parts.filtering.fold(on=True)
    parts.settled()
    assert folded(parts) == expected(set(range(1, COUNT + 1)))
    parts.close()
