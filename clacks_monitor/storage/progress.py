"""How far long work has come. A value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` entries or bytes; work that cannot know its end has ``total`` 0."""

    done: int
    total: int
