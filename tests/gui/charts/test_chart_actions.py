"""Charts in the window: opened from the menu of a value, live, in the timeline's span, closed, and gone to events."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMenu

from clacks_monitor import captures
from clacks_monitor.gui.charts import chart_actions
from clacks_monitor.gui.charts.chart_actions import MAX_CHARTS
from tests.helpers.entries import an_event

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.event import Event
    from clacks_monitor.gui.charts.chart_pane import ChartPane
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
LOAD = ("NodeStatus", "Load")


def body(load: float, node: str = "a") -> bytes:
    text = f"<NodeStatus><Load>{load}</Load><Latency>0.1</Latency><Workers>3</Workers><Id>{node}</Id></NodeStatus>"
    return f'<Event xmlns="http://www.gonicus.de/Events">{text}</Event>'.encode()


def load(number: int, value: float, node: str = "a") -> Event:
    return an_event(number, kind="NodeStatus", body=body(value, node))


def entries(menu: QMenu) -> dict[str, QMenu]:
    """Return each entry "Chart over time" below a menu, by the title of the menu it is in."""
    found = {}
    for below in menu.findChildren(QMenu):
        if any(action.text() == "Chart over time" for action in below.actions()):
            found[below.title()] = below
    return found


def choose(menu: QMenu) -> None:
    next(action for action in menu.actions() if action.text() == "Chart over time").trigger()


@pytest.fixture
def charted(open_real: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot) -> MainWindow:
    """A window on a capture with the loads of two agents; the first one's is selected."""
    path = tmp_path / "loads.capture"
    with captures.create(path) as capture:
        capture.append([load(number, number, "ab"[number % 2]) for number in range(30)])
        capture.append([an_event(30, kind="ClientPoll")])
    window = open_real(path)
    qtbot.waitUntil(lambda: window.panes.model.rowCount() == 31)
    window.panes.table.go_to(1)
    return window


def opened(window: MainWindow, qtbot: QtBot) -> ChartPane:
    charts = window.controllers.charts
    charts.open(LOAD)
    qtbot.waitUntil(lambda: len(charts.panes) == 1 and len(charts.panes[0].plot.lines.visible) == 2)
    return charts.panes[0]


def test_a_number_in_the_table_is_charted_from_its_menu(charted: MainWindow, qtbot: QtBot) -> None:
    table = charted.panes.table
    menus: list[QMenu] = []
    charted.controllers.events.menu_opening.connect(lambda menu, _sequence: menus.append(menu))
    table.menu_wanted.emit(1, charted.panes.model.columns[0], table.mapToGlobal(QPoint(20, 20)))
    qtbot.waitUntil(lambda: bool(menus))
    offered = entries(menus[0])
    assert set(offered) == {"Load = 0", "Latency = 0.1", "Workers = 3"}
    choose(offered["Load = 0"])
    menus[0].close()
    qtbot.waitUntil(lambda: len(charted.controllers.charts.panes) == 1)
    pane = charted.controllers.charts.panes[0]
    qtbot.waitUntil(lambda: [line.name for line in pane.plot.lines.visible] == ["a", "b"])


def test_a_number_in_the_event_pane_is_charted_from_its_menu(charted: MainWindow, qtbot: QtBot) -> None:
    at = charted.mapToGlobal(QPoint(50, 50))
    charted.panes.detail.menu_wanted.emit(("Event", "NodeStatus", "Load"), "1.5", at)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    choose(menu)
    menu.close()
    qtbot.waitUntil(lambda: len(charted.controllers.charts.panes) == 1)


@pytest.mark.parametrize(
    ("path", "value"), [(("Event", "A", "B"), "busy"), (("Event", "A"), "5"), (("A", "B", "C"), "")]
)
def test_what_is_not_a_number_is_not_offered(charted: MainWindow, path: tuple[str, ...], value: str) -> None:
    menu = QMenu()
    charted.controllers.events.menus.add_value(menu, path, value)
    assert "Chart over time" not in [action.text() for action in menu.actions()]


def test_a_chart_has_the_axis_of_the_timeline(charted: MainWindow, qtbot: QtBot) -> None:
    pane = opened(charted, qtbot)
    timeline = charted.panes.timeline
    qtbot.waitUntil(lambda: pane.plot.scale == timeline.scale)
    assert pane.plot.mapTo(charted, QPoint(0, 0)).x() == timeline.mapTo(charted, QPoint(0, 0)).x()
    assert pane.plot.mapTo(charted, QPoint(0, 0)).y() < timeline.mapTo(charted, QPoint(0, 0)).y()
    timeline.zoomed.emit(1)
    qtbot.waitUntil(lambda: pane.plot.scale == timeline.scale)


