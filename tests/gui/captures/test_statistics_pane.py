"""The statistics: what is asked for, how counts are shown, and which question an answer belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QDockWidget, QTreeWidgetItem

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.captures.statistics_pane import AGAIN_MS, RateChart, StatisticsPane
from clacks_monitor.gui.kit import formats
from clacks_monitor.session.notices import Counted
from tests.helpers.fake_events import START_NS
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

NS, MINUTE = 1_000_000_000, 60_000_000_000


def counted(question: int, *counts: tuple[str, int], done: int = 1, total: int = 1) -> Counted:
    return Counted(
        question=question, counts=counts, distinct=len(counts), rates=((0, 3), (MINUTE, 1)), bucket_ns=MINUTE,
        done=done, total=total,
    )  # fmt: skip


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> StatisticsPane:
    made = StatisticsPane(theme)
    qtbot.addWidget(made)
    return made


def items(pane: StatisticsPane) -> list[QTreeWidgetItem]:
    found = [pane.table.topLevelItem(row) for row in range(pane.table.topLevelItemCount())]
    return [item for item in found if item is not None]


def rows(pane: StatisticsPane) -> list[tuple[str, ...]]:
    return [tuple(item.text(column) for column in range(4)) for item in items(pane)]


def test_counts_have_shares_and_rates(pane: StatisticsPane) -> None:
    pane.expect(7, "today")
    pane.show_counts(counted(7, ("PhoneStatus", 3_000), ("", 1_000)), 8.0)
    assert rows(pane) == [
        ("PhoneStatus", "3,000", f"{formats.decimal(75.0)} %", formats.rate(375.0)),
        ("(none)", "1,000", f"{formats.decimal(25.0)} %", formats.rate(125.0)),
    ]
    assert (pane.range.text(), pane.summary.text()) == ("today", "2 values")
    assert sum(pane.chart.bars()) == 4
    pane.show_counts(counted(7, ("a", 1)), 0.0)
    assert rows(pane) == [("a", "1", f"{formats.decimal(100.0)} %", "")]
    assert pane.summary.text() == "1 value"
    pane.show_counts(counted(7), 0.0)
    assert (rows(pane), pane.summary.text()) == ([], "0 values")


def test_an_answer_to_an_older_question_is_ignored(pane: StatisticsPane) -> None:
    pane.expect(7, "")
    pane.show_counts(counted(6, ("a", 1)), 1.0)
    assert rows(pane) == []


@pytest.mark.parametrize(("done", "words"), [(1, "1 value, counting 33 %"), (3, "1 value"), (4, "1 value")])
def test_a_count_that_is_not_done_says_how_far_it_is(pane: StatisticsPane, done: int, words: str) -> None:
    pane.expect(7, "")
    pane.show_counts(counted(7, ("a", 1), done=done, total=3), 1.0)
    assert pane.summary.text() == words


def test_what_is_selected_stays_so(pane: StatisticsPane) -> None:
    pane.expect(7, "")
    pane.show_counts(counted(7, ("a", 2), ("b", 1)), 1.0)
    pane.table.setCurrentItem(items(pane)[1])
    pane.show_counts(counted(7, ("b", 3), ("a", 2)), 1.0)
    assert pane.table.currentItem() is items(pane)[0]
    pane.show_counts(counted(7, ("c", 3)), 1.0)
    assert [item for item in items(pane) if item.isSelected()] == []


def test_a_value_is_chosen_as_it_is(pane: StatisticsPane, qtbot: QtBot) -> None:
    pane.expect(7, "")
    pane.show_counts(counted(7, ("a\nb", 2)), 1.0)
    with qtbot.waitSignal(pane.chosen) as chosen:
        pane.table.itemActivated.emit(items(pane)[0], 0)
    assert chosen.args == ["a\nb"]


def test_a_field_is_asked_for_by_its_name(pane: StatisticsPane) -> None:
    wanted = list[object]()
    pane.wanted.connect(lambda: wanted.append(pane.subject))
    pane.offer_fields(["Id", "Name", "Id"])
    pane.show()
    assert [pane.field.itemText(row) for row in range(pane.field.count())] == ["Id", "Name"]
    assert pane.field.currentText() == ""
    assert not pane.field.isVisible()
    pane.by.setCurrentIndex(pane.by.findData("field"))
    assert pane.field.isVisible()
    pane.field.setCurrentText(" Id ")
    pane.field.activated.emit(0)
    pane.by.setCurrentIndex(pane.by.findData(str(Column.SUBJECT)))
    assert not pane.field.isVisible()
    assert wanted == [Column.TYPE, "", "Id", Column.SUBJECT]


@pytest.mark.parametrize(("key", "ns"), [("second", NS), ("minute", MINUTE), ("hour", 60 * MINUTE)])
def test_a_bar_can_be_a_second_a_minute_or_an_hour(pane: StatisticsPane, key: str, ns: int) -> None:
    assert pane.bucket_ns == MINUTE
    wanted = list[int]()
    pane.wanted.connect(lambda: wanted.append(pane.bucket_ns))
    pane.bucket.setCurrentIndex(0 if key == "minute" else pane.bucket.findData(key))
    pane.bucket.setCurrentIndex(pane.bucket.findData(key))
    assert pane.bucket_ns == ns
    assert wanted


def test_it_is_counted_again_while_it_is_seen_but_for_fields(pane: StatisticsPane) -> None:
    wanted = list[int]()
    pane.wanted.connect(lambda: wanted.append(1))
    pane._timer.timeout.emit()
    assert wanted == []
    pane.show()
    assert (wanted, pane._timer.isActive(), pane._timer.interval()) == ([1], True, AGAIN_MS)
    pane._timer.timeout.emit()
    assert wanted == [1, 1]
    pane.by.setCurrentIndex(pane.by.findData("field"))
    wanted.clear()
    pane._timer.timeout.emit()
    assert wanted == []


# -- the chart ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "bars", "words"),
    [
        (300, [1, 0, 5, 2], "Maximum: 5 in 1 minute"),
        (12, [1, 0, 5, 2], "Maximum: 5 in 1 minute"),
        (11, [1, 7], "Maximum: 7 in 2 minutes"),
        (3, [8], "Maximum: 8 in 4 minutes"),
        (1, [8], "Maximum: 8 in 4 minutes"),
    ],
)
def test_what_does_not_fit_is_added_up(qtbot: QtBot, theme: Theme, width: int, bars: list[int], words: str) -> None:
    chart = RateChart(theme)
    qtbot.addWidget(chart)
    chart.resize(width, 100)
    assert (chart.bars(), chart.axis_texts()) == ([], "")
    chart.show_rates([(0, 1), (2 * MINUTE, 5), (3 * MINUTE, 2)], MINUTE)
    assert (chart.bars(), chart.axis_texts()) == (bars, words)
    assert chart.accessibleDescription() == words
    assert chart.ends() == formats.span(0, 4 * MINUTE)


def test_bars_are_painted_as_high_as_they_are(qtbot: QtBot, theme: Theme) -> None:
    chart = RateChart(theme)
    qtbot.addWidget(chart)
    chart.resize(400, 118)
    chart.show_rates([(0, 4), (MINUTE, 1), (3 * MINUTE, 2)], MINUTE)
    image = chart.grab().toImage()
    accent = theme.accent.name()
    tall = [sum(image.pixelColor(x, y).name() == accent for y in range(118)) for x in (250, 150, 350, 50)]
    assert tall == [0, 20, 40, 80]


# -- the dock ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    stage = Stage(window, session)
    stage.feed(3, step_ns=NS)
    return stage


def test_the_span_of_the_timeline_is_counted_else_the_capture(stage: Stage) -> None:
    asked = stage.session.statistics.asked
    stage.window.controllers.statistics.ask()
    assert asked == []
    stage.by_keys("statistics")
    pane = stage.window.controllers.statistics.pane
    assert pane is not None
    first, last = stage.session.rows.time_span().value
    assert asked[-1] == (Column.TYPE, first, last + 1, MINUTE)
    assert pane.range.text() == "Whole capture: " + " – ".join(formats.span(first, last))
    stage.session.notify([counted(len(asked), ("PhoneStatus", 4))])
    stage.window.bridge.deliver()
    assert rows(pane)[0][3] == formats.rate(2.0)
    stage.window.controllers.timing.limit(START_NS, START_NS + 4 * NS)
    assert asked[-1] == (Column.TYPE, START_NS, START_NS + 4 * NS + 1, MINUTE)
    assert pane.range.text() == "Selected: " + " – ".join(formats.span(START_NS, START_NS + 4 * NS))
    count = len(asked)
    pane.by.setCurrentIndex(pane.by.findData("field"))
    assert len(asked) == count


@pytest.mark.parametrize(("bars", "bucket"), [(20_000, NS), (20_001, 60 * NS)])
def test_no_more_bars_are_asked_for_than_a_chart_can_add_up(stage: Stage, bars: int, bucket: int) -> None:
    stage.by_keys("statistics")
    pane = stage.window.controllers.statistics.pane
    assert pane is not None
    pane.bucket.setCurrentIndex(pane.bucket.findData("second"))
    stage.window.controllers.timing.limit(START_NS, START_NS + bars * NS)
    assert stage.session.statistics.asked[-1][3] == bucket


def test_the_dock_is_a_tab_beside_the_details_and_comes_to_the_front_again(stage: Stage) -> None:
    stage.by_keys("statistics")
    dock = stage.window.findChild(QDockWidget, "statisticsDock")
    detail = stage.window.findChild(QDockWidget, "detailDock")
    assert dock is not None
    assert detail is not None
    assert stage.window.tabifiedDockWidgets(dock) == [detail]
    dock.close()
    stage.by_keys("statistics")
    assert dock.isVisible()
    assert len(stage.window.findChildren(StatisticsPane)) == 1
