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

AnyIndex = QModelIndex | QPersistentModelIndex
CELL: Final = 300
"""Characters of a cell that are shown; the tool tip has more, and copies have all."""
HEADING: Final = 60
_DIGITS: Final = 6
_LARGE: Final = 1e15
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_PLACE = QModelIndex()


def shown_value(value: Any) -> str:  # noqa: ANN401 - a cell: rows.Value
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


def as_float(value: Any) -> float:  # noqa: ANN401 - as above
    """Return a cell as a number that can be compared and drawn, NaN where it is none."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _key(value: Any) -> tuple[int, Any]:  # noqa: ANN401 - as above
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


class ResultModel(QAbstractTableModel):
    """``headed`` comes when there are further columns."""

    headed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[ResultRow] = []
        self._order: list[int] | None = None
        self._columns = Columns()
        self._names: tuple[str, ...] = ()
        self._numeric: dict[str, bool] = {}
        self._ranges: dict[str, tuple[float, float]] = {}
        self._headings: Mapping[str, str] = {}
        self._sorted: tuple[int, Qt.SortOrder] | None = None
        self._sorting = LatestTask("sort answer", self)
        self._sorting.done.connect(self._arrange)

    # -- content -------------------------------------------------------------------------------------------------

    def begin(self, headings: Mapping[str, str]) -> None:
        """Show nothing, and expect rows whose columns have these headings."""
        self._sorting.give_up()
        self.beginResetModel()
        self._rows, self._order, self._columns, self._names = [], None, Columns(), ()
        self._numeric, self._ranges, self._headings, self._sorted = {}, {}, headings, None
        self.endResetModel()

    def add(self, rows: Sequence[ResultRow]) -> None:
        """Add rows behind the others; sorting again puts them in their places."""
        if not rows:
            return
        self._columns.add(rows)
        names = self._columns.names
        if len(names) > len(self._names):
            self.beginInsertColumns(_PLACE, len(self._names), len(names) - 1)
            self._names = names
            self.endInsertColumns()
            self.headed.emit()
        self._note_numbers(rows)
        first = len(self._rows)
        self.beginInsertRows(_PLACE, first, first + len(rows) - 1)
        self._rows += rows
        if self._order is not None:
            self._order += range(first, len(self._rows))
        self.endInsertRows()

    def _note_numbers(self, rows: Sequence[ResultRow]) -> None:
        for row in rows:
            for name, value in row.values.items():
                if value is None or not self._numeric.get(name, True):
                    continue
                numeric = self._numeric[name] = is_number(value)
                number = as_float(value)
                if numeric and math.isfinite(number):
                    low, high = self._ranges.get(name, (0.0, 0.0))
                    self._ranges[name] = min(low, number), max(high, number)

    def range_of(self, column: int) -> tuple[float, float]:
        """Return the lowest and the highest number of a column, and of zero."""
        return self._ranges.get(self.name(column), (0.0, 0.0))

    @property
    def headings(self) -> list[tuple[str, str]]:
        """The names of the columns, with what stands above them."""
        return [(name, self._headings.get(name, name)) for name in self._names]

    @property
    def numeric(self) -> list[int]:
        """The columns that have numbers only."""
        return [place for place, name in enumerate(self._names) if self._numeric.get(name, False)]

    def row(self, place: int) -> ResultRow:
        """Return a row by its place on the screen."""
        return self._rows[place if self._order is None else self._order[place]]

    def rows(self) -> list[ResultRow]:
        """Return all rows in the order of the screen."""
        return list(self._rows) if self._order is None else [self._rows[place] for place in self._order]

    def value(self, index: AnyIndex) -> Any:  # noqa: ANN401 - a cell
        """Return a cell."""
        return self.row(index.row()).values.get(self._names[index.column()])

    # -- sorting -------------------------------------------------------------------------------------------------

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._names):
            return
        self._sorted = column, order
        rows, name, descending = list(self._rows), self._names[column], order is Qt.SortOrder.DescendingOrder
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
        before = [(index, self._source(index.row())) for index in self.persistentIndexList()]
        self._order = [*order, *range(len(order), len(self._rows))]
        if before:
            places = {source: place for place, source in enumerate(self._order)}
            for index, source in before:
                self.changePersistentIndex(index, self.index(places[source], index.column()))
        self.layoutChanged.emit()

    def _source(self, place: int) -> int:
        return place if self._order is None else self._order[place]

    # -- the model -----------------------------------------------------------------------------------------------

    @override
    def rowCount(self, parent: AnyIndex = _PLACE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: AnyIndex = _PLACE) -> int:
        return 0 if parent.isValid() else len(self._names)

    @override
    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown_value(self.value(index))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _RIGHT if self._numeric.get(self._names[index.column()], False) else _LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(cell_text(self.value(index))) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(f"{self.heading(index.column())}: {shown_value(self.value(index))}")
        return None

    def name(self, column: int) -> str:
        """Return the name of a column, "" where there is none."""
        return self._names[column] if 0 <= column < len(self._names) else ""

    def heading(self, column: int) -> str:
        """Return what stands above a column."""
        name = self._names[column]
        return one_line(self._headings.get(name, name), HEADING)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._names):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heading(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if self._numeric.get(self._names[section], False) else _LEFT
        return None
