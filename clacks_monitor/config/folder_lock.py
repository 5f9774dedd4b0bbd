"""Keeps two monitors from changing the files of one folder at the same time. One thread owns each object."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from typing import TYPE_CHECKING, Self

from clacks_monitor.core.folders import make_folder
from clacks_monitor.core.storage_errors import StorageError

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

PATIENCE_S = 5.0
"""How long a change waits for another monitor's; each holds the lock for some milliseconds."""
_AGAIN_S = 0.002
_NO_FOLDER_LOCKS = frozenset({errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL})


class FolderLock:
    """An advisory lock on a folder: ``with lock:`` around reading, merging and writing. It may be entered again.

    The kernel releases it when the process ends. Where a file system cannot lock folders (NFS), a file
    ``.lock`` in it is locked instead. Raises StorageError.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._handle = -1
        self._depth = 0

    def __enter__(self) -> Self:
        if not self._depth:
            self._handle = self._locked()
        self._depth += 1
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._depth -= 1
        if not self._depth:
            os.close(self._handle)

    def _locked(self) -> int:
        try:
            make_folder(self._folder)
            handle = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                _wait_for(handle)
            except OSError as error:
                os.close(handle)
                if error.errno not in _NO_FOLDER_LOCKS:
                    raise
            else:
                return handle
            flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
            handle = os.open(self._folder / ".lock", flags, 0o600)
            try:
                _wait_for(handle)
            except OSError:
                os.close(handle)
                raise
        except TimeoutError:
            message = f"{self._folder} is being changed by another monitor that does not go on. Nothing was changed."
            raise StorageError(message) from None
        except OSError as error:
            raise StorageError(f"{self._folder} cannot be written: {error.strerror or error}.") from error
        return handle


def _wait_for(handle: int) -> None:
    end = time.monotonic() + PATIENCE_S
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise TimeoutError from None
            time.sleep(_AGAIN_S)
        else:
            return
