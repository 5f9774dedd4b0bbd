"""Texts that many entries share, kept once: event types and sources, one table each.

An ArchiveInterner belongs to the archive's writing connection and is used under its lock; ArchiveNames belongs to one
reader. Both caches are bounded, so that a sender that uses a new subject for every message does not fill memory.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from clacks_monitor.archive.texts import read, stored
from clacks_monitor.core.event import MAX_TYPE
from clacks_monitor.storage.encoding import LONGEST_TEXT, SourceKey, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.archive.connecting import Connection

    Query = Callable[[str, Sequence[Any]], Sequence[tuple[Any, ...]]]

REMEMBERED = 20_000
LONG = 1_000
"""Total characters of texts beyond which they are not cached, but read again."""
NO_SOURCE: SourceKey = ("", "", "", "", "other")
_INSERT = "INSERT INTO {0} (digest, {1}) VALUES ({2}) RETURNING id"
_TYPE = ("SELECT id FROM type WHERE digest = %s", _INSERT.format("type", "name", "%s, %s"))
_COLUMNS = "connection, subject, content_type, user_id, body_kind"
_SOURCE = (
    "SELECT id FROM source WHERE digest = %s",
    _INSERT.format("source", _COLUMNS, "%s, %s, %s, %s, %s, %s"),
)
_NAMED_TYPE = f"SELECT left(name, {MAX_TYPE + 1}) FROM type WHERE id = %s"
_NAMED_SOURCE = "SELECT {} FROM source WHERE id = %s".format(
    ", ".join(f"left({column}, {LONGEST_TEXT})" for column in _COLUMNS.split(", "))
)


def digest_of(texts: Sequence[str]) -> bytes:
    """Return what a row of these texts is found by."""
    return hashlib.blake2b(
        "\0".join(map(str, map(len, texts))).encode() + "".join(texts).encode(), digest_size=16
    ).digest()


class ArchiveInterner:
    """Ids of types and sources, made on first use inside the running transaction."""

    def __init__(self) -> None:
        self._types: dict[str, int] = {}
        self._sources: dict[SourceKey, int] = {}

    def type_id(self, db: Connection, name: str) -> int:
        """Return the id of an event type's name."""
        found = self._types.get(name)
        if found is None:
            found = _id(db, _TYPE, (clean(name),)) if name else 0
            if len(self._types) >= REMEMBERED:
                self._types.clear()
            self._types[name] = found
        return found

    def source_id(self, db: Connection, key: SourceKey) -> int:
        """Return the id of where a message came from and how it was labelled."""
        found = self._sources.get(key)
        if found is None:
            found = _id(db, _SOURCE, tuple(map(clean, key)))
            if sum(map(len, key)) <= LONG:
                if len(self._sources) >= REMEMBERED:
                    self._sources.clear()
                self._sources[key] = found
        return found

    def forget(self) -> None:
        """Forget everything: a transaction in which ids were made was rolled back."""
        self._types.clear()
        self._sources.clear()


def _id(db: Connection, statements: tuple[str, str], texts: tuple[str, ...]) -> int:
    select, insert = statements
    digest = digest_of(texts)
    row = db.execute(select, (digest,)).fetchone() or db.execute(insert, (digest, *map(stored, texts))).fetchone()
    return int(row[0]) if row else 0


class ArchiveTypes(dict[int, str]):
    """Type names by id, read on first need: a plain look-up for those that are known. A name that is too long is ""."""

    def __init__(self, query: Query) -> None:
        super().__init__()
        self._query = query

    def __missing__(self, type_id: int) -> str:
        rows = self._query(_NAMED_TYPE, (type_id,))
        name = read(rows[0][0]) if rows else ""
        if len(self) >= REMEMBERED:
            self.clear()
        self[type_id] = name = name if len(name) <= MAX_TYPE else ""
        return name


class ArchiveNames:
    """ArchiveTypes and sources by id, read on first need."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self.types: ArchiveTypes = ArchiveTypes(query)
        self._sources: dict[int, SourceKey] = {}

    def source(self, source_id: int) -> SourceKey:
        """Return (connection, subject, content type, user id, kind of body)."""
        found = self._sources.get(source_id)
        if found is None:
            rows = self._query(_NAMED_SOURCE, (source_id,))
            found = _key(*map(read, rows[0])) if rows else NO_SOURCE
            if sum(map(len, found)) <= LONG:
                if len(self._sources) >= REMEMBERED:
                    self._sources.clear()
                self._sources[source_id] = found
        return found


def _key(connection: str, subject: str, content_type: str, user_id: str, kind: str) -> SourceKey:
    return connection, subject, content_type, user_id, kind
