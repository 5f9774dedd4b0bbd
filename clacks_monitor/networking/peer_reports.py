"""Reports facts about the peer: at once when they have changed, but not more often than once in a period.

Thread: the connection's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.core.peer import PeerFacts
    from clacks_monitor.networking.loop import Loop, Timer

PERIOD_S: Final = 1.0
"""The shortest time between two reports, in seconds."""


class PeerReports:
    """Compares the facts with those of the last report, at most once in PERIOD_S seconds and only after activity."""

    def __init__(self, loop: Loop, facts: PeerFacts, notify: Callable[[PeerFacts], None]) -> None:
        self._loop, self._reported, self._notify = loop, facts, notify
        self._collect: Callable[[], PeerFacts] | None = None
        self._due = 0.0
        self._timer: Timer | None = None

    def begin(self, collect: Callable[[], PeerFacts]) -> None:
        """Report what ``collect`` returns from now on: the connection is open."""
        self._collect, self._due = collect, 0.0

    def end(self, facts: PeerFacts) -> None:
        """Report, if it was open, that the connection with these facts has ended."""
        if self._collect is None:
            return
        self._collect = None
        self._cancel()
        self._report(replace(facts, is_open=False))

    def after_turn(self) -> None:
        """Report what has changed, at once or at the end of the period."""
        if self._collect is None:
            return
        if self._loop.now() >= self._due:
            self._due = self._loop.now() + PERIOD_S
            self._cancel()
            self._report(self._collect())
        elif self._timer is None:
            # The turn at that time calls this method, when the period is over.
            self._timer = self._loop.later(self._due - self._loop.now(), lambda: None)

    def _report(self, facts: PeerFacts) -> None:
        if facts != self._reported:
            self._reported = facts
            self._notify(facts)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
