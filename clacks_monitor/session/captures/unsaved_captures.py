"""Temporary captures that earlier runs have left on the disk. Owner: the session's thread."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.capture_files import CaptureFiles


class UnsavedCaptures:
    """Finds and removes them in the folder of temporary captures."""

    def __init__(self, files: CaptureFiles, folder: Path) -> None:
        self._files = files
        self._folder = folder

    def abandoned(self) -> list[Path]:
        """Return the captures that were neither saved nor discarded, the newest first.

        What a killed recovery has left on the disk is removed, on another thread.
        """
        threading.Thread(target=self._files.remove_left, args=(self._folder,), name="remove left", daemon=True).start()
        return self._files.abandoned(self._folder)

    def remove(self, path: Path) -> str:
        """Remove one of them; return why not, or ""."""
        try:
            self._files.remove(path)
        except StorageError as error:
            return str(error)
        return ""
