"""Sorts the shown rows by a column, on a thread of a question; the window only receives progress and the result."""

from __future__ import annotations

import time
from array import array
from typing import TYPE_CHECKING

from clacks_monitor.core.columns import ComputedColumn, sort_key
from clacks_monitor.session.notices import Ordered
from clacks_monitor.session.view.computed_values import OrderProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.columns import AnyColumn, StoredColumn
    from clacks_monitor.core.store import EventReader
    from clacks_monitor.session.view.computing import Computer

PAGE = 1_000
"""Events whose values are computed at once."""
NOTIFY_S = 0.2


def ordered(
    reader: EventReader, column: StoredColumn, wanted: array[int], generation: int, *, descending: bool
) -> Ordered:
    """Return ``wanted`` (sequence numbers, ascending) by a column, and where each of them stands.

    Entries that the capture no longer has come last.
    """
    return _placed(reader.order_by(column), column, wanted, generation, descending=descending)


def ordered_by_values(
    computer: Computer,
    column: ComputedColumn,
    wanted: array[int],
    generation: int,
    report: Callable[[OrderProgress], object],
    *,
    descending: bool,
) -> Ordered:
    """Return the same by a computed column: what has no value comes first. Raises StorageError when it is stopped."""
    keys: dict[int, tuple[bool, float, str]] = {}
    known: dict[str, tuple[bool, float, str]] = {}
    due = time.monotonic() + NOTIFY_S
    for start in range(0, len(wanted), PAGE):
        for sequence, values in computer.values([column], wanted[start : start + PAGE]).items():
            if text := values[column]:
                keys[sequence] = known[text] if text in known else known.setdefault(text, sort_key(text))
        if time.monotonic() >= due:
            due = time.monotonic() + NOTIFY_S
            report(OrderProgress(column, start, len(wanted)))
    report(OrderProgress(column, len(wanted), len(wanted)))
    everything = array("q", (sequence for sequence in wanted if sequence not in keys))
    everything.extend(sorted(keys, key=lambda sequence: (keys[sequence], sequence)))
    return _placed(everything, column, wanted, generation, descending=descending)


def _placed(
    everything: array[int], column: AnyColumn, wanted: array[int], generation: int, *, descending: bool
) -> Ordered:
    """Return those of ``everything``, which is in order, that are wanted."""
    if descending:
        everything.reverse()
    if not wanted:
        return Ordered(generation, column, descending, array("q"), array("I"))
    first = wanted[0]
    # From a sequence number to its index in ``wanted``, plus one: an array, because a dictionary of a million numbers
    # takes a hundred megabytes.
    indexes = array("I", bytes(4 * (wanted[-1] - first + 1)))
    for index, sequence in enumerate(wanted, 1):
        indexes[sequence - first] = index
    sequences, places, size = array("q"), array("I", bytes(4 * len(wanted))), len(indexes)
    for sequence in everything:
        offset = sequence - first
        if 0 <= offset < size and indexes[offset]:
            places[indexes[offset] - 1] = len(sequences)
            indexes[offset] = 0
            sequences.append(sequence)
    for offset, index in enumerate(indexes if len(sequences) < len(wanted) else ()):
        if index:
            places[index - 1] = len(sequences)
            sequences.append(first + offset)
    return Ordered(generation, column, descending, sequences, places)
