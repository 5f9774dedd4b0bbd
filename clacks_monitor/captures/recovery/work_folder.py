"""The folder that recovery works in, beside its target: locked while its process lives, removed by a later one else.

The kernel releases the lock when a process is killed; this distinguishes a folder that was left from one in use.
Any thread.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.core.storage_errors import CaptureError

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = ".recovery-"
_LOCK = "lock"


@contextlib.contextmanager
def work_folder(parent: Path, noted_in: Path | None = None) -> Iterator[Path]:
    """Give a new, empty folder in ``parent``, and remove it with all that is in it. Raises CaptureError.

    Folders that killed processes left in ``parent`` are removed first. A link in the folder ``noted_in`` leads to it as
    long as it is there: remove_left() finds it there after a kill.
    """
    for left in parent.glob(f"{_PREFIX}*"):
        _remove_if_left(left)
    try:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
    except OSError as error:
        raise CaptureError(f"Nothing can be written in {parent}: {error.strerror}.") from error
    handle, link = -1, noted_in / folder.name if noted_in is not None else None
    try:
        handle = os.open(folder / _LOCK, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if link is not None:
            with contextlib.suppress(OSError):
                link.symlink_to(folder.absolute())
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if link is not None:
            link.unlink(missing_ok=True)
        if handle >= 0:
            os.close(handle)


def remove_left(noted_in: Path) -> None:
    """Remove the work folders of processes that were killed, by the links in ``noted_in``."""
    for link in noted_in.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            folder = link.readlink()
            if not folder.name.startswith(_PREFIX) or folder.name != link.name:
                continue
            _remove_if_left(folder)
            if not os.path.lexists(folder):
                link.unlink(missing_ok=True)


def _remove_if_left(folder: Path) -> None:
    """Remove a work folder of this user that no process has locked. One without a lock is only just being made."""
    with contextlib.suppress(OSError):
        if folder.is_symlink() or folder.lstat().st_uid != os.getuid():
            return
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(handle)
