"""The counts by the minute are always those that counting the entries gives: appended, trimmed, migrated, saved."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor import captures
from clacks_monitor.captures import ring
from clacks_monitor.core.store import Retention
from clacks_monitor.storage.encoding import MINUTE_NS
from tests.helpers.entries import a_gap, an_event, counts_by_type, entries, some_events

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from clacks_monitor.captures.writer import Capture
    from clacks_monitor.core.event import Entry


def _tally(db: sqlite3.Connection) -> dict[tuple[int, int, int], int]:
    return {(row[0], row[1], row[2]): row[3] for row in db.execute("SELECT minute, type, kind, count FROM tally")}


def _counted(db: sqlite3.Connection) -> dict[tuple[int, int, int], int]:
    rows = db.execute("SELECT wall, type, kind FROM entry WHERE type IS NOT NULL")
    return dict(Counter((wall // MINUTE_NS, kind, problem) for wall, kind, problem in rows))


@given(st.lists(entries, max_size=6))
@settings(deadline=None, max_examples=40)
def test_whatever_is_appended_is_counted(tmp_path_factory: pytest.TempPathFactory, batches: list[list[Entry]]) -> None:
    with captures.create(tmp_path_factory.mktemp("tally") / "a") as capture:
        for batch in batches:
            capture.append(batch)
        assert _tally(capture._file.db) == _counted(capture._file.db)


def test_what_the_ring_removes_is_counted_no_more(capture: Capture) -> None:
    capture.set_retention(Retention(max_count=300))
    for number in range(0, 2000, 100):
        capture.append([*some_events(99, number), a_gap(number)])
        assert _tally(capture._file.db) == _counted(capture._file.db)
    assert all(count > 0 for count in _tally(capture._file.db).values())
    ring.remove_before(capture._file.db, 10**9)
    assert _tally(capture._file.db) == {}


def test_a_saved_capture_has_them_too(capture: Capture, tmp_path: Path) -> None:
    capture.append(some_events(200))

    def append_meanwhile(done: int, _total: int) -> bool:
        del done
        capture.append(some_events(50, 200))
        return True

    capture.save_as(tmp_path / "saved.capture", progress=append_meanwhile)
    assert _tally(capture._file.db) == _counted(capture._file.db)


def test_a_file_of_the_first_format_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "old.capture"
    early = replace(an_event(1).raw, wall_ns=-1)
    with captures.create(path) as capture:
        capture.append([*some_events(100), a_gap(), replace(an_event(1), raw=early)])
    with closing(sqlite3.connect(path)) as db:
        for table in ("copy", "tally"):
            db.execute(f"DROP TABLE {table}")
        db.execute("DROP INDEX entry_trouble")
        db.execute("PRAGMA user_version = 1")
    with captures.open_capture(path) as capture, capture.reader() as reader:
        assert _tally(capture._file.db) == _counted(capture._file.db)
        assert min(_tally(capture._file.db))[0] == -1
        assert sum(counts_by_type(reader).values()) == 101
        assert (reader.statistics.invalid_count(), reader.statistics.gap_count()) == (0, 1)
