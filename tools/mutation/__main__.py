"""Draws a sample of changes, tries them, and reports what no test notices; see the package's docstring.

The sample is the same for the same seed and source. Each package counts by itself: the exit status is 1 when one kills
less than ``--least`` percent of its changes, those in accepted.txt left out.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from tools.mutation.coverage_map import PACKAGE, ROOT, CoverageMap, load
from tools.mutation.operators import Mutant, mutants
from tools.mutation.trial import Copy, Outcome

ACCEPTED = Path(__file__).with_name("accepted.txt")


@dataclass(frozen=True, slots=True)
class Result:
    """One change and what became of it; ``reason`` is why it need not be noticed, "" where it must."""

    mutant: Mutant
    outcome: Outcome
    reason: str = ""

    @property
    def killed(self) -> bool:
        """Whether a test noticed."""
        return self.outcome in {Outcome.KILLED, Outcome.TIMEOUT}


def accepted() -> dict[str, str]:
    """Return the reasons of accepted.txt by the key of the change: a line each, ``key :: reason``."""
    found = {}
    for line in ACCEPTED.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            key, _, reason = line.rpartition(" :: ")
            found[key] = reason
    return found


def packages() -> dict[str, list[Path]]:
    """Return the modules of each package; modules beside the packages are one of their own."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT / PACKAGE).parts
        found[parts[0] if len(parts) > 1 else "(top)"].append(path)
    return found


def sample(names: list[str], count: int, seed: int, contains: str) -> dict[str, list[Mutant]]:
    """Return ``count`` changes of each package, or of those modules in it whose path contains a text."""
    chosen = {}
    for name, paths in packages().items():
        if names and name not in names:
            continue
        every = [
            mutant
            for path in paths
            if contains in (relative := str(path.relative_to(ROOT)))
            for mutant in mutants(relative, path.read_text(encoding="utf-8"))
        ]
        drawn = random.Random(f"{seed} {name}").sample(every, min(count, len(every)))  # a sample, no secret
        if drawn:
            chosen[name] = drawn
    return chosen


def tried(chosen: list[Mutant], tests: CoverageMap, jobs: int) -> list[Result]:
    """Try changes in several copies at once."""
    reasons = accepted()
    with tempfile.TemporaryDirectory() as name, ThreadPoolExecutor(jobs) as pool:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(jobs):
            copies.put(Copy(Path(name) / str(number)))

        def attempt(mutant: Mutant) -> Result:
            copy = copies.get()
            try:
                outcome = copy.attempt(mutant, tests)
            finally:
                copies.put(copy)
            sys.stderr.write(f"{outcome:13} {mutant.path}:{mutant.line} {mutant.what}\n")
            return Result(mutant, outcome, reasons.get(mutant.key, ""))

        return list(pool.map(attempt, chosen))


def main() -> int:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", action="append", default=[], metavar="NAME", help="only this one; repeatable")
    parser.add_argument("--module", default="", metavar="TEXT", help="only modules whose path contains this")
    parser.add_argument("--count", type=int, default=14, help="changes of each package (14)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--least", type=float, default=85, metavar="PERCENT", help="that each package must kill (85)")
    parser.add_argument("--tests", action="append", default=[], metavar="PATH", help="only these tests; repeatable")
    parser.add_argument("--stale", action="store_true", help="use the kept map of tests although files have changed")
    parser.add_argument("--json", action="store_true", help="print one JSON object as the last line")
    options = parser.parse_args()
    chosen = sample(options.package, options.count, options.seed, options.module)
    tests = load(options.tests, stale=options.stale)
    results = tried([mutant for drawn in chosen.values() for mutant in drawn], tests, options.jobs)
    shares = report(chosen, {result.mutant: result for result in results})
    if options.json:
        print(json.dumps({"killed_percent": shares, "seed": options.seed, "count": options.count}))
    return 1 if min(shares.values(), default=100) < options.least else 0


def report(chosen: dict[str, list[Mutant]], results: dict[Mutant, Result]) -> dict[str, float]:
    """Print the survivors and a table; return the percentage of changes that each package's tests notice."""
    shares = {}
    survivors = [result for result in results.values() if not result.killed]
    for result in survivors:
        print(f"{result.outcome}: {result.mutant.key}{f'  (accepted: {result.reason})' if result.reason else ''}")
    print(f"\n{'package':12} {'changes':>8} {'killed':>7} {'accepted':>9} {'percent':>8}")
    for name, drawn in chosen.items():
        counted = [results[mutant] for mutant in drawn if results[mutant].killed or not results[mutant].reason]
        killed = sum(result.killed for result in counted)
        shares[name] = round(100 * killed / len(counted), 1) if counted else 100.0
        print(f"{name:12} {len(drawn):>8} {killed:>7} {len(drawn) - len(counted):>9} {shares[name]:>8}")
    return shares


if __name__ == "__main__":
    sys.exit(main())
