"""Bodies and properties as statements select them: each with its size, and without its bytes where it is too large.

A statement that reads several bodies gives each an equal share of what may be read at once; where one is larger, fewer
are read at a time. So no answer is larger than that, whatever an archive holds, and most take one statement. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.archive.texts import read
from clacks_monitor.storage.encoding import LONGEST_PROPERTIES, MAX_BODY
from clacks_monitor.storage.shapes import DamagedValueError
from clacks_monitor.storage.weighing import TooMuchError

if TYPE_CHECKING:
    from collections.abc import Sequence


def share_of(piece: Sequence[int], most: int) -> int:
    """Return how many bytes a body of ``piece`` may have when ``most`` are read at once."""
    return min(most // max(1, len(piece)), MAX_BODY + 1)


class Weighed:
    """Adds up the bytes of one answer, in which each value has at most ``share`` of ``most``."""

    def __init__(self, share: int, most: int) -> None:
        self._alone = share > MAX_BODY
        self._most = most
        self._weight = 0

    def body(self, packing: int, size: int, found: bytes | None) -> bytes:
        """Return a body's bytes. Raises TooMuchError to have fewer read at once, DamagedValueError."""
        self._weight += max(size, packing, 0)
        if self._weight > self._most or (found is None and not self._alone):
            raise TooMuchError
        if found is None:
            raise DamagedValueError(f"a body has {size:,} bytes, and more than {MAX_BODY:,} are not read")
        return found

    def properties(self, size: int | None, found: str | None) -> str | None:
        """Return an event's properties. Raises as body() does."""
        if size is None:
            return None
        self._weight += size
        if self._weight > self._most or (found is None and not self._alone):
            raise TooMuchError
        if found is None or len(found) > LONGEST_PROPERTIES:
            raise DamagedValueError("its properties are longer than any that are received")
        return read(found)
