"""The capture in use, and how it is replaced by another. Owner: the session's thread."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from clacks_monitor.config import Saver
from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.files import is_there
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.core.store import EventReader, EventStore, Retention
from clacks_monitor.session.captures.capture_limits import CaptureLimits
from clacks_monitor.session.captures.capture_tally import CaptureCounts, CaptureTally, counted
from clacks_monitor.session.captures.offered_captures import OfferedCaptures
from clacks_monitor.session.notices import CaptureChanged

if TYPE_CHECKING:
    from collections.abc import Callable

    from clacks_monitor.config import SettingsStore
    from clacks_monitor.core.capture_files import CaptureFiles
    from clacks_monitor.core.folders import Folders
    from clacks_monitor.session.notices import Notify
    from clacks_monitor.session.receiving.counting import Counting

__all__ = ["CaptureUse", "Retention", "Unreadable"]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A capture that was to be opened and cannot be read, and why."""

    path: Path
    reason: str
    recoverable: bool = True
    """Whether it is a file, of which something may be recovered."""


@dataclass(frozen=True, slots=True)
class OpenedCapture:
    """An existing capture that was opened and counted before there is a session; without one it has to be closed."""

    capture: EventStore
    counts: CaptureCounts


def open_existing(files: CaptureFiles, path: Path | None) -> Path | OpenedCapture | Unreadable | None:
    """Open a capture that exists, for a session that is built later; another path is returned as it is. Any thread."""
    if path is None or not is_there(path):
        return path
    return _opened(lambda: files.open_capture(path), path)


def open_archive(open_url: Callable[[str], EventStore], url: str) -> OpenedCapture | Unreadable:
    """Open an archive by ``open_url``, for a session that is built later. Any thread."""
    found = _opened(lambda: open_url(url), Path(url.partition("?")[0]))
    return replace(found, recoverable=False) if isinstance(found, Unreadable) else found


def _opened(open_store: Callable[[], EventStore], path: Path) -> OpenedCapture | Unreadable:
    try:
        capture = open_store()
        try:
            return OpenedCapture(capture, counted(capture))
        except BaseException:
            capture.close()
            raise
    except StorageError as error:
        return Unreadable(path, str(error))


class CaptureListener(Protocol):
    """Is called when another capture is used, on the session's thread."""

    def use_capture(self, capture: EventStore) -> None:
        """Use another capture from now on."""
        ...


class CaptureUse:
    """The capture that is written and shown. Methods that can fail return the reason why not, or ""."""

    def __init__(
        self,
        files: CaptureFiles,
        folders: Folders,
        path: Path | OpenedCapture | Unreadable | None,
        counting: Counting,
        notify: Notify,
        *,
        ring: Retention | None = None,
        settings: SettingsStore | None = None,
        saver: Saver | None = None,
    ) -> None:
        self._files = files
        self._tally = CaptureTally(counting)
        self.limits = CaptureLimits(ring, settings, notify)
        self._notify = notify
        self._saver = saver or Saver(lambda _error: None)
        self.offered = OfferedCaptures(files, folders.unsaved, self.limits, self._saver)
        self._discarded = False
        self._listeners: list[CaptureListener] = []
        self.unreadable: Unreadable | None = None
        self.current = self._first(path)

    def _first(self, given: Path | OpenedCapture | Unreadable | None) -> EventStore:
        """Return the capture to begin with: a temporary one when the file cannot be read, so that nothing is missed."""
        found = open_existing(self._files, given) if isinstance(given, Path) else given
        if isinstance(found, OpenedCapture):
            self.current = found.capture
            self._tally.begin(self.current, found.counts)
            self.limits.use_stored(self.current)
            return self.current
        if isinstance(found, Path):
            try:
                self.current = self.limits.apply_to_new(self._files.create(found))
            except StorageError as error:
                found = Unreadable(found, str(error))
            else:
                self._tally.begin(self.current)
                return self.current
        self.unreadable = found if isinstance(found, Unreadable) else None
        self.current = self.offered.create()
        self._tally.begin(self.current)
        return self.current

    @property
    def path(self) -> Path:
        """Where the capture is."""
        return self.current.path

    @property
    def is_file(self) -> bool:
        """Whether it is a file, and not an archive."""
        return not names_archive(self.current.address)

    @property
    def temporary(self) -> bool:
        """Whether it is removed when the program ends, unless it is saved."""
        return self.current.is_temporary

    @property
    def read_only(self) -> bool:
        """Whether nothing can be recorded, marked or commented in it: perhaps another monitor writes to it."""
        return self.current.read_only

    def adopt(self, path: Path) -> str:
        """Use a capture that was offered."""
        offered = self.offered.pop(path)
        if offered is None:
            return f"There is no capture {path}."
        old = self.current
        self.current, counts = offered
        self._tally.begin(self.current, counts)
        self.unreadable = None
        self.limits.use_stored(self.current)
        for listener in self._listeners:
            listener.use_capture(self.current)
        self._saver.save(old, old.close)  # which writes what its log holds into the file
        self._notify([CaptureChanged()])
        return ""

    def discard(self) -> None:
        """Have the capture removed at the end of the program if it is temporary."""
        self._discarded = True

    def close(self) -> None:
        """Close everything. The next run finds a temporary capture with events unless discard() was called."""
        self.offered.close()
        keep = not self._discarded and self._tally.has_entries()
        self.current.close(keep=keep)

    @property
    def ring(self) -> Retention:
        """The limits of the capture in use; all 0 for none."""
        return self.current.retention or Retention()

    def add_listener(self, listener: CaptureListener) -> None:
        """Have a listener called when another capture is used."""
        self._listeners.append(listener)

    def count_added(self, reader: EventReader) -> int:
        """Count what a reader of the archive in use finds to be new, as count_more() does. The thread that follows."""
        return self._tally.count_more(reader)

    def count_more(self) -> int:
        """Count what another monitor has recorded into a capture that is open for reading only.

        Return the sequence number of the newest entry if there are new ones, else 0.
        """
        if not self.read_only:
            return 0
        try:
            with self.current.reader() as reader:
                return self._tally.count_more(reader)
        except StorageError:
            return 0  # perhaps the other monitor moves or closes the file: the next call counts again
