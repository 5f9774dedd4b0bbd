"""The timeline by itself: what is painted where, what keys, pointer and wheel ask for, and which spans there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.gui.timeline.time_scale import BAR, NS, SPANS_S, TimeScale, scale_for, scale_up_to
from clacks_monitor.gui.timeline.timeline import Timeline
from tests.helpers.entries import START
from tests.helpers.fake_events import START_NS
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

Key, Shift = Qt.Key, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton
SCALE = TimeScale(START, 10 * NS, 30)
GREEN = COLOURS.index("green")


def stack(total: int, plain: int = 0, green: int = 0) -> tuple[int, ...]:
    shown = [0] * len(COLOURS)
    shown[0], shown[GREEN] = plain, green
    return (total, *shown)


STACKS = [*[stack(0)] * 20, stack(0), stack(10, 5, 5), stack(4), stack(8, 2), *[stack(0)] * 6]
"""At the right, away from the words in the corner."""


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> Timeline:
    made = Timeline(theme)
    qtbot.addWidget(made)
    made.resize(30 * BAR, 80)
    made.show()
    made.activateWindow()
    made.show_bars(SCALE, STACKS)
    return made


@pytest.fixture
def asked(line: Timeline) -> list[object]:
    """What the timeline asks for, in its order."""
    found = list[object]()
    line.selection.span_chosen.connect(lambda low, high: found.append((SCALE.bar_of(low), SCALE.bar_of(high))))
    line.selection.span_cleared.connect(lambda: found.append("clear"))
    line.zoomed.connect(found.append)
    return found


def press(line: Timeline, *keys: Qt.Key, shift: bool = False) -> None:
    for key in keys:
        QTest.keyClick(line, key, Shift if shift else Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize(
    ("keys", "bar"),
    [
        ((Key.Key_Left,), 28),
        ((Key.Key_Right,), 29),
        ((Key.Key_PageUp,), 19),
        ((Key.Key_PageUp,) * 4, 0),
        ((Key.Key_PageUp, Key.Key_PageUp, Key.Key_PageDown, Key.Key_Right), 20),
    ],
)
def test_arrows_move_from_the_present_on(
    line: Timeline, asked: list[object], keys: tuple[Qt.Key, ...], bar: int
) -> None:
    press(line, *keys, Key.Key_Return)
    assert asked == [(bar, bar + 1)]


def test_with_shift_arrows_select_from_where_they_were(line: Timeline, asked: list[object]) -> None:
    press(line, Key.Key_PageUp)
    press(line, Key.Key_Left, Key.Key_Left, shift=True)
    press(line, Key.Key_Enter)
    press(line, Key.Key_Left, shift=True)
    press(line, Key.Key_Left)
    press(line, Key.Key_Enter)
    assert asked == [(17, 20), (15, 16)]


def test_escape_and_a_double_click_show_all_times_where_there_is_a_span(line: Timeline, asked: list[object]) -> None:
    press(line, Key.Key_Escape)
    QTest.mouseDClick(line, LEFT, pos=QPoint(7, 7))
    assert "clear" not in asked[:1]
    asked.clear()
    line.selection.show_span((START, START + NS))
    press(line, Key.Key_Escape)
    QTest.mouseDClick(line, LEFT, pos=QPoint(7, 7))
    assert asked.count("clear") == 2


def test_keys_and_wheel_zoom(line: Timeline, asked: list[object]) -> None:
    press(line, Key.Key_Plus, Key.Key_Minus)
    for turn in (120, -120):
        event = QWheelEvent(
            QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(line, event)
    assert asked == [1, -1, 1, -1]


def _drag(line: Timeline, start: int, end: int, button: Qt.MouseButton = LEFT) -> None:
    at = QPointF(line.scale.left_of(end) + 1, 9)
    QTest.mousePress(line, button, pos=QPoint(line.scale.left_of(start) + 1, 9))
    move = QMouseEvent(
        QMouseEvent.Type.MouseMove, at, line.mapToGlobal(at), Qt.MouseButton.NoButton, button,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(line, move)
    QTest.mouseRelease(line, button, pos=at.toPoint())


def test_dragging_in_either_direction_chooses_whole_bars(line: Timeline, asked: list[object]) -> None:
    _drag(line, 4, 9)
    _drag(line, 9, 4)
    _drag(line, 6, 6)
    _drag(line, 4, 9, Qt.MouseButton.RightButton)
    assert asked == [(4, 10), (4, 10), (6, 7)]
    line.clear()
    _drag(line, 4, 9)
    assert len(asked) == 3


def test_a_bar_says_what_it_holds(line: Timeline) -> None:
    QTest.mouseMove(line, QPoint(1, 40))
    QTest.mouseMove(line, QPoint(line.scale.left_of(21) + 2, 40))
    assert "10 shown of 10" in QToolTip.text()
    press(line, *[Key.Key_PageUp] * 3, *[Key.Key_PageDown] * 2, *[Key.Key_Right] * 3)
    assert ": 2 shown of 8. Events over time." in line.accessibleDescription()
    QToolTip.hideText()


def _colours(line: Timeline, bar: int) -> list[str]:
    image = line.grab().toImage()
    x, floor = line.scale.left_of(bar) + 1, line.height() - 16
    return [image.pixelColor(x, y).name() for y in range(floor)]


def test_bars_are_as_tall_as_they_hold_many(line: Timeline, theme: Theme) -> None:
    full = line.height() - 16 - 4

    def count(bar: int, colour: QColor) -> int:
        return _colours(line, bar).count(colour.name())

    green, plain = theme.swatch("green"), theme.accent
    assert (count(21, green), count(21, plain)) == (full // 2, full // 2)
    assert count(22, green) == count(22, plain) == 0
    tall = [sum(colour != theme.base.name() for colour in _colours(line, bar)) for bar in (20, 21, 22, 23)]
    assert tall == [0, full, round(full * 0.4), round(full * 0.8)]
    assert count(23, plain) == round(full * 0.2)
    assert _colours(line, 21)[-1] == plain.name()


def test_what_is_outside_the_chosen_span_is_veiled(line: Timeline, theme: Theme) -> None:
    before = [_colours(line, bar)[-1] for bar in (21, 23)]
    line.selection.show_span((SCALE.start_of(21), SCALE.start_of(22)))
    after = [_colours(line, bar)[-1] for bar in (21, 23)]
    assert after[1] != before[1]
    edges = line.grab().toImage()
    assert edges.pixelColor(line.scale.left_of(21), 30).name() == theme.accent.name()
    assert edges.pixelColor(line.scale.left_of(22) - 1, 30).name() == theme.accent.name()
    line.selection.show_span(None)
    assert [_colours(line, bar)[-1] for bar in (21, 23)] == before


# -- the scale ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("span", SPANS_S[:-1])
def test_the_finest_scale_that_shows_a_span_is_taken(span: int) -> None:
    bars = 21
    fits = scale_for(0, span * NS * (bars - 1), bars * BAR)
    more = scale_for(0, span * NS * (bars - 1) + 1, bars * BAR)
    assert (fits.bucket_ns, fits.count) == (span * NS, bars)
    assert more.bucket_ns == SPANS_S[SPANS_S.index(span) + 1] * NS
    present = scale_up_to(10**18, span * NS * bars, bars * BAR)
    assert present.bucket_ns == span * NS
    assert scale_up_to(10**18, span * NS * bars + 1, bars * BAR).bucket_ns > span * NS


def test_longer_spans_than_there_are_names_for_double() -> None:
    longest = SPANS_S[-1] * NS
    assert scale_for(0, longest * 20, 21 * BAR).bucket_ns == longest
    assert scale_for(0, longest * 20 + 1, 21 * BAR).bucket_ns == 2 * longest
    assert scale_for(0, 0, 1) == TimeScale(0, NS, 2)
    assert scale_up_to(0, 0, 1).count == 1


@pytest.mark.parametrize(("x", "bar"), [(-7, 0), (0, 0), (BAR - 1, 0), (BAR, 1), (10 * BAR, 9), (99 * BAR, 9)])
def test_a_pixel_belongs_to_a_bar_that_there_is(x: int, bar: int) -> None:
    assert TimeScale(0, NS, 10).bar_at(x) == bar


# -- which span is shown -----------------------------------------------------------------------------------------------


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    return Stage(window, session)


def test_zooming_says_what_is_shown(stage: Stage) -> None:
    said = list[str]()
    stage.feed(3)
    stage.window.controllers.timing.begin()
    stage.window.controllers.timing.notified.connect(said.append)
    for step in (-1, 1, 1, 1, *[-1] * 8, 1):
        stage.window.panes.timeline.zoomed.emit(step)
    last = [words.removeprefix("Timeline: ").removeprefix("last ") for words in said]
    assert last == [
        "whole capture", "10 minutes", "1 minute", "1 minute", "10 minutes", "1 hour", "6 hours", "1 day",
        "7 days", "31 days", "whole capture", "whole capture", "31 days",
    ]  # fmt: skip


def test_a_span_is_told_and_taken_back_once(stage: Stage) -> None:
    timing, spans, said = stage.window.controllers.timing, list[tuple[int, int]](), list[str]()
    timing.span_changed.connect(lambda low, high: spans.append((low, high)))
    timing.notified.connect(said.append)
    stage.feed(3)
    timing.limit(START_NS, START_NS + NS)
    assert stage.session.filtering.span == (START_NS, START_NS + NS)
    timing.show_all_times()
    timing.show_all_times()
    assert stage.session.filtering.span == (0, 0)
    assert spans == [(START_NS, START_NS + NS), (0, 0)]
    assert said[0].startswith("Only ")
    assert said[0].endswith(". To show all: Escape in the timeline, or View > Show all times")
    assert "%" not in said[0]
    assert said[1:] == ["All times shown"]


def test_what_is_not_seen_is_not_asked_for(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[int]()
    monkeypatch.setattr(stage.session.statistics, "ask_edges", lambda *_args: asked.append(1))
    stage.feed(3)
    stage.window.panes.timeline.hide()
    stage.window.controllers.timing.ask()
    stage.window.controllers.timing.tick()
    assert asked == []
    stage.window.panes.timeline.show()
    stage.window.controllers.timing.ask()
    assert len(asked) >= 1


def test_an_answer_to_another_question_is_ignored(stage: Stage) -> None:
    from array import array

    from clacks_monitor.session.notices import Edges

    stage.feed(3)
    stage.window.controllers.timing.begin()
    stage.window.bridge.deliver()
    before = list(stage.window.panes.timeline.stacks)
    assert sum(each[0] for each in before) == 3
    for from_ns, bucket_ns in (
        (1, stage.window.panes.timeline.scale.bucket_ns),
        (stage.window.panes.timeline.scale.from_ns, 1),
    ):
        stage.window.controllers.timing.on_edges(Edges(from_ns, bucket_ns, array("q", [1, 2])))
        assert list(stage.window.panes.timeline.stacks) == before
