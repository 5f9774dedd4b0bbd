"""A command runs only as it was allowed: here, by this user, with the same content in every file that it names."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ConsentStore, Looked, commands, look
from clacks_monitor.core.messages import Message
from clacks_monitor.core.profile import Alert
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.notices import AlertKind, AlertRaised, Notice, Trouble
from clacks_monitor.session.profiles import alert_commands
from clacks_monitor.session.profiles.alert_commands import AlertCommands
from tests.helpers.ending import end

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

ECHO = '#!/bin/sh\ncat > "$CLACKS_OUT"\necho "$@" >> "$CLACKS_OUT"\n'


class Operator:
    """A user with a home, who allows commands and has them run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.out = home / "out"
        self.consents = ConsentStore(home / "state")
        self.troubles: list[Trouble] = []
        self.commands = AlertCommands(self._notify, self.consents)

    def _notify(self, notices: Iterable[Notice]) -> None:
        self.troubles += [notice for notice in notices if isinstance(notice, Trouble)]

    def script(self, name: str, text: str = ECHO, *, mode: int = 0o755) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(mode)
        return path

    def allow(self, *command: str, profile: str = "id") -> Looked:
        looked = look(command)
        self.consents.allow(profile, looked)
        return looked

    def run(self, *command: str, profile: str = "id") -> str:
        """Run a command with "<Event/>"; return what it wrote, and take that away."""
        alert = Alert(on_match=True, command=command)
        self.commands.run(AlertRaised(profile, "P", AlertKind.MATCHED, 0, 1, 1, 0.0, alert), b"<Event/>\n")
        for thread in list(self.commands._running):
            thread.join()
        text = self.out.read_text() if self.out.exists() else ""
        self.out.unlink(missing_ok=True)
        return text

    def said(self) -> str:
        """Return why the last command was refused."""
        assert "was not run. See Edit profile" in self.troubles[-1].text
        assert isinstance(self.troubles[-1].detail, Message)
        return self.troubles[-1].detail


