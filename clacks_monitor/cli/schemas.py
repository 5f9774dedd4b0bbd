"""`clacks-monitor schemas`: lists the event types, where each comes from, and what is wrong with it. Thread: main."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the command line."""
    parser = subparsers.add_parser("schemas", help="list the event types and what is wrong with them")
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="schema folders (default: the usual)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """List; return 1 when a schema is broken."""
    from clacks_monitor import assets  # noqa: PLC0415 - only when the command runs
    from clacks_monitor.forms import Catalogue  # noqa: PLC0415 - as above
    from clacks_monitor.storage import Folders  # noqa: PLC0415 - as above

    catalogue = Catalogue(args.folders or [assets.folder("schemas"), Folders.of_user().schemas])
    broken = False
    for found in catalogue.types():
        sys.stdout.write(f"{found.name}  {found.path}\n")
        if found.problem is not None:
            broken = True
            place = f" (line {found.problem.line}, column {found.problem.column})" if found.problem.line else ""
            sys.stdout.write(f"    PROBLEM{place}: {found.problem.text}\n")
        for line in found.documentation.strip().splitlines():
            sys.stdout.write(f"    {line.strip()}\n")
    return int(broken)
