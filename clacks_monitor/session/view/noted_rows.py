"""The entries of a capture that are marked or commented. Thread: the reader's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clacks_monitor.core.event import Row
    from clacks_monitor.core.store import EventReader

MAX_NOTES = 1_000


@dataclass(frozen=True, slots=True)
class Annotated:
    """A notice: marks or comments of entries were written, or were not, for a ``problem``."""

    sequences: tuple[int, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class NotesRead:
    """A notice: the newest of ``total`` entries with a mark or comment, in their order."""

    rows: tuple[Row, ...]
    total: int


def noted_rows(reader: EventReader) -> NotesRead:
    """Return the rows of what is marked or commented, the newest MAX_NOTES of them."""
    noted = sorted({*reader.notes.marks(), *reader.notes.comments()})
    return NotesRead(tuple(reader.rows(noted[-MAX_NOTES:])), len(noted))
