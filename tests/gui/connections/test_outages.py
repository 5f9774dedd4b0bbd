"""A connection that receives nothing cannot be missed: banner, gap row, title, alert, status bar, timeline."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clacks_monitor.core.connection import ConnectionSettings, ConnectionState
from clacks_monitor.core.event import RowKind
from clacks_monitor.gui.kit import formats, outage_texts
from clacks_monitor.gui.kit.contrast import MIN_CONTRAST, contrast
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.window.bars.outage_banner import MOST_ROWS
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.bars.outage_banner import OutageBanner
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

CONNECTING, CONNECTED = ConnectionState.CONNECTING, ConnectionState.CONNECTED
CLOSED, LOST, REFUSED = ConnectionState.CLOSED, ConnectionState.LOST, ConnectionState.REFUSED
NS = formats.NS


class Scene(Stage):
    """A window whose connections are lost and found."""

    @property
    def banner(self) -> OutageBanner:
        return self.window.controllers.outages.banner

    def put(self, name: str, state: ConnectionState, reason: str = "No route.", *, gap_s: int = 0, **more: int) -> None:
        gap_ns = time.time_ns() - gap_s * NS if gap_s else 0
        self.session.connections.set_state(name, state, reason, gap_since_ns=gap_ns, **more)
        self.window.bridge.deliver()

    def add(self, name: str, *, production: bool = False) -> None:
        self.session.connections.save(ConnectionSettings(name, id=name, production=production))

    def lines(self) -> list[str]:
        """Return the titles of the banner's lines, [] when it is hidden."""
        if not self.banner.isVisible():
            return []
        return [line.title.text() for line in self.banner.lines if line.isVisible()]


