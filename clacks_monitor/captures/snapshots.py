"""What was true while events were recorded: copies of connections, schemas and profiles kept in the capture. Values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class SnapshotKind(StrEnum):
    """What a snapshot is a copy of."""

    CONNECTION = "connection"
    SCHEMA = "schema"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of a connection's settings (JSON, no password), a schema file, or a profile file.

    ``taken_ns`` is wall clock.
    """

    kind: SnapshotKind
    name: str
    taken_ns: int
    content: bytes
