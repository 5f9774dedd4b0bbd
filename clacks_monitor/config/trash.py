"""Deleted files, kept in a folder's ``.trash`` so that a deletion can be undone. No state; any thread."""

from __future__ import annotations

import contextlib
import glob
import time
from typing import TYPE_CHECKING

from clacks_monitor.core.folders import make_folder

if TYPE_CHECKING:
    from pathlib import Path

TRASH_DAYS = 30


class Trash:
    """The deleted files of a folder, each named after the time of its deletion and optionally a key."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / ".trash"

    def files(self) -> list[Path]:
        """Return the files, the last deleted first."""
        return sorted(self._folder.glob("*.json"), key=_deleted_ns, reverse=True)

    def new_path(self, key: str = "") -> Path:
        """Return the path for a file that is deleted now."""
        return self._folder / f"{time.time_ns()}{key and '-'}{key}.json"

    def move_in(self, path: Path, key: str) -> None:
        """Move a file to the trash, and remove those deleted more than TRASH_DAYS ago. Raises OSError."""
        make_folder(self._folder)
        with contextlib.suppress(FileNotFoundError):  # someone else has removed the file already
            path.replace(self.new_path(key))
        oldest = time.time_ns() - TRASH_DAYS * 86_400 * 10**9
        for old in self.files():
            if 0 < _deleted_ns(old) < oldest:
                old.unlink(missing_ok=True)

    def remove(self, key: str) -> None:
        """Remove what was deleted under a key."""
        for path in self._folder.glob(f"*-{glob.escape(key)}.json"):
            path.unlink(missing_ok=True)


def _deleted_ns(path: Path) -> int:
    stamp = path.stem.partition("-")[0]
    return int(stamp) if stamp.isdecimal() else 0
