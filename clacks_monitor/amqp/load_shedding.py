"""Load shedding: drops and counts events unread while the own queue in the broker is too full.

Owner: ``Reception``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.event import GapCause
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from clacks_monitor.amqp.queue_statistics import QueueStatistics
    from clacks_monitor.amqp.receiving import ReceiverLink
    from clacks_monitor.networking.clock import Clock
    from clacks_monitor.networking.gap_tracker import GapTracker


class LoadShedding:
    """Sheds the load of one link at a time; when that is over, the gap is reported."""

    def __init__(self, clock: Clock, gaps: GapTracker) -> None:
        self._clock, self._gaps = clock, gaps
        self._since_ns = 0

    def begin(self, link: ReceiverLink, statistics: QueueStatistics) -> None:
        """Drop what the link delivers from now on."""
        statistics.shedding = True
        if not link.shed:
            link.shed = True
            self._since_ns = self._clock.wall_ns()

    def end(self, link: ReceiverLink | None, statistics: QueueStatistics) -> None:
        """Receive everything again, and report how many events have been dropped."""
        statistics.shedding = False
        if link is not None and link.shed:
            link.shed = False
            text = Message(
                "The own queue in the broker filled up; events were dropped so that publishers are not held up."
            )
            self._gaps.report(self._since_ns, GapCause.SHED, text, link.shed_count)
            link.shed_count = 0
