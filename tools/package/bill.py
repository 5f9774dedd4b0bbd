"""The bill of materials (CycloneDX 1.6): what the Debian package carries, with versions and licences."""

from __future__ import annotations

import json
import uuid
from importlib import metadata
from typing import TYPE_CHECKING, Any

from clacks_monitor import __version__

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = f"pkg:pypi/clacks-monitor@{__version__}"


def _licence(found: metadata.Distribution) -> str:
    stated = [found.metadata[name] for name in ("License-Expression", "License") if name in found.metadata]
    if stated and "\n" not in stated[0]:
        return stated[0]
    classifiers = found.metadata.get_all("Classifier") or []
    return "; ".join(text.rpartition(" :: ")[2] for text in classifiers if text.startswith("License ::"))


def _component(found: metadata.Distribution) -> dict[str, Any]:
    name = found.metadata["Name"]
    url = f"pkg:pypi/{name.lower().replace('_', '-')}@{found.version}"
    part: dict[str, Any] = {"type": "library", "bom-ref": url, "name": name, "version": found.version, "purl": url}
    licence = _licence(found)
    return {**part, "licenses": [{"license": {"name": licence}}]} if licence else part


def write(packages: Path, python: str, target: Path) -> None:
    """Write the bill of what lies in a folder of installed packages, and of the interpreter beside it."""
    parts = [_component(found) for found in metadata.distributions(path=[str(packages)])]
    parts = [part for part in parts if part["name"] != "clacks-monitor"]
    parts.append({"type": "framework", "bom-ref": "python", "name": "python", "version": python})
    parts.sort(key=lambda part: str(part["name"]).lower())
    program = {"type": "application", "bom-ref": _PROGRAM, "name": "clacks-monitor", "version": __version__}
    content = json.dumps(parts)
    bill = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, content)}",
        "version": 1,
        "metadata": {"component": {**program, "licenses": [{"license": {"id": "Apache-2.0"}}]}},
        "components": parts,
        "dependencies": [{"ref": _PROGRAM, "dependsOn": [part["bom-ref"] for part in parts]}],
    }
    target.write_text(json.dumps(bill, indent=1) + "\n", encoding="utf-8")
