"""The state while the disk is full: the entries that wait in memory, the number lost, and the gap that reports it.

Used by the capture's owner, under its lock.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from clacks_monitor.core.event import Event, Gap, GapCause
from clacks_monitor.core.messages import counted
from clacks_monitor.core.storage_errors import CaptureFull

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.captures.appending import Appender
    from clacks_monitor.captures.reading import CaptureLocation
    from clacks_monitor.core.event import Entry

SLICE = 500
_FULL_CODES = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}


def is_full(error: sqlite3.Error) -> bool:
    """Whether an error means that the disk is full."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code in _FULL_CODES or (code & 0xFF) == sqlite3.SQLITE_FULL


class DiskFull:
    """Entries that could not be written. ``missed`` counts events that did not fit into memory either."""

    def __init__(self, location: CaptureLocation) -> None:
        self._location = location
        self._since = 0
        self._until = 0
        self.missed = 0

    @property
    def waiting(self) -> int:
        """How many entries wait in memory."""
        return len(self._location.overflow)

    def keep(self, following: int, entries: Sequence[Entry]) -> CaptureFull:
        """Keep ``entries`` in memory, from number ``following`` on, or count them as missed; return the error."""
        if entries:
            self._since = self._since or entries[0].wall_ns
            self._until = entries[-1].wall_ns
        # Once something was missed, its gap comes next: nothing more can wait behind it.
        first = 0 if self.missed else self._location.overflow.add(following, entries)
        if not first:
            self.missed += sum(isinstance(entry, Event) for entry in entries)
        waiting = counted(self.waiting, "entry waits", "entries wait")
        lost = f", {counted(self.missed, 'is', 'are')} lost" if self.missed else ""
        return CaptureFull(
            f"There is no room on the disk for {self._location.path}: {waiting} in memory{lost}."
            " Make room there, and recording goes on by itself.",
            first=first,
            waiting=self.waiting,
            missed=self.missed,
            since_ns=self._since,
        )

    def write_waiting(self, appender: Appender) -> None:
        """Write the waiting entries in slices, so that a disk that is still full takes little time, and then the gap.

        Raises sqlite3.Error if the disk is still full.
        """
        overflow = self._location.overflow
        while waiting := overflow.view()[1][:SLICE]:
            appender.append(waiting)
            overflow.remove(len(waiting))
        if self._since:
            fate = counted(self.missed, "event was lost", "events were lost") if self.missed else "no event was lost"
            text = f"The disk was full; {fate}."
            until = max(self._until, self._since)
            appender.append([Gap("", self._since, until, GapCause.DISK_FULL, text, self.missed)])
            self._since = self._until = self.missed = 0
