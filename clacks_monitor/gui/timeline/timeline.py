"""The timeline: events over time, coloured by profile; dragging over it shows only that span of time.

The widget reacts to the mouse and the keyboard; its owner sets what it shows. Behind the coloured bars of what is shown
stand the muted ones of everything. Owner: the main window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.timeline.bar_painter import BarPainter
from clacks_monitor.gui.timeline.bar_texts import bar_text
from clacks_monitor.gui.timeline.time_scale import BAR, NS, Stack, TimeScale, highest
from clacks_monitor.gui.timeline.time_selection import Span, TimeSelection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.gui.kit.theme import Theme

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


class Timeline(QWidget):
    """``zoomed`` carries 1 for nearer and -1 for farther; ``shown`` comes after bars, scale or gaps have changed."""

    zoomed = Signal(int)
    resized = Signal()
    shown = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.scale = TimeScale(0, NS, 1)
        self.stacks: Sequence[Stack] = ()
        self._gaps: Sequence[Span] = ()
        self._open_gaps: Sequence[Span] = ()
        self.gaps: Sequence[Span] = ()
        self.selection = TimeSelection(self)
        self.selection.changed.connect(self.update)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(48)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Timeline"))
        self._describe()
        theme.changed.connect(self.update)

    @override
    def sizeHint(self) -> QSize:
        return QSize(600, 64)

    def clear(self) -> None:
        """Forget everything but the gaps that are open."""
        self.stacks = ()
        self.show_gaps(gaps=())
        self.selection.clear()

    def show_bars(self, scale: TimeScale, stacks: Sequence[Stack]) -> None:
        """Show these bars, ``scale.count`` of them; only those that are others are painted."""
        before, self.stacks = self.stacks, stacks
        if (scale, highest(before)) != (self.scale, highest(stacks)) or len(before) != len(stacks):
            self.scale = scale
            self.update()
        else:
            for bar, (old, new) in enumerate(zip(before, stacks, strict=True)):
                if old != new:
                    self.update(scale.left_of(bar), 0, BAR, self.height())
        self.shown.emit()

    def show_gaps(self, *, gaps: Sequence[Span] | None = None, open_gaps: Sequence[Span] | None = None) -> None:
        """Shade these times: those of the capture, and those that are not over; None leaves them as they are."""
        self._gaps = self._gaps if gaps is None else gaps
        self._open_gaps = self._open_gaps if open_gaps is None else open_gaps
        both = [*self._gaps, *self._open_gaps]
        if both != self.gaps:
            self.gaps = both
            self.update()
            self.shown.emit()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            bars = BarPainter(self._theme, painter, self.scale, self.size(), event.rect())
            bars.paint_bars(self.stacks, self.gaps)
            span = self.selection.selected(self.scale) or self.selection.span
            if span is not None:
                bars.paint_span(span)
            if self.hasFocus() and self.selection.cursor is not None:
                bars.paint_cursor(self.selection.cursor)

    @Slot()
    def _describe(self) -> None:
        text = self.tr("Events over time. Arrow keys move the cursor, Shift selects, Enter shows only the selection.")
        cursor = self.selection.cursor
        if cursor is not None and cursor < len(self.stacks):
            text = f"{bar_text(self.scale, self.stacks, cursor, self.gaps)}. {text}"
        self.setAccessibleDescription(spoken(text))

    # -- choosing ------------------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.stacks:
            self.selection.begin(self.scale.bar_at(event.position().toPoint().x()))

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        bar = self.scale.bar_at(event.position().toPoint().x())
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.selection.extend(bar)
        if self.stacks:
            self._show_tip(bar, event.globalPosition().toPoint())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.selection.choose(self.scale)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self.selection.reset()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS:
            select = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            bar = self.selection.move(_STEPS[key], self.scale.count, select=select)
            self._describe()
            self._show_tip(bar, self.mapToGlobal(QPoint(self.scale.left_of(bar), 0)))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.selection.cursor is not None:
            self.selection.choose_cursor(self.scale)
        elif key is Qt.Key.Key_Escape:
            self.selection.reset()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self.zoomed.emit(1 if key is Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    def _show_tip(self, bar: int, at: QPoint) -> None:
        QToolTip.showText(at, plain_tip(bar_text(self.scale, self.stacks, bar, self.gaps)), self)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()
