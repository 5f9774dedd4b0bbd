"""Suggestions for misspelt names. Pure; any thread."""

from __future__ import annotations

from difflib import get_close_matches
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ALIKE = 0.6
"""Minimum similarity of two names, from 0 to 1: one or two letters may differ."""
MAX_NAME = 100
MAX_NAMES = 2_000
"""Longer names, and more than so many, are not compared: the comparison takes time with the square of the length."""


def nearest(name: str, known: Iterable[str], alike: float = ALIKE) -> str:
    """Return the name in ``known`` that is most like ``name``, "" where none is; case alone never makes them differ."""
    names = [one for one in dict.fromkeys(islice(known, MAX_NAMES)) if len(one) <= MAX_NAME]
    lower = {one.lower(): one for one in reversed(names)}
    if name.lower() in lower:
        return lower[name.lower()]
    found = get_close_matches(name, names, 1, alike) if len(name) <= MAX_NAME else []
    return found[0] if found else ""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return the question with a blank before it, ``" Did you mean Status?"``, or ""."""
    found = nearest(name, known)
    return f" Did you mean {found}?" if found else ""
