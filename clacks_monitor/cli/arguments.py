"""The command line itself: commands and their help, values and what is wrong with one, exit statuses. Thread: main.

Loaded also for the window, which has options of its own: nothing heavy in here.
"""

from __future__ import annotations

import argparse
import math
import re
import textwrap
from typing import TYPE_CHECKING, Final, NoReturn

if not TYPE_CHECKING:
    from clacks_monitor.core.overriding import override
else:
    from typing_extensions import override

EXIT_FAILED = 1
EXIT_USAGE = 2
EXIT_NOT_PERMITTED = 3
EXIT_NOT_CONNECTED = 4
EXIT_FILE = 5
PASSWORD_VARIABLE = "CLACKS_MONITOR_PASSWORD"  # noqa: S105 - the variable's name
_PASSWORD = re.compile(r"(\w+://[^\s:/@]*:)[^\s]*@")
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
    """Says what is wrong with a command line, but not the passwords in it."""

    @override
    def error(self, message: str) -> NoReturn:
        super().error(_PASSWORD.sub(r"\1***@", message))


def add_command(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], name: str, summary: str, more: str, example: str
) -> argparse.ArgumentParser:
    """Add a command: ``summary`` in the list of commands, ``more`` and ``example`` in its own help."""
    return subparsers.add_parser(
        name,
        help=summary,
        description="\n\n".join(textwrap.fill(part, 100) for part in more.split("\n\n")),
        epilog=f"example:\n  {example}\n\n{EXITS_HELP}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


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


def size(text: str) -> tuple[int, int]:
    """Return width and height of WIDTHxHEIGHT."""
    width, _x, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        raise argparse.ArgumentTypeError(f"{text} is no size such as 1280x800")
    return int(width), int(height)
