"""The change from one receiving link to another, make before break.

The new link is attached first; the old one is drained and then closed, and the new one drained as well, so that each
event that both links deliver has come twice before comparing ends. Without that an event that the old link delivered
could be taken for the duplicate of a later, equal one.

A broker of many threads answers attaches and drains while a thread still routes an event with the bindings of a moment
ago. So there is a pause before the old link is drained, for events that are still put into its queue alone, and another
before comparing ends, for those that are put into the new queue last.

Until the old link is closed, events are held back as far as their order is not certain (``merging``).

Owner: ``Subscription``. Thread: the connection's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.amqp.merging import Merge, Side
from clacks_monitor.core.event import GapCause
from clacks_monitor.core.messages import Message
from clacks_monitor.networking.loop import OneTimer

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.amqp.codec import AmqpMessage
    from clacks_monitor.amqp.receiving import Inbox, ReceiverLink
    from clacks_monitor.core.event import RawMessage
    from clacks_monitor.networking.gap_tracker import GapTracker
    from clacks_monitor.networking.loop import Loop

PATIENCE: Final = 10.0
"""Seconds that a broker gets for answering an attach or a drain."""


class Handover:
    """One change; ``start()`` begins it when both links are attached. ``old`` is None once the old link is closed.

    ``linger_s`` is how long a thread of the broker may go on with old bindings, in seconds. Events that may have been
    missed or delivered twice are reported to ``gaps``. ``finished`` is called when the new link delivers alone.
    """

    def __init__(
        self,
        loop: Loop,
        old: ReceiverLink,
        new: ReceiverLink,
        inbox: Inbox,
        gaps: GapTracker,
        finished: Callable[[], None],
        linger_s: float,
    ) -> None:
        self.old: ReceiverLink | None = old
        self._loop, self._new, self._inbox, self._gaps, self._finished = loop, new, inbox, gaps, finished
        self._linger_s = linger_s
        self._merge = Merge()
        self._timer = OneTimer(loop)

    def start(self) -> None:
        """Ask the old link, after the pause, for everything that waits in the broker."""
        self._linger(self._drain_old)

    def end(self) -> None:
        """Stop waiting, and pass on what is held back; the links are the caller's."""
        self._timer.cancel()
        self._pass_on(self._merge.release())

    def receive(self, link: ReceiverLink, message: AmqpMessage) -> None:
        """Handle an event that one of the links has delivered."""
        if self._merge.overflowing:
            self._gaps.report_now(
                GapCause.FILTER_CHANGED,
                Message("So many events came during the change of filter that duplicates could not be recognised."),
            )
            self.end()
            if self.old is not None:
                self.old.close()
                self.old = None
            self._finish()
            self._inbox.put(message)
            return
        side = Side.OLD if link is self.old else Side.NEW
        self._pass_on(self._merge.put(side, message, self._inbox.arrived(message)))

    def _pass_on(self, raws: list[RawMessage]) -> None:
        for raw in raws:
            self._inbox.add(raw)

    def _drain_old(self) -> None:
        if self.old is not None:
            self._timer.set(PATIENCE, self._old_timed_out)
            self.old.drain(self._old_drained)

    def _old_drained(self) -> None:
        if self.old is not None:
            self.old.close()
        self.old_closed()

    def old_closed(self) -> None:
        """Ask the new link for everything that waits in the broker: the old one is gone."""
        self.old = None
        self._merge.old_ended()
        self._drain_new(self._caught_up)

    def _caught_up(self) -> None:
        """Pass on what was held back: the new link has delivered everything up to the end of the old one."""
        self._pass_on(self._merge.release())
        if self._linger_s:
            self._new.resume()
            self._linger(lambda: self._drain_new(self._finish))
        else:
            self._finish()

    def _drain_new(self, drained: Callable[[], None]) -> None:
        self._timer.set(PATIENCE, self._finish)
        self._new.drain(drained)

    def _old_timed_out(self) -> None:
        """Go on without the broker's answer."""
        self._gaps.report_now(
            GapCause.FILTER_CHANGED,
            Message("The broker did not report when all events of the old filter had been delivered."),
        )
        self._old_drained()

    def _finish(self) -> None:
        self.end()
        self._new.resume()
        self._finished()

    def _linger(self, action: Callable[[], None]) -> None:
        if self._linger_s:
            self._timer.set(self._linger_s, action)
        else:
            action()
