"""The window's own settings: kept, merged, private, and never read from what is not a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSettings

from clacks_monitor.gui.window.window_settings import MAX_BYTES, window_settings

if TYPE_CHECKING:
    from collections.abc import Callable


def test_they_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    settings = window_settings(tmp_path / "a" / "b")
    settings.setValue("window/x", "1")
    settings.sync()
    assert settings.status() is QSettings.Status.NoError
    assert window_settings(tmp_path / "a" / "b").value("window/x") == "1"
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert stat.S_IMODE((tmp_path / "a" / "b" / "window.ini").stat().st_mode) == 0o600


def test_what_two_windows_change_is_merged(tmp_path: Path) -> None:
    paths = [tmp_path / "window.ini", tmp_path / "window.ini"]
    window_settings(tmp_path)
    # Two objects on one path share their values in a process; a link gives the file another name.
    paths[1] = tmp_path / "link" / "window.ini"
    (tmp_path / "link").symlink_to(tmp_path)
    mine, theirs = (QSettings(str(path), QSettings.Format.IniFormat) for path in paths)
    for settings, key in ((mine, "shortcuts/a"), (theirs, "shortcuts/b")):
        assert settings.allKeys() == []
        settings.setValue(key, "x")
    mine.sync()
    theirs.sync()
    assert sorted(window_settings(tmp_path).allKeys()) == ["shortcuts/a", "shortcuts/b"]


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, _huge, _device])
def test_what_is_not_a_file_of_ours_is_not_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "window.ini")
    before = (tmp_path / "window.ini").lstat()
    settings = window_settings(tmp_path)
    settings.setValue("window/x", "1")
    settings.sync()
    assert settings.value("window/x") == "1"
    assert (tmp_path / "window.ini").lstat().st_size == before.st_size


def test_where_nothing_can_be_made_they_last_this_run(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    settings = window_settings(tmp_path / "state")
    settings.setValue("window/x", "1")
    settings.sync()
    assert settings.value("window/x") == "1"
    assert Path(settings.fileName()).parent == tmp_path / "state"
