"""A chart's plot beside a timeline: one axis, values under the pointer, clicks, keys, and the timeline's selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from clacks_monitor.core.chart import Chart, ChartLine, ChartNumber, ChartShown, ChartSpan, ChartSubject
from clacks_monitor.gui.charts.chart_plot import ChartPlot
from clacks_monitor.gui.timeline.time_scale import NS, TimeScale
from clacks_monitor.gui.timeline.timeline import Timeline
from tests.helpers.entries import START

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

BARS, WIDTH = 60, 300
SCALE = TimeScale(START // NS * NS, 5 * NS, BARS)
"""A pixel is a second."""
LEFT = Qt.MouseButton.LeftButton


def shown(*readings: tuple[str, int, float], left: int = 0, unit: str = "") -> ChartShown:
    """The answer to a chart with numbers (line, second, value); events are numbered from 1."""
    subject, span = ChartSubject("N", ("N", "V"), ("N", "K"), unit=unit), ChartSpan(SCALE.from_ns, NS, WIDTH)
    chart = Chart(subject, span)
    chart.receive(
        ChartNumber(name, SCALE.from_ns + second * NS, number, value)
        for number, (name, second, value) in enumerate(readings, 1)
    )
    return ChartShown(1, subject, span, chart.lines(), 0, left, 10)


@pytest.fixture
def timeline(qtbot: QtBot, theme: Theme) -> Timeline:
    made = Timeline(theme)
    qtbot.addWidget(made)
    made.resize(WIDTH, 60)
    made.show_bars(SCALE, [(1,)] * BARS)
    return made


@pytest.fixture
def plot(qtbot: QtBot, theme: Theme, timeline: Timeline) -> ChartPlot:
    made = ChartPlot(theme, timeline)
    qtbot.addWidget(made)
    made.resize(WIDTH, 116)
    made.show()
    made.activateWindow()
    return made


def show(plot: ChartPlot, qtbot: QtBot, answer: ChartShown) -> None:
    plot.show_lines(answer)
    qtbot.waitUntil(lambda: not plot.painting.busy)


def place(plot: ChartPlot, second: int, value: float) -> QPoint:
    """Return the pixel of a number."""
    axis = plot._painted[2]  # type: ignore[index]
    return QPoint(second, round(axis.y_of(value)))


def coloured(plot: ChartPlot, name: str) -> set[int]:
    """Return the columns in which the colour of a line is."""
    image, colour = plot.grab().toImage(), plot.style_of(name).colour
    found = set[int]()
    for x in range(plot.width()):
        for y in range(plot.height() - 16):
            seen = image.pixelColor(x, y)
            near = (seen.red() - colour.red(), seen.green() - colour.green(), seen.blue() - colour.blue())
            if all(abs(part) < 40 for part in near):
                found.add(x)
    return found


def test_lines_are_where_their_times_are_on_the_timeline(plot: ChartPlot, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 100, 1), ("a", 200, 2)))
    assert plot.scale == SCALE
    columns = coloured(plot, "a")
    assert {100, 150, 200} <= columns
    assert columns <= set(range(96, 205))


def test_a_narrow_plot_ends_when_the_timeline_does(plot: ChartPlot) -> None:
    plot.resize(200, 116)
    assert plot.scale == TimeScale(SCALE.to_ns - 40 * 5 * NS, 5 * NS, 40)


def test_lines_stay_where_they_belong_while_the_timeline_moves_on(
    plot: ChartPlot, timeline: Timeline, qtbot: QtBot
) -> None:
    show(plot, qtbot, shown(("a", 100, 1), ("a", 200, 2)))
    timeline.show_bars(TimeScale(SCALE.from_ns + 50 * NS, 5 * NS, BARS), [(1,)] * BARS)
    assert {50, 100, 150} <= coloured(plot, "a") <= set(range(46, 155))
    QTest.keyClick(plot, Qt.Key.Key_Left)
    timeline.show_bars(TimeScale(SCALE.from_ns + 10**9 * NS, 5 * NS, BARS), [(1,)] * BARS)
    assert coloured(plot, "a") == set(), "neither the line nor the chosen point of it"
    assert plot.spot is not None


def test_a_hidden_line_is_not_painted_and_not_found(plot: ChartPlot, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 100, 1), ("b", 200, 2)))
    assert coloured(plot, "b")
    plot.hide_lines({"b"})
    qtbot.waitUntil(lambda: not plot.painting.busy)
    assert not coloured(plot, "b")
    assert plot.spot_at(QPointF(place(plot, 200, 2))) is None


def test_a_line_keeps_its_style_while_others_come_and_go(plot: ChartPlot, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("m", 100, 1), ("z", 100, 2)))
    before = plot.style_of("m"), plot.style_of("z")
    show(plot, qtbot, shown(("a", 90, 1), ("m", 100, 1), ("z", 100, 2)))
    assert (plot.style_of("m"), plot.style_of("z")) == before
    assert plot.style_of("a") not in before
    show(plot, qtbot, shown(("b", 90, 1), ("m", 100, 1)))
    assert plot.style_of("m") == before[0]
    many = [(f"n{number:02}", 100, 1.0) for number in range(20)]
    show(plot, qtbot, shown(*many))
    styles = {(plot.style_of(name).colour.name(), plot.style_of(name).mark) for name, _second, _value in many}
    assert len(styles) == 20


def test_the_pointer_reads_values(plot: ChartPlot, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 100, 1500), ("b", 200, 2000), ("b", 200, 3000), unit="B"))
    QTest.mouseMove(plot, place(plot, 103, 1500))
    qtbot.waitUntil(lambda: plot.spot is not None)
    assert plot.spot is not None
    name, value, _when = plot.spot_text(plot.spot).split("\n")
    assert (name, value) == ("a", "1.5 kB")
    spot = plot.spot_at(QPointF(place(plot, 200, 3000)))
    assert spot is not None
    assert plot.spot_text(spot).split("\n")[:2] == ["b", "2 kB to 3 kB, 2 events"]
    assert (spot.sequence, spot.value) == (3, 3000)
    assert plot.spot_at(QPointF(20, 20)) is None


def test_a_click_goes_to_the_event(plot: ChartPlot, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 100, 1), ("a", 200, 2), ("a", 200, 9)))
    for second, value, number in ((101, 1, 1), (200, 2, 2), (200, 9, 3)):
        with qtbot.waitSignal(plot.row_wanted) as wanted:
            QTest.mouseClick(plot, LEFT, pos=place(plot, second, value))
        assert wanted.args == [number]
    with qtbot.assertNotEmitted(plot.row_wanted):
        QTest.mouseClick(plot, LEFT, pos=QPoint(20, 20))


def test_dragging_selects_a_span_on_the_timeline(plot: ChartPlot, timeline: Timeline, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 100, 1)))
    with qtbot.waitSignal(timeline.selection.span_chosen) as chosen, qtbot.assertNotEmitted(plot.row_wanted):
        QTest.mousePress(plot, LEFT, pos=QPoint(100, 40))
        QTest.mouseMove(plot, QPoint(151, 40))
        QTest.mouseRelease(plot, LEFT, pos=QPoint(151, 40))
    assert chosen.args == [SCALE.start_of(20), SCALE.start_of(31)]
    with qtbot.waitSignal(timeline.selection.span_cleared):
        timeline.selection.show_span((SCALE.from_ns, SCALE.to_ns))
        QTest.mouseDClick(plot, LEFT, pos=QPoint(20, 20))


def test_the_wheel_zooms_the_timeline(plot: ChartPlot, timeline: Timeline, qtbot: QtBot) -> None:
    for delta, step in ((120, 1), (-120, -1)):
        middle = QPointF(150, 50)
        wheel = QWheelEvent(
            middle, plot.mapToGlobal(middle), QPoint(), QPoint(0, delta), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        with qtbot.waitSignal(timeline.zoomed) as zoomed:
            QApplication.sendEvent(plot, wheel)
        assert zoomed.args == [step]


def test_keys_walk_along_lines_and_go_to_events(plot: ChartPlot, timeline: Timeline, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 100, 1), ("a", 200, 2), ("b", 150, 5), ("b", 210, 6)))
    plot.setFocus()

    def press(key: Qt.Key) -> tuple[str, float]:
        QTest.keyClick(plot, key)
        assert plot.spot is not None
        assert plot.spot_text(plot.spot).split("\n")[0] in plot.accessibleDescription()
        return plot.spot.line.name, plot.spot.value

    assert press(Qt.Key.Key_Left) == ("a", 2)
    assert press(Qt.Key.Key_Left) == ("a", 1)
    assert press(Qt.Key.Key_PageUp) == ("a", 1)
    assert press(Qt.Key.Key_Right) == ("a", 2)
    assert press(Qt.Key.Key_Down) == ("b", 6)
    assert press(Qt.Key.Key_Left) == ("b", 5)
    assert press(Qt.Key.Key_Up) == ("a", 2)
    with qtbot.waitSignal(plot.row_wanted) as wanted:
        QTest.keyClick(plot, Qt.Key.Key_Return)
    assert wanted.args == [2]
    for key, step in ((Qt.Key.Key_Plus, 1), (Qt.Key.Key_Minus, -1)):
        with qtbot.waitSignal(timeline.zoomed) as zoomed:
            QTest.keyClick(plot, key)
        assert zoomed.args == [step]
    timeline.selection.show_span((SCALE.from_ns, SCALE.to_ns))
    with qtbot.waitSignal(timeline.selection.span_cleared):
        QTest.keyClick(plot, Qt.Key.Key_Escape)


def test_a_spot_follows_its_line_and_goes_with_it(plot: ChartPlot, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 100, 1)))
    QTest.keyClick(plot, Qt.Key.Key_Left)
    show(plot, qtbot, shown(("a", 100, 1), ("a", 100, 4)))
    assert [spot.value for spot in (plot.spot,) if spot is not None] == [4]
    show(plot, qtbot, shown(("b", 100, 1)))
    assert plot.spot is None
    QTest.keyClick(plot, Qt.Key.Key_Up)
    show(plot, qtbot, shown())
    QTest.keyClick(plot, Qt.Key.Key_Left)
    assert plot.spot is None


def test_selection_and_gaps_of_the_timeline_are_seen(plot: ChartPlot, timeline: Timeline, qtbot: QtBot) -> None:
    show(plot, qtbot, shown(("a", 10, 1), ("a", 290, 1)))
    plain = plot.grab().toImage()
    gap = SCALE.from_ns + 100 * NS, SCALE.from_ns + 150 * NS
    timeline.show_gaps(gaps=[gap])
    with_gap = plot.grab().toImage()
    changed = {x for x in range(WIDTH) for y in (30, 33) if plain.pixelColor(x, y) != with_gap.pixelColor(x, y)}
    assert changed == set(range(100, 150))
    timeline.selection.show_span((SCALE.start_of(0), SCALE.start_of(30)))
    veiled = plot.grab().toImage()
    assert any(veiled.pixelColor(250, y) != with_gap.pixelColor(250, y) for y in range(90))


@pytest.mark.parametrize("left", [0, 5])
def test_an_empty_chart_says_so(plot: ChartPlot, qtbot: QtBot, left: int) -> None:
    show(plot, qtbot, shown(left=left))
    assert plot.text == ("reading…" if left else "No numbers in this time")
    show(plot, qtbot, shown(("a", 1, 1.0)))
    assert plot.text == ""
    assert isinstance(plot.lines.visible[0], ChartLine)
    plot.forget()
    assert plot.text.startswith("reading")
    assert plot.lines.visible == []
