"""Names and values of what is selected, two columns; thousands of them cost no more than a few.

A value is shown up to a bound, in lines; it is copied whole, and Enter or a double click opens it.
Owner: the detail pane. Thread: the window's.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.copy_key import CopyKey
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

_BATCH = 200
_NAME, _VALUE = 0, 1
_SHOWN = 300
_LONG_NAME = 80
_TIP = 1_000
_NAME_WIDTH = 16
_MARGIN = 4
_BETWEEN = 4
_NO_PARENT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex
Row = tuple[str, str]


def _is_cut(row: Row) -> bool:
    """Whether a value is not shown as it is."""
    return one_line(row[1], _SHOWN) != row[1]


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
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(shown if index.column() == _NAME else f"{one_line(name, _LONG_NAME)}: {shown}")
        return None


class _Lines(QStyledItemDelegate):
    """Gives each row the height of its lines at the present width, and some room between rows."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.columnWidth(index.column())
        return QSize(width, ceil(self._laid_out(str(index.data()), width).boundingRect().height()) + _BETWEEN)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Break long words too: the style leaves out what has no room."""
        item: Any = QStyleOptionViewItem(option)  # its fields have no types
        self.initStyleOption(item, index)
        text, item.text = item.text, ""
        self._view.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, item, painter, self._view)
        active = item.state & QStyle.StateFlag.State_Active
        chosen = item.state & QStyle.StateFlag.State_Selected
        group = QPalette.ColorGroup.Active if active else QPalette.ColorGroup.Inactive
        role = QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text
        painter.save()
        painter.setPen(item.palette.color(group, role))
        place = QPointF(item.rect.left() + _MARGIN, item.rect.top() + _BETWEEN // 2)
        self._laid_out(text, item.rect.width()).draw(painter, place)
        painter.restore()

    def _laid_out(self, text: str, width: int) -> QTextLayout:
        layout, wrap = QTextLayout(text, self._view.font()), QTextOption()
        wrap.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(wrap)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width - 2 * _MARGIN))
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout


class PropertiesTable(QTreeView):
    """``whole_wanted`` carries name and value of a row that is to be shown in full.

    ``menu_opening`` comes with the menu of a property, and its name and value: others may add what they can do with it.
    """

    whole_wanted = Signal(str, str)
    menu_opening = Signal(QMenu, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wide = self._first_property = 0
        self.rows = PropertiesModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(_Lines(self))
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
        self.header().setStretchLastSection(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.doubleClicked.connect(self._open)
        CopyKey(self).pressed.connect(self.copy_value)
        self.setAccessibleName(self.tr("Properties of the event"))

    def show_rows(self, rows: Sequence[Row], *, properties: int = 0) -> None:
        """Show names and values; the last ones are those of so many properties."""
        self.rows.show_rows(rows)
        self._first_property = len(rows) - properties
        metrics = self.fontMetrics()
        shown = [one_line(name, _LONG_NAME) for name, _value in rows[:_BATCH]]
        self._wide = max(map(metrics.horizontalAdvance, shown), default=0) + _NAME_WIDTH
        self._fit()

    def _fit(self) -> None:
        """Give the names the width they need, but no more than half."""
        self.setColumnWidth(_NAME, min(self._wide, self.viewport().width() // 2))

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
        if row is not None and _is_cut(row):
            self.whole_wanted.emit(*row)

    @Slot(QPoint)
    def _open_menu(self, at: QPoint) -> None:
        index = self.indexAt(at)
        if index.isValid():
            self.setCurrentIndex(index)
        row = self.current()
        if row is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        copy = menu.addAction(self.tr("Copy value"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.triggered.connect(self.copy_value)
        menu.addAction(self.tr("Copy name and value")).triggered.connect(self.copy_row)
        whole = menu.addAction(self.tr("Show the whole value…"))
        whole.setEnabled(_is_cut(row))
        whole.triggered.connect(self._open)
        if self.currentIndex().row() >= self._first_property:
            self.menu_opening.emit(menu, *row)
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
        self._fit()
        self.scheduleDelayedItemsLayout()  # lines break elsewhere
