"""A picture over the timeline's span: its axis, its selection, and what keys and the mouse do.

Owner: a pane above the timeline. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.tool_tips import plain_tip
from clacks_monitor.gui.timeline.time_scale import BAR, TimeScale

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.timeline.time_selection import Span
    from clacks_monitor.gui.timeline.timeline import Timeline

_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}
_LINES: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class TimePlot(QWidget):
    """The base of what is painted above the timeline. ``row_wanted`` carries the number of an event that was chosen.

    A subclass says what is at a pixel and what keys move to, by the methods that raise NotImplementedError here.
    """

    row_wanted = Signal(int)
    resized = Signal()

    def __init__(self, theme: Theme, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._timeline = theme, timeline
        self._pressed: QPoint | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        timeline.selection.changed.connect(self.update)

    @property
    def scale(self) -> TimeScale:
        """The timeline's scale in this widget's width: both end at the same time, at the right."""
        whole = self._timeline.scale
        bars = max(1, self.width() // BAR)
        return TimeScale(whole.to_ns - bars * whole.bucket_ns, whole.bucket_ns, bars)

    @property
    def selected_span(self) -> Span | None:
        """The span of time that is being selected, or is in the table."""
        selection = self._timeline.selection
        return selection.selected(self._timeline.scale) or selection.span

    # -- what a subclass knows -----------------------------------------------------------------------------------

    def point_at(self, at: QPointF, tip_at: Callable[[], QPoint]) -> None:
        """Choose what is at a pixel, if anything is, and say what it is."""
        raise NotImplementedError

    def move_by(self, along: int, across: int) -> None:
        """Choose what is so many steps along the time, or across the lines."""
        raise NotImplementedError

    def open_at(self, at: QPointF) -> None:
        """Show the events of what is at a pixel."""
        raise NotImplementedError

    def open_chosen(self) -> bool:
        """Show the events of what is chosen; return whether anything is."""
        raise NotImplementedError

    def describe(self, here: str, keys: str, tip_at: Callable[[], QPoint] | None = None) -> None:
        """Describe what is chosen, and what ``keys`` do."""
        self.setAccessibleDescription(spoken(f"{here}. {keys}" if here else keys))
        if tip_at is not None:
            QToolTip.showText(tip_at(), plain_tip(here), self)

    # -- what the user does --------------------------------------------------------------------------------------

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position().toPoint()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at, selection = event.position(), self._timeline.selection
        if self._pressed is None:
            self.point_at(at, lambda: event.globalPosition().toPoint())
        elif abs(at.x() - self._pressed.x()) >= BAR:
            selection.begin(_bar_at(self._timeline.scale, self.scale, self._pressed.x()))
            selection.extend(_bar_at(self._timeline.scale, self.scale, at.x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        moved = abs(event.position().x() - self._pressed.x()) >= BAR
        self._pressed = None
        if moved:
            self._timeline.selection.choose(self._timeline.scale)
        else:
            self.open_at(event.position())

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        del event
        self._timeline.selection.reset()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._timeline.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _STEPS or key in _LINES:
            self.move_by(_STEPS.get(key, 0), _LINES.get(key, 0))
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.open_chosen():
            return
        elif key is Qt.Key.Key_Escape:
            self._timeline.selection.reset()
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Minus}:
            self._timeline.zoomed.emit(1 if key is Qt.Key.Key_Plus else -1)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()


def _bar_at(whole: TimeScale, scale: TimeScale, x: float) -> int:
    """Return the timeline's bar that is above a pixel of a plot with ``scale``."""
    return max(0, min(whole.count - 1, whole.bar_of(scale.start_of(int(x) // BAR))))
