"""Where files belong, and for whom folders are made."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from clacks_monitor.core.folders import Folders, make_folder, make_private


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


@pytest.mark.parametrize("mask", [0o000, 0o777])
def test_folders_are_made_for_their_owner_alone_whatever_the_umask(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        make_folder(tmp_path / "a" / "b")
        make_folder(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert (mode(tmp_path / "a"), mode(tmp_path / "a" / "b")) == (0o700, 0o700)


def test_a_folder_that_is_there_is_left_as_it_is_unless_it_has_to_be_private(tmp_path: Path) -> None:
    path = tmp_path / "open"
    path.mkdir()
    path.chmod(0o755)
    make_folder(path)
    assert mode(path) == 0o755
    make_private(path)
    assert mode(path) == 0o700
    path.chmod(0o500)
    make_private(path)
    assert mode(path) == 0o500


@pytest.mark.parametrize("bits", [0o710, 0o701, 0o704, 0o740])
def test_whatever_others_may_is_taken(tmp_path: Path, bits: int) -> None:
    path = tmp_path / "open"
    path.mkdir()
    path.chmod(bits)
    make_private(path)
    assert mode(path) == 0o700


def test_a_file_in_the_place_of_a_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(NotADirectoryError, match="Not a directory") as refused:
        make_folder(tmp_path / "file")
    assert refused.value.filename == str(tmp_path / "file")
    with pytest.raises(OSError, match="Not a directory"):
        make_folder(tmp_path / "file" / "below")


def test_the_users_folders_are_where_xdg_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name))
    found = Folders.of_user()
    assert found == tuple(tmp_path / name / "clacks-monitor" for name in ("CONFIG", "DATA", "STATE"))


def test_each_thing_has_its_place() -> None:
    folders = Folders.below(Path("/r"))
    assert folders == (Path("/r/config"), Path("/r/data"), Path("/r/state"))
    assert folders.profiles == Path("/r/config/profiles")
    assert folders.schemas == Path("/r/config/schemas")
    assert folders.boards == Path("/r/config/boards")
    assert folders.settings_file == Path("/r/config/settings.json")
    assert folders.connections_file == Path("/r/config/connections.json")
    assert folders.templates == Path("/r/data/templates")
    assert folders.captures == Path("/r/data/captures")
    assert folders.unsaved == Path("/r/state/unsaved")
    assert folders.history_file == Path("/r/data/sent.history")
