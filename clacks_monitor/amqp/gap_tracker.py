"""Knows since when events could have been missed, and says so once it is over. Owner: the line; its thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.clock import Clock

SLEEP_S: Final = 2.0
"""How far the clocks must part before the computer is said to have slept, in seconds."""


class Blindness:
    """At most one open gap: it begins at the earliest loss, and ends when events arrive again.

    Where it is not certain yet that they go on arriving, the gap is held back: it grows when they do not.
    """

    def __init__(self, name: str, clock: Clock, gap: Callable[[Gap], None]) -> None:
        self._name, self._clock, self._gap = name, clock, gap
        self._since: tuple[int, GapCause, str] | None = None
        self._until_ns = self._told_ns = 0
        self._looked = (clock.monotonic(), clock.through_sleep(), clock.wall_ns())

    def begin(self, since_ns: int, cause: GapCause, detail: str) -> None:
        """Nothing is certain since then; a gap that is open already, or held back, goes on."""
        self._until_ns = 0
        if self._since is None:
            self._since = (max(since_ns, self._told_ns), cause, detail)

    def hold(self) -> None:
        """Events arrive (again), for how long is not certain: the gap is over if settle() comes before begin()."""
        self._until_ns = self._clock.wall_ns()

    def settle(self) -> None:
        """Tell of a gap that is held back: an event has come, or the connection has lasted."""
        if self._until_ns:
            self.end()

    def end(self) -> None:
        """Events arrive (again)."""
        until_ns, self._until_ns = self._until_ns or self._clock.wall_ns(), 0
        if self._since is not None:
            since, self._since = self._since, None
            self._told_ns = max(since[0], until_ns)
            self._gap(Gap(self._name, since[0], self._told_ns, since[1], since[2]))

    def report(self, since_ns: int, cause: GapCause, detail: str, lost: int = -1) -> None:
        """Tell of a gap that is over already."""
        self._gap(Gap(self._name, since_ns, max(since_ns, self._clock.wall_ns()), cause, detail, lost))

    def look_for_sleep(self) -> None:
        """Compare a clock that stands still while the computer sleeps with one that does not; cheap."""
        before = self._looked
        now = self._looked = (self._clock.monotonic(), self._clock.through_sleep(), self._clock.wall_ns())
        asleep = (now[1] - before[1]) - (now[0] - before[0])
        if asleep > SLEEP_S and self._since is None:
            self.report(before[2], GapCause.SLEPT, Message("The computer slept for {0:.0f} s.", asleep))
