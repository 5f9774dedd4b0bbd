"""Draws the table's rows: tints with readable text, problems with a sign, gaps across the whole row.

The table paints through this instead of a delegate: a delegate is asked for every cell, and translates Qt's style
options each time, which costs several times what the drawing does. Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

import time
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QApplication

from clacks_monitor.core.columns import Column, RelativeColumn, ShownColumn
from clacks_monitor.core.event import Row, RowKind
from clacks_monitor.core.untrusted import clip, one_line
from clacks_monitor.gui.kit import cells, formats
from clacks_monitor.gui.kit.contrast import readable_on
from clacks_monitor.gui.kit.icons import ICON_SIZE
from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.kit.time_format import time_format
from clacks_monitor.gui.table.row_images import RowImages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clacks_monitor.gui.kit.theme import Theme

PADDING = 8
_BAR = 4
_MAX_FIELD = 240
"""The greatest first width of a column of a value, in pixels."""
_NARROWEST = 2
"""Pixels that a character takes at least."""
GUTTER = 20
"""Room for the sign of a row (a mark, a problem) before its first cell's text, in pixels."""

NO_OFFSETS: Mapping[RelativeColumn, str] = MappingProxyType({})
_LEFT = Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value | Qt.TextFlag.TextSingleLine.value
_RIGHT_MODE = Qt.TextElideMode.ElideRight

Section = tuple[ShownColumn, int, int]
"""A column with its left edge and its width in pixels."""


