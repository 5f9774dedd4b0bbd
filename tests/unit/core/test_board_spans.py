"""The spans of a board as bars: what is seen of them, clusters of narrow ones, and bounds of what is shown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core.board_history import MAX_ALL, MAX_STATES, BoardHistory
from clacks_monitor.core.board_spans import (
    MAX_BARS,
    MAX_LANES,
    NARROW,
    SpanBar,
    SpanLane,
    SpansShown,
    SpansWanted,
    spans_shown,
)

STATES = {"on", "busy"}
WANTED = SpansWanted("b", 1_000, 10, 100, 20, now_ns=2_500)
"""100 columns from 1,000 to 2,000 ns."""


def shown(history: BoardHistory, wanted: SpansWanted = WANTED, gaps: list[tuple[int, int]] | None = None) -> SpansShown:
    return spans_shown(history.keys(), STATES, wanted, lambda key: SpanLane(key, f"<{key}>"), gaps or [])


def history(**keys: list[tuple[str, int]]) -> BoardHistory:
    """Return a history; each state has the number of its key's states as its event."""
    made = BoardHistory()
    for key, states in keys.items():
        for number, (state, wall_ns) in enumerate(states, 1):
            made.add(key, state, wall_ns, number)
    return made


def test_a_span_is_a_bar_from_its_begin_to_its_end() -> None:
    found = shown(history(a=[("on", 1_100), ("off", 1_300), ("busy", 1_500), ("on", 1_700)], b=[("off", 1_200)]))
    assert [lane.label for lane in found.lanes] == ["<a>"]
    assert found.bars == (
        SpanBar(0, 10, 31, "on", 1_100, 1_300, 1),
        SpanBar(0, 50, 71, "busy", 1_500, 1_700, 3),
        SpanBar(0, 70, 100, "on", 1_700, 0, 4),
    )


def test_what_began_before_or_ends_later_is_cut_and_what_is_outside_is_left_out() -> None:
    found = shown(history(
        before=[("on", 100), ("off", 900)], into=[("on", 100), ("off", 1_050)], over=[("on", 100), ("off", 5_000)],
        still=[("on", 100)], later=[("on", 2_000)],
    ))  # fmt: skip
    assert [lane.key for lane in found.lanes] == ["into", "over", "still"]
    assert [(bar.left, bar.right) for bar in found.bars] == [(0, 6), (0, 100), (0, 100)]


def test_narrow_bars_beside_each_other_are_a_cluster_and_wide_ones_are_not() -> None:
    flicker = [(state, 1_000 + 5 * number) for number in range(10) for state in (("on", "off")[number % 2],)]
    found = shown(history(a=[*flicker, ("on", 1_200), ("off", 1_400), ("on", 1_410), ("off", 1_415)]))
    assert found.bars == (
        SpanBar(0, 0, 6, "on", 1_000, 1_045, 1, 5),
        SpanBar(0, 20, 41, "on", 1_200, 1_400, 11),
        SpanBar(0, 41, 43, "on", 1_410, 1_415, 13),
    )
    mixed = shown(history(a=[("on", 1_000), ("busy", 1_010), ("off", 1_015)]))
    assert [(bar.state, bar.count) for bar in mixed.bars] == [("", 2)]


def test_lanes_are_shown_from_the_first_that_is_wanted_and_all_are_counted() -> None:
    many = history(**{f"k{number:03}": [("on", 1_000 + number)] for number in range(150)})
    wanted = SpansWanted("b", 1_000, 10, 100, 3, first=140, now_ns=1_500)
    found = shown(many, wanted)
    assert ([lane.key for lane in found.lanes], found.total) == (["k140", "k141", "k142"], 150)
    assert {bar.lane for bar in found.bars} == {0, 1, 2}
    assert len(shown(many, SpansWanted("b", 1_000, 10, 100, 10_000)).lanes) == MAX_LANES
    searched = shown(many, SpansWanted("b", 1_000, 10, 100, 3, find="K01"))
    assert ([lane.key for lane in searched.lanes], searched.total) == (["k010", "k011", "k012"], 10)
    assert shown(many, SpansWanted("b", 1_000, 10, 100, 3, find="<k00")).total == 10


def test_a_span_with_a_gap_in_it_is_doubted() -> None:
    found = shown(history(a=[("on", 1_100), ("off", 1_300), ("on", 1_500)]), gaps=[(1_200, 1_250), (1, 2)])
    assert [bar.doubted for bar in found.bars] == [True, False]


def test_however_many_spans_there_are_only_so_many_bars_are_shown() -> None:
    many = BoardHistory()
    for number in range(MAX_ALL):
        many.add(f"k{number % 100}", ("on", "off")[number // 100 % 2], 1_000 * (number // 100), number)
    spans = MAX_ALL // 2
    assert spans == 100_000
    whole = SpansWanted("b", 0, MAX_STATES * 1_000 // 4_000, 4_000, MAX_LANES, now_ns=MAX_STATES * 1_000)
    found = shown(many, whole)
    assert len(found.lanes) == MAX_LANES
    assert len(found.bars) <= MAX_BARS
    assert sum(bar.count for bar in found.bars) == spans


TIMES = st.lists(st.tuples(st.sampled_from(["on", "busy", "off"]), st.integers(0, 3_000)), max_size=30)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=2), TIMES.filter(bool), max_size=4), st.booleans())
def test_bars_are_inside_the_picture_in_order_and_nothing_is_lost(
    keys: dict[str, list[tuple[str, int]]], ascending: bool
) -> None:
    if ascending:
        keys = {key: sorted(states, key=lambda state: state[1]) for key, states in keys.items()}
    found = shown(history(**keys))
    for bar in found.bars:
        assert 0 <= bar.left < bar.right <= WANTED.count + NARROW
        assert bar.lane < len(found.lanes)
    for lane in range(len(found.lanes)):
        bars = [bar for bar in found.bars if bar.lane == lane]
        assert bars
        if ascending:
            assert [bar.left for bar in bars] == sorted(bar.left for bar in bars)
            seen = sum(
                state in STATES and begun < 2_000 and ended > 1_000
                for (state, begun), (_state, ended) in zip(
                    keys[found.lanes[lane].key], [*keys[found.lanes[lane].key][1:], ("", 10_000)], strict=True
                )
            )
            assert sum(bar.count for bar in bars) == seen
