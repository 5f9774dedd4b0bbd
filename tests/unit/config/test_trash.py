"""The trash of a folder: the order of its files, and those that are old enough to be removed."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from clacks_monitor.config.trash import TRASH_DAYS, Trash

if TYPE_CHECKING:
    from pathlib import Path

DAY_NS = 86_400 * 10**9


def test_files_are_listed_from_the_last_deleted_to_the_first_with_and_without_a_key(tmp_path: Path) -> None:
    trash = Trash(tmp_path)
    assert trash.files() == []
    paths = [trash.new_path("a"), trash.new_path(), trash.new_path("b-c")]
    paths[0].parent.mkdir()
    for path in paths:
        path.touch()
    assert trash.files() == paths[::-1]
    trash.remove("b-c")
    trash.remove("*")
    assert trash.files() == [paths[1], paths[0]]


def test_files_leave_the_trash_after_thirty_days(tmp_path: Path) -> None:
    folder, now = tmp_path / ".trash", time.time_ns()
    folder.mkdir()
    old, recent = (folder / f"{now - days * DAY_NS}-x.json" for days in (TRASH_DAYS + 1, TRASH_DAYS - 1))
    foreign = folder / "foreign.json"
    for path in (old, recent, foreign, tmp_path / "deleted.json"):
        path.touch()
    Trash(tmp_path).move_in(tmp_path / "deleted.json", "y")
    deleted, *others = Trash(tmp_path).files()
    assert deleted.name.endswith("-y.json")
    assert others == [recent, foreign]
    assert not (tmp_path / "deleted.json").exists()


def test_a_file_that_was_removed_already_counts_as_deleted(tmp_path: Path) -> None:
    Trash(tmp_path).move_in(tmp_path / "gone.json", "gone")
    assert Trash(tmp_path).files() == []
