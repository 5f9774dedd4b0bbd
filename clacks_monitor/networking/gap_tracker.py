"""Tracks since when events could have been missed, and reports the gap once it is over; until when none was missed.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.event import Gap, GapCause
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.networking.clock import Clock

SLEEP_S: Final = 2.0
"""By how much the clocks must differ before the computer counts as having slept, in seconds."""


SETTLED_S: Final = 0.5
"""What is read last before the end of a connection may have waited in the system's buffers; what is followed by so many
seconds of a working connection was current when it was read."""

_EVERY_S: Final = 0.05


class CurrentInput:
    """When the receiver was last known to be caught up: nothing waited to be read, and the broker could send more."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._moments: deque[tuple[float, int]] = deque()

    def begin(self) -> None:
        """Note that the subscription begins now: nothing waits yet."""
        self._moments.clear()
        self.note()

    def note(self) -> None:
        """Note that everything that has come was read, and that the broker has credit for more."""
        now = self._clock.monotonic()
        moments = self._moments
        if not moments or now - moments[-1][0] >= _EVERY_S:
            moments.append((now, self._clock.wall_ns()))
        while len(moments) > 1 and moments[1][0] <= now - SETTLED_S:
            moments.popleft()

    def until_ns(self) -> int:
        """Return the newest such moment that is certain, wall clock; the beginning where there is none."""
        certain = self._clock.monotonic() - SETTLED_S
        found = 0
        for monotonic, wall_ns in self._moments:
            if monotonic <= certain or not found:
                found = wall_ns
        return found


class GapTracker:
    """At most one open gap: it begins at the earliest loss, and ends when events arrive again.

    While it is not certain that they go on arriving, the gap is held back: it grows when they do not.
    """

    def __init__(self, name: str, clock: Clock, gap: Callable[[Gap], None]) -> None:
        self._name, self._clock, self._gap = name, clock, gap
        self._since: tuple[int, GapCause, str] | None = None
        self._until_ns = self._reported_ns = 0
        self._checked = (clock.monotonic(), clock.through_sleep(), clock.wall_ns())

    @property
    def since_ns(self) -> int:
        """The begin of the gap that is open, 0 for none; one that is held back is not open."""
        return 0 if self._since is None or self._until_ns else self._since[0]

    def begin(self, since_ns: int, cause: GapCause, detail: str) -> None:
        """Open a gap at that time; one that is already open, or held back, goes on."""
        self._until_ns = 0
        if self._since is None:
            self._since = (max(since_ns, self._reported_ns), cause, detail)

    def explain(self, detail: str) -> None:
        """Say of an open gap what is known now: what was lost in it, and what was not."""
        if self._since is not None:
            self._since = (*self._since[:2], detail)

    def hold(self) -> None:
        """Hold the gap back: events arrive, but perhaps not for long. It is over if settle() comes before begin()."""
        self._until_ns = self._clock.wall_ns()

    def settle(self) -> None:
        """Report a gap that is held back: an event has come, or the connection has lasted."""
        if self._until_ns:
            self.end()

    def end(self) -> None:
        """Close the gap: events arrive again."""
        until_ns, self._until_ns = self._until_ns or self._clock.wall_ns(), 0
        if self._since is not None:
            since, self._since = self._since, None
            self._reported_ns = max(since[0], until_ns)
            self._gap(Gap(self._name, since[0], self._reported_ns, since[1], since[2]))

    def report(self, since_ns: int, cause: GapCause, detail: str, lost: int = -1) -> None:
        """Report a gap that is already over."""
        self._gap(Gap(self._name, since_ns, max(since_ns, self._clock.wall_ns()), cause, detail, lost))

    def report_now(self, cause: GapCause, detail: str) -> None:
        """Report that something may just have been missed."""
        self.report(self._clock.wall_ns(), cause, detail)

    def check_for_sleep(self) -> None:
        """Compare a clock that stops while the computer sleeps with one that goes on; cheap."""
        before = self._checked
        now = self._checked = (self._clock.monotonic(), self._clock.through_sleep(), self._clock.wall_ns())
        asleep = (now[1] - before[1]) - (now[0] - before[0])
        if asleep > SLEEP_S and self._since is None:
            self.report(before[2], GapCause.SLEPT, Message("The computer was suspended for {0:.0f} s.", asleep))
