"""Which entries are rows, in which order: compact arrays, so a million rows cost nine megabytes. No Qt here.

Owner: the event model. Thread: the window's. The natural order is by sequence, oldest first; on top of it lies
nothing, a reversal (newest first), or an order by another column that was computed elsewhere. Entries that are folded,
copies for which another row stands, have no position.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
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
        self._unfolded = array("q")
        """Entries that were put in among those that followed each other, ascending."""

        self.entries = array("q", ordered)
        self.entries.extend(rows[self._first + len(places) :])
        self.entries.extend(rows[: self._first])

    def add(self, sequences: array[int], *, at_start: bool) -> None:
        """Show more rows, at the end; ``at_start`` says that they are older than the others."""
        self.entries.extend(sequences)
        if at_start:
            self._first += len(sequences)

    def unfold(self, sequence: int) -> None:
        """Show an entry among the others, at the end."""
        insort(self._unfolded, sequence)
        self.entries.append(sequence)

    def position_of(self, index: int, sequence: int) -> int:
        """Return where the row of an entry is shown that is at ``index`` in the order of arrival."""
        before = bisect_left(self._unfolded, sequence)
        added = before < len(self._unfolded) and self._unfolded[before] == sequence
        place = index - before - self._first
        inside = not added and 0 <= place < len(self._places)
        return self._places[place] if inside else self.entries.index(sequence, len(self._places))


class RowStore:
    """Positions count from 0 in the order that is shown."""

    def __init__(self) -> None:
        self.sequences = DoubleEnded(array("q"))
        """All sequence numbers, ascending, those that are folded too. Not to be changed elsewhere."""

        self.tints = DoubleEnded(bytearray())
        """The tint of each row, as ``sequences`` has them. Not to be changed elsewhere."""

        self._folded = DoubleEnded(array("q"))
        self._unfolded: DoubleEnded[array[int]] | None = None
        """What has a position, where anything is folded."""

        self.order: ColumnOrder | None = None
        self.newest_first = False

    @property
    def rows(self) -> DoubleEnded[array[int]]:
        """The sequence numbers of what has a position, ascending. Not to be changed elsewhere."""
        return self.sequences if self._unfolded is None else self._unfolded

    def __len__(self) -> int:
        return len(self.rows)

    def clear(self) -> None:
        """Forget all rows; a reversal stays, an order by another column goes."""
        self.sequences = DoubleEnded(array("q"))
        self.tints = DoubleEnded(bytearray())
        self._folded, self._unfolded = DoubleEnded(array("q")), None
        self.order = None

    # -- adding --------------------------------------------------------------------------------------------------

    def position_for(self, *, at_start: bool) -> int:
        """Return where new rows will be shown."""
        if self.order is not None:
            return len(self)
        return 0 if at_start is not self.newest_first else len(self)

    def add(self, sequences: array[int], tints: bytes, folded: Sequence[int] = (), *, at_start: bool) -> None:
        """Add rows that are all older (``at_start``) or all newer than those that are there."""
        if folded and self._unfolded is None:
            self._unfolded = self.sequences.copy()
        shown = unfolded(sequences, folded)
        parts = [(self.sequences, sequences), (self._folded, array("q", folded))]
        if self._unfolded is not None:
            parts.append((self._unfolded, shown))
        for whole, part in parts:
            (whole.extend_left if at_start else whole.extend)(part)
        (self.tints.extend_left if at_start else self.tints.extend)(bytearray(tints))
        if self.order is not None:
            self.order.add(shown, at_start=at_start)

    # -- folding -------------------------------------------------------------------------------------------------

    def shows(self, sequence: int) -> bool:
        """Whether an entry is a row, or folded below one."""
        return _place(self.sequences, sequence) >= 0

    def is_folded(self, sequence: int) -> bool:
        """Whether another row stands for an entry."""
        return _place(self._folded, sequence) >= 0

    def unfold(self, sequence: int) -> None:
        """Give a folded entry a position of its own: its place by arrival, or the end in another order."""
        if self._unfolded is not None:
            self._folded.remove_at(_place(self._folded, sequence))
            self._unfolded.insert(bisect_left(self._unfolded, sequence), sequence)
            if self.order is not None:
                self.order.unfold(sequence)

    def unfold_position(self, sequence: int) -> int:
        """Return where unfold() would show an entry."""
        if self.order is not None:
            return len(self)
        place = bisect_left(self.rows, sequence)
        return len(self) - place if self.newest_first else place

    def fold(self, sequence: int) -> None:
        """Let another row stand for an entry again. Rows have to be in the order of arrival."""
        if self._unfolded is None:
            self._unfolded = self.sequences.copy()
        self._unfolded.remove_at(_place(self._unfolded, sequence))
        self._folded.insert(bisect_left(self._folded, sequence), sequence)

    # -- orders --------------------------------------------------------------------------------------------------

    def order_naturally(self, *, newest_first: bool) -> None:
        """Order by arrival."""
        self.order = None
        self.newest_first = newest_first

    def order_as(self, sequences: array[int], places: array[int]) -> None:
        """Show rows in an order that was made elsewhere: see `ColumnOrder`."""
        self.order = ColumnOrder(sequences, places, self.rows)

    # -- reading -------------------------------------------------------------------------------------------------

    def sequence_at(self, position: int) -> int:
        """Return the sequence number of the row at ``position``."""
        if self.order is not None:
            return self.order.entries[position]
        rows = self.rows
        return rows[len(rows) - 1 - position] if self.newest_first else rows[position]

    def in_shown_order(self) -> array[int]:
        """Return all sequence numbers as they are shown from top to bottom.

        Folded ones are where they arrived, or at the end in another order.
        """
        if self.order is not None:
            return self.order.entries + self._folded[:]
        return self.sequences[::-1] if self.newest_first else self.sequences[:]

    @property
    def newest(self) -> int:
        """The position of the newest row in the order of arrival, -1 when there are no rows."""
        return 0 if self.newest_first and self.sequences else len(self) - 1

    def between(self, first: int, last: int) -> list[int]:
        """Return the sequence numbers of the rows from ``first`` to ``last``, which is not among them."""
        last = min(last, len(self))
        return [self.sequence_at(position) for position in range(max(0, first), last)]

    def position_of(self, sequence: int) -> int:
        """Return where an entry is shown, -1 when it is not."""
        index = _place(self.rows, sequence)
        if index < 0:
            return -1
        if self.order is not None:
            return self.order.position_of(index, sequence)
        return len(self) - 1 - index if self.newest_first else index

    def nearest(self, sequence: int) -> int:
        """Return the position of the first row at or after ``sequence``, of the last row when there is none; or -1."""
        rows = self.rows
        if not rows:
            return -1
        return self.position_of(rows[min(bisect_left(rows, sequence), len(rows) - 1)])

    def tint_at(self, position: int) -> int:
        """Return the index in COLOURS of the tint of the row at ``position``."""
        index = _place(self.sequences, self.sequence_at(position))
        return self.tints[index] if index >= 0 else 0


def unfolded(sequences: array[int], folded: Sequence[int]) -> array[int]:
    """Return sequence numbers without those that are folded."""
    if not folded:
        return sequences
    left_out = frozenset(folded)
    return array("q", [sequence for sequence in sequences if sequence not in left_out])


def _place(numbers: Sequence[int], number: int) -> int:
    """Return where a number is in an ascending sequence, -1 where it is not."""
    index = bisect_left(numbers, number)
    return index if index < len(numbers) and numbers[index] == number else -1


class WaitingRows:
    """Rows that came while the view is paused."""

    def __init__(self) -> None:
        self.sequences = array("q")
        self.tints = bytearray()
        self.folded: list[int] = []

    def __len__(self) -> int:
        return len(self.sequences) - len(self.folded)

    def add(self, sequences: Sequence[int], tints: bytes, folded: Sequence[int] = ()) -> None:
        """Keep rows for later."""
        self.sequences.extend(sequences)
        self.tints.extend(tints)
        self.folded.extend(folded)

    def clear(self) -> tuple[array[int], bytes, Sequence[int]]:
        """Forget the rows; return them."""
        removed = self.sequences, bytes(self.tints), self.folded
        self.sequences, self.tints, self.folded = array("q"), bytearray(), []
        return removed
