"""Ends what a test has begun, and fails when it does not end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from clacks_monitor.core.ending import wait_for

if TYPE_CHECKING:
    import threading

PATIENCE_S = 20.0


class Stoppable(Protocol):
    """Something with threads."""

    def stop(self) -> list[threading.Thread]:
        """Ask them to end."""
        ...


def end(part: Stoppable) -> None:
    """Stop something and wait for its threads."""
    left = wait_for(part.stop(), PATIENCE_S)
    assert not left, f"these did not end: {left}"
