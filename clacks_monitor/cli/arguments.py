"""The parser of the command line, the types of its values, and exit statuses. Thread: main.

The window's start imports this module too: it must not import anything that takes long.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NoReturn

from typing_extensions import override

from clacks_monitor.core.archives import names_archive
from clacks_monitor.core.connection import AMQP, MQTT
from clacks_monitor.core.suggestions import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    Subparsers = argparse._SubParsersAction[Any]

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOT_PERMITTED = 3
EXIT_NOT_CONNECTED = 4
EXIT_FILE = 5
PASSWORD_VARIABLE = "CLACKS_MONITOR_PASSWORD"  # noqa: S105 - the variable's name
_PASSWORD = re.compile(r"(\w+://[^\s:/@]*:)[^\s]*@")
_PASSWORD_HELP = f"the password may be in {PASSWORD_VARIABLE} instead, or is asked for"
_DURATION = re.compile(r"([1-9]\d{0,5})([mhdw])")
_SECONDS = {"m": 60, "h": 3600, "d": 86_400, "w": 604_800}
MAX_PORT = 65_535
EXITS_HELP: Final = """\
exit status:
  0  done, or stopped by Ctrl+C
  1  not all of it was in order
  2  the command line, a query or an event is wrong
  3  the bus refused it: login, rights, no such exchange
  4  there is no connection
  5  a file cannot be read or written
"""


class Parser(argparse.ArgumentParser):
    """A parser whose errors suggest what was probably meant, and do not show passwords.

    Options may stand anywhere among the arguments, also before an optional one.
    """

    _passes = False
    """Whether argparse is in one of the two passes of its parsing of intermixed arguments."""

    @override
    def error(self, message: str) -> NoReturn:
        """End the program with a message, passwords of URLs left out."""
        super().error(_PASSWORD.sub(r"\1***@", message))

    @override
    def parse_known_args(  # type: ignore[override]  # argparse overloads it for its namespace's class
        self, args: Sequence[str] | None = None, namespace: argparse.Namespace | None = None
    ) -> tuple[argparse.Namespace, list[str]]:
        """Parse; report an unknown option first, because its value would be taken for another argument."""
        args = sys.argv[1:] if args is None else list(args)
        commands = {name for action in self._actions if isinstance(action.choices, dict) for name in action.choices}
        for position, argument in enumerate(args):
            misspelt = commands and not position and not argument.startswith("-")
            if argument == "--" or argument in commands or misspelt:
                break
            name = argument.partition("=")[0]
            if name.startswith("--") and not any(known.startswith(name) for known in self._option_string_actions):
                known = [option for option in self._option_string_actions if option.startswith("--")]
                self.error(f"there is no option {name}.{did_you_mean(name, known)}")
        # The parsing of intermixed arguments does not support subcommands, and forgets where "--" stood.
        if self._passes or self._subparsers is not None or "--" in args or not self._get_positional_actions():
            return super().parse_known_args(args, namespace)
        self._passes = True
        try:
            return super().parse_known_intermixed_args(args, namespace)
        finally:
            self._passes = False

    @override
    def _check_value(self, action: argparse.Action, value: object) -> None:
        """Report a wrong choice with the same text in every version of Python."""
        if action.choices is None or value in action.choices:
            return
        choices = [str(choice) for choice in action.choices]
        # A command has no name of its own in argparse's messages but this.
        kind = "command" if isinstance(action.choices, dict) else "/".join(action.option_strings) or action.dest
        meant = did_you_mean(str(value), choices)
        raise argparse.ArgumentError(None, f"{kind} {value!r} does not exist.{meant} There are: {', '.join(choices)}.")


def add_command(subparsers: Subparsers, name: str, summary: str, more: str, example: str) -> argparse.ArgumentParser:
    """Add a command: ``summary`` in the list of commands, ``more`` and ``example`` in its own help."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        name,
        help=summary,
        description="\n\n".join(textwrap.fill(part, 100) for part in more.split("\n\n")),
        epilog=f"example:\n  {example}\n\n{EXITS_HELP}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    return parser


def add_url(parser: argparse.ArgumentParser, *, needed: bool = True) -> None:
    """Add the argument that names the bus."""
    form = f"({'|'.join((*AMQP.schemes, *MQTT.schemes))})://user:password@host:port/domain"
    parser.add_argument("url", metavar="URL", nargs=None if needed else "?", help=f"{form}; {_PASSWORD_HELP}")
    add_tls(parser)


def add_tls(parser: argparse.ArgumentParser) -> None:
    """Add the options for the files of a connection over TLS."""
    add = parser.add_argument
    add(
        "--ca-file",
        metavar="FILE",
        help="CA certificates (PEM) that the broker's has to come from; amqps:// and mqtts:// only",
    )
    add("--client-cert", metavar="FILE", help="client certificate (PEM) to log in with; amqps:// and mqtts:// only")
    add("--client-key", metavar="FILE", help="its key (PEM, without a password), if it is not in the same file")


def at_least_one(text: str) -> int:
    """Return a whole number from 1 on."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 on")
    return number


def not_negative(text: str) -> float:
    """Return a number from 0 on."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError(f"{text} is no number from 0 on, such as 2.5")
    return number


def duration(text: str) -> float:
    """Return the seconds that a text such as "90d" means."""
    found = _DURATION.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(f"{text} is not a time such as 90d, 36h or 30m")
    return float(int(found[1]) * _SECONDS[found[2]])


def host_and_port(text: str) -> tuple[str, int]:
    """Return what HOST:PORT means."""
    host, _colon, port = text.rpartition(":")
    if not host or not port.isdecimal() or int(port) > MAX_PORT:
        raise argparse.ArgumentTypeError(f"{text} is not an address such as 127.0.0.1:9187")
    return host.strip("[]"), int(port)


def store_address(text: str) -> Path | str:
    """Return a capture's path, or the URL of an archive as it is."""
    return text if names_archive(text) else Path(text)


def size(text: str) -> tuple[int, int]:
    """Return width and height of WIDTHxHEIGHT."""
    width, _x, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text} is no size such as 1280x800")
    return int(width), int(height)
