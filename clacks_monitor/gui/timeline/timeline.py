"""The timeline: events over time, coloured by profile; dragging over it shows only that span of time.

The widget paints and reacts to the mouse; its owner sets what it shows. Behind the coloured bars of what is shown
stand the muted ones of everything. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from clacks_monitor.core.colours import COLOURS
from clacks_monitor.gui.kit import formats
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.timeline.time_scale import BAR, TimeScale

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.theme import Theme

_FOOT, _HEAD = 16, 4
_LABEL_PX = 100
_DAY_NS = 86_400 * formats.NS
Stack = tuple[int, ...]
"""A bar: all entries, then those that are shown by the index of their tint in COLOURS."""


def _highest(stacks: Sequence[Stack]) -> int:
    return max((stack[0] for stack in stacks), default=0)


class Timeline(QWidget):
    """``span_chosen`` carries two wall clock times in nanoseconds, ``zoomed`` 1 for nearer and -1 for farther."""

    span_chosen = Signal(object, object)
    span_cleared = Signal()
    zoomed = Signal(int)
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self.scale = TimeScale(0, formats.NS, 1)
        self._stacks: Sequence[Stack] = ()
        self._span: tuple[int, int] | None = None
        self._pressed: int | None = None
        self._cursor: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(48)
        self.setAccessibleName(self.tr("Timeline"))
        self._describe()

    def set_up(self, theme: Theme) -> None:
        """Give it colours; to be called once."""
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 64)

    def clear(self) -> None:
        """Forget everything."""
        self._stacks, self._span, self._pressed, self._cursor = (), None, None, None
        self.update()

    def show_bars(self, scale: TimeScale, stacks: Sequence[Stack]) -> None:
        """Show these bars, ``scale.count`` of them; only those that are others are painted."""
        before, self._stacks = self._stacks, stacks
        if (scale, _highest(before)) != (self.scale, _highest(stacks)) or len(before) != len(stacks):
            self.scale = scale
            self.update()
            return
        for bar, (old, new) in enumerate(zip(before, stacks, strict=True)):
            if old != new:
                self.update(scale.left_of(bar), 0, BAR, self.height())

    def show_span(self, span: tuple[int, int] | None) -> None:
        """Show that only this span of time is in the table, None for all times."""
        self._span = span
        self.update()

    @property
    def stacks(self) -> Sequence[Stack]:
        """The bars that are shown."""
        return self._stacks

    # -- painting ------------------------------------------------------------------------------------------------

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._theme is None:
            return
        painter, area = QPainter(self), event.rect()
        painter.fillRect(area, self._theme.base)
        self._paint_scale(painter, area)
        top = _highest(self._stacks)
        if top:
            self._paint_bars(painter, area, top)
            self._paint_head(painter, top)
        else:
            painter.setPen(self._theme.muted)
            inner = self.rect().adjusted(0, 0, 0, -_FOOT)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter, self.tr("No events in this time"))
        self._paint_selection(painter)
        painter.end()

    def _colour(self, tint: int) -> QColor:
        if self._theme is None:
            return QColor()
        return self._theme.swatch(COLOURS[tint]) if tint else self._theme.accent

    def _paint_bars(self, painter: QPainter, area: QRect, top: int) -> None:
        if self._theme is None:
            return
        height, floor = self.height() - _FOOT - _HEAD, self.height() - _FOOT
        muted = self._theme.washed(self._theme.muted, 0.35)
        first, last = self.scale.bar_at(area.left()), self.scale.bar_at(area.right())
        for bar, stack in enumerate(self._stacks[first : last + 1], first):
            if not stack[0]:
                continue
            left = self.scale.left_of(bar)
            tall = max(2, round(height * stack[0] / top))
            painter.fillRect(QRect(left, floor - tall, BAR - 1, tall), muted)
            below = floor
            for tint, count in enumerate(stack[1:]):
                if count:
                    part = max(1, round(height * count / top))
                    painter.fillRect(QRect(left, max(below - part, floor - tall), BAR - 1, part), self._colour(tint))
                    below -= part

    def _paint_head(self, painter: QPainter, top: int) -> None:
        if self._theme is None:
            return
        seconds = self.scale.bucket_ns // formats.NS
        text = self.tr("%1 per second") if seconds == 1 else self.tr("%1 in %2")
        text = text.replace("%1", formats.number(top)).replace("%2", formats.ago_short(seconds))
        width = painter.fontMetrics().horizontalAdvance(text) + 8
        painter.fillRect(QRect(4, _HEAD, width, painter.fontMetrics().height()), self._theme.base)
        painter.setPen(self._theme.muted)
        painter.drawText(QPoint(8, _HEAD + painter.fontMetrics().ascent()), text)

    def _paint_scale(self, painter: QPainter, area: QRect) -> None:
        if self._theme is None or not self.scale.from_ns:
            return
        floor = self.height() - _FOOT
        painter.fillRect(QRect(0, floor, self.width(), 1), self._theme.line)
        step = -(-_LABEL_PX // BAR)
        first = -(self.scale.from_ns // self.scale.bucket_ns) % step
        for bar in range(first, self.scale.count, step):
            x = self.scale.left_of(bar)
            if x > area.right() or x + step * BAR < area.left():
                continue
            painter.fillRect(QRect(x, floor, 1, 4), self._theme.line)
            label = self._label(self.scale.start_of(bar))
            if x + 4 + painter.fontMetrics().horizontalAdvance(label) < self.width():
                painter.setPen(self._theme.muted)
                painter.drawText(QPoint(x + 4, self.height() - 3), label)

    def _label(self, wall_ns: int) -> str:
        clock = formats.clock_short(wall_ns)
        if self.scale.bucket_ns * _LABEL_PX // BAR >= 60 * formats.NS:
            clock = clock[:5]
        if self.scale.to_ns - self.scale.from_ns > _DAY_NS:
            return f"{formats.short_day(wall_ns // formats.NS)} {clock}"
        return clock

    def _paint_selection(self, painter: QPainter) -> None:
        if self._theme is None:
            return
        chosen = self._dragged() or self._span
        if chosen is not None:
            # A span may lie far outside: beyond what a pixel's number can be.
            left, right = (max(-1, min(self.width() + 1, self.scale.left_of(self.scale.bar_of(t)))) for t in chosen)
            veil = QColor(self._theme.base)
            veil.setAlpha(170)
            floor = self.height() - _FOOT
            painter.fillRect(QRect(0, 0, max(0, left), floor), veil)
            painter.fillRect(QRect(right, 0, max(0, self.width() - right), floor), veil)
            shade = QColor(self._theme.accent)
            shade.setAlpha(40)
            painter.fillRect(QRect(left, 0, right - left, floor), shade)
            for edge in (left, right - 1):
                painter.fillRect(QRect(edge, 0, 1, floor), self._theme.accent)
        if self.hasFocus() and self._cursor is not None:
            x = self.scale.left_of(self._cursor)
            painter.fillRect(QRect(x, 0, BAR - 1, 2), self._theme.text)
            painter.fillRect(QRect(x, self.height() - _FOOT - 2, BAR - 1, 2), self._theme.text)

    def _dragged(self) -> tuple[int, int] | None:
        if self._pressed is None or self._cursor is None:
            return None
        low, high = sorted((self._pressed, self._cursor))
        return self.scale.start_of(low), self.scale.start_of(high + 1)

    # -- choosing ------------------------------------------------------------------------------------------------

    def _describe(self) -> None:
        text = self.tr("Events over time. Arrow keys move the cursor, Shift selects, Enter shows only the selection.")
        if self._cursor is not None and self._cursor < len(self._stacks):
            text = f"{self._range_text(self._cursor)}. {text}"
        self.setAccessibleDescription(spoken(text))

    def _range_text(self, bar: int) -> str:
        start = self.scale.start_of(bar)
        span = f"{self._label(start)} – {self._label(self.scale.start_of(bar + 1))}"
        if bar >= len(self._stacks):
            return span
        stack = self._stacks[bar]
        text = self.tr("%1: %2 shown of %3").replace("%1", span).replace("%2", formats.number(sum(stack[1:])))
        return text.replace("%3", formats.number(stack[0]))

    def _choose(self) -> None:
        chosen = self._dragged()
        self._pressed = None
        if chosen is not None:
            self.span_chosen.emit(*chosen)
        self.update()

    @Slot()
    def reset(self) -> None:
        """Show all times again."""
        if self._pressed is not None or self._span is not None:
            self._pressed = None
            self.span_cleared.emit()
            self.update()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._stacks:
            self._pressed = self._cursor = self.scale.bar_at(event.position().toPoint().x())
            self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self.scale.bar_at(event.position().toPoint().x())
        if event.buttons() & Qt.MouseButton.LeftButton and self._pressed is not None:
            self._cursor = bar
            self.update()
        if self._stacks:
            QToolTip.showText(event.globalPosition().toPoint(), plain_tip(self._range_text(bar)), self)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._pressed is not None:
            self._choose()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self.reset()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
        if key in steps:
            self._move(steps[key], select=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._cursor is not None:
            self._pressed = self._cursor if self._pressed is None else self._pressed
            self._choose()
        elif key is Qt.Key.Key_Escape:
            self.reset()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self.zoomed.emit(1 if key is Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    def _move(self, step: int, *, select: bool) -> None:
        here = self.scale.count - 1 if self._cursor is None else self._cursor
        self._pressed = (here if self._pressed is None else self._pressed) if select else None
        self._cursor = max(0, min(self.scale.count - 1, here + step))
        self._describe()
        place = self.mapToGlobal(QPoint(self.scale.left_of(self._cursor), 0))
        QToolTip.showText(place, plain_tip(self._range_text(self._cursor)), self)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
