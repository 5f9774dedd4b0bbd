"""Sorts the shown rows by a column, on a thread of a question; the window only receives the result."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from clacks_monitor.session.notices import Ordered

if TYPE_CHECKING:
    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.core.store import EventReader


def ordered(
    reader: EventReader, column: AnyColumn, wanted: array[int], generation: int, *, descending: bool
) -> Ordered:
    """Return ``wanted`` (sequence numbers, ascending) by a column, and where each of them stands.

    Entries that the capture no longer has come last.
    """
    everything = reader.order_by(column)
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