@pytest.fixture
def operator(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("CLACKS_OUT", str(home / "out"))
    monkeypatch.setenv("PATH", f"{home / 'bin'}:/usr/bin:/bin")
    made = Operator(home)
    yield made
    end(made.commands)


# -- consent -----------------------------------------------------------------------------------------------------------


def test_a_command_runs_once_it_was_allowed_and_no_longer_when_that_is_withdrawn(operator: Operator) -> None:
    script = str(operator.script("alarm.sh"))
    assert operator.run(script, "a b") == ""
    assert operator.said() == "Not allowed on this computer yet."
    operator.allow(script, "a b")
    assert operator.run(script, "a b") == "<Event/>\na b\n"
    operator.consents.withdraw("id")
    assert operator.run(script, "a b") == ""
    assert operator.said() == "Not allowed on this computer yet."


def test_it_is_said_once_for_each_command_and_reason(operator: Operator) -> None:
    for command in ("a", "a", "b", "b", "a"):
        operator.run(command)
    assert len(operator.troubles) == 3


@pytest.mark.parametrize("other", [("true", "a", "b"), ("true", "a b", ""), ("echo", "a b"), ("true",)])
def test_another_command_or_profile_is_not_allowed(operator: Operator, other: tuple[str, ...]) -> None:
    operator.allow("true", "a b")
    operator.run(*other)
    assert operator.said() == "A different command was allowed."
    operator.run("true", "a b", profile="other")
    assert operator.said() == "Not allowed on this computer yet."


def test_what_cannot_be_judged_cannot_be_allowed(operator: Operator) -> None:
    for command in ((), ("",), ("nowhere-to-be-found",), ("true", "x" * commands.MAX_CHARACTERS)):
        looked = look(command)
        assert looked.problem
        with pytest.raises(StorageError):
            operator.consents.allow("id", looked)
    assert not (operator.home / "state").exists()


def test_no_file_of_a_command_is_read_that_nobody_allowed(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    script = str(operator.script("alarm.sh"))
    monkeypatch.setattr(alert_commands, "look", lambda _command: pytest.fail("looked at"))
    operator.run(script)
    assert operator.said() == "Not allowed on this computer yet."


# -- this computer, this user ------------------------------------------------------------------------------------------


def _here(operator: Operator) -> str:
    return operator.consents.missing("id", look(("true",)))


def test_a_consent_holds_for_this_machine_and_user_alone(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    operator.allow("true")
    assert _here(operator) == ""
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("clacks_monitor.config.consent._machine", lambda: "another")
        assert _here(operator) == "Allowed by another user or on another computer only."
        assert not operator.consents.known("id", ("true",))
    with monkeypatch.context() as somebody:
        somebody.setattr(os, "geteuid", lambda: 4711)
        assert "another user" in _here(operator)
    assert _here(operator) == ""


def test_a_copy_without_the_key_or_with_another_one_is_worth_nothing(operator: Operator, tmp_path: Path) -> None:
    operator.allow("true")
    copy = ConsentStore(tmp_path / "copy")
    (tmp_path / "copy").mkdir()
    shutil.copy(operator.home / "state" / "consents.json", tmp_path / "copy")
    assert "Allowed by another user" in copy.missing("id", look(("true",)))
    copy.allow("other", look(("true",)))
    assert copy.missing("other", look(("true",))) == ""
    assert "Allowed by another user" in copy.missing("id", look(("true",)))


def test_the_key_is_random_and_for_its_owner_alone(operator: Operator, tmp_path: Path) -> None:
    operator.allow("true")
    key = operator.home / "state" / "consent.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert len(key.read_bytes()) == 32
    ConsentStore(tmp_path / "other").allow("id", look(("true",)))
    assert (tmp_path / "other" / "consent.key").read_bytes() != key.read_bytes()


def _open_to_others(key: Path) -> None:
    key.chmod(0o644)


def _short(key: Path) -> None:
    key.write_bytes(b"x" * 31)


def _elsewhere(key: Path) -> None:
    key.rename(key.with_name("x"))
    key.symlink_to("x")


def _pipe(key: Path) -> None:
    key.unlink()
    os.mkfifo(key, 0o600)


@pytest.mark.parametrize("spoil", [_open_to_others, _short, _elsewhere, _pipe])
def test_a_key_that_others_could_know_seals_nothing(operator: Operator, spoil: Callable[[Path], None]) -> None:
    operator.allow("true")
    spoil(operator.home / "state" / "consent.key")
    assert "Allowed by another user" in _here(operator)
    operator.allow("true")
    assert _here(operator) == ""


@pytest.mark.parametrize("part", ["command", "program", "files", "seal"])
def test_a_record_that_was_changed_is_not_a_consent(operator: Operator, part: str) -> None:
    operator.allow("true")
    file = operator.home / "state" / "consents.json"
    file.write_text(file.read_text().replace(f'"{part}"', f'"{part}": null, "old"'))
    assert "Allowed by another user" in _here(operator)
    file.write_text("{broken")
    assert _here(operator) == "Not allowed on this computer yet."
    operator.allow("true", profile="other")
    assert [path.read_text() for path in file.parent.iterdir() if "broken" in path.name] == ["{broken"]


def test_two_monitors_lose_no_consent(operator: Operator) -> None:
    other = ConsentStore(operator.home / "state")
    operator.allow("true", profile="a")
    other.allow("b", look(("true",)))
    operator.allow("true", profile="c")
    other.withdraw("a")
    for consents in (operator.consents, other):
        assert [name for name in "abc" if not consents.missing(name, look(("true",)))] == ["b", "c"]


# -- the files that a command names ------------------------------------------------------------------------------------

COMMANDS: dict[str, Callable[[str], tuple[str, ...]]] = {
    "program": lambda path: (path, "x"),
    "argument of sh": lambda path: ("sh", path, "x"),
    "argument of python": lambda path: (sys.executable, path, "x"),
    "last argument": lambda path: ("sh", "-c", 'sh "$1" x', "sh", path),
    "within an argument": lambda path: ("sh", "-c", f"'{path}' x"),
    "after =": lambda path: ("env", f"X={path}", "sh", "-c", 'sh "$X" x'),
    "home": lambda _path: ("sh", "-c", "~/bin/alarm x"),
    "variable": lambda _path: ("sh", "-c", "exec $HOME/bin/alarm x"),
    "relative to home": lambda _path: ("sh", "bin/alarm", "x"),
    "relative program": lambda _path: ("./bin/alarm", "x"),
    "on the PATH": lambda _path: ("alarm", "x"),
}


@pytest.mark.parametrize("way", COMMANDS)
def test_a_changed_file_asks_again_and_is_named(operator: Operator, way: str) -> None:
    text = ECHO
    if "python" in way:
        text = "import os,sys\nopen(os.environ['CLACKS_OUT'],'w').write(sys.stdin.read()+sys.argv[1]+'\\n')\n"
    script = operator.script("bin/alarm", text)
    command = COMMANDS[way](str(script))
    operator.allow(*command)
    assert operator.run(*command) == "<Event/>\nx\n"
    script.write_text(text + "# evil\n")
    assert operator.run(*command) == ""
    assert operator.said() == f"{script} has changed since the command was allowed."
    operator.allow(*command)
    assert operator.run(*command) == "<Event/>\nx\n"


@pytest.mark.parametrize("first", ["#!{0}/bin/mysh", "#!/usr/bin/env mysh", "#!/usr/bin/env -S A=b mysh -e"])
def test_the_interpreter_of_a_script_is_covered_where_a_user_can_change_it(operator: Operator, first: str) -> None:
    interpreter = operator.script("bin/mysh", '#!/bin/sh\nexec /bin/sh "$@"\n')
    script = operator.script("alarm.sh", f"{first.format(operator.home)}\n{ECHO}")
    looked = operator.allow(str(script), "x")
    assert [file.path for file in looked.files] == [str(script), str(interpreter)]
    interpreter.write_text('#!/bin/sh\necho evil > "$CLACKS_OUT"\n')
    assert operator.run(str(script), "x") == ""
    assert operator.said() == f"{interpreter} has changed since the command was allowed."


def test_a_file_that_goes_or_comes_is_named(operator: Operator) -> None:
    script = operator.script("alarm.sh")
    operator.allow("sh", str(script))
    script.unlink()
    operator.run("sh", str(script))
    assert operator.said() == f"{script} no longer exists."
    operator.allow("sh", str(script))
    script.write_text("")
    operator.run("sh", str(script))
    assert operator.said() == f"{script} did not exist when the command was allowed."


def test_another_program_of_that_name_on_the_path_asks_again(operator: Operator) -> None:
    operator.allow("true")
    script = operator.script("bin/true")
    operator.run("true")
    assert operator.said().startswith(f"The program has changed to {script}; /usr/bin/true was allowed.")


def test_a_link_that_leads_elsewhere_asks_again(operator: Operator) -> None:
    good, evil = operator.script("good"), operator.script("evil")
    link = operator.home / "alarm"
    link.symlink_to(good)
    operator.allow(str(link), "x")
    assert operator.run(str(link), "x") == "<Event/>\nx\n"
    link.unlink()
    link.symlink_to(evil)
    assert operator.run(str(link), "x") == ""
    assert str(evil) in operator.said()
    link.unlink()
    link.symlink_to("/usr/bin/true")
    operator.run(str(link), "x")
    assert "/usr/bin/true" in operator.said()


def test_what_a_shell_writes_to_is_not_covered(operator: Operator) -> None:
    command = ("sh", "-c", f"cat >> {operator.out}")
    operator.out.write_text("before\n")
    operator.allow(*command)
    assert operator.run(*command) == "before\n<Event/>\n"
    operator.out.write_text("again\n")
    assert operator.run(*command) == "again\n<Event/>\n"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_only_regular_files_are_opened(operator: Operator, make: Callable[[Path], None]) -> None:
    make(operator.home / "x")
    looked = look(("true", str(operator.home / "x"), f"a {operator.home / 'x'}"))
    assert (looked.problem, looked.files) == ("", ())
    assert look((str(operator.home / "x"),)).problem


def test_files_that_are_too_large_to_be_covered_are_refused(operator: Operator) -> None:
    big = operator.home / "big"
    with big.open("wb") as file:
        file.truncate(commands.MAX_BYTES + 1)
    assert "33,554,432 bytes in all" in look(("true", str(big))).problem


# -- what is run is what was looked at ---------------------------------------------------------------------------------


@pytest.mark.parametrize("way", ["program", "argument of sh", "last argument", "on the PATH", "relative program"])
def test_a_script_that_changes_after_it_was_looked_at_is_run_as_it_was(
    operator: Operator, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    script = operator.script("bin/alarm")
    command = COMMANDS[way](str(script))
    operator.allow(*command)

    def then_change(command: tuple[str, ...]) -> Looked:
        looked = look(command)
        script.write_text('#!/bin/sh\necho evil > "$CLACKS_OUT"\n')
        return looked

    monkeypatch.setattr(alert_commands, "look", then_change)
    assert operator.run(*command) == "<Event/>\nx\n"


def test_a_compiled_program_of_the_user_is_run_as_it_was_looked_at(operator: Operator) -> None:
    program = operator.home / "bin" / "mycat"
    program.parent.mkdir()
    shutil.copy(Path("/bin/cat").resolve(), program)
    looked = operator.allow(str(program), "/nowhere")
    assert [file.path for file in looked.files] == [str(program)]
    operator.run(str(program), "/nowhere")
    assert "/nowhere: No such file" in operator.troubles[-1].detail


def test_a_script_finds_its_own_path_the_home_and_no_password(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLACKS_MONITOR_PASSWORD", "secret")
    monkeypatch.chdir("/")
    text = '#!/bin/sh\necho "$CLACKS_SCRIPT" "$PWD" "$CLACKS_MONITOR_PASSWORD" "$CLACKS_PROFILE" > "$CLACKS_OUT"\n'
    script = operator.script("alarm.sh", text)
    operator.allow(str(script))
    assert operator.run(str(script)) == f"{script} {operator.home}  P\n"


def test_nothing_of_an_event_or_a_profile_becomes_part_of_a_command(operator: Operator) -> None:
    script = str(operator.script("alarm.sh"))
    arguments = ("{0}", "%1", "$CLACKS_PROFILE", "`id`", "{name}", "%(type)s", "*")
    operator.allow(script, *arguments)
    assert operator.run(script, *arguments) == f"<Event/>\n{' '.join(arguments)}\n"


def test_a_program_of_the_system_is_not_covered_and_what_a_user_can_write_is(operator: Operator) -> None:
    assert commands.only_root_changes(Path("/bin/sh"))
    assert look(("sh",)).files == ()
    script = operator.script("bin/sh", "")
    assert not commands.only_root_changes(script)
    assert [file.path for file in look(("sh",)).files] == [str(script)]
    assert replace(look(("sh",)), code={}) == look(("sh",))
