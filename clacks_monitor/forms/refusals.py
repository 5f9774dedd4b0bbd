"""Records the digests of schemas that took too much time or memory, so that the next start does not try them again.

A file that cannot be read or written is ignored. Owner: the catalogue. Thread: one at a time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from typing import TYPE_CHECKING, Any, Final

from clacks_monitor.core.regular_file import read_regular
from clacks_monitor.forms.guard import serialization

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.forms.errors import ValidationIssue
    from clacks_monitor.forms.sources import SourceSet

__all__ = ["Refusals"]

_KEPT: Final = 1_000
_MAX_BYTES: Final = 4_000_000


class Refusals:
    """Problems by the digest of a schema's documents, in a file; without a path only while the program runs."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._found = _read(path) if path is not None else {}

    def problem_of(self, sources: SourceSet) -> ValidationIssue | None:
        """Return why these documents were refused before; None when they were not."""
        with contextlib.suppress(TypeError, ValueError, LookupError):  # the file was edited
            return serialization.unpack_problem(self._found.get(_digest(sources)))
        return None

    def add(self, sources: SourceSet, problem: ValidationIssue) -> None:
        """Record that these documents were refused."""
        if not sources.documents:
            return
        self._found[_digest(sources)] = serialization.pack_problem(problem)
        self._found = dict(list(self._found.items())[-_KEPT:])
        if self._path is not None:
            with contextlib.suppress(OSError):
                _write(self._path, json.dumps(self._found).encode())


def _digest(sources: SourceSet) -> str:
    found = hashlib.sha256()
    for document in sources.documents:
        found.update(f"{document.location} {len(document.body)}\n".encode())
        found.update(document.body)
    return found.hexdigest()


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(read_regular(path, _MAX_BYTES))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)
    new.replace(path)
