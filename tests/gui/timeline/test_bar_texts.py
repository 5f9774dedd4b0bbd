"""What is written at the bars of the timeline, and said about them."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.timeline.bar_texts import bar_text, height_text, label
from clacks_monitor.gui.timeline.time_scale import NS, TimeScale, highest, ticks

if TYPE_CHECKING:
    from collections.abc import Iterator

NOON = 1_700_049_600 * NS
DAY = 86_400


@pytest.fixture(autouse=True)
def _zone(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    for kept in (formats._second, formats._day_of, formats._short_day):
        kept.cache_clear()
    yield
    monkeypatch.undo()
    time.tzset()
    for kept in (formats._second, formats._day_of, formats._short_day):
        kept.cache_clear()


@pytest.mark.parametrize(
    ("length_s", "step_s", "text"),
    [
        (600, 1, "13:00:00"),
        (600, 59, "13:00:00"),
        (600, 60, "13:00"),
        (DAY, 60, "13:00"),
        (DAY + 10, 60, "15 Nov 13:00"),
        (DAY + 10, 30, "15 Nov 13:00:00"),
        (DAY, DAY - 1, "13:00"),
        (DAY, DAY, "15 Nov"),
    ],
)
def test_a_time_is_as_exact_as_its_steps(length_s: int, step_s: int, text: str) -> None:
    scale = TimeScale(NOON, 10 * NS, length_s // 10)
    assert label(scale, step_s * NS, NOON) == text


@pytest.mark.parametrize(
    ("bucket_s", "text"),
    [(1, "max. 1,234 per second"), (2, "max. 1,234 in 2 s"), (60, "max. 1,234 in 1 min"), (DAY, "max. 1,234 in 1 d")],
)
def test_what_the_highest_bar_stands_for(bucket_s: int, text: str) -> None:
    assert height_text(TimeScale(NOON, bucket_s * NS, 9), 1_234) == text


SCALE = TimeScale(NOON, 10 * NS, 3)
STACKS = [(5, 1, 2), (1_000, 600, 400), (0,)]


@pytest.mark.parametrize(
    ("bar", "text"),
    [
        (0, "13:00:00 – 13:00:10: 3 shown of 5"),
        (1, "13:00:10 – 13:00:20: 1,000 shown of 1,000"),
        (2, "13:00:20 – 13:00:30: 0 shown of 0"),
        (3, "13:00:30 – 13:00:40"),
    ],
)
def test_a_bar_says_its_times_and_what_it_holds(bar: int, text: str) -> None:
    assert bar_text(SCALE, STACKS, bar) == text


@pytest.mark.parametrize(
    ("gap", "bars"),
    [((0, 1), []), ((5, 10), [0]), ((5, 11), [0, 1]), ((10, 20), [1]), ((-5, 99), [0, 1, 2]), ((-5, 0), [])],
)
def test_a_bar_says_whether_events_could_have_been_missed(gap: tuple[int, int], bars: list[int]) -> None:
    span = (NOON + gap[0] * NS, NOON + gap[1] * NS)
    if gap == (0, 1):
        span = (NOON - 5, NOON)
    assert [bar for bar in range(3) if bar_text(SCALE, STACKS, bar, [span]).endswith(", gap")] == bars


def test_the_highest_of_no_bars_is_none() -> None:
    assert (highest(()), highest(STACKS)) == (0, 1_000)


def test_where_a_time_lies() -> None:
    assert (SCALE.to_ns, SCALE.start_of(2), SCALE.left_of(2)) == (NOON + 30 * NS, NOON + 20 * NS, 10)
    assert [SCALE.bar_of(NOON + at * NS) for at in (-1, 0, 9, 10, 31)] == [-1, 0, 0, 1, 3]
    assert [SCALE.x_of(NOON + at * NS) for at in (-2, 0, 2, 10, 29)] == [-1, 0, 1, 5, 14]


def test_ticks_are_those_of_the_local_clock() -> None:
    day = ticks(TimeScale(NOON, 3_600 * NS, 60), 90)
    assert [formats.short_day(at // NS) for at in day.times] == ["16 Nov", "17 Nov", "18 Nov"]
    assert {formats.clock_short(at) for at in day.times} == {"00:00:00"}
    odd = ticks(TimeScale(NOON, 28 * DAY * NS, 60), 90)  # longer than any step that has a name
    assert odd.step_ns == 90 * 28 * DAY * NS // 5
    from_tick = ticks(TimeScale(NOON, NS, 61), 90)
    assert from_tick.times == (NOON, NOON + 30 * NS, NOON + 60 * NS)
    assert ticks(TimeScale(NOON, NS, 60), 90).times == (NOON, NOON + 30 * NS)