def test_a_chart_is_live(charted: MainWindow, qtbot: QtBot) -> None:
    pane = opened(charted, qtbot)
    session = charted.session
    recorder = session.capture.current
    recorder.append([load(29, 99.0, "new")])
    charted.controllers.charts.refresh()
    qtbot.waitUntil(lambda: [line.name for line in pane.plot.lines.visible] == ["a", "b", "new"])


def test_a_click_on_a_line_goes_to_its_event(charted: MainWindow, qtbot: QtBot) -> None:
    pane = opened(charted, qtbot)
    pane.plot.row_wanted.emit(12)
    assert charted.panes.table.current_sequence == 12
    charted.frame.filter.set("false()")
    qtbot.waitUntil(lambda: charted.panes.model.rowCount() == 0)
    with qtbot.waitSignal(charted.controllers.charts.notified) as said:
        pane.plot.row_wanted.emit(3)
    assert said.args == ["The event is hidden by the filter"]


def test_other_lines_are_asked_for(charted: MainWindow, qtbot: QtBot) -> None:
    pane = opened(charted, qtbot)
    pane.keys.setCurrentIndex(pane.keys.count() - 1)
    qtbot.waitUntil(lambda: [line.name for line in pane.plot.lines.visible] == [""])


def settle(window: MainWindow) -> None:
    """Deliver all answers, and what follows from them."""
    for _time in range(6):
        window.bridge.deliver()


def test_charts_are_few_and_can_be_closed(window: MainWindow, session: FakeSession, feed: Callable[..., None]) -> None:
    charts = window.controllers.charts
    feed(bodies=[body(1), body(2)])
    window.panes.table.go_to(1)
    said: list[str] = []
    charts.notified.connect(said.append)
    for _time in range(MAX_CHARTS + 1):
        charts.open(LOAD)
    assert len(charts.panes) == MAX_CHARTS
    assert said == ["At most 3 charts are shown. Close one first."]
    dock = window.findChild(QDockWidget, "chartsDock")
    assert dock is not None
    for _time in range(MAX_CHARTS):
        assert dock.isVisible()
        charts.panes[0].close_button.click()
    assert not dock.isVisible()
    assert len(session.charts.dropped) == MAX_CHARTS


def test_what_is_left_is_asked_for_and_a_lost_answer_is_not_waited_for(
    window: MainWindow, session: FakeSession, feed: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    charts = window.controllers.charts
    feed(bodies=[body(1)])
    window.panes.table.go_to(1)
    charts.open(LOAD)
    settle(window)
    session.charts.left = 40
    asked = len(session.charts.asked)
    charts.refresh()
    settle(window)
    assert len(session.charts.asked) == asked + 2
    monkeypatch.setattr(session, "notify", lambda _notices: None)
    asked = len(session.charts.asked)
    charts.refresh()
    for _time in range(chart_actions.PATIENCE - 1):
        charts.refresh()
    assert len(session.charts.asked) == asked + 1
    charts.refresh()
    assert len(session.charts.asked) == asked + 2


def test_a_hidden_chart_asks_for_nothing_and_the_timeline_may_be_hidden(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    charts = window.controllers.charts
    feed(bodies=[body(1)])
    window.panes.table.go_to(1)
    charts.open(LOAD)
    settle(window)
    dock, timeline = (window.findChild(QDockWidget, name) for name in ("chartsDock", "timelineDock"))
    assert dock is not None
    assert timeline is not None
    dock.hide()
    asked = len(session.charts.asked)
    charts.refresh()
    assert len(session.charts.asked) == asked
    timeline.hide()
    window.frame.commands["charts"].trigger()
    window.bridge.deliver()
    assert len(session.charts.asked) > asked


def test_another_capture_begins_anew_and_reset_hides_charts(window: MainWindow, feed: Callable[..., None]) -> None:
    charts = window.controllers.charts
    feed(bodies=[body(1)])
    window.panes.table.go_to(1)
    for _time in range(9):
        window.controllers.timing.zoom(-1)
    charts.open(LOAD)
    settle(window)
    (pane,) = charts.panes
    assert pane.plot.lines.visible
    charts.capture_changed()
    assert pane.plot.lines.visible == []
    charts.refresh()
    settle(window)
    assert pane.plot.lines.visible
    window.frame.commands["layout.reset"].trigger()
    dock = window.findChild(QDockWidget, "chartsDock")
    assert dock is not None
    assert dock.isHidden()
    assert window.dockWidgetArea(dock) is Qt.DockWidgetArea.BottomDockWidgetArea
