"""What is selected in the timeline: the cursor, the bars that are being selected, and what is told of them."""

from __future__ import annotations

import pytest

from clacks_monitor.gui.timeline.time_scale import NS, TimeScale
from clacks_monitor.gui.timeline.time_selection import TimeSelection

SCALE = TimeScale(100 * NS, 10 * NS, 30)


class Watched(TimeSelection):
    """A selection with what it has told."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self.changed.connect(lambda: self.told.append("changed"))
        self.span_cleared.connect(lambda: self.told.append("cleared"))
        self.span_chosen.connect(lambda low, high: self.spans.append((low // NS, high // NS)))


@pytest.fixture
def selection() -> Watched:
    return Watched()


def test_bars_are_selected_from_where_it_began(selection: Watched) -> None:
    selection.extend(5)
    assert (selection.selected(SCALE), selection.cursor, selection.told) == (None, None, [])
    selection.begin(4)
    assert selection.selected(SCALE) == (140 * NS, 150 * NS)
    selection.extend(6)
    assert selection.selected(SCALE) == (140 * NS, 170 * NS)
    selection.extend(2)
    assert selection.selected(SCALE) == (120 * NS, 150 * NS)
    selection.choose(SCALE)
    assert (selection.spans, selection.selected(SCALE), selection.cursor) == ([(120, 150)], None, 2)
    assert selection.told == ["changed"] * 4
    selection.choose(SCALE)
    assert (selection.spans, selection.told) == ([(120, 150)], ["changed"] * 5)


def test_the_bar_of_the_cursor_is_chosen_where_nothing_is_selected(selection: Watched) -> None:
    selection.choose_cursor(SCALE)
    assert selection.spans == []
    assert selection.move(-1, 30, select=False) == 28
    selection.choose_cursor(SCALE)
    selection.move(-2, 30, select=True)
    selection.choose_cursor(SCALE)
    assert selection.spans == [(380, 390), (360, 390)]


@pytest.mark.parametrize(
    ("moves", "cursor", "selected"),
    [
        ([(1, False)], 29, None),
        ([(-40, False)], 0, None),
        ([(-10, False), (3, True), (2, True)], 24, (190, 250)),
        ([(-10, True), (3, True)], 22, (220, 300)),
        ([(-10, True), (3, False)], 22, None),
    ],
)
def test_the_cursor_moves_within_the_bars(
    selection: Watched, moves: list[tuple[int, bool]], cursor: int, selected: tuple[int, int] | None
) -> None:
    for step, select in moves:
        selection.move(step, 30, select=select)
    span = selection.selected(SCALE)
    # The bar of 100 seconds is the first one.
    offset = 100 if selected is not None else 0
    wanted = None if selected is None else ((selected[0] + offset) * NS, (selected[1] + offset) * NS)
    assert (selection.cursor, span) == (cursor, wanted)
    assert selection.told == ["changed"] * len(moves)


def test_all_times_are_chosen_again_only_where_some_were(selection: Watched) -> None:
    selection.reset()
    assert selection.told == []
    selection.begin(3)
    selection.reset()
    assert (selection.told, selection.selected(SCALE)) == (["changed", "cleared", "changed"], None)
    selection.show_span((1, 2))
    selection.reset()
    assert selection.told[3:] == ["changed", "cleared", "changed"]
    assert selection.span == (1, 2), "its owner takes it away"


def test_everything_is_forgotten(selection: Watched) -> None:
    selection.begin(3)
    selection.show_span((1, 2))
    selection.clear()
    assert (selection.span, selection.cursor, selection.selected(SCALE)) == (None, None, None)
    assert selection.told == ["changed"] * 3
