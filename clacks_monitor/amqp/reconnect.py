"""When to try again, and where: growing pauses with jitter, and the failover list. Owner: the line; its thread."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.failure import Failure

_random = secrets.SystemRandom()


@dataclass(frozen=True, slots=True)
class Backoff:
    """Pauses in seconds: the first, the longest, and the shortest after a failure that somebody must mend."""

    first: float = 0.25
    longest: float = 30.0
    lasting: float = 15.0


class Reconnect:
    """Goes round the hosts; the pause comes when all have been tried, and doubles each round.

    Half of each pause is chance: a hundred monitors must not all come back in the same second.
    """

    def __init__(
        self,
        hosts: tuple[tuple[str, int], ...],
        backoff: Backoff,
        chance: Callable[[], float] = _random.random,
    ) -> None:
        self._hosts = hosts
        self._backoff = backoff
        self._chance = chance
        self._tried = 0
        self._round = 0

    @property
    def host(self) -> tuple[str, int]:
        """The host to try now."""
        return self._hosts[self._tried % len(self._hosts)]

    def succeeded(self) -> None:
        """Begin anew with short pauses, and with the host that works."""
        self._tried %= len(self._hosts)
        self._round = 0

    def lost(self) -> float:
        """Return the pause before the first attempt after a working connection broke."""
        return self._backoff.first * self._chance()

    def failed(self, failure: Failure) -> float:
        """Go to the next host; return the pause in seconds before it."""
        self._tried += 1
        if self._tried % len(self._hosts):
            return 0.0
        pause = min(self._backoff.longest, self._backoff.first * 2**self._round)
        self._round = min(self._round + 1, 30)
        if failure.lasting:
            pause = max(pause, self._backoff.lasting)
        return float(pause * (0.5 + 0.5 * self._chance()))
