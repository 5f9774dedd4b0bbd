"""Draws the table's cells: tints with readable text, problems with a sign, gaps across the whole row.

A delegate of our own, because Qt's asks the model eight questions a cell; this one asks for the row and its tint.
Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem
from typing_extensions import override

from clacks_monitor.core.columns import Column
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.gui import cells, formats
from clacks_monitor.gui.theme import ICON_SIZE, digits_font, readable_on

if TYPE_CHECKING:
    from clacks_monitor.gui.event_model import EventModel
    from clacks_monitor.gui.theme import Theme

PADDING = 8
GUTTER = 20
"""Room for the sign of a row (a mark, a problem) before its first cell's text, in pixels."""


class RowPainter(QStyledItemDelegate):
    """Paints the cells of an EventModel."""

    def __init__(self, model: EventModel, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._theme = theme
        self._digits = digits_font()
        self._digit_metrics = QFontMetrics(self._digits)
        self._metrics = QFontMetrics(QApplication.font())

    def row_height(self) -> int:
        """Return the height of every row: the text and a little air, on the 4-pixel grid."""
        return (max(self._metrics.height(), self._digit_metrics.height()) + 5) // 4 * 4

    def width_for(self, column: Column) -> int:
        """Return a good first width of a column."""
        samples = {
            Column.TIME: "00:00:00.000",
            Column.SIZE: "00.0 kB",
            Column.SEQUENCE: "0,000,000",
            Column.TYPE: "AsteriskNotification",
            Column.CONNECTION: "demonstration",
        }
        metrics = self._digit_metrics if column in cells.FIXED_WIDTH else self._metrics
        gutter = GUTTER if column is Column.TIME else 0
        return metrics.horizontalAdvance(samples.get(column, "a medium text here")) + 2 * PADDING + gutter

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del option
        column = cells.COLUMNS[index.column()]
        metrics = self._digit_metrics if column in cells.FIXED_WIDTH else self._metrics
        text = cells.text(self._model.row(index.row()), column)
        return QSize(metrics.horizontalAdvance(text) + 2 * PADDING + GUTTER, self.row_height())

    # -- colours -------------------------------------------------------------------------------------------------

    def colours(self, row: Row, tint: int, *, selected: bool) -> tuple[QColor, QColor]:
        """Return the background and the text's colour of a row."""
        theme = self._theme
        if selected:
            palette = QApplication.palette()
            role = QPalette.ColorRole
            return palette.color(role.Highlight), palette.color(role.HighlightedText)
        if row.kind is RowKind.GAP:
            background = theme.washed(theme.warn, 0.12)
            return background, readable_on(background, theme.warn, theme.text)
        background = theme.tints[tint]
        if row.kind is RowKind.INVALID:
            return background, readable_on(background, theme.bad, theme.tint_texts[tint])
        return background, theme.tint_texts[tint]

    # -- painting ------------------------------------------------------------------------------------------------

    @override
    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = self._model
        position = index.row()
        row = model.row(position)
        state: QStyle.StateFlag = option.state
        rect: QRect = option.rect
        selected = bool(state & QStyle.StateFlag.State_Selected)
        background, ink = self.colours(row, model.tint(position), selected=selected)
        painter.fillRect(rect, background)
        if row.kind is not RowKind.GAP:
            self._paint_text(painter, rect, row, cells.COLUMNS[index.column()], ink)

    def _paint_text(self, painter: QPainter, rect: QRect, row: Row, column: Column, ink: QColor) -> None:
        text = cells.text(row, column)
        if not text:
            return
        fixed = column in cells.FIXED_WIDTH
        metrics = self._digit_metrics if fixed else self._metrics
        left = GUTTER if rect.left() <= 0 else PADDING
        inner = rect.adjusted(left, 0, -PADDING, 0)
        if metrics.horizontalAdvance(text) > inner.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
        painter.setFont(self._digits if fixed else QApplication.font())
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignRight if column in cells.NUMERIC else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)

    def paint_sign(self, painter: QPainter, rect: QRect, row: Row, tint: int, *, selected: bool) -> None:
        """Draw what a row is beside its text: a flag for a mark, a sign for a problem or a gap."""
        name = "mark" if row.mark else {RowKind.INVALID: "error", RowKind.GAP: "gap"}.get(row.kind, "")
        if not name:
            return
        _background, ink = self.colours(row, tint, selected=selected)
        shade = self._theme.accent if row.mark and not selected else ink
        size = ICON_SIZE - 4
        top = rect.top() + (rect.height() - size) // 2
        painter.drawPixmap(QPoint(rect.left() + 4, top), self._theme.pixmap(name, shade, size))

    def paint_gap(self, painter: QPainter, rect: QRect, row: Row, *, selected: bool) -> None:
        """Draw a gap's line across the whole row."""
        _background, ink = self.colours(row, 0, selected=selected)
        span = f"{formats.clock_short(row.wall_ns)} – {formats.clock_short(row.until_ns)}"
        words = cells.gap_words(row) + (f"   ({row.connection})" if row.connection else "")
        painter.setPen(ink)
        painter.setFont(self._digits)
        inner = rect.adjusted(GUTTER, 0, -PADDING, 0)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(inner, flags, span)
        inner = inner.adjusted(self._digit_metrics.horizontalAdvance(span) + 2 * PADDING, 0, 0, 0)
        painter.setFont(QApplication.font())
        painter.drawText(inner, flags, self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, inner.width()))
        used = inner.left() + self._metrics.horizontalAdvance(words) + PADDING
        middle = rect.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        if used < rect.right() - PADDING and not selected:
            line = QColor(ink)
            line.setAlpha(90)
            painter.fillRect(QRect(used, middle, rect.right() - PADDING - used, 1), line)
