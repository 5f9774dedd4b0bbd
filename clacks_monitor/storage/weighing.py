"""Reading bodies in portions: limited in entries and in bytes, whatever sizes a file claims."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Found = TypeVar("Found")

BATCH_BYTES = 16 * 1024 * 1024
"""Bytes of bodies that are read at once; of one body, more."""
_ALL_OF_IT = 2**64


class TooMuchError(Exception):
    """There is more to read than may be read at once."""


def portions(
    part: Sequence[int], read: Callable[[Sequence[int], int], Found], *, newest_first: bool = False
) -> Iterator[tuple[Sequence[int], Found]]:
    """Yield pieces of ``part`` with what ``read`` returned for each: all in one piece unless that is too much.

    ``read(piece, most)`` adds up bytes as it reads, and raises TooMuchError beyond ``most``: nearly always there is
    less, and checking first would take as long as reading.
    """
    found: list[Found] = []
    with suppress(TooMuchError):
        found.append(read(part, BATCH_BYTES if len(part) > 1 else _ALL_OF_IT))
    if found:
        yield part, found[0]
        return
    middle = len(part) // 2
    parts = (part[middle:], part[:middle]) if newest_first else (part[:middle], part[middle:])
    for smaller in parts:
        yield from portions(smaller, read, newest_first=newest_first)
