"""The status of a connection, reported at each change.

Owner: ``ConnectionWorker``. Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clacks_monitor.core.connection import ConnectionState, ConnectionStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.connection import ConnectionSettings
    from clacks_monitor.networking.batch import Batch
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.gap_tracker import GapTracker


class StatusReporter:
    """``current`` is the last status. Events that came before a change are passed on before it is reported."""

    def __init__(
        self,
        settings: ConnectionSettings,
        clock: Clock,
        batch: Batch,
        gaps: GapTracker,
        notify: Callable[[ConnectionStatus], None],
    ) -> None:
        self.current = ConnectionStatus(settings.id, settings.name, ConnectionState.CONNECTING, clock.wall_ns())
        self._clock, self._batch, self._gaps, self._notify = clock, batch, gaps, notify

    def update(self, **changes: object) -> None:
        """Report the status if it has changed."""
        new = replace(self.current, gap_since_ns=self._gaps.since_ns, **changes)  # type: ignore[arg-type] # the names are those of its fields
        if new == self.current:
            return
        self.current = replace(new, since_ns=self._clock.wall_ns()) if new.state is not self.current.state else new
        self._batch.flush()
        self._notify(self.current)

    def up(self, reason: str = "", **changes: object) -> None:
        """Report that the connection works; ``reason`` is what is to be known about it nevertheless."""
        self.update(state=ConnectionState.CONNECTED, reason=reason, retry_ns=0, attempt=0, **changes)

    def down(self, state: ConnectionState, reason: str, retry_ns: int = 0) -> None:
        """Report that there is no connection."""
        self.update(state=state, reason=reason, retry_ns=retry_ns, subscribed=False, queue_depth=-1.0)
