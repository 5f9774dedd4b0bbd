"""A compact sequence of integers that grows at both ends without moving what it holds. No Qt here.

Owner: the row store. Thread: the window's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from typing_extensions import override

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator

Part = TypeVar("Part", "array[int]", bytearray)


class DoubleEnded(Sequence[int], Generic[Part]):
    """What was added at the start is kept in reverse: adding there takes time for what is added, not for the rest."""

    def __init__(self, empty: Part) -> None:
        """``empty`` says what its parts are: arrays of one type, or bytearrays."""
        self._reversed: Part = empty[:]
        self._rest: Part = empty[:]

    def copy(self) -> DoubleEnded[Part]:
        """Return a copy, which takes milliseconds for millions of numbers."""
        made = DoubleEnded(self._reversed[:0])
        made._reversed, made._rest = self._reversed[:], self._rest[:]
        return made

    def extend(self, part: Part) -> None:
        """Add numbers at the end."""
        self._rest.extend(part)

    def extend_left(self, part: Part) -> None:
        """Add numbers at the start, in the order of ``part``."""
        self._reversed.extend(part[::-1])

    def insert(self, index: int, number: int) -> None:
        """Put a number in before the one at ``index``: everything between it and the nearer end moves."""
        split = len(self._reversed)
        if index < split:
            self._reversed.insert(split - index, number)
        else:
            self._rest.insert(index - split, number)

    def remove_at(self, index: int) -> None:
        """Take out the number at ``index``."""
        split = len(self._reversed)
        if index < split:
            del self._reversed[split - 1 - index]
        else:
            del self._rest[index - split]

    @override
    def __len__(self) -> int:
        return len(self._reversed) + len(self._rest)

    @overload
    def __getitem__(self, index: int) -> int: ...

    @overload
    def __getitem__(self, index: slice) -> Part: ...

    @override
    def __getitem__(self, index: int | slice) -> int | Part:
        """Return a number, or a copy of a part."""
        split = len(self._reversed)
        if isinstance(index, slice):
            start, stop, step = index.indices(len(self))
            if step != 1:
                return self[:][index]
            left = self._reversed[max(0, split - stop) : max(0, split - start)][::-1]
            return left + self._rest[max(0, start - split) : max(0, stop - split)]
        if index < 0:
            index += len(self)
        if index < 0:
            raise IndexError(index)
        return self._reversed[split - 1 - index] if index < split else self._rest[index - split]

    @override
    def __iter__(self) -> Iterator[int]:
        return chain(reversed(self._reversed), self._rest)
