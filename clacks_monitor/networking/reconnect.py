"""When and where to connect again: growing pauses with jitter, and the failover list.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.networking.failure import Failure
    from clacks_monitor.networking.gap_tracker import GapTracker
    from clacks_monitor.networking.loop import Loop, Timer

FLAPPING: Final = 2
"""After so many connections that did not last, gaps are held back."""

_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses in seconds: the first, the longest, and the shortest after a failure that needs a change to go away.

    A connection that has worked for ``proven`` seconds is trusted: when it is lost, pauses begin again with the first.
    One that ends sooner counts as another failure, or a broker that accepts connections only to end them would be
    tried without end.
    """

    first: float = 0.25
    longest: float = 30.0
    lasting: float = 15.0
    proven: float = 10.0


RECORDER_BACKOFF: Final = Backoff(longest=2.0, lasting=5.0)
"""Shorter pauses than a monitor's: there are two recorders at a bus, not a hundred."""


class Reconnect:
    """Tries the hosts in turn; the pause comes when all have been tried, and doubles each round.

    ``proven`` is whether the last connection worked for long enough to be trusted. Half of each pause is random: a
    hundred monitors must not all come back in the same second.
    """

    def __init__(
        self,
        hosts: tuple[tuple[str, int], ...],
        backoff: Backoff,
        chance: Callable[[], float] = _random.random,
    ) -> None:
        self._own = self._hosts = hosts
        self._backoff = backoff
        self._chance = chance
        self._tried = 0
        self._round = 0
        self.proven = False

    def learn(self, hosts: tuple[tuple[str, int], ...]) -> None:
        """Try these as well, after those that the user has named; they replace what was learnt before."""
        self._hosts = tuple(dict.fromkeys((*self._own, *hosts)))

    @property
    def host(self) -> tuple[str, int]:
        """The host to try now."""
        return self._hosts[self._tried % len(self._hosts)]

    def lasted(self) -> None:
        """Trust the connection: the next pauses are short again, and begin with the host that works."""
        self._tried %= len(self._hosts)
        self._round = 0
        self.proven = True

    def failed(self, failure: Failure) -> float:
        """Return the pause in seconds before the next attempt.

        That is at the same host after a connection that was trusted, else at the next one.
        """
        if self.proven:
            self.proven = False
            return self._backoff.first * self._chance()
        self._tried += 1
        if self._tried % len(self._hosts):
            return 0.0
        pause = min(self._backoff.longest, self._backoff.first * 2**self._round)
        self._round = min(self._round + 1, 30)
        if failure.lasting:
            pause = max(pause, self._backoff.lasting)
        return float(pause * (0.5 + 0.5 * self._chance()))


class Probation:
    """Whether a connection lasts: after ``Backoff.proven`` seconds it is trusted, and a gap held back is reported."""

    def __init__(self, loop: Loop, reconnect: Reconnect, gaps: GapTracker, proven_s: float) -> None:
        self._loop, self._reconnect, self._gaps, self._proven_s = loop, reconnect, gaps, proven_s
        self._failures = 0
        self._timer: Timer | None = None

    @property
    def flapping(self) -> bool:
        """Whether the last connections have not lasted: gaps are held back, to grow instead of becoming many."""
        return self._failures >= FLAPPING

    def begin(self) -> None:
        """Note that the connection works; once more while it does has no effect."""
        if self._timer is None:
            self._timer = self._loop.later(self._proven_s, self._lasted)

    def end(self) -> None:
        """Note that the connection or its subscription has ended, perhaps before it had lasted."""
        if self._timer is not None:
            self._failures += not self._reconnect.proven
            self._timer.cancel()
            self._timer = None

    def _lasted(self) -> None:
        self._failures = 0
        self._reconnect.lasted()
        self._gaps.settle()
