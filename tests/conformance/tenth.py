"""A fixed tenth of the W3C's QT3 tests, compared with the committed list of known failures.

usage: python -m tests.conformance.tenth [CONFORMANCE_FOLDER] [--all] [--write]

The folder holds qt3.py and qt3/; the default is $CLACKS_CONFORMANCE, else ../shared/conformance
beside the checkout. A test belongs to the tenth when the CRC of its name says so, which does not
change when others come or go. The exit code is 1 when a test fails that is not listed, or a listed
one of the tenth passes: the list may only shrink. `--all` runs every test, `--write` rewrites the
list after such a run. Without the folder nothing is checked, which is said loudly; exit code 0.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent
LIST = HERE / "known_failures.txt"
ENGINE = HERE / "engine.py"


def in_tenth(name: str) -> bool:
    """Whether a test, as `set / name`, belongs to the fixed tenth."""
    return zlib.crc32(name.encode()) % 10 == 0


def failures(folder: Path) -> tuple[set[str], str]:
    """All failing tests as `set / name`, and qt3.py's last line."""
    command = [sys.executable, str(folder / "qt3.py"), str(ENGINE), "--failures"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"qt3.py ended with {done.returncode}:\n{done.stderr[-2000:]}")
    found = set()
    for line in done.stdout.splitlines():
        status, rest = line[:10].strip(), line[11:]
        if status in ("fail", "error", "wrong code", "crash", "died", "timeout") and " / " in rest:
            found.add(rest.split("  ")[0].strip())
    return found, done.stdout.splitlines()[-1]


def tenth_failures(folder: Path) -> tuple[set[str], int]:
    """The failing tests of the tenth, which run in this process's workers, and how many there are."""
    # qt3.py starts its workers as `python qt3.py`, so the selection has to be a file of that name.
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        source = (folder / "qt3.py").read_text(encoding="utf-8")
        selected = source.replace(
            'if re.search(sets, row["set"]) and re.search(names, row["name"]):',
            "if __import__('zlib').crc32(f\"{row['set']} / {row['name']}\".encode()) % 10 == 0:",
        )
        if selected == source:
            raise SystemExit("qt3.py has changed: the tenth cannot be selected.")
        (scratch / "qt3.py").write_text(selected, encoding="utf-8")
        (scratch / "qt3").symlink_to(folder / "qt3")
        found, last = failures(scratch)
    passed_of = last.split(" pass")[0].split(" of ")
    return found, int(passed_of[1])


def main(arguments: list[str]) -> int:
    """Run, compare, say."""
    named = [a for a in arguments if not a.startswith("--")]
    default = os.environ.get("CLACKS_CONFORMANCE", str(HERE.parents[2] / "shared" / "conformance"))
    folder = Path(named[0] if named else default).resolve()
    if not (folder / "qt3.py").exists():
        sys.stderr.write(f"SKIPPED: there are no W3C tests in {folder}; nothing was checked.\n")
        return 0
    known = {line for line in LIST.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")}
    if "--all" in arguments:
        failed, last = failures(folder)
        sys.stdout.write(f"{last}\n")
        if "--write" in arguments:
            text = "# Tests of the QT3 half that fail; docs/conformance.md says why.\n"
            LIST.write_text(text + "\n".join(sorted(failed)) + "\n", encoding="utf-8")
            return 0
    else:
        failed, count = tenth_failures(folder)
        known = {name for name in known if in_tenth(name)}
        sys.stdout.write(f"{count - len(failed)} passed, {len(failed)} failed\n")
    new, gone = sorted(failed - known), sorted(known - failed)
    for name in new:
        sys.stdout.write(f"fails, but is not in the list: {name}\n")
    for name in gone:
        sys.stdout.write(f"passes, take it off the list: {name}\n")
    return 1 if new or gone else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
