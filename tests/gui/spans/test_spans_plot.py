"""The bars of spans beside a timeline: one axis, what is under the pointer, keys, clicks, and other times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from clacks_monitor.core.board_history import BoardHistory
from clacks_monitor.core.board_spans import SpanLane, SpansShown, spans_shown
from clacks_monitor.gui.spans.span_painter import PATTERNS, BarStyle
from clacks_monitor.gui.spans.spans_plot import SpansPlot
from clacks_monitor.gui.timeline.time_scale import NS, TimeScale
from clacks_monitor.gui.timeline.timeline import Timeline
from tests.helpers.entries import START

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.core.board_spans import SpanBar
    from clacks_monitor.gui.kit.theme import Theme

BARS, WIDTH = 60, 300
SCALE = TimeScale(START // NS * NS, 5 * NS, BARS)
"""A pixel is a second."""
LEFT = Qt.MouseButton.LeftButton
RED, PALE = QColor(255, 0, 0), QColor(255, 200, 200)
STYLES = {
    "on": BarStyle("on-line", RED, PALE, PATTERNS["good"]),
    "busy": BarStyle("busy", RED, PALE, PATTERNS["warn"]),
}


@pytest.fixture
def timeline(qtbot: QtBot, theme: Theme) -> Timeline:
    made = Timeline(theme)
    qtbot.addWidget(made)
    made.resize(WIDTH, 60)
    made.show_bars(SCALE, [(1,)] * BARS)
    return made


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme, timeline: Timeline) -> SpansPlot:
    made = SpansPlot(theme, timeline)
    qtbot.addWidget(made)
    made.resize(WIDTH, 140)
    made.show()
    made.activateWindow()
    return made


def answer(plot: SpansPlot, *states: tuple[str, str, int], source: str = "b") -> SpansShown:
    """The answer to the plot's question, with states (key, state, second); events are numbered from 1."""
    history = BoardHistory()
    for number, (key, state, second) in enumerate(states, 1):
        history.add(key, state, SCALE.from_ns + second * NS, number)
    wanted = plot.wanted(source, 0, "")
    return spans_shown(history.keys(), set(STYLES) | {"gap"}, wanted, lambda key: SpanLane(key, key.upper()))


def show(plot: SpansPlot, qtbot: QtBot, *states: tuple[str, str, int], source: str = "b") -> tuple[SpanBar, ...]:
    shown = answer(plot, *states, source=source)
    plot.show_spans(shown, STYLES)
    qtbot.waitUntil(lambda: not plot.painting.busy)
    return shown.bars


def red_columns(plot: SpansPlot, bar: SpanBar) -> set[int]:
    """Return the columns in which the colours of bars are, in the upper line of a bar's lane."""
    image, y = plot.grab().toImage(), plot.place_of(bar).y()
    return {x for x in range(plot.width()) if (seen := image.pixelColor(x, y)).red() - seen.green() > 30}


TWO = (("a", "on", 100), ("a", "off", 200), ("b", "busy", 120), ("b", "off", 180), ("a", "on", 250))


def test_bars_are_where_their_times_are_on_the_timeline(plot: SpansPlot, qtbot: QtBot) -> None:
    first, second, _other = show(plot, qtbot, *TWO)
    assert plot.scale == SCALE
    columns = red_columns(plot, first)
    assert {100, 150, 199} <= columns
    assert not columns & set(range(60, 100))
    assert not columns & set(range(202, 250))
    assert second.left == 250


def test_bars_stay_where_they_belong_while_the_timeline_moves_on(
    plot: SpansPlot, timeline: Timeline, qtbot: QtBot
) -> None:
    bar = show(plot, qtbot, ("a", "on", 150), ("a", "off", 200))[0]
    timeline.show_bars(TimeScale(SCALE.from_ns + 50 * NS, 5 * NS, BARS), [(1,)] * BARS)
    assert {100, 149} <= red_columns(plot, bar) <= set(range(99, 152))
    assert plot.bar_at(QPointF(120, plot.place_of(bar).y())) == bar
    assert plot.bar_at(QPointF(180, plot.place_of(bar).y())) is None
    timeline.show_bars(TimeScale(SCALE.from_ns + 10**9 * NS, 5 * NS, BARS), [(1,)] * BARS)
    assert not red_columns(plot, bar) - {0}


