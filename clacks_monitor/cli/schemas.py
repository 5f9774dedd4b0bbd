"""``clacks-monitor schemas``: lists the event types with their files and problems. Thread: main."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from clacks_monitor import assets
from clacks_monitor.cli.arguments import EXIT_FAILED, EXIT_FILE
from clacks_monitor.cli.bus import missing_folder
from clacks_monitor.core.folders import Folders
from clacks_monitor.core.messages import printable
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.forms import Catalogue

if TYPE_CHECKING:
    import argparse

MAX_LINE = 4_000
"""Characters of a line; a terminal wraps it."""


def run(args: argparse.Namespace) -> int:
    """List; return 1 when a schema is broken."""
    if missing_folder(args.folders):
        return EXIT_FILE
    folders = Folders.below(args.config) if args.config else Folders.of_user()
    catalogue = Catalogue(args.folders or [assets.folder("schemas"), folders.schemas])
    broken = False
    for text in catalogue.left_out:
        _print(f"PROBLEM: {text}")
    for found in catalogue.types():
        _print(f"{found.name} {found.path}")
        if found.problem is not None:
            broken = True
            place = f" (line {found.problem.line}, column {found.problem.column})" if found.problem.line else ""
            _print(f"    PROBLEM{place}: {found.problem.text}")
        if found.form_problem is not None:
            _print(f"    COMPOSED AS XML: {found.form_problem.text}")
        for line in found.documentation.strip().splitlines():
            _print(f"    {line.strip()}")
    return EXIT_FAILED if broken else 0


def _print(line: str) -> None:
    """Print a line; a schema's documentation may come from anywhere."""
    shown = one_line(line, MAX_LINE) if line.strip() else ""
    indent = line[: len(line) - len(line.lstrip())]
    sys.stdout.write(f"{indent}{printable(shown)}\n")
