"""`clacks-monitor schemas`: lists the event types, where each comes from, and what is wrong with it. Thread: main."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from clacks_monitor.cli.arguments import EXIT_FAILED, EXIT_FILE, add_command
from clacks_monitor.cli.bus import missing_folder
from clacks_monitor.core.messages import printable
from clacks_monitor.core.untrusted import one_line

if TYPE_CHECKING:
    import argparse

MAX_LINE = 4_000
"""Characters of a line; a terminal wraps it."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = add_command(
        subparsers,
        "schemas",
        "list the event types and what is wrong with them",
        "List the event types, the file of each, its documentation, and what is wrong with a broken one.",
        "clacks-monitor schemas",
    )
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="schema folders (default: the usual)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List; return 1 when a schema is broken."""
    from clacks_monitor import assets  # noqa: PLC0415 - only when the command runs
    from clacks_monitor.core.folders import Folders  # noqa: PLC0415 - as above
    from clacks_monitor.forms import Catalogue  # noqa: PLC0415 - as above

    if missing_folder(args.folders):
        return EXIT_FILE
    catalogue = Catalogue(args.folders or [assets.folder("schemas"), Folders.of_user().schemas])
    broken = False
    for words in catalogue.left_out:
        _say(f"PROBLEM: {words}")
    for found in catalogue.types():
        _say(f"{found.name} {found.path}")
        if found.problem is not None:
            broken = True
            place = f" (line {found.problem.line}, column {found.problem.column})" if found.problem.line else ""
            _say(f"    PROBLEM{place}: {found.problem.text}")
        if found.form_problem is not None:
            _say(f"    COMPOSED AS XML: {found.form_problem.text}")
        for line in found.documentation.strip().splitlines():
            _say(f"    {line.strip()}")
    return EXIT_FAILED if broken else 0


def _say(line: str) -> None:
    """Print a line; a schema's documentation may come from anywhere."""
    shown = one_line(line, MAX_LINE) if line.strip() else ""
    indent = line[: len(line) - len(line.lstrip())]
    sys.stdout.write(f"{indent}{printable(shown)}\n")
