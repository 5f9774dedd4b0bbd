"""Long work: generators that tell how far they are. Values; the work runs on the thread that iterates."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` entries or bytes; work that cannot know its end has ``total`` 0."""

    done: int
    total: int


Work = Generator[Progress, None, None]
"""Long work, done while it is iterated. Closing it cancels, and leaves nothing half-done under a final name."""