@pytest.fixture
def scene(window: MainWindow, session: FakeSession) -> Scene:
    window.bridge.deliver()
    return Scene(window, session)


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The windows for which the desktop was alerted."""
    called: list[object] = []
    monkeypatch.setattr(QApplication, "alert", called.append)
    return called


def test_a_lost_connection_is_said_everywhere_and_taken_back_everywhere(scene: Scene, alerts: list[object]) -> None:
    window, display = scene.window, scene.window.controllers.outages
    assert scene.lines() == []
    scene.put("office", LOST, gap_s=130, retry_ns=time.time_ns() + 50 * NS)
    since = formats.clock_short(scene.session.connections.statuses()["office"].gap_since_ns)
    assert scene.lines() == [f"office bus: no connection since {since}"]
    line = scene.banner.lines[0]
    assert (line.below.text(), line.below.isVisible()) == ("No route.", True)
    assert line.next_try.text() in {"next try in 50 s", "next try in 49 s"}
    assert "No route" in scene.banner.accessibleName()
    assert window.windowTitle().startswith("No connection: office bus – ")
    assert window.frame.status.line.text() == "No connection: office bus"
    assert window.frame.connection_button.text() == "office bus · no connection"
    assert alerts == [window]
    (row,) = display.gaps.rows
    assert (row.kind, row.connection, row.until_ns - row.wall_ns >= 130 * NS) == (RowKind.GAP, "office bus", True)
    ((begin, end),) = window.panes.timeline.gaps
    assert (begin, end >= row.until_ns) == (row.wall_ns, True)
    scene.put("office", CONNECTED, "")
    assert scene.lines() == []
    assert not display.gaps.isVisible()
    assert not window.panes.timeline.gaps
    assert not window.windowTitle().startswith("No connection")
    assert window.frame.status.line.text() == "no broker filter"
    assert alerts == [window]


def test_the_gap_is_one_row_that_grows(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    scene.put("office", LOST, gap_s=10)
    display, rows = scene.window.controllers.outages, scene.window.panes.model.rowCount()
    (first,) = display.gaps.rows
    height = display.gaps.height()
    later = time.time_ns() + 60 * NS
    monkeypatch.setattr("clacks_monitor.gui.connections.outage_display.time.time_ns", lambda: later)
    display.tick()
    (second,) = display.gaps.rows
    assert (second.wall_ns, second.until_ns) == (first.wall_ns, later)
    assert display.gaps.height() == height == display.gaps.sizeHint().height()
    assert scene.window.panes.model.rowCount() == rows
    assert scene.window.panes.timeline.gaps == [(first.wall_ns, later)]
    assert "gap (" in display.gaps.accessibleName()


def test_one_that_never_came_up_is_said_too_without_a_gap(scene: Scene, alerts: list[object]) -> None:
    scene.put("office", CONNECTING, "", attempt=1)
    assert scene.lines() == []
    scene.put("office", REFUSED, "Access denied.")
    since = outage_texts.moment(scene.session.connections.statuses()["office"].since_ns)
    assert scene.lines() == [f"office bus: not connected, trying since {since}"]
    assert scene.banner.lines[0].next_try.text() == "no automatic retry"
    assert scene.window.controllers.outages.gaps.rows == ()
    assert scene.window.windowTitle().startswith("No connection: office bus – ")
    assert len(alerts) == 1
    scene.put("office", CONNECTING, "", attempt=2)
    assert scene.lines() == [f"office bus: not connected, trying since {since}"]
    assert scene.banner.lines[0].next_try.text() == "connecting…"
    assert not scene.banner.lines[0].button.isEnabled()
    assert len(alerts) == 1, "it is still the same"
    scene.put("office", CLOSED, "")
    assert scene.lines() == []


def test_of_several_each_is_named_production_first(scene: Scene, alerts: list[object]) -> None:
    scene.add("plant", production=True)
    scene.put("office", LOST, gap_s=100)
    scene.put("plant", LOST, gap_s=5)
    assert [text.split(":")[0] for text in scene.lines()] == ["plant (production)", "office bus"]
    assert scene.window.windowTitle().startswith("No connection: plant (production), office bus – ")
    assert scene.window.frame.status.line.text() == "No connection: plant (production), office bus"
    assert [line.reason.isVisible() for line in scene.banner.lines] == [True, True, False]
    for number in range(4):
        scene.add(f"bus {number}")
        scene.put(f"bus {number}", LOST, gap_s=4 - number)
    assert len(scene.lines()) == MOST_ROWS
    assert scene.banner.others.text() == "and 3 more: bus 1, bus 2, bus 3"
    assert "bus 3" in scene.banner.toolTip()
    assert len(scene.window.controllers.outages.gaps.rows) == MOST_ROWS
    assert len(alerts) == 6
    scene.put("plant", CONNECTED, "")
    assert scene.window.windowTitle().startswith("No connection: office bus, ")
    assert "Production: plant" in scene.window.windowTitle()


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_banner_takes_no_more_height_than_its_lines_need(scene: Scene, count: int, qtbot: QtBot) -> None:
    scene.put("office", LOST, gap_s=100)
    for number in range(count - 1):
        scene.add(f"bus {number}")
        scene.put(f"bus {number}", LOST, gap_s=5)
    banner = scene.banner
    qtbot.waitUntil(lambda: banner.height() == banner.sizeHint().height())
    line = banner.lines[0]
    lines = min(count, MOST_ROWS)
    assert banner.height() <= (lines + 1) * (max(line.button.height(), 2 * line.title.sizeHint().height()) + 8)


def test_try_now_reaches_the_connection_that_waits_by_keyboard(scene: Scene) -> None:
    scene.add("plant", production=True)
    scene.put("plant", LOST, gap_s=5, retry_ns=time.time_ns() + 50 * NS)
    scene.put("office", LOST, gap_s=100)
    scene.session.connections.opened.clear()
    first, second, _third = scene.banner.lines
    assert first.button.focusPolicy() & Qt.FocusPolicy.TabFocus
    first.button.setFocus()
    QTest.keyClick(first.button, Qt.Key.Key_Space)
    assert (scene.session.connections.retried, scene.session.connections.opened) == (["plant"], [])
    second.button.click()
    assert scene.session.connections.opened == ["office"], "it would not be tried again by itself"
    scene.put("plant", CONNECTING, "", gap_s=5)
    scene.window.controllers.connections.try_now("plant")
    assert scene.session.connections.retried == ["plant"], "it is being tried"


def test_the_command_tries_all_that_are_down(scene: Scene) -> None:
    scene.add("plant")
    for name in ("office", "plant"):
        scene.put(name, LOST, gap_s=5, retry_ns=time.time_ns() + 50 * NS)
    scene.by_menu("connection.again")
    assert scene.session.connections.retried == ["office", "plant"]


def test_the_countdown_is_updated_every_second_while_it_lasts(scene: Scene, qtbot: QtBot) -> None:
    display = scene.window.controllers.outages
    assert not display._timer.isActive()
    scene.put("office", LOST, gap_s=5, retry_ns=time.time_ns() + 50 * NS)
    with qtbot.waitSignal(display._timer.timeout, timeout=20_000):
        pass
    scene.put("office", CONNECTED, "")
    assert not display._timer.isActive()


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_the_banner_is_readable_in_both_themes(scene: Scene, scheme: Scheme) -> None:
    scene.window.theme.use(scheme)
    scene.put("office", LOST, gap_s=5)
    line = scene.banner.lines[0]
    background = scene.banner.palette().window().color()
    for label in (line.title, line.below, line.reason, line.next_try, scene.banner.others):
        assert contrast(background, label.palette().windowText().color()) >= MIN_CONTRAST
