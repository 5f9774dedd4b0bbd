"""Counts and rates agree with counting by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor import captures
from clacks_monitor.captures import statistics
from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Problem, ProblemKind
from clacks_monitor.core.store import Bucket, TypeTally
from tests.helpers.entries import SECOND, START, a_gap, an_event, counts_by_type, some_events

if TYPE_CHECKING:
    import pathlib

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture


def test_counts_by_type_and_the_last_of_each(capture: Capture, reader: CaptureReader) -> None:
    capture.append([*some_events(10), a_gap(), an_event(20, kind="", body=b"no")])
    assert counts_by_type(reader) == {"PhoneStatus": 4, "ClientPoll": 3, "NodeStatus": 3, "": 1}
    assert reader.statistics.type_counts()[0] == TypeTally("PhoneStatus", 4, an_event(9).wall_ns)
    assert counts_by_type(reader, START + 2 * SECOND, START + 5 * SECOND) == {
        "ClientPoll": 1,
        "NodeStatus": 1,
        "PhoneStatus": 1,
    }


@given(
    numbers=st.lists(st.integers(-2000, 2000), min_size=1, max_size=60),
    span=st.integers(1, 500),
    first=st.integers(-2000, 2000),
    length=st.integers(0, 3000),
)
@settings(deadline=None, max_examples=40)
def test_rates_agree_with_counting_by_hand(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[int], span: int, first: int, length: int
) -> None:
    path: pathlib.Path = tmp_path_factory.mktemp("rates") / "a"
    early = -START // SECOND * SECOND  # events around the epoch: before it, times are negative
    with captures.create(path) as capture, capture.reader() as reader:
        found = [an_event(n + early // SECOND) for n in numbers]
        capture.append([*found, a_gap()])
        begin, end = first * SECOND, (first + length) * SECOND
        wanted = Counter(
            (e.wall_ns // (span * SECOND) * span * SECOND, e.type) for e in found if begin <= e.wall_ns < end
        )
        by_type = reader.statistics.rates(span * SECOND, begin, end, by_type=True)
        assert {(b.start_ns, b.type): b.count for b in by_type} == dict(wanted)
        assert [b.start_ns for b in by_type] == sorted(b.start_ns for b in by_type)
        assert sum(b.count for b in reader.statistics.rates(span * SECOND, begin, end)) == sum(wanted.values())


def test_rates_in_order(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(25))
    minute = 10 * SECOND
    assert reader.statistics.rates(minute) == [
        Bucket(START, "", 10),
        Bucket(START + minute, "", 10),
        Bucket(START + 2 * minute, "", 5),
    ]


def test_a_span_that_would_give_endless_buckets_is_refused(capture: Capture, reader: CaptureReader) -> None:
    capture.append(some_events(10))
    for span in (0, -1, 1):
        with pytest.raises(ValueError, match="too short"):
            reader.statistics.rates(span)


@pytest.mark.parametrize("size", [1, 5_000])
def test_counts_by_column(capture: Capture, reader: CaptureReader, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """In parts of any size, and of any time."""
    monkeypatch.setattr(statistics, "_CHUNK", size)
    found = [an_event(n, connection=("a", "b")[n > 3]) for n in range(100)]
    wrong = Problem(ProblemKind.NOT_XML, "It is no XML.")
    found[50:53] = [replace(event, problem=wrong) for event in found[50:53]]
    capture.append([*found[:60], a_gap(60), *found[60:]])

    def last(column: Column, *span: int) -> dict[str, int]:
        *_before, (done, total, counts) = reader.statistics.counts_by_column(column, *span)
        assert done == total
        return dict(counts)

    assert last(Column.CONNECTION) == {"b": 96, "a": 4}
    assert last(Column.CONNECTION, START + 2 * SECOND, START + 90 * SECOND) == {"b": 86, "a": 2}
    assert last(Column.SUBJECT) == {"event": 100}
    assert last(Column.PROBLEM) == {"": 97, "It is no XML.": 3}
    assert last(Column.PROBLEM, START + 51 * SECOND, START + 54 * SECOND) == {"": 1, "It is no XML.": 2}
    assert last(Column.PROBLEM, START, START + SECOND) == {"": 1}
    assert last(Column.TYPE, START, START + SECOND) == {"PhoneStatus": 1}
    with pytest.raises(ValueError, match="size"):
        last(Column.SIZE)


@pytest.mark.parametrize("column", [Column.TYPE, Column.CONNECTION, Column.PROBLEM])
def test_where_nothing_is_there_is_nothing_to_count(reader: CaptureReader, column: Column) -> None:
    *_before, (_done, _total, counts) = reader.statistics.counts_by_column(column)
    assert not counts


def test_counts_by_field_of_the_event(capture: Capture, reader: CaptureReader) -> None:
    bodies = [b'<a k="1"><Id> x </Id></a>', b"<a><Id>x</Id><Id>y</Id></a>", b"not XML but Id", b'<a k="2"/>']
    capture.append([an_event(n, body=body) for n, body in enumerate(bodies)])

    def last(field: str, types: tuple[str, ...] = ()) -> dict[str, int]:
        *_before, (done, total, counts) = reader.statistics.counts_by_field(field, types=types)
        assert done == total
        return dict(counts)

    assert last("Id") == {"x": 2, "y": 1}
    assert last("@k") == {"1": 1, "2": 1}
    assert last("Id", types=("PhoneStatus",)) == {"x": 1}
    *_before, (_done, _total, counts) = reader.statistics.counts_by_field("Id", START + SECOND, START + 2 * SECOND)
    assert counts == {"x": 1, "y": 1}
