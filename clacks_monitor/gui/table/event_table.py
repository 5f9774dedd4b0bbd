"""The live table of events. It follows the newest ones until the user scrolls away; no row moves under the pointer.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QMenu
from typing_extensions import override

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.table.column_menu import ColumnMenu
from clacks_monitor.gui.table.fixed_rows import FixedRowsView
from clacks_monitor.gui.table.following import FollowButton, Following
from clacks_monitor.gui.table.row_painter import RowPainter
from clacks_monitor.gui.table.scroll_map import ScrollMap
from clacks_monitor.gui.table.selected_rows import SelectedRows
from clacks_monitor.gui.table.table_columns import TableColumns
from clacks_monitor.gui.table.table_painting import paint_table

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.model_updates import ModelUpdates


class EventTable(FixedRowsView):
    """``selected`` carries the sequence number of the row that the user is on, 0 for none."""

    selected = Signal(int)
    selection_changed = Signal()
    entry_wanted = Signal(object)
    """The sequence number of an entry that is gone to, whether it is shown or not."""
    newest_wanted = Signal()
    menu_wanted = Signal(int, object, QPoint)
    """A sequence number, the column of the cell, and where."""

    def __init__(self, updates: ModelUpdates, theme: Theme, parent: QWidget | None = None) -> None:
        self._painter = RowPainter(theme)
        super().__init__(self._painter.row_height(), parent)
        self._updates = updates
        model = self.events = updates.model
        self.map = ScrollMap(model, theme, self)
        self.setVerticalScrollBar(self.map)
        self._focusing = False
        self._only_appended = False
        self._set_up_view()
        self.setModel(model)
        self.selection = SelectedRows(self.selectionModel(), model)
        self.following = Following(self.map, FollowButton(self, theme), model)
        self._set_up_headers()
        self.columns = TableColumns(self.horizontalHeader(), model, self._painter)
        self.column_menu = ColumnMenu(self.columns)
        for changed in (model.modelReset, model.layoutChanged, model.rowsRemoved, model.columnsInserted):
            changed.connect(self._paint_all)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        for changed in (self.selectionModel().selectionChanged, model.modelReset):
            changed.connect(self.selection_changed)
        self.map.sliderPressed.connect(updates.hold)
        self.map.sliderReleased.connect(updates.release)
        theme.changed.connect(self._recolour)
        model.dataChanged.connect(self._make_room)
        self._recolour()

    def _set_up_view(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Events"))
        self.setAccessibleDescription(self.tr("Shown events, one per row; new events are added at the end."))

    def _set_up_headers(self) -> None:
        # A heading looks whether its whole column is selected, row by row: it gets a selection of its own.
        columns = self.horizontalHeader()
        columns.setSelectionModel(QItemSelectionModel(self.events, columns))
        self.setSortingEnabled(True)

    def show_times(self) -> None:
        """Write the times in the format that is in force now."""
        self.columns.fit_times()
        self._make_room()
        self.viewport().update()

    @Slot()
    def _recolour(self) -> None:
        self._painter.recolour()
        if self._painter.row_height() != self.row_height:
            self.row_height = self._painter.row_height()
            self.updateGeometries()
            self.columns.scale()
            self.following.stay_at_end()
        self.viewport().update()

    @Slot(object)
    def colour_connections(self, colours: dict[str, str]) -> None:
        """Show connections in their colours: name of a connection -> name of a colour."""
        if self._painter.connection_colours != colours:
            self._painter.connection_colours = colours
            self.viewport().update()

    # -- rows come in --------------------------------------------------------------------------------------------

    @override
    def rowsInserted(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        super().rowsInserted(parent, start, end)
        self.updateGeometries()
        height = self.row_height
        added = (end - start + 1) * height
        self._only_appended = end == self.events.rowCount() - 1 and start > 0
        self.following.stay_at_end()
        if not self.following.on and start == 0:
            bar.setValue(before + added)
        if self._only_appended:
            self.viewport().update(QRect(0, start * height - bar.value(), self.viewport().width(), added))
        if self.events.rowCount() == end - start + 1:
            self._make_room()
        if (start == 0) is self.events.store.newest_first and not self.events.unfolding:
            self.following.count_new(end - start + 1)

    @Slot()
    def _make_room(self) -> None:
        if self.events.rowCount():
            self.columns.make_room_for_times(cells.time_text(self.events.row(0)))

    @override
    def doItemsLayout(self) -> None:
        """Lay out and paint everything anew, but not for rows that came at the end.

        Those have their place already, and no other row has changed; it would be half of all painting at rest.
        """
        only_appended, self._only_appended = self._only_appended, False
        if not only_appended:
            super().doItemsLayout()

    @Slot()
    def _paint_all(self) -> None:
        self._only_appended = False

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.columns.fit_to(self.viewport().width())
        self.following.stay_at_end()
        self.following.show_button()

    # -- the pointer and the keyboard ----------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._updates.hold()
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._updates.release()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos()
        self.menu_wanted.emit(self.events.store.sequence_at(index.row()), self.events.columns[index.column()], where)

    def open_menu(self, menu: QMenu, at: QPoint) -> None:
        """Open a menu and own it: a menu that went before it closed would keep the table waiting for ever."""
        menu.setParent(self, menu.windowFlags())
        self._updates.hold()
        menu.aboutToHide.connect(self._updates.release)
        menu.popup(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() == Qt.Key.Key_End and plain:
            self.go_to_newest()
        elif event.key() == Qt.Key.Key_Home and plain and self.events.rowCount():
            self.setCurrentIndex(self.events.index(self.events.rowCount() - 1 - self.events.store.newest, 0))
        else:
            super().keyPressEvent(event)

    # -- the current row -----------------------------------------------------------------------------------------

    @property
    def current_sequence(self) -> int:
        """The entry that the user is on, 0 for none."""
        index = self.currentIndex()
        return self.events.store.sequence_at(index.row()) if index.isValid() else 0

    def current_wall_ns(self) -> int:
        """Return the time of the entry that the user is on, of the newest one when there is none, or 0."""
        row = self.currentIndex().row() if self.currentIndex().isValid() else self.events.store.newest
        return self.events.row(row).wall_ns if row >= 0 else 0

    @Slot()
    def go_to_newest(self) -> None:
        """Select the newest row and follow."""
        self.newest_wanted.emit()
        self.following.start()
        if self.events.rowCount():
            self.setCurrentIndex(self.events.index(self.events.store.newest, 0))

    def go_to(self, sequence: int) -> bool:
        """Select an entry, or the next one that is shown; False when the table is empty."""
        self.entry_wanted.emit(sequence)
        self.events.unfold([sequence])
        position = self.events.store.nearest(sequence)
        if position < 0:
            return False
        index = self.events.index(position, cells.COLUMNS.index(Column.SUMMARY))
        self.following.set_on(on=False)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without going to the first row, which is what Qt would do."""
        nowhere = not self.currentIndex().isValid()
        self._focusing = True
        super().focusInEvent(event)
        if nowhere and self.selectionModel() is not None:
            self.selectionModel().clearCurrentIndex()
        self._focusing = False

    @override
    def moveCursor(self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Begin at the newest row when no row is current."""
        if self.currentIndex().isValid() or not self.events.rowCount():
            return super().moveCursor(cursorAction, modifiers)
        return self.events.index(self.events.store.newest, cells.COLUMNS.index(Column.SUMMARY))

    @Slot(QModelIndex)
    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._focusing:
            self.following.set_on(on=index.row() == self.events.store.newest and self.following.on)
            self.selected.emit(self.events.store.sequence_at(index.row()))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_table(self, self.events, self.selection, self._painter, event.rect())
