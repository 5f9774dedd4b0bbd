"""The capture in use: opening, saving, replacing. Owner: the session's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.session.notices import CaptureChanged, Notice
from clacks_monitor.storage import Capture, Folders, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from clacks_monitor.session.counting import Counting


class CaptureUse:
    """Which capture is written and shown. Methods that can fail return the reason why not, or ""."""

    def __init__(
        self,
        folders: Folders,
        path: Path | None,
        counting: Counting,
        tell: Callable[[Iterable[Notice]], None],
    ) -> None:
        self._folders = folders
        self._counting = counting
        self._tell = tell
        self.changed: Callable[[Capture], None] = lambda _capture: None
        self.current = _opened(path) if path is not None else Capture.temporary(folders.unsaved)
        self._count()

    @property
    def path(self) -> Path:
        """Where the capture is."""
        return self.current.path

    @property
    def temporary(self) -> bool:
        """Whether it goes when the program ends, unless it is saved."""
        return self.current.is_temporary

    def size(self) -> int:
        """Return its size on disk in bytes."""
        return self.current.size()

    def open(self, path: Path) -> str:
        """Show and continue an existing capture."""
        return self._replace(lambda: Capture.open(path))

    def new(self) -> str:
        """Begin an empty temporary capture."""
        return self._replace(lambda: Capture.temporary(self._folders.unsaved))

    def save_as(self, path: Path) -> str:
        """Keep the capture under a name and go on in it."""
        try:
            self.current.save_as(path)
        except StorageError as error:
            return str(error)
        self.changed(self.current)
        self._tell([CaptureChanged()])
        return ""

    def _replace(self, make: Callable[[], Capture]) -> str:
        try:
            capture = make()
        except StorageError as error:
            return str(error)
        old, self.current = self.current, capture
        self._count()
        self.changed(capture)
        old.close()
        self._tell([CaptureChanged()])
        return ""

    def _count(self) -> None:
        reader = self.current.reader()
        try:
            counts = {found.type: (found.count, found.last_ns) for found in reader.type_counts()}
            self._counting.start(counts, invalid=reader.invalid_count(), gaps=reader.gap_count())
        finally:
            reader.close()


def _opened(path: Path) -> Capture:
    return Capture.open(path) if path.exists() else Capture.create(path)
