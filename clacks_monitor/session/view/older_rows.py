"""Sends the rows that filtering the capture again has found to the window, newest first.

Owner: the filter thread.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clacks_monitor.session.notices import FilterProgress, Notice, ViewRows
from clacks_monitor.session.view.folding import NONE_FOLDED, Folded

if TYPE_CHECKING:
    from array import array

    from clacks_monitor.session.notices import Notify

NOTIFY_S = 0.2
"""How long rows are collected before they are sent, in seconds."""


class OlderRows:
    """The rows of one refilter, which decides on ``total`` entries."""

    def __init__(self, notify: Notify, generation: int, total: int) -> None:
        self._notify, self._generation, self._total = notify, generation, total
        self._waiting: list[Notice] = []
        self._due = 0.0

    def add(self, sequences: array[int], tints: bytes, folded: Folded = NONE_FOLDED) -> None:
        """Add rows, all older than those before."""
        given = ViewRows(
            self._generation, sequences, tints, at_start=True, folded=folded.folded, repeated=folded.repeated
        )
        self._waiting.append(given)

    def progress(self, done: int, shown: int) -> None:
        """Send the progress, and the rows if they are due: the first without delay."""
        if time.monotonic() < self._due:
            return
        self._give()
        self._report(done, shown, finished=False)
        self._due = time.monotonic() + NOTIFY_S

    def finish(self, done: int, shown: int) -> None:
        """Send the remaining rows and the end of the refilter."""
        self._give()
        self._report(done, shown, finished=True)

    def _give(self) -> None:
        self._notify(self._waiting)
        self._waiting = []

    def _report(self, done: int, shown: int, *, finished: bool) -> None:
        self._notify([FilterProgress(self._generation, done, self._total, shown, finished=finished)])
