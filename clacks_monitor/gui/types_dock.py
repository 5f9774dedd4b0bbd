"""Event types with how many, how fast, and when last; a click shows one type only. Owner: the main window; its thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget
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
        for column in (_COUNT, _RATE, _LAST):
            self.setTextAlignment(column, _RIGHT)
        self.values: tuple[float, ...] = (0, 0, 0, 0)

    @override
    def __lt__(self, other: object) -> bool:
        if not isinstance(other, _Item):
            return NotImplemented
        tree = self.treeWidget()
        column = tree.sortColumn() if tree is not None else _NAME
        if column == _NAME:
            return self.text(_NAME).lower() < other.text(_NAME).lower()
        return self.values[column] < other.values[column]


class TypesView(QTreeWidget):
    """``chosen`` carries a type whose events are wanted; ``menu_wanted`` a type and a place."""

    chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, _Item] = {}
        self._theme: Theme | None = None
        self.setHeaderLabels([self.tr("Type"), self.tr("Count"), self.tr("Rate"), self.tr("Last")])
        self.headerItem().setTextAlignment(_COUNT, _RIGHT)
        self.headerItem().setTextAlignment(_RATE, _RIGHT)
        self.headerItem().setTextAlignment(_LAST, _RIGHT)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Event types"))
        self.setAccessibleDescription(self.tr("Enter or a click shows the events of a type only."))
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(32)
        for column in (_COUNT, _RATE, _LAST):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(_NAME, QHeaderView.ResizeMode.Stretch)
        self.setSortingEnabled(True)
        self.sortByColumn(_NAME, Qt.SortOrder.AscendingOrder)
        self.itemActivated.connect(self._choose)
        self.itemClicked.connect(self._choose)
        self.customContextMenuRequested.connect(self._ask_menu)

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme

    def show_counts(self, counts: Sequence[TypeCount]) -> None:
        """Show the types as they are now; rows stay where they are unless the order wants otherwise."""
        now = time.time_ns()
        self.setSortingEnabled(False)
        for count in counts:
            self._show(count, now)
        for gone in set(self._items) - {count.type for count in counts}:
            self.takeTopLevelItem(self.indexOfTopLevelItem(self._items.pop(gone)))
        self.setSortingEnabled(True)

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
        if self._theme is not None:
            item.setForeground(_RATE, QBrush(self._theme.muted))
            item.setForeground(_LAST, QBrush(self._theme.muted))
        item.setToolTip(_LAST, formats.full_time(count.last_ns))

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
