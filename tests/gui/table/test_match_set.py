"""What a search has found so far: never a wrong next one, and the same as a plain list once it is finished."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clacks_monitor.gui.table.match_set import MatchSet

NUMBERS = st.sets(st.integers(1, 60), max_size=25)


@given(found=NUMBERS, start=st.integers(0, 60), here=st.integers(0, 61))
def test_a_finished_search_is_a_sorted_list(found: set[int], start: int, here: int) -> None:
    matches = MatchSet(start)
    ordered = sorted(found)
    matches.add([s for s in ordered if s > start])
    matches.add([s for s in ordered if s <= start])
    matches.finished = True
    assert len(matches) == len(found)
    assert matches.above(here) == next((s for s in ordered if s > here), 0)
    assert matches.below(here) == next((s for s in reversed(ordered) if s < here), 0)
    assert (matches.first(), matches.last()) == (min(found, default=0), max(found, default=0))
    assert (here in matches) is (here in found)
    assert matches.count_between(here, here + 10) == sum(here <= s < here + 10 for s in found)
    assert len(matches.sampled(5)) <= 7
    assert set(matches.sampled(100)) == found


@given(found=NUMBERS, start=st.integers(0, 60), here=st.integers(0, 61), seen=st.integers(0, 25))
def test_what_is_told_early_is_what_is_told_at_the_end(found: set[int], start: int, here: int, seen: int) -> None:
    """An answer that is given while the search goes on is never taken back."""
    ordered = sorted(found)
    told = [s for s in ordered if s > start] + [s for s in ordered if s <= start]
    early, late = MatchSet(start), MatchSet(start)
    early.add(told[:seen])
    late.add(told)
    late.finished = True
    for answer, final in ((early.above(here), late.above(here)), (early.below(here), late.below(here))):
        assert answer in {-1, final} or (answer and here > start and here > min(told[seen:], default=99))
    known = [s for s in told[:seen] if s > start]
    if here >= start and any(s > here for s in known):
        assert early.above(here) == late.above(here)
    if any(s < here for s in known):
        assert early.below(here) == max(s for s in known if s < here)