def test_the_pointer_says_what_a_bar_is(plot: SpansPlot, qtbot: QtBot) -> None:
    bar = show(plot, qtbot, *TWO)[0]
    QTest.mouseMove(plot, plot.place_of(bar))
    qtbot.waitUntil(lambda: plot.chosen == bar)
    name, what, _when = plot.bars.text(bar).split("\n")
    assert (name, what) == ("A", "on-line, 1 min 40 s")
    assert "on-line, 1 min 40 s" in plot.accessibleDescription()
    QTest.mouseMove(plot, QPoint(20, 20))
    qtbot.waitUntil(lambda: plot.chosen is None)


def test_what_goes_on_ends_now(plot: SpansPlot, qtbot: QtBot) -> None:
    *_bars, last = show(plot, qtbot, ("a", "on", 250))
    assert last.to_ns == 0
    assert plot.bars.text(last).split("\n")[-1].endswith("now")


def test_a_cluster_says_how_many_spans_it_stands_for(plot: SpansPlot, qtbot: QtBot) -> None:
    flicker = [("a", ("on", "off")[number % 2], 100 + number) for number in range(20)]
    (bar,) = show(plot, qtbot, *flicker)
    assert bar.count == 10
    assert plot.bars.text(bar).split("\n")[1] == "10 spans: on-line"


def test_keys_walk_over_the_bars_and_lanes(plot: SpansPlot, qtbot: QtBot) -> None:
    one, other, beside = show(plot, qtbot, *TWO)
    for key, chosen in (
        (Qt.Key.Key_Left, beside), (Qt.Key.Key_Up, one), (Qt.Key.Key_Right, other), (Qt.Key.Key_Right, other),
        (Qt.Key.Key_PageUp, one), (Qt.Key.Key_Down, beside),
    ):  # fmt: skip
        QTest.keyClick(plot, key)
        assert plot.chosen == chosen
    with qtbot.waitSignal(plot.scrolled) as scrolled:
        QTest.keyClick(plot, Qt.Key.Key_Down)
    assert scrolled.args == [1]
    assert plot.chosen == beside
    with qtbot.waitSignal(plot.opened) as opened:
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert opened.args[0] == beside
    assert opened.args[1].key == "b"


def test_a_chosen_bar_stays_chosen_when_it_grows(plot: SpansPlot, qtbot: QtBot) -> None:
    show(plot, qtbot, ("a", "on", 100))
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.chosen is not None
    show(plot, qtbot, ("a", "on", 100), ("a", "off", 200))
    assert (plot.chosen.sequence, plot.chosen.to_ns) == (1, SCALE.from_ns + 200 * NS)
    show(plot, qtbot, ("b", "off", 1))
    assert plot.chosen is None


def test_a_click_opens_a_bar_and_dragging_limits_the_time(plot: SpansPlot, timeline: Timeline, qtbot: QtBot) -> None:
    bar = show(plot, qtbot, *TWO)[0]
    with qtbot.waitSignal(plot.opened) as opened:
        QTest.mouseClick(plot, LEFT, pos=plot.place_of(bar))
    assert opened.args[0] == bar
    with qtbot.waitSignal(timeline.selection.span_chosen) as chosen:
        QTest.mousePress(plot, LEFT, pos=QPoint(100, 100))
        QTest.mouseMove(plot, QPoint(200, 100))
        QTest.mouseRelease(plot, LEFT, pos=QPoint(200, 100))
    assert chosen.args == [SCALE.from_ns + 100 * NS, SCALE.from_ns + 205 * NS]


def test_a_gap_leads_to_its_row(plot: SpansPlot, qtbot: QtBot) -> None:
    bar = show(plot, qtbot, ("office", "gap", 100), ("office", "", 140), source="")[0]
    with qtbot.waitSignal(plot.row_wanted) as wanted:
        QTest.mouseClick(plot, LEFT, pos=plot.place_of(bar))
    assert wanted.args == [1]


def test_without_spans_it_says_so(plot: SpansPlot, qtbot: QtBot) -> None:
    empty = plot.grab().toImage()
    show(plot, qtbot)
    assert plot.grab().toImage() != empty
    QTest.keyClick(plot, Qt.Key.Key_Left)
    QTest.keyClick(plot, Qt.Key.Key_Return)
    assert plot.chosen is None
    plot.forget()
    assert plot.grab().toImage() == empty
