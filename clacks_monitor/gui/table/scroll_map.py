"""The table's scroll bar with a map of the whole table on it: matches, marks and gaps, however many rows there are.

What it costs depends on the bar's height, not on the number of rows: each pixel asks whether its rows have any.
Owner: the event table. Thread: the window's.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget
from typing_extensions import override

from clacks_monitor.gui.table.match_set import MatchSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.table.event_model import EventModel

REDRAW_MS = 200
TICK = 2
_FEW = 5_000


class ScrollMap(QScrollBar):
    """A vertical scroll bar; show_matches(), show_marks() and show_gaps() set what is on the map."""

    def __init__(self, model: EventModel, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model, self._theme = model, theme
        self._matches = MatchSet()
        self._marks: Sequence[int] = ()
        self._gaps: Sequence[int] = ()
        self._ticks: tuple[frozenset[int], ...] = (frozenset(), frozenset(), frozenset())
        self._timer = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._timer.timeout.connect(self.draw)
        theme.changed.connect(self._stay_opaque)
        for changed in (model.rowsInserted, model.modelReset, model.layoutChanged):
            changed.connect(self._draw_soon)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stay_opaque()

    @Slot()
    def _stay_opaque(self) -> None:
        """Save the painting of all that is below; Qt's style sheets forget it whenever they come."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_matches(self, matches: MatchSet) -> None:
        """Show what was found."""
        self._matches = matches
        self._draw_soon()

    def show_marks(self, sequences: Sequence[int]) -> None:
        """Show the marked entries (sequence numbers, ascending)."""
        self._marks = sequences
        self._draw_soon()

    def show_gaps(self, sequences: Sequence[int]) -> None:
        """Show the gaps (sequence numbers, ascending)."""
        self._gaps = sequences
        self._draw_soon()

    @Slot()
    def _draw_soon(self) -> None:
        if not self._timer.isActive() and (len(self._matches) or self._marks or self._gaps or any(self._ticks)):
            self._timer.start()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw_soon()

    # -- the map -------------------------------------------------------------------------------------------------

    def _groove(self) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        return self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar, option, QStyle.SubControl.SC_ScrollBarGroove, self
        )

    @property
    def ticks(self) -> tuple[frozenset[int], ...]:
        """The pixels, counted from the top of the bar's groove, that have matches, marks, gaps."""
        return self._ticks

    @Slot()
    def draw(self) -> None:
        """Work out the map."""
        self._timer.stop()
        height, count = max(1, self._groove().height()), self._model.rowCount()
        if not count:
            self._ticks = (frozenset(), frozenset(), frozenset())
        elif self._model.store.order is not None:
            self._ticks = tuple(self._placed(s, height, count) for s in self._few())
        else:
            self._ticks = self._by_pixel(height, count)
        self.update()

    def _few(self) -> tuple[Sequence[int], ...]:
        return self._matches.sampled(_FEW), self._marks[:_FEW], self._gaps[:_FEW]

    def _placed(self, sequences: Sequence[int], height: int, count: int) -> frozenset[int]:
        """Return the pixels of entries in a table that is in a column's order: looked up one by one."""
        positions = map(self._model.store.position_of, sequences)
        return frozenset(position * height // count for position in positions if position >= 0)

    def _by_pixel(self, height: int, count: int) -> tuple[frozenset[int], ...]:
        """Return the pixels whose rows have any, in a table that is in the order of arrival."""
        store = self._model.store
        found: tuple[set[int], set[int], set[int]] = (set(), set(), set())
        pixels = range(min(height, count))
        scale = len(pixels)
        for pixel in pixels:
            first, last = pixel * count // scale, (pixel + 1) * count // scale - 1
            ends = (store.sequence_at(first), store.sequence_at(last))
            low, high = min(ends), max(ends) + 1
            at = pixel * height // scale
            if self._matches.count_between(low, high):
                found[0].add(at)
            for kind, sequences in ((1, self._marks), (2, self._gaps)):
                if bisect_left(sequences, high) > bisect_left(sequences, low):
                    found[kind].add(at)
        return tuple(frozenset(pixels) for pixels in found)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not any(self._ticks):
            return
        groove = self._groove()
        painter = QPainter(self)
        third = max(2, (groove.width() - 4) // 3)
        colours = (self._theme.warn, self._theme.accent, self._theme.bad)
        for column, (pixels, colour) in enumerate(zip(self._ticks, colours, strict=True)):
            left = groove.left() + 2 + column * third
            for pixel in pixels:
                painter.fillRect(QRect(left, groove.top() + pixel, third, TICK), colour)
        painter.end()
