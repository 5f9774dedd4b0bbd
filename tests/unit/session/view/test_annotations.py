"""Marks and comments are written, and it is said when they cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.captures.note_writer import SqlNoteWriter
from clacks_monitor.core.storage_errors import StorageError
from clacks_monitor.session.view.noted_rows import Annotated

if TYPE_CHECKING:
    import pytest

    from clacks_monitor.captures.writer import Capture
    from tests.helpers.view_parts import ViewParts


def test_marks_are_set_where_one_lacks_and_taken_away_where_all_have_one(view: ViewParts) -> None:
    for chosen, marks in (([2, 5], [2, 5]), ([5, 6], [2, 5, 6]), ([5, 2], [6]), ([6], [])):
        view.annotations.toggle_marks(chosen)
        assert view.answer(Annotated) == Annotated(tuple(chosen))
        assert view.rows.marks().value == marks


def test_comments_are_written_and_removed(view: ViewParts, capture: Capture) -> None:
    for text, comments in (("why?", {3: "why?"}), ("", {})):
        view.annotations.set_comment(3, text)
        assert view.answer(Annotated) == Annotated((3,))
        with capture.reader() as reader:
            assert reader.notes.comments() == comments


def test_what_cannot_be_written_is_told(view: ViewParts, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_anything: object, **_more: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(SqlNoteWriter, "mark_all", refuse)
    monkeypatch.setattr(SqlNoteWriter, "annotate", refuse)
    view.annotations.toggle_marks([2, 5])
    assert view.answer(Annotated) == Annotated((2, 5), "The disk is full.")
    view.annotations.set_comment(3, "why?")
    assert view.answer(Annotated) == Annotated((3,), "The disk is full.")
