"""What a command records beside printing: each trouble is told once, when it begins and when it is over.

Used by one thread after the other: the connection's appends, the main one closes when that has ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.config import SettingsStore
from clacks_monitor.core.event import Event
from clacks_monitor.core.messages import counted
from clacks_monitor.core.storage_errors import CaptureFull, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from clacks_monitor.core.event import Entry
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.core.store import CaptureFiles


class Recording:
    """A capture that is recorded into; one that is there already is continued. Raises StorageError if it cannot be."""

    def __init__(self, files: CaptureFiles, path: Path, notify: Callable[[list[str]], None], folders: Folders) -> None:
        self._capture = files.open_capture(path) if path.exists() else files.create(path)
        self._notify = notify
        self._look_at_limits(folders)
        self._trouble = False
        self._refused = 0
        self.lost = 0
        """Events that did not get into the file; complete after close()."""

    def _look_at_limits(self, folders: Folders) -> None:
        """Obey the limits that the capture has brought if this user has set them in the window."""
        stored = self._capture.stored_retention
        if stored is None:
            return
        if SettingsStore(folders.settings_file).limits_of(self._capture.id) == stored:
            self._capture.use_stored_retention()
        else:
            name = self._capture.path.name
            self._notify([f"{name} has limits that were not set here; they are not obeyed: nothing is deleted"])

    def append(self, entries: Sequence[Entry]) -> None:
        """Record; what has no room now is recorded later if it can be, and told as a gap if not."""
        missed = self._capture.missed
        try:
            self._capture.append(entries)
        except StorageError as error:
            if not isinstance(error, CaptureFull):
                self._refused += sum(isinstance(entry, Event) for entry in entries)
            if not self._trouble:
                self._trouble = True
                self._notify([f"not recorded: {error}"])
        else:
            if self._trouble:
                self._over(missed)

    def _over(self, missed: int) -> None:
        lost = missed + self._refused
        self.lost += lost
        self._trouble, self._refused = False, 0
        self._notify(
            [f"recording again; {counted(lost, 'event')} lost" if lost else "recording again; nothing was lost"]
        )

    def close(self) -> None:
        """Write what can still be written, and close the file."""
        self._capture.close()
        self.lost += self._refused + self._capture.missed + self._capture.waiting
