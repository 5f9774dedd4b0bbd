"""Long-running work as generators that yield their progress. Values; the work runs on the iterating thread."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` entries or bytes; ``total`` is 0 where it is not known."""

    done: int
    total: int


Work = Generator[Progress, None, None]
"""Long-running work, done while it is iterated. Closing it cancels; no incomplete file is left under a final name."""
