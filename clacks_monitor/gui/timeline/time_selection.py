"""What is selected in the timeline: the bar of the cursor, the bars that are being selected, the span that is chosen.

Owner: the timeline. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from clacks_monitor.gui.timeline.time_scale import TimeScale

Span = tuple[int, int]
"""Two wall clock times in nanoseconds."""


class TimeSelection(QObject):
    """``span_chosen`` carries the two times of a span; ``changed`` comes with everything that is painted otherwise."""

    span_chosen = Signal(object, object)
    span_cleared = Signal()
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.span: Span | None = None
        self.cursor: int | None = None
        self._anchor: int | None = None

    def clear(self) -> None:
        """Forget everything."""
        self.span = self.cursor = self._anchor = None
        self.changed.emit()

    def show_span(self, span: Span | None) -> None:
        """Show that only this span of time is in the table, None for all times."""
        self.span = span
        self.changed.emit()

    def begin(self, bar: int) -> None:
        """Select one bar."""
        self._anchor = self.cursor = bar
        self.changed.emit()

    def extend(self, bar: int) -> None:
        """Select up to a bar, where a selection has begun."""
        if self._anchor is not None:
            self.cursor = bar
            self.changed.emit()

    def move(self, step: int, bars: int, *, select: bool) -> int:
        """Move the cursor within ``bars`` bars, at first from the last one; return the bar it is on."""
        here = bars - 1 if self.cursor is None else self.cursor
        self._anchor = (here if self._anchor is None else self._anchor) if select else None
        self.cursor = max(0, min(bars - 1, here + step))
        self.changed.emit()
        return self.cursor

    def selected(self, scale: TimeScale) -> Span | None:
        """Return the times of the bars that are being selected."""
        if self._anchor is None or self.cursor is None:
            return None
        low, high = sorted((self._anchor, self.cursor))
        return scale.start_of(low), scale.start_of(high + 1)

    def choose(self, scale: TimeScale) -> None:
        """Choose the bars that are being selected, if there are any."""
        chosen, self._anchor = self.selected(scale), None
        if chosen is not None:
            self.span_chosen.emit(*chosen)
        self.changed.emit()

    def choose_cursor(self, scale: TimeScale) -> None:
        """Choose the bars that are being selected, or that of the cursor."""
        self._anchor = self.cursor if self._anchor is None else self._anchor
        self.choose(scale)

    def reset(self) -> None:
        """Choose all times again."""
        if self._anchor is not None or self.span is not None:
            self._anchor = None
            self.span_cleared.emit()
            self.changed.emit()
