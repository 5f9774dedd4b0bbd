"""The table of an answer: rows of one height, sorted by a click on a heading, copied with their headings.

Owner: the result's pane. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView
from typing_extensions import override

from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.session.questions.exporting import rows_as_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.questions.result_model import ResultModel
    from clacks_monitor.session.questions import ResultRow

_WIDEST: Final = 360
_PADDING: Final = 6
_MEASURED: Final = 200
"""Rows by which the widths of columns are chosen."""


class ResultTable(QTableView):
    """``row_wanted`` carries the number of the event of a row, and whether its window is to come to the front."""

    row_wanted = Signal(int, bool)

    def __init__(self, model: ResultModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.results, self._theme = model, theme
        self.setModel(model)
        self._copying = LatestTask("copy answer", self)
        self._copying.done.connect(self._copied)
        self.setAccessibleName(self.tr("Answer as a table"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setResizeContentsPrecision(_MEASURED)
        header.sortIndicatorChanged.connect(model.sort)
        self.clicked.connect(self._clicked)
        self.activated.connect(self._activated)
        model.modelReset.connect(self._forget_order)
        theme.changed.connect(self._colour)
        self._colour()

    @Slot()
    def _colour(self) -> None:
        self.horizontalHeader().setStyleSheet(self._theme.heading_sheet())
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + _PADDING)

    @Slot()
    def _forget_order(self) -> None:
        self.horizontalHeader().blockSignals(True)
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.horizontalHeader().blockSignals(False)

    @Slot()
    def fit_columns(self) -> None:
        """Make each column as wide as its first rows want it, within a bound."""
        for column in range(self.results.columnCount()):
            wanted = max(self.sizeHintForColumn(column), self.horizontalHeader().sectionSizeHint(column))
            self.setColumnWidth(column, min(_WIDEST, wanted + 2 * _PADDING))

    # -- rows ----------------------------------------------------------------------------------------------------

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._want(index, forward=False)

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        self._want(index, forward=True)

    def _want(self, index: QModelIndex, *, forward: bool) -> None:
        sequence = self.results.table.row(index.row()).sequence if index.isValid() else None
        if sequence is not None:
            self.row_wanted.emit(sequence, forward)

    def chosen_rows(self) -> list[ResultRow]:
        """Return the rows that are selected, all where none is."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        places = sorted({place for one in ranges for place in range(one.top(), one.bottom() + 1)})
        return [self.results.table.row(place) for place in places] or self.results.table.rows()

    @Slot()
    def copy(self) -> None:
        """Copy the selected rows, or all, with their headings."""
        headings, rows = self.results.headings, self.chosen_rows()
        self._copying.ask(lambda _wanted: rows_as_table(headings, rows))

    @Slot(object)
    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self._activated(self.currentIndex())
        else:
            super().keyPressEvent(event)
