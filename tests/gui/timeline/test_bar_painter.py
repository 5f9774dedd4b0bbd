"""What is painted where: gaps, times, the cursor, the span, and words where there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QImage, QPainter

from clacks_monitor.gui.timeline.bar_painter import BarPainter
from clacks_monitor.gui.timeline.time_scale import BAR, NS, TimeScale

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.gui.kit.theme import Theme

WIDTH, HEIGHT = 400, 80
FLOOR = HEIGHT - 16
START = 1_700_049_600 * NS  # a full minute
SCALE = TimeScale(START, NS, WIDTH // BAR)
FULL = [(9, 9)] * SCALE.count
EMPTY: list[tuple[int, ...]] = [(0,)] * SCALE.count


@pytest.fixture
def paint(theme: Theme) -> Callable[..., QImage]:
    """Paint by a function of the painter; the rest of the image is in a colour that no theme has."""

    def on(do: Callable[[BarPainter], object], area: QRect | None = None) -> QImage:
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        image.fill("#123456")
        with QPainter(image) as painter:
            do(BarPainter(theme, painter, SCALE, QSize(WIDTH, HEIGHT), area or image.rect()))
        return image

    return on


def columns(image: QImage, y: int, name: str) -> list[int]:
    return [x for x in range(image.width()) if image.pixelColor(x, y).name() == name]


def rows(image: QImage, x: int, name: str) -> list[int]:
    return [y for y in range(image.height()) if image.pixelColor(x, y).name() == name]


def test_only_the_area_is_painted(paint: Callable[..., QImage], theme: Theme) -> None:
    area = QRect(103, 0, 20, HEIGHT)
    image = paint(lambda bars: bars.paint_bars(FULL), area)
    painted = [x for x in range(WIDTH) if image.pixelColor(x, FLOOR - 1).name() != "#123456"]
    assert painted == list(range(100, 124)), "the bars at its edges whole, without the space between them"
    assert columns(image, FLOOR - 1, theme.accent.name()) == [x for x in range(100, 124) if x % BAR < BAR - 1]


def test_bars_are_at_least_two_pixels_tall_and_stand_on_the_line(paint: Callable[..., QImage], theme: Theme) -> None:
    stacks = [*EMPTY[:60], (1_000, 1_000), (1, 0), (0,), (1_000, 1), *EMPTY[64:]]
    image = paint(lambda bars: bars.paint_bars(stacks))
    muted = theme.washed(theme.muted, 0.35).name()
    assert rows(image, 60 * BAR, theme.accent.name()) == list(range(4, FLOOR))
    assert rows(image, 61 * BAR, muted) == [FLOOR - 2, FLOOR - 1]
    assert rows(image, 62 * BAR, muted) == []
    assert rows(image, 63 * BAR, theme.accent.name()) == [FLOOR - 1]
    assert rows(image, 63 * BAR, muted) == list(range(4, FLOOR - 1))


@pytest.mark.parametrize(
    ("from_s", "to_s", "shaded"),
    [
        (10, 20, range(50, 100)),
        (10.0, 10.2, range(50, 53)),
        (-50, 2, range(10)),
        (78, 10_000_000, range(390, 400)),
        (-50, -49, range(0)),
        (200, 300, range(0)),
        (-(10**9), 10**9, range(400)),
    ],
)
def test_a_gap_is_shaded_where_it_is_seen(
    paint: Callable[..., QImage], theme: Theme, from_s: float, to_s: float, shaded: range
) -> None:
    gap = START + int(from_s * NS), START + int(to_s * NS)
    image, plain = (paint(lambda bars, gaps=gaps: bars.paint_bars(FULL[:1], gaps)) for gaps in ([gap], []))
    wash = theme.washed(theme.warn, 0.25).name()
    y = FLOOR - 1
    seen = [x for x in range(WIDTH) if any(image.pixelColor(x, at) != plain.pixelColor(x, at) for at in (y, y - 4))]
    expected = [x for x in shaded if x > 4]  # there stands the first bar
    assert [x for x in seen if x > 4] == expected
    if len(expected) > 20:
        colours = {image.pixelColor(x, y - 9).name() for x in expected[5:]}
        assert {wash, theme.warn.name()} <= colours
    assert image.pixelColor(200, FLOOR + 2).name() == plain.pixelColor(200, FLOOR + 2).name()


def test_times_stand_below_with_a_mark_and_none_where_there_is_no_scale(
    paint: Callable[..., QImage], theme: Theme
) -> None:
    image = paint(lambda bars: bars.paint_bars(FULL))
    line, base = theme.line.name(), theme.base.name()
    assert columns(image, FLOOR, line) == list(range(WIDTH))
    assert columns(image, FLOOR + 3, line) == [0, 150, 300]
    assert columns(image, FLOOR + 4, line) == []
    for x in (0, 150, 300):
        words = QRect(x + 4, FLOOR + 1, 40, 15)
        inked = {image.pixelColor(at, y).name() for at in range(words.left(), words.right()) for y in range(65, 80)}
        assert inked != {base}
    before = {image.pixelColor(at, y).name() for at in range(110, 149) for y in range(FLOOR + 5, HEIGHT)}
    assert before == {base}


def test_a_label_that_would_be_cut_is_left_out(theme: Theme) -> None:
    narrow = TimeScale(START, NS, 62)  # a mark at 300, ten pixels before the end
    image = QImage(310, HEIGHT, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        BarPainter(theme, painter, narrow, image.size(), image.rect()).paint_bars([(1, 1)] * 62)
    assert image.pixelColor(300, FLOOR + 3).name() == theme.line.name()
    inked = {image.pixelColor(x, y).name() for x in range(301, 310) for y in range(FLOOR + 1, HEIGHT)}
    assert inked == {theme.base.name()}


def test_what_the_bars_stand_for_is_written_over_them_and_that_there_are_none_in_the_middle(
    paint: Callable[..., QImage], theme: Theme
) -> None:
    full, empty = (paint(lambda bars, s=s: bars.paint_bars(s)) for s in (FULL, EMPTY))
    head = {full.pixelColor(x, y).name() for x in range(8, 60) for y in range(5, 15)}
    assert len(head) > 1
    assert full.pixelColor(5, 6).name() == theme.base.name()
    middle = {empty.pixelColor(x, y).name() for x in range(150, 250) for y in range(20, 45)}
    assert len(middle) > 1
    corner = {empty.pixelColor(x, y).name() for x in range(60) for y in range(15)}
    assert corner == {theme.base.name()}


def test_a_span_is_shaded_and_all_others_are_veiled(paint: Callable[..., QImage], theme: Theme) -> None:
    bars = paint(lambda one: one.paint_bars(FULL))

    def with_span(first: int, last: int) -> QImage:
        span = START + first * NS, START + last * NS
        return paint(lambda one: (one.paint_bars(FULL), one.paint_span(span)))

    image = with_span(20, 40)
    accent, y = theme.accent.name(), FLOOR - 1
    assert [x for x in range(WIDTH) if all(image.pixelColor(x, at).name() == accent for at in (0, y))] == [100, 199]
    inside, outside = image.pixelColor(104, y), image.pixelColor(99, y)
    assert bars.pixelColor(104, y) == bars.pixelColor(99, y) == theme.base
    assert inside.name() == theme.washed(theme.accent, 40 / 255).name()
    assert outside == theme.base
    veiled = image.pixelColor(50, y)
    assert veiled.name() == image.pixelColor(350, y).name() != accent
    assert veiled != theme.base, "the bars are seen through it"
    assert image.pixelColor(50, FLOOR + 1) == bars.pixelColor(50, FLOOR + 1)
    all_of_it = with_span(-1_000, 10**9)
    assert all_of_it.pixelColor(50, 30).name() == accent
    assert all_of_it.pixelColor(399, 30).name() != theme.base.name()
    before = with_span(-1_000, -10)
    assert before.pixelColor(50, y).name() == veiled.name()


def test_the_cursor_is_marked_above_and_below(paint: Callable[..., QImage], theme: Theme) -> None:
    image = paint(lambda bars: bars.paint_cursor(7))
    name = theme.text.name()
    assert rows(image, 36, name) == [0, 1, FLOOR - 2, FLOOR - 1]
    assert columns(image, 0, name) == [35, 36, 37, 38]
