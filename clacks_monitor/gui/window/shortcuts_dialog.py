"""Every command with its shortcut, which can be changed here. Owner: the main window. Thread: the window's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from clacks_monitor.gui.kit.commands import menu_titles
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.shortcuts import plain

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.commands import Commands

_KEY = Qt.ItemDataRole.UserRole


class ShortcutsDialog(QDialog):
    """Select a command, type its keys."""

    def __init__(self, commands: Commands, parent: QWidget) -> None:
        super().__init__(parent)
        self._commands = commands
        self.tree = QTreeWidget(self)
        self.keys = QKeySequenceEdit(self)
        self.note = PlainLabel(self)
        self.set_button = QPushButton(self.tr("&Set"), self)
        self.remove_button = QPushButton(self.tr("&Remove"), self)
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.resize(560, 520)
        self._lay_out()
        self.fill()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Shortcut")])
        self.tree.setUniformRowHeights(True)
        self.tree.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAccessibleName(self.tr("Commands"))
        self.tree.currentItemChanged.connect(self._selected)
        column.addWidget(self.tree, 1)
        row = QHBoxLayout()
        label = PlainLabel(self, self.tr("&New shortcut"))
        label.setBuddy(self.keys)
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName(self.tr("New shortcut"))
        self.keys.keySequenceChanged.connect(self._typed)
        for widget in (label, self.keys, self.set_button, self.remove_button):
            row.addWidget(widget)
        column.addLayout(row)
        self.note.setWordWrap(True)
        column.addWidget(self.note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, parent=self)
        reset = buttons.addButton(self.tr("Reset &all"), QDialogButtonBox.ButtonRole.ResetRole)
        reset.clicked.connect(self.reset)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.set_button.clicked.connect(self.set_keys)
        self.remove_button.clicked.connect(self.remove_keys)

    @Slot()
    def fill(self) -> None:
        """Show the commands, menu by menu."""
        current = self._current_key()
        self.tree.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for command, action in self._commands:
            if command.menu not in groups:
                groups[command.menu] = QTreeWidgetItem(self.tree, [menu_titles()[command.menu], ""])
            keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
            item = QTreeWidgetItem(groups[command.menu], [plain(action.text()), keys])
            item.setData(0, _KEY, command.key)
            if command.key == current:
                self.tree.setCurrentItem(item)
        self.tree.expandAll()
        self._selected()

    def select(self, key: str) -> None:
        """Select a command."""
        for index in range(self.tree.topLevelItemCount()):
            group = self.tree.topLevelItem(index)
            for place in range(group.childCount() if group is not None else 0):
                item = group.child(place) if group is not None else None
                if item is not None and item.data(0, _KEY) == key:
                    self.tree.setCurrentItem(item)

    def _current_key(self) -> str:
        item = self.tree.currentItem()
        return str(item.data(0, _KEY) or "") if item is not None else ""

    @Slot()
    def _selected(self) -> None:
        key = self._current_key()
        self.keys.setKeySequence(QKeySequence(self._commands.shortcuts.of(key)) if key else QKeySequence())
        for widget in (self.keys, self.set_button, self.remove_button):
            widget.setEnabled(bool(key))
        self._typed()

    @Slot()
    def _typed(self) -> None:
        shortcut = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        other = self._commands.shortcuts.user_of(shortcut, but=self._current_key())
        text = self.tr("%1 already has this shortcut and would lose it.")
        self.note.setText(text.replace("%1", plain(self._commands[other].text())) if other else "")

    @Slot()
    def set_keys(self) -> None:
        """Give the command the keys that were typed."""
        shortcut = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        self._commands.shortcuts.set(self._current_key(), shortcut)
        self.fill()

    @Slot()
    def remove_keys(self) -> None:
        """Take the command's shortcut away."""
        self._commands.shortcuts.set(self._current_key(), "")
        self.fill()

    @Slot()
    def reset(self) -> None:
        """Give every command its first shortcut again."""
        self._commands.shortcuts.reset()
        self.fill()
