"""A line on standard error that says how far a command is. Thread: the one that writes it."""

from __future__ import annotations

import sys
import time
from contextlib import suppress

from clacks_monitor.core.messages import counted, printable

_PROGRESS_S = 0.2


class ProgressLine:
    """How far it is, on standard error where that is a terminal and rows do not go to one too."""

    def __init__(self) -> None:
        self._wanted = sys.stderr.isatty()
        self._shown = ""
        self._last = time.monotonic()

    def show(self, done: int, total: int) -> None:
        """Write the line anew, seldom."""
        if not self._wanted or time.monotonic() - self._last < _PROGRESS_S:
            return
        self._last = time.monotonic()
        self.clear()
        self._shown = f"{done:,} of {counted(total, 'entry', 'entries')}"
        with suppress(OSError):
            sys.stderr.write(printable(self._shown))
            sys.stderr.flush()

    def clear(self) -> None:
        """Remove the line."""
        if self._shown:
            sys.stderr.write("\r" + " " * len(self._shown) + "\r")
            sys.stderr.flush()
            self._shown = ""
