"""Finds the files that travel with the program: schemas/, resources/, docs/ (the manual).

An installed wheel carries them inside the package under data/, a checkout has them at its top level; the rest of
the program never asks which of the two it runs from. Reading only; any thread.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_WHEEL_DATA = _PACKAGE / "data"
ROOT = _WHEEL_DATA if _WHEEL_DATA.is_dir() else _PACKAGE.parent
FOLDERS = ("schemas", "resources", "docs")


class AssetError(FileNotFoundError):
    """An asset that ought to be part of the program is not there: the installation is damaged."""


def folder(*parts: str) -> Path:
    """Return the folder below ``schemas``, ``resources`` or ``docs`` that ``parts`` name."""
    found = ROOT.joinpath(*parts)
    if parts[0] not in FOLDERS or not found.is_dir():
        raise AssetError(f"The program's folder {'/'.join(parts)} is missing; install it again.")
    return found


def path(*parts: str) -> Path:
    """Return the file that ``parts`` name, for example ``path("schemas", "BusEvent.xsd")``."""
    found = ROOT.joinpath(*parts)
    if parts[0] not in FOLDERS or not found.is_file():
        raise AssetError(f"The program's file {'/'.join(parts)} is missing; install it again.")
    return found


def text(*parts: str) -> str:
    """Return the content of a text asset (UTF-8)."""
    return path(*parts).read_text(encoding="utf-8")


def names(*parts: str, suffix: str = "") -> list[str]:
    """Return the sorted names of the files in a folder of assets that end in ``suffix``."""
    return sorted(p.name for p in folder(*parts).iterdir() if p.is_file() and p.suffix == suffix)
