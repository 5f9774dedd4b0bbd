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
    """Pauses in seconds: the first, the longest, and the shortest after a failure that somebody must mend.

    A connection that has worked for ``proven`` seconds is trusted: when it is lost, pauses begin anew. One that ends
    sooner counts as another failure, or a broker that takes connections only to end them would be dialled without end.
    """

    first: float = 0.25
    longest: float = 30.0
    lasting: float = 15.0
    proven: float = 10.0


class Reconnect:
    """Goes round the hosts; the pause comes when all have been tried, and doubles each round.

    ``proven`` is whether the last connection worked for long enough to be trusted. Half of each pause is chance: a
    hundred monitors must not all come back in the same second.
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
        self.proven = False

    @property
    def host(self) -> tuple[str, int]:
        """The host to try now."""
        return self._hosts[self._tried % len(self._hosts)]

    def lasted(self) -> None:
        """Trust the connection: begin anew with short pauses, and with the host that works."""
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
