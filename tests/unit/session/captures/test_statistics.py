"""Counts and spans of time of the capture in use, answered beside the window."""

from __future__ import annotations

import threading
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.reader import CaptureReader
from clacks_monitor.captures.statistics import SqlStatistics
from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.captures import statistics
from clacks_monitor.session.captures.capture_use import CaptureUse
from clacks_monitor.session.captures.statistics import MOST_BARS, Statistics
from clacks_monitor.session.notices import Counted, Edges, Notice, Trouble
from clacks_monitor.session.receiving.counting import Counting
from tests.helpers.ending import end
from tests.helpers.entries import SECOND, START, an_event, some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from clacks_monitor.core.folders import Folders


class Asked:
    """Statistics of a capture, and what they have told."""

    def __init__(self, use: CaptureUse) -> None:
        self.told: list[Notice] = []
        self._changed = threading.Condition()
        self.statistics = Statistics(use, self._notify)

    def _notify(self, notices: Iterable[Notice]) -> None:
        with self._changed:
            self.told += notices
            self._changed.notify_all()

    def until(self, condition: Callable[[Notice], bool]) -> Notice:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(condition, self.told)), 20)
            return next(filter(condition, self.told))

    def edges(self, first: int, bucket: int, count: int) -> list[int]:
        self.told.clear()
        self.statistics.ask_edges(START + first * SECOND, bucket * SECOND, count)
        found = self.until(lambda notice: isinstance(notice, Edges))
        assert isinstance(found, Edges)
        assert (found.from_ns, found.bucket_ns) == (START + first * SECOND, bucket * SECOND)
        return list(found.sequences)

    def counts(self, by: Column | str, first: int, last: int, *types: str) -> Counted:
        asked = (by, START + first * SECOND, START + last * SECOND, 5 * SECOND)
        number = self.statistics.ask_counts(*asked, types=types)
        found = self.until(lambda notice: isinstance(notice, Counted) and notice.question == number)
        assert isinstance(found, Counted)
        return found


@pytest.fixture
def use(folders: Folders, tmp_path: Path) -> Iterator[CaptureUse]:
    path = tmp_path / "a.capture"
    with captures.create(path) as capture:
        capture.append(some_events(10))
    made = CaptureUse(captures, folders, path, Counting(), lambda _notices: None)
    yield made
    made.current.close()


@pytest.fixture
def asked(use: CaptureUse) -> Iterator[Asked]:
    made = Asked(use)
    yield made
    end(made.statistics)


@pytest.mark.parametrize(
    ("first", "bucket", "count", "found"),
    [
        (0, 5, 2, [1, 6, 11]),
        (0, 2, 3, [1, 3, 5, 7]),
        (-10, 5, 3, [1, 1, 1, 6]),
        (9, 1, 2, [10, 11, 11]),
        (100, 1, 1, [11, 11]),
        (0, 3, 0, [1, 4]),
        (0, 3, -4, [1, 4]),
    ],
)
def test_each_bar_begins_with_its_first_entry(
    first: int, bucket: int, count: int, found: list[int], asked: Asked
) -> None:
    assert asked.edges(first, bucket, count) == found


def test_bars_are_bounded(asked: Asked) -> None:
    assert len(asked.edges(0, 1, MOST_BARS)) == MOST_BARS + 1
    assert len(asked.edges(0, 1, MOST_BARS + 1)) == MOST_BARS + 1


def test_a_clock_that_was_set_back_turns_no_bar_around(asked: Asked, use: CaptureUse) -> None:
    use.current.append(some_events(5))
    edges = asked.edges(-2, 3, 5)
    assert edges == sorted(edges)


def test_an_empty_capture_has_no_bars(folders: Folders) -> None:
    use = CaptureUse(captures, folders, None, Counting(), lambda _notices: None)
    asked = Asked(use)
    assert asked.edges(0, 1, 2) == [1, 1, 1]
    end(asked.statistics)
    use.current.close()


def test_a_capture_that_cannot_be_read_is_told(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_reader: CaptureReader) -> object:
        raise StorageError("It is damaged.")

    monkeypatch.setattr(CaptureReader, "time_span", refuse)
    asked.statistics.ask_edges(START, SECOND, 2)
    assert asked.until(lambda notice: isinstance(notice, Trouble)) == Trouble(
        "The capture cannot be read.", "It is damaged."
    )


