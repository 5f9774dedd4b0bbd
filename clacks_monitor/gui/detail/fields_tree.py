"""The event's elements and attributes as a tree of names and values. Owner: the detail pane. Thread: the window's."""

from __future__ import annotations

from lxml import etree
from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from clacks_monitor.core.paths import attribute_step, local, path_of
from clacks_monitor.gui.theme import digits_font
from clacks_monitor.gui.tool_tips import plain_tip

MAX_ITEMS = 5_000
MAX_DEPTH = 60
_PATH = Qt.ItemDataRole.UserRole
_VALUE = Qt.ItemDataRole.UserRole + 1


def leaves(root: etree._Element, limit: int) -> list[tuple[tuple[str, ...], str]]:
    """Return the path and text of the first elements without children, and of attributes: what one filters by."""
    found: list[tuple[tuple[str, ...], str]] = []
    for element in root.iter(etree.Element):
        if len(found) >= limit:
            break
        path = path_of(element)
        found += [((*path, attribute_step(str(name))), str(value)) for name, value in element.attrib.items()]
        value = value_of(element)
        if value is not None and value.strip():
            found.append((path, value))
    return found[:limit]


def value_of(element: etree._Element) -> str | None:
    """Return the text of an element, None for one that holds others; comments are no text."""
    if len(element) == 0:
        return element.text or ""
    return None if any(isinstance(child.tag, str) for child in element) else str(element.xpath("string()"))


class FieldsTree(QTreeWidget):
    """``menu_wanted`` carries path, value (None for an element that holds others) and place of what was clicked."""

    menu_wanted = Signal(tuple, object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setHeaderLabels([self.tr("Field"), self.tr("Value")])
        self.setFrameShape(QTreeWidget.Shape.NoFrame)
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(False)
        self.setIndentation(14)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)
        self.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.header().setStretchLastSection(True)
        self.setAccessibleName(self.tr("Fields of the event"))
        self._left = 0
        self._value_font = digits_font()

    def show_root(self, root: etree._Element | None) -> None:
        """Show an event's element tree; None shows nothing."""
        self.clear()
        if root is None:
            return
        self._left = MAX_ITEMS
        top = [item for child in root.iterchildren(etree.Element) if (item := self._item(child, 0))]
        self.addTopLevelItems(top)
        self.expandToDepth(3)
        self.resizeColumnToContents(0)
        self.setColumnWidth(0, min(self.columnWidth(0) + 12, max(140, self.viewport().width() * 3 // 5)))

    def _item(self, element: etree._Element, depth: int) -> QTreeWidgetItem | None:
        self._left -= 1
        if self._left < 0 or depth > MAX_DEPTH:
            return None
        text = " ".join((element.text or "").split())
        item = QTreeWidgetItem([etree.QName(element).localname, text])
        item.setData(0, _PATH, path_of(element))
        item.setData(0, _VALUE, value_of(element))
        item.setFont(1, self._value_font)
        if text:
            item.setToolTip(1, plain_tip(text[:2000]))
        for name, value in element.attrib.items():
            step = attribute_step(str(name))
            attribute = QTreeWidgetItem([local(step), str(value)])
            attribute.setData(0, _PATH, (*path_of(element), step))
            attribute.setData(0, _VALUE, str(value))
            attribute.setFont(1, self._value_font)
            item.addChild(attribute)
        for child in element.iterchildren(etree.Element):
            below = self._item(child, depth + 1)
            if below is not None:
                item.addChild(below)
        return item

    @Slot(QPoint)
    def _ask_menu(self, at: QPoint) -> None:
        item = self.itemAt(at) or self.currentItem()
        if item is not None:
            self.menu_wanted.emit(tuple(item.data(0, _PATH)), item.data(0, _VALUE), self.viewport().mapToGlobal(at))
