"""The command line imports the command that it is given, and for the window none."""

from __future__ import annotations

import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import app
from clacks_monitor.app import main
from clacks_monitor.cli.arguments import EXIT_FILE, EXIT_USAGE
from clacks_monitor.cli.commands import COMMANDS
from clacks_monitor.core.connection import AMQP, AddressError, BusProtocol

if TYPE_CHECKING:
    from pathlib import Path

PARSING = {"clacks_monitor.cli.address", "clacks_monitor.cli.arguments", "clacks_monitor.cli.commands"}
LOADED = """
import sys
from clacks_monitor import app
app._parse(sys.argv[1:])
print(" ".join(name for name in sys.modules if name.startswith(("clacks_monitor.cli.", "PySide6", "lxml", "proton"))))
"""


def loaded(*arguments: str) -> set[str]:
    """Return the modules of commands and of what is heavy that reading the command line has loaded."""
    return set(subprocess.check_output([sys.executable, "-c", LOADED, *arguments], text=True).split())


@pytest.mark.parametrize("arguments", [(), ("--demo",), ("--capture", "shift.capture", "--theme", "dark")])
def test_for_the_window_no_command_is_loaded(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) == PARSING


def test_an_amqp_url_of_the_window_is_read_without_a_driver() -> None:
    program = LOADED.replace(
        "app._parse(sys.argv[1:])", "app._address_of_window(app._parse(['--connect', sys.argv[1]]))"
    )
    found = subprocess.check_output([sys.executable, "-c", program, "amqps://anna:x@bus.example"], text=True)
    assert set(found.split()) == PARSING


def test_a_url_of_another_protocol_is_read_with_the_drivers(monkeypatch: pytest.MonkeyPatch) -> None:
    protocols = (AMQP, BusProtocol("mqtt", 1883, 8883))
    monkeypatch.setattr(app, "load_ports", lambda: SimpleNamespace(protocols=protocols))
    settings, _password = app._address_of_window(app._parse(["--connect", "mqtts://bus.example"]))
    assert settings.url == "mqtts://bus.example:8883/org.clacks"
    with pytest.raises(AddressError, match="amqps://, or mqtt://, or mqtts://"):
        app._address_of_window(app._parse(["--connect", "http://bus.example"]))


@pytest.mark.parametrize("arguments", [("schemas",), ("simulate", "amqp://bus"), ("broker",), ("listen", "amqp://bus")])
def test_a_command_line_is_read_without_what_the_command_needs(arguments: tuple[str, ...]) -> None:
    assert loaded(*arguments) == PARSING


def test_a_capture_is_opened_by_its_name_alone(tmp_path: Path) -> None:
    path = tmp_path / "night shift.capture"
    assert app._parse([str(path), "--theme", "dark"]).file == path
    assert app._parse(["--theme", "dark"]).file is None


def test_a_capture_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.capture"]) == EXIT_FILE
    assert capsys.readouterr().err == "There is no capture nowhere.capture.\n"


def test_a_capture_that_the_system_does_not_look_for_is_told_in_words(
    capsys: pytest.CaptureFixture[str],
) -> None:
    name = "a" * 300 + ".capture"
    assert main([name]) == EXIT_FILE
    assert capsys.readouterr().err == f"{name} cannot be opened: File name too long.\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["lisen"], "Did you mean listen?"),
        (["lisen", "--xquery", "true()", "amqp://bus"], "Did you mean listen?"),
        (["a.capture", "--capture", "b.capture"], "a.capture is opened already"),
        (["--conect", "amqp://bus"], "Did you mean --connect?"),
    ],
)
def test_a_wrong_command_line_is_explained(
    arguments: list[str], expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == EXIT_USAGE
    assert expected in capsys.readouterr().err


def test_help_tells_all_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in told] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--conect", "amqp://admin:hunter2@bus"],
        ["amqp://admin:hunter2@bus"],
        ["amqp://admin:hunter2@bus.example.org"],
        ["listen", "amqp://a", "amqp://admin:hunt/er2@er2@bus"],
    ],
)
def test_a_password_on_a_wrong_command_line_is_not_repeated(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    told = capsys.readouterr().err
    assert "er2" not in told
    assert ("***" in told) is (arguments[0] != "--conect"), "an unknown option is named without its value"


def test_what_is_no_command_is_refused_with_all_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["lisen", "amqp://localhost"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert "lisen" in told
    assert [name for name in COMMANDS if name not in told] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_an_error_of_a_command_shows_the_usage_of_that_command_only(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        app.build_parser().parse_args([command, "--no-such-option"])
    usage, error = capsys.readouterr().err.rsplit("\n", 2)[:2]
    assert usage.startswith(f"usage: clacks-monitor {command} ")
    assert "COMMAND" not in usage
    assert error.startswith(f"clacks-monitor {command}: error: ")
