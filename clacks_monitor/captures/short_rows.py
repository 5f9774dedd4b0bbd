"""Reading what the table shows of records that others wrote, none of which can be made too long for it."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SHORT_ROW = 128 * 1024
"""Bytes of a record of which only what the table shows is read; what this program writes has fewer."""


def cut(column: str, size: int) -> str:
    """Return SQL for at most the first ``size`` bytes of a text, which may hold any character."""
    # length() and substr() of a text end at a NUL, those of bytes do not.
    stored = f"CAST({column} AS BLOB)"
    return f"iif(length({stored}) > {size}, CAST(substr({stored}, 1, {size}) AS TEXT), {column})"


@contextlib.contextmanager
def short_rows(db: sqlite3.Connection) -> Iterator[None]:
    """Have SQLite refuse a longer record with a DataError before it reads it: length() and substr() read it whole."""
    before = db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, SHORT_ROW)
    try:
        yield
    finally:
        db.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, before)
