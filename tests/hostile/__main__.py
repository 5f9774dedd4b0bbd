"""python -m tests.hostile: attack the program, print what failed."""

from __future__ import annotations

import argparse
import fnmatch
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.hostile import cases
from tests.hostile.bait import Lures
from tests.hostile.driver import PATIENCE_S, Result, best

if TYPE_CHECKING:
    from collections.abc import Iterator


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.hostile", description=__doc__)
    add = parser.add_argument
    add("patterns", nargs="*", default=["*"], help='names of cases, such as "message/names/*" (default: all)')
    add("--list", action="store_true", help="print the names and end")
    add("--seed", type=int, default=1, help="other random cases")
    add("--every", type=int, default=1, metavar="N", help="only every N-th case")
    add("--patience", type=float, default=PATIENCE_S, metavar="S", help="seconds after which a step is given up")
    add("--json", action="store_true", help="print one JSON object for each step")
    add("--all", action="store_true", help="print the steps that hold, too")
    return parser


def _chosen(options: argparse.Namespace) -> Iterator[tuple[str, list[str]]]:
    for kind in cases.KINDS:
        keys = [case.key for case in cases.of(kind, Lures(), options.seed)]
        chosen = [key for key in keys if any(fnmatch.fnmatch(key, pattern) for pattern in options.patterns)]
        if chosen[:: options.every]:
            yield kind, chosen[:: options.every]


def _row(result: Result) -> str:
    stall, growth = result.stall, f"{result.growth_mb:,.0f}"
    head = f"{result.case or '(program)':48} {result.step:12} {stall.net_ms:8,.0f} {growth:>7} {len(result.opened):6}"
    return "\n".join([head, *(f"        {words}" for words in result.failures)])


def main() -> int:
    """Run the chosen cases; the exit status is 1 when one failed."""
    options = _parser().parse_args()
    chosen = list(_chosen(options))
    if options.list:
        sys.stdout.write("".join(f"{key}\n" for _kind, keys in chosen for key in keys))
        return 0
    if not options.json:
        sys.stdout.write(f"{'case':48} {'step':12} {'stall/ms':>8} {'MB':>7} {'opened':>6}\n")
    failed = False
    with tempfile.TemporaryDirectory(prefix="hostile-") as folder:
        for kind, keys in chosen:
            found = best(kind, keys, folder=Path(folder), seed=options.seed, patience_s=options.patience)
            for result in (result for _case, results in found for result in results):
                failed = failed or bool(result.failures)
                if options.json:
                    sys.stdout.write(json.dumps(result.values()) + "\n")
                elif result.failures or options.all:
                    sys.stdout.write(_row(result) + "\n")
                sys.stdout.flush()
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
