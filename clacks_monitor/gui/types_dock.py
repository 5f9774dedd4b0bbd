"""Event types with how many, how fast, and when last; a click shows one type only.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.gui import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.theme import Theme
    from clacks_monitor.session.notices import TypeCount

_NAME, _COUNT, _RATE, _LAST = range(4)
_KEY = Qt.ItemDataRole.UserRole
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Item(QTreeWidgetItem):
    """Sorts numbers as numbers."""

    def __init__(self, name: str, shown: str) -> None:
        super().__init__([shown, "", "", ""])
        self.setData(_NAME, _KEY, name)
        self.values: tuple[float, ...] = (0, 0, 0, 0)

    @override
    def __lt__(self, other: object) -> bool:
        if not isinstance(other, _Item):
            return NotImplemented
        column = self.treeWidget().sortColumn()
        if column == _NAME:
            return self.text(_NAME).lower() < other.text(_NAME).lower()
        return self.values[column] < other.values[column]


class _TypePainter(QStyledItemDelegate):
    """Draws a type on two lines: its name and count, then its rate and when it was last seen."""

    def __init__(self, view: QTreeWidget, theme: Theme) -> None:
        super().__init__(view)
        self._view, self._theme = view, theme

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option, index
        return QSize(100, 2 * QFontMetrics(self._view.font()).height() + 8)

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        item = self._view.itemFromIndex(index)
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        palette, role = self._view.palette(), QPalette.ColorRole
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, palette.color(role.Highlight))
        inner = rect.adjusted(8, 4, -8, -4)
        upper = QRect(inner.left(), inner.top(), inner.width(), inner.height() // 2)
        lower = upper.translated(0, inner.height() // 2)
        painter.setPen(palette.color(role.HighlightedText if chosen else role.Text))
        self._line(painter, upper, item.text(_NAME), item.text(_COUNT))
        if not chosen:
            painter.setPen(self._theme.muted)
        self._line(painter, lower, item.text(_RATE), item.text(_LAST))

    @staticmethod
    def _line(painter: QPainter, rect: QRect, left: str, right: str) -> None:
        painter.drawText(rect, _RIGHT, right)
        metrics = painter.fontMetrics()
        room = rect.width() - metrics.horizontalAdvance(right) - 8
        shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class TypesView(QTreeWidget):
    """``chosen`` carries a type whose events are wanted; ``menu_wanted`` a type and a place."""

    chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, _Item] = {}
        self._theme: Theme | None = None
        self.setColumnCount(4)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Event types"))
        self.setAccessibleDescription(self.tr("Enter or a click shows the events of a type only."))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in (_COUNT, _RATE, _LAST):
            self.setColumnHidden(column, True)  # noqa: FBT003 - Qt's signature
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(_NAME, Qt.SortOrder.AscendingOrder)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._ask_menu)

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme
        self.setItemDelegateForColumn(_NAME, _TypePainter(self, theme))

    def show_counts(self, counts: Sequence[TypeCount]) -> None:
        """Show the types as they are now; rows stay where they are unless the order wants otherwise."""
        now = time.time_ns()
        changed = [count for count in counts if self._is_other(count, now)]
        if not changed and len(self._items) == len(counts):
            return
        self.setSortingEnabled(False)
        for count in changed:
            self._show(count, now)
        for gone in set(self._items) - {count.type for count in counts}:
            self.takeTopLevelItem(self.indexOfTopLevelItem(self._items.pop(gone)))
        self.setSortingEnabled(True)

    def _is_other(self, count: TypeCount, now: int) -> bool:
        """Tell whether a type has to be shown otherwise: each change is sorted and painted."""
        item = self._items.get(count.type)
        if item is None or list(item.values) != [0, count.count, count.rate, count.last_ns]:
            return True
        return item.text(_LAST) != formats.ago_short((now - count.last_ns) / formats.NS)

    def _show(self, count: TypeCount, now: int) -> None:
        item = self._items.get(count.type)
        if item is None:
            item = self._items[count.type] = _Item(count.type, count.type or self.tr("(no event)"))
            self.addTopLevelItem(item)
        last = formats.ago_short((now - count.last_ns) / formats.NS)
        item.values = (0, count.count, count.rate, count.last_ns)
        texts = {
            _COUNT: formats.number(count.count),
            _RATE: formats.rate(count.rate) if count.rate else "",
            _LAST: last,
        }
        for column, text in texts.items():
            if item.text(column) != text:
                item.setText(column, text)
        words = self.tr("%1: %2 events, last %3").replace("%1", item.text(_NAME)).replace("%2", texts[_COUNT])
        words = words.replace("%3", formats.full_time(count.last_ns))
        if item.toolTip(_NAME) != words:
            item.setToolTip(_NAME, words)
            item.setData(_NAME, Qt.ItemDataRole.AccessibleTextRole, words)

    @Slot(QTreeWidgetItem)
    def _choose(self, item: QTreeWidgetItem) -> None:
        name = str(item.data(_NAME, _KEY))
        if name:
            self.chosen.emit(name)

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        item = self.itemAt(at) or self.currentItem()
        if item is not None and item.data(_NAME, _KEY):
            self.menu_wanted.emit(str(item.data(_NAME, _KEY)), self.viewport().mapToGlobal(at))
