"""Which connections and archives give nothing although they should, and since when. Owner: its caller's thread.

The window, and whatever else shows connections, has one answer from here: a status alone does not say since when
a connection that has never worked is being tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clacks_monitor.core.connection import ConnectionSettings, ConnectionStatus


@dataclass(frozen=True, slots=True)
class Outage:
    """A connection that is open but receives nothing, or an ``archive`` in use whose server is out of reach.

    ``since_ns`` (wall clock) is the begin of the gap, or of the first failure where it has ``never`` worked.
    ``retry_ns`` is the time of the next attempt; ``trying`` is whether one is under way. Where neither holds, nothing
    is tried until the user does something.
    """

    connection_id: str
    name: str
    production: bool
    never: bool
    since_ns: int
    reason: str
    retry_ns: int
    trying: bool
    archive: bool = False


class Outages:
    """Remembers since when, and why, between two statuses of one outage."""

    def __init__(self) -> None:
        self._began: dict[str, int] = {}
        self._reasons: dict[str, str] = {}

    def find(
        self, statuses: Iterable[ConnectionStatus], connections: Iterable[ConnectionSettings]
    ) -> tuple[Outage, ...]:
        """Return the outages as the statuses have them: of production first, then the longest."""
        production = {settings.id for settings in connections if settings.production}
        down = [status for status in statuses if _is_down(status, known=status.connection_id in self._began)]
        self._began = {one.connection_id: self._began.get(one.connection_id, one.since_ns) for one in down}
        self._reasons = {one.connection_id: one.reason or self._reasons.get(one.connection_id, "") for one in down}
        found = [self._outage(status, production) for status in down]
        return tuple(sorted(found, key=lambda outage: (not outage.production, outage.since_ns, outage.name)))

    def _outage(self, status: ConnectionStatus, production: set[str]) -> Outage:
        identity = status.connection_id
        return Outage(
            identity,
            status.name,
            production=identity in production,
            never=not status.gap_since_ns,
            since_ns=status.gap_since_ns or self._began[identity],
            reason=self._reasons[identity],
            retry_ns=status.retry_ns,
            trying=status.state is ConnectionState.CONNECTING,
        )


def _is_down(status: ConnectionStatus, *, known: bool) -> bool:
    """Return whether nothing arrives; the first attempt of a connection is not an outage before it has failed."""
    if status.state is ConnectionState.CONNECTING:
        return known or bool(status.gap_since_ns)
    return status.state in {ConnectionState.LOST, ConnectionState.REFUSED}
