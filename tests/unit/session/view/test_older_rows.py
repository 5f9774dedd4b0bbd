"""Rows that filtering again finds: the first at once, all of them, newest first."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.session.notices import FilterProgress, Notice, ViewRows
from clacks_monitor.session.view import older_rows
from clacks_monitor.session.view.older_rows import OlderRows

if TYPE_CHECKING:
    from collections.abc import Iterable


class Teller:
    """Takes what is told; ``portions`` are the numbers of rows that came together."""

    def __init__(self) -> None:
        self.sequences: list[int] = []
        self.portions: list[int] = []
        self.progress: list[FilterProgress] = []

    def __call__(self, notices: Iterable[Notice]) -> None:
        rows = [notice for notice in notices if isinstance(notice, ViewRows)]
        self.progress += [notice for notice in notices if isinstance(notice, FilterProgress)]
        for notice in rows:
            self.sequences += reversed(notice.sequences)
        if rows:
            self.portions.append(sum(len(notice.sequences) for notice in rows))


@pytest.fixture(autouse=True)
def due_always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_rows, "NOTIFY_S", 0.0)


def _told(chunks: list[int]) -> Teller:
    teller, upper, done = Teller(), sum(chunks), 0
    older = OlderRows(teller, 1, upper)
    for size in chunks:
        older.add(array("q", range(upper - size + 1, upper + 1)), bytes(size))
        upper, done = upper - size, done + size
        older.progress(done, done)
    older.finish(done, done)
    return teller


@given(chunks=st.lists(st.integers(0, 50), max_size=60))
def test_every_row_is_told_once_and_newest_first(chunks: list[int]) -> None:
    teller = _told(chunks)
    assert teller.sequences == list(range(sum(chunks), 0, -1))
    assert [notice.done for notice in teller.progress][-1] == sum(chunks)
    assert [notice.finished for notice in teller.progress] == [False] * len(chunks) + [True]


def test_the_first_rows_come_at_once() -> None:
    assert _told([7, 100, 100]).portions[0] == 7


def test_a_table_of_any_size_gets_each_row_as_it_is_found() -> None:
    assert _told([900_000, 1, 1, 1]).portions == [900_000, 1, 1, 1]


def test_portions_are_told_a_few_times_a_second_the_first_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(older_rows, "NOTIFY_S", 0.2)
    now = [100.0]
    monkeypatch.setattr("clacks_monitor.session.view.older_rows.time.monotonic", lambda: now[0])
    teller = Teller()
    older = OlderRows(teller, 7, 500)
    for number in range(5):
        older.add(array("q", [number]), b"a")
        older.progress(number + 1, number)
        now[0] += 0.11
    older.finish(9, 8)
    assert teller.portions == [1, 2, 2]
    assert teller.progress == [
        FilterProgress(7, 1, 500, 0, finished=False),
        FilterProgress(7, 3, 500, 2, finished=False),
        FilterProgress(7, 5, 500, 4, finished=False),
        FilterProgress(7, 9, 500, 8, finished=True),
    ]


def test_before_time_has_begun_the_first_portion_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A clock may begin at nothing."""
    monkeypatch.setattr("clacks_monitor.session.view.older_rows.time.monotonic", lambda: 0.5)
    teller = Teller()
    older = OlderRows(teller, 7, 500)
    older.add(array("q", [3]), b"a")
    older.progress(1, 1)
    assert teller.portions == [1]
