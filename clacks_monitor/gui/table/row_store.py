"""Which entries are rows, in which order: compact arrays, so a million rows cost nine megabytes. No Qt here.

Owner: the event model. Thread: the window's. The natural order is by sequence, oldest first; on top of it lies
nothing, a reversal (newest first), or an order by another column that was computed elsewhere.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

from clacks_monitor.gui.table.double_ended import DoubleEnded

if TYPE_CHECKING:
    from collections.abc import Sequence


class ColumnOrder:
    """An order by a column, of ``sequences`` that followed each other then; ``places[i]`` is where the i-th stands.

    ``entries`` are all rows as they are shown: those that came in since it was made are at the end.
    """

    def __init__(self, ordered: array[int], places: array[int], rows: DoubleEnded[array[int]]) -> None:
        """Only copies of arrays: a million rows take a few milliseconds."""
        self._places = places
        self._first = bisect_left(rows, ordered[places[0]]) if places else 0
        self.entries = array("q", ordered)
        self.entries.extend(rows[self._first + len(places) :])
        self.entries.extend(rows[: self._first])

    def add(self, sequences: array[int], *, at_start: bool) -> None:
        """Show more rows, at the end; ``at_start`` says that they are older than the others."""
        self.entries.extend(sequences)
        if at_start:
            self._first += len(sequences)

    def position_of(self, index: int, sequence: int) -> int:
        """Return where the row of an entry is shown that is at ``index`` in the order of arrival."""
        place = index - self._first
        inside = 0 <= place < len(self._places)
        return self._places[place] if inside else self.entries.index(sequence, len(self._places))


class RowStore:
    """Positions count from 0 in the order that is shown."""

    def __init__(self) -> None:
        self.sequences = DoubleEnded(array("q"))
        """All sequence numbers, ascending. Not to be changed elsewhere."""

        self.tints = DoubleEnded(bytearray())
        """The tint of each row, as ``sequences`` has them. Not to be changed elsewhere."""

        self.order: ColumnOrder | None = None
        self.newest_first = False

    def __len__(self) -> int:
        return len(self.sequences)

    def clear(self) -> None:
        """Forget all rows; a reversal stays, an order by another column goes."""
        self.sequences = DoubleEnded(array("q"))
        self.tints = DoubleEnded(bytearray())
        self.order = None

    # -- adding --------------------------------------------------------------------------------------------------

    def position_for(self, *, at_start: bool) -> int:
        """Return where new rows will be shown."""
        if self.order is not None:
            return len(self.sequences)
        return 0 if at_start is not self.newest_first else len(self.sequences)

    def add(self, sequences: array[int], tints: bytes, *, at_start: bool) -> None:
        """Add rows that are all older (``at_start``) or all newer than those that are there."""
        if at_start:
            self.sequences.extend_left(sequences)
            self.tints.extend_left(bytearray(tints))
        else:
            self.sequences.extend(sequences)
            self.tints.extend(bytearray(tints))
        if self.order is not None:
            self.order.add(sequences, at_start=at_start)

    # -- orders --------------------------------------------------------------------------------------------------

    def order_naturally(self, *, newest_first: bool) -> None:
        """Order by arrival."""
        self.order = None
        self.newest_first = newest_first

    def order_as(self, sequences: array[int], places: array[int]) -> None:
        """Show rows in an order that was made elsewhere: see `ColumnOrder`."""
        self.order = ColumnOrder(sequences, places, self.sequences)

    # -- reading -------------------------------------------------------------------------------------------------

    def sequence_at(self, position: int) -> int:
        """Return the sequence number of the row at ``position``."""
        if self.order is not None:
            return self.order.entries[position]
        if self.newest_first:
            return self.sequences[len(self.sequences) - 1 - position]
        return self.sequences[position]

    def in_shown_order(self) -> array[int]:
        """Return a copy of all sequence numbers as they are shown from top to bottom."""
        if self.order is not None:
            return self.order.entries[:]
        return self.sequences[::-1] if self.newest_first else self.sequences[:]

    @property
    def newest(self) -> int:
        """The position of the newest row in the order of arrival, -1 when there are no rows."""
        return 0 if self.newest_first and self.sequences else len(self.sequences) - 1

    def between(self, first: int, last: int) -> list[int]:
        """Return the sequence numbers of the rows from ``first`` to ``last``, which is not among them."""
        last = min(last, len(self.sequences))
        return [self.sequence_at(position) for position in range(max(0, first), last)]

    def position_of(self, sequence: int) -> int:
        """Return where an entry is shown, -1 when it is not."""
        index = self._index(sequence)
        if index < 0:
            return -1
        if self.order is not None:
            return self.order.position_of(index, sequence)
        return len(self.sequences) - 1 - index if self.newest_first else index

    def nearest(self, sequence: int) -> int:
        """Return the position of the first row at or after ``sequence``, of the last row when there is none; or -1."""
        if not self.sequences:
            return -1
        index = min(bisect_left(self.sequences, sequence), len(self.sequences) - 1)
        return self.position_of(self.sequences[index])

    def tint_at(self, position: int) -> int:
        """Return the index in COLOURS of the tint of the row at ``position``."""
        index = self._index(self.sequence_at(position))
        return self.tints[index] if index >= 0 else 0

    def _index(self, sequence: int) -> int:
        index = bisect_left(self.sequences, sequence)
        found = index < len(self.sequences) and self.sequences[index] == sequence
        return index if found else -1


class WaitingRows:
    """Rows that came while the view is paused."""

    def __init__(self) -> None:
        self.sequences = array("q")
        self.tints = bytearray()

    def __len__(self) -> int:
        return len(self.sequences)

    def add(self, sequences: Sequence[int], tints: bytes) -> None:
        """Keep rows for later."""
        self.sequences.extend(sequences)
        self.tints.extend(tints)

    def clear(self) -> tuple[array[int], bytes]:
        """Forget the rows; return them."""
        removed = self.sequences, bytes(self.tints)
        self.sequences, self.tints = array("q"), bytearray()
        return removed
