"""The change from one receiving link to another, make before break.

The new link is attached first; the old one is drained and then closed, and the new one drained as well, so that each
event that both links deliver has come twice before comparing ends. Without the second drain an event that the old link
delivered could be taken for the duplicate of a later, equal one.

Owner: ``Subscription``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.deduplication import Deduplicator, Side
from clacks_monitor.core.event import GapCause
from clacks_monitor.core.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.gap_tracker import GapTracker
    from clacks_monitor.amqp.loop import Loop, Timer
    from clacks_monitor.amqp.receiving import ReceiverLink

PATIENCE: Final = 10.0
"""Seconds that a broker gets for answering an attach or a drain."""


class Handover:
    """One change; ``start()`` begins it when both links are attached. ``old`` is None once the old link is closed.

    Events that may have been missed or delivered twice are reported to ``gaps``. ``finished`` is called when the new
    link delivers alone.
    """

    def __init__(
        self,
        loop: Loop,
        old: ReceiverLink,
        new: ReceiverLink,
        gaps: GapTracker,
        finished: Callable[[], None],
    ) -> None:
        self.old: ReceiverLink | None = old
        self._loop, self._new, self._gaps, self._finished = loop, new, gaps, finished
        self._deduplicator = Deduplicator()
        self._timer: Timer | None = None

    def start(self) -> None:
        """Ask the old link for everything that waits in the broker."""
        if self.old is not None:
            self.old.drain(self._old_drained)
            self._restart_timer()

    def cancel(self) -> None:
        """Stop waiting; the links are the caller's."""
        if self._timer is not None:
            self._timer.cancel()

    def is_first(self, link: ReceiverLink, message: AmqpMessage) -> bool:
        """Return whether an event has not been delivered by the other link."""
        if self._deduplicator.overflowing:
            self._gaps.report_now(
                GapCause.FILTER_CHANGED,
                Message("So many events came during the change of filter that duplicates could not be recognised."),
            )
            self._timed_out()
            return True
        return self._deduplicator.is_first(Side.OLD if link is self.old else Side.NEW, message)

    def _old_drained(self) -> None:
        if self.old is not None:
            self.old.close()
        self.old_closed()

    def old_closed(self) -> None:
        """Ask the new link for everything that waits in the broker: the old one is gone."""
        self.old = None
        self._deduplicator.old_ended()
        self._new.drain(self._new_drained)
        self._restart_timer()

    def _timed_out(self) -> None:
        """Go on without the broker's answer."""
        if self.old is not None:
            self._gaps.report_now(
                GapCause.FILTER_CHANGED,
                Message("The broker did not report when all events of the old filter had been delivered."),
            )
            self._old_drained()
        else:
            self._new_drained()

    def _new_drained(self) -> None:
        self._new.resume()
        self.cancel()
        self._finished()

    def _restart_timer(self) -> None:
        self.cancel()
        self._timer = self._loop.later(PATIENCE, self._timed_out)
