"""The event's elements and attributes as a tree of names and values. Owner: the detail pane. Thread: the window's.

Items are made as an element is opened, a batch at a time: what is not looked at costs nothing.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from clacks_monitor.core.paths import local
from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.copy_key import CopyKey
from clacks_monitor.gui.detail.fields import Field
from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.kit.tool_tips import plain_tip

BATCH = 200
"""Items made at once below one element."""
_OPENED = 200
_OPENED_DEPTH = 4
_FIELD = Qt.ItemDataRole.UserRole
_LONG_NAME = 80


class FieldsTree(QTreeWidget):
    """``menu_wanted`` carries path, value (None for an element that holds others) and place of what was clicked.

    ``value_wanted`` carries name and value of a field that is to be shown in full.
    """

    menu_wanted = Signal(tuple, object, QPoint)
    value_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels([self.tr("Field"), self.tr("Value")])
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setExpandsOnDoubleClick(True)
        self.setIndentation(14)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.itemExpanded.connect(self._fill)
        self.itemActivated.connect(self._activate)
        CopyKey(self).pressed.connect(self.copy_value)
        self.header().setStretchLastSection(True)
        self.setAccessibleName(self.tr("Fields of the event"))
        self._value_font = digits_font()
        self._root: Field | None = None

    def show_root(self, root: Field | None) -> None:
        """Show the fields of an event below its root; None shows nothing."""
        self.clear()
        self._root = root
        if root is None:
            return
        self._add_batch(self.invisibleRootItem(), root)
        self._open_some()
        self.resizeColumnToContents(0)
        self.setColumnWidth(0, min(self.columnWidth(0) + 12, max(140, self.viewport().width() * 3 // 5)))

    def _open_some(self) -> None:
        """Open the upper levels while that makes no more items than one can look through."""
        left = _OPENED
        level = [self.topLevelItem(number) for number in range(self.topLevelItemCount())]
        for _depth in range(_OPENED_DEPTH):
            below: list[QTreeWidgetItem | None] = []
            for item in level:
                field = _field_of(item)
                if item is None or field is None or not field.below or len(field.below) > left:
                    continue
                left -= len(field.below)
                item.setExpanded(True)
                below += [item.child(number) for number in range(item.childCount())]
            level = below

    # -- items -------------------------------------------------------------------------------------------------------

    @Slot(QTreeWidgetItem)
    def _fill(self, item: QTreeWidgetItem) -> None:
        """Make the first items below one that is opened."""
        field = _field_of(item)
        if field is not None and item.childCount() == 0:
            self._add_batch(item, field)

    def _add_batch(self, above: QTreeWidgetItem, field: Field) -> None:
        have = above.childCount()
        above.addChildren([self._item(below) for below in field.below[have : have + BATCH]])
        left = len(field.below) - above.childCount()
        if left > 0:
            above.addChild(self._note(self.tr("%Ln more; press Enter to list them", "", left)))
        elif field.cut:
            above.addChild(self._note(self.tr("List is incomplete; see the XML")))

    def _item(self, field: Field) -> QTreeWidgetItem:
        item = QTreeWidgetItem([one_line(local(field.step), _LONG_NAME), field.text])
        item.setData(0, _FIELD, field)
        item.setFont(1, self._value_font)
        if field.text:
            item.setToolTip(1, plain_tip(field.text))
        if field.below or field.cut:
            item.setChildIndicatorPolicy(QTreeWidgetItem.ChildIndicatorPolicy.ShowIndicator)
        return item

    def _note(self, text: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setForeground(0, self.palette().color(QPalette.ColorRole.PlaceholderText))
        item.setFirstColumnSpanned(True)
        return item

    @Slot(QTreeWidgetItem)
    def _activate(self, item: QTreeWidgetItem) -> None:
        """List more where a note says that there is more; show a value in full that is not."""
        field = _field_of(item)
        if field is not None:
            if field.value and field.value != field.text:
                self.value_wanted.emit(one_line(local(field.step), _LONG_NAME), field.value)
            return
        parent = item.parent()
        above, holder = (self.invisibleRootItem(), self._root) if parent is None else (parent, _field_of(parent))
        place = above.childCount() - 1
        if holder is not None and place < len(holder.below):
            above.removeChild(item)
            self._add_batch(above, holder)
            first = above.child(place)
            if first is not None:
                self.setCurrentItem(first)

    @Slot()
    def copy_value(self) -> None:
        """Copy the current field's value, whole."""
        field = _field_of(self.currentItem())
        if field is not None and field.value is not None:
            QGuiApplication.clipboard().setText(field.value)

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        item = self.itemAt(at) or self.currentItem()
        field = _field_of(item)
        if field is not None:
            self.menu_wanted.emit(field.path(), field.value, self.viewport().mapToGlobal(at))


def _field_of(item: QTreeWidgetItem | None) -> Field | None:
    found = None if item is None else item.data(0, _FIELD)
    return found if isinstance(found, Field) else None
