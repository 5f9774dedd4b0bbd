"""Captures whose texts are megabytes long: what the table shows of them never leaves SQLite in full."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures.short_rows import SHORT_ROW
from clacks_monitor.core.event import MAX_TYPE
from clacks_monitor.storage.table_rows import MAX_TEXT
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.captures.reader import CaptureReader

LONG = 3_000_000
PLACES = {
    "summary": "UPDATE entry SET summary = ? WHERE seq % 2 = 0",
    "problem": "UPDATE entry SET problem = ?, kind = 1, problem_kind = 'not-xml' WHERE seq % 2 = 0",
    "comment": "INSERT INTO note SELECT seq, 1, ?, 1 FROM entry WHERE seq % 2 = 0",
    "connection": "UPDATE source SET connection = ?",
    "subject": "UPDATE source SET subject = ?",
    "type": "UPDATE type SET name = ? WHERE name <> ''",
}


@pytest.mark.parametrize("length", [MAX_TEXT + 1, LONG])
@pytest.mark.parametrize("place", PLACES)
def test_rows_of_a_capture_are_short_whatever_is_in_it(tmp_path: Path, place: str, length: int) -> None:
    path = tmp_path / "colleague.capture"
    with captures.create(path) as capture:
        capture.append(some_events(4)[:1] * 4)
    with closing(sqlite3.connect(path)) as db:
        db.execute(PLACES[place], ("<" * length,))
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        read = _count_what_is_read(reader)
        rows = reader.rows([1, 2, 3, 4])
        assert [row.sequence for row in rows] == [1, 2, 3, 4]
        for row in rows:
            assert len(row.type) <= MAX_TYPE
            assert all(len(text) <= MAX_TEXT for text in (row.summary, row.problem, row.connection, row.subject))
            assert len(row.comment) <= SHORT_ROW
        assert sum(read) < 8 * SHORT_ROW
        # Every other row is as it was where only those were changed.
        if place in {"summary", "problem", "comment"}:
            assert rows[0].summary


def _count_what_is_read(reader: CaptureReader) -> list[int]:
    """Have the bytes of each text counted that the reader gets from SQLite."""
    read: list[int] = []

    def text(raw: bytes) -> str:
        read.append(len(raw))
        return raw.decode()

    reader._file.db.text_factory = text
    return read
