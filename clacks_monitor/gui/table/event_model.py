"""The table's model: sequence numbers in arrays, rows read from the capture only for what is on screen.

Owner: the main window. Thread: the window's. One insertion for each batch.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from typing_extensions import override

from clacks_monitor.core.columns import AddedColumn, Column, ComputedColumn, RelativeColumn
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.table.row_cache import PAGE, RowCache
from clacks_monitor.gui.table.row_store import RowStore
from clacks_monitor.gui.table.time_offsets import TimeOffsets

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Sequence

    from clacks_monitor.core.columns import AnyColumn, ShownColumn
    from clacks_monitor.gui.table.time_offsets import Reference
    from clacks_monitor.session.notices import Ordered
    from clacks_monitor.session.view.computed_values import Computed
    from clacks_monitor.session.work.answers import StoreAnswer

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Role(IntEnum):
    """The model's roles beside Qt's own."""

    ROW = Qt.ItemDataRole.UserRole
    TINT = Qt.ItemDataRole.UserRole + 1
    SEQUENCE = Qt.ItemDataRole.UserRole + 2


class EventModel(QAbstractTableModel):
    """``about_to_reorder`` comes before the rows change their order."""

    about_to_reorder = Signal()
    unreadable = Signal(str)
    """The capture is damaged: a message. It may come while the table paints: connect it queued."""

    values_wanted = Signal(object, object)
    """Computed columns, and the sequence numbers of rows; the answer goes to on_computed()."""

    order_wanted = Signal(object, bool)
    """A column to order by, and whether descending; the answer goes to order_as()."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int], Sequence[AddedColumn]], StoreAnswer[list[Row]]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[ShownColumn, ...] = cells.TABLE_COLUMNS
        self.fields: tuple[AddedColumn, ...] = ()
        self.store = RowStore()
        self.cache = RowCache(
            lambda wanted: fetch(wanted, self.fields), self.unreadable.emit, self._show_later, self._want_values
        )
        self.offsets = TimeOffsets(self.store, self.row, self.entry)
        self._by: tuple[AnyColumn, bool] | None = None
        self.unfolding = False
        """Whether rows that come in were there already, folded."""

        self.generation = 0

    # -- what comes from the session -----------------------------------------------------------------------------

    def reset(self, generation: int) -> None:
        """Forget all rows: a new generation begins."""
        self.beginResetModel()
        self.store.clear()
        self.cache.clear()
        self.generation = generation
        self.endResetModel()

    def add(self, sequences: array[int], tints: bytes, folded: Sequence[int] = (), *, at_start: bool) -> None:
        """Show more rows, all older (``at_start``) or all newer than those that are there; some are ``folded``."""
        shown = len(sequences) - len(folded)
        if not shown:
            self.store.add(sequences, tints, folded, at_start=at_start)
            return
        first = self.store.position_for(at_start=at_start)
        self.beginInsertRows(_NOWHERE, first, first + shown - 1)
        self.store.add(sequences, tints, folded, at_start=at_start)
        self.endInsertRows()

    def unfold(self, sequences: Iterable[int]) -> None:
        """Show folded entries as rows of their own."""
        self.unfolding = True
        for sequence in filter(self.store.is_folded, sorted(sequences)):
            position = self.store.unfold_position(sequence)
            self.beginInsertRows(_NOWHERE, position, position)
            self.store.unfold(sequence)
            self.endInsertRows()
        self.unfolding = False

    def fold(self, sequences: Iterable[int]) -> None:
        """Let another row stand for these entries again."""
        ordered = self.store.order is not None
        if ordered:
            self._reorder(lambda: self.store.order_naturally(newest_first=self.store.newest_first))
        for sequence in sequences:
            position = self.store.position_of(sequence)
            if position >= 0:
                self.beginRemoveRows(_NOWHERE, position, position)
                self.store.fold(sequence)
                self.endRemoveRows()
        if ordered:
            self.order_again()

    def count_again(self, sequences: Iterable[int]) -> None:
        """Read again how often the messages of these entries were delivered."""
        if self.cache.forget_all(sequences):
            self._show_later()

    def order_as(self, notice: Ordered) -> None:
        """Show the rows in another order, if it is still the one that is wanted."""
        if (notice.column, notice.descending) == self._by:
            self._reorder(lambda: self.store.order_as(notice.sequences, notice.places))

    # -- rows ----------------------------------------------------------------------------------------------------

    def row(self, position: int) -> Row:
        """Return what is known of the entry in a row."""
        sequence = self.store.sequence_at(position)
        start = position - position % PAGE
        return self.cache.get(sequence, lambda: self.store.between(start, start + PAGE))

    def entry(self, sequence: int) -> Row:
        """Return what is known of an entry, shown or not."""
        return self.cache.get(sequence, lambda: [sequence])

    def use_reference(self, reference: Reference | None) -> None:
        """Count the times of the column of the reference from another entry."""
        self.offsets.reference = reference
        self._show_later()

    @Slot(object)
    def use_marks(self, marks: Sequence[int]) -> None:
        """Count the times of that column from the last of these above a row, while there is no reference."""
        if self.offsets.marks != marks:
            self.offsets.marks = marks
            self._show_later()

    def refresh(self, sequence: int) -> None:
        """Read an entry's row again: its mark or comment has changed."""
        self.cache.forget(sequence)
        position = self.store.position_of(sequence)
        if position >= 0:
            self.dataChanged.emit(self.index(position, 0), self.index(position, self.columnCount() - 1))

    @Slot()
    def read_again(self) -> None:
        """Read all rows again: the capture can be read once more."""
        self.cache.clear()
        self._show_later()

    def _show_later(self) -> None:
        if len(self.store):
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.store) - 1, self.columnCount() - 1))

    # -- columns of values ---------------------------------------------------------------------------------------

    def _want_values(self, rows: Sequence[Row]) -> None:
        columns = [column for column in self.fields if isinstance(column, ComputedColumn)]
        events = [row.sequence for row in rows if row.kind is not RowKind.GAP and row.size >= 0]
        if columns and events:
            self.values_wanted.emit(columns, events)

    def on_computed(self, notice: Computed) -> None:
        """Show values of computed columns; rows that got none are read again when they are painted."""
        self.cache.add_values(notice.values)
        for sequence in notice.dropped:
            self.cache.forget(sequence)
        self._show_later()

    def set_fields(self, fields: Sequence[AddedColumn]) -> None:
        """Have these columns of values behind those of every row; rows are read again for them."""
        for place in reversed(range(len(self.fields))):
            if self.fields[place] not in fields:
                self._change_fields((*self.fields[:place], *self.fields[place + 1 :]), removed=place)
        for column in fields:
            if column not in self.fields:
                self._change_fields((*self.fields, column), removed=None)

    def _change_fields(self, fields: tuple[AddedColumn, ...], *, removed: int | None) -> None:
        place = len(cells.TABLE_COLUMNS) + (len(self.fields) if removed is None else removed)
        if removed is None:
            self.beginInsertColumns(_NOWHERE, place, place)
        else:
            self.beginRemoveColumns(_NOWHERE, place, place)
        self.fields = fields
        self.columns = cells.TABLE_COLUMNS + fields
        self.cache.clear()
        if removed is None:
            self.endInsertColumns()
        else:
            self.endRemoveColumns()

    def rename_field(self, old: AddedColumn, new: AddedColumn) -> None:
        """Give a column of a value another heading."""
        if old in self.fields:
            self.fields = tuple(new if column == old else column for column in self.fields)
            self.columns = cells.TABLE_COLUMNS + self.fields
            self.cache.clear()
            place = self.columns.index(new)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, place, place)

    # -- Qt's side -----------------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.store)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self.store):
            return None
        column = self.columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in cells.NUMERIC else _LEFT
        answers: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: self.text(index.row(), column),
            Qt.ItemDataRole.ToolTipRole: lambda: plain_tip(cells.tip(self.row(index.row()), column)),
            Qt.ItemDataRole.AccessibleTextRole: lambda: spoken(self._said(index.row(), column)),
            Role.ROW: lambda: self.row(index.row()),
            Role.TINT: lambda: self.store.tint_at(index.row()),
            Role.SEQUENCE: lambda: self.store.sequence_at(index.row()),
        }
        answer = answers.get(role)
        return answer() if answer else None

    def text(self, position: int, column: ShownColumn) -> str:
        """Return a cell's text."""
        row = self.row(position)
        if isinstance(column, RelativeColumn):
            return "" if row.kind is RowKind.GAP else self.offsets.text(position, column)
        return cells.text(row, column)

    def _said(self, position: int, column: ShownColumn) -> str:
        row = self.row(position)
        return (
            cells.sentence(row) if column is Column.SUMMARY or row.kind is RowKind.GAP else self.text(position, column)
        )

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return cells.heading(column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in cells.NUMERIC else _LEFT
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        descending = order is Qt.SortOrder.DescendingOrder
        by = self.columns[column] if column >= 0 else Column.TIME
        if by in {Column.TIME, Column.SEQUENCE} or isinstance(by, RelativeColumn):
            self._by = None
            self._reorder(lambda: self.store.order_naturally(newest_first=descending))
        else:
            self._by = (by, descending)
            self.order_again()

    def order_again(self) -> None:
        """Ask for the present order anew: rows have come in by the thousand, as after another filter."""
        if self._by is not None:
            self.order_wanted.emit(*self._by)

    def _reorder(self, change: Callable[[], None]) -> None:
        self.about_to_reorder.emit()
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        sequences = [self.store.sequence_at(index.row()) for index in old]
        change()
        new = [
            self.index(self.store.position_of(sequence), index.column())
            for sequence, index in zip(sequences, old, strict=True)
        ]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()
