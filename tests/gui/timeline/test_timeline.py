"""The timeline: bars that count right at any size, a span that is dragged or typed, all times again."""

from __future__ import annotations

import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.core.profile import Profile
from clacks_monitor.gui.timeline.time_scale import BAR, NS, TimeScale, scale_for, scale_up_to, ticks
from tests.helpers.entries import SECOND, START, some_events
from tests.helpers.paint_watch import PaintWatch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from clacks_monitor.gui.window.main_window import MainWindow


def _bars(qtbot: QtBot, window: MainWindow) -> None:
    window.controllers.timing.ask()
    qtbot.waitUntil(lambda: sum(stack[0] for stack in window.panes.timeline.stacks) == 301)
    window.controllers.timing.count()


def test_an_old_capture_is_shown_whole(real: MainWindow, qtbot: QtBot) -> None:
    _bars(qtbot, real)
    assert real.panes.timeline.scale.from_ns <= START
    assert real.panes.timeline.scale.to_ns > START + 320 * SECOND
    assert sum(sum(stack[1:]) for stack in real.panes.timeline.stacks) == 301


def test_bars_have_the_colours_of_profiles_and_the_rest_stays_behind(real: MainWindow, qtbot: QtBot) -> None:
    real.session.profiles.create(Profile("Polls", "./*:Event/*:ClientPoll", colour="green"))
    real.frame.filter.set("not(./*:Event/*:NodeStatus)")
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 201)
    _bars(qtbot, real)
    stacks = [stack for stack in real.panes.timeline.stacks if len(stack) > 1]
    assert sum(stack[1 + COLOURS.index("green")] for stack in stacks) == 100
    assert sum(sum(stack[1:]) for stack in stacks) == 201
    assert sum(stack[0] for stack in real.panes.timeline.stacks) == 301


def test_dragging_shows_only_that_span_and_escape_all_again(real: MainWindow, qtbot: QtBot) -> None:
    _bars(qtbot, real)
    line = real.panes.timeline
    first, last = line.scale.bar_of(START + 100 * SECOND), line.scale.bar_of(START + 200 * SECOND)
    wanted = (line.scale.start_of(first), line.scale.start_of(last + 1))
    qtbot.mousePress(line, Qt.MouseButton.LeftButton, pos=QPoint(line.scale.left_of(first) + 1, 10))
    qtbot.mouseMove(line, QPoint(line.scale.left_of(last) + 1, 10))
    line.selection.cursor = last
    qtbot.mouseRelease(line, Qt.MouseButton.LeftButton, pos=QPoint(line.scale.left_of(last) + 1, 10))
    assert real.controllers.timing.span == wanted
    count = sum(wanted[0] <= START + n * SECOND < wanted[1] for n in range(300))
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == count)
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 301)
    assert real.controllers.timing.span is None


def test_the_keyboard_does_what_the_pointer_does(real: MainWindow, qtbot: QtBot) -> None:
    _bars(qtbot, real)
    line = real.panes.timeline
    line.setFocus()
    line.selection.cursor = line.scale.bar_of(START + 50 * SECOND)
    for _ in range(3):
        qtbot.keyClick(line, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert "shown of" in line.accessibleDescription()
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert real.controllers.timing.span is not None
    bars = (real.controllers.timing.span[1] - real.controllers.timing.span[0]) // line.scale.bucket_ns
    assert bars == 4
    qtbot.waitUntil(lambda: 0 < real.panes.model.rowCount() < 50)
    real.frame.commands["show.all"].trigger()
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 301)


def test_what_arrives_does_not_enter_a_span_that_is_over(real: MainWindow, qtbot: QtBot) -> None:
    real.controllers.timing.limit(START, START + 10 * SECOND)
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 10)
    real.session.recorder.store(some_events(5, 400))
    qtbot.waitUntil(lambda: real.session.counters().received == 305)
    real.bridge.deliver()
    assert real.panes.model.rowCount() == 10
    real.controllers.timing.limit(START + 10_000 * SECOND, START + 20_000 * SECOND)
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 0)
    real.frame.commands["time.all"].trigger()
    qtbot.waitUntil(lambda: real.panes.model.rowCount() == 306)


