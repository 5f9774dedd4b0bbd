"""Which span of time is shown, when the capture is asked, and the chip of a chosen span."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.timeline.time_scale import BAR, NS
from tests.helpers.fake_events import START_NS
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

TEN_MINUTES = 600 * NS


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    return Stage(window, session)


@pytest.fixture
def asked(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int, int]]:
    """The questions to the capture, which are answered."""
    found: list[tuple[int, int, int]] = []
    ask = stage.session.statistics.ask_edges

    def noted(from_ns: int, bucket_ns: int, count: int) -> None:
        found.append((from_ns, bucket_ns, count))
        ask(from_ns, bucket_ns, count)

    monkeypatch.setattr(stage.session.statistics, "ask_edges", noted)
    return found


@pytest.mark.parametrize(("ago_ns", "whole"), [(TEN_MINUTES, False), (TEN_MINUTES + 1, True)])
def test_a_capture_is_shown_whole_unless_events_are_arriving(
    stage: Stage, asked: list[tuple[int, int, int]], monkeypatch: pytest.MonkeyPatch, ago_ns: int, whole: bool
) -> None:
    stage.feed(3)
    _first, newest = stage.session.rows.time_span().value
    monkeypatch.setattr(time, "time_ns", lambda: newest + ago_ns)
    timing = stage.window.controllers.timing
    timing.zoom(1)
    timing.limit(START_NS, START_NS + NS)
    asked.clear()
    timing.begin()
    ((from_ns, bucket_ns, count),) = asked
    assert timing.span is None
    assert stage.window.panes.timeline.selection.span is None
    now = newest + ago_ns
    if whole:
        assert from_ns <= START_NS
        assert from_ns + bucket_ns * count < now
    else:
        assert from_ns + bucket_ns * count > now
        assert count * bucket_ns >= TEN_MINUTES


def test_without_events_the_last_minutes_are_shown(stage: Stage, asked: list[tuple[int, int, int]]) -> None:
    stage.window.controllers.timing.begin()
    ((from_ns, bucket_ns, count),) = asked
    assert from_ns < time.time_ns() < from_ns + (count + 1) * bucket_ns


def test_a_gap_that_is_over_is_asked_for(stage: Stage, asked: list[tuple[int, int, int]]) -> None:
    timing = stage.window.controllers.timing
    stage.feed(3)
    timing.begin()
    stage.window.bridge.deliver()
    timing.tick()
    asked.clear()
    timing.tick()
    assert len(asked) <= 1, "another bar may have begun"
    asked.clear()
    stage.session.push_gap()
    stage.window.bridge.deliver()
    timing.tick()
    assert asked
    stage.window.bridge.deliver()
    gaps = [entry for entry in stage.session.entries if isinstance(entry, Gap)]
    assert list(stage.window.panes.timeline.gaps) == [(gap.from_ns, gap.to_ns) for gap in gaps]
    assert gaps[0].cause in GapCause


def test_the_timeline_is_gone_to_and_back(stage: Stage) -> None:
    line = stage.window.panes.timeline
    stage.window.panes.table.setFocus()
    stage.by_menu("time.focus")
    assert line.hasFocus() or stage.window.focusWidget() is line


def test_a_span_has_a_chip_that_takes_it_back(stage: Stage) -> None:
    stage.feed(3)
    timing, chips = stage.window.controllers.timing, stage.window.controllers.chips
    timing.limit(START_NS, START_NS + 5 * NS)
    chip = chips.chips["span"]
    first, last = formats.span(START_NS, START_NS + 5 * NS)
    assert chip.text() == f"{first} – {last}"
    assert chip.toolTip() == (
        f"Show all times again\n{formats.full_time(START_NS)}\n– {formats.full_time(START_NS + 5 * NS)}"
    )
    limited = list[bool]()
    chips.removed.emit("another")
    limited.append(timing.span is not None)
    chip.click()
    limited.append(timing.span is not None)
    assert (limited, "span" in chips.chips) == ([True, False], False)


def test_other_bars_are_asked_for_when_there_is_other_room(stage: Stage, asked: list[tuple[int, int, int]]) -> None:
    line = stage.window.panes.timeline
    stage.window.controllers.timing.begin()
    asked.clear()
    line.resize(line.width() - 10 * BAR, line.height())
    assert len(asked) == 1
    assert line.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)


@pytest.mark.parametrize("later", [0, 1, 5])
def test_what_is_new_belongs_to_the_bar_of_now(stage: Stage, monkeypatch: pytest.MonkeyPatch, later: int) -> None:
    """The bars after it, which a clock that was set back leaves, stay empty."""
    stage.feed(3)
    timing, line = stage.window.controllers.timing, stage.window.panes.timeline
    timing.begin()
    stage.window.bridge.deliver()
    asked = timing._asked
    present = len(line.stacks) - 1 - later
    before = [stack[0] for stack in line.stacks]
    monkeypatch.setattr(timing, "_with_scale", lambda then: then(asked))
    monkeypatch.setattr(time, "time_ns", lambda: asked.start_of(present))
    stage.feed(7)
    timing.tick()
    after = [stack[0] for stack in line.stacks]
    assert after[present + 1 :] == [0] * later
    assert after[present] == 7 + sum(before[present:])
    assert after[:present] == before[:present]
