"""Event types with how many, how fast, and when last; a click shows one type only.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

import time
from bisect import bisect
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
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

_NAME = 0
_KEY = Qt.ItemDataRole.UserRole
_SAID = frozenset({Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole})
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _Item(QTreeWidgetItem):
    """One type. What it says in words is only put together when somebody wants to know."""

    def __init__(self, count: TypeCount, name: str) -> None:
        super().__init__([name])
        self.setData(_NAME, _KEY, count.type)
        self.name = name
        self.count = count
        self.numbers = ("", "", "")
        """How many, how fast, when last, as they are shown."""

    @override
    def data(self, column: int, role: int) -> Any:
        if role not in _SAID:
            return super().data(column, role)
        words = QCoreApplication.translate("TypesView", "%1: %2 events, last %3").replace("%1", self.name)
        return words.replace("%2", self.numbers[0]).replace("%3", formats.full_time(self.count.last_ns))


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
        if not isinstance(item, _Item):
            return
        count, rate, last = item.numbers
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
        self._line(painter, upper, item.name, count)
        if not chosen:
            painter.setPen(self._theme.muted)
        self._line(painter, lower, rate, last)

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
        self._order: list[str] = []
        self._theme: Theme | None = None
        self.setColumnCount(1)
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Event types"))
        self.setAccessibleDescription(self.tr("Enter or a click shows the events of a type only."))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.header().setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._ask_menu)

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme
        self.setItemDelegateForColumn(_NAME, _TypePainter(self, theme))

    def show_counts(self, counts: Sequence[TypeCount]) -> None:
        """Show the types as they are now. Only the rows that look otherwise are painted: this comes every second."""
        now = time.time_ns()
        for count in counts:
            self._show(count, now)
        for gone in self._items.keys() - {count.type for count in counts}:
            item = self._items.pop(gone)
            self._order.remove(item.name.lower())
            self.takeTopLevelItem(self.indexOfTopLevelItem(item))

    def _show(self, count: TypeCount, now: int) -> None:
        item = self._items.get(count.type) or self._add(count)
        item.count = count
        last = formats.ago_short((now - count.last_ns) / formats.NS)
        numbers = (formats.number(count.count), formats.rate(count.rate) if count.rate else "", last)
        if numbers != item.numbers:
            item.numbers = numbers
            self.viewport().update(self.visualItemRect(item))

    def _add(self, count: TypeCount) -> _Item:
        item = self._items[count.type] = _Item(count, count.type or self.tr("(no event)"))
        name = item.name.lower()
        place = bisect(self._order, name)
        self._order.insert(place, name)
        self.insertTopLevelItem(place, item)
        return item

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
