"""What a look at a command finds: its program, the files that it names, and why it cannot be judged."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import commands, look
from clacks_monitor.config.commands import LookedFile, only_root_changes, working_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def made(path: Path, text: str = "x", *, mode: int = 0o644) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)
    return path


def names(*command: str) -> list[str]:
    return [file.path for file in look(command).files]


def test_commands_run_in_the_users_home_where_there_is_one(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert working_folder() == str(home)
    monkeypatch.setenv("HOME", str(home / "none"))
    assert working_folder() == "/"


@pytest.mark.parametrize("command", [(), ("",), ("", "x")])
def test_without_a_program_there_is_no_command(command: tuple[str, ...]) -> None:
    found = look(command)
    assert (found.command, found.program, found.problem) == (command, "", "No command given.")


@pytest.mark.usefixtures("home")
def test_a_command_of_eight_thousand_characters_can_be_judged() -> None:
    assert look(("true", "x" * 7_996)).problem == ""
    assert look(("true", "x" * 7_997)).problem == (
        "The command has 8,001 characters, the limit is 8,000. Put it into a script."
    )


def test_a_program_that_is_not_there_is_named(home: Path) -> None:
    made(home / "no-program")
    assert look(("no-such-program",)).problem == "Program no-such-program not found."
    assert look(("./none",)).problem == "Program ./none not found."
    assert look(("./no-program",)).problem == "Program ./no-program not found."


def test_the_folders_of_the_path_count_in_their_order_and_relative_ones_not(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        made(home / name / "tool", mode=0o755)
    monkeypatch.setenv("PATH", f"one:{home / 'two'}:{home / 'one'}")
    monkeypatch.chdir(home)
    assert look(("tool",)).program == str(home / "two" / "tool")


def test_a_program_of_the_user_is_covered_with_its_content(home: Path) -> None:
    tool = made(home / "tool", "#!/bin/sh\n", mode=0o755)
    found = look(("./tool",))
    assert found.program == str(tool)
    assert found.files == (LookedFile(str(tool), hashlib.sha256(b"#!/bin/sh\n").hexdigest(), 10),)
    assert found.code == {0: b"#!/bin/sh\n"}


def test_files_that_are_named_within_arguments_are_covered(home: Path) -> None:
    for name in ("a", "b", "c", "d", "e", "out"):
        made(home / name)
    found = names("true", "a", f"--file={home}/b", 'run c "$1"; d|./e > out', "none", "")
    assert found == [str(home / name) for name in ("a", "b", "c", "d")] + [str(home / "e")]


def test_of_arguments_that_are_run_the_content_is_kept(home: Path) -> None:
    made(home / "plain.py", "print()")
    made(home / "second.py", "print()")
    made(home / "script", "#!/bin/sh\n")
    made(home / "program", "binary", mode=0o755)
    assert set(look(("/bin/sh", "plain.py", "second.py")).code) == {1}
    assert set(look(("true", "plain.py", "script", "program")).code) == {2, 3}


@pytest.mark.parametrize(
    ("first", "covered"),
    [
        ("#!{0}/mine", True),
        ("#! {0}/mine -x", True),
        ("#!/usr/bin/env -S A=b mine", True),
        ("#!/bin/sh {0}/mine", False),
        ("#!", False),
        ("{0}/mine", False),
    ],
)
def test_what_runs_a_script_is_covered(
    home: Path, monkeypatch: pytest.MonkeyPatch, first: str, *, covered: bool
) -> None:
    mine = made(home / "mine", "binary", mode=0o755)
    monkeypatch.setenv("PATH", f"/usr/bin:/bin:{home}")
    made(home / "script", f"{first.format(home)}\n", mode=0o755)
    assert (str(mine) in names("./script")) is covered


def test_all_files_together_have_a_bound(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert commands.MAX_BYTES == 32 * 1024 * 1024
    monkeypatch.setattr(commands, "MAX_BYTES", 10)
    made(home / "a", "12345")
    made(home / "b", "67890")
    made(home / "c", "1")
    assert look(("true", "a", "b", "a")).problem == ""
    problem = look(("true", "a", "b", "c")).problem
    assert problem == f"Cannot be reviewed: {home}/c: the files that a command names may have 10 bytes in all."


@pytest.mark.usefixtures("home")
def test_a_name_that_no_system_takes_is_no_file() -> None:
    assert look(("true", "a\0b", "x" * 5_000)).problem == ""
    assert look(("a\0/b",)).problem.startswith(("Cannot be reviewed: ", "Program "))


def test_only_what_root_alone_can_change_is_the_systems(home: Path) -> None:
    assert not only_root_changes(made(home / "tool"))
