"""The capture in use: opening, replacing, its ring. Owner: the session's thread; offer() is for any."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor.session.notices import CaptureChanged, Notice
from clacks_monitor.storage import Capture, Folders, Ring, StorageError, abandoned, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from clacks_monitor.session.counting import Counting

__all__ = ["CaptureUse", "Ring", "Unreadable"]


MOST_AT_ONCE = 5_000
"""Entries of another monitor that are read one by one; adding up a month takes longer than so many."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A capture that was to be opened and cannot be read, and why."""

    path: Path
    reason: str


class CaptureUse:
    """Which capture is written and shown. Methods that can fail return the reason why not, or ""."""

    def __init__(
        self,
        folders: Folders,
        path: Path | None,
        counting: Counting,
        tell: Callable[[Iterable[Notice]], None],
        *,
        ring: Ring | None = None,
    ) -> None:
        self._folders = folders
        self._counting = counting
        self._tell = tell
        self._ring = ring
        self._lock = threading.Lock()
        self._offered: dict[Path, Capture] = {}
        self._discarded = False
        self.changed: Callable[[Capture], None] = lambda _capture: None
        self.grown: Callable[[int], None] = lambda _last: None
        self._begins = self._last = 0
        self.unreadable: Unreadable | None = None
        self.current = self._first(path)

    def _first(self, path: Path | None) -> Capture:
        """Return the capture to begin with: a temporary one when the file cannot be read, so that nothing is missed."""
        if path is not None:
            try:
                self.current = self._opened(path)
                self._count()
            except StorageError as error:
                self.unreadable = Unreadable(path, str(error))
            else:
                return self.current
        self.current = self._temporary()
        self._count()
        return self.current

    def _opened(self, path: Path) -> Capture:
        if path.exists():
            return Capture.open(path)
        made = Capture.create(path)
        made.set_ring(self._ring)
        return made

    def _temporary(self) -> Capture:
        made = Capture.temporary(self.unsaved)
        made.set_ring(self._ring)
        return made

    @property
    def path(self) -> Path:
        """Where the capture is."""
        return self.current.path

    @property
    def temporary(self) -> bool:
        """Whether it goes when the program ends, unless it is saved."""
        return self.current.is_temporary

    @property
    def read_only(self) -> bool:
        """Whether nothing can be recorded, marked or commented in it: perhaps another monitor writes to it."""
        return self.current.read_only

    @property
    def unsaved(self) -> Path:
        """The folder of temporary captures."""
        return self._folders.unsaved

    def size(self) -> int:
        """Return its size on disk in bytes."""
        return self.current.size()

    def open(self, path: Path, *, read_only: bool = False) -> str:
        """Show an existing capture and continue it, or only look at it while another monitor records into it."""
        reason = self._replace(lambda: Capture.open_readonly(path) if read_only else Capture.open(path))
        if reason:
            self.unreadable = Unreadable(path, reason)
        return reason

    def new(self) -> str:
        """Begin an empty temporary capture."""
        return self._replace(self._temporary)

    def _replace(self, make: Callable[[], Capture]) -> str:
        old = self.current
        try:
            self.current = make()
            self._count()
        except StorageError as error:
            if self.current is not old:
                self.current.close()
                self.current = old
            return str(error)
        self.unreadable = None
        self.changed(self.current)
        old.close()
        self._tell([CaptureChanged()])
        return ""

    # -- captures that were not saved ----------------------------------------------------------------------------

    def offer(self, capture: Capture) -> None:
        """Keep a capture that a job made until adopt() shows it. Any thread."""
        with self._lock:
            self._offered[capture.path] = capture

    def adopt(self, path: Path) -> str:
        """Show a capture that was offered."""
        with self._lock:
            capture = self._offered.pop(path, None)
        return self._replace(lambda: capture) if capture is not None else f"There is no capture {path}."

    def refuse(self, path: Path) -> None:
        """Let a capture go that was offered."""
        with self._lock:
            capture = self._offered.pop(path, None)
        if capture is not None:
            capture.close()

    def abandoned(self) -> list[Path]:
        """Return the captures of earlier runs that were neither saved nor given up, the newest first."""
        return abandoned(self.unsaved)

    def remove_abandoned(self, path: Path) -> str:
        """Remove one of them."""
        try:
            remove(path)
        except StorageError as error:
            return str(error)
        return ""

    def discard(self) -> None:
        """Say that the capture, if it is temporary, may go when the program ends."""
        self._discarded = True

    def close(self) -> None:
        """Close everything. A temporary capture with events that nobody said to discard is found by the next run."""
        for path in list(self._offered):
            self.refuse(path)
        keep = not self._discarded and bool(self._counting.received + self._counting.gaps)
        self.current.close(keep=keep)

    # -- the ring ------------------------------------------------------------------------------------------------

    @property
    def ring(self) -> Ring:
        """The limits of the capture in use; all 0 for none."""
        return self.current.ring or Ring()

    def set_ring(self, limits: Ring, *, new_ones_too: bool) -> str:
        """Bound the capture in use from now on, and on request those that are begun later."""
        found = limits if limits != Ring() else None
        if new_ones_too:
            self._ring = found
        try:
            self.current.set_ring(found)
        except StorageError as error:
            return str(error)
        return ""

    # -- counting ------------------------------------------------------------------------------------------------

    def _count(self) -> None:
        with self.current.reader() as reader:
            counts = {found.type: (found.count, found.last_ns) for found in reader.type_counts()}
            self._counting.start(counts, invalid=reader.invalid_count(), gaps=reader.gap_count())
            self._begins, self._last = reader.bounds()

    def _count_on(self) -> None:
        """Count what came since; everything only where the beginning has gone, or where very much came."""
        with self.current.reader() as reader:
            begins, last = reader.bounds()
            if (begins, last) == (self._begins, self._last):
                return
            if begins == self._begins and last - self._last <= MOST_AT_ONCE:
                self._counting.add([entry for _number, entry in reader.entries(range(self._last + 1, last + 1))])
                self._last = last
                return
        self._count()

    def look_for_more(self) -> None:
        """See what another monitor has recorded since into a capture that is only looked at."""
        if not self.read_only:
            return
        before = self._last
        try:
            self._count_on()
        except StorageError:
            return  # a moment in which the other one moves or closes the file; it is looked at again soon
        if self._last > before:
            self.grown(self._last)
