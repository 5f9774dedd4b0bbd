"""Times on the command line. Thread: main."""

from __future__ import annotations

import time

from clacks_monitor.core.moments import moment_from


def moment_of(text: str | None, near_ns: int) -> int:
    """Return the time that a text names, 0 for None; a time of day is on the day of the capture. Raises ValueError."""
    if text is None:
        return 0
    found = moment_from(text, near_ns, time.time_ns())
    if found is None:
        raise ValueError(f"{text} is not a time; for example 14:02, or 2026-11-24 14:02:10")
    return found
