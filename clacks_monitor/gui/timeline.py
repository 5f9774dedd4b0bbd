"""The timeline: events per second over the last minutes, coloured by profile; dragging selects a span of time.

Owner: the main window. Thread: the window's. It counts what is shown as it is told; nothing is read from the capture.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from clacks_monitor.gui import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.theme import Theme

SECONDS = 600
_BAR = 4
_GAP = 1
_FOOT = 16
_HEAD = 4


class Timeline(QWidget):
    """``span_chosen`` carries two wall clock times in nanoseconds."""

    span_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._buckets: dict[int, int] = {}
        self._now = 0
        self._pressed: int | None = None
        self._at: int | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(48)
        self.setAccessibleName(self.tr("Timeline"))
        self.setAccessibleDescription(self.tr("Events per second; drag to go to a span of time."))

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 64)

    def clear(self) -> None:
        """Forget everything."""
        self._buckets.clear()
        self.update()

    def load(self, rates: Sequence[tuple[int, int]], now_ns: int) -> None:
        """Show (start of a second in ns, events in it) up to a time."""
        self._buckets = {start // formats.NS: count for start, count in rates}
        self._now = now_ns // formats.NS
        self.update()

    def add(self, count: int, now_ns: int) -> None:
        """Count events that have arrived just now, and move on to the present."""
        second = now_ns // formats.NS
        if count:
            self._buckets[second] = self._buckets.get(second, 0) + count
        if second != self._now or count:
            self._now = second
            for old in [s for s in self._buckets if s < second - SECONDS]:
                del self._buckets[old]
            self.update()

    # -- places --------------------------------------------------------------------------------------------------

    def _second_at(self, x: int) -> int:
        return self._now - (self.width() - 1 - x) // (_BAR + _GAP)

    def _left_of(self, second: int) -> int:
        return self.width() - (self._now - second + 1) * (_BAR + _GAP)

    # -- painting ------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.base)
        height = self.height() - _FOOT - _HEAD
        top = max(self._buckets.values(), default=0)
        self._paint_scale(painter)
        first = self._second_at(0)
        for second, count in self._buckets.items():
            if second >= first and count:
                tall = max(2, round(height * count / top))
                bar = QRect(self._left_of(second), _HEAD + height - tall, _BAR, tall)
                painter.fillRect(bar, self._theme.accent)
        if top:
            painter.setPen(self._theme.muted)
            painter.drawText(QPoint(8, _HEAD + 12), self.tr("%1 a second").replace("%1", formats.number(top)))
        self._paint_span(painter)
        painter.end()

    def _paint_scale(self, painter: QPainter) -> None:
        if self._theme is None or not self._now:
            return
        floor = self.height() - _FOOT
        painter.fillRect(QRect(0, floor, self.width(), 1), self._theme.line)
        for second in range(self._second_at(0) // 60 * 60, self._now + 1, 60):
            x = self._left_of(second)
            painter.fillRect(QRect(x, floor, 1, 4), self._theme.line)
            painter.setPen(self._theme.muted)
            painter.drawText(QPoint(x + 4, self.height() - 3), formats.clock_short(second * formats.NS)[:5])

    def _paint_span(self, painter: QPainter) -> None:
        if self._pressed is None or self._at is None or self._theme is None:
            return
        low, high = sorted((self._pressed, self._at))
        shade = QColor(self._theme.accent)
        shade.setAlpha(60)
        left = self._left_of(low)
        painter.fillRect(QRect(left, 0, self._left_of(high + 1) - left, self.height() - _FOOT), shade)

    # -- the pointer ---------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._now:
            self._pressed = self._at = self._second_at(event.position().toPoint().x())
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        second = self._second_at(event.position().toPoint().x())
        if self._pressed is not None:
            self._at = second
            self.update()
        if self._now:
            words = f"{formats.clock_short(second * formats.NS)}: {formats.number(self._buckets.get(second, 0))}"
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pressed is None or self._at is None:
            return
        low, high = sorted((self._pressed, self._at))
        self._pressed = self._at = None
        self.update()
        self.span_chosen.emit(low * formats.NS, (high + 1) * formats.NS)
