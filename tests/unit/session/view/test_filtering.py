"""What is filtered by, and which part of the capture is shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.profile import Profile
from clacks_monitor.session.notices import (
    FilterFault,
    ViewRows,
)
from clacks_monitor.session.view.profile_queries import query_of
from clacks_monitor.session.view.query_text import type_query
from tests.helpers.entries import SECOND, START, some_events

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.captures.writer import Capture
    from tests.helpers.view_parts import ViewParts


def test_a_filter_hides_what_does_not_match_and_an_empty_one_nothing(view: ViewParts) -> None:
    assert view.shown == [1, 2, 3, 4, 5, 6, 7, 8]
    assert view.filtering.apply("//*:Id = (1, 4)") is None
    assert view.settled() == [2, 5, 7], "a gap is always shown"
    assert view.filtering.filter_text == "//*:Id = (1, 4)"
    assert (view.filtering.counts.shown(), view.filtering.counts.waiting(), view.filtering.counts.seen) == (3, 0, 8)
    assert view.filtering.apply("  ") is None
    assert len(view.settled()) == 8


def test_a_broken_filter_is_said_and_the_last_good_one_stays(view: ViewParts) -> None:
    view.filtering.apply("//*:Id = 1")
    generation = view.filtering.generation
    error = view.filtering.apply("//*:Id = ")
    assert error is not None
    assert error.code == "XPST0003"
    assert (view.filtering.filter_text, view.filtering.generation) == ("//*:Id = 1", generation)


def test_profiles_colour_count_and_choose(view: ViewParts) -> None:
    red = Profile("Red", "//*:Id = (1, 2)", colour=COLOURS[3])
    all_ = Profile("All", " ", colour=COLOURS[5])
    view.filtering.use_profiles([red, all_])
    assert len(view.settled()) == 8
    assert {n: view.tints[n] for n in (2, 3, 4)} == {2: 3, 3: 3, 4: 5}
    assert view.filtering.counts.hits() == {red.id: 2, all_.id: 7}
    view.filtering.use_profiles([replace(red, active=True), all_])
    assert view.settled() == [2, 3, 7]
    assert query_of(all_) == "true()"


def test_only_what_decides_filters_anew(view: ViewParts) -> None:
    profile = Profile("P", "//*:Id = 1")
    view.filtering.use_profiles([profile])
    generation = view.filtering.generation
    view.filtering.use_profiles([replace(profile, name="Q", description="other", columns=("time",))])
    assert view.filtering.generation == generation
    for number, changed in enumerate(
        (replace(profile, colour=COLOURS[2]), replace(profile, active=True), replace(profile, query="true()")), 1
    ):
        view.filtering.use_profiles([changed])
        assert view.filtering.generation == generation + number


def test_a_profile_that_cannot_be_read_is_told_and_decides_nothing(view: ViewParts) -> None:
    broken = Profile("Broken", "1 +", active=True)
    view.filtering.use_profiles([broken, Profile("Good", "//*:Id = 1", active=True)])
    assert view.settled() == [2, 7]
    fault = view.answer(FilterFault)
    assert fault.source == broken.id
    assert fault.text.startswith("XPST0003")


def test_what_is_cleared_comes_back(view: ViewParts, capture: Capture) -> None:
    view.filtering.clear()
    assert view.settled() == []
    assert view.filtering.cleared
    first = capture.append(some_events(1, 20))
    view.thread.stored(first, some_events(1, 20))
    view.answer(ViewRows, lambda rows: 9 in rows.sequences)
    view.filtering.unclear()
    assert view.settled() == list(range(1, 10))
    assert not view.filtering.cleared


@pytest.mark.parametrize(
    ("first", "end_", "rows"),
    [
        (0, 3, [1, 2, 3]),
        (2, 4, [3, 4]),
        (3, 99, [4, 5, 6, 7, 8]),
        (11, 12, [8]),
        (-9, 0, []),
        (3, 3, []),
        (50, 99, []),
    ],
)
def test_a_span_of_time_is_shown(first: int, end_: int, rows: list[int], view: ViewParts) -> None:
    view.filtering.show_span(START + first * SECOND, START + end_ * SECOND)
    assert view.settled() == rows
    view.filtering.show_span(0, 0)
    assert len(view.settled()) == 8


def test_the_same_span_again_filters_nothing(view: ViewParts) -> None:
    view.filtering.show_span(0, 0)
    assert view.filtering.generation == 1
    view.filtering.show_span(START, START + SECOND)
    view.filtering.show_span(START, START + SECOND)
    assert view.filtering.generation == 2


def test_the_span_lies_above_what_was_cleared(view: ViewParts) -> None:
    view.filtering.clear()
    view.filtering.show_span(START, START + 99 * SECOND)
    assert view.settled() == []


def test_another_capture_is_shown_whole(view: ViewParts, tmp_path: Path) -> None:
    view.filtering.clear()
    view.filtering.show_span(START, START + SECOND)
    with captures.create(tmp_path / "b.capture") as other:
        other.append(some_events(3, 40))
        view.rows.use_capture(other)
        view.filtering.use_capture(other)
        assert view.settled() == [1, 2, 3]
        assert not view.filtering.cleared
        (row,) = view.rows.read([1]).value
        assert row.summary == "ClientPoll number 40"
        assert view.rows.stop() == []


def test_queries_of_types_divide_the_events(view: ViewParts) -> None:
    view.filtering.apply(type_query("PhoneStatus"))
    assert view.settled() == [1, 4, 7]
    view.filtering.apply(type_query("PhoneStatus", wanted=False))
    assert view.settled() == [2, 3, 5, 6, 7, 8]
