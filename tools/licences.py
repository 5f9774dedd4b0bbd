"""Writes docs/licences.md: every locked package with its version and licence, as its own meta data says.

Usage: tools/licences.py, where what requirements/dev.txt locks is installed on the oldest Python: later ones need less.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "licences.md"
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
_PARTS = (
    ("run", "What the program runs with", ()),
    ("build", "What builds it", ("run",)),
    ("dev", "What tests and checks it", ("run", "build")),
    ("docs", "What builds the manual's web pages", ("run", "build", "dev")),
)
_CLASSIFIER = "License :: OSI Approved :: "
_STATED_ELSEWHERE = {"saxonche": "MPL-2.0 (by its documentation)"}
_LONGEST = 60
"""Characters: a longer licence field holds a whole licence's text."""
_HEAD = """\
# Licences of other people's work

Clacks Event Monitor is under the Apache License 2.0. Every package that it is run, built or tested with, and the
licence that the package states. Wheels carry libraries of others with them: Qt in PySide6 (under the same licences as
PySide6), libxml2 and libxslt in lxml (MIT), OpenSSL in cryptography (Apache-2.0). Made by `make lock`.
"""


def locked(name: str) -> dict[str, str]:
    """Return the versions of the packages in requirements/NAME.txt."""
    return dict(_LOCKED.findall((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")))


def licence(meta: PackageMetadata) -> str:
    """Return the licence that a package states, "" when it states none."""
    stated = _first(meta, "License-Expression")
    if not stated:
        classifiers = [text for text in meta.get_all("Classifier") or [] if text.startswith("License ::")]
        stated = ", ".join(text.removeprefix(_CLASSIFIER).rpartition(" :: ")[2] for text in classifiers)
    field = _first(meta, "License")
    return stated or (field if len(field) <= _LONGEST and "\n" not in field else "")


def _first(meta: PackageMetadata, name: str) -> str:
    found = meta.get_all(name) or []
    return str(found[0]) if found else ""


def page() -> str:
    """Return the page. Raises LookupError for a package that is not installed as locked, or states no licence."""
    lines = [_HEAD]
    for name, title, before in _PARTS:
        listed = {package for other in before for package in locked(other)}
        lines += [f"## {title}\n", "| package | version | licence |", "|---|---|---|"]
        for package, version in sorted(locked(name).items()):
            if package not in listed:
                lines.append(f"| {package} | {version} | {_licence_of(package, version)} |")
        lines.append("")
    return "\n".join(lines)


def _licence_of(package: str, version: str) -> str:
    try:
        meta = metadata(package)
    except PackageNotFoundError as error:
        raise LookupError(f"{package} is not installed.") from error
    if meta["Version"] != version:
        raise LookupError(f"{package} {meta['Version']} is installed, {version} is locked.")
    stated = licence(meta) or _STATED_ELSEWHERE.get(package, "")
    if not stated:
        raise LookupError(f"{package} states no licence.")
    return stated


def main() -> int:
    """Write the page; return the exit status."""
    try:
        text = page()
    except LookupError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
