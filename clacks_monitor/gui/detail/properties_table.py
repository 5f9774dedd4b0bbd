"""Names and values of what is selected, two columns; thousands of them cost no more than a few.

A value is shown up to a bound, in lines; it is copied whole, and Enter or a double click opens it.
Owner: the detail pane. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QMenu, QTreeView, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.copy_key import CopyKey
from clacks_monitor.gui.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_BATCH = 200
_NAME, _VALUE = 0, 1
_SHOWN = 300
_LONG_NAME = 80
_TIP = 1_000
_NAME_WIDTH = 16
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, str]


class PropertiesModel(QAbstractTableModel):
    """Rows of (name, value); the view fetches them in batches as it is scrolled."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: Sequence[Row] = ()
        self._fetched = 0

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows, self._fetched = rows, min(_BATCH, len(rows))
        self.endResetModel()

    def row(self, number: int) -> Row:
        """Return name and whole value of a row."""
        return self._rows[number]

    @override
    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else self._fetched

    @override
    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else 2

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._fetched < len(self._rows)

    @override
    def fetchMore(self, parent: Index) -> None:
        more = min(_BATCH, len(self._rows) - self._fetched)
        if parent.isValid() or more <= 0:
            return
        self.beginInsertRows(QModelIndex(), self._fetched, self._fetched + more - 1)
        self._fetched += more
        self.endInsertRows()

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name, value = self._rows[index.row()]
        text = name if index.column() == _NAME else value
        shown = one_line(text, _LONG_NAME if index.column() == _NAME else _SHOWN)
        if role == Qt.ItemDataRole.DisplayRole:
            return shown
        if role == Qt.ItemDataRole.ToolTipRole and shown != text:
            return plain_tip(one_line(text, _TIP))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _NAME:
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int((Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft).value)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return shown if index.column() == _NAME else f"{one_line(name, _LONG_NAME)}: {shown}"
        return None


class PropertiesTable(QTreeView):
    """``whole_wanted`` carries name and value of a row that is to be shown in full."""

    whole_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = PropertiesModel(self)
        self.setModel(self.rows)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setWordWrap(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)  # other heights are not asked for
        self.setTabKeyNavigation(False)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.doubleClicked.connect(self._open)
        CopyKey(self).pressed.connect(self.copy_value)
        self.setAccessibleName(self.tr("Properties of the event"))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show names and values."""
        self.rows.show_rows(rows)
        metrics = self.fontMetrics()
        wide = max((metrics.horizontalAdvance(one_line(name, _LONG_NAME)) for name, _v in rows[:_BATCH]), default=0)
        self.setColumnWidth(_NAME, min(wide + _NAME_WIDTH, max(120, self.viewport().width() // 2)))

    def current(self) -> Row | None:
        """Return name and value of the current row."""
        index = self.currentIndex()
        return self.rows.row(index.row()) if index.isValid() else None

    # -- copying and opening -----------------------------------------------------------------------------------------

    @Slot()
    def copy_value(self) -> None:
        """Copy the current row's value, whole."""
        row = self.current()
        if row is not None:
            QGuiApplication.clipboard().setText(row[1])

    @Slot()
    def copy_row(self) -> None:
        """Copy the current row's name and value."""
        row = self.current()
        if row is not None:
            QGuiApplication.clipboard().setText(f"{row[0]}\t{row[1]}")

    @Slot()
    def _open(self) -> None:
        row = self.current()
        if row is not None:
            self.whole_wanted.emit(*row)

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.setCurrentIndex(index)
        if self.current() is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        copy = menu.addAction(self.tr("Copy value"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.triggered.connect(self.copy_value)
        menu.addAction(self.tr("Copy name and value")).triggered.connect(self.copy_row)
        menu.addAction(self.tr("Show the whole value…")).triggered.connect(self._open)
        menu.popup(self.viewport().mapToGlobal(at))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()  # lines break elsewhere
