"""What the About box says besides the name: licence, versions, folders. Any thread."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from lxml import etree
from PySide6.QtCore import qVersion

if TYPE_CHECKING:
    from clacks_monitor.core.folders import Folders

_PACKAGES = ("PySide6-Essentials", "python-qpid-proton", "lxml", "xmlschema", "elementpath", "keyring")


def versions() -> str:
    """Return the versions of what the program runs with, in one line."""
    libxml2 = ".".join(map(str, etree.LIBXML_VERSION))
    found = [f"Python {platform.python_version()}", f"Qt {qVersion()}", f"libxml2 {libxml2}"]
    for package in _PACKAGES:
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:  # bundled without its metadata
            continue
    return ", ".join(found)


def folders(used: Folders) -> list[tuple[str, str]]:
    """Return (name, path) of the folders that users put files into or look for."""
    names = ("config", "profiles", "boards", "schemas", "templates", "captures", "state")
    return [(name, str(getattr(used, name))) for name in names]
