"""From match to match in the order in which the table shows its rows. No Qt here."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.gui.table.match_set import MatchSet
    from clacks_monitor.gui.table.row_store import RowStore

_FEW = 20_000
"""Matches whose places are looked up one by one when the table is in a column's order."""


def next_match(store: RowStore, matches: MatchSet, here: int, *, forward: bool, or_here: bool) -> tuple[int, bool]:
    """Return the next match from ``here`` (0: none, -1: not known yet), and whether it is round the end."""
    if store.order is not None:
        known = matches.finished
        return _next_in_order(store, matches, here, forward=forward, or_here=or_here) if known else (-1, False)
    upwards = forward is not store.newest_first
    found = matches.above(max(0, here - or_here)) if upwards else matches.below(here + or_here)
    if found:
        return found, False
    return (matches.first() if upwards else matches.last()), here > 0


def _next_in_order(store: RowStore, matches: MatchSet, here: int, *, forward: bool, or_here: bool) -> tuple[int, bool]:
    """Return the next match in a column's order: few are looked up, of many one is near."""
    place, step = store.position_of(here), 1 if forward else -1
    if not len(matches):
        return 0, False
    if len(matches) > _FEW:
        count = len(store)
        for distance in range(0 if or_here else 1, count + 1):
            position = (place + step * distance) % count
            if store.sequence_at(position) in matches:
                return store.sequence_at(position), not 0 <= place + step * distance < count
        return 0, False
    found = map(store.position_of, matches.sampled(_FEW))
    places = sorted(step * position for position in found if position >= 0)
    if not places:  # all are folded
        return matches.first(), False
    further = next((p for p in places if p > step * place or (or_here and p == step * place)), None)
    return store.sequence_at(step * (places[0] if further is None else further)), further is None and here > 0
