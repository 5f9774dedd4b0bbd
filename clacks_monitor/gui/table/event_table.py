"""The live table. It follows the newest events until the user scrolls away, and nothing moves under the pointer.

Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QToolButton,
    QWidget,
)
from typing_extensions import override

from clacks_monitor.core.columns import Column
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.table.row_painter import RowPainter
from clacks_monitor.gui.table.scroll_map import ScrollMap
from clacks_monitor.gui.table.table_columns import TableColumns
from clacks_monitor.gui.table.table_painting import paint_table

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_model import EventModel

_MOVED_SELECTION = 1_000
"""Selected rows that stay selected when the table is put into another order."""


class EventTable(QTableView):
    """``selected`` carries the sequence number of the row that the user is on, 0 for none."""

    selected = Signal(int)
    selection_changed = Signal()
    following_changed = Signal(bool)
    menu_wanted = Signal(int, object, QPoint)
    """A sequence number, the column of the cell, and where."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = True
        self._focusing = False
        self._only_appended = False
        self._below = 0
        self._theme: Theme | None = None
        self._painter: RowPainter | None = None
        self._follow_button = QToolButton(self)
        self.map = ScrollMap(self)
        self.setVerticalScrollBar(self.map)
        self._set_up_view()

    def _set_up_view(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(self.tr("Events"))
        self.setAccessibleDescription(self.tr("The events that are shown, one a row; new ones arrive at the end."))
        self._follow_button.setVisible(False)
        self._follow_button.setAccessibleName(self.tr("Go to the newest event"))
        self._follow_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._follow_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._follow_button.setAutoRaise(False)
        self._follow_button.clicked.connect(self.follow)
        bar = self.verticalScrollBar()
        bar.actionTriggered.connect(self._scrolled)
        bar.rangeChanged.connect(self._range_changed)
        bar.sliderPressed.connect(self._hold)
        bar.sliderReleased.connect(self._release)

    def show_model(self, model: EventModel, theme: Theme) -> None:
        """Show a model; to be called once."""
        self._theme = theme
        self._painter = RowPainter(theme)
        self.setModel(model)
        # A heading looks whether its whole column is selected, row by row: it gets nothing to look at.
        columns = self.horizontalHeader()
        columns.setSelectionModel(QItemSelectionModel(model, columns))
        self.map.set_up(model, theme)
        model.about_to_reorder.connect(self._about_to_reorder)
        self._set_up_rows(self._painter)
        self.columns = TableColumns(self, model, self._painter)
        model.modelReset.connect(self._was_reset)
        for changed in (model.modelReset, model.layoutChanged, model.rowsRemoved, model.columnsInserted):
            changed.connect(self._paint_all)
        self.selectionModel().currentRowChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        model.modelReset.connect(self.selection_changed)
        theme.changed.connect(self._recolour)
        self._recolour()

    def _set_up_rows(self, painter: RowPainter) -> None:
        rows = self.verticalHeader()
        rows.setVisible(False)
        rows.setMinimumSectionSize(painter.row_height())
        rows.setDefaultSectionSize(painter.row_height())
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSortingEnabled(True)

    @property
    def events(self) -> EventModel:
        """The model."""
        model: EventModel = self.model()  # type: ignore[assignment]  # show_model() has set it
        return model

    @Slot()
    def _recolour(self) -> None:
        if self._theme is not None:
            self._follow_button.setIcon(self._theme.icon("end"))
        if self._painter is not None:
            self._painter.recolour()
        self.viewport().update()

    @Slot(object)
    def colour_connections(self, colours: dict[str, str]) -> None:
        """Show connections in their colours: name of a connection -> name of a colour."""
        if self._painter is not None and self._painter.connection_colours != colours:
            self._painter.connection_colours = colours
            self.viewport().update()

    # -- following -----------------------------------------------------------------------------------------------

    @property
    def following(self) -> bool:
        """Whether the newest row is kept in view."""
        return self._following

    @Slot()
    def follow(self) -> None:
        """Go to the newest row and stay there."""
        self._set_following(on=True)
        self._to_end()

    def _to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.minimum() if self.events.newest_first else bar.maximum())

    def _set_following(self, *, on: bool) -> None:
        if on:
            self._below = 0
        if on is not self._following:
            self._following = on
            self.following_changed.emit(on)
        self._show_follow_button()

    def _at_end(self) -> bool:
        bar = self.verticalScrollBar()
        place = bar.sliderPosition()
        return place <= bar.minimum() if self.events.newest_first else place >= bar.maximum()

    @Slot()
    def _scrolled(self) -> None:
        """The user has scrolled, by wheel, keys or pointer; what the program does is no scrolling."""
        if self.model() is not None:
            self._set_following(on=self._at_end())

    @Slot()
    def _range_changed(self) -> None:
        if self._following and self.model() is not None:
            self._to_end()

    @override
    def rowsInserted(self, parent: QModelIndex | QPersistentModelIndex, start: int, end: int) -> None:
        bar = self.verticalScrollBar()
        before = bar.value()
        super().rowsInserted(parent, start, end)
        self.updateGeometries()
        height = self.verticalHeader().defaultSectionSize()
        added = (end - start + 1) * height
        self._only_appended = end == self.events.rowCount() - 1 and start > 0
        if self._following:
            self._to_end()
        elif start == 0:
            bar.setValue(before + added)
        if self._only_appended:
            self.viewport().update(QRect(0, start * height - bar.value(), self.viewport().width(), added))
        if self.events.rowCount() == end - start + 1:
            self._fit_times()
        if not self._following and self._is_newest(start):
            self._below += end - start + 1
            self._show_follow_button()

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

    def _fit_times(self) -> None:
        """Make room for the day where the first row is not of today."""
        self.columns.make_room_for_times(cells.time_words(self.events.row(0)))

    def _is_newest(self, start: int) -> bool:
        return (start == 0) is self.events.newest_first

    def _show_follow_button(self) -> None:
        button = self._follow_button
        button.setVisible(not self._following and self.model() is not None)
        if self._following:
            return
        words = self.tr("%Ln new", "", self._below) if self._below else self.tr("Newest")
        button.setText(words)
        button.setToolTip(self.tr("Go to the newest event and follow (End)"))
        button.adjustSize()
        area = self.viewport().geometry()
        top = area.top() + 8 if self.events.newest_first else area.bottom() - button.height() - 8
        button.move(area.right() - button.width() - 12, top)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.model() is not None:
            self.columns.fit()
        if self.model() is not None and self._following:
            self._to_end()
        self._show_follow_button()

    # -- the pointer ---------------------------------------------------------------------------------------------

    @Slot()
    def _hold(self) -> None:
        self.events.hold()

    @Slot()
    def _release(self) -> None:
        self.events.release()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hold()
        super().mousePressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self._release()

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if not index.isValid():
            return
        where = self.viewport().mapToGlobal(self.visualRect(index).bottomLeft()) if by_key else event.globalPos()
        self.menu_wanted.emit(self.events.sequence(index.row()), self.events.columns[index.column()], where)

    def open_menu(self, menu: QMenu, at: QPoint) -> None:
        """Open a menu and own it: a menu that went before it closed would keep the table waiting for ever."""
        menu.setParent(self, menu.windowFlags())
        self._hold()
        menu.aboutToHide.connect(self._release)
        menu.popup(at)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}
        if event.key() == Qt.Key.Key_End and plain:
            self.go_to_newest()
        elif event.key() == Qt.Key.Key_Home and plain and self.events.rowCount():
            self.setCurrentIndex(self.events.index(self.events.rowCount() - 1 - self._newest(), 0))
        else:
            super().keyPressEvent(event)

    @Slot()
    def go_to_newest(self) -> None:
        """Select the newest row and follow."""
        self.follow()
        if self.events.rowCount():
            self.setCurrentIndex(self.events.index(self._newest(), 0))

    # -- selection -----------------------------------------------------------------------------------------------

    @property
    def current_sequence(self) -> int:
        """The entry that the user is on, 0 for none."""
        index = self.currentIndex()
        return self.events.sequence(index.row()) if index.isValid() else 0

    def current_wall_ns(self) -> int:
        """Return the time of the entry that the user is on, of the newest one when there is none, or 0."""
        row = self.currentIndex().row() if self.currentIndex().isValid() else self._newest()
        return self.events.row(row).wall_ns if row >= 0 else 0

    def count_chosen(self) -> int:
        """Return how many rows are selected."""
        return sum(part.height() for part in self.selectionModel().selection().toList())

    def chosen(self, limit: int = 10_000) -> list[int]:
        """Return the first selected entries in the order that is shown; a million may be selected."""
        spans = sorted((part.top(), part.bottom()) for part in self.selectionModel().selection().toList())
        rows: dict[int, None] = {}
        for first, last in spans:
            rows.update(dict.fromkeys(range(first, min(last, first + limit) + 1)))
            if len(rows) >= limit:
                break
        return [self.events.sequence(row) for row in list(rows)[:limit]]

    def go_to(self, sequence: int) -> bool:
        """Select an entry, or the next one that is shown; False when the table is empty."""
        position = self.events.nearest(sequence)
        if position < 0:
            return False
        index = self.events.index(position, cells.COLUMNS.index(Column.SUMMARY))
        self._set_following(on=False)
        self.setCurrentIndex(index)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def _newest(self) -> int:
        """Return the row of the newest event, -1 in an empty table."""
        count = self.events.rowCount()
        return 0 if self.events.newest_first and count else count - 1

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
        return self.events.index(self._newest(), cells.COLUMNS.index(Column.SUMMARY))

    @Slot(QModelIndex)
    def _current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._focusing:
            self._set_following(on=index.row() == self._newest() and self._following)
            self.selected.emit(self.events.sequence(index.row()))

    @Slot()
    def _was_reset(self) -> None:
        self._set_following(on=True)

    # -- painting ------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._painter is None or self._theme is None:
            super().paintEvent(event)
            return
        paint_table(self, self._painter, self._theme, event.rect())

    @Slot()
    def _about_to_reorder(self) -> None:
        """Let a large selection go: Qt would follow each of its cells to its new place, for half a minute."""
        if self.count_chosen() > _MOVED_SELECTION:
            current = self.currentIndex()
            self.selectionModel().clearSelection()
            if current.isValid():
                self.selectRow(current.row())
