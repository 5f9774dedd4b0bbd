"""Rows and entries are read back, and sorted."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

import pytest

from clacks_monitor.captures.writer import Capture
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

    from clacks_monitor.session.work.answers import StoreAnswer
    from tests.helpers.view_parts import ViewParts


def test_entries_are_read_back(view: ViewParts) -> None:
    rows = view.rows
    assert [row.sequence for row in rows.read([2, 99, 5]).value] == [2, 5]
    (row,) = rows.read([3], [FieldColumn("Id", ("NodeStatus", "Id"))]).value
    assert (row.summary, list(row.values.values())) == ("NodeStatus number 2", ["2"])
    assert rows.bounds().value == (1, 8)
    event = rows.whole(2)
    assert isinstance(event, Event)
    assert event.raw.body == an_event(1).raw.body
    assert isinstance(rows.whole(7), Gap)
    assert [rows.whole(99), rows.excerpt(99).value] == [None] * 2
    excerpt = rows.excerpt(2).value
    assert excerpt is not None
    assert excerpt.size == len(event.raw.body)
    places = [rows.sequence_at(START + n * SECOND).value for n in (-5, 2, 11, 50)]
    assert places == [(1, True), (3, True), (8, True), (8, False)]
    assert rows.gaps().value == [7]
    assert rows.troubles(0, [RowKind.GAP], forward=True).value == [7]
    assert rows.troubles(8, [RowKind.GAP], forward=False).value == [7]


def test_rows_are_sorted_for_a_generation(view: ViewParts) -> None:
    view.rows.order_by(Column.TYPE, array("q", [1, 2, 3, 4]), 7, descending=False)
    told = view.answer(Ordered)
    assert list(told.sequences) == [2, 3, 1, 4]
    assert (told.generation, told.descending) == (7, False)
    view.rows.order_by(Column.TYPE, array("q", [1, 2, 3, 4]), 7, descending=True)
    assert list(view.answer(Ordered, lambda found: found.descending).sequences)[-1] == 2


def test_what_cannot_be_read_is_said_and_missing(
    view: ViewParts, capture: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = view.rows

    class Damaged:
        """A reader of a capture of which nothing can be read any more."""

        notes: Damaged

        def __getattr__(self, name: str) -> Callable[..., object]:
            def refuse(*_arguments: object, **_options: object) -> object:
                raise CaptureError(f"{name}: the file is damaged.")

            return refuse

        def close(self) -> None:
            """End reading."""

    damaged = Damaged()
    damaged.notes = damaged
    monkeypatch.setattr(Capture, "reader", lambda _capture: damaged)
    rows.use_capture(capture)
    asked: dict[str, tuple[Callable[[], StoreAnswer[Any]], object]] = {
        "rows": (lambda: rows.readable([1]), []),
        "bounds": (rows.bounds, (0, 0)),
        "time_span": (lambda: rows.span(START, START + SECOND), (1, 0)),
        "excerpt": (lambda: rows.excerpt(1), None),
        "sequence_at": (lambda: rows.sequence_at(START), (0, False)),
        "troubles": (lambda: rows.troubles(0, [RowKind.GAP], forward=True), []),
        "marks": (rows.marks, []),
        "gap_sequences": (rows.gaps, []),
    }
    for name, (ask, empty) in asked.items():
        assert ask().value == empty
        assert view.answer(CaptureDamaged).problem == f"{name}: the file is damaged."
    with pytest.raises(CaptureError):
        _ = rows.read([1]).value
