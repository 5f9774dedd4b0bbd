"""Passes calls of other threads to the session's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.core.mailbox import Mailbox

if TYPE_CHECKING:
    from collections.abc import Callable


class SessionThread:
    """Calls wait here until the session's thread runs them. ``wake`` is called when one waits, and must only signal."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._calls: Mailbox[Callable[[], object]] = Mailbox(wake)

    def submit(self, call: Callable[[], object]) -> None:
        """Have ``call`` run on the session's thread. Any thread."""
        self._calls.put([call])

    def run_waiting(self) -> None:
        """Run the waiting calls, on the session's thread."""
        for call in self._calls.drain():
            call()

    def close(self) -> None:
        """Drop the waiting calls, and accept no more."""
        self._calls.close()
