"""An answer as bars: one for each row, its length a number of it, beside what the row is about.

Owner: the result's pane. Thread: the window's.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from clacks_monitor.gui.questions.result_model import as_float, shown_value
from clacks_monitor.gui.questions.result_table import ResultTable

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.questions.result_model import ResultModel

_GAP: Final = 3
_PADDING: Final = 6
_MEASURED: Final = 500
"""Numbers that are looked at for the width that they need."""


class BarDelegate(QStyledItemDelegate):
    """Paints the bars of a column of numbers, from zero, with the number behind each."""

    def __init__(self, theme: Theme, model: ResultModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._model = theme, model
        self.low, self.high, self.widest = 0.0, 0.0, 0
        """The range of the axis, and the width of the longest number in pixels."""

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(area, self._theme.washed(self._theme.accent, 0.2) if selected else self._theme.base)
        value = self._model.value(index)
        if math.isfinite(as_float(value)):
            bar = self._bar(area, as_float(value))
            painter.fillRect(bar, self._theme.accent)
            painter.setPen(self._theme.text)
            text = QRect(bar.right() + _PADDING, area.top(), self.widest + _PADDING, area.height())
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown_value(value))
        painter.restore()

    def _bar(self, area: QRect, value: float) -> QRect:
        """Return the place of a bar; the numbers have their place at the right."""
        space = max(1, area.width() - self.widest - 3 * _PADDING)
        span = (self.high - self.low) or 1.0
        zero = area.left() + _PADDING + round(-self.low / span * space)
        end = area.left() + _PADDING + round((value - self.low) / span * space)
        left, right = min(zero, end), max(zero, end)
        return QRect(left, area.top() + _GAP, max(1, right - left), max(1, area.height() - 2 * _GAP))

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, super().sizeHint(option, index).height())


class ResultBars(ResultTable):
    """Shows the columns that are not numbers, and one that is as bars."""

    def __init__(self, model: ResultModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(model, theme, parent)
        self._bars = BarDelegate(theme, model, self)
        self.column = -1
        self.setAccessibleName(self.tr("Answer as bars"))

    def show_column(self, column: int) -> None:
        """Draw the numbers of a column as bars."""
        self.column = column
        model, header = self.results, self.horizontalHeader()
        for place in range(model.columnCount()):
            self.setItemDelegateForColumn(place, self._bars if place == column else self.itemDelegate())
            self.setColumnHidden(place, model.table.is_numeric(model.name(place)) and place != column)
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        if 0 <= column < model.columnCount():
            header.moveSection(header.visualIndex(column), model.columnCount() - 1)
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self.measure()

    @Slot()
    def measure(self) -> None:
        """Find the range of the bars."""
        name, count = self.results.name(self.column), min(_MEASURED, self.results.rowCount())
        self._bars.low, self._bars.high = ends = self.results.table.range_of(name)
        metrics = QFontMetrics(self.font())
        values = [*ends, *(self.results.table.row(place).values.get(name) for place in range(count))]
        texts = {shown_value(value) for value in values}
        self._bars.widest = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        self.viewport().update()
