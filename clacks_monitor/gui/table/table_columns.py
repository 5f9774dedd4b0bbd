"""The table's columns as the user has them: which, in what order, how wide; and the menu that changes them.

Owner: the event table. Thread: the window's. The model's columns are those of every row, then the fields that were
added; the header knows order, widths and what is hidden.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHeaderView, QMenu

from clacks_monitor.core.columns import DEFAULT_COLUMNS, Column, FieldColumn, column_from, fields_of
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.plain_text import as_caption
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.columns import AnyColumn
    from clacks_monitor.gui.table.event_model import EventModel
    from clacks_monitor.gui.table.event_table import EventTable
    from clacks_monitor.gui.table.row_painter import RowPainter

MAX_FIELDS = 20
MIN_SUMMARY = 160
"""The least width of the summary, in pixels."""
_TIME = cells.COLUMNS.index(Column.TIME)
_SUMMARY = cells.COLUMNS.index(Column.SUMMARY)


class TableColumns(QObject):
    """``menu_opening`` comes with the menu before it opens: others may add what they can do with columns."""

    menu_opening = Signal(QMenu)
    notified = Signal(str)

    def __init__(self, table: EventTable, model: EventModel, painter: RowPainter) -> None:
        super().__init__(table)
        self._table, self._model, self._painter = table, model, painter
        self._header = table.horizontalHeader()
        self._header.setSectionsMovable(True)
        self._header.setFirstSectionMovable(True)
        self._header.setHighlightSections(False)
        self._header.setMinimumSectionSize(48)
        self._header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._header.customContextMenuRequested.connect(self._menu_at)
        self._header.setStretchLastSection(False)
        self._header.sectionResized.connect(self.fit)
        self._header.setAccessibleName(self.tr("Columns"))
        self._fitting = False
        self.reset()

    # -- which ---------------------------------------------------------------------------------------------------

    def shown(self) -> list[AnyColumn]:
        """Return the columns that are shown, from left to right."""
        header = self._header
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [self._model.columns[index] for index in order if not header.isSectionHidden(index)]

    def show(self, columns: Sequence[AnyColumn]) -> None:
        """Show exactly these, in this order; widths stay as they are. The summary is always among them."""
        wanted = list(columns) if Column.SUMMARY in columns else [*columns, Column.SUMMARY]
        self._set_fields(fields_of(wanted))
        for index, column in enumerate(self._model.columns):
            self._header.setSectionHidden(index, column not in wanted)
        for place, column in enumerate(wanted):
            self._header.moveSection(self._header.visualIndex(self._model.columns.index(column)), place)

    def add(self, column: FieldColumn) -> None:
        """Add a column of a value, right behind the summary; one of the same path is shown again instead."""
        there = next((c for c in self._model.fields if c.path == column.path), None)
        if there is not None:
            self._header.setSectionHidden(self._model.columns.index(there), False)  # noqa: FBT003 - Qt's signature
        elif len(self._model.fields) >= MAX_FIELDS:
            self.notified.emit(self.tr("There are %Ln such columns already; remove one first.", "", MAX_FIELDS))
        else:
            names = {cells.heading(c) for c in self._model.columns}
            named = column if column.name not in names else FieldColumn(" ".join(column.path[-2:]), column.path)
            self._set_fields((*self._model.fields, named))
            last = self._header.visualIndex(len(self._model.columns) - 1)
            self._header.moveSection(last, self._header.visualIndex(_SUMMARY) + 1)

    def remove(self, column: FieldColumn) -> None:
        """Remove a column of a value."""
        self._set_fields(tuple(c for c in self._model.fields if c != column))

    def rename(self, column: FieldColumn, name: str) -> None:
        """Give a column of a value another heading."""
        renamed = column_from(f"{name}={'/'.join(column.path)}")
        if isinstance(renamed, FieldColumn):
            self._model.rename_field(column, renamed)

    def _set_fields(self, fields: Sequence[FieldColumn]) -> None:
        sorted_by = self._model.columns[max(0, self._header.sortIndicatorSection())]
        old = set(self._model.fields)
        self._model.set_fields(fields)
        for index, column in enumerate(self._model.columns):
            if isinstance(column, FieldColumn) and column not in old:
                self._header.setSectionResizeMode(index, QHeaderView.ResizeMode.Interactive)
                self._header.resizeSection(index, self._painter.width_for(column))
        if sorted_by not in self._model.columns:
            self._header.setSortIndicator(_TIME, Qt.SortOrder.AscendingOrder)
        self.fit()

    @Slot()
    def reset(self) -> None:
        """Show the usual columns in their usual order and width."""
        header = self._header
        self._set_fields(())
        for index, column in enumerate(cells.COLUMNS):
            header.moveSection(header.visualIndex(index), index)
            header.setSectionHidden(index, column not in DEFAULT_COLUMNS)
            header.setSectionResizeMode(index, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(index, self._painter.width_for(column))
        self.fit()
        header.setSortIndicator(_TIME, Qt.SortOrder.AscendingOrder)

    @Slot()
    def fit(self) -> None:
        """Let the summary fill what the others leave, but never less than can be read: then the table scrolls."""
        if self._fitting:
            return
        self._fitting = True
        header = self._header
        others = header.length() - header.sectionSize(_SUMMARY)
        header.resizeSection(_SUMMARY, max(MIN_SUMMARY, self._table.viewport().width() - others))
        self._fitting = False

    def make_room_for_times(self, text: str) -> None:
        """Widen the time's column where a text does not fit; a wider one stays as it is."""
        needed = self._painter.width_of(Column.TIME, text)
        self._header.resizeSection(_TIME, max(self._header.sectionSize(_TIME), needed))

    # -- keeping -------------------------------------------------------------------------------------------------

    def state(self) -> tuple[str, QByteArray]:
        """Return which fields there are, and order, widths and visibility of all columns, to be kept."""
        return json.dumps([str(column) for column in self._model.fields]), self._header.saveState()

    def restore(self, fields: str, state: QByteArray) -> None:
        """Take columns as they were; what cannot be read is ignored. The order of rows is always that of arrival."""
        self._set_fields(_read(fields))
        self._header.blockSignals(True)  # noqa: FBT003 - Qt's signature; the stored sort indicator must not sort
        restored = not state.isEmpty() and self._header.restoreState(state)
        self._header.blockSignals(False)  # noqa: FBT003 - as above
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        if restored:
            self._header.setSortIndicator(_TIME, Qt.SortOrder.AscendingOrder)
        if self._header.isSectionHidden(_SUMMARY):
            self._header.setSectionHidden(_SUMMARY, False)  # noqa: FBT003 - as above
        self.fit()

    # -- the menu ------------------------------------------------------------------------------------------------

    @Slot()
    def open_menu(self) -> None:
        """Open the menu below the header, for the keyboard."""
        self._menu_at(QPoint(0, self._header.height()))

    @Slot(QPoint)
    def _menu_at(self, at: QPoint) -> None:
        menu = self.menu(self._header.logicalIndexAt(at))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._header.mapToGlobal(at))

    def menu(self, under: int = -1) -> QMenu:
        """Return the menu of columns; ``under`` is the logical index of the one under the pointer."""
        menu = QMenu(self._table)
        for index, column in enumerate(self._model.columns):
            action = menu.addAction(as_caption(cells.heading(column)))
            action.setCheckable(True)
            action.setChecked(not self._header.isSectionHidden(index))
            action.setEnabled(column is not Column.SUMMARY)
            action.setData(index)
            action.toggled.connect(self._toggle)
            if isinstance(column, FieldColumn):
                action.setToolTip(plain_tip("/".join(column.path)))
        menu.addSeparator()
        if under >= 0:
            self._add_actions_for(menu, self._model.columns[under])
        else:
            self._add_arranging(menu)
        menu.addAction(self.tr("Add a column…")).triggered.connect(self._ask_new)
        menu.addAction(self.tr("Usual columns")).triggered.connect(self.reset)
        menu.setToolTipsVisible(True)
        self.menu_opening.emit(menu)
        return menu

    def _add_arranging(self, menu: QMenu) -> None:
        """Add a menu for each column that is shown: what the pointer does in the header, for the keyboard."""
        below = menu.addMenu(self.tr("Arrange"))
        for column in self.shown():
            self._add_actions_for(below.addMenu(as_caption(cells.heading(column))), column)

    def _add_actions_for(self, menu: QMenu, column: AnyColumn) -> None:
        shown = self.shown()
        slots = [(self.tr("Move “%1” to the left"), self._move_left, column != shown[0])]
        slots.append((self.tr("Move “%1” to the right"), self._move_right, column != shown[-1]))
        if isinstance(column, FieldColumn):
            slots.append((self.tr("Rename column “%1”…"), self._ask_name, True))
            slots.append((self.tr("Remove column “%1”"), self._remove, True))
        for text, slot, possible in slots:
            action = menu.addAction(text.replace("%1", as_caption(cells.heading(column))))
            action.setData(str(column))
            action.setEnabled(possible)
            action.triggered.connect(slot)

    @Slot()
    def _move_left(self) -> None:
        self._move(-1)

    @Slot()
    def _move_right(self) -> None:
        self._move(1)

    def _move(self, step: int) -> None:
        """Move the column of the action that was chosen past its neighbour that is shown."""
        action, shown = self.sender(), self.shown()
        column = column_from(str(action.data())) if isinstance(action, QAction) else None
        if column in shown and 0 <= shown.index(column) + step < len(shown):
            neighbour = shown[shown.index(column) + step]
            places = [self._header.visualIndex(self._model.columns.index(c)) for c in (column, neighbour)]
            self._header.moveSection(*places)

    @Slot(bool)
    def _toggle(self, on: bool) -> None:  # noqa: FBT001 - a signal's argument
        action = self.sender()
        if isinstance(action, QAction):
            self._header.setSectionHidden(int(action.data()), not on)

    def _field_of_sender(self) -> FieldColumn | None:
        action = self.sender()
        column = column_from(str(action.data())) if isinstance(action, QAction) else None
        return column if isinstance(column, FieldColumn) else None

    @Slot()
    def _remove(self) -> None:
        column = self._field_of_sender()
        if column is not None:
            self.remove(column)

    @Slot()
    def _ask_name(self) -> None:
        from clacks_monitor.gui.table.column_dialog import ColumnDialog  # noqa: PLC0415 - only when it is wanted

        column = self._field_of_sender()
        if column is not None:
            dialog = ColumnDialog(column, self._table)
            if dialog.exec():
                self.rename(column, dialog.column().name)
            dialog.deleteLater()

    @Slot()
    def _ask_new(self) -> None:
        from clacks_monitor.gui.table.column_dialog import ColumnDialog  # noqa: PLC0415 - only when it is wanted

        dialog = ColumnDialog(None, self._table)
        if dialog.exec():
            self.add(dialog.column())
        dialog.deleteLater()


def _read(fields: str) -> tuple[FieldColumn, ...]:
    try:
        keys = json.loads(fields) if fields else []
    except ValueError:
        return ()
    columns = [column_from(key) for key in keys if isinstance(key, str)] if isinstance(keys, list) else []
    return fields_of(column for column in columns if column is not None)[:MAX_FIELDS]
