"""The rows of an answer as a table model: columns come with rows, and are sorted on a thread.

Owner: the result's pane. Thread: the window's.
"""

from __future__ import annotations

import math
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal, Slot
from typing_extensions import override

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.session.questions import Columns
from clacks_monitor.session.questions.columns import cell_text
from clacks_monitor.session.questions.exporting import is_number

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clacks_monitor.session.questions import ResultRow
    from clacks_monitor.session.questions.rows import Value

AnyIndex = QModelIndex | QPersistentModelIndex
CELL: Final = 300
"""Characters of a cell that are shown; the tool tip has more, and copies have all."""
HEADING: Final = 60
_DIGITS: Final = 6
_LARGE: Final = 1e15
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PLACE = QModelIndex()


def shown_value(value: Value) -> str:
    """Return a cell as people read it: numbers in the window's language, texts on one line."""
    if isinstance(value, bool) or value is None:
        return cell_text(value)
    if isinstance(value, int):
        return formats.number(value) if abs(value) < 2**63 else str(value)
    number = as_float(value)
    if math.isnan(number) or math.isinf(number):
        return one_line(cell_text(value), CELL)
    digits = len(f"{number:.{_DIGITS}f}".rstrip("0").partition(".")[2])
    return QLocale().toString(number, "f", digits) if abs(number) < _LARGE else f"{number:g}"


