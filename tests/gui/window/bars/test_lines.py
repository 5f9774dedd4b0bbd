"""The lines around the table by themselves: what they say, for how long, and what their buttons do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAction, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QToolButton

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.theme import Scheme
from clacks_monitor.gui.window.bars.activity_bar import ActivityBar, ActivityLine
from clacks_monitor.gui.window.bars.production_band import ProductionBand
from clacks_monitor.gui.window.bars.status_bar import StatusBar
from clacks_monitor.gui.window.bars.status_line import StatusLine
from clacks_monitor.gui.window.bars.trouble_bar import TroubleBar
from clacks_monitor.gui.window.command_palette import score
from clacks_monitor.session.notices import Counters
from tests.helpers.compose_widgets import shown
from tests.helpers.overlaps import overlapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.gui.kit.theme import Theme

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


# -- what is under way -------------------------------------------------------------------------------------------------


@pytest.fixture
def activity(theme: Theme) -> Iterator[ActivityBar]:
    with shown(ActivityBar(theme)) as bar:
        bar.resize(800, 200)
        yield bar


def lines(bar: ActivityBar) -> list[ActivityLine]:
    QApplication.processEvents()  # a layout shows what came into it then
    return bar.lines()


def counted(line: ActivityLine) -> tuple[str, int, int]:
    assert line.progress is not None
    return line.count.text(), line.progress.value(), line.progress.maximum()


def test_a_job_says_how_far_it_is(activity: ActivityBar) -> None:
    activity.begin(7, "Exporting")
    (line,) = lines(activity)
    assert (line.text.text(), line.text.toolTip()) == ("Exporting", "Exporting")
    assert line.progress is not None
    assert (line.progress.accessibleName(), line.progress.isTextVisible()) == ("Exporting", False)
    assert line.cancel.accessibleName() == "Cancel: Exporting"
    seen = [counted(line)]
    for done, total in ((0, 0), (1_500, 0), (1, 3), (3, 3), (7, 3)):
        activity.show_progress(7, done, total)
        seen.append(counted(line))
    assert seen == [
        ("", -1, 0), ("", -1, 0), ("1,500", -1, 0), ("33 %", 333, 1_000), ("100 %", 1_000, 1_000),
        ("100 %", 1_000, 1_000),
    ]  # fmt: skip
    activity.show_progress(8, 1, 2)
    assert activity.end(8) == ""
    assert overlapping(activity) == []
    assert activity.end(7) == "Exporting"
    assert lines(activity) == []


def test_a_line_is_there_at_once(activity: ActivityBar) -> None:
    activity.begin(7, "Exporting")
    assert [line.text.text() for line in activity.lines()] == ["Exporting"]
    assert activity.end(7) == "Exporting"
    assert activity.lines() == []
    assert activity.end(7) == ""


def test_a_job_that_is_cancelled_says_that_it_stops(activity: ActivityBar) -> None:
    cancelled = list[int]()
    activity.cancelled.connect(cancelled.append)
    activity.begin(7, "Exporting")
    activity.begin(9, "Merging")
    first, second = lines(activity)
    second.cancel.click()
    assert (cancelled, second.cancel.isEnabled(), second.count.text()) == ([9], False, "stopping…")
    activity.show_progress(9, 1, 2)
    activity.show_progress(7, 1, 2)
    assert (second.count.text(), first.count.text()) == ("stopping…", "50 %")
    assert first.y() < second.y()


@pytest.mark.parametrize(("pressed", "taken"), [("Open", [1]), ("", [])])
def test_a_message_stays_until_one_of_its_buttons_is_pressed(
    activity: ActivityBar, pressed: str, taken: list[int]
) -> None:
    action, found = QAction("Open"), list[int]()
    action.triggered.connect(lambda: found.append(1))
    activity.notify("Exported", [action])
    (line,) = lines(activity)
    assert line.progress is None
    line.show_progress(1, 2)
    (close,) = line.findChildren(QToolButton)
    assert (close.toolTip(), close.accessibleName(), close.icon().isNull()) == (*["Close this message"] * 2, False)
    assert action.parent() is line
    assert overlapping(activity) == []
    (line.findChildren(QPushButton)[0] if pressed else close).click()
    assert (found, lines(activity)) == (taken, [])


# -- trouble and production --------------------------------------------------------------------------------------------


@pytest.fixture
def trouble(theme: Theme) -> Iterator[TroubleBar]:
    with shown(TroubleBar()) as bar:
        bar.set_up(theme)
        bar.hide()
        yield bar


def test_trouble_is_told_with_how_many_came_before(trouble: TroubleBar) -> None:
    trouble.notify("It broke.", "The disk is full.")
    assert (trouble.isVisible(), trouble.text.text()) == (True, "It broke. The disk is full.")
    assert trouble.text.toolTip() == "It broke.\nThe disk is full."
    trouble.notify("Again.")
    trouble.notify("Again.")
    assert trouble.text.text() == "Again.  (2 more)"
    (close,) = trouble.findChildren(QToolButton)
    assert (close.toolTip(), close.accessibleName()) == ("Close this message", "Close this message")
    close.click()
    assert not trouble.isVisible()
    trouble.notify("New.")
    assert (trouble.isVisible(), trouble.text.text()) == (True, "New.")


@pytest.mark.parametrize(("length", "said"), [(300, "x" * 300), (301, "x" * 299 + "…")])
def test_a_long_trouble_is_shortened_and_whole_in_its_tooltip(trouble: TroubleBar, length: int, said: str) -> None:
    trouble.notify("x" * length)
    assert trouble.text.text() == said
    assert trouble.text.toolTip().replace("\n", "").count("x") == length


def test_trouble_has_the_colours_of_the_theme(trouble: TroubleBar, theme: Theme) -> None:
    assert trouble.palette().color(QPalette.ColorRole.Window) == theme.washed(theme.bad, 0.14)
    assert not trouble.sign.pixmap().isNull()
    before = trouble.sign.pixmap().cacheKey()
    theme.use(Scheme.DARK)
    try:
        assert trouble.palette().color(QPalette.ColorRole.Window) == theme.washed(theme.bad, 0.14)
        assert trouble.sign.pixmap().cacheKey() != before
    finally:
        theme.use(Scheme.LIGHT)


@pytest.mark.parametrize(("colour", "shown_as"), [("blue", "blue"), ("none", "red")])
def test_production_is_a_band_in_its_colour(theme: Theme, colour: str, shown_as: str) -> None:
    with shown(QMainWindow()) as window:
        band = ProductionBand(theme, window)
        window.addToolBar(band)
        band.hide()
        band.show_message("Production: plant", colour)
        assert (band.isVisible(), band.label.text()) == (True, "Production: plant")
        assert band.label.palette().color(QPalette.ColorRole.Window) == theme.swatch(shown_as)
        assert (band.isMovable(), band.isFloatable(), band.toggleViewAction().isEnabled()) == (False, False, False)
        assert band.windowTitle() == "Production"
        band.show_message("", colour)
        assert not band.isVisible()


# -- the status bar ----------------------------------------------------------------------------------------------------


def test_a_message_takes_the_place_of_what_stands_there_for_a_while(theme: Theme) -> None:
    del theme
    with shown(StatusLine()) as line:
        line.resize(400, 20)
        line.stand("no filter", "none at all")
        assert (line.text(), line.toolTip(), line.accessibleDescription()) == ("no filter", "none at all", "no filter")
        assert line.foregroundRole() is QPalette.ColorRole.PlaceholderText
        (timer,) = line.findChildren(QTimer)
        line.show_message("saved", 5_000)
        assert (line.text(), line.toolTip(), timer.isActive(), timer.interval()) == ("saved", "saved", True, 5_000)
        assert line.foregroundRole() is QPalette.ColorRole.WindowText
        line.stand("a filter")
        assert line.text() == "saved"
        timer.timeout.emit()
        assert (line.message, line.text(), line.toolTip()) == ("", "a filter", "")
        line.show_message("stays")
        assert not timer.isActive()
        line.resize(30, 20)
        assert line.text().endswith("…")
        assert line.minimumSizeHint().width() == 0


@pytest.fixture
def status(theme: Theme) -> Iterator[StatusBar]:
    with shown(StatusBar(theme)) as bar:
        yield bar


NUMBERS = Counters(received=1_300, shown=1_200, hidden=100, invalid=2, dropped=3, gaps=1, rate=2.5)


def said(bar: StatusBar) -> dict[str, str]:
    return {key: counter.text() for key, counter in bar.counters.items()}


def test_the_numbers_are_grouped_and_lead_to_what_went_wrong(status: StatusBar) -> None:
    assert said(status)["gaps"] == "0 gaps"
    status.show_counters(NUMBERS)
    assert said(status) == {
        "received": "1,300 received", "shown": "1,200 shown", "hidden": "100 hidden", "invalid": "2 invalid",
        "dropped": "3 dropped", "gaps": "1 gap", "rate": formats.rate(2.5),
    }  # fmt: skip
    assert {key for key, counter in status.counters.items() if counter.leads} == {"invalid", "gaps"}
    told = list[str]()
    status.invalid_wanted.connect(lambda: told.append("invalid"))
    status.gap_wanted.connect(lambda: told.append("gap"))
    for key in ("invalid", "gaps"):
        counter = status.counters[key]
        QTest.mouseClick(counter, Qt.MouseButton.LeftButton)
        QTest.mouseClick(counter, Qt.MouseButton.RightButton)
        QTest.mousePress(counter, Qt.MouseButton.LeftButton)
        QTest.mouseRelease(counter, Qt.MouseButton.LeftButton, pos=QPoint(-5, -5))
    assert told == ["invalid", "gap"]
    status.show_counters(replace(NUMBERS, gaps=2, invalid=0))
    assert (said(status)["gaps"], status.counters["invalid"].leads) == ("2 gaps", False)
    status.show_counters(None)
    assert said(status)["received"] == "0 received"


def test_each_number_has_a_name_and_says_what_it_counts(status: StatusBar) -> None:
    names = [counter.accessibleName() for counter in status.counters.values()]
    assert names == [
        "Received events", "Shown events", "Hidden events", "Invalid events", "Dropped events", "Gaps",
        "Events per second",
    ]  # fmt: skip
    tips = {key: counter.toolTip().replace("\n", " ") for key, counter in status.counters.items()}
    assert [key for key, tip in tips.items() if tip] == ["hidden", "invalid", "dropped", "gaps"]
    assert "arrived too fast" in tips["dropped"]
    assert "F8" in tips["gaps"]
    assert not status.isSizeGripEnabled()
    assert overlapping(status) == []


def test_the_capture_is_named_with_its_size(status: StatusBar, theme: Theme) -> None:
    status.show_capture(Path("/x/night.capture"), 2_048, temporary=False)
    assert status.capture.text() == f"night.capture {formats.size(2_048)}"
    assert status.capture.toolTip() == "/x/night.capture"
    assert status.capture.accessibleName() == "Capture file"
    theme.use(Scheme.DARK)
    try:
        assert status.capture.text() == f"night.capture {formats.size(2_048)}"
    finally:
        theme.use(Scheme.LIGHT)
    status.show_capture(Path("/x/night.capture"), 2_048, temporary=True)
    assert status.capture.text() == f"not saved {formats.size(2_048)}"
    tip = "Received events are in a temporary capture of this size. Save it to keep them."
    assert status.capture.toolTip().replace("\n", " ") == tip
    assert not status.capture.isHidden()
    status.show_capture(Path("/x/night.capture"), 2_048, temporary=True, again=True)
    assert status.capture.isHidden(), "what the demo has sent needs no saving"


def test_a_message_stands_eight_seconds(status: StatusBar) -> None:
    status.notify("saved")
    (timer,) = status.line.findChildren(QTimer)
    assert (status.line.message, timer.interval(), timer.isActive()) == ("saved", 8_000, True)


# -- the palette -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "name", "value"),
    [
        ("", "Open capture", 4), ("OPEN", "Open capture", 4), ("cap", "Open capture", 3), ("apt", "Open capture", 2),
        ("oca", "Open capture", 1), ("n c", "Open capture", 2), ("o u", "Open capture", 1), ("aco", "Open capture", 0),
        ("x", "Open capture", 0),
    ],
)  # fmt: skip
def test_a_command_is_found_by_its_beginning_a_word_a_part_or_its_letters(wanted: str, name: str, value: int) -> None:
    assert score(wanted, name) == value
