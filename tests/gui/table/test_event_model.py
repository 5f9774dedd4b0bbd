"""The virtual table's model: order, pauses, holding, pages; and Qt's own checks of a model's promises."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, Qt

from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.gui.table.event_model import EventModel, Role
from clacks_monitor.gui.table.model_updates import ModelUpdates
from clacks_monitor.gui.table.row_store import RowStore
from clacks_monitor.session.notices import Ordered, ViewReset, ViewRows
from tests.helpers.answers import answering

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytestqt.modeltest import ModelTester

    from clacks_monitor.core.columns import AddedColumn


class _Capture:
    """Rows by sequence, and which were read."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.gone: set[int] = set()

    def __call__(self, sequences: Sequence[int], fields: Sequence[AddedColumn] = ()) -> list[Row]:
        self.read.extend(sequences)
        return [
            Row(
                s,
                RowKind.EVENT,
                s * 1_000_000_000,
                "PhoneStatus",
                f"call {s}",
                "bus",
                100 + s,
                values={f: f"{f.name} {s}" for f in fields},
            )
            for s in sequences
            if s not in self.gone
        ]


def _rows(sequences: Sequence[int], *, at_start: bool = False, generation: int = 1, tint: int = 0) -> ViewRows:
    return ViewRows(generation, array("q", sequences), bytes([tint]) * len(sequences), at_start)


def _model(capture: _Capture | None = None) -> tuple[EventModel, ModelUpdates]:
    model = EventModel(answering(capture or _Capture()), QCoreApplication.instance())
    updates = ModelUpdates(model)
    updates.on_reset(ViewReset(1))
    return model, updates


SUMMARY = 2


def _order(updates: ModelUpdates, sequences: Sequence[int], *, descending: bool = False) -> None:
    """Sort as the session would: ask, and take the answer."""
    updates.model.sort(SUMMARY, Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder)
    places = array("I", (sequences.index(s) for s in sorted(sequences)))
    updates.on_ordered(Ordered(updates.model.generation, Column.SUMMARY, descending, array("q", sequences), places))


def _shown(model: EventModel) -> list[int]:
    return [model.store.sequence_at(position) for position in range(model.rowCount())]


def test_a_model_keeps_qts_promises_through_its_whole_life(qtmodeltester: ModelTester) -> None:
    model, updates = _model()
    qtmodeltester.check(model)
    updates.on_rows(_rows([10, 11, 12]))
    updates.on_rows(_rows([5, 6], at_start=True))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    updates.on_rows(_rows([20]))
    updates.on_rows(_rows([1, 2], at_start=True))
    _order(updates, [6, 1, 20, 2, 5, 12, 11, 10])
    updates.on_rows(_rows([21]))
    model.sort(0, Qt.SortOrder.AscendingOrder)
    updates.on_reset(ViewReset(2))
    updates.on_rows(_rows([30], generation=2))
    qtmodeltester.check(model)


def test_older_rows_go_before_newer_ones_after() -> None:
    model, updates = _model()
    updates.on_rows(_rows([10, 11]))
    updates.on_rows(_rows([4, 5], at_start=True))
    updates.on_rows(_rows([12]))
    assert _shown(model) == [4, 5, 10, 11, 12]


def test_rows_of_another_generation_are_ignored() -> None:
    model, updates = _model()
    updates.on_rows(_rows([1], generation=7))
    assert model.rowCount() == 0


def test_a_pause_counts_what_is_new_but_lets_older_rows_in() -> None:
    model, updates = _model()
    counts: list[int] = []
    updates.waiting_changed.connect(counts.append)
    updates.on_rows(_rows([10]))
    updates.pause()
    updates.on_rows(_rows([11, 12], tint=3))
    updates.on_rows(_rows([9], at_start=True))
    assert _shown(model) == [9, 10]
    assert counts[-1] == 2
    updates.resume()
    assert _shown(model) == [9, 10, 11, 12]
    assert [model.store.tint_at(position) for position in range(4)] == [0, 0, 3, 3]
    assert counts[-1] == 0


def test_a_filter_change_during_a_pause_filters_what_was_frozen() -> None:
    model, updates = _model()
    updates.on_rows(_rows([1, 2, 3]))
    updates.pause()
    updates.on_rows(_rows([4]))
    updates.on_reset(ViewReset(2))
    updates.on_rows(_rows([2, 4], at_start=True, generation=2))
    assert _shown(model) == [2]
    updates.resume()
    assert _shown(model) == [2, 4]


def test_nothing_changes_while_the_pointer_holds_something() -> None:
    model, updates = _model()
    updates.on_rows(_rows([1]))
    updates.hold()
    updates.on_reset(ViewReset(2))
    updates.on_rows(_rows([7, 8], generation=2))
    assert _shown(model) == [1]
    updates.release()
    assert _shown(model) == [7, 8]


def test_only_the_pages_that_are_looked_at_are_read() -> None:
    capture = _Capture()
    model, updates = _model(capture)
    updates.on_rows(_rows(range(1, 1_000_001)))
    assert not capture.read
    assert model.data(model.index(500_000, 2)) == "call 500001"
    assert len(capture.read) <= 64
    assert model.data(model.index(500_001, 2)) == "call 500002"
    assert len(capture.read) <= 64


