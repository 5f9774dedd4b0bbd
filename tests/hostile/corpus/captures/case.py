"""A hostile capture: the sound one that each begins as, and the ways to change it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.core.store import Retention, SnapshotKind
from tests.helpers.entries import a_gap, some_events

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    Make = Callable[[Path], object]

COUNT = 201
"""Entries of the sound capture: 200 events, and a gap in the middle."""
LOOP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"


@dataclass(frozen=True, slots=True)
class HostileCapture:
    """A name, and what makes the file (or what stands in its place) at a path.

    ``kind`` says what is wrong with it. ``runs`` says that something of it would run if the program let it.
    """

    name: str
    make: Make
    kind: str
    runs: bool = False

    @property
    def key(self) -> str:
        """The name it is chosen and listed by."""
        return f"capture/{self.name}"

    def write(self, folder: Path) -> Path:
        """Write the file, and return where it is."""
        path = folder / "colleague.capture"
        self.make(path)
        return path


def named(kind: str, makes: Mapping[str, Make]) -> Iterator[HostileCapture]:
    """Return the cases of a kind whose names begin with it."""
    return (HostileCapture(f"{kind}/{name}", make, kind) for name, make in makes.items())


def sound(path: Path) -> None:
    """Make the capture that all others begin as."""
    with captures.create(path) as capture:
        capture.append([*some_events(100), a_gap(), *some_events(100, 100)])
        capture.notes.annotate(3, mark=True, comment="what I say of it")
        capture.notes.annotate(7, mark=True, comment="look here")
        capture.notes.snapshot(SnapshotKind.PROFILE, "telephones", b"<a profile>")
        capture.remember_retention(Retention(max_count=1_000_000))


def afterwards(change: Make) -> Make:
    """Return what makes the sound capture and then changes the file."""

    def make(path: Path) -> None:
        sound(path)
        change(path)

    return make


def by_connection(change: Callable[[sqlite3.Connection], object]) -> Make:
    """Return what changes the sound capture by SQLite."""

    def changed(path: Path) -> None:
        with closing(sqlite3.connect(path, isolation_level=None)) as db:
            change(db)
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    return afterwards(changed)


def by_sql(sql: str, *, unsafe: bool = False) -> Make:
    """Return what changes the sound capture by statements; ``unsafe`` ones write the schema itself."""

    def change(db: sqlite3.Connection) -> None:
        if unsafe:
            db.execute("PRAGMA writable_schema = ON")
        db.executescript(sql)

    return by_connection(change)
