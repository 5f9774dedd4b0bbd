"""Statistics in the window: counts by column and by field, for the whole capture or the span of the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.captures.statistics_pane import RateChart
from clacks_monitor.gui.kit import formats
from tests.helpers.entries import SECOND, START, some_events

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.captures.statistics_pane import StatisticsPane
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow


def _opened(window: MainWindow, qtbot: QtBot) -> StatisticsPane:
    window.frame.commands["statistics"].trigger()
    pane = window.controllers.statistics.pane
    assert pane is not None
    qtbot.waitUntil(lambda: pane.table.topLevelItemCount() > 0)
    return pane


def _counts(pane: StatisticsPane) -> dict[str, str]:
    items = [pane.table.topLevelItem(row) for row in range(pane.table.topLevelItemCount())]
    return {item.text(0): item.text(1) for item in items if item is not None}


def test_the_dock_is_made_when_it_is_wanted_and_counts_types(real: MainWindow, qtbot: QtBot) -> None:
    assert real.controllers.statistics.pane is None
    pane = _opened(real, qtbot)
    assert _counts(pane) == {"PhoneStatus": "100", "ClientPoll": "100", "NodeStatus": "100"}
    assert pane.summary.text() == "3 values"
    assert pane.range.text().startswith("Whole capture")
    assert sum(pane.chart.bars()) == 300


def test_other_columns_and_fields(real: MainWindow, qtbot: QtBot) -> None:
    pane = _opened(real, qtbot)
    pane.by.setCurrentIndex(pane.by.findData(str(Column.CONNECTION)))
    qtbot.waitUntil(lambda: _counts(pane) == {"office": "300"})
    pane.by.setCurrentIndex(pane.by.findData("field"))
    pane.field.setCurrentText("Id")
    pane.wanted.emit()
    qtbot.waitUntil(lambda: len(_counts(pane)) == 300)
    assert pane.summary.text() == "300 values"


def test_the_span_of_the_timeline_limits_it_and_new_events_count(real: MainWindow, qtbot: QtBot) -> None:
    pane = _opened(real, qtbot)
    real.controllers.timing.limit(START, START + 30 * SECOND)
    qtbot.waitUntil(lambda: sum(map(int, _counts(pane).values())) in {30, 31})
    assert pane.range.text().startswith("Selected")
    real.controllers.timing.show_all_times()
    real.session.recorder.store(some_events(30, 400))
    pane._again()
    qtbot.waitUntil(lambda: sum(map(int, _counts(pane).values())) == 330)


def test_a_chart_adds_up_what_does_not_fit(qtbot: QtBot, theme: Theme) -> None:
    chart = RateChart(theme)
    qtbot.addWidget(chart)
    chart.resize(300, 80)
    chart.show_rates([(n * SECOND, 2) for n in range(100_000)], SECOND)
    assert len(chart.bars()) == 100
    assert sum(chart.bars()) == 200_000
    chart.show_rates([], SECOND)
    assert chart.bars() == []
    chart.grab()


def test_the_chart_says_what_its_highest_bar_stands_for(qtbot: QtBot, theme: Theme) -> None:
    chart = RateChart(theme)
    qtbot.addWidget(chart)
    chart.resize(300, 112)
    minute, day = 60 * SECOND, 86_400 * SECOND
    chart.show_rates([(START, 1_304)], minute)
    assert chart.axis_texts() == "Maximum: 1,304 in 1 minute"
    assert not [end for end in chart.ends() if " " in end]
    chart.show_rates([(START + n * 60 * minute, 4) for n in range(720)], 60 * minute)
    assert chart.axis_texts() == "Maximum: 32 in 8 hours"
    assert chart.accessibleDescription() == chart.axis_texts()
    days = [formats.short_day(at // SECOND) for at in (START, START + 30 * day)]
    assert [end.rpartition(" ")[0] for end in chart.ends()] == days
    chart.show_rates([(START, 1), (START + 30 * day, 1)], SECOND)
    assert not chart.grab().isNull()
    chart.show_rates([], minute)
    assert chart.axis_texts() == ""
