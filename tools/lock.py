"""Locks every requirement by version and hash, for Python 3.11 and later on Linux: requirements/*.txt, for pip.

Usage: tools/lock.py [--upgrade]. Versions that are locked stay as they are unless pyproject.toml rules them out, or
--upgrade is given. No index is named in the files: pip's own settings decide.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDER = Path("requirements")


def _extras(*names: str) -> tuple[str, ...]:
    return tuple(part for name in names for part in ("--extra", name))


LOCKS = {
    "build": (str(FOLDER / "build.in"),),
    "run": ("pyproject.toml", *_extras("gui", "archive"), "-c", str(FOLDER / "build.txt")),
    "dev": (
        "pyproject.toml",
        *_extras("gui", "archive", "test", "dev", "package"),
        *("-c", str(FOLDER / "run.txt")),
    ),
    "docs": ("pyproject.toml", *_extras("gui", "archive", "docs"), "-c", str(FOLDER / "dev.txt")),
}
"""In this order, and each keeps to the versions of those before it."""
_COMPILE = (
    *(sys.executable, "-m", "uv", "pip", "compile"),
    *("--universal", "--python-version", "3.11", "--generate-hashes"),
    *("--no-emit-index-url", "--no-annotate", "--quiet", "--custom-compile-command", "make lock"),
)


def main() -> int:
    """Write the files; return the exit status of what resolves them."""
    for name, inputs in LOCKS.items():
        output = str(FOLDER / f"{name}.txt")
        done = subprocess.run([*_COMPILE, *sys.argv[1:], *inputs, "-o", output], cwd=ROOT, check=False)
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
