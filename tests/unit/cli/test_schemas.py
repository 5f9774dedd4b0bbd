"""`schemas`: the list of event types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.app import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

SCHEMA = (
    '<schema targetNamespace="http://www.gonicus.de/Events" elementFormDefault="qualified"'
    ' xmlns="http://www.w3.org/2001/XMLSchema"><element name="Door" type="string"><annotation><documentation>'
    "\n   A door opens.\n   It may be any.\x9b2J\n</documentation></annotation></element></schema>"
)


def test_a_type_is_listed_with_its_file_and_documentation(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "Door.xsd").write_text(SCHEMA, encoding="utf-8")
    assert main(["schemas", str(tmp_path)]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"Door {tmp_path / 'Door.xsd'}"
    assert second.startswith("    A door opens. It may be any.")
    assert "\x9b" not in second


def test_the_users_own_schemas_are_those_of_the_folder_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config" / "schemas").mkdir(parents=True)
    (tmp_path / "config" / "schemas" / "Door.xsd").write_text(SCHEMA, encoding="utf-8")
    assert main(["schemas", "--config", str(tmp_path)]) == 0
    listed = capsys.readouterr().out
    assert "\nPhoneStatus " in listed
    assert f"\nDoor {tmp_path}" in listed


def test_a_broken_schema_is_listed_with_what_is_wrong_and_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "Broken.xsd").write_text("<schema\n", encoding="utf-8")
    (tmp_path / "Door.xsd").write_text(SCHEMA, encoding="utf-8")
    assert main(["schemas", str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("Broken ")
    assert lines[1].startswith("    PROBLEM (line 2, column ")
    assert lines[2].startswith("Door ")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schemas", str(tmp_path), str(tmp_path / "none")]) == 5
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", f"There is no folder {tmp_path / 'none'}.\n")
