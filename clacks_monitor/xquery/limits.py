"""How much one evaluation may use, and the clock that is asked while it runs.

Owner: xquery. Thread: Limits are frozen; a Budget belongs to one evaluation on one thread.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from clacks_monitor.core.messages import Message
from clacks_monitor.xquery.errors import TOO_LARGE, TOO_SLOW, LimitError

_CHECK_EVERY = 256


@dataclass(frozen=True, slots=True)
class Limits:
    """``seconds`` of wall time, ``items`` in one sequence, ``characters`` in one string, call ``depth``.

    ``nodes`` bounds the nodes that one evaluation constructs.
    """

    seconds: float | None = None
    items: int = 5_000_000
    characters: int = 20_000_000
    depth: int = 4_000
    nodes: int = 2_000_000


DEFAULT_LIMITS = Limits()


class Budget:
    """Counts the steps of one evaluation; ``step()`` is cheap and rarely reads the clock."""

    __slots__ = ("_deadline", "_left", "depth", "limits", "nodes")

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self.limits = limits
        self._deadline = None if limits.seconds is None else time.monotonic() + limits.seconds
        self._left = _CHECK_EVERY
        self.depth = 0
        self.nodes = 0

    def step(self) -> None:
        """One step of work; raises LimitError once the time is over."""
        self._left -= 1
        if self._left <= 0:
            self.check_clock()

    def spend(self, steps: int) -> None:
        """Count several steps at once."""
        self._left -= steps
        if self._left <= 0:
            self.check_clock()

    def check_clock(self) -> None:
        """Raise LimitError if the time is over."""
        self._left = _CHECK_EVERY
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise LimitError(TOO_SLOW, Message("The query takes too long and was stopped."))

    def check_items(self, count: int) -> None:
        """Raise LimitError if a sequence of ``count`` items is too long to be built."""
        if count > self.limits.items:
            raise LimitError(
                TOO_LARGE, Message("The query builds a sequence of more than {0} items.", self.limits.items)
            )

    def check_characters(self, count: int) -> None:
        """Raise LimitError if a string of ``count`` characters is too long to be built."""
        if count > self.limits.characters:
            raise LimitError(
                TOO_LARGE, Message("The query builds a string of more than {0} characters.", self.limits.characters)
            )
