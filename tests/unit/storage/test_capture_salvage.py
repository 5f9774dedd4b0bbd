"""Rows read out of pages: the same as SQLite reads them, and what is left when the way to them is damaged."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clacks_monitor.core.event import Event
from clacks_monitor.storage import Capture, CaptureError, ReadingStoppedError, recover
from clacks_monitor.storage.capture import layout
from clacks_monitor.storage.capture.salvage import rebuild
from tests.helpers.entries import an_event, entries, some_events

if TYPE_CHECKING:
    from pathlib import Path

    from clacks_monitor.core.event import Entry

TABLES = ("entry", "body", "source", "type")


def _content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        return {table: db.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in TABLES}


def _go_on(_done: int, _total: int) -> bool:
    return True


@given(st.lists(entries, max_size=5))
@settings(deadline=None, max_examples=40)
def test_pages_give_the_rows_that_sqlite_gives(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[Entry]]
) -> None:
    folder = tmp_path_factory.mktemp("pages")
    with Capture.create(folder / "a") as capture:
        for batch in batches:
            capture.append(batch)
    assert rebuild(folder / "a", folder / "b", _go_on)
    assert _content(folder / "b") == _content(folder / "a")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A capture of 2,000 events, some with bodies that lie on many pages."""
    path = tmp_path / "damaged.capture"
    found = some_events(2000)
    for number in range(0, 2000, 100):
        body = b"<a>" + bytes(range(32, 127)) * 300 + str(number).encode() * 3000 + b"</a>"
        found[number] = replace(found[number], raw=replace(found[number].raw, body=body))
    with Capture.create(path) as capture:
        capture.append(found)
    return path


def _roots(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as db:
        return dict(db.execute("SELECT name, rootpage FROM sqlite_schema WHERE type = 'table'").fetchall())


@pytest.mark.parametrize("table", ["entry", "body"])
def test_without_the_root_of_a_table_nothing_is_lost(damaged: Path, tmp_path: Path, table: str) -> None:
    with Capture.open_readonly(damaged) as capture, capture.reader() as reader:
        whole = [entry for _s, entry in reader.entries(range(1, 2001))]
    root = _roots(damaged)[table]
    content = bytearray(damaged.read_bytes())
    content[(root - 1) * layout.PAGE_BYTES : root * layout.PAGE_BYTES] = b"\xff" * layout.PAGE_BYTES
    damaged.write_bytes(content)
    report = recover(damaged, tmp_path / "saved.capture")
    assert (report.saved, report.lost) == (2000, ())
    assert "page by page" in report.notes[0]
    with Capture.open_readonly(report.path) as capture, capture.reader() as reader:
        assert [entry for _s, entry in reader.entries(range(1, 2001))] == whole
    assert damaged.read_bytes() == bytes(content)


@given(data=st.data())
@settings(deadline=None, max_examples=25)
def test_whatever_bytes_are_damaged_what_is_saved_is_true(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("random")
    path, found = folder / "a", [an_event(n, body=b"<a>%d</a>" % n * (1 + n % 700)) for n in range(300)]
    with Capture.create(path) as capture:
        capture.append(found)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content) - 1))
        noise = data.draw(st.binary(min_size=1, max_size=64)) * data.draw(st.sampled_from([1, 40, 300]))
        content[start : start + len(noise)] = noise[: len(content) - start]
    path.write_bytes(content)
    try:
        report = recover(path, folder / "saved")
    except CaptureError:
        return
    known = {event.raw.monotonic_ns for event in found}
    with Capture.open_readonly(report.path) as saved, saved.reader() as reader:
        events = [e for _s, e in reader.entries(range(1, reader.last_sequence() + 1)) if isinstance(e, Event)]
    assert len(events) == report.saved
    # A byte inside a text or a body may be another; most events must be just as they were.
    assert sum(event.raw.monotonic_ns in known for event in events) >= len(events) - 10
    assert path.read_bytes() == bytes(content)


def test_it_can_be_cancelled_and_leaves_nothing(damaged: Path, tmp_path: Path) -> None:
    root = _roots(damaged)["entry"]
    content = bytearray(damaged.read_bytes())
    content[(root - 1) * layout.PAGE_BYTES : root * layout.PAGE_BYTES] = bytes(layout.PAGE_BYTES)
    damaged.write_bytes(content)
    with pytest.raises(ReadingStoppedError):
        recover(damaged, tmp_path / "never", progress=lambda _done, _total: False)
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.capture"]


def test_a_schema_that_is_no_text_any_more_is_damage_like_any_other(damaged: Path, tmp_path: Path) -> None:
    """SQLite quotes it in its message, which Python then cannot decode."""
    content = bytearray(damaged.read_bytes())
    at = content.index(b"CREATE TABLE entry")
    content[at : at + 40] = b"\x80" * 40
    damaged.write_bytes(content)
    for opening in (Capture.open, Capture.open_readonly):
        with pytest.raises(CaptureError, match=r"damaged\.capture"):
            opening(damaged)
    assert recover(damaged, tmp_path / "saved").saved == 2000
