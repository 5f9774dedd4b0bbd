"""The shown rows in any column's order: a permutation, with the place of each."""

from __future__ import annotations

from array import array
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor import captures
from clacks_monitor.core.columns import Column
from clacks_monitor.session.view.ordering import ordered
from tests.helpers.entries import an_event, some_events

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


@given(
    words=st.lists(st.text("ab", max_size=2), min_size=1, max_size=30),
    chosen=st.sets(st.integers(1, 30)),
    descending=st.booleans(),
)
@settings(deadline=None, max_examples=60)
def test_it_is_what_sorting_the_rows_gives(
    tmp_path_factory: pytest.TempPathFactory, words: list[str], chosen: set[int], descending: bool
) -> None:
    wanted = array("q", sorted(s for s in chosen if s <= len(words)))
    with captures.create(tmp_path_factory.mktemp("order") / "a") as capture, capture.reader() as reader:
        capture.append([replace(an_event(n), summary=word) for n, word in enumerate(words)])
        found = ordered(reader, Column.SUMMARY, wanted, 3, descending=descending)
        by_hand = sorted(wanted, key=lambda s: (words[s - 1], s), reverse=descending)
        assert (found.generation, found.column, found.descending) == (3, Column.SUMMARY, descending)
        assert list(found.sequences) == by_hand
        assert [found.sequences[place] for place in found.places] == list(wanted)


def test_rows_that_the_ring_has_removed_come_last(tmp_path: Path) -> None:
    from clacks_monitor.captures import ring

    with captures.create(tmp_path / "a") as capture, capture.reader() as reader:
        capture.append(some_events(10))
        ring.remove_before(capture._file.db, 4)
        found = ordered(reader, Column.TYPE, array("q", range(1, 11)), 1, descending=False)
        assert sorted(found.sequences) == list(range(1, 11))
        assert list(found.sequences[-3:]) == [1, 2, 3]
        assert [found.sequences[place] for place in found.places] == list(range(1, 11))