class RowPainter:
    """Paints rows of an event table in the theme's colours."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._advance = lru_cache(maxsize=8192)(self._measure)
        self._use_fonts()
        self._colours = lru_cache(maxsize=256)(self._make_colours)
        self._sections: Sequence[Section] = ()
        self._ratio = 1.0
        self.reference = 0
        """The sequence number of the time reference, 0 while there is none."""

        self.connection_colours: Mapping[str, str] = {}
        """Names of colours by names of connections."""

    def _use_fonts(self) -> None:
        self._digits = digits_font()
        self._digit_metrics = QFontMetrics(self._digits)
        self._text = QApplication.font()
        self._metrics = QFontMetrics(self._text)
        self._digit_width = self._digit_metrics.horizontalAdvance("0")
        self._widest = self._metrics.horizontalAdvance("W")
        self._advance.cache_clear()
        self._images = RowImages()

    def _measure(self, text: str) -> int:
        """Return a text's width in pixels; wrapping Qt's own method makes it parse all its signatures, 20 ms."""
        return self._metrics.horizontalAdvance(text)

    def row_height(self) -> int:
        """Return the height of every row: the text and a little air, on the 4-pixel grid."""
        return (max(self._metrics.height(), self._digit_metrics.height()) + 5) // 4 * 4

    def width_for(self, column: ShownColumn) -> int:
        """Return a good first width of a column."""
        widest = max(self.width_of(column, text) for text in cells.examples(column))
        return min(_MAX_FIELD, widest) if column.field is not None else widest

    def width_of(self, column: ShownColumn, text: str) -> int:
        """Return the width that a cell with ``text`` needs."""
        metrics = self._digit_metrics if column in cells.FIXED_WIDTH else self._metrics
        return metrics.horizontalAdvance(text) + 2 * PADDING + (GUTTER - PADDING if column is Column.TIME else 0)

    # -- colours -------------------------------------------------------------------------------------------------

    def recolour(self) -> None:
        """Take the theme's colours and the application's fonts as they are now."""
        self._colours.cache_clear()
        self._use_fonts()

    def _make_colours(self, kind: RowKind, tint: int, selected: bool) -> tuple[QColor, QColor]:
        """Return the background and the text's colour of a row."""
        theme = self.theme
        if selected:
            palette, role = QApplication.palette(), QPalette.ColorRole
            return palette.color(role.Highlight), palette.color(role.HighlightedText)
        if kind is RowKind.GAP:
            background = theme.washed(theme.warn, 0.12)
            return background, readable_on(background, theme.warn, theme.text)
        background = theme.tints[tint]
        if kind is RowKind.INVALID:
            return background, readable_on(background, theme.bad, theme.tint_texts[tint])
        return background, theme.tint_texts[tint]

    # -- painting ------------------------------------------------------------------------------------------------

    def begin(self, sections: Sequence[Section], width: int, ratio: float) -> None:
        """Begin to paint the table; ``sections`` are the visible columns from left to right.

        ``ratio`` is that of the screen's pixels to logical ones.
        """
        colours = tuple(self.connection_colours.items())
        today = formats.day_of(int(time.time()))
        self._images.begin((tuple(sections), width, ratio, colours, today, time_format(), self.reference))
        self._sections, self._ratio = sections, ratio

    def paint(
        self,
        painter: QPainter,
        rect: QRect,
        row: Row,
        tint: int,
        offsets: Mapping[RelativeColumn, str] = NO_OFFSETS,
        *,
        selected: bool,
    ) -> None:
        """Paint one row into ``rect``; ``offsets`` are the texts of relative columns."""
        key = (row.sequence, tint, selected, tuple(offsets.values()))
        picture = self._images.find(key, row)
        if picture is None and not self._images.wanted(key, row):
            self._draw(painter, rect, row, tint, offsets, selected=selected)
            return
        if picture is None:
            picture = self._images.make(key, row, rect.size(), self._ratio, self.theme.base)
            on_picture = QPainter(picture)
            self._draw(on_picture, QRect(QPoint(0, 0), rect.size()), row, tint, offsets, selected=selected)
            on_picture.end()
        painter.drawPixmap(rect.topLeft(), picture)

    def _draw(
        self,
        painter: QPainter,
        rect: QRect,
        row: Row,
        tint: int,
        offsets: Mapping[RelativeColumn, str],
        *,
        selected: bool,
    ) -> None:
        background, ink = self._colours(row.kind, tint, selected)
        if selected or tint or row.kind is RowKind.GAP:
            painter.fillRect(rect, background)
        painter.setPen(ink)
        if row.kind is RowKind.GAP:
            self._paint_gap(painter, rect, row, ink, selected=selected)
        else:
            top, height = rect.top(), rect.height()
            for place, section in enumerate(self._sections):
                column = section[0]
                text = offsets.get(column, "") if isinstance(column, RelativeColumn) else cells.text(row, column)
                if text:
                    self._paint_cell(painter, section, top, height, text, GUTTER if place == 0 else PADDING)
        self._paint_sign(painter, rect, row, ink, selected=selected)

    def _paint_cell(self, painter: QPainter, section: Section, top: int, height: int, text: str, indent: int) -> None:
        """Draw a cell's text at its baseline: laying text out in a rectangle costs three times as much."""
        column, left, width = section
        start = left + indent
        if column is Column.CONNECTION and (colour := self.connection_colours.get(text)):
            painter.fillRect(QRect(start, top + 3, _BAR, height - 6), self.theme.swatch(colour))
            start += _BAR + PADDING // 2
        space = left + width - PADDING - start
        text = clip(text, max(1, space // _NARROWEST))  # what has no room is not measured: scripts are laid out slowly
        if column in cells.FIXED_WIDTH:
            painter.setFont(self._digits)
            metrics, needed = self._digit_metrics, len(text) * self._digit_width
        else:
            painter.setFont(self._text)
            metrics, needed = self._metrics, len(text) * self._widest
            needed = self._advance(text) if needed > space else needed
        if needed > space:
            text, needed = metrics.elidedText(text, _RIGHT_MODE, space), space
        if column in cells.NUMERIC:
            start += space - needed
        painter.drawText(start, top + (height - metrics.height()) // 2 + metrics.ascent(), text)

    def _paint_sign(self, painter: QPainter, rect: QRect, row: Row, ink: QColor, *, selected: bool) -> None:
        """Draw what a row is beside its text: a flag for a mark, a sign for a problem or a gap, and for a comment.

        A comment's sign stands at the row's end where there is another one.
        """
        name = "mark" if row.mark else {RowKind.INVALID: "error", RowKind.GAP: "gap"}.get(row.kind, "")
        if not name and row.sequence == self.reference:
            name = "time"
        size = ICON_SIZE - 4
        top, left = rect.top() + (rect.height() - size) // 2, rect.left() + 4
        if name:
            shade = self.theme.accent if row.mark and not selected else ink
            painter.drawPixmap(QPoint(left, top), self.theme.icons.pixmap(name, shade, size))
        if row.comment:
            shade = ink if selected else self.theme.accent
            at = rect.right() - size - 2 if name else left
            painter.drawPixmap(QPoint(at, top), self.theme.icons.pixmap("comment", shade, size))

    def _paint_gap(self, painter: QPainter, rect: QRect, row: Row, ink: QColor, *, selected: bool) -> None:
        """Draw a gap's line across the whole row."""
        span = f"{formats.clock_short(row.wall_ns)} – {formats.clock_short(row.until_ns)}"
        text = one_line(cells.gap_text(row))
        text += f"   ({one_line(row.connection)})" if row.connection else ""
        text = clip(text, max(1, rect.width() // _NARROWEST))
        painter.setFont(self._digits)
        inner = rect.adjusted(GUTTER, 0, -PADDING, 0)
        painter.drawText(inner, _LEFT, span)
        inner = inner.adjusted(self._digit_metrics.horizontalAdvance(span) + 2 * PADDING, 0, 0, 0)
        painter.setFont(self._text)
        painter.drawText(inner, _LEFT, self._metrics.elidedText(text, _RIGHT_MODE, inner.width()))
        used = inner.left() + self._metrics.horizontalAdvance(text) + PADDING
        if used < rect.right() - PADDING and not selected:
            line = QColor(ink)
            line.setAlpha(90)
            painter.fillRect(QRect(used, rect.center().y(), rect.right() - PADDING - used, 1), line)
