"""Reads as much of one event as can be shown, in a time that its size does not decide.

SQLite gives a value whole or not at all, a hundred megabytes for the first line of them; its incremental access gives
the part that is asked for. Used by a reader, on its thread.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from clacks_monitor.captures import queries
from clacks_monitor.core.event import EXCERPT_BYTES, Excerpt
from clacks_monitor.storage.encoding import PLAIN, decode_event, inflated_beginning, sensible_size
from clacks_monitor.storage.shapes import DamagedValueError

if TYPE_CHECKING:
    from clacks_monitor.captures.interning import Names


def read_excerpt(db: sqlite3.Connection, names: Names, sequence: int, limit: int = EXCERPT_BYTES) -> Excerpt | None:
    """Return the excerpt of an event in the file, None where there is none. Raises what sqlite3 and damage raise."""
    row = db.execute(queries.EXCERPT_HEAD, (sequence,)).fetchone()
    if row is None:
        return None
    type_id, source_id, size, packing, *front = row
    body = inflated_beginning(packing, _beginning(db, "body", sequence, limit)[0], limit)
    properties, weight = _beginning(db, "properties", sequence, limit)
    whole = weight <= limit
    listed = properties.decode() if whole and weight else None
    row = (*front[:6], PLAIN, *front[6:], listed, body)
    try:
        event = decode_event(row, names.types[type_id], names.source(source_id))
        return Excerpt(event, max(sensible_size(size), len(body)), 0 if whole else weight)
    except (ValueError, TypeError) as error:
        raise DamagedValueError(f"entry {sequence:,}: {error}") from error


def _beginning(db: sqlite3.Connection, column: str, sequence: int, limit: int) -> tuple[bytes, int]:
    """Return the first bytes of a value of the table ``body``, and how many there are; nothing of NULL."""
    try:
        with db.blobopen("body", column, sequence, readonly=True) as value:
            return value.read(limit), len(value)
    except sqlite3.OperationalError as error:
        if "type null" in str(error):
            return b"", 0
        raise
