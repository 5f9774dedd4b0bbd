"""Prints the figures of the checkout; see the package's docstring.

With ``--check`` the exit status is 1 when a figure is over its limit.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tools.structure.figures import measured
from tools.structure.glossary import GLOSSARY, terms
from tools.structure.limits import LIMITS, limits, lowered
from tools.structure.report import as_json, over, table

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: list[str] | None = None) -> int:
    """Run."""
    parser = argparse.ArgumentParser(prog="python -m tools.structure", description="Measure how the package is built.")
    parser.add_argument("--list", action="store_true", help="the places of each figure, too")
    parser.add_argument("--check", action="store_true", help="fail when a figure is over its limit")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of the table")
    parser.add_argument("--lower", action="store_true", help="lower the limits to today's figures")
    options = parser.parse_args(arguments)
    allowed = limits(LIMITS.read_text(encoding="utf-8"))
    figures = measured(ROOT, terms(GLOSSARY.read_text(encoding="utf-8")))
    if options.json:
        print(as_json(figures, allowed, with_places=options.list))
    else:
        print("\n".join(table(figures, allowed, with_places=options.list)))
    if options.lower:
        values = {figure.name: figure.value for figure in figures}
        LIMITS.write_text(lowered(LIMITS.read_text(encoding="utf-8"), values), encoding="utf-8")
    problems = over(figures, allowed) if options.check else []
    for problem in problems:
        sys.stderr.write(f"Over its limit: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
