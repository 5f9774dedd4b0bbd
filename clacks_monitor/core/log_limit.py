"""Limits log records caused by untrusted input: rate for each place in the code, and length of each message."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from clacks_monitor.core.untrusted import clip

if TYPE_CHECKING:
    from collections.abc import Callable

LINES: Final = 5
SECONDS: Final = 60.0
"""Number of records of one place in the code that pass, and the seconds in which they do."""

MAX_MESSAGE: Final = 2_000
"""Characters of a message, without the traceback."""


class LogLimit(logging.Filter):
    """A filter for ``Logger.addFilter``. The first record that passes again names the number of those left out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._places: dict[tuple[str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a record passes."""
        place, now = (record.pathname, record.lineno), self._clock()
        since, count = self._places.get(place, (now, 0))
        left_out = max(0, count - LINES)
        if now - since >= SECONDS:
            since, count = now, 0
        elif count < LINES:
            left_out = 0
        self._places[place] = (since, count + 1)
        if count >= LINES:
            return False
        message = clip(record.getMessage(), MAX_MESSAGE)
        record.msg = f"{message} ({left_out:,} more of these were left out)" if left_out else message
        record.args = ()
        return True
