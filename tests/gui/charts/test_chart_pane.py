"""One chart: its title, the choice of lines, the legend, and what is said about what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.chart import MAX_REFUSED, Chart, ChartNumber, ChartShown, ChartSpan
from clacks_monitor.core.chart_subjects import subject_for
from clacks_monitor.gui.charts.chart_pane import ChartPane
from clacks_monitor.gui.timeline.timeline import Timeline

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme

LEAVES = [(("Node", "Id"), "a"), (("Node", "Site"), "berlin"), (("Node", "Load"), "1")]
SPAN = ChartSpan(0, 10, 100)


def answer(pane: ChartPane, *names: str, left: int = 0, refused: int = 0) -> ChartShown:
    chart = Chart(pane.subject, SPAN)
    chart.receive(ChartNumber(name, 50, number, 1.0) for number, name in enumerate(names, 1))
    return ChartShown(1, pane.subject, SPAN, chart.lines(), refused, left, 200)


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> ChartPane:
    timeline = Timeline(theme)
    qtbot.addWidget(timeline)
    made = ChartPane(subject_for(("Node", "Load"), LEAVES), LEAVES, theme, timeline)
    qtbot.addWidget(made)
    made.resize(600, 150)
    made.show()
    return made


def legend(pane: ChartPane) -> list[str]:
    return [action.text() for action in pane.legend.actions()]


def test_the_title_says_what_is_the_same(qtbot: QtBot, theme: Theme) -> None:
    fields = [(("CollectD", "Plugin"), "df"), (("CollectD", "Type"), "df"), (("CollectD", "TypeInstance"), "free")]
    timeline = Timeline(theme)
    qtbot.addWidget(timeline)
    made = ChartPane(subject_for(("CollectD", "Values"), fields), fields, theme, timeline)
    qtbot.addWidget(made)
    assert made.title == "CollectD/Values – df free"
    assert made.plot.accessibleName() == "Chart of CollectD/Values – df free"
    assert made.keys.currentText() == "Host", "it is offered where an event has none"


def test_another_field_makes_other_lines(pane: ChartPane, qtbot: QtBot) -> None:
    assert [pane.keys.itemText(place) for place in range(pane.keys.count())] == ["Id", "Site", "(one line for all)"]
    assert pane.keys.currentText() == "Id"
    old = answer(pane, "a", "b")
    with qtbot.waitSignal(pane.changed):
        pane.keys.setCurrentIndex(1)
    assert (pane.subject.key, pane.subject.first) == (("Node", "Site"), "berlin")
    pane.show_chart(old)
    assert legend(pane) == [], "an answer to what was asked before"
    pane.keys.setCurrentIndex(2)
    assert pane.subject.key == ()
    pane.show_chart(answer(pane, ""))
    assert legend(pane) == [], "one line needs no legend"


def test_the_legend_names_lines_and_hides_them(pane: ChartPane) -> None:
    pane.show_chart(answer(pane, "a", "b", ""))
    assert legend(pane) == ["a", "(none)", "b"]
    b = pane.legend.actions()[2]
    b.setChecked(False)
    assert [line.name for line in pane.plot.lines.visible] == ["a", ""]
    pane.show_chart(answer(pane, "a", "b", "c"))
    assert legend(pane) == ["a", "b", "c"]
    assert [line.name for line in pane.plot.lines.visible] == ["a", "c"]
    assert not any(action.icon().isNull() for action in pane.legend.actions())


def test_names_of_lines_are_shown_as_they_are(pane: ChartPane) -> None:
    pane.show_chart(answer(pane, "<b>x</b> & y\n" + "z" * 500))
    (text,) = legend(pane)
    assert "&&" in text
    assert len(text) < 60
    assert "\n" not in text


@pytest.mark.parametrize(
    ("left", "refused", "text"),
    [
        (0, 0, ""),
        (50, 0, "reading 75 %"),
        (0, 3, "3 further lines"),
        (200, MAX_REFUSED, "reading 0 %, more than 1,000 further lines"),
    ],
)
def test_it_says_what_is_missing(pane: ChartPane, left: int, refused: int, text: str) -> None:
    pane.show_chart(answer(pane, "a", left=left, refused=refused))
    assert pane.state.text() == text
    pane.forget()
    assert pane.state.text() == ""


def test_it_can_be_closed_and_passes_on_events(pane: ChartPane, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pane.closed):
        pane.close_button.click()
    with qtbot.waitSignal(pane.row_wanted) as wanted:
        pane.plot.row_wanted.emit(7)
    assert wanted.args == [7]


def test_a_chart_of_other_events_is_not_its_own(pane: ChartPane) -> None:
    pane.show_chart(replace(answer(pane, "a"), subject=replace(pane.subject, alike=((("Node", "Site"), "x"),))))
    assert legend(pane) == []
