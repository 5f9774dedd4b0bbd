"""Lists the schema files of the folders, bounded and without opening them. Thread: any."""

from __future__ import annotations

import heapq
import itertools
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from clacks_monitor.core.messages import Message
from clacks_monitor.forms.errors import ValidationIssue
from clacks_monitor.forms.sources import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["FoundSchema", "list_schemas", "unfit"]

MAX_ENTRIES: Final = 20_000
"""The most entries of a folder that are examined."""
MAX_SCHEMAS: Final = 500
"""The most schemas of one folder that are read, the first by name; the largest known site has about 60."""


class FoundSchema(NamedTuple):
    """A schema file, and the one of an earlier folder that it replaces."""

    path: Path
    overrides: Path | None


def list_schemas(folders: Sequence[Path]) -> tuple[dict[str, FoundSchema], tuple[str, ...]]:
    """Return the schema files by the name of their type, and messages about those that were left out."""
    found: dict[str, FoundSchema] = {}
    left_out: list[str] = []
    for folder in folders:
        try:
            with os.scandir(folder) as entries:
                examined = list(itertools.islice(_names(entries), MAX_ENTRIES + 1))
        except OSError:
            continue
        names = [name for name in examined[:MAX_ENTRIES] if name.endswith(".xsd") and not name.startswith(".")]
        if len(examined) > MAX_ENTRIES or len(names) > MAX_SCHEMAS:
            left_out.append(Message("Too many files in {0}: at most {1} schemas are read.", str(folder), MAX_SCHEMAS))
        for name in heapq.nsmallest(MAX_SCHEMAS, names):
            stem = name.removesuffix(".xsd")
            earlier = found.get(stem)
            found[stem] = FoundSchema(Path(folder, name), earlier.path if earlier else None)
    return found, tuple(left_out)


def _names(entries: Iterator[os.DirEntry[str]]) -> Iterator[str]:
    return (entry.name for entry in entries)


def unfit(path: Path) -> ValidationIssue | None:
    """Return why a file cannot be a schema, without opening it: not a regular file, or too large."""
    try:
        found = path.stat()
    except OSError as error:
        return ValidationIssue(Message("cannot read {0}: {1}", path.name, error.strerror))
    if not stat.S_ISREG(found.st_mode):
        return ValidationIssue(Message("cannot read {0}: {1}", path.name, Message("not a regular file")))
    if found.st_size > MAX_BYTES:
        return ValidationIssue(
            Message("cannot read {0}: {1}", path.name, Message("larger than {0:,} bytes", MAX_BYTES))
        )
    return None
