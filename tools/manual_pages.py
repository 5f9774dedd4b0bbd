"""Writes the pages of the manual that are made from the program: docs/command-line.md and docs/menus.md.

Usage: python -m tools.manual_pages [--check]. With --check nothing is changed, and it fails when one is not up to date.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.app import build_parser
from clacks_monitor.cli.arguments import EXITS_HELP
from clacks_monitor.gui.kit.command_list import COMMANDS, MENUS

if TYPE_CHECKING:
    from collections.abc import Iterator

DOCS = Path(__file__).resolve().parents[1] / "docs"
_COMMAND_LINE = """\
# Command line

Made by `make manual-pages` from the program itself; `clacks-monitor COMMAND --help` prints the same.

In a checkout the program is `.venv/bin/clacks-monitor`. Passwords belong in the variable `CLACKS_MONITOR_PASSWORD`, or
the program asks for them; in the URL other users of the machine can see them. How the connection goes is written to
standard error, events to standard output.

## Exit status

| status | meaning |
|---|---|
"""
_MENUS = """\
# Menus and keys

Made by `make manual-pages` from the program itself. Help > Keyboard shortcuts changes the keys; Ctrl+Shift+P finds
every command by a part of its name.
"""
_ADDED = {
    "view": "Types, Profiles, Event and Timeline show or hide these panes, Boards each [board](boards.md).",
    "profiles": "The first nine profiles follow by name, with Ctrl+1 to Ctrl+9, which check and uncheck them.",
}
"""What the window itself adds to a menu."""


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "\\<").replace("*", "\\*")


def plain(text: str) -> str:
    """Return a menu's text without its access key and dots."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def _arguments(parser: argparse.ArgumentParser) -> Iterator[str]:
    yield "| argument | meaning |"
    yield "|---|---|"
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        choices = "|".join(map(str, action.choices or []))
        value = "" if action.nargs == 0 else action.metavar or choices or action.dest.upper()
        names = ", ".join(action.option_strings)
        shown = f"{names} {value}".strip()
        help_text = (action.help or "").replace("%(prog)s", parser.prog).replace("%(default)s", str(action.default))
        yield f"| `{shown.replace('|', chr(92) + '|')}` | {_cell(help_text)} |"


def _exits() -> Iterator[str]:
    for line in EXITS_HELP.splitlines()[1:]:
        number, _space, text = line.strip().partition("  ")
        yield f"| {number} | {text} |"


def command_line() -> str:
    """Return the page of all commands and options."""
    parser = build_parser()
    (commands,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    lines = [_COMMAND_LINE + "\n".join(_exits()), "", "## The window: clacks-monitor", ""]
    lines += ["Without a command the program opens the window.", "", *_arguments(parser)]
    for name, command in commands.choices.items():
        lines += ["", f"## {name}", "", str(command.description or "").strip(), "", *_arguments(command)]
        example = (command.epilog or "").partition("exit status")[0].removeprefix("example:").strip()
        if example:
            lines += ["", "```sh", example, "```"]
    return "\n".join(lines) + "\n"


def menus() -> str:
    """Return the page of all menu entries with their keys."""
    lines = [_MENUS]
    for key, title in MENUS:
        lines += [f"## {plain(title)}", "", "| entry | keys | what it does |", "|---|---|---|"]
        entries = sorted((c for c in COMMANDS if c.menu == key), key=lambda c: c.group)
        lines += [f"| {_cell(plain(c.text))} | {c.shortcut} | {_cell(c.tip)} |" for c in entries]
        if key in _ADDED:
            lines += ["", _ADDED[key]]
        lines.append("")
    return "\n".join(lines)


PAGES = {"command-line.md": command_line, "menus.md": menus}


def main() -> int:
    """Run; the exit status is 1 when a page is not up to date."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing, only look")
    check = parser.parse_args().check
    stale = []
    for name, make in PAGES.items():
        path, text = DOCS / name, make()
        if check and path.read_text(encoding="utf-8") != text:
            stale.append(name)
        elif not check:
            path.write_text(text, encoding="utf-8")
    for name in stale:
        sys.stderr.write(f"docs/{name} is not up to date: make manual-pages\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
