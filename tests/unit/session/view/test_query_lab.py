"""Queries are checked, explained, tried and evaluated on one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.hardened import MAX_PARSED
from clacks_monitor.core.profile import Expected, FilterTest, Profile
from clacks_monitor.session.notices import (
    DryRun,
    FilterTestsRun,
    MatchResults,
)
from tests.helpers.entries import an_event

if TYPE_CHECKING:
    from clacks_monitor.captures.writer import Capture
    from tests.helpers.view_parts import ViewParts


UNDECIDED = "if (//*:Id = 3) then xs:integer('x') else //*:Id = 1"


def test_a_query_is_checked_without_being_applied(view: ViewParts) -> None:
    generation = view.filtering.generation
    assert view.queries.check("") is None
    assert view.queries.check(" \n") is None
    assert view.queries.check("true()") is None
    error = view.queries.check("1 +")
    assert error is not None
    assert (error.code, view.filtering.generation) == ("XPST0003", generation)


def test_a_query_is_explained_and_whether_a_broker_would_refuse_it(view: ViewParts) -> None:
    quick = view.queries.explain("//*:Id = 1")
    assert quick
    assert "Qpid" not in quick
    refused = view.queries.explain("'x' ! true()")
    assert refused.startswith("A Qpid broker would reject it: ")
    assert "(line 1). " in refused
    assert view.queries.explain("1 +").startswith("XPST0003")


def test_a_query_is_tried_on_the_last_events(view: ViewParts) -> None:
    view.queries.dry_run(UNDECIDED)
    assert view.answer(DryRun) == DryRun(UNDECIDED, 1, 1, 7)
    view.queries.dry_run("//*:Id = 11", last=1)
    assert view.answer(DryRun, lambda told: told.text == "//*:Id = 11") == DryRun("//*:Id = 11", 1, 0, 1)
    view.queries.dry_run("//*:Id = 4", last=4)
    assert view.answer(DryRun, lambda told: told.text == "//*:Id = 4") == DryRun("//*:Id = 4", 1, 0, 3)


def test_every_query_in_force_is_asked_about_one_event(view: ViewParts) -> None:
    profile = Profile("P", "//*:Id = 2")
    view.filtering.use_profiles([profile])
    view.queries.match(2)
    alone = view.answer(MatchResults)
    assert [(match.source, match.result.matches) for match in alone.results] == [(profile.id, False)]
    view.filtering.apply("//*:Id = 1")
    view.queries.match(2)
    both = view.answer(MatchResults, lambda told: len(told.results) == 2)
    assert [(match.source, match.result.matches) for match in both.results] == [
        ("", True),
        (profile.id, False),
    ]
    view.queries.match(7)
    assert view.answer(MatchResults, lambda told: told.sequence == 7) == MatchResults(7, ())
    view.queries.match(99)
    assert view.answer(MatchResults, lambda told: told.sequence == 99) == MatchResults(99, ())


@pytest.mark.parametrize(("size", "too_large"), [(MAX_PARSED, False), (MAX_PARSED + 1, True)])
def test_an_event_that_is_too_large_is_not_read_again(
    size: int,
    too_large: bool,
    view: ViewParts,
    capture: Capture,
) -> None:
    capture.append([an_event(20, body=b"x" * size)])
    view.filtering.apply("true()")
    view.queries.match(9)
    told = view.answer(MatchResults)
    assert (told.too_large, len(told.results)) == (too_large, 0 if too_large else 1)


def test_filter_tests_are_answered_to_the_asker(view: ViewParts) -> None:
    sample = FilterTest("one", an_event(1).raw.body, Expected.MATCH)
    view.queries.run_filter_tests("a dialog", "//*:Id = 1", [sample])
    view.queries.run_filter_tests("another", "//*:Id = 2", [sample])
    one = view.answer(FilterTestsRun, lambda found: found.asker == "a dialog")
    other = view.answer(FilterTestsRun, lambda found: found.asker == "another")
    assert (one.query, [result.found for result in one.results]) == ("//*:Id = 1", [Expected.MATCH])
    assert (other.query, [result.found for result in other.results]) == ("//*:Id = 2", [Expected.NO_MATCH])
