"""Rows and entries are read back, and sorted."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest

from clacks_monitor.core.columns import Column, FieldColumn
from clacks_monitor.core.event import Event, Gap, RowKind
from clacks_monitor.core.storage_errors import CaptureError
from clacks_monitor.session.notices import (
    CaptureDamaged,
    Ordered,
)
from tests.helpers.entries import SECOND, START, an_event

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.helpers.view_parts import ViewParts


def test_entries_are_read_back(view: ViewParts) -> None:
    rows = view.rows
    assert [row.sequence for row in rows.read([2, 99, 5])] == [2, 5]
    (row,) = rows.read([3], [FieldColumn("Id", ("NodeStatus", "Id"))])
    assert (row.summary, list(row.values.values())) == ("NodeStatus number 2", ["2"])
    assert rows.bounds() == (1, 8)
    event = rows.whole(2)
    assert isinstance(event, Event)
    assert event.raw.body == an_event(1).raw.body
    assert isinstance(rows.whole(7), Gap)
    assert [rows.whole(99), rows.excerpt(99)] == [None] * 2
    excerpt = rows.excerpt(2)
    assert excerpt is not None
    assert excerpt.size == len(event.raw.body)
    assert [rows.sequence_at(START + n * SECOND) for n in (-5, 2, 11, 50)] == [1, 3, 8, 8]
    assert rows.gaps() == [7]
    assert rows.troubles(0, [RowKind.GAP], forward=True) == [7]
    assert rows.troubles(8, [RowKind.GAP], forward=False) == [7]


def test_rows_are_sorted_for_a_generation(view: ViewParts) -> None:
    view.rows.order_by(Column.TYPE, array("q", [1, 2, 3, 4]), 7, descending=False)
    told = view.answer(Ordered)
    assert list(told.sequences) == [2, 3, 1, 4]
    assert (told.generation, told.descending) == (7, False)
    view.rows.order_by(Column.TYPE, array("q", [1, 2, 3, 4]), 7, descending=True)
    assert list(view.answer(Ordered, lambda found: found.descending).sequences)[-1] == 2


def test_what_cannot_be_read_is_said_and_missing(view: ViewParts, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = view.rows
    reader = rows._open()

    class Damaged:
        """A reader of a capture of which nothing can be read any more."""

        notes: Damaged

        def __getattr__(self, name: str) -> Callable[..., object]:
            def refuse(*_arguments: object, **_options: object) -> object:
                raise CaptureError(f"{name}: the file is damaged.")

            return refuse

    damaged = Damaged()
    damaged.notes = damaged
    monkeypatch.setattr(rows, "_reader", damaged)
    asked: dict[str, tuple[Callable[[], object], object]] = {
        "rows": (lambda: rows.readable([1]), []),
        "bounds": (rows.bounds, (0, 0)),
        "time_span": (lambda: rows.span(START, START + SECOND), (1, 0)),
        "excerpt": (lambda: rows.excerpt(1), None),
        "sequence_at": (lambda: rows.sequence_at(START), 0),
        "troubles": (lambda: rows.troubles(0, [RowKind.GAP], forward=True), []),
        "marks": (rows.marks, []),
        "gap_sequences": (rows.gaps, []),
    }
    for name, (ask, empty) in asked.items():
        assert ask() == empty
        assert view.answer(CaptureDamaged).problem == f"{name}: the file is damaged."
    with pytest.raises(CaptureError):
        rows.read([1])
    monkeypatch.setattr(rows, "_reader", reader)
