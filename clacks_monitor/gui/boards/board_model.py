"""The rows of a board as a table's model: state, key, the board's own columns, since when. Owner: the board's view."""

from __future__ import annotations

import time
from enum import IntEnum
from itertools import groupby
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from PySide6.QtGui import QColor, QIcon

    from clacks_monitor.core.board import BoardDefinition, BoardRow
    from clacks_monitor.gui.kit.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
STATE, KEY, FIRST = range(3)
_RUNS = 8
"""How many runs of changed rows are notified one by one: a view measures its columns at each."""


class BoardRole(IntEnum):
    """The model's own roles."""

    KEY = Qt.ItemDataRole.UserRole
    SEQUENCE = Qt.ItemDataRole.UserRole + 1


class BoardModel(QAbstractTableModel):
    """Rows keep their place while their keys stay; new keys come at the end, until the view sorts by a column.

    It sorts and searches by itself, on values rather than through ``data``: a burst of new keys costs one insertion
    and one change of order, however many they are.
    """

    def __init__(self, definition: BoardDefinition, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._definition, self._theme = definition, theme
        self._known: dict[str, BoardRow] = {}
        self._rows: list[BoardRow] = []
        self._wanted = self._state = ""
        self._order: tuple[int, bool] | None = None
        self._gap_ns = 0
        self._places = {state: place for place, state in enumerate(definition.states)}
        self._headings = (
            self.tr("State"), definition.key_title, *definition.columns.values(), self.tr("For"), self.tr("Before"),
            self.tr("Seen"),
        )  # fmt: skip

    @property
    def since_column(self) -> int:
        """The first of the three columns of times: for how long, what was before and for how long, when last seen."""
        return len(self._headings) - 3

    # -- content -------------------------------------------------------------------------------------------------

    def show_rows(self, rows: tuple[BoardRow, ...], gap_ns: int) -> None:
        """Show what is known now."""
        doubted, self._gap_ns = self._gap_ns != gap_ns, gap_ns
        new = {row.key: row for row in rows}
        kept = {key: new.pop(key) for key in self._known if key in new}
        self._known = kept | new
        self._arrange(doubted=doubted)

    def search(self, text: str) -> None:
        """Show only rows in which this text stands, in capital or small letters; "" shows all."""
        self._wanted = text.casefold()
        self._arrange()

    def show_state(self, state: str) -> None:
        """Show only rows in this state; "" shows all."""
        self._state = state
        self._arrange()

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self._order = (column, order is Qt.SortOrder.DescendingOrder) if column >= 0 else None
        self._arrange()

    def _arrange(self, *, doubted: bool = False) -> None:
        """Make the shown rows those that are wanted, in their order: at most one step of each kind."""
        wanted = [row for row in self._known.values() if self._holds(row)]
        if self._order is not None:
            column, descending = self._order
            wanted.sort(key=lambda row: self._sort_value(row, column), reverse=descending)
        places = {row.key: place for place, row in enumerate(wanted)}
        self._remove_others(places)
        self._update_values(wanted, places, doubted=doubted)
        shown = {row.key for row in self._rows}
        missing = [row for row in wanted if row.key not in shown]
        if missing:
            self.beginInsertRows(_NOWHERE, len(self._rows), len(wanted) - 1)
            self._rows += missing
            self.endInsertRows()
        self._reorder(wanted)

    def _holds(self, row: BoardRow) -> bool:
        if self._state and row.state != self._state:
            return False
        if not self._wanted:
            return True
        texts = (self._definition.state_name(row.state).word, row.key, *row.values)
        return any(self._wanted in text.casefold() for text in texts)

    def _remove_others(self, places: Mapping[str, int]) -> None:
        stays = [row for row in self._rows if row.key in places]
        if len(stays) == len(self._rows):
            return
        self._reorder([*stays, *(row for row in self._rows if row.key not in places)])
        self.beginRemoveRows(_NOWHERE, len(stays), len(self._rows) - 1)
        self._rows = stays
        self.endRemoveRows()

    def _update_values(self, wanted: Sequence[BoardRow], places: Mapping[str, int], *, doubted: bool) -> None:
        """Show what has changed in rows that are shown already, each run of them at once."""
        changed = list[int]()
        for position, old in enumerate(self._rows):
            row = wanted[places[old.key]]
            if doubted or row != old:
                self._rows[position] = row
                changed.append(position)
        runs = list(_runs(changed))
        for first, last in runs if len(runs) <= _RUNS else [(changed[0], changed[-1])]:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.columnCount() - 1))

    def _reorder(self, rows: list[BoardRow]) -> None:
        if all(row.key == other.key for row, other in zip(rows, self._rows, strict=True)):
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        places = {row.key: place for place, row in enumerate(rows)}
        new = [self.index(places[self._rows[index.row()].key], index.column()) for index in old]
        self._rows = rows
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def counts(self) -> dict[str, int]:
        """Return how many keys are in each state, in the definition's order."""
        counted = dict.fromkeys(self._definition.states, 0)
        for row in self._known.values():
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
        if role == BoardRole.KEY:
            return row.key
        return row.sequence if role == BoardRole.SEQUENCE else self._shown(row, column, role)

    def _shown(self, row: BoardRow, column: int, role: int) -> str | QIcon | None:
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(self._text(row, column))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(self._text(row, column))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._tip(row, column))
        return self.icon_of(row.state) if role == Qt.ItemDataRole.DecorationRole and column == STATE else None

    def _text(self, row: BoardRow, column: int) -> str:
        if column == STATE:
            return self._definition.state_name(row.state).word + (" ?" if row.seen_ns < self._gap_ns else "")
        if column == KEY:
            return row.key
        if column < self.since_column:
            return row.values[column - FIRST]
        if column == self.since_column + 1:
            return self._before(row)
        then = row.since_ns if column == self.since_column else row.seen_ns
        seconds = max(0.0, (time.time_ns() - then) / formats.NS)
        return formats.steady_duration(seconds) if column == self.since_column else formats.ago_short(seconds)

    def _before(self, row: BoardRow) -> str:
        word = self._definition.state_name(row.before).word
        return f"{word} {formats.exact_duration(row.before_s)}" if row.before else ""

    def _tip(self, row: BoardRow, column: int) -> str:
        if column >= self.since_column and column != self.since_column + 1:
            return formats.full_time(row.since_ns if column == self.since_column else row.seen_ns)
        if column == STATE and row.seen_ns < self._gap_ns:
            return self.tr("There was a gap since this was seen. The state may have changed.")
        return self._text(row, column)

    def word(self, state: str) -> str:
        """Return the word for a state."""
        return self._definition.state_name(state).word

    def icon_of(self, state: str) -> QIcon:
        """Return the sign of a state."""
        mood = self._definition.state_name(state).mood
        colour: QColor = {
            "good": self._theme.good, "warn": self._theme.warn, "bad": self._theme.bad, "active": self._theme.active,
        }.get(mood, self._theme.muted)  # fmt: skip
        return self._theme.icons.icon("dot", colour)

    def _sort_value(self, row: BoardRow, column: int) -> tuple[float, str]:
        if column == self.since_column + 1:
            return row.before_s, ""
        if column >= self.since_column:
            return -(row.since_ns if column == self.since_column else row.seen_ns), ""
        if column == STATE:
            return self._places.get(row.state, len(self._places)), ""
        return 0, (row.key if column == KEY else row.values[column - FIRST]).casefold()


def _runs(positions: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of each run of positions that follow one another."""
    for _distance, run in groupby(enumerate(positions), lambda item: item[1] - item[0]):
        found = [position for _number, position in run]
        yield found[0], found[-1]
