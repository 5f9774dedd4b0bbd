"""Work on captures and their statistics at the edges: dialogs that go, bars that can be seen, what is asked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.captures import statistics_pane
from clacks_monitor.gui.captures.recovery_dialog import RecoveryDialog
from clacks_monitor.gui.captures.replay_bar import ReplayBar
from clacks_monitor.gui.captures.statistics_pane import RateChart, StatisticsPane
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.session.notices import Counted, JobResult
from tests.helpers.capture_jobs import end

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from tests.helpers.stage import Stage

NS, MINUTE = formats.NS, 60 * formats.NS
A, KEPT = Path("/x/a.capture"), Path("/nowhere/kept.capture")


# -- dialogs -----------------------------------------------------------------------------------------------------------


def test_the_report_of_a_recovery_goes_when_it_was_read(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, files: Callable[..., list[str]]
) -> None:
    monkeypatch.setattr(RecoveryDialog, "exec", lambda _dialog: 0)
    files(A, KEPT)
    stage.by_menu("capture.recover")
    end(stage, JobResult((KEPT,), 5))
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert stage.window.findChildren(QDialog) == []


@pytest.mark.parametrize(
    ("lost", "notes", "seen", "words"),
    [
        ((), (), False, "5 entries recovered to /x/a.capture. Nothing was lost."),
        (((3, 4),), (), True, "5 entries recovered to /x/a.capture. 2 could not be read."),
        ((), ("The first page was damaged.",), True, "5 entries recovered to /x/a.capture. Nothing was lost."),
    ],
)
def test_details_of_a_recovery_are_shown_where_there_are_some(
    qtbot: QtBot, lost: tuple[tuple[int, int], ...], notes: tuple[str, ...], seen: bool, words: str
) -> None:
    dialog = RecoveryDialog(JobResult((A,), 5, lost, notes))
    qtbot.addWidget(dialog)
    assert child(dialog, PlainLabel, "saved").text().replace("\u200b", "") == words
    assert child(dialog, QPlainTextEdit, "details").isVisibleTo(dialog) is seen


# -- the line of a replay ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("holding", [True, False])
def test_a_replay_begins_held_or_going_at_nought(qtbot: QtBot, holding: bool) -> None:
    bar = ReplayBar()
    qtbot.addWidget(bar)
    held: list[bool] = []
    bar.held.connect(held.append)
    bar.progress.setValue(500)
    bar.begin("Replaying <a>", holding=holding)
    assert bar.isVisible()
    assert (bar.progress.value(), bar.progress.minimum(), bar.progress.maximum()) == (0, 0, 1_000)
    assert not bar.progress.isTextVisible()
    assert bar.progress.accessibleName().replace("\u2060", "") == "Replaying <a>"
    assert (bar.hold_button.text(), bar.step_button.isEnabled()) == (("Resume" if holding else "Pause"), holding)
    bar.hold_button.click()
    assert held == [not holding]


# -- the chart ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def chart(qtbot: QtBot, theme: Theme) -> RateChart:
    made = RateChart(theme)
    qtbot.addWidget(made)
    made.resize(400, 118)
    return made


def _columns(image: QImage, y: int, name: str) -> list[int]:
    return [x for x in range(image.width()) if image.pixelColor(x, y).name() == name]


def test_each_bar_can_be_seen_and_is_apart_from_the_next(chart: RateChart, theme: Theme) -> None:
    chart.show_rates([(0, 1_000), (MINUTE, 1), (2 * MINUTE, 1_000), (3 * MINUTE, 1_000)], MINUTE)
    image = chart.grab().toImage()
    floor = 118 - 16 - 2
    accent = theme.accent.name()
    assert _columns(image, floor - 1, accent) == [x for x in range(400) if x % 100 != 99]
    assert _columns(image, floor - 2, accent) == [x for x in range(400) if x % 100 != 99 and not 100 <= x < 200]
    assert _columns(image, floor, theme.line.name()) == list(range(400))
    assert [y for y in range(118) if image.pixelColor(10, y).name() == accent] == list(range(20, floor))


def test_bars_are_two_pixels_wide_at_least(chart: RateChart, theme: Theme) -> None:
    chart.resize(399, 118)
    chart.show_rates([(0, 1), (132 * NS, 1)], NS)
    assert len(chart.bars()) == 133
    image = chart.grab().toImage()
    assert _columns(image, 99, theme.accent.name()) == [0, 1, 396, 397]


def test_what_it_stands_for_is_written_in_its_corners_and_that_there_is_nothing_in_the_middle(
    chart: RateChart, theme: Theme
) -> None:
    def inked(image: QImage, xs: range, ys: range) -> bool:
        plain = {theme.base.name(), theme.accent.name(), theme.line.name()}
        return any(image.pixelColor(x, y).name() not in plain for x in xs for y in ys)

    empty = chart.grab().toImage()
    assert inked(empty, range(150, 250), range(40, 80))
    assert not inked(empty, range(100), range(16))
    chart.show_rates([(0, 1), (MINUTE, 2)], MINUTE)
    full = chart.grab().toImage()
    assert inked(full, range(60), range(16))
    assert inked(full, range(50), range(102, 118))
    assert inked(full, range(350, 400), range(102, 118))
    theme.use(Scheme.DARK)
    assert chart.grab().toImage().pixelColor(200, 17).name() == theme.base.name()


# -- the counts --------------------------------------------------------------------------------------------------------


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> StatisticsPane:
    made = StatisticsPane(theme)
    qtbot.addWidget(made)
    made.expect(1, "")
    return made


def _counted(*counts: tuple[str, int], done: int = 1, total: int = 1) -> Counted:
    return Counted(1, counts, len(counts), ((0, 3),), MINUTE, done, total)


@pytest.mark.parametrize(("seconds", "rate"), [(0.0, ""), (0.5, formats.rate(8.0)), (1.0, formats.rate(4.0))])
def test_a_rate_needs_a_time_however_short(pane: StatisticsPane, seconds: float, rate: str) -> None:
    pane.show_counts(_counted(("a", 4)), seconds)
    item = pane.table.topLevelItem(0)
    assert item is not None
    assert item.text(3) == rate
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    assert [item.textAlignment(column) for column in (1, 2, 3)] == [right] * 3
    assert item.data(0, Qt.ItemDataRole.UserRole) == "a"


def test_a_table_stays_where_it_is_scrolled_to(pane: StatisticsPane) -> None:
    pane.resize(400, 400)
    pane.show()
    many = [(f"value {number}", 100 - number) for number in range(100)]
    pane.show_counts(_counted(*many), 1.0)
    QApplication.processEvents()
    bar = pane.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    pane.show_counts(_counted(*many), 1.0)
    QApplication.processEvents()
    assert bar.value() == before > 0
    assert pane.table.currentItem() is None


def test_what_can_be_counted_by(pane: StatisticsPane) -> None:
    kinds = [pane.by.itemData(row) for row in range(pane.by.count())]
    assert kinds == ["type", "connection", "subject", "problem", "field"]
    assert [pane.bucket.itemData(row) for row in range(pane.bucket.count())] == ["second", "minute", "hour"]
    assert (pane.subject, pane.bucket_ns, statistics_pane.AGAIN_MS) == (Column.TYPE, MINUTE, 2_000)
    assert pane.field.isEditable()


def test_fields_are_offered_without_losing_what_was_typed(pane: StatisticsPane) -> None:
    pane.field.setCurrentText("Caller")
    pane.offer_fields(["b", "a"])
    assert [pane.field.itemText(row) for row in range(pane.field.count())] == ["a", "b"]
    assert pane.field.currentText() == "Caller"
