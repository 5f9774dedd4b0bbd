"""Temporary captures: kept until they are saved or given up, found again after a crash. Any thread.

A temporary capture has a lock file beside it, locked as long as its process lives; the kernel lets go of the lock
when the process is killed, and this distinguishes an abandoned capture from one in use.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from typing import TYPE_CHECKING, Self

from clacks_monitor.core.folders import make_folder
from clacks_monitor.core.storage_errors import CaptureError

if TYPE_CHECKING:
    from pathlib import Path

SUFFIX = ".capture"


class Claim:
    """The lock on a temporary capture; held until release()."""

    def __init__(self, handle: int, path: Path) -> None:
        self._handle = handle
        self._path = path

    @classmethod
    def take(cls, capture: Path) -> Self | None:
        """Lock ``capture`` for this process; None where another process has it. Raises OSError."""
        path = lock_file(capture)
        handle = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            return None
        except BaseException:
            os.close(handle)
            raise
        return cls(handle, path)

    def release(self) -> None:
        """Unlock, and remove the lock file. Idempotent."""
        handle, self._handle = self._handle, -1
        if handle >= 0:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)
            os.close(handle)


def lock_file(capture: Path) -> Path:
    """Return the path of a temporary capture's lock file."""
    return capture.with_name(capture.name + ".lock")


def new_path(folder: Path) -> tuple[Path, Claim]:
    """Return a path for a new temporary capture in ``folder``, locked. Raises CaptureError."""
    stamp = time.strftime("%Y%m%d-%H%M%S")
    try:
        make_folder(folder)
        for attempt in range(10_000):
            path = folder / f"{stamp}-{os.getpid()}-{attempt}{SUFFIX}"
            if path.exists():
                continue
            claim = Claim.take(path)
            if claim is not None:
                return path, claim
    except OSError as error:
        raise CaptureError(f"No capture can be made in {folder}: {error.strerror}.") from error
    raise CaptureError(f"No capture can be made in {folder}: there are too many.")


def abandoned(folder: Path) -> list[Path]:
    """Return the temporary captures in ``folder`` whose process is gone, the newest first."""
    found: list[tuple[float, Path]] = []
    with contextlib.suppress(OSError):
        for path in folder.glob(f"*{SUFFIX}"):
            claim = Claim.take(path)
            if claim is not None:
                claim.release()
                found.append((path.stat().st_mtime, path))
    return [path for _time, path in sorted(found, reverse=True)]


def files_of(path: Path) -> list[Path]:
    """Return a capture's file, its write-ahead log, and the log's index, whether they exist or not."""
    return [path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")]


def remove(path: Path) -> None:
    """Remove a capture with all its files, for example one that was abandoned. Raises CaptureError."""
    try:
        for file in (*files_of(path), lock_file(path)):
            file.unlink(missing_ok=True)
    except OSError as error:
        raise CaptureError(f"{path} cannot be removed: {error.strerror}.") from error