def test_events_are_counted_by_column_and_over_time(asked: Asked) -> None:
    found = asked.counts(Column.TYPE, 0, 10)
    assert found.counts == (("PhoneStatus", 4), ("ClientPoll", 3), ("NodeStatus", 3))
    assert (found.distinct, found.done, found.total, found.bucket_ns) == (3, 1, 1, 5 * SECOND)
    assert found.rates == ((START, 5), (START + 5 * SECOND, 5))
    part = asked.counts(Column.TYPE, 0, 2)
    assert part.question == found.question + 1
    assert dict(part.counts) == {"PhoneStatus": 1, "ClientPoll": 1}


def test_events_are_counted_by_field_of_some_types(asked: Asked, use: CaptureUse) -> None:
    use.current.append([an_event(1), an_event(2)])
    found = asked.counts("Id", 0, 100)
    assert dict(found.counts)["1"] == 2
    assert found.distinct == 10
    only = asked.counts("Id", 0, 100, "PhoneStatus")
    assert set(dict(only.counts)) == {"0", "3", "6", "9"}


def test_the_most_frequent_values_are_told_and_how_many_there_are(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statistics, "MOST_VALUES", 2)
    found = asked.counts("Id", 0, 100)
    assert (len(found.counts), found.distinct) == (2, 10)


def test_long_counting_tells_how_far_it_is(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def counts_by_field(
        _reader: SqlStatistics, *_arguments: object, **_more: object
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        for done in (0, 49_999, 50_000, 99_999, 100_001, 120_000):
            yield done, 120_000, Counter({"a": done})

    monkeypatch.setattr(SqlStatistics, "counts_by_field", counts_by_field)
    asked.statistics.ask_counts("Id", 0, 2**62, 2**61)
    asked.until(lambda notice: isinstance(notice, Counted) and notice.done == notice.total)
    told = [(n.done, n.total, dict(n.counts)) for n in asked.told if isinstance(n, Counted)]
    assert told == [
        (50_000, 120_000, {"a": 50_000}),
        (100_001, 120_000, {"a": 100_001}),
        (1, 1, {"a": 120_000}),
    ]


def test_the_last_step_of_counting_is_not_told_twice(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    def counts_by_field(
        _reader: SqlStatistics, *_arguments: object, **_more: object
    ) -> Iterator[tuple[int, int, Counter[str]]]:
        for done in (50_000, 120_000):
            yield done, 120_000, Counter({"a": done})

    monkeypatch.setattr(SqlStatistics, "counts_by_field", counts_by_field)
    asked.statistics.ask_counts("Id", 0, 2**62, 2**61)
    asked.until(lambda notice: isinstance(notice, Counted) and notice.done == notice.total)
    assert [(n.done, n.total) for n in asked.told if isinstance(n, Counted)] == [(50_000, 120_000), (1, 1)]


def _gap(first: int, last: int) -> Gap:
    return Gap("office", START + first * SECOND, START + last * SECOND, GapCause.CONNECTION_LOST)


@pytest.mark.parametrize(
    ("gaps", "found"),
    [
        ([(12, 14), (30, 40)], [(12, 14), (30, 40)]),
        ([(2, 12), (17, 25)], [(10, 12), (17, 25)]),  # five apart is half a span, and stays apart
        ([(12, 20), (24, 30)], [(12, 30)]),
        ([(14, 20), (12, 30)], [(12, 30)]),
        ([(45, 80)], [(45, 50)]),
        ([(2, 10)], [(10, 10)]),
        ([(2, 9), (50, 60)], []),
    ],
)
def test_gaps_are_told_within_the_bars_and_joined_where_they_are_close(
    asked: Asked, use: CaptureUse, gaps: list[tuple[int, int]], found: list[tuple[int, int]]
) -> None:
    use.current.append([_gap(*gap) for gap in gaps])
    asked.edges(10, 10, 4)
    told = next(notice for notice in asked.told if isinstance(notice, Edges))
    assert [((a - START) / SECOND, (b - START) / SECOND) for a, b in told.gaps] == found
