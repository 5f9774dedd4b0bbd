"""A long query is looked at on another thread; then check, apply and explain have their answers at once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.captures import Capture
from clacks_monitor.core.profile import Profile
from clacks_monitor.session.notices import Checked, Notice
from clacks_monitor.session.view import compiled_queries as compiled_module
from clacks_monitor.session.view.compiled_queries import LONG_QUERY
from clacks_monitor.session.view.view import View
from clacks_monitor.xquery import Query, compile_query
from tests.helpers.ending import end
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path


GOOD = "//*:Id" + "[. = 'a']" * 1_000
BROKEN = GOOD + "["


class _Told:
    """Waits for what is told about a text."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._changed = threading.Condition()

    def __call__(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.texts += [notice.text for notice in notices if isinstance(notice, Checked)]
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
