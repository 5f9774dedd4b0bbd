"""Spans in the window: of a capture's boards and gaps, searched, scrolled, live, and gone to events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDockWidget

from clacks_monitor import captures
from clacks_monitor.gui.kit.labels import PlainLabel
from tests.helpers.entries import SECOND, START, a_gap, an_event

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Event
    from clacks_monitor.gui.spans.spans_pane import SpansPane
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def session_event(number: int, client: str, *users: str) -> Event:
    names = "".join(f"<Name>{user}</Name>" for user in users)
    text = f"<UserSession><Id>{client}</Id><User>{names}</User></UserSession>"
    body = f'<Event xmlns="http://www.gonicus.de/Events">{text}</Event>'
    return an_event(number, kind="UserSession", body=body.encode())


@pytest.fixture
def pane(open_real: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot) -> SpansPane:
    """The spans of a capture in which ada was logged in at c1 from second 2 to 8, and 40 others since."""
    path = tmp_path / "sessions.capture"
    with captures.create(path) as capture:
        capture.append([session_event(2, "c1", "ada"), session_event(4, "c2", "ada"), a_gap(7)])
        capture.append([session_event(8, "c1"), *(session_event(9 + n, f"d{n:02}", "eve") for n in range(40))])
    window = open_real(path)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 44)
    window.resize(1100, 800)
    window.frame.commands["spans"].trigger()
    made = window.controllers.spans.pane
    assert made is not None
    made.choose("sessions")
    qtbot.waitUntil(lambda: made.plot.bars.shown is not None and made.plot.bars.shown.total == 42)
    return made


def test_the_spans_of_a_capture_are_shown_by_board(pane: SpansPane) -> None:
    shown = pane.plot.bars.shown
    assert shown is not None
    assert [lane.label for lane in shown.lanes][:2] == ["ada @ c1", "ada @ c2"]
    (first,) = [bar for bar in shown.bars if bar.lane == 0]
    assert (first.from_ns, first.to_ns, first.sequence) == (START + 2 * SECOND, START + 8 * SECOND, 1)
    assert first.doubted
    assert [label.text() for label in pane.legend.findChildren(PlainLabel) if label.text()] == ["logged in"]
    assert pane.state.text() == f"1 to {len(shown.lanes)} of 42"
    assert pane.bar.isVisible()


def test_lanes_are_searched_and_scrolled(pane: SpansPane, qtbot: QtBot) -> None:
    plot = pane.plot
    pane.bar.setValue(2)
    qtbot.waitUntil(lambda: plot.bars.shown is not None and plot.bars.shown.lanes[0].key == "eve @ d00")
    pane.search.setText("ADA")
    qtbot.waitUntil(lambda: plot.bars.shown is not None and plot.bars.shown.total == 2)
    assert not pane.bar.isVisible()
    pane.search.clear()
    qtbot.waitUntil(lambda: plot.bars.shown is not None and plot.bars.shown.total == 42)
    QTest.keyClick(plot, Qt.Key.Key_Left)
    for _lane in range(50):
        QTest.keyClick(plot, Qt.Key.Key_Down)
    assert pane.bar.value() > 0


def test_a_bar_shows_its_events_only(pane: SpansPane, qtbot: QtBot) -> None:
    window = pane.window()
    assert pane.plot.bars.shown is not None
    QTest.mouseClick(pane.plot, Qt.MouseButton.LeftButton, pos=pane.plot.place_of(pane.plot.bars.shown.bars[0]))
    model = window.panes.model  # type: ignore[attr-defined]  # the main window
    qtbot.waitUntil(lambda: list(model.store.sequences) == [1, 3, 4])
    window.frame.commands["time.all"].trigger()  # type: ignore[attr-defined]  # as above


def test_gaps_are_spans_too(pane: SpansPane, qtbot: QtBot) -> None:
    plot, window = pane.plot, pane.window()
    pane.choose("")
    qtbot.waitUntil(
        lambda: plot.bars.shown is not None and plot.bars.shown.wanted.source == "" and bool(plot.bars.shown.bars)
    )
    assert plot.bars.shown is not None
    (bar,) = plot.bars.shown.bars
    assert plot.bars.shown.lanes[0].label == "office"
    assert (bar.from_ns, bar.to_ns) == (START + 2 * SECOND, START + 7 * SECOND)
    QTest.mouseClick(plot, Qt.MouseButton.LeftButton, pos=plot.place_of(bar))
    table = window.panes.table  # type: ignore[attr-defined]  # the main window
    qtbot.waitUntil(lambda: table.current_sequence == 3)


def test_what_is_not_seen_is_not_asked_for(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    window.panes.timeline.shown.emit()
    assert session.boards.asked_spans == []
    window.show()
    window.frame.commands["spans"].trigger()
    spans = window.controllers.spans
    qtbot.waitUntil(lambda: bool(session.boards.asked_spans))
    window.bridge.deliver()
    session.boards.left = 5
    spans.ask()
    count = len(session.boards.asked_spans)
    window.bridge.deliver()
    assert len(session.boards.asked_spans) > count, "the rest is asked for"
    dock = window.findChild(QDockWidget, "spansDock")
    assert dock is not None
    window.frame.commands["layout.reset"].trigger()
    assert dock.isHidden()
    count = len(session.boards.asked_spans)
    window.panes.timeline.shown.emit()
    spans.capture_changed()
    assert len(session.boards.asked_spans) == count
