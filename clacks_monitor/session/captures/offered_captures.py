"""Captures that jobs have opened or created, each until the session uses it or refuses it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.ending import wait_for
from clacks_monitor.session.captures.capture_tally import CaptureCounts, counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.config import Saver
    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.store import EventStore
    from clacks_monitor.session.captures.capture_limits import CaptureLimits

CLOSING_S = 10.0
"""How long opening a capture waits for one that is being closed."""


class OfferedCaptures:
    """Opens and creates captures, and keeps them by their paths. ``folder`` is that of temporary captures. Any thread.

    ``closer`` is what closes the captures that are not used any more.
    """

    def __init__(self, files: CaptureFiles, folder: Path, limits: CaptureLimits, closer: Saver) -> None:
        self.folder = folder
        self._files = files
        self._limits = limits
        self._closer = closer
        self._lock = threading.Lock()
        self._offered: dict[Path, tuple[EventStore, CaptureCounts]] = {}

    def open(self, path: Path, *, read_only: bool = False) -> int:
        """Open a capture and offer it; return how many entries it has. Raises StorageError."""
        wait_for(self._closer.stop(), CLOSING_S)  # this capture may be the one that is being closed
        return self._offer(self._files.open_readonly(path) if read_only else self._files.open_capture(path))

    def open_by(self, open_store: Callable[[], EventStore]) -> tuple[Path, int]:
        """Open a store and offer it; return its path, and how many entries it has. Raises StorageError."""
        store = open_store()
        return store.path, self._offer(store)

    def _offer(self, capture: EventStore) -> int:
        try:
            return self.offer(capture)
        except BaseException:
            capture.close()
            raise

    def create(self) -> EventStore:
        """Create an empty temporary capture, which is not offered. Raises StorageError."""
        return self._limits.apply_to_new(self._files.create_temporary(self.folder))

    def make(self) -> Path:
        """Create an empty temporary capture and offer it. Raises StorageError."""
        made = self.create()
        self.offer(made)
        return made.path

    def offer(self, capture: EventStore) -> int:
        """Keep a capture until it is popped or refused; return how many entries it has. Raises StorageError."""
        counts = counted(capture)
        with self._lock:
            replaced = self._offered.pop(capture.path, None)
            self._offered[capture.path] = capture, counts
        if replaced is not None:
            replaced[0].close()
        first, last = counts.bounds
        return last - first + 1 if last else 0

    def pop(self, path: Path) -> tuple[EventStore, CaptureCounts] | None:
        """Remove a capture and return it with its counts, None when there is none."""
        with self._lock:
            return self._offered.pop(path, None)

    def refuse(self, path: Path) -> None:
        """Close a capture that is not wanted."""
        offered = self.pop(path)
        if offered is not None:
            offered[0].close()

    def close(self) -> None:
        """Close all that are left."""
        for path in list(self._offered):
            self.refuse(path)
