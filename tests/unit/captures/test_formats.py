"""Captures of earlier formats: what they lack is added when they are opened for writing, or read as absent."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from clacks_monitor import captures
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_of_the_second_format_is_read_as_it_is_and_gets_copies_when_written(tmp_path: Path) -> None:
    path = tmp_path / "old.capture"
    with captures.create(path) as capture:
        capture.append(some_events(5))
    with closing(sqlite3.connect(path)) as db:
        db.execute("DROP TABLE copy")
        db.execute("PRAGMA user_version = 2")
    before = path.read_bytes()
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        assert (reader.count(), reader.copies(), reader.deliveries(3)) == (5, [], [3])
        assert [row.deliveries for row in reader.rows([1, 2])] == [1, 1]
    assert path.read_bytes() == before
    with captures.open_capture(path) as capture, capture.reader() as reader:
        assert (reader.count(), reader.copies()) == (5, [])
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (3,)
        assert db.execute("SELECT count(*) FROM copy").fetchone() == (0,)
