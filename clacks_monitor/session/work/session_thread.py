"""Passes calls of other threads to the session's thread."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from clacks_monitor.core.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable


class SessionThread:
    """Calls wait here until the session's thread runs them. ``wake`` is called when one waits, and must only signal."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._calls: Mailbox[Callable[[], object]] = Mailbox(wake)
        self._due: deque[Callable[[], object]] = deque()

    def submit(self, call: Callable[[], object]) -> None:
        """Have ``call`` run on the session's thread. Any thread."""
        self._calls.put([call])

    def run_waiting(self) -> None:
        """Run the waiting calls, on the session's thread."""
        self._due.extend(self._calls.drain())
        while self._due:  # one that opens a dialog runs the others while that is open
            self._due.popleft()()

    def close(self) -> None:
        """Drop the waiting calls, and accept no more."""
        self._calls.close()
