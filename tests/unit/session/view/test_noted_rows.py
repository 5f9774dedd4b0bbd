"""The entries that are marked or commented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor import captures
from clacks_monitor.session.view.noted_rows import MAX_NOTES, noted_rows
from tests.helpers.entries import some_events

if TYPE_CHECKING:
    from pathlib import Path


def test_marks_and_comments_are_read_in_their_order(tmp_path: Path) -> None:
    with captures.create(tmp_path / "a.capture") as capture:
        capture.append(some_events(10))
        capture.notes.annotate(7, comment="c")
        capture.notes.annotate(3, mark=True)
        with capture.reader() as reader:
            found = noted_rows(reader)
    assert [(row.sequence, row.mark, row.comment) for row in found.rows] == [(3, True, ""), (7, False, "c")]
    assert found.total == 2


def test_the_newest_are_read(tmp_path: Path) -> None:
    with captures.create(tmp_path / "a.capture") as capture:
        capture.append(some_events(MAX_NOTES + 5))
        capture.notes.mark_all(range(1, MAX_NOTES + 6), mark=True)
        with capture.reader() as reader:
            found = noted_rows(reader)
    assert (len(found.rows), found.rows[0].sequence, found.total) == (MAX_NOTES, 6, MAX_NOTES + 5)
