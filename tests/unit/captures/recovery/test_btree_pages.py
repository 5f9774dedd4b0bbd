"""Rows read from single pages, beside what SQLite itself reads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.captures.layout import PAGE_BYTES
from clacks_monitor.captures.recovery.btree_pages import PageReader

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    (None, None),
    (0, 1),
    (-1, 127),
    (128, -32_768),
    (2**23 - 1, -(2**23)),
    (2**31, -(2**31)),
    (2**47 - 1, -(2**47)),
    (2**63 - 1, -(2**63)),
    (1.5, "text ä"),
    (b"\x00blob", ""),
    ("a" * 30_000, b"b" * 9_000),
]
"""Integers of all widths, nothing, numbers, texts and blobs; the last goes over several pages."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "some.db"
    with closing(sqlite3.connect(made, isolation_level=None)) as db:
        db.execute(f"PRAGMA page_size = {PAGE_BYTES}")
        db.execute("CREATE TABLE t (a, b)")
        db.executemany("INSERT INTO t VALUES (?, ?)", ROWS)
    return made


def test_rows_are_those_that_were_written(path: Path) -> None:
    with path.open("rb") as file:
        rows = list(PageReader(file, path.stat().st_size).rows(2))
    assert [tuple(row.values) for row in rows] == ROWS
    assert [row.number for row in rows] == list(range(1, len(ROWS) + 1))


def test_only_pages_that_are_there_are_read(path: Path) -> None:
    size = path.stat().st_size
    count = size // PAGE_BYTES
    with path.open("rb") as file:
        pages = PageReader(file, size)
        assert pages.count == count
        assert pages.read(1)[:15] == b"SQLite format 3"
        assert [len(pages.read(number)) for number in (0, 1, count, count + 1)] == [0, PAGE_BYTES, PAGE_BYTES, 0]


def test_a_page_that_is_cut_off_has_no_rows(path: Path) -> None:
    with path.open("rb") as file:
        pages = PageReader(file, 2 * PAGE_BYTES - 1)
        assert (pages.count, pages.read(2), list(pages.rows(2))) == (1, b"", [])