def test_the_present_bar_grows_without_a_question_to_the_capture(
    real: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real.controllers.timing.zoom(1)
    qtbot.waitUntil(lambda: real.controllers.timing._edges is not None)
    before = real.panes.timeline.stacks[-1]
    asked = real.controllers.timing._asked
    monkeypatch.setattr(real.controllers.timing, "_with_scale", lambda then: then(asked))
    monkeypatch.setattr(real.controllers.timing, "_ask", lambda _scale: pytest.fail("the capture was asked"))
    monkeypatch.setattr(time, "time_ns", lambda at=real.controllers.timing._asked.to_ns - 1: at)
    real.session.recorder.store(some_events(7, 400))
    qtbot.waitUntil(lambda: real.session.filtering.counts.seen == 308)
    real.bridge.deliver()
    real.controllers.timing.tick()
    assert real.panes.timeline.stacks[-1][0] == before[0] + 7
    assert sum(real.panes.timeline.stacks[-1][1:]) == sum(before[1:]) + 7


def test_only_the_bar_that_has_changed_is_painted(real: MainWindow, qtbot: QtBot) -> None:
    _bars(qtbot, real)
    line, bars = real.panes.timeline, list(real.panes.timeline.stacks)
    watch = PaintWatch(line)
    QApplication.processEvents()
    watch.areas.clear()
    place = len(bars) // 2
    bars[place] = (bars[place][0] - 1,)
    line.show_bars(line.scale, bars)
    qtbot.waitUntil(lambda: bool(watch.areas))
    left = line.scale.left_of(place)
    assert all(area.boundingRect().left() >= left and area.boundingRect().right() < left + BAR for area in watch.areas)


def _scale_of(window: MainWindow) -> TimeScale:
    scales = list[TimeScale]()
    window.controllers.timing._with_scale(scales.append)
    return scales[0]


def test_zooming_goes_from_the_whole_to_the_last_minutes_and_back(real: MainWindow) -> None:
    whole = _scale_of(real)
    real.controllers.timing.zoom(1)
    assert abs(_scale_of(real).to_ns - time.time_ns()) < 60 * NS
    for _ in range(10):
        real.controllers.timing.zoom(-1)
    assert _scale_of(real) == whole


@given(start=st.integers(0, 10**18), length=st.integers(0, 10**17), width=st.integers(1, 4000))
def test_a_scale_covers_its_span_in_whole_bars(start: int, length: int, width: int) -> None:
    scale = scale_for(start, start + length, width)
    assert scale.from_ns <= start
    assert start + length < scale.to_ns
    assert scale.from_ns % scale.bucket_ns == 0
    assert scale.count * BAR <= max(2 * BAR, width)


@given(now=st.integers(10**15, 10**18), seconds=st.integers(1, 10**6), width=st.integers(100, 4000))
def test_the_present_is_the_last_bar(now: int, seconds: int, width: int) -> None:
    scale = scale_up_to(now, seconds * NS, width)
    assert scale.bar_of(now) == scale.count - 1
    assert scale.bar_at(scale.left_of(3)) == min(3, scale.count - 1)


@given(start=st.integers(10**18, 2 * 10**18), length=st.integers(0, 10**17), width=st.integers(100, 4000))
def test_ticks_are_round_times_far_enough_apart(start: int, length: int, width: int) -> None:
    scale = scale_for(start, start + length, width)
    found = ticks(scale, 90)
    places = [scale.x_of(wall) for wall in found.times]
    assert all(later - earlier >= 89 for earlier, later in pairwise(places))
    assert all(0 <= place < scale.count * BAR for place in places)
    zone = time.localtime(scale.from_ns // NS).tm_gmtoff * NS
    assert all((wall + zone) % found.step_ns == 0 for wall in found.times)


@pytest.mark.parametrize(
    ("bucket_s", "step_s"),
    [(1, 30), (5, 120), (10, 300), (60, 1800), (600, 10_800), (3600, 86_400), (86_400, 28 * 86_400)],
)
def test_steps_of_ticks_are_those_of_a_clock(bucket_s: int, step_s: int) -> None:
    found = ticks(TimeScale(START // (bucket_s * NS) * bucket_s * NS, bucket_s * NS, 200), 90)
    assert found.step_ns == step_s * NS
