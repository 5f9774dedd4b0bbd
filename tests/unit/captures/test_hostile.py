"""Captures from strangers: a file that was made to harm is refused or read with care, and never runs anything."""

from __future__ import annotations

import json
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures import recover
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.core.store import Retention
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OPENINGS = (captures.open_capture, captures.open_readonly)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "colleague.capture"
    with captures.create(path) as capture:
        capture.append(some_events(20))
    return path


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        for sql in statements:
            db.executescript(sql)
        db.commit()
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


LOOP = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
HOSTILE = {
    "a trigger": "CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END",
    "a view in place of a table": "ALTER TABLE gap RENAME TO was; CREATE VIEW gap AS SELECT 1 AS seq, 1 AS start,"
    " 'x' AS cause, '' AS detail, 1 AS lost",
    "a view that never ends": f"DROP TABLE note; CREATE VIEW note AS {LOOP} SELECT i AS seq, 1 AS mark, '' AS comment"
    " FROM n",
    "a virtual table": "CREATE VIRTUAL TABLE v USING fts5(x)",
    "a computed column": "DROP TABLE note; CREATE TABLE note (seq INTEGER PRIMARY KEY, mark INTEGER NOT NULL, comment"
    " TEXT AS (hex(zeroblob(500000000))), changed INTEGER NOT NULL)",
    "a default that computes": "DROP TABLE meta; CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL DEFAULT"
    " (hex(zeroblob(1))))",
    "an index that computes": "CREATE INDEX i ON entry (hex(summary))",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_laid_out_otherwise_is_not_opened(path: Path, kind: str) -> None:
    change(path, HOSTILE[kind])
    for opening in OPENINGS:
        with pytest.raises(CaptureError, match=r"is laid out .*Recover"):
            opening(path)


@pytest.mark.parametrize("kind", HOSTILE)
def test_its_entries_can_be_saved_all_the_same(path: Path, tmp_path: Path, kind: str) -> None:
    change(path, HOSTILE[kind])
    report = recover(path, tmp_path / "saved.capture")
    assert report.saved == 20
    with closing(sqlite3.connect(report.path)) as db:
        kinds = {kind for (kind,) in db.execute("SELECT type FROM sqlite_schema")}
    assert kinds == {"table", "index"}


def test_analyzed_vacuumed_and_saved_captures_are_captures(path: Path, tmp_path: Path) -> None:
    change(path, "ANALYZE", "VACUUM")
    with captures.open_capture(path) as capture:
        capture.save_as(tmp_path / "other.capture")
    for opening in OPENINGS:
        opening(tmp_path / "other.capture").close()


VALUES: dict[str, Callable[[sqlite3.Connection], object]] = {
    "an unknown kind": lambda db: db.execute("UPDATE entry SET kind = 77 WHERE seq = 5"),
    "a negative kind": lambda db: db.execute("UPDATE entry SET kind = -9 WHERE seq = 5"),
    "an unknown kind of problem": lambda db: db.execute("UPDATE entry SET problem_kind = 'x' WHERE seq = 5"),
    "properties that nest": lambda db: db.execute("UPDATE body SET properties = ? WHERE seq = 5", ("[" * 200_000,)),
    "properties that are none": lambda db: db.execute(
        "UPDATE body SET properties = ? WHERE seq = 5", (json.dumps({"a": [1], "b": None, "c": {"d": 1}, "e": 1}),)
    ),
    "a number of many digits": lambda db: db.execute(
        "UPDATE body SET properties = ? WHERE seq = 5", ('{"a": ' + "9" * 10_000 + "}",)
    ),
    "a body that unpacks without end": lambda db: db.execute(
        "UPDATE body SET packing = ?, body = ? WHERE seq = 5", (2**40, zlib.compress(bytes(300_000_000), 1))
    ),
    "a body that is no stream": lambda db: db.execute("UPDATE body SET packing = 10, body = x'00' WHERE seq = 5"),
    "a time beyond all clocks": lambda db: db.execute("UPDATE entry SET wall = 9223372036854775807 WHERE seq = 5"),
}


@pytest.mark.parametrize("kind", VALUES)
def test_a_strange_value_is_read_or_told_and_never_more(path: Path, kind: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        VALUES[kind](db)
        db.commit()
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        for read in (
            lambda: reader.rows(range(1, 21)),
            lambda: list(reader.entries(range(1, 21))),
            lambda: list(reader.scan()),
            lambda: list(reader.texts()),
            reader.statistics.type_counts,
        ):
            try:
                read()
            except CaptureError as error:
                assert "colleague.capture" in str(error)  # reading well is as good
        assert [row.sequence for row in reader.rows([4, 6])] == [4, 6]


def test_properties_are_only_what_a_query_knows(path: Path) -> None:
    with closing(sqlite3.connect(path)) as db:
        VALUES["properties that are none"](db)
        db.commit()
    with captures.open_readonly(path) as capture, capture.reader() as reader:
        (found,) = [properties for part in reader.scan(5, 5) for _s, _t, _b, properties in part]
    assert dict(found) == {"e": 1}


@pytest.mark.parametrize("sequence", [2**63 - 1, 10**15, 0, -5])
def test_numbers_that_the_file_has_no_room_for_are_not_counted_through(
    path: Path, tmp_path: Path, sequence: int
) -> None:
    change(path, f"UPDATE entry SET seq = {sequence} WHERE seq = 20")
    for opening in OPENINGS:
        with pytest.raises(CaptureError, match=r"numbers of its entries .*Recover"):
            opening(path)
    report = recover(path, tmp_path / "saved.capture")
    assert report.saved >= 19
    captures.open_capture(report.path).close()


@pytest.mark.parametrize("limit", ['{"bytes":0,"age_s":1e999,"count":0}', '{"bytes":0,"age_s":NaN,"count":0}', "[]"])
def test_limits_that_cannot_be_are_none(path: Path, limit: str) -> None:
    with closing(sqlite3.connect(path)) as db:
        db.execute("INSERT OR REPLACE INTO meta VALUES ('ring', ?)", (limit,))
        db.commit()
    with captures.open_capture(path) as capture:
        assert (capture.retention, capture.stored_retention) == (None, None)
        capture.append(some_events(300))
        capture.set_retention(Retention(max_count=1000))


def test_a_saved_capture_is_for_its_owner_alone(path: Path, tmp_path: Path) -> None:
    with captures.open_capture(path) as capture:
        capture.save_as(tmp_path / "saved.capture")
    assert (tmp_path / "saved.capture").stat().st_mode & 0o777 == 0o600
