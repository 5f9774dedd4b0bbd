"""From one invalid event or gap to the next: shown ones only, round the end, from the status bar too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

BROKEN = b"<Event"


def _feed(session: FakeSession, feed: Callable[..., None]) -> None:
    feed(bodies=[phone(), BROKEN, phone(), BROKEN, phone()])
    session.push_gap()
    feed(bodies=[phone()])


def _walked(window: MainWindow, command: str, times: int) -> list[int]:
    found = []
    for _time in range(times):
        window.frame.commands[command].trigger()
        found.append(window.panes.table.current_sequence)
    return found


def test_f8_goes_from_one_to_the_next_and_round(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    _feed(session, feed)
    assert window.frame.commands["trouble.next"].shortcut().toString() == "F8"
    assert _walked(window, "trouble.next", 5) == [2, 4, 6, 2, 4]
    assert _walked(window, "trouble.previous", 3) == [2, 6, 4]


def test_the_status_bar_leads_to_the_newest_of_each(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], qtbot: QtBot
) -> None:
    _feed(session, feed)
    window.refresh.refresh()
    counters = window.frame.status.counters
    for key, expected in (("invalid", [4, 2, 4]), ("gaps", [6, 6])):
        assert counters[key].leads
        window.panes.table.clearSelection()
        window.panes.table.go_to_newest()
        found = []
        for _time in expected:
            qtbot.mouseClick(counters[key], Qt.MouseButton.LeftButton)
            found.append(window.panes.table.current_sequence)
        assert found == expected


def test_what_the_filter_hides_is_said(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone(), BROKEN])
    window.frame.filter.set("./f:Event/f:PhoneStatus")
    window.bridge.deliver()
    window.frame.commands["trouble.next"].trigger()
    assert "Hidden by the filter" in window.frame.status.line.message
    assert window.panes.table.current_sequence != 2


def test_no_trouble_is_said_and_no_link_is_offered(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone()])
    window.refresh.refresh()
    assert not window.frame.status.counters["invalid"].leads
    window.frame.commands["trouble.next"].trigger()
    assert window.frame.status.line.message == "None found"
