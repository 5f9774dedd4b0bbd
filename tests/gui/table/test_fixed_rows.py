"""A view with rows of one height behaves as a QTableView with the same sizes does, and keeps nothing for each row."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractTableModel, QItemSelection, QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from clacks_monitor.gui.table.fixed_rows import FixedRowsView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

HEIGHT, COLUMNS = 20, 6
NOWHERE = QModelIndex()
Move = QAbstractItemView.CursorAction
Hint = QAbstractItemView.ScrollHint
Index = QModelIndex | QPersistentModelIndex


class Numbers(QAbstractTableModel):
    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows

    @override
    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else self.rows

    @override
    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else COLUMNS

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return f"{index.row()}/{index.column()}" if role == Qt.ItemDataRole.DisplayRole else None

    def insert(self, first: int, count: int) -> None:
        self.beginInsertRows(NOWHERE, first, first + count - 1)
        self.rows += count
        self.endInsertRows()


class Ours(FixedRowsView):
    """With what is protected made public."""

    def move_by(self, move: Move, keys: Qt.KeyboardModifier) -> QModelIndex:
        return self.moveCursor(move, keys)


class Theirs(QTableView):
    def __init__(self) -> None:
        super().__init__()
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setMinimumSectionSize(HEIGHT)
        rows.setDefaultSectionSize(HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def move_by(self, move: Move, keys: Qt.KeyboardModifier) -> QModelIndex:
        return self.moveCursor(move, keys)


Pair = tuple[Ours, Theirs, Numbers]


@pytest.fixture
def pair(qtbot: QtBot) -> Pair:
    ours, theirs, model = Ours(HEIGHT), Theirs(), Numbers(500)
    for view in (ours, theirs):
        qtbot.addWidget(view)
        view.setShowGrid(False)
        view.setCornerButtonEnabled(False)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setModel(model)
        view.setColumnHidden(2, True)
        view.horizontalHeader().moveSection(0, 3)
        view.resize(400, 330)
        view.show()
        qtbot.waitExposed(view)
    return ours, theirs, model


def state(view: QTableView) -> tuple[int, ...]:
    down, across = view.verticalScrollBar(), view.horizontalScrollBar()
    return (*(b for bar in (down, across) for b in (bar.minimum(), bar.maximum(), bar.pageStep(), bar.value())),)


def test_the_scroll_bars_reach_as_far(pair: Pair) -> None:
    ours, theirs, model = pair
    for rows in (1, 200, 10_000):
        model.insert(0, rows)
        ours.updateGeometries()
        theirs.updateGeometries()
        assert state(ours) == state(theirs)
        assert ours.viewport().geometry() == theirs.viewport().geometry()


def test_cells_lie_in_the_same_places(pair: Pair) -> None:
    ours, theirs, model = pair
    chance = random.Random(3)
    for _ in range(200):
        at = chance.randint(0, ours.verticalScrollBar().maximum())
        for view in (ours, theirs):
            view.verticalScrollBar().setValue(at)
        point = QPoint(chance.randint(-5, 420), chance.randint(-5, 340))
        assert ours.indexAt(point) == theirs.indexAt(point)
        index = model.index(chance.randrange(500), chance.randrange(COLUMNS))
        assert ours.visualRect(index) == theirs.visualRect(index)
        assert ours.rowAt(point.y()) == theirs.rowAt(point.y())
        assert ours.rowViewportPosition(index.row()) == theirs.rowViewportPosition(index.row())


def test_scrolling_to_a_cell_shows_it(pair: Pair) -> None:
    ours, _theirs, model = pair
    chance = random.Random(5)
    for hint in Hint:
        for _ in range(50):
            index = model.index(chance.randrange(500), chance.choice([0, 1, 3, 4, 5]))
            ours.scrollTo(index, hint)
            rect = ours.visualRect(index)
            assert ours.viewport().rect().contains(rect) or rect.width() > ours.viewport().width()
    ours.scrollTo(model.index(250, 1), Hint.PositionAtTop)
    assert ours.visualRect(model.index(250, 1)).top() == 0
    ours.scrollTo(model.index(250, 1), Hint.PositionAtBottom)
    assert ours.visualRect(model.index(250, 1)).bottom() == ours.viewport().rect().bottom()
    before = ours.verticalScrollBar().value()
    ours.scrollTo(model.index(245, 1))
    assert ours.verticalScrollBar().value() == before, "what is on the screen stays where it is"


@pytest.mark.parametrize("move", [move for move in Move if move not in {Move.MovePageUp, Move.MovePageDown}])
@pytest.mark.parametrize("keys", [Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier])
def test_keys_lead_to_the_same_cell(pair: Pair, move: Move, keys: Qt.KeyboardModifier) -> None:
    ours, theirs, model = pair
    for start in ((0, 1), (250, 4), (499, 5), (7, 0)):
        for view in (ours, theirs):
            view.setCurrentIndex(model.index(*start))
        found, expected = ours.move_by(move, keys), theirs.move_by(move, keys)
        if move in {Move.MoveNext, Move.MovePrevious}:  # Qt goes on in the next row, as in a form
            assert found.row() == start[0]
        else:
            assert found == expected, start


def test_a_page_is_as_many_rows_as_there_are_on_the_screen_but_one(pair: Pair) -> None:
    ours, _theirs, model = pair
    ours.setCurrentIndex(model.index(100, 1))
    page = ours.viewport().height() // HEIGHT - 1
    assert ours.move_by(Move.MovePageDown, Qt.KeyboardModifier.NoModifier).row() == 100 + page
    assert ours.move_by(Move.MovePageUp, Qt.KeyboardModifier.NoModifier).row() == 100 - page


def test_without_rows_or_a_current_one_keys_go_to_the_first(qtbot: QtBot) -> None:
    ours, model = Ours(HEIGHT), Numbers(0)
    qtbot.addWidget(ours)
    assert ours.move_by(Move.MoveDown, Qt.KeyboardModifier.NoModifier) == NOWHERE
    ours.setModel(model)
    assert ours.move_by(Move.MoveDown, Qt.KeyboardModifier.NoModifier) == NOWHERE
    model.insert(0, 3)
    assert ours.move_by(Move.MoveDown, Qt.KeyboardModifier.NoModifier) == model.index(0, 0)


def test_selected_rows_are_painted_anew_in_their_whole_width(pair: Pair) -> None:
    ours, _theirs, model = pair
    ours.verticalScrollBar().setValue(40)
    region = ours.visualRegionForSelection(QItemSelection(model.index(3, 0), model.index(4, COLUMNS - 1)))
    assert region.boundingRect() == ours.viewport().rect() & region.boundingRect()
    assert (region.boundingRect().top(), region.boundingRect().height()) == (20, 40)
    assert region.boundingRect().width() == ours.viewport().width()


def test_no_row_has_a_section_of_the_header(pair: Pair) -> None:
    ours, theirs, model = pair
    model.insert(0, 1_000)
    assert (ours.verticalHeader().count(), theirs.verticalHeader().count()) == (0, 1_500)
    assert ours.verticalHeader().isHidden()


def test_a_row_is_selected_in_addition_while_control_is_held(pair: Pair) -> None:
    ours, theirs, _model = pair
    for view in (ours, theirs):
        QTest.keyClick(view, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
        assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.ControlModifier
        view.clearSelection()
        for row in (3, 7):
            view.selectRow(row)
        assert {index.row() for index in view.selectionModel().selectedRows()} == {3, 7}
        QTest.keyClick(view, Qt.Key.Key_Home)  # and no more
