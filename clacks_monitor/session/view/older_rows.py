"""Rows that filtering again finds, on their way to the window: newest first, in portions that grow with the table.

Owner: the filter thread. What a portion costs the window depends on the rows that it has already, for all of them move
down; so a table of many millions is given few and large portions, and all of them together cost about as much as one.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clacks_monitor.session.notices import FilterProgress, Notice, ViewRows

if TYPE_CHECKING:
    from array import array

    from clacks_monitor.session.notices import Notify

NOTIFY_S = 0.2
"""How long rows are gathered before they are told, in seconds."""
LARGE, SHARE = 500_000, 16
"""From so many rows on, a portion is at least such a part of those that were told before."""


class OlderRows:
    """One time of filtering; ``total`` entries are to be looked at."""

    def __init__(self, notify: Notify, generation: int, total: int) -> None:
        self._notify, self._generation, self._total = notify, generation, total
        self._waiting: list[Notice] = []
        self._rows = self._notified = 0
        self._due = 0.0

    def add(self, sequences: array[int], tints: bytes) -> None:
        """Take rows that are all older than those before."""
        self._waiting.append(ViewRows(self._generation, sequences, tints, at_start=True))
        self._rows += len(sequences)

    def progress(self, done: int, shown: int) -> None:
        """Tell how far it is, and the rows: the first at once."""
        if time.monotonic() < self._due:
            return
        if self._notified < LARGE or self._rows * SHARE >= self._notified:
            self._give()
        self._report(done, shown, finished=False)
        self._due = time.monotonic() + NOTIFY_S

    def finish(self, done: int, shown: int) -> None:
        """Tell the rest, and that it is over."""
        self._give()
        self._report(done, shown, finished=True)

    def _give(self) -> None:
        self._notified += self._rows
        self._notify(self._waiting)
        self._waiting, self._rows = [], 0

    def _report(self, done: int, shown: int, *, finished: bool) -> None:
        self._notify([FilterProgress(self._generation, done, self._total, shown, finished=finished)])
