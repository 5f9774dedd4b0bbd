"""Commands of alerts: no shell, the event on standard input, no password in sight, ended when they hang."""

from __future__ import annotations

import os
import select
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.config import ConsentStore, Looked
from clacks_monitor.core.messages import Message
from clacks_monitor.core.profile import Alert
from clacks_monitor.session.notices import AlertKind, AlertRaised, Notice, Trouble
from clacks_monitor.session.profiles import alert_commands
from clacks_monitor.session.profiles.alert_commands import AlertCommands, environment
from tests.helpers.ending import end

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WRITE = "import os,sys; open(sys.argv[1],'wb').write(sys.stdin.buffer.read()+os.environ['CLACKS_PROFILE'].encode())"


def alarm(*command: str) -> AlertRaised:
    alert = Alert(on_match=True, command=command)
    return AlertRaised("id", "Errors; rm -rf $HOME", AlertKind.MATCHED, 0, 3, 9, 0.0, alert)


class Teller:
    """Collects troubles."""

    def __init__(self) -> None:
        self.troubles: list[Trouble] = []
        self.said = threading.Event()

    def __call__(self, notices: Iterable[Notice]) -> None:
        self.troubles += [notice for notice in notices if isinstance(notice, Trouble)]
        self.said.set()


class Allowing(ConsentStore):
    """Allows everything."""

    def __init__(self) -> None:
        """Keep nothing."""

    def known(self, _profile_id: str, _command: Sequence[str]) -> bool:
        return True

    def missing(self, _profile_id: str, looked: Looked) -> str:
        return looked.problem


def _finish(commands: AlertCommands) -> None:
    for thread in list(commands._running):
        thread.join()


def test_the_event_comes_on_standard_input_and_arguments_are_taken_as_they_are(tmp_path: Path) -> None:
    teller, target = Teller(), tmp_path / "a $(touch x); b"
    commands = AlertCommands(teller, Allowing())
    commands.run(alarm(sys.executable, "-c", WRITE, str(target)), b"<Event/>")
    _finish(commands)
    assert target.read_bytes() == b"<Event/>Errors; rm -rf $HOME"
    assert teller.troubles == []
    end(commands)


def test_what_goes_wrong_is_said_once_until_it_works_again() -> None:
    teller = Teller()
    commands = AlertCommands(teller, Allowing())
    fails = alarm(sys.executable, "-c", "import sys; sys.exit('no such thing')")
    for _time in range(3):
        commands.run(fails, b"")
        _finish(commands)
    assert len(teller.troubles) == 1
    assert isinstance(teller.troubles[0].text, Message)
    assert isinstance(teller.troubles[0].detail, Message)
    assert "status 1. no such thing" in teller.troubles[0].detail
    commands.run(alarm(sys.executable, "-c", ""), b"")
    _finish(commands)
    commands.run(fails, b"")
    _finish(commands)
    assert len(teller.troubles) == 2
    end(commands)


def test_a_program_that_is_not_there_is_told() -> None:
    teller = Teller()
    commands = AlertCommands(teller, Allowing())
    commands.run(alarm("/nowhere/at all"), b"")
    _finish(commands)
    assert "Program /nowhere/at all not found" in teller.troubles[0].detail
    end(commands)


def test_one_that_hangs_is_ended() -> None:
    teller = Teller()
    commands = AlertCommands(teller, Allowing(), timeout_s=0.2)
    commands.run(alarm(sys.executable, "-c", "import time; time.sleep(600)"), b"")
    _finish(commands)
    assert "Terminated after 0.2 s" in teller.troubles[0].detail
    end(commands)


def test_only_a_few_run_at_once_and_closing_ends_them() -> None:
    teller = Teller()
    commands = AlertCommands(teller, Allowing())
    for _number in range(alert_commands.AT_ONCE + 1):
        commands.run(alarm(sys.executable, "-c", "import sys; sys.stdin.read(); import time; time.sleep(600)"), b"")
    assert "still running" in teller.troubles[0].detail
    end(commands)
    assert not commands._running
    commands.run(alarm(sys.executable, "-c", ""), b"")
    assert not commands._running


@pytest.mark.parametrize("name", ["CLACKS_MONITOR_PASSWORD"])
def test_no_password_is_passed_on(name: str) -> None:
    made = environment(alarm("x"), {name: "secret", "PATH": "/bin"})
    assert "secret" not in made.values()
    assert made["PATH"] == "/bin"
    assert (made["CLACKS_ALERT"], made["CLACKS_COUNT"], made["CLACKS_SEQUENCE"]) == ("matched", "3", "9")


def test_what_a_command_has_started_ends_with_it(tmp_path: Path) -> None:
    teller, note = Teller(), tmp_path / "pid"
    commands = AlertCommands(teller, Allowing(), timeout_s=1.0)
    # Unless the child of the command ends too, it holds the pipe open that is read to its end.
    commands.run(alarm("/bin/sh", "-c", f"sleep 600 & echo $! > {note}; sleep 600; true"), b"")
    _finish(commands)
    assert "Terminated after 1 s" in teller.troubles[0].detail
    assert _ends(int(note.read_text()))
    end(commands)


def _ends(pid: int) -> bool:
    """Wait for the end of a process that is not a child of ours: killed ones may still run for a moment."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    ended, _, _ = select.select([descriptor], [], [], 20)
    os.close(descriptor)
    return bool(ended)


@pytest.mark.parametrize(
    ("command", "why"), [((".",), "Permission denied"), (("/bin/true", "a\0b"), "embedded null byte")]
)
def test_what_cannot_be_started_is_said_with_the_reason(
    command: tuple[str, ...], why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    teller = Teller()
    commands = AlertCommands(teller, Allowing())
    monkeypatch.setattr(alert_commands, "look", Looked)
    commands.run(alarm(*command), b"")
    assert teller.said.wait(20)
    assert teller.troubles[0].detail == f"Cannot be started: {why}."
    end(commands)


def test_a_copy_that_cannot_be_sealed_leaves_nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("clacks_monitor.session.profiles.alert_commands.fcntl.fcntl", refuse)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with pytest.raises(OSError, match="not permitted"):
        alert_commands._sealed_copy(b"#!/bin/sh\n")
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_nothing_is_started_after_the_end(tmp_path: Path) -> None:
    teller = Teller()
    commands = AlertCommands(teller, Allowing())
    end(commands)
    commands.run(alarm(sys.executable, "-c", WRITE, str(tmp_path / "out")), b"x")
    assert (commands.stop(), teller.troubles) == ([], [])
    assert not (tmp_path / "out").exists()
