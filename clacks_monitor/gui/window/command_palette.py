"""All commands by name: type a part of it, Enter runs it. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Slot
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QMenu, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.shortcuts import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtWidgets import QMenuBar

_ACTION = Qt.ItemDataRole.UserRole
_SIZE = QSize(520, 380)


def score(wanted: str, name: str) -> int:
    """Return how well a name fits what was typed: 0 not at all, more is better; letters may lie apart."""
    name, wanted = name.lower(), wanted.lower()
    if not wanted or name.startswith(wanted):
        return 4
    if any(word.startswith(wanted) for word in name.split()):
        return 3
    if wanted in name:
        return 2
    letters = iter(name)
    return 1 if all(letter in letters for letter in wanted if letter != " ") else 0


def _reachable(actions: Iterable[QAction], place: str = "") -> Iterator[tuple[str, QAction]]:
    """Yield every action of menus and their submenus with its place, but for the one that opens the palette."""
    for action in actions:
        name = plain(action.text())
        below = action.menu()
        if isinstance(below, QMenu):
            yield from _reachable(below.actions(), f"{place} > {name}" if place else name)
        elif name and not action.isSeparator() and action.objectName() != "commands":
            yield place, action


class CommandPalette(QDialog):
    """A line to type in, and the commands that fit."""

    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._reachable = list(_reachable(bar.actions()))
        self.line = QLineEdit(self)
        self.list = QTreeWidget(self)
        self._chosen: QAction | None = None
        self.setWindowTitle(self.tr("All commands"))
        self.resize(_SIZE)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.setSpacing(8)
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.setPlaceholderText(self.tr("Name of a command"))
        self.line.setAccessibleName(self.tr("Name of a command"))
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setHeaderHidden(True)
        self.list.setColumnCount(2)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.line.textChanged.connect(self.fill)
        self.list.itemClicked.connect(self._take)
        self.fill()
        corner = parent.rect().center() - QPoint(_SIZE.width() // 2, parent.height() // 3)
        self.move(parent.mapToGlobal(corner))

    @Slot()
    def fill(self) -> None:
        """Show the commands that fit, the best first."""
        self.list.clear()
        found: list[tuple[int, int, str, QAction]] = []
        for place, action in self._reachable:
            name = plain(action.text())
            value = score(self.line.text().strip(), name)
            if value:
                found.append((-value, len(found), f"{place}: {name}", action))
        for _value, _place, name, action in sorted(found, key=lambda entry: entry[:2]):
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem([name, keys])
            item.setData(0, _ACTION, action)
            item.setDisabled(not action.isEnabled())
            item.setToolTip(0, action.toolTip())
            self.list.addTopLevelItem(item)
        self._select(0)

    def _select(self, row: int) -> None:
        item = self.list.topLevelItem(max(0, min(self.list.topLevelItemCount() - 1, row)))
        if item is not None:
            self.list.setCurrentItem(item)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 10}.get(Qt.Key(key), -10)
            self._select(self.list.currentIndex().row() + step)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take(self.list.currentItem())
        else:
            super().keyPressEvent(event)

    @Slot(QTreeWidgetItem)
    def _take(self, item: QTreeWidgetItem | None) -> None:
        action = item.data(0, _ACTION) if item is not None else None
        if isinstance(action, QAction) and action.isEnabled():
            self.accept()
            action.trigger()
