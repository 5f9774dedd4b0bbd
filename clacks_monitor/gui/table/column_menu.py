"""The menu of the table's columns: shows and hides them, moves, adds, renames and removes them.

Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from clacks_monitor.core.columns import Column, ComputedColumn, column_from
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.table.column_dialog import ColumnDialog

if TYPE_CHECKING:
    from clacks_monitor.core.columns import AddedColumn, ShownColumn
    from clacks_monitor.gui.table.table_columns import TableColumns


class ColumnMenu(QObject):
    """``opening`` comes with the menu before it opens: others may add what they can do with columns."""

    opening = Signal(QMenu)
    computed_wanted = Signal(object)
    """A computed column that is to be edited, None for a new one."""

    def __init__(self, columns: TableColumns) -> None:
        super().__init__(columns)
        self._columns, self._header = columns, columns.header
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._open_at)

    @Slot()
    def open(self) -> None:
        """Open the menu below the header, for the keyboard."""
        self._open_at(QPoint(0, self._header.height()))

    @Slot(QPoint)
    def _open_at(self, at: QPoint) -> None:
        menu = self.menu(self._header.logicalIndexAt(at))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._header.mapToGlobal(at))

    def menu(self, under: int = -1) -> QMenu:
        """Return the menu of columns; ``under`` is the logical index of the one under the pointer."""
        menu = QMenu(self._header)
        for column in self._columns.all:
            action = menu.addAction(as_caption(cells.heading(column)))
            action.setCheckable(True)
            action.setChecked(self._columns.is_shown(column))
            action.setEnabled(column is not Column.SUMMARY)
            action.setData(str(column))
            action.toggled.connect(self._toggle)
            if (field := column.field) is not None:
                action.setToolTip(plain_tip(field.source))
        menu.addSeparator()
        if under >= 0:
            self._add_actions_for(menu, self._columns.all[under])
        else:
            self._add_arranging(menu)
        menu.addAction(self.tr("Add a column…")).triggered.connect(self._ask_new)
        menu.addAction(self.tr("Add a computed column…")).triggered.connect(self._ask_computed)
        menu.addAction(self.tr("Default columns")).triggered.connect(self._columns.reset)
        menu.setToolTipsVisible(True)
        self.opening.emit(menu)
        return menu

    def _add_arranging(self, menu: QMenu) -> None:
        """Add a menu for each column that is shown: what the pointer does in the header, for the keyboard."""
        below = menu.addMenu(self.tr("Arrange"))
        for column in self._columns.shown():
            self._add_actions_for(below.addMenu(as_caption(cells.heading(column))), column)

    def _add_actions_for(self, menu: QMenu, column: ShownColumn) -> None:
        shown = self._columns.shown()
        slots = [(self.tr("Move “%1” to the left"), self._move_left, column != shown[0])]
        slots.append((self.tr("Move “%1” to the right"), self._move_right, column != shown[-1]))
        if column.field is not None:
            computed = isinstance(column, ComputedColumn)
            text = self.tr("Edit column “%1”…") if computed else self.tr("Rename column “%1”…")
            slots.append((text, self._ask_name, True))
            slots.append((self.tr("Remove column “%1”"), self._remove, True))
        for text, slot, possible in slots:
            action = menu.addAction(text.replace("%1", as_caption(cells.heading(column))))
            action.setData(str(column))
            action.setEnabled(possible)
            action.triggered.connect(slot)

    # -- what was chosen -----------------------------------------------------------------------------------------

    def _column(self) -> ShownColumn | None:
        """Return the column of the action that was chosen, None when it is gone."""
        action = self.sender()
        column = column_from(str(action.data())) if isinstance(action, QAction) else None
        return column if column in self._columns.all else None

    def _field(self) -> AddedColumn | None:
        column = self._column()
        return None if column is None else column.field

    @Slot(bool)
    def _toggle(self, on: bool) -> None:
        if (column := self._column()) is not None:
            self._columns.set_shown(column, on=on)

    @Slot()
    def _move_left(self) -> None:
        if (column := self._column()) is not None:
            self._columns.move(column, -1)

    @Slot()
    def _move_right(self) -> None:
        if (column := self._column()) is not None:
            self._columns.move(column, 1)

    @Slot()
    def _remove(self) -> None:
        if (column := self._field()) is not None:
            self._columns.remove(column)

    @Slot()
    def _ask_name(self) -> None:
        column = self._field()
        if isinstance(column, ComputedColumn):
            self.computed_wanted.emit(column)
        elif column is not None:
            dialog = ColumnDialog(column, self._header)
            if dialog.exec():
                self._columns.rename(column, dialog.column().name)
            dialog.deleteLater()

    @Slot()
    def _ask_computed(self) -> None:
        self.computed_wanted.emit(None)

    @Slot()
    def _ask_new(self) -> None:
        dialog = ColumnDialog(None, self._header)
        if dialog.exec():
            self._columns.add(dialog.column())
        dialog.deleteLater()
