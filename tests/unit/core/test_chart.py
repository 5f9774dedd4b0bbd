"""Numbers over time: which texts are numbers, what a column keeps, how many lines there are at most."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.core import chart as charts
from clacks_monitor.core.chart import (
    MAX_LINES,
    MAX_NUMBERS,
    MAX_REFUSED,
    Chart,
    ChartNumber,
    ChartSpan,
    ChartSubject,
    NumberReader,
    measured,
    numbers,
)

LOAD = ChartSubject("NodeStatus", ("NodeStatus", "Load"), ("NodeStatus", "Id"), first="a")
SPAN = ChartSpan(1_000, 10, 50)
FINITE = st.floats(-1e300, 1e300)


def body(load: str, node: str = "a", more: str = "") -> bytes:
    text = f'<Event xmlns="http://www.gonicus.de/Events"><NodeStatus><Load>{load}</Load><Id>{node}</Id>{more}'
    return f"{text}</NodeStatus></Event>".encode()


@pytest.mark.parametrize("text", ["0", "1.5", "-2", ".5", "1e5", "1.2E-3", "110", "1 2.5 3", "3, 4", " 7 ", "0.0"])
def test_a_text_is_measured(text: str) -> None:
    assert measured(text)
    assert numbers(text)


@pytest.mark.parametrize("text", ["", " ", "012345", "+49293", "busy", "-", ".", "1.2.3", "12:30", "NaN", "INF", "1 b"])
def test_a_text_is_not_measured(text: str) -> None:
    assert not measured(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [("1 2 3 4 5", [1, 2, 3, 4]), ("1 x 3", [1]), ("NaN", []), ("1e301", []), ("1e999", []), ("007", [7]), ("", [])],
)
def test_the_first_numbers_of_a_text_are_read(text: str, found: list[float]) -> None:
    assert numbers(text) == found


def test_numbers_are_read_with_the_name_of_their_line() -> None:
    read = NumberReader(LOAD)
    assert list(read(body("1.5"), 7, 3)) == [ChartNumber("a", 7, 3, 1.5)]
    assert list(read(body("1 2"), 7, 3)) == [ChartNumber("a [1]", 7, 3, 1), ChartNumber("a [2]", 7, 3, 2)]
    assert list(read(body("high"), 7, 3)) == []
    assert list(read(b"<broken", 7, 3)) == []
    assert [found.line for found in NumberReader(ChartSubject("NodeStatus", LOAD.path))(body("1 2"), 7, 3)] == [
        "[1]",
        "[2]",
    ]


def test_other_events_than_those_alike_are_left_out() -> None:
    alike = ((("NodeStatus", "Kind"), "x"), (("NodeStatus", "Other"), ""))
    read = NumberReader(ChartSubject("NodeStatus", LOAD.path, LOAD.key, alike))
    assert len(list(read(body("1", more="<Kind>x</Kind>"), 7, 3))) == 1
    assert list(read(body("1", more="<Kind>y</Kind>"), 7, 3)) == []
    assert list(read(body("1", more="<Kind>x</Kind><Other>z</Other>"), 7, 3)) == []


@given(st.lists(st.tuples(st.integers(900, 1_600), FINITE), max_size=60))
def test_a_column_keeps_its_first_last_lowest_and_highest_number(found: list[tuple[int, float]]) -> None:
    chart = Chart(LOAD, SPAN)
    readings = [ChartNumber("a", wall_ns, number, value) for number, (wall_ns, value) in enumerate(found, 1)]
    chart.receive(readings)
    expected: dict[int, list[ChartNumber]] = defaultdict(list)
    for reading in readings:
        if 1_000 <= reading.wall_ns < 1_500:
            expected[reading.wall_ns // 10].append(reading)
    lines = chart.lines()
    if not expected:
        assert not any(line.columns for line in lines)
        return
    (line,) = lines
    assert list(line.columns) == sorted(expected)
    for place, column in enumerate(line.columns):
        inside = sorted(expected[column], key=lambda reading: (reading.wall_ns, reading.sequence))
        values = [reading.value for reading in inside]
        assert (line.firsts[place], line.lasts[place]) == (values[0], values[-1])
        assert (line.lows[place], line.highs[place], line.counts[place]) == (min(values), max(values), len(values))
        assert readings[line.low_at[place] - 1].value == min(values)
        assert readings[line.high_at[place] - 1].value == max(values)


@given(st.lists(st.tuples(st.integers(1_000, 1_499), FINITE), max_size=30), st.randoms())
def test_the_order_of_reading_does_not_matter(found: list[tuple[int, float]], random: object) -> None:
    readings = [ChartNumber("a", wall_ns, number, value) for number, (wall_ns, value) in enumerate(found, 1)]
    one, other = Chart(LOAD, SPAN), Chart(LOAD, SPAN)
    one.receive(readings)
    random.shuffle(readings)  # type: ignore[attr-defined]
    other.receive(readings)
    assert one.lines() == other.lines()


def test_there_are_few_lines_and_the_first_is_always_among_them() -> None:
    chart = Chart(LOAD, SPAN)
    chart.receive(ChartNumber(f"n{number}", 1_000, number, 1.0) for number in range(2 * MAX_REFUSED))
    assert len(chart.lines()) == MAX_LINES - MAX_NUMBERS
    assert len(chart.refused) == MAX_REFUSED
    chart.receive(ChartNumber(f"a [{number}]", 1_000, number, 1.0) for number in range(1, MAX_NUMBERS + 1))
    lines = chart.lines()
    assert len(lines) == MAX_LINES
    assert [line.name for line in lines[:MAX_NUMBERS]] == ["a [1]", "a [2]", "a [3]", "a [4]"]


def test_a_later_span_forgets_what_is_before_it() -> None:
    chart = Chart(LOAD, SPAN)
    chart.receive([ChartNumber("a", 1_000, 1, 1.0), ChartNumber("a", 1_400, 2, 2.0), ChartNumber("b", 1_005, 3, 3.0)])
    chart.move_to(ChartSpan(1_200, 10, 50))
    (line,) = chart.lines()
    assert (line.name, list(line.columns)) == ("a", [140])
    chart.receive([ChartNumber("a", 1_690, 4, 4.0), ChartNumber("c", 1_710, 5, 5.0), ChartNumber("c", 2_200, 6, 6.0)])
    assert [(line.name, list(line.columns)) for line in chart.lines()] == [("a", [140, 169])]
    chart.move_to(ChartSpan(1_700, 10, 60))
    (line,) = chart.lines()
    assert (line.name, list(line.columns)) == ("c", [171]), "kept for the span that follows"
    assert charts.MAX_COLUMNS * MAX_LINES < 1_000_000
