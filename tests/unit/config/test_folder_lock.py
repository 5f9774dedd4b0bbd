"""The lock on a folder: entered again, given back, and refused in words."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from pathlib import Path

import pytest

from clacks_monitor.config.folder_lock import FolderLock
from clacks_monitor.core.storage_errors import StorageError


def held(folder: Path) -> bool:
    """Return whether somebody has the folder locked."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def test_it_is_held_until_it_is_left_as_often_as_it_was_entered(tmp_path: Path) -> None:
    folder, before = tmp_path / "new", descriptors()
    lock = FolderLock(folder)
    for _round in range(2):
        with lock:
            with lock:
                assert held(folder)
            assert held(folder)
        assert not held(folder)
    assert descriptors() == before


def test_it_is_given_back_where_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="a mistake"), FolderLock(tmp_path):
        raise ValueError("a mistake")
    assert not held(tmp_path)


def test_another_monitor_that_does_not_go_on_is_waited_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]

    def sleep(seconds: float) -> None:
        now[0] += max(seconds, 0.5)

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(time, "sleep", sleep)
    before = descriptors()
    with FolderLock(tmp_path):
        words = f"{tmp_path} is being changed by another monitor that does not go on. Nothing was changed."
        with pytest.raises(StorageError, match=words), FolderLock(tmp_path):
            pass
    assert 5.0 < now[0] < 7.0
    assert descriptors() == before


@pytest.mark.parametrize("number", [errno.EBADF, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_where_folders_cannot_be_locked_a_file_in_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    original = fcntl.flock

    def flock(handle: int, how: int) -> None:
        if os.path.isdir(f"/proc/self/fd/{handle}"):  # a descriptor
            raise OSError(number, os.strerror(number))
        original(handle, how)

    monkeypatch.setattr(fcntl, "flock", flock)
    before = descriptors()
    with FolderLock(tmp_path):
        assert held_file(tmp_path / ".lock", original)
    assert not held_file(tmp_path / ".lock", original)
    assert (tmp_path / ".lock").stat().st_mode & 0o777 == 0o600
    assert descriptors() == before


def held_file(path: Path, flock: object) -> bool:
    assert callable(flock)
    handle = os.open(path, os.O_RDWR)
    try:
        flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def test_any_other_failure_is_said_and_leaves_nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_handle: int, _how: int) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fcntl, "flock", flock)
    before = descriptors()
    with pytest.raises(StorageError, match=f"{tmp_path} cannot be written: Input/output error"), FolderLock(tmp_path):
        pass
    assert descriptors() == before
    assert not (tmp_path / ".lock").exists()


def test_a_lock_file_that_cannot_be_locked_either_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def flock(_handle: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", flock)
    before = descriptors()
    with pytest.raises(StorageError, match="cannot be written: No locks available"), FolderLock(tmp_path):
        pass
    assert descriptors() == before