def test_a_row_that_the_ring_has_removed_says_so() -> None:
    capture = _Capture()
    capture.gone = {2}
    model, updates = _model(capture)
    updates.on_rows(_rows([1, 2]))
    assert model.data(model.index(1, 1)) == "(removed)"


def test_persistent_indexes_follow_their_rows_into_another_order() -> None:
    from PySide6.QtCore import QPersistentModelIndex

    model, updates = _model()
    updates.on_rows(_rows([1, 2, 3]))
    index = QPersistentModelIndex(model.index(0, 2))
    _order(updates, [3, 2, 1])
    assert index.row() == 2
    assert index.data(Role.SEQUENCE) == 1


def test_rows_that_come_after_an_order_was_asked_for_stay_at_the_end() -> None:
    model, updates = _model()
    updates.on_rows(_rows([1, 2, 3]))
    updates.on_rows(_rows([4]))
    _order(updates, [3, 1, 2])
    assert _shown(model) == [3, 1, 2, 4]
    assert model.store.position_of(1) == 1
    assert model.store.nearest(4) == 3


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.tuples(st.just("new"), st.integers(1, 5)),
            st.tuples(st.just("old"), st.integers(1, 5)),
            st.tuples(st.just("reverse"), st.booleans()),
        ),
        max_size=20,
    )
)
def test_the_store_is_always_what_a_plain_list_would_be(steps: list[tuple[str, int | bool]]) -> None:
    store, plain, low, high = RowStore(), list[int](), 1000, 1000
    for kind, value in steps:
        if kind == "new":
            added = range(high + 1, high + 1 + int(value))
            high += int(value)
        else:
            added = range(low - int(value), low)
            low -= int(value)
        if kind == "reverse":
            store.order_naturally(newest_first=bool(value))
            low += int(value)
            continue
        store.add(array("q", added), bytes(s % 7 for s in added), at_start=kind == "old")
        plain = sorted([*plain, *added])
    expected = plain[::-1] if store.newest_first else plain
    assert [store.sequence_at(position) for position in range(len(store))] == expected
    assert all(store.position_of(s) == expected.index(s) for s in expected)
    assert all(store.tint_at(store.position_of(s)) == s % 7 for s in expected)
    assert store.position_of(5) == -1


def test_an_answer_to_an_older_question_is_ignored() -> None:
    model, updates = _model()
    updates.on_rows(_rows([1, 2, 3]))
    model.sort(SUMMARY, Qt.SortOrder.DescendingOrder)
    updates.on_ordered(Ordered(1, Column.SUMMARY, False, array("q", [3, 1, 2]), array("I", [1, 2, 0])))
    assert _shown(model) == [1, 2, 3]
    model.sort(0, Qt.SortOrder.AscendingOrder)
    updates.on_ordered(Ordered(1, Column.SUMMARY, True, array("q", [3, 1, 2]), array("I", [1, 2, 0])))
    assert _shown(model) == [1, 2, 3]


def test_after_another_filter_the_order_is_asked_for_again() -> None:
    model, updates = _model()
    wanted: list[tuple[object, bool]] = []
    model.order_wanted.connect(lambda column, descending: wanted.append((column, descending)))
    model.order_again()
    assert wanted == []
    updates.on_rows(_rows([1, 2, 3]))
    _order(updates, [2, 3, 1], descending=True)
    updates.on_reset(ViewReset(2))
    updates.on_rows(_rows([1, 3], generation=2))
    assert _shown(model) == [1, 3]
    model.order_again()
    assert wanted == [(Column.SUMMARY, True)] * 2
    updates.on_ordered(Ordered(2, Column.SUMMARY, True, array("q", [3, 1]), array("I", [1, 0])))
    assert _shown(model) == [3, 1]


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_in_any_order_places_and_sequences_agree(data: st.DataObject) -> None:
    """Sort what is there at any moment, let older and newer rows come in at any other."""
    (model, updates), plain, low, high = _model(), list[int](), 1000, 1000
    for step in data.draw(st.lists(st.sampled_from(["new", "old", "sort", "arrival"]), max_size=12)):
        if step == "new":
            count = data.draw(st.integers(1, 6))
            added = sorted(data.draw(st.sets(st.integers(high + 1, high + 40), min_size=1, max_size=count)))
            updates.on_rows(_rows(added))
            plain, high = plain + added, added[-1]
        elif step == "old":
            added = sorted(data.draw(st.sets(st.integers(low - 40, low - 1), min_size=1, max_size=5)))
            updates.on_rows(_rows(added, at_start=True))
            plain, low = (plain + added if model.store.order is not None else added + plain), added[0]
        elif step == "sort":
            plain = data.draw(st.permutations(plain))
            _order(updates, plain)
        else:
            model.sort(0, Qt.SortOrder.AscendingOrder)
            plain = sorted(plain)
        assert _shown(model) == plain
        assert [model.store.position_of(s) for s in plain] == list(range(len(plain)))
        assert all(model.store.position_of(s) == -1 for s in (low - 1, high + 1))
