"""What was appended is read back exactly, in the order and shape that the table and the filters ask for."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from clacks_monitor import captures
from clacks_monitor.captures import layout
from clacks_monitor.captures.guarding import Purpose, connect
from clacks_monitor.core.storage_errors import (
    CaptureError,
    CaptureTooNewError,
)
from tests.helpers.entries import an_event

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.captures.reader import CaptureReader
    from clacks_monitor.captures.writer import Capture


def test_the_size_is_that_of_what_is_kept_not_of_the_log(capture: Capture) -> None:
    for number in range(1, 301):
        capture.append([an_event(number)])
    log = capture.path.with_name(capture.path.name + "-wal")
    assert log.stat().st_size > 2**21
    assert 300 * len(an_event(1).raw.body) < capture.size() < 2**19


def test_large_bodies_take_less_room_than_they_have_bytes(capture: Capture, reader: CaptureReader) -> None:
    body = b"<Event>" + b"<Level>info</Level>" * 200_000 + b"</Event>"
    capture.append([an_event(1, body=body)])
    assert capture.size() < len(body) / 4
    [[(_sequence, _type, scanned, _properties)]] = reader.scan()
    assert scanned == body
    assert reader.rows([1])[0].size == len(body)


def test_what_is_no_capture_is_refused_with_its_reason(tmp_path: Path) -> None:
    other, text, empty = tmp_path / "other.db", tmp_path / "text.capture", tmp_path / "empty.capture"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE entry (seq)")
    db.close()
    text.write_text("this is a letter, not a capture\n" * 100)
    empty.touch()
    for path, reason in ((other, "no capture"), (text, "another kind"), (empty, "is empty: no capture")):
        for opening in (captures.open_capture, captures.open_readonly):
            with pytest.raises(CaptureError, match=reason):
                opening(path)
    with pytest.raises(CaptureError, match="There is no capture"):
        captures.open_capture(tmp_path / "missing")
    with pytest.raises(CaptureError, match="exists already"):
        captures.create(other)


def test_a_reader_meets_a_capture_whole_or_is_told_that_it_is_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.capture"
    met: list[str] = []
    lay_out = layout.create

    def look() -> None:
        with pytest.raises(CaptureError, match="being created at this moment"):
            captures.open_readonly(path)
        met.extend(file.name for file in tmp_path.glob(f"{path.name}?*"))

    def create(db: sqlite3.Connection, program: str) -> None:
        look()
        lay_out(db, program)
        look()

    monkeypatch.setattr(layout, "create", create)
    with captures.create(path), captures.open_readonly(path) as seen, seen.reader() as reader:
        assert reader.last_sequence() == 0
    assert met == [], "neither a journal nor a log lies beside it before it is whole"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_a_capture_that_cannot_be_laid_out_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(db: sqlite3.Connection, _program: str) -> None:
        db.execute("CREATE TABLE half (a)")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(layout, "create", full)
    with pytest.raises(CaptureError, match="disk is full"):
        captures.create(tmp_path / "a.capture")
    assert list(tmp_path.iterdir()) == []


def test_a_capture_of_a_later_version_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    captures.create(path).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {layout.FORMAT + 1}")
    db.close()
    for opening in (captures.open_capture, captures.open_readonly):
        with pytest.raises(CaptureTooNewError, match="Install a newer one"):
            opening(path)


def test_migrations_run_in_order_and_all_or_none(tmp_path: Path) -> None:
    path = tmp_path / "a.capture"
    captures.create(path).close()
    db = connect(path, "mode=rw", purpose=Purpose.BUILDING)

    def one(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE extra (word TEXT)")

    def two(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO extra VALUES ('moved')")

    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT INTO missing VALUES (1)")

    with pytest.raises(sqlite3.OperationalError):
        layout.migrate(db, 1, target=3, migrations={1: one, 2: broken})
    assert db.execute("SELECT name FROM sqlite_schema WHERE name = 'extra'").fetchone() is None
    layout.migrate(db, 1, target=3, migrations={1: one, 2: two})
    assert db.execute("SELECT word FROM extra").fetchall() == [("moved",)]
    assert db.execute("PRAGMA user_version").fetchone() == (3,)
    db.close()


def test_every_older_format_has_its_migration() -> None:
    assert set(layout.MIGRATIONS) == set(range(1, layout.FORMAT))


def test_a_senders_invented_subjects_do_not_pile_up_in_memory(
    capture: Capture, reader: CaptureReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("clacks_monitor.captures.interning.REMEMBERED", 10)
    event = an_event(1)
    capture.append([replace(event, type=f"T{n}", raw=replace(event.raw, subject=f"s{n}")) for n in range(100)])
    capture.append([replace(event, type=f"T{n}", raw=replace(event.raw, subject=f"s{n}")) for n in range(100)])
    assert [(r.type, r.subject) for r in reader.rows(range(101, 201))] == [(f"T{n}", f"s{n}") for n in range(100)]
    assert len(reader.statistics.type_counts()) == 100
