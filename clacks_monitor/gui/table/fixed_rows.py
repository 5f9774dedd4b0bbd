"""A table view whose rows all have one height, however many they are.

QTableView keeps a section of its vertical header for each row, and moves and adds up all of them at each insertion: a
table of ten million rows stands still for a tenth of a second. Here that header has no sections. Where a row lies
follows from its number, so the questions that QTableView answers by its sections are answered anew.
Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QRegion, QStandardItemModel
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

Index = QModelIndex | QPersistentModelIndex
Hint = QAbstractItemView.ScrollHint
Move = QAbstractItemView.CursorAction


class _NoSections(QHeaderView):
    """A vertical header without sections, whatever model the table has."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._nothing = QStandardItemModel(self)
        self.setVisible(False)

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(self._nothing)

    @override
    def setSelectionModel(self, selectionModel: QItemSelectionModel) -> None:
        """Keep the header's own, which QTableView asks for what is selected: the table's belongs to another model."""
        if selectionModel.model() is self._nothing:
            super().setSelectionModel(selectionModel)


class FixedRowsView(QTableView):
    """Scrolls by pixels; rows can be neither hidden, moved nor resized."""

    def __init__(self, row_height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row_height = row_height
        self._arranging = False
        self.setVerticalHeader(_NoSections(self))
        for corner in self.findChildren(QAbstractButton):  # above the vertical heading, of which nothing is shown
            corner.setVisible(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def _rows(self) -> int:
        model: QAbstractItemModel | None = self.model()  # none before setModel(), whatever PySide's types say
        return 0 if model is None else model.rowCount()

    # -- where things lie ----------------------------------------------------------------------------------------

    @override
    def rowAt(self, y: int) -> int:
        row = (y + self.verticalOffset()) // self.row_height
        return row if 0 <= row < self._rows() else -1

    @override
    def rowViewportPosition(self, row: int) -> int:
        return row * self.row_height - self.verticalOffset()

    @override
    def rowHeight(self, row: int) -> int:
        return self.row_height

    @override
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @override
    def indexAt(self, pos: QPoint) -> QModelIndex:
        row, column = self.rowAt(pos.y()), self.columnAt(pos.x())
        return self.model().index(row, column) if row >= 0 and column >= 0 else QModelIndex()

    @override
    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or self.isColumnHidden(index.column()):
            return QRect()
        left, width = self.columnViewportPosition(index.column()), self.columnWidth(index.column())
        return QRect(left, self.rowViewportPosition(index.row()), width, self.row_height)

    @override
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return the whole rows: that is how they are selected."""
        region, shown = QRegion(), self.viewport().rect()
        for part in selection.toList():
            top, bottom = self.rowViewportPosition(part.top()), self.rowViewportPosition(part.bottom() + 1)
            region += QRect(0, top, shown.width(), bottom - top) & shown
        return region

    # -- scrolling -----------------------------------------------------------------------------------------------

    @override
    def updateGeometries(self) -> None:
        """Place the heading and set the range of both scroll bars."""
        if self._arranging:  # a scroll bar that appears or goes changes the viewport, and so comes here again
            return
        self._arranging = True
        header = self.horizontalHeader()
        height = 0 if header.isHidden() else header.sizeHint().height()
        self.setViewportMargins(0, height, 0, 0)
        inner = self.viewport().geometry()
        header.setGeometry(inner.left(), inner.top() - height, inner.width(), height)
        size, most = self.viewport().size(), self.maximumViewportSize()
        length = self._rows() * self.row_height
        if most.width() >= header.length() and most.height() >= length:
            size = most
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setPageStep(size.width())
        across.setRange(0, max(0, header.length() - size.width()))
        across.setSingleStep(max(2, size.width() // (header.count() - header.hiddenSectionCount() + 1)))
        header.setOffset(across.value())
        down.setPageStep(size.height())
        down.setRange(0, max(0, length - size.height()))
        down.setSingleStep(self.row_height)
        self._arranging = False
        QAbstractItemView.updateGeometries(self)

    @override
    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        if not index.isValid() or not 0 <= index.row() < self._rows():
            return
        rect, shown = self.visualRect(index), self.viewport().rect()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        if rect.left() < 0 or rect.width() > shown.width():
            across.setValue(across.value() + rect.left())
        elif rect.right() > shown.right():
            across.setValue(across.value() + rect.right() - shown.right())
        top = index.row() * self.row_height
        bottom = top + self.row_height - shown.height()
        visible = bottom <= down.value() <= top
        if hint is Hint.PositionAtCenter:
            down.setValue((top + bottom) // 2)
        elif hint is Hint.PositionAtTop or (not visible and down.value() > top):
            down.setValue(top)
        elif hint is Hint.PositionAtBottom or not visible:
            down.setValue(bottom)

    # -- the keyboard --------------------------------------------------------------------------------------------

    @override
    def moveCursor(self, cursorAction: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        at, last = self.currentIndex(), self._rows() - 1
        shown = self._shown_columns()
        if last < 0 or not shown:
            return QModelIndex()
        if not at.isValid():
            return self.model().index(0, shown[0])
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        page = max(1, self.viewport().height() // self.row_height - 1)
        rows: dict[Move, Callable[[int], int]] = {
            Move.MoveUp: lambda row: row - 1,
            Move.MoveDown: lambda row: row + 1,
            Move.MovePageUp: lambda row: row - page,
            Move.MovePageDown: lambda row: row + page,
            Move.MoveHome: lambda row: 0 if control else row,
            Move.MoveEnd: lambda row: last if control else row,
        }
        row = rows.get(cursorAction, int)(at.row())
        return self.model().index(min(max(row, 0), last), self._column_after(cursorAction, at.column(), shown))

    def _shown_columns(self) -> list[int]:
        """Return the columns as they lie on the screen."""
        header = self.horizontalHeader()
        columns = map(header.logicalIndex, range(header.count()))
        return [column for column in columns if not header.isSectionHidden(column)]

    def _column_after(self, move: Move, column: int, shown: list[int]) -> int:
        place = shown.index(column) if column in shown else 0
        step = -1 if self.isRightToLeft() else 1
        places = {
            Move.MoveLeft: place - step,
            Move.MovePrevious: place - 1,
            Move.MoveRight: place + step,
            Move.MoveNext: place + 1,
            Move.MoveHome: 0,
            Move.MoveEnd: len(shown) - 1,
        }
        return shown[min(max(places.get(move, place), 0), len(shown) - 1)]
