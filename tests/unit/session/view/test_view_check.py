"""A long query is looked at on another thread; then check, apply and explain have their answers at once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.captures import Capture
from clacks_monitor.core.profile import Profile
from clacks_monitor.session.notices import Checked, Notice, Trouble
from clacks_monitor.session.view import compiled_queries as compiled_module
from clacks_monitor.session.view.compiled_queries import LONG_QUERY, MOST_KEPT
from clacks_monitor.session.view.view import View
from clacks_monitor.xquery import Query, compile_query
from tests.helpers.ending import end
from tests.helpers.entries import some_events
from tests.helpers.memory import allocated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


GOOD = "//*:Id" + "[. = 'a']" * 1_000
BROKEN = GOOD + "["


class _Told:
    """Waits for what is told about a text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.troubles: list[Trouble] = []
        self._changed = threading.Condition()

    def __call__(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            found = list(notices)
            self.texts += [notice.text for notice in found if isinstance(notice, Checked)]
            self.troubles += [notice for notice in found if isinstance(notice, Trouble)]
            self._changed.notify_all()

    def until(self, condition: Callable[[], bool]) -> None:
        with self._changed:
            assert self._changed.wait_for(condition, 20)

    def wait_for(self, text: str) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: text in self.texts, 20)


@pytest.fixture
def told() -> _Told:
    return _Told()


@pytest.fixture
def view(tmp_path: Path, told: _Told) -> Iterator[View]:
    with Capture.create(tmp_path / "a.capture") as capture:
        capture.append(some_events(3))
        made = View(capture, told)
        made.start()
        yield made
        end(made)
        made.close()


def test_a_long_query_is_known_once_it_was_looked_at(view: View, told: _Told, monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(GOOD) > LONG_QUERY
    assert not view.is_known(GOOD)
    view.look_at(GOOD)
    told.wait_for(GOOD)
    assert view.is_known(GOOD)
    monkeypatch.setattr(compiled_module, "compile_query", lambda _text: pytest.fail("it is compiled already"))
    assert view.check(GOOD) is None
    assert view.explain(GOOD)
    assert view.apply(GOOD) is None
    assert view.filter_text == GOOD


def test_a_long_broken_query_keeps_its_place(view: View, told: _Told) -> None:
    view.look_at(BROKEN)
    told.wait_for(BROKEN)
    for error in (view.check(BROKEN), view.apply(BROKEN)):
        assert error is not None
        assert (error.line, error.column) == (1, len(BROKEN) + 1)
    assert view.filter_text == ""


def test_what_people_write_is_known_at_once(view: View) -> None:
    assert view.is_known("./*:Event")
    assert view.is_known("")


def _judged(view: View) -> set[str]:
    return set(view.hits())


def test_a_long_query_of_a_profile_is_compiled_elsewhere_and_then_filters(
    view: View, told: _Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, where = threading.get_ident(), dict[str, int]()

    def noted(text: str) -> Query:
        where[text] = threading.get_ident()
        return compile_query(text)

    monkeypatch.setattr(compiled_module, "compile_query", noted)
    long, short = "//*:Id" + "[. = 'b']" * 1_000, "//*:Id = 'short'"
    view.use_profiles([Profile("short", short, id="short"), Profile("long", long, id="long")])
    told.until(lambda: _judged(view) == {"short", "long"})
    assert where[short] == window
    assert where[long] != window


def test_many_short_queries_together_are_long(view: View, told: _Told, monkeypatch: pytest.MonkeyPatch) -> None:
    window, here = threading.get_ident(), 0

    def noted(text: str) -> Query:
        nonlocal here
        here += len(text) * (threading.get_ident() == window)
        return compile_query(text)

    monkeypatch.setattr(compiled_module, "compile_query", noted)
    texts = [f"//*:Id[. = 'c{n}']" + "[. = 'b']" * 100 for n in range(20)]
    view.use_profiles([Profile(f"p{n}", text, id=f"p{n}") for n, text in enumerate(texts)])
    told.until(lambda: len(_judged(view)) == len(texts))
    assert 0 < here <= LONG_QUERY


def _dense(number: int) -> Profile:
    """Return a profile with one of the queries that take most when they are compiled."""
    return Profile(f"P{number}", f"{number}," + "1," * 48_990 + "1")


@pytest.mark.timeout(300)
def test_fifty_dense_profiles_take_no_more_than_the_few_that_find_room(view: View, told: _Told) -> None:
    profiles = [_dense(number) for number in range(50)]

    def grown(count: int) -> tuple[int, int]:
        """Return blocks and bytes that so many of the profiles take."""
        before = allocated()
        view.use_profiles(profiles[:count])
        told.until(lambda: view._known.keys() == {profile.query for profile in profiles[:count]})
        grown = allocated() - before
        view.use_profiles([])
        return grown.blocks, grown.heap

    blocks, heap = grown(1)
    all_blocks, all_heap = grown(50)
    room = MOST_KEPT // len(profiles[0].query)
    assert all_blocks < (room + 1) * blocks
    assert all_heap < (room + 1) * heap
    (trouble,) = told.troubles
    assert trouble.text == "Profiles not used: P4, P5, P6, P7, P8 …"
    assert "together" in trouble.detail
    view.use_profiles(profiles[1:3])
    assert told.troubles == [trouble]
