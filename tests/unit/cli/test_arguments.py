"""The values of a command line, and what is said of wrong ones."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.app import load_ports
from clacks_monitor.cli.arguments import EXITS_HELP, Parser, add_command, add_url, at_least_one, not_negative, size
from clacks_monitor.cli.commands import COMMANDS, add_parser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (at_least_one, "1", 1),
        (at_least_one, "20", 20),
        (not_negative, "0", 0.0),
        (not_negative, "2.5", 2.5),
        (size, "1280x800", (1280, 800)),
        (size, "1X2", (1, 2)),
    ],
)
def test_a_value_is_read(read: Callable[[str], object], text: str, value: object) -> None:
    assert read(text) == value


@pytest.mark.parametrize(
    ("read", "text"),
    [
        *((at_least_one, text) for text in ("0", "-1", "x", "1.5", "")),
        *((not_negative, text) for text in ("-0.1", "nan", "inf", "x", "")),
        *((size, text) for text in ("0x800", "800x0", "axb", "1x", "x1", "800", "-1x1")),
    ],
)
def test_a_value_that_cannot_be_is_named(read: Callable[[str], object], text: str) -> None:
    with pytest.raises(argparse.ArgumentTypeError) as refused:
        read(text)
    assert str(refused.value).startswith(f"{text} is no ")


def _parser() -> Parser:
    parser = Parser(prog="x")
    parser.add_argument("--colour", choices=("red", "green"))
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("size", nargs="?", choices=("small", "large"))
    return parser


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--colur=red"], "there is no option --colur. Did you mean --colour?"),
        (["--zzz"], "there is no option --zzz."),
        (["--colour", "rad"], "--colour 'rad' does not exist. Did you mean red? There are: red, green."),
        (["smal"], "size 'smal' does not exist. Did you mean small? There are: small, large."),
        (["large", "amqp://anna:se:cret@host/"], "unrecognized arguments: amqp://anna:***@host/"),
        (["large", "amqp://host/a"], "unrecognized arguments: amqp://host/a"),
    ],
)
def test_what_is_wrong_is_said_without_passwords(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        _parser().parse_args(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err.splitlines()[-1] == f"x: error: {told}"


def test_options_may_be_shortened_and_end_at_two_dashes() -> None:
    assert _parser().parse_args(["--col", "green", "-v"]) == argparse.Namespace(colour="green", verbose=True, size=None)
    assert _parser().parse_known_args(["small", "--", "--zzz"])[1] == ["--zzz"]


def test_the_options_of_a_command_are_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    parser = Parser(prog="x")
    parser.add_argument("--theme")
    parser.add_subparsers().add_parser("listen").add_argument("--count")
    assert parser.parse_args(["listen", "--count", "3"]).count == "3"
    with pytest.raises(SystemExit):
        parser.parse_args(["--count", "3", "listen"])
    assert "no option --count" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        parser.parse_args(["lisen"])
    assert "command 'lisen' does not exist. Did you mean listen?" in capsys.readouterr().err


def test_without_arguments_the_programs_own_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["x", "--colour", "red"])
    assert _parser().parse_args().colour == "red"


def test_help_is_wrapped_and_has_its_example_and_the_exit_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    add_command(
        argparse.ArgumentParser(prog="x").add_subparsers(), "one", "short", f"{'word ' * 60}\n\nmore", "x one 2"
    ).print_help()
    told = capsys.readouterr().out
    paragraphs = [line for line in told.splitlines() if line.startswith("word")]
    assert max(map(len, paragraphs)) == 99
    assert "word\n\nmore\n" in told
    assert f"example:\n  x one 2\n\n{EXITS_HELP}" in told


def _commands() -> Iterator[tuple[str, Parser]]:
    for name in COMMANDS:
        subparsers = Parser(prog="x").add_subparsers(dest="command")
        add_parser(name, subparsers)
        yield name, subparsers.choices[name]


_VALUES = {"retention": "90d", "metrics": "localhost:9187"}
"""Values of options that take no number."""


def _words(action: argparse.Action) -> list[str]:
    """Return an option, with a value that it takes."""
    option = action.option_strings[-1]
    if action.nargs == 0:
        return [option]
    return [option, str(next(iter(action.choices or ()), _VALUES.get(action.dest, "2")))]


@pytest.mark.parametrize(("name", "parser"), [pytest.param(*found, id=found[0]) for found in _commands()])
def test_an_option_may_stand_at_any_place_among_the_arguments(name: str, parser: Parser) -> None:
    positional = parser._get_positional_actions()
    arguments = [str(next(iter(action.choices or ()), f"argument{n}")) for n, action in enumerate(positional)]
    arguments = arguments[:3] if name == "send" else arguments
    for action in parser._get_optional_actions():
        if action.dest == "help":
            continue
        option = _words(action)
        first = parser.parse_args([*option, *arguments])
        for at in range(1, len(arguments) + 1):
            assert parser.parse_args([*arguments[:at], *option, *arguments[at:]]) == first


def test_what_follows_two_dashes_is_no_option() -> None:
    assert _parser().parse_args(["-v", "--", "large"]) == argparse.Namespace(colour=None, verbose=True, size="large")
    parser = dict(_commands())["replay"]
    assert parser.parse_args(["--step", "--", "--speed", "url"]).capture == Path("--speed")


def test_the_help_of_a_url_names_the_schemes_that_are_accepted() -> None:
    parser = argparse.ArgumentParser()
    add_url(parser)
    schemes = "|".join(scheme for protocol in load_ports().protocols for scheme in protocol.schemes)
    assert f"({schemes})://user:password@host:port/domain" in " ".join(parser.format_help().split())
