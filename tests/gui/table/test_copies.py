"""Copies that proxies relayed: one row with a count, unfolded by menu, key and option, and never lost."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.preferences.window_preferences import WindowPreferences
from clacks_monitor.gui.table.double_ended import DoubleEnded
from clacks_monitor.gui.table.row_store import ColumnOrder, RowStore
from tests.helpers.fake_events import phone
from tests.helpers.stage import Stage

if TYPE_CHECKING:
    from clacks_monitor.gui.window.main_window import MainWindow
    from tests.helpers.fake_session import FakeSession

pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def stage(window: MainWindow, session: FakeSession) -> Stage:
    """A window with three messages: the first came three times, the third twice."""
    window.activateWindow()
    stage = Stage(window, session)
    stage.feed(bodies=[phone("1"), phone("2"), phone("3")])
    for of, by in ((1, "p"), (3, "p"), (1, "q")):
        session.push_copy(of, by)
        window.bridge.deliver()
    return stage


def shown(stage: Stage) -> list[int]:
    model = stage.window.panes.model
    return [model.store.sequence_at(position) for position in range(model.rowCount())]


def summary(stage: Stage, sequence: int) -> str:
    model = stage.window.panes.model
    return model.text(model.store.position_of(sequence), Column.SUMMARY)


def test_one_row_stands_for_all_deliveries_and_counts_them(stage: Stage) -> None:
    assert shown(stage) == [1, 2, 3]
    texts = [summary(stage, sequence) for sequence in (1, 2, 3)]
    assert [text.partition(" ")[0] for text in texts if text.startswith("×")] == ["×3", "×2"]
    assert not texts[1].startswith("×")
    row = stage.window.panes.model.entry(1)
    assert "received 3 times, directly or through proxies" in cells.sentence(row)
    assert "received 3 times" in cells.tip(row, Column.SUMMARY)


def test_unfolding_selects_all_deliveries_and_the_same_key_folds_them_again(stage: Stage) -> None:
    stage.select(0)
    stage.by_keys("copies")
    assert shown(stage) == [1, 2, 3, 4, 6]
    assert stage.window.panes.table.selection.sequences() == [1, 4, 6]
    assert stage.said == "3 deliveries of one message"
    stage.select(3)
    stage.by_menu("copies")
    assert shown(stage) == [1, 2, 3]
    assert stage.current == 1


def test_without_copies_there_is_nothing_to_unfold(stage: Stage) -> None:
    command = stage.window.frame.commands["copies"]
    for row, enabled in ((0, True), (1, False), (2, True)):
        stage.select(row)
        assert command.isEnabled() is enabled


@pytest.mark.parametrize("column", [0, 2])
@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_they_unfold_and_fold_in_every_order(stage: Stage, column: int, order: Qt.SortOrder) -> None:
    table, model = stage.window.panes.table, stage.window.panes.model
    table.sortByColumn(column, order)
    stage.window.bridge.deliver()
    before = shown(stage)
    assert sorted(before) == [1, 2, 3]
    table.go_to(1)
    stage.by_keys("copies")
    assert sorted(shown(stage)) == [1, 2, 3, 4, 6]
    assert [model.store.sequence_at(model.store.position_of(s)) for s in shown(stage)] == shown(stage)
    assert sorted(table.selection.sequences()) == [1, 4, 6]
    table.go_to(6)
    stage.by_keys("copies")
    stage.window.bridge.deliver()
    assert shown(stage) == before


def test_the_option_shows_a_row_for_each_and_is_remembered(stage: Stage, window: MainWindow) -> None:
    stage.by_menu("copies.fold")
    assert shown(stage) == [1, 2, 3, 4, 5, 6]
    assert not WindowPreferences(window._settings).fold_copies
    assert summary(stage, 4).startswith("×3")
    stage.by_menu("copies.fold")
    assert shown(stage) == [1, 2, 3]
    assert WindowPreferences(window._settings).fold_copies


def test_a_filter_that_hides_the_first_shows_the_next_delivery_in_its_place(stage: Stage) -> None:
    stage.session.filtering.show_only([2, 4, 6])
    stage.session.filtering._floor = 1
    stage.session.filtering.refilter()
    stage.window.bridge.deliver()
    assert {2, 4} <= set(shown(stage))


def test_going_to_a_folded_copy_unfolds_it(stage: Stage) -> None:
    assert stage.window.panes.table.go_to(6)
    assert (shown(stage), stage.current) == ([1, 2, 3, 6], 6)


def test_a_mark_on_a_folded_copy_is_found(stage: Stage) -> None:
    stage.session.annotations.toggle_marks([4])
    stage.select(0)
    stage.by_keys("mark.next")
    assert (stage.current, shown(stage)) == (4, [1, 2, 3, 4])


def test_while_paused_the_copies_wait_too(stage: Stage) -> None:
    window = stage.window
    window.panes.updates.pause()
    stage.session.push_copy(2, "p")
    stage.feed(bodies=[phone("9")])
    assert len(window.panes.updates._waiting) == 1
    window.panes.updates.resume()
    assert shown(stage) == [1, 2, 3, 8]
    assert summary(stage, 2).startswith("×2")


def test_what_is_exported_as_shown_has_every_delivery(stage: Stage) -> None:
    store = stage.window.panes.model.store
    assert list(store.in_shown_order()) == [1, 2, 3, 4, 5, 6]
    stage.window.panes.table.sortByColumn(2, Qt.SortOrder.DescendingOrder)
    stage.window.bridge.deliver()
    assert sorted(store.in_shown_order()) == [1, 2, 3, 4, 5, 6]
    assert list(store.in_shown_order())[3:] == [4, 5, 6]


def test_a_table_without_copies_keeps_nothing_besides() -> None:
    store = RowStore()
    store.add(array("q", range(1, 1_000)), bytes(999), at_start=False)
    assert store.rows is store.sequences


Batches = st.lists(st.tuples(st.booleans(), st.lists(st.booleans(), min_size=1, max_size=6)), min_size=1, max_size=8)


@given(Batches, st.booleans(), st.data())
def test_positions_are_those_of_the_rows_that_are_left(
    batches: list[tuple[bool, list[bool]]], newest_first: bool, data: st.DataObject
) -> None:
    store, rows, hidden = RowStore(), list[int](), set[int]()
    low = high = 100
    store.order_naturally(newest_first=newest_first)
    for at_start, folds in batches:
        numbers = range(low - len(folds), low) if at_start else range(high, high + len(folds))
        low, high = min(low, numbers[0]), max(high, numbers[-1] + 1)
        below = [number for number, fold in zip(numbers, folds, strict=True) if fold]
        store.add(array("q", numbers), bytes(n % 5 for n in numbers), below, at_start=at_start)
        rows, hidden = sorted([*rows, *numbers]), {*hidden, *below}
    for number in data.draw(st.lists(st.sampled_from(rows), max_size=5, unique=True)):
        if number in hidden:
            assert store.is_folded(number)
            position = store.unfold_position(number)
            store.unfold(number)
            assert store.position_of(number) == position
            hidden.remove(number)
        else:
            store.fold(number)
            hidden.add(number)
    left = sorted(set(rows) - hidden, reverse=newest_first)
    assert [store.sequence_at(place) for place in range(len(store))] == left
    assert [store.position_of(number) for number in left] == list(range(len(left)))
    assert {store.position_of(number) for number in hidden} <= {-1}
    assert [store.tint_at(place) for place in range(len(store))] == [number % 5 for number in left]
    assert all(map(store.shows, rows))
    assert list(store.in_shown_order()) == sorted(rows, reverse=newest_first)


@given(st.permutations(range(2, 10, 2)), st.lists(st.integers(1, 11).filter(lambda n: n % 2), unique=True))
def test_a_columns_order_takes_in_what_is_unfolded_at_its_end(ordered: list[int], added: list[int]) -> None:
    natural = sorted(ordered)
    order = ColumnOrder(array("q", ordered), array("I", [ordered.index(n) for n in natural]), _rows(natural))
    for number in added:
        order.unfold(number)
        natural = sorted([*natural, number])
    assert list(order.entries) == [*ordered, *added]
    assert [order.position_of(natural.index(n), n) for n in order.entries] == list(range(len(order.entries)))


def _rows(numbers: list[int]) -> DoubleEnded[array[int]]:
    rows = DoubleEnded(array("q"))
    rows.extend(array("q", numbers))
    return rows
