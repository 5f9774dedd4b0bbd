"""Strings that many entries share, kept once: event types and sources. One table each side of the file.

An Interner belongs to the capture's writing connection and is used under its lock; Names belongs to one reader.
Both caches are bounded, so that a sender that uses a new subject for every message does not fill memory.
"""

from __future__ import annotations

import sqlite3

from clacks_monitor.captures.short_rows import short_rows
from clacks_monitor.core.event import MAX_TYPE
from clacks_monitor.storage.encoding import SourceKey, clean
from clacks_monitor.storage.shapes import Shape

REMEMBERED = 20_000
LONG = 1_000
"""Total characters of texts beyond which they are not cached, but read again."""
UNREAD: SourceKey = ("…", "…", "", "", "other")
"""A placeholder for a source whose texts are longer than can be shown."""
_TYPE = Shape(name=str)
_SOURCE = Shape(connection=str, subject=str, content_type=str, user_id=str, body_kind=str)
_INSERT_SOURCE = "INSERT INTO source (connection, subject, content_type, user_id, body_kind) VALUES (?, ?, ?, ?, ?)"
_SELECT_SOURCE = "SELECT connection, subject, content_type, user_id, body_kind FROM source WHERE id = ?"


class Interner:
    """Ids of types and sources, made on first use inside the running transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._types: dict[str, int] = {}
        self._sources: dict[SourceKey, int] = {}

    def type_id(self, name: str) -> int:
        """Return the id of an event type's name."""
        found = self._types.get(name)
        if found is None:
            found = self._ask(
                "SELECT id FROM type WHERE name = ?", "INSERT INTO type (name) VALUES (?)", (clean(name),)
            )
            if len(self._types) >= REMEMBERED:
                self._types.clear()
            self._types[name] = found
        return found

    def source_id(self, key: SourceKey) -> int:
        """Return the id of where a message came from and how it was labelled."""
        found = self._sources.get(key)
        if found is None:
            select = (
                "SELECT id FROM source WHERE connection = ? AND subject = ? AND content_type = ? AND user_id = ?"
                " AND body_kind = ?"
            )
            found = self._ask(select, _INSERT_SOURCE, tuple(map(clean, key)))
            if sum(map(len, key)) <= LONG:
                if len(self._sources) >= REMEMBERED:
                    self._sources.clear()
                self._sources[key] = found
        return found

    def _ask(self, select: str, insert: str, values: tuple[str, ...]) -> int:
        row = self._db.execute(select, values).fetchone()
        if row is None:
            return int(self._db.execute(insert, values).lastrowid or 0)
        return int(row[0])

    def forget(self) -> None:
        """Forget everything: a transaction in which ids were made was rolled back."""
        self._types.clear()
        self._sources.clear()


class Types(dict[int, str]):
    """Type names by id, read on first need: a plain look-up for those that are known. A name that is too long is ""."""

    def __init__(self, db: sqlite3.Connection) -> None:
        super().__init__()
        self._db = db

    def __missing__(self, type_id: int) -> str:
        try:
            with short_rows(self._db):
                row = self._db.execute("SELECT name FROM type WHERE id = ?", (type_id,)).fetchone()
        except sqlite3.DataError:
            row = None
        if len(self) >= REMEMBERED:
            self.clear()
        name = _TYPE(row)[0] if row else ""
        self[type_id] = name = name if len(name) <= MAX_TYPE else ""
        return name


class Names:
    """Types and sources by id, read on first need. ``types[id]`` is "" where the file has no name for the id."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.types: Types = Types(db)
        self._sources: dict[int, SourceKey] = {}

    def source(self, source_id: int) -> SourceKey:
        """Return (connection, subject, content type, user id, kind of body)."""
        found = self._sources.get(source_id)
        if found is None:
            row: SourceKey | None
            try:
                with short_rows(self._db):
                    row = self._db.execute(_SELECT_SOURCE, (source_id,)).fetchone()
            except sqlite3.DataError:
                row = UNREAD
            found = _SOURCE(row) if row else ("", "", "", "", "other")
            if sum(map(len, found)) <= LONG:
                if len(self._sources) >= REMEMBERED:
                    self._sources.clear()
                self._sources[source_id] = found
        return found
