"""Long queries, of the filter bar and of profiles, are compiled on other threads."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.profile import Profile
from clacks_monitor.session.notices import Checked, Trouble
from clacks_monitor.session.view import compiled_queries as compiled_module
from clacks_monitor.session.view.compiled_queries import LONG_QUERY, MOST_KEPT
from clacks_monitor.xquery import Query, compile_query
from tests.helpers.memory import allocated

if TYPE_CHECKING:
    from tests.helpers.view_parts import ViewParts


GOOD = "//*:Id" + "[. = 'a']" * 1_000
BROKEN = GOOD + "["


def test_a_long_query_is_known_once_it_was_looked_at(view: ViewParts, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(GOOD) > LONG_QUERY
    assert not view.queries.is_known(GOOD)
    view.queries.prepare(GOOD)
    view.answer(Checked, lambda notice: notice.text == GOOD)
    assert view.queries.is_known(GOOD)
    monkeypatch.setattr(compiled_module, "compile_query", lambda _text: pytest.fail("it is compiled already"))
    assert view.queries.check(GOOD) is None
    assert view.queries.explain(GOOD)
    assert view.filtering.apply(GOOD) is None
    assert view.filtering.filter_text == GOOD


def test_a_long_broken_query_keeps_its_place(view: ViewParts) -> None:
    view.queries.prepare(BROKEN)
    view.answer(Checked, lambda notice: notice.text == BROKEN)
    for error in (view.queries.check(BROKEN), view.filtering.apply(BROKEN)):
        assert error is not None
        assert (error.line, error.column) == (1, len(BROKEN) + 1)
    assert view.filtering.filter_text == ""


def test_what_people_write_is_known_at_once(view: ViewParts) -> None:
    assert view.queries.is_known("./*:Event")
    assert view.queries.is_known("")


def _filtered_by(view: ViewParts) -> set[str]:
    return set(view.filtering.counts.hits())


def test_a_long_query_of_a_profile_is_compiled_elsewhere_and_then_filters(
    view: ViewParts, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, where = threading.get_ident(), dict[str, int]()

    def noted(text: str) -> Query:
        where[text] = threading.get_ident()
        return compile_query(text)

    monkeypatch.setattr(compiled_module, "compile_query", noted)
    long, short = "//*:Id" + "[. = 'b']" * 1_000, "//*:Id = 'short'"
    view.filtering.use_profiles([Profile("short", short, id="short"), Profile("long", long, id="long")])
    view.until(lambda: _filtered_by(view) == {"short", "long"})
    assert where[short] == window
    assert where[long] != window


def test_many_short_queries_together_are_long(view: ViewParts, monkeypatch: pytest.MonkeyPatch) -> None:
    window, here = threading.get_ident(), 0

    def noted(text: str) -> Query:
        nonlocal here
        here += len(text) * (threading.get_ident() == window)
        return compile_query(text)

    monkeypatch.setattr(compiled_module, "compile_query", noted)
    texts = [f"//*:Id[. = 'c{n}']" + "[. = 'b']" * 100 for n in range(20)]
    view.filtering.use_profiles([Profile(f"p{n}", text, id=f"p{n}") for n, text in enumerate(texts)])
    view.until(lambda: len(_filtered_by(view)) == len(texts))
    assert 0 < here <= LONG_QUERY


def _troubles(view: ViewParts) -> list[Trouble]:
    return [notice for notice in view.notices if isinstance(notice, Trouble)]


def _dense(number: int) -> Profile:
    """Return a profile with one of the queries that take most when they are compiled."""
    return Profile(f"P{number}", f"{number}," + "1," * 48_990 + "1")


@pytest.mark.timeout(300)
def test_fifty_dense_profiles_take_no_more_than_the_few_that_find_room(view: ViewParts) -> None:
    profiles = [_dense(number) for number in range(50)]

    def grown(count: int) -> tuple[int, int]:
        """Return blocks and bytes that so many of the profiles take."""
        before = allocated()
        view.filtering.use_profiles(profiles[:count])
        view.until(lambda: view.filtering._profiles._compiled.keys() == {profile.query for profile in profiles[:count]})
        grown = allocated() - before
        view.filtering.use_profiles([])
        return grown.blocks, grown.heap

    blocks, heap = grown(1)
    all_blocks, all_heap = grown(50)
    room = MOST_KEPT // len(profiles[0].query)
    assert all_blocks < (room + 1) * blocks
    assert all_heap < (room + 1) * heap
    (trouble,) = _troubles(view)
    assert trouble.text == "Profiles not used: P4, P5, P6, P7, P8 …"
    assert "together" in trouble.detail
    view.filtering.use_profiles(profiles[1:3])
    assert _troubles(view) == [trouble]
