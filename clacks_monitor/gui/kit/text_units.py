"""Places in a text: queries count code points, Qt counts UTF-16 units."""

from __future__ import annotations

_END_OF_PLANE = 0xFFFF


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units: what Qt counts in."""
    return len(text) + sum(1 for sign in text if ord(sign) > _END_OF_PLANE)


def code_points(text: str, position: int) -> int:
    """Return the code points before a position in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")[: 2 * position].decode("utf-16-le", "replace"))
