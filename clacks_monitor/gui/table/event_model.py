"""The table's model: sequence numbers in arrays, rows read from the capture only for what is on screen.

Owner: the event table. Thread: the window's. One insertion a batch; while the view is paused, new rows wait and are
counted; while the pointer holds something, everything waits, so nothing moves under it.
"""

from __future__ import annotations

from enum import IntEnum
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from typing_extensions import override

from clacks_monitor.core.columns import AnyColumn, Column, FieldColumn
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.gui.kit import cells
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.table.row_cache import PAGE, RowCache
from clacks_monitor.gui.table.row_store import RowStore, WaitingRows

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Sequence

    from clacks_monitor.session.notices import Ordered, ViewReset, ViewRows

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class Role(IntEnum):
    """What the model tells beside Qt's own roles."""

    ROW = Qt.ItemDataRole.UserRole
    TINT = Qt.ItemDataRole.UserRole + 1
    SEQUENCE = Qt.ItemDataRole.UserRole + 2


class EventModel(QAbstractTableModel):
    """``waiting_changed`` tells how many rows wait while paused; ``about_to_add`` comes before rows go in."""

    waiting_changed = Signal(int)
    about_to_reorder = Signal()
    unreadable = Signal(str)
    """The capture is damaged: what is wrong, in words. It may come while the table paints: connect it queued."""

    order_wanted = Signal(object, bool)
    """A column to order by, and whether descending; the answer is to be given to take_order()."""

    def __init__(
        self, fetch: Callable[[Sequence[int], Sequence[FieldColumn]], list[Row]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[AnyColumn, ...] = cells.COLUMNS
        self.fields: tuple[FieldColumn, ...] = ()
        self.store = RowStore()
        self._cache = RowCache(lambda wanted: fetch(wanted, self.fields), self._tell_broken)
        self._waiting = WaitingRows()
        self._held: list[Callable[[], None]] = []
        self._holding = False
        self._paused_at: int | None = None
        self._problems: set[str] = set()
        self._last = 0
        self._by: tuple[AnyColumn, bool] | None = None
        self.generation = 0

    def forget_problems(self) -> None:
        """Another capture is open."""
        self._problems.clear()

    def _tell_broken(self, problem: str) -> None:
        if problem not in self._problems:
            self._problems.add(problem)
            self.unreadable.emit(problem)

    # -- what comes from the session -----------------------------------------------------------------------------

    def take_reset(self, notice: ViewReset) -> None:
        """Forget all rows: a new generation begins."""
        if self._keep(partial(self.take_reset, notice)):
            return
        self.beginResetModel()
        self.store.clear()
        self._cache.clear()
        self._waiting.take()
        self.generation = notice.generation
        self.endResetModel()
        self.waiting_changed.emit(0)

    def take_rows(self, notice: ViewRows) -> None:
        """Show a batch; rows of another generation are ignored."""
        if self._keep(partial(self.take_rows, notice)):
            return
        if notice.generation != self.generation or not notice.sequences:
            return
        sequences, tints = notice.sequences, notice.tints
        if self._paused_at is not None and sequences[-1] > self._paused_at:
            sequences, tints = self._set_aside(sequences, tints)
        if not sequences:
            return
        self._last = max(self._last, sequences[-1])
        self._add(sequences, tints, at_start=notice.at_start)

    def _set_aside(self, sequences: array[int], tints: bytes) -> tuple[array[int], bytes]:
        """Keep what is newer than the pause; return the rest."""
        limit = self._paused_at or 0
        old = sum(1 for sequence in sequences if sequence <= limit)
        self._waiting.add(sequences[old:], tints[old:])
        self.waiting_changed.emit(len(self._waiting))
        return sequences[:old], tints[:old]

    def _add(self, sequences: array[int], tints: bytes, *, at_start: bool) -> None:
        first = self.store.position_for(at_start=at_start)
        self.beginInsertRows(_NOWHERE, first, first + len(sequences) - 1)
        self.store.add(sequences, tints, at_start=at_start)
        self.endInsertRows()

    def take_order(self, notice: Ordered) -> None:
        """Show in another order."""
        if self._keep(partial(self.take_order, notice)):
            return
        if notice.generation != self.generation or (notice.column, notice.descending) != self._by:
            return
        self._reorder(lambda: self.store.order_as(notice.sequences, notice.places))

    # -- pausing and holding -------------------------------------------------------------------------------------

    @property
    def paused(self) -> bool:
        """Whether new rows wait."""
        return self._paused_at is not None

    def pause(self) -> None:
        """Let new rows wait from now on."""
        if self._paused_at is None:
            self._paused_at = self._last

    def resume(self) -> None:
        """Show what waited, and what comes."""
        self._paused_at = None
        sequences, tints = self._waiting.take()
        if sequences:
            self._last = max(self._last, sequences[-1])
            self._add(sequences, tints, at_start=False)
        self.waiting_changed.emit(0)

    @Slot()
    def hold(self) -> None:
        """Let everything wait: the pointer is pressed, or a menu is open."""
        self._holding = True

    @Slot()
    def release(self) -> None:
        """Go on."""
        if not self._holding:
            return
        self._holding = False
        held, self._held = self._held, []
        for take in held:
            take()

    def _keep(self, take: Callable[[], None]) -> bool:
        if self._holding:
            self._held.append(take)
        return self._holding

    # -- rows ----------------------------------------------------------------------------------------------------

    def row(self, position: int) -> Row:
        """Return what is known of the entry in a row."""
        sequence = self.store.sequence_at(position)
        start = position - position % PAGE
        return self._cache.get(sequence, lambda: self.store.between(start, start + PAGE))

    def refresh(self, sequence: int) -> None:
        """Read an entry's row again: its mark or comment has changed."""
        self._cache.forget(sequence)
        position = self.store.position_of(sequence)
        if position >= 0:
            self.dataChanged.emit(self.index(position, 0), self.index(position, self.columnCount() - 1))

    # -- columns of values ---------------------------------------------------------------------------------------

    def set_fields(self, fields: Sequence[FieldColumn]) -> None:
        """Have these columns of values behind those of every row; rows are read again for them."""
        for place in reversed(range(len(self.fields))):
            if self.fields[place] not in fields:
                self._change_fields((*self.fields[:place], *self.fields[place + 1 :]), removed=place)
        for column in fields:
            if column not in self.fields:
                self._change_fields((*self.fields, column), removed=None)

    def _change_fields(self, fields: tuple[FieldColumn, ...], *, removed: int | None) -> None:
        place = len(cells.COLUMNS) + (len(self.fields) if removed is None else removed)
        if removed is None:
            self.beginInsertColumns(_NOWHERE, place, place)
        else:
            self.beginRemoveColumns(_NOWHERE, place, place)
        self.fields = fields
        self.columns = cells.COLUMNS + fields
        self._cache.clear()
        if removed is None:
            self.endInsertColumns()
        else:
            self.endRemoveColumns()

    def rename_field(self, old: FieldColumn, new: FieldColumn) -> None:
        """Give a column of a value another heading."""
        if old in self.fields:
            self.fields = tuple(new if column == old else column for column in self.fields)
            self.columns = cells.COLUMNS + self.fields
            self._cache.clear()
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
            Qt.ItemDataRole.DisplayRole: lambda: cells.text(self.row(index.row()), column),
            Qt.ItemDataRole.ToolTipRole: lambda: plain_tip(cells.tip(self.row(index.row()), column)),
            Qt.ItemDataRole.AccessibleTextRole: lambda: spoken(self._said(index.row(), column)),
            Role.ROW: lambda: self.row(index.row()),
            Role.TINT: lambda: self.store.tint_at(index.row()),
            Role.SEQUENCE: lambda: self.store.sequence_at(index.row()),
        }
        answer = answers.get(role)
        return answer() if answer else None

    def _said(self, position: int, column: AnyColumn) -> str:
        row = self.row(position)
        return cells.sentence(row) if column is Column.SUMMARY or row.kind is RowKind.GAP else cells.text(row, column)

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
        if by in {Column.TIME, Column.SEQUENCE}:
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
