"""What every event store counts: counts and rates agree with counting by hand."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Problem, ProblemKind
from clacks_monitor.core.store import Bucket, TypeTally
from tests.contracts.implementations import SHARED
from tests.helpers.entries import SECOND, START, a_gap, an_event, counts_by_type, some_events

if TYPE_CHECKING:
    from clacks_monitor.core.store import EventReader, EventStore
    from tests.contracts.implementations import Stores


def test_counts_by_type_and_the_last_of_each(store: EventStore, reader: EventReader) -> None:
    store.append([*some_events(10), a_gap(), an_event(20, kind="", body=b"no")])
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
@settings(max_examples=40, **SHARED)
def test_rates_agree_with_counting_by_hand(
    stores: Stores, numbers: list[int], span: int, first: int, length: int
) -> None:
    early = -START // SECOND * SECOND  # events around the epoch: before it, times are negative
    with stores.new() as store, store.reader() as reader:
        found = [an_event(n + early // SECOND) for n in numbers]
        store.append([*found, a_gap()])
        begin, end = first * SECOND, (first + length) * SECOND
        wanted = Counter(
            (e.wall_ns // (span * SECOND) * span * SECOND, e.type) for e in found if begin <= e.wall_ns < end
        )
        by_type = reader.statistics.rates(span * SECOND, begin, end, by_type=True)
        assert {(b.start_ns, b.type): b.count for b in by_type} == dict(wanted)
        assert [b.start_ns for b in by_type] == sorted(b.start_ns for b in by_type)
        assert sum(b.count for b in reader.statistics.rates(span * SECOND, begin, end)) == sum(wanted.values())


def test_rates_in_order(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(25))
    minute = 10 * SECOND
    assert reader.statistics.rates(minute) == [
        Bucket(START, "", 10),
        Bucket(START + minute, "", 10),
        Bucket(START + 2 * minute, "", 5),
    ]


def test_a_span_that_would_give_endless_buckets_is_refused(store: EventStore, reader: EventReader) -> None:
    store.append(some_events(10))
    for span in (0, -1, 1):
        with pytest.raises(ValueError, match="too short"):
            reader.statistics.rates(span)


@pytest.mark.parametrize("small", [False, True])
def test_counts_by_column(
    stores: Stores, store: EventStore, reader: EventReader, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    """In parts of any size, and of any time."""
    if small:
        stores.use_small_parts(monkeypatch)
    found = [an_event(n, connection=("a", "b")[n > 3]) for n in range(100)]
    wrong = Problem(ProblemKind.NOT_XML, "It is no XML.")
    found[50:53] = [replace(event, problem=wrong) for event in found[50:53]]
    store.append([*found[:60], a_gap(60), *found[60:]])

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
def test_where_nothing_is_there_is_nothing_to_count(reader: EventReader, column: Column) -> None:
    *_before, (_done, _total, counts) = reader.statistics.counts_by_column(column)
    assert not counts


def test_counts_by_field_of_the_event(store: EventStore, reader: EventReader) -> None:
    bodies = [b'<a k="1"><Id> x </Id></a>', b"<a><Id>x</Id><Id>y</Id></a>", b"not XML but Id", b'<a k="2"/>']
    store.append([an_event(n, body=body) for n, body in enumerate(bodies)])

    def last(field: str, types: tuple[str, ...] = ()) -> dict[str, int]:
        *_before, (done, total, counts) = reader.statistics.counts_by_field(field, types=types)
        assert done == total
        return dict(counts)

    assert last("Id") == {"x": 2, "y": 1}
    assert last("@k") == {"1": 1, "2": 1}
    assert last("Id", types=("PhoneStatus",)) == {"x": 1}
    *_before, (_done, _total, counts) = reader.statistics.counts_by_field("Id", START + SECOND, START + 2 * SECOND)
    assert counts == {"x": 1, "y": 1}


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=60), st.integers(-500, 500), st.integers(0, 900))
@settings(max_examples=40, **SHARED)
def test_whole_minutes_and_what_sticks_out_add_up(stores: Stores, seconds: list[int], first: int, length: int) -> None:
    begin, end = START + first * SECOND, START + (first + length) * SECOND
    found = [an_event(n) for n in seconds]
    with stores.new() as store, store.reader() as reader:
        store.append(found)
        wanted = Counter(e.type for e in found if begin <= e.wall_ns < end)
        assert counts_by_type(reader, begin, end) == dict(wanted)
        last = {c.type: c.last_ns for c in reader.statistics.type_counts(begin, end)}
        assert last == {t: max(e.wall_ns for e in found if e.type == t and begin <= e.wall_ns < end) for t in wanted}
        minutes = reader.statistics.rates(60 * SECOND, begin, end, by_type=True)
        assert {(b.start_ns, b.type): b.count for b in minutes} == dict(
            Counter((e.wall_ns // (60 * SECOND) * 60 * SECOND, e.type) for e in found if begin <= e.wall_ns < end)
        )


@given(
    numbers=st.lists(st.integers(-300, 300), max_size=40),
    first=st.integers(-400, 400),
    length=st.integers(0, 500),
)
@settings(max_examples=30, **SHARED)
def test_the_numbers_of_a_time_hold_all_its_entries(
    stores: Stores, numbers: list[int], first: int, length: int
) -> None:
    with stores.new() as store, store.reader() as reader:
        found = [an_event(number) for number in numbers]
        store.append([*found, a_gap()])
        begin, end = START + first * SECOND, START + (first + length) * SECOND
        low, high = reader.statistics.numbers_between(begin, end)
        assert all(low <= n <= high for n, e in enumerate(found, 1) if begin <= e.wall_ns < end)
        assert 0 <= low <= high <= len(found) + 1
