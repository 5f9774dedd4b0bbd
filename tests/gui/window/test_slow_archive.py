"""A window on an archive whose server does not answer: it stands still at nothing, and shows what comes later."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import pytest

from clacks_monitor import captures
from clacks_monitor.core.storage_errors import StoreUnreachableError
from clacks_monitor.core.store import StoreChange
from clacks_monitor.session.captures.capture_tally import counted
from clacks_monitor.session.captures.capture_use import OpenedCapture
from clacks_monitor.session.notices import Counters
from clacks_monitor.session.session import Session
from clacks_monitor.session.view import filtering
from clacks_monitor.session.work import answers
from tests.helpers.entries import SECOND, START, a_gap, some_events
from tests.helpers.held_store import HeldStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.store import EventStore
    from clacks_monitor.gui.window.main_window import MainWindow


@pytest.fixture
def held(tmp_path: Path) -> Iterator[HeldStore]:
    with captures.create(tmp_path / "shift.capture") as capture:
        capture.append([*some_events(300), a_gap(400)])
        capture.notes.annotate(7, mark=True)
        made = HeldStore(capture)
        yield made
        made.gate.release()


@pytest.fixture
def slow(
    held: HeldStore, open_real: Callable[[OpenedCapture], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> MainWindow:
    """A window on it, which waits for no answer."""
    monkeypatch.setattr(answers, "WAIT_S", 0.0)
    store = cast("EventStore", held)
    return open_real(OpenedCapture(store, counted(store)))


def _types(window: MainWindow, *places: int) -> list[str]:
    return [window.panes.model.index(place, 1).data() for place in places]


def test_rows_are_shown_when_they_come(slow: MainWindow, held: HeldStore, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _types(slow, 3) == ["PhoneStatus"])
    held.gate.hold()
    slow.panes.model.cache.clear()
    assert _types(slow, 0, 150, 299) == ["…"] * 3
    held.gate.release()
    qtbot.waitUntil(lambda: "…" not in _types(slow, 0, 150, 299))
    slow.panes.table.grab()


def test_nothing_that_a_user_does_waits_for_it(slow: MainWindow, held: HeldStore, qtbot: QtBot) -> None:
    held.gate.hold()
    window, table = slow, slow.panes.table
    table.go_to(3)
    window.controllers.events.go_to_time(START + 20 * SECOND)
    for key in ("mark.next", "trouble.next", "trouble.previous", "copy.xml", "clear", "unclear", "capture.export"):
        window.frame.commands[key].trigger()
    window.controllers.timing.limit(START, START + 10 * SECOND)
    window.controllers.timing.show_all_times()
    window.controllers.finding.open()
    window.panes.find_bar.line.setText("number 12")
    window.controllers.finding.step(True)
    window.controllers.finding.end()
    window.frame.filter.set("./*:Event/*:PhoneStatus")
    window.refresh.refresh()
    table.grab()
    qtbot.waitUntil(lambda: held.gate.waiting > 0)


def test_the_newest_wish_is_answered(slow: MainWindow, held: HeldStore, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: _types(slow, 3) == ["PhoneStatus"])
    held.gate.hold()
    for sequence in (3, 4, 5, 20):
        slow.panes.table.go_to(sequence)
    held.gate.release()
    qtbot.waitUntil(lambda: slow.panes.detail._sequence == 20)


def test_another_capture_is_opened_while_it_holds(
    slow: MainWindow, held: HeldStore, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "other.capture"
    with captures.create(path) as other:
        other.append(some_events(5))
    held.gate.hold()
    slow.panes.table.go_to(3)
    slow.frame.filter.set("./*:Event/*:PhoneStatus")
    qtbot.waitUntil(lambda: held.gate.waiting > 0)
    slow.controllers.opening.open(path)
    qtbot.waitUntil(lambda: slow.session.capture.path == path)
    slow.frame.filter.set("")
    qtbot.waitUntil(lambda: slow.panes.model.rowCount() == 5)


def test_of_a_large_archive_the_newest_entries_are_shown_until_all_are_wanted(
    held: HeldStore, open_real: Callable[[OpenedCapture], MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(filtering, "NEWEST", 100)
    store = cast("EventStore", held)
    monkeypatch.setattr(Session, "counters", lambda _session: Counters(received=100))  # what open_real() waits for
    window = open_real(OpenedCapture(store, counted(store)))
    qtbot.waitUntil(lambda: "newest" in window.controllers.chips.chips)
    chip = window.controllers.chips.chips["newest"]
    assert (chip.text(), list(window.panes.model.store.sequences)) == (
        "Without 201 older entries",
        list(range(202, 302)),
    )
    window.session.filtering.show_span(START, START + 10 * SECOND)
    qtbot.waitUntil(lambda: list(window.panes.model.store.sequences) == list(range(1, 11)))
    assert "newest" not in window.controllers.chips.chips
    window.session.filtering.show_span(0, 0)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 100)
    qtbot.waitUntil(lambda: "newest" in window.controllers.chips.chips)
    window.controllers.chips.chips["newest"].click()
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 301)
    assert "newest" not in window.controllers.chips.chips


def test_going_to_an_entry_that_is_left_out_shows_the_part_that_it_is_in(
    held: HeldStore, open_real: Callable[[OpenedCapture], MainWindow], monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(filtering, "NEWEST", 100)
    monkeypatch.setattr(filtering, "LATER", 20)
    store = cast("EventStore", held)
    monkeypatch.setattr(Session, "counters", lambda _session: Counters(received=100))  # what open_real() waits for
    window = open_real(OpenedCapture(store, counted(store)))
    table, chips = window.panes.table, window.controllers.chips.chips

    def shows(first: int, last: int) -> bool:
        return list(window.panes.model.store.sequences) == list(range(first, last + 1))

    qtbot.waitUntil(lambda: shows(202, 301))
    window.controllers.events.go_to_time(START + 149 * SECOND)
    qtbot.waitUntil(lambda: shows(71, 170))
    qtbot.waitUntil(lambda: table.current_sequence == 150)
    assert chips["newest"].text() == "Entries 71 to 170 of the archive"
    table.go_to(100)
    assert shows(71, 170), "it is shown already"
    table.go_to(3)
    qtbot.waitUntil(lambda: shows(1, 23))
    qtbot.waitUntil(lambda: table.current_sequence == 3)
    table.go_to(250)
    qtbot.waitUntil(lambda: shows(202, 301))
    qtbot.waitUntil(lambda: table.current_sequence == 250)
    table.go_to(150)
    qtbot.waitUntil(lambda: shows(71, 170))
    window.frame.commands["follow"].trigger()
    qtbot.waitUntil(lambda: shows(202, 301))
    table.go_to(150)
    qtbot.waitUntil(lambda: shows(71, 170))
    chips["newest"].click()
    qtbot.waitUntil(lambda: shows(202, 301))
    window.frame.filter.set("./*:Event/*:PhoneStatus")
    qtbot.waitUntil(lambda: list(window.panes.model.store.sequences) == list(range(202, 302, 3)))
    table.go_to(150)
    qtbot.waitUntil(lambda: table.current_sequence == 151)


def test_the_explanation_of_a_filter_says_what_the_database_does(slow: MainWindow) -> None:
    explain = slow.session.queries.explain
    assert "selects by time and type (PhoneStatus); the rest" in explain("./*:Event/*:PhoneStatus[*:Id = '3']")
    assert "selects by time only" in explain("//*:Id = '3'")


def test_while_the_server_is_gone_what_was_read_stays_and_the_banner_alone_says_why(
    slow: MainWindow, held: HeldStore, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: _types(slow, 299) == ["NodeStatus"])
    slow.panes.table.grab()
    held.broken = StoreUnreachableError("There is no server.")
    held.changes.put(held.broken)
    qtbot.waitUntil(slow.controllers.outages.banner.isVisible)
    assert "No connection: Archive shift.capture" in slow.windowTitle()
    assert _types(slow, 299, 150) == ["NodeStatus", "…"]
    qtbot.waitUntil(lambda: not slow.panes.model.cache._awaited)
    assert _types(slow, 150) == ["…"], "it is not asked for again and again"
    assert slow.panes.trouble.isHidden()
    held.broken = None
    held.changes.put(StoreChange(301))
    slow.session.following.retry()
    qtbot.waitUntil(lambda: _types(slow, 150) == ["PhoneStatus"])
    assert not slow.controllers.outages.banner.isVisible()
