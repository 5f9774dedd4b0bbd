"""Listing schema folders: which files count, which replaces which, and what is left out in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from clacks_monitor.forms import schema_folders, sources
from clacks_monitor.forms.schema_folders import list_schemas, unfit

if TYPE_CHECKING:
    from pathlib import Path


def fill(folder: Path, *names: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(b"")
    return folder


def test_schemas_are_the_files_named_like_them(tmp_path: Path) -> None:
    folder = fill(tmp_path / "a", "B.xsd", "A.xsd", ".hidden.xsd", "C.txt", "D.xsd.new", "E.XSD")
    found, left_out = list_schemas([folder, tmp_path / "none"])
    assert {name: (item.path, item.overrides) for name, item in found.items()} == {
        "A": (folder / "A.xsd", None),
        "B": (folder / "B.xsd", None),
    }
    assert left_out == ()


def test_a_folder_that_is_not_there_does_not_hide_the_next(tmp_path: Path) -> None:
    folder = fill(tmp_path / "a", "A.xsd")
    assert list(list_schemas([tmp_path / "none", folder])[0]) == ["A"]


def test_the_last_folder_wins_and_says_which_file_it_replaces(tmp_path: Path) -> None:
    folders = [fill(tmp_path / name, "A.xsd") for name in "abc"]
    assert list_schemas(folders)[0]["A"] == (folders[2] / "A.xsd", folders[1] / "A.xsd")


@pytest.mark.parametrize(("schemas", "entries", "names"), [
    (3, 9, ["A", "B", "C"]),
    (2, 9, ["A", "B"]),
    (9, 3, ["A", "B", "C"]),
])  # fmt: skip
def test_the_bounds_of_a_folder_and_their_edge(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schemas: int, entries: int, names: list[str]
) -> None:
    assert (schema_folders.MAX_ENTRIES, schema_folders.MAX_SCHEMAS) == (20_000, 500)
    monkeypatch.setattr(schema_folders, "MAX_SCHEMAS", schemas)
    monkeypatch.setattr(schema_folders, "MAX_ENTRIES", entries)
    folder = fill(tmp_path / "a", "C.xsd", "A.xsd", "B.xsd")
    found, left_out = list_schemas([folder])
    words = f"Too many files in {folder}: at most {schemas} schemas are read."
    assert (list(found), left_out) == (names, () if len(names) == 3 else (words,))


def test_more_entries_than_are_looked_at_are_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema_folders, "MAX_ENTRIES", 2)
    found, left_out = list_schemas([fill(tmp_path / "a", "C.xsd", "A.xsd", "B.xsd")])
    assert (len(found), len(left_out)) == (2, 1)


def test_what_is_no_file_for_a_schema_is_said_before_it_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert sources.MAX_BYTES == 4 * 1024 * 1024
    monkeypatch.setattr("clacks_monitor.forms.schema_folders.MAX_BYTES", 1_000)
    file = tmp_path / "A.xsd"
    assert str(unfit(file)) == "cannot read A.xsd: No such file or directory"
    file.write_bytes(b"x" * 1_000)
    assert unfit(file) is None
    file.write_bytes(b"x" * 1_001)
    assert str(unfit(file)) == "cannot read A.xsd: larger than 1,000 bytes"
    folder = tmp_path / "B.xsd"
    folder.mkdir()
    assert str(unfit(folder)) == "cannot read B.xsd: not a regular file"
