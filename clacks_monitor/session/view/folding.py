"""Which rows another row stands for: copies of a message that proxies relayed, below the first that is shown.

What the filter hides is not counted on: where it hides the first delivery, the first that it shows stands for the
others. Owner: the filter thread.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.view.filter_evaluation import FilterEvaluation


class Folded(NamedTuple):
    """``folded`` are rows that others stand for, ``repeated`` those others, both in order."""

    folded: Sequence[int] = ()
    repeated: Sequence[int] = ()


NONE_FOLDED = Folded()


def fold(reader: EventReader, evaluation: FilterEvaluation, shown: array[int], first: int, last: int) -> Folded:
    """Return which of the ``shown`` rows from ``first`` to ``last`` are copies of shown ones. Raises StorageError.

    Takes time for the copies only, and none where a store has none.
    """
    stand_in: dict[int, int] = {}
    copies, repeated = [], set()
    for sequence, origin in reader.copies(first, last) if len(shown) else ():
        if not _contains(shown, sequence):
            continue
        row = stand_in.get(origin, 0)
        if not row and origin >= first:
            row = origin if _contains(shown, origin) else sequence
        elif not row:
            row = _shown_before(reader, evaluation, sequence, first) or sequence
        stand_in[origin] = row
        if row != sequence:
            copies.append(sequence)
            repeated.add(row)
    if not copies:
        return NONE_FOLDED
    return Folded(copies if evaluation.spec.fold else (), sorted(repeated))


def _contains(shown: array[int], sequence: int) -> bool:
    place = bisect_left(shown, sequence)
    return place < len(shown) and shown[place] == sequence


def _shown_before(reader: EventReader, evaluation: FilterEvaluation, sequence: int, first: int) -> int:
    """Return the first delivery of a message that is shown and stands before a span, 0 where there is none."""
    for earlier in reader.deliveries(sequence):
        if earlier >= first:
            break
        found = [item for part in reader.scan(earlier, earlier) for item in part]
        if found and evaluation.passes(found[0]):
            return earlier
    return 0
