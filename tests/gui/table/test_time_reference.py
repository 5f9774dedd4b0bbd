"""Times since the previous row, since the reference or a mark, and between selected rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QImage

from clacks_monitor.core.columns import Column, RelativeColumn
from clacks_monitor.gui.kit import cells
from tests.helpers.fake_events import phone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

STEP = 137_000_000
PREVIOUS, REFERENCE = RelativeColumn.PREVIOUS, RelativeColumn.REFERENCE


def column(window: MainWindow, which: RelativeColumn) -> list[str]:
    """Return the texts of a column from top to bottom, as they are shown."""
    model = window.panes.model
    place = model.columns.index(which)
    return [model.data(model.index(row, place)) for row in range(model.rowCount())]


def sort(window: MainWindow, by: Column, order: Qt.SortOrder) -> None:
    window.panes.table.sortByColumn(cells.TABLE_COLUMNS.index(by), order)
    window.bridge.deliver()


def test_a_row_says_how_long_after_the_one_before_it_came(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(3, step_ns=STEP)
    assert column(window, PREVIOUS) == ["", "0.137", "0.137"]
    feed(1, step_ns=61_500_000_000)
    assert column(window, PREVIOUS)[-1] == "1:01.500"
    sort(window, Column.TIME, Qt.SortOrder.DescendingOrder)
    assert column(window, PREVIOUS) == ["1:01.500", "0.137", "0.137", ""]
    sort(window, Column.SIZE, Qt.SortOrder.AscendingOrder)
    assert column(window, PREVIOUS) == [""] * 4


def test_a_gap_has_no_time_since_the_row_before(
    window: MainWindow, session: FakeSession, feed: Callable[..., None]
) -> None:
    feed(2, step_ns=STEP)
    session.push_gap(21)
    window.bridge.deliver()
    feed(1, step_ns=STEP)
    texts = column(window, PREVIOUS)
    assert texts[:3] == ["", "0.137", ""]
    assert texts[3] == "21.137"


def test_times_count_from_the_reference_and_backwards_before_it(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(4, step_ns=STEP)
    assert column(window, REFERENCE) == [""] * 4
    window.panes.table.go_to(2)
    window.frame.commands["reference"].trigger()
    assert column(window, REFERENCE) == ["\N{MINUS SIGN}0.137", "REF", "0.137", "0.274"]
    shown = window.panes.table.columns.shown()
    assert shown[shown.index(Column.TIME) + 1] is REFERENCE
    window.panes.table.go_to(4)
    window.frame.commands["reference"].trigger()
    assert column(window, REFERENCE)[3] == "REF"
    window.frame.commands["reference"].trigger()
    assert column(window, REFERENCE) == [""] * 4
    assert window.frame.status.line.text() == "Time reference removed"


def test_without_a_reference_times_count_from_the_last_mark_above(
    window: MainWindow, feed: Callable[..., None]
) -> None:
    feed(5, step_ns=STEP)
    for sequence in (2, 4):
        window.panes.table.go_to(sequence)
        window.frame.commands["mark"].trigger()
        window.bridge.deliver()
    assert column(window, REFERENCE) == ["", "REF", "0.137", "REF", "0.137"]
    window.panes.table.go_to(1)
    window.frame.commands["reference"].trigger()
    assert column(window, REFERENCE) == ["REF", "0.137", "0.274", "0.411", "0.548"]


def test_a_hidden_reference_counts_on(window: MainWindow, feed: Callable[..., None]) -> None:
    feed(bodies=[phone("1"), phone("2"), phone("3")], step_ns=STEP)
    window.panes.table.go_to(1)
    window.frame.commands["reference"].trigger()
    window.frame.filter.set("./f:Event/f:PhoneStatus[f:CallerId = '3']")
    window.bridge.deliver()
    assert column(window, REFERENCE) == ["0.274"]


@pytest.mark.parametrize(
    ("rows", "text"), [((0,), ""), ((0, 2), "2 rows selected: 0.274 s"), ((0, 1, 3), "3 rows selected: 1:00.274")]
)
def test_the_status_bar_says_how_far_selected_rows_are_apart(
    window: MainWindow, feed: Callable[..., None], rows: tuple[int, ...], text: str
) -> None:
    feed(3, step_ns=STEP)
    feed(1, step_ns=60_000_000_000)
    table, flags = window.panes.table, QItemSelectionModel.SelectionFlag
    for row in rows:
        table.selectionModel().select(table.events.index(row, 0), flags.Select | flags.Rows)
    selection = window.frame.status.selection
    assert selection.text() == text
    assert selection.isVisible() is bool(text)


def test_the_columns_are_painted_and_kept(
    open_window: Callable[[FakeSession], MainWindow], session: FakeSession
) -> None:
    first = open_window(session)
    session.push(30)
    first.bridge.deliver()
    before = first.panes.table.viewport().grab().toImage()
    first.panes.table.columns.show_beside_times(PREVIOUS)
    after = first.panes.table.viewport().grab().toImage()
    assert isinstance(before, QImage)
    assert before != after
    assert first.panes.table.viewport().grab().toImage() == after
    first.close()
    second = open_window(session)
    assert PREVIOUS in second.panes.table.columns.shown()
    assert second.panes.table.columns.shown() == first.panes.table.columns.shown()


def test_another_capture_has_another_reference(
    open_real: Callable[[Path | None], MainWindow], shift: Path, qtbot: object
) -> None:
    del qtbot
    window = open_real(shift)
    window.panes.table.go_to(5)
    window.frame.commands["reference"].trigger()
    assert window.panes.model.offsets.reference is not None
    window.controllers.reference.forget()
    assert window.panes.model.offsets.reference is None
