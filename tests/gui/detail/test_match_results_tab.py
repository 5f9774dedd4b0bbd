"""The tab that says what each filter makes of the selected event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.messages import Message
from clacks_monitor.core.profile import Profile
from clacks_monitor.gui.detail.match_results_tab import MOST
from clacks_monitor.session.notices import MatchResults
from clacks_monitor.session.view.match_results import QueryMatch
from clacks_monitor.xquery import MatchOutcome, MatchResult, Refusal
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

PROLOG = "declare namespace f='http://www.gonicus.de/Events'; "
BUSY = f"{PROLOG}./f:Event/f:PhoneStatus/f:Status = 'busy'"


def _said(window: MainWindow) -> dict[str, str]:
    tab = window.panes.detail.match_results
    items = [tab.topLevelItem(index) for index in range(tab.topLevelItemCount())]
    return {item.text(0): item.text(1) for item in items if item is not None}


def _answered(window: MainWindow, name: str) -> str:
    window.bridge.deliver()
    return _said(window).get(name, "")


def _open(window: MainWindow) -> None:
    window.panes.detail.tabs.setCurrentWidget(window.panes.detail.match_results)


def test_every_filter_answers_and_again_when_one_changes(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], qtbot: QtBot
) -> None:
    session.profiles.create(Profile("Number", f"{PROLOG}./f:Event/f:PhoneStatus/f:Status != 1"))
    feed(bodies=[phone(status="busy"), phone(status="free")])
    _open(window)
    window.panes.table.go_to(2)
    qtbot.waitUntil(lambda: _answered(window, "Number") != "")
    assert "FORG0001" in _said(window)["Number"]
    assert "The broker treats this error as no match" in _said(window)["Number"]
    assert "Filter bar" not in _said(window)
    window.frame.filter.set(BUSY)
    window.bridge.deliver()
    window.panes.table.go_to(1)
    qtbot.waitUntil(lambda: _answered(window, "Filter bar") == "match")


def test_profiles_that_were_there_from_the_beginning_have_their_names(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], qtbot: QtBot
) -> None:
    first = session.profiles.all()[0].name
    feed(bodies=[phone()])
    _open(window)
    window.panes.table.go_to(1)
    qtbot.waitUntil(lambda: _answered(window, first) != "")


def test_nothing_is_asked_while_nobody_looks(window: MainWindow, feed: Callable[..., None], qtbot: QtBot) -> None:
    feed(bodies=[phone()])
    asked: list[int] = []
    window.panes.detail.match_results.wanted.connect(asked.append)
    window.panes.table.go_to(1)
    assert not window.panes.detail.match_results._timer.isActive()
    _open(window)
    qtbot.waitUntil(lambda: asked == [1])


def test_many_long_answers_are_bounded(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone()])
    window.panes.table.go_to(1)
    tab = window.panes.detail.match_results
    long = MatchResult(MatchOutcome.ERROR, "FORG0001", Message.verbatim("cannot cast " + "9" * 1_000_000), 1, 2)
    answers = [
        QueryMatch("p" * 10_000, "q" * 10_000, long, Refusal(Message.verbatim("r" * 10_000), 1, 1))
        for _ in range(5_000)
    ]
    tab.on_match_results(MatchResults(1, tuple(answers)))
    items = [tab.topLevelItem(index) for index in range(tab.topLevelItemCount())]
    assert len(items) == MOST + 1
    assert items[-1] is not None
    assert items[-1].text(0) == "4,800 more"
    assert max(len(item.text(0)) + len(item.text(1)) + len(item.toolTip(0)) for item in items if item) < 5_000


def test_a_very_large_event_is_not_asked_about(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone()])
    window.panes.table.go_to(1)
    window.panes.detail.match_results.on_match_results(MatchResults(1, (), too_large=True))
    assert "too large" in next(iter(_said(window)))


def test_an_answer_that_comes_too_late_is_dropped(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(bodies=[phone(), phone()])
    _open(window)
    window.panes.table.go_to(2)
    session.queries.match(1)
    window.bridge.deliver()
    assert _said(window) == {}
