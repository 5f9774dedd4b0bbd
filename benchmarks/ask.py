"""What questions to a capture cost as whole commands, beside BaseX on the same events in the same run.

    python -m benchmarks.ask [--events 1000000] [--rounds 3] [--file FILE] [--no-basex] [--json]

BaseX (Debian's package ``basex``) gets the events as one document, its database built beforehand; ours reads the
capture as it was recorded. Each figure is the best of some rounds of seconds of wall time, the programs taking turns:
``one`` is ours with one worker process, ``ours`` with one for each processor, ``basex`` BaseX's whole command;
``ratio`` is BaseX's time by ours, ``speedup`` one's by ours. ``same`` says whether the results are equal, numbers up
to a difference of 1e-9. ``load`` is the machine's, without which the figures of several workers mean little.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.capture import measure_append
from benchmarks.report import Report
from clacks_monitor import captures

DATABASE: Final = "clacks"
PATHS: Final = "declare namespace f='http://www.gonicus.de/Events'; "
OURS, THEIRS = "collection()", f"db:open('{DATABASE}')/c/d"
PHONE, NODE, LEAVE = "f:Event/f:PhoneStatus", "f:Event/f:NodeStatus", "f:Event/f:ClientLeave"
QUESTIONS: Final = {
    "number of events": "count({0})",
    "count by type": "for $e in {0} group by $t := {1} return $t || '|' || count($e)",
    "comparison": f"count({{0}}/{PHONE}[f:Status = 'busy'])",
    "contains": f"count({{0}}/{PHONE}[contains(f:CallerId, '99')])",
    "calls by status": f"for $e in {{0}}/{PHONE} group by $s := $e/f:Status/string() return $s || '|' || count($e)",
    "average by agent": (f"for $e in {{0}}/{NODE} group by $a := $e/f:Id/string() return $a || '|' || avg($e/f:Load)"),
    "extremes by status": (
        f"for $e in {{0}}/{PHONE} group by $s := $e/f:Status/string()"
        " return $s || '|' || min($e/f:CallerId) || '|' || max($e/f:CallerId)"
    ),
    "sum": f"sum({{0}}/{NODE}/f:Workers)",
    "greatest": f"max({{0}}/{NODE}/f:Load)",
    "who left how often": (f"for $e in {{0}}/{LEAVE} group by $c := $e/f:Id/string() return $c || '|' || count($e)"),
    "one caller": f"{{0}}/{PHONE}[f:CallerId = '000123']/f:Status/string()",
    "load above": f"for $e in {{0}}/{NODE} where number($e/f:Load) > 0.85 return $e/f:Id/string()",
}
TYPES: Final = ("ev:type($e)", "local-name($e/*/*)")


def text_of(question: str, source: str, type_of: str) -> str:
    """Return the query of a question for a source of events."""
    return PATHS + QUESTIONS[question].replace("{0}", source).replace("{1}", type_of)


def timed(command: list[str]) -> tuple[float, list[str]]:
    """Return seconds and the lines of the output, sorted."""
    begun = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begun, sorted(done.stdout.split())


def ours(path: Path, question: str, workers: int) -> list[str]:
    """Return the command of ours."""
    command = [sys.executable, "-m", "clacks_monitor", "query", str(path), text_of(question, OURS, TYPES[0])]
    return [*command, "--format", "xml", "--workers", str(workers)]


def theirs(question: str) -> list[str]:
    """Return the command of BaseX."""
    return ["basex", text_of(question, THEIRS, TYPES[1])]


def build_database(path: Path, folder: Path) -> float:
    """Give BaseX the events of a capture; return the seconds that it takes to build its database."""
    document = folder / "events.xml"
    with captures.open_readonly(path) as capture, capture.reader() as reader, document.open("wb") as stream:
        stream.write(b"<c>")
        for found in reader.scan():
            stream.writelines(b"<d>" + body + b"</d>" for _sequence, _type, body, _properties in found)
        stream.write(b"</c>")
    return timed(["basex", "-c", f"CREATE DB {DATABASE} {document}"])[0]


def same(left: list[str], right: list[str]) -> bool:
    """Whether two results are equal, numbers nearly."""
    return len(left) == len(right) and all(map(_alike, left, right))


def _alike(left: str, right: str) -> bool:
    one, other = left.split("|"), right.split("|")
    return len(one) == len(other) and all(map(_equal, one, other))


def _equal(left: str, right: str) -> bool:
    if left == right:
        return True
    try:
        return math.isclose(float(left), float(right), rel_tol=1e-9)
    except ValueError:
        return False


def measure(report: Report, path: Path, rounds: int, *, basex: bool) -> None:
    """Ask every question, the programs in turns."""
    processors = os.cpu_count() or 1
    table = report.table(
        "questions", "seconds of a whole command", ["question", "ours", "one", "basex", "ratio", "speedup", "same"]
    )
    faster = 0
    for question in QUESTIONS:
        best: dict[str, float] = {}
        found: dict[str, list[str]] = {}
        commands = {"ours": ours(path, question, processors), "one": ours(path, question, 1)}
        commands |= {"basex": theirs(question)} if basex else {}
        for _ in range(rounds):
            for name, command in commands.items():
                seconds, found[name] = timed(command)
                best[name] = min(seconds, best.get(name, seconds))
        ratio = best["basex"] / best["ours"] if basex else None
        faster += ratio is not None and ratio > 1
        equal = all(same(one, found["ours"]) for one in found.values())
        figures = (best["ours"], best["one"], best.get("basex"), ratio, best["one"] / best["ours"], equal)
        table.row(question, *figures)
    report.fact("faster_than_basex", faster, f"Ours is faster than BaseX on {faster} of {len(QUESTIONS)} questions.")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--file", type=Path, help="keep the capture here, and use it again")
    parser.add_argument("--no-basex", action="store_true", help="without BaseX")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    basex = not options.no_basex and shutil.which("basex") is not None
    report = Report("Questions", as_json=options.json)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = options.file or folder / "events.capture"
        if not path.exists():
            measure_append(path, options.events, 1_000.0, 500)
        report.fact("events", options.events)
        report.fact("load", os.getloadavg()[0], f"Load of the machine before: {os.getloadavg()[0]:.1f}.")
        if basex:
            built = build_database(path, folder)
            report.fact("basex_build_s", built, f"BaseX builds its database in {built:.1f} s.")
        try:
            measure(report, path, options.rounds, basex=basex)
        finally:
            if basex:
                timed(["basex", "-c", f"DROP DB {DATABASE}"])
    report.finish()


if __name__ == "__main__":
    main()
