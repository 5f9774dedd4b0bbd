"""The rows of a board as a table's model: state, key, the board's own columns, since when. Owner: the board's view."""

from __future__ import annotations

import time
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from clacks_monitor.gui import formats

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QIcon

    from clacks_monitor.core.board import BoardDefinition, BoardRow
    from clacks_monitor.gui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
STATE, KEY, FIRST = range(3)


class BoardRole(IntEnum):
    """What the model tells beside Qt's own roles."""

    SORT = Qt.ItemDataRole.UserRole
    KEY = Qt.ItemDataRole.UserRole + 1
    SEQUENCE = Qt.ItemDataRole.UserRole + 2


class BoardModel(QAbstractTableModel):
    """Rows keep their place while their keys stay; new keys come at the end."""

    def __init__(self, definition: BoardDefinition, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._definition, self._theme = definition, theme
        self._rows: list[BoardRow] = []
        self._blind_ns = 0
        self._places = {state: place for place, state in enumerate(definition.states)}
        self._headings = (
            self.tr("State"), definition.key_title, *definition.columns.values(), self.tr("Since"), self.tr("Seen"),
        )  # fmt: skip

    @property
    def since_column(self) -> int:
        """The first of the two columns of times, which change by themselves."""
        return len(self._headings) - 2

    # -- content -------------------------------------------------------------------------------------------------

    def show_rows(self, rows: tuple[BoardRow, ...], blind_ns: int) -> None:
        """Show what is known now."""
        doubted, self._blind_ns = self._blind_ns != blind_ns, blind_ns
        new = {row.key: row for row in rows}
        if any(row.key not in new for row in self._rows):
            self.beginResetModel()
            self._rows = list(rows)
            self.endResetModel()
            return
        for position, old in enumerate(self._rows):
            row = new.pop(old.key)
            if doubted or row != old:
                self._rows[position] = row
                self.dataChanged.emit(self.index(position, 0), self.index(position, self.columnCount() - 1))
        if new:
            first = len(self._rows)
            self.beginInsertRows(_NOWHERE, first, first + len(new) - 1)
            self._rows.extend(new.values())
            self.endInsertRows()

    def counts(self) -> dict[str, int]:
        """Return how many keys are in each state, in the definition's order."""
        counted = dict.fromkeys(self._definition.states, 0)
        for row in self._rows:
            counted[row.state] = counted.get(row.state, 0) + 1
        return {state: count for state, count in counted.items() if count}

    def row_at(self, position: int) -> BoardRow:
        """Return one row."""
        return self._rows[position]

    # -- Qt's side -----------------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._headings)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row, column = self._rows[index.row()], index.column()
        if role == BoardRole.SORT:  # asked for thousands of times when rows are sorted
            return self._sort_value(row, column)
        if role == BoardRole.KEY:
            return row.key
        return row.sequence if role == BoardRole.SEQUENCE else self._shown(row, column, role)

    def _shown(self, row: BoardRow, column: int, role: int) -> str | QIcon | None:
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(row, column)
        return self._icon(row) if role == Qt.ItemDataRole.DecorationRole and column == STATE else None

    def _text(self, row: BoardRow, column: int) -> str:
        if column == STATE:
            return self._definition.state_name(row.state).word + (" ?" if row.seen_ns < self._blind_ns else "")
        if column == KEY:
            return row.key
        if column < self.since_column:
            return row.values[column - FIRST]
        then = row.since_ns if column == self.since_column else row.seen_ns
        return formats.ago_short(max(0.0, (time.time_ns() - then) / formats.NS))

    def _tip(self, row: BoardRow, column: int) -> str:
        if column >= self.since_column:
            return formats.full_time(row.since_ns if column == self.since_column else row.seen_ns)
        if column == STATE and row.seen_ns < self._blind_ns:
            return self.tr("Since this was seen there was a time in which nothing could be seen: it may have changed.")
        return self._text(row, column)

    def _icon(self, row: BoardRow) -> QIcon:
        mood = self._definition.state_name(row.state).mood
        colour: QColor = {
            "good": self._theme.good, "warn": self._theme.warn, "bad": self._theme.bad,
        }.get(mood, self._theme.muted)  # fmt: skip
        return self._theme.icon("dot", colour)

    def _sort_value(self, row: BoardRow, column: int) -> object:
        if column >= self.since_column:
            return -(row.since_ns if column == self.since_column else row.seen_ns)
        if column == STATE:
            return self._places.get(row.state, len(self._places))
        return self._text(row, column).casefold()