def as_float(value: Value) -> float:
    """Return a cell as a number that can be compared and drawn, NaN where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _key(value: Value) -> tuple[int, Any]:
    """Return what cells of all kinds are compared by: nothing first, then numbers, then texts."""
    if value is None:
        return 0, 0
    if is_number(value):
        return (1, value) if not math.isnan(as_float(value)) else (2, 0)
    return 3, cell_text(value).casefold()


def order_of(rows: Sequence[ResultRow], name: str, wanted: Callable[[], None], *, descending: bool) -> list[int]:
    """Return the places of rows in the order of a column; ``wanted`` is called now and then, and may raise."""
    keys = []
    for place, row in enumerate(rows):
        if place % 1000 == 0:
            wanted()
        keys.append(_key(row.values.get(name)))
    return sorted(range(len(rows)), key=keys.__getitem__, reverse=descending)


class AnswerTable:
    """The rows of an answer: their columns, which of these are numbers, and their order. No Qt here."""

    def __init__(self, headings: Mapping[str, str]) -> None:
        self._rows: list[ResultRow] = []
        self._order: list[int] | None = None
        self._columns = Columns()
        self._numeric: dict[str, bool] = {}
        self._ranges: dict[str, tuple[float, float]] = {}
        self._headings = headings
        self.names: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self._rows)

    def new_names(self, rows: Sequence[ResultRow]) -> tuple[str, ...]:
        """Return the names of the columns with those of further rows."""
        self._columns.add(rows)
        return self._columns.names

    def add(self, rows: Sequence[ResultRow]) -> None:
        """Add rows behind the others."""
        for row in rows:
            for name, value in row.values.items():
                if value is not None and self._numeric.get(name, True):
                    self._note_number(name, value)
        first = len(self._rows)
        self._rows += rows
        if self._order is not None:
            self._order += range(first, len(self._rows))

    def _note_number(self, name: str, value: Value) -> None:
        self._numeric[name], number = is_number(value), as_float(value)
        if math.isfinite(number):
            low, high = self._ranges.get(name, (0.0, 0.0))
            self._ranges[name] = min(low, number), max(high, number)

    def arrange(self, order: Sequence[int]) -> None:
        """Put rows in an order; those that came later stay behind."""
        self._order = [*order, *range(len(order), len(self._rows))]

    def place_of(self, place: int) -> int:
        """Return the number of the row at a place."""
        return place if self._order is None else self._order[place]

    def places(self) -> dict[int, int]:
        """Return the place of each row by its number."""
        return {number: place for place, number in enumerate(self._order or range(len(self._rows)))}

    def row(self, place: int) -> ResultRow:
        """Return the row at a place."""
        return self._rows[self.place_of(place)]

    def rows(self, *, ordered: bool = True) -> list[ResultRow]:
        """Return all rows, in their order or as they came."""
        if self._order is None or not ordered:
            return list(self._rows)
        return [self._rows[number] for number in self._order]

    def heading(self, name: str) -> str:
        """Return what stands above a column."""
        return self._headings.get(name, name)

    def is_numeric(self, name: str) -> bool:
        """Whether a column has numbers only, and one at least."""
        return self._numeric.get(name, False)

    def range_of(self, name: str) -> tuple[float, float]:
        """Return the lowest and the highest number of a column, and of zero."""
        return self._ranges.get(name, (0.0, 0.0))


class ResultModel(QAbstractTableModel):
    """``table`` are the rows; ``headed`` comes when there are further columns."""

    headed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = AnswerTable({})
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._sorting = LatestTask("sort answer", self)
        self._sorting.done.connect(self._arrange)

    def begin(self, headings: Mapping[str, str]) -> None:
        """Show nothing, and expect rows whose columns have these headings."""
        self._sorting.give_up()
        self.beginResetModel()
        self.table, self._sorted = AnswerTable(headings), None
        self.endResetModel()

    def add(self, rows: Sequence[ResultRow]) -> None:
        """Add rows behind the others; sorting again puts them in their places."""
        if not rows:
            return
        table = self.table
        names, first = table.new_names(rows), len(table)
        if len(names) > len(table.names):
            self.beginInsertColumns(_PLACE, len(table.names), len(names) - 1)
            table.names = names
            self.endInsertColumns()
            self.headed.emit()
        self.beginInsertRows(_PLACE, first, first + len(rows) - 1)
        table.add(rows)
        self.endInsertRows()

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The names of the columns, with what stands above them."""
        return [(name, self.table.heading(name)) for name in self.table.names]

    def name(self, column: int) -> str:
        """Return the name of a column, "" where there is none."""
        return self.table.names[column] if 0 <= column < len(self.table.names) else ""

    def value(self, index: AnyIndex) -> Value:
        """Return a cell."""
        return self.table.row(index.row()).values.get(self.name(index.column()))

    # -- sorting -------------------------------------------------------------------------------------------------

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        name = self.name(column)
        if not name:
            return
        self._sorted = column, order
        rows, descending = self.table.rows(ordered=False), order is Qt.SortOrder.DescendingOrder
        self._sorting.ask(lambda wanted: order_of(rows, name, wanted, descending=descending))

    @property
    def busy(self) -> bool:
        """Whether an order is being found."""
        return self._sorting.busy

    def sort_again(self) -> None:
        """Put rows that were added later in their places."""
        if self._sorted is not None:
            self.sort(*self._sorted)

    @Slot(object)
    def _arrange(self, order: list[int]) -> None:
        """Show the rows in an order; those that came meanwhile stay behind."""
        self.layoutAboutToBeChanged.emit()
        before = [(index, self.table.place_of(index.row())) for index in self.persistentIndexList()]
        self.table.arrange(order)
        places = self.table.places() if before else {}
        for index, number in before:
            self.changePersistentIndex(index, self.index(places[number], index.column()))
        self.layoutChanged.emit()

    # -- the model -----------------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: AnyIndex = _PLACE) -> int:
        return 0 if parent.isValid() else len(self.table)

    @override
    def columnCount(self, parent: AnyIndex = _PLACE) -> int:
        return 0 if parent.isValid() else len(self.table.names)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown_value(self.value(index))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self.table.is_numeric(self.name(index.column())) else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell_text(self.value(index))) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(f"{self.heading(index.column())}: {shown_value(self.value(index))}")
        return None

    def heading(self, column: int) -> str:
        """Return what stands above a column, on one line."""
        return one_line(self.table.heading(self.name(column)), HEADING)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not self.name(section):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self.table.is_numeric(self.name(section)) else _LEFT
        return None
