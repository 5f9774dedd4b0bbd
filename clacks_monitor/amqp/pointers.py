"""Access to the C pointers behind proton's Python objects. Thread: any."""

from __future__ import annotations

from typing import Any

Pointer = Any
"""A pointer of proton's C library."""


def pointer_of(part: object) -> Pointer:
    """Return the pointer of an object of proton."""
    return part._impl  # type: ignore[attr-defined]  # noqa: SLF001 - proton has no public name for it
