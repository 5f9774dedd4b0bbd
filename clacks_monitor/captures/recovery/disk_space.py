"""Disk space for recovery: checked first, with some of it reserved for other programs. Any thread."""

from __future__ import annotations

import os
import shutil
import stat
from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import CaptureError, ReadingStoppedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[int, int], bool]

RESERVE = 64 * 1024 * 1024
"""Bytes that stay free whatever is saved."""
_COPIES = 3
"""The working copy, and its entries saved in two ways."""
_STEP = 4 * 1024 * 1024


def require_space(folder: Path, size: int) -> None:
    """Raise CaptureError unless a capture of ``size`` bytes can be recovered in ``folder``."""
    free, wanted = shutil.disk_usage(folder).free, _COPIES * size + RESERVE
    if free < wanted:
        raise CaptureError(
            f"There is no room in {folder} to work on {size:,} bytes: {wanted:,} are needed and {free:,} are free."
            " Make room, or choose another folder."
        )


def watching_space(folder: Path, progress: Progress | None) -> Progress:
    """Return ``progress`` that raises CaptureError when free space becomes low."""

    def look(done: int, total: int) -> bool:
        if shutil.disk_usage(folder).free < RESERVE:
            raise CaptureError(f"The disk of {folder} is almost full, so saving was stopped. Make room, and try again.")
        return progress is None or progress(done, total)

    return look


def copy_file(source: Path, target: Path, go_on: Progress) -> None:
    """Copy a regular file in steps. Raises CaptureError, OSError, ReadingStoppedError when it is to stop."""
    # A pipe is opened at once, so that it can be told from a file.
    with open(
        os.open(source, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb", buffering=0
    ) as reading:  # a descriptor
        found = os.fstat(reading.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise CaptureError(f"{source} is not a file but a pipe, socket or device, so nothing is read from it.")
        with target.open("xb", buffering=0) as writing:
            while part := reading.read(_STEP):
                writing.write(part)
                if not go_on(0, found.st_size):
                    raise ReadingStoppedError("Saving what can be saved was cancelled.")
