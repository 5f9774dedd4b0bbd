"""A number and a word in the status bar, painted plainly.

It changes every second, all day. A QLabel would lay out a rich text document each time, and would have the whole window
laid out anew, docks and all: half of what the window takes at rest. So this one paints two strings, and is only ever
given more room, which also keeps the numbers beside it where they are. Owner: the status bar. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.plain_text import spoken

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QMouseEvent, QPaintEvent

_MARGIN = 4
_AS_NOUGHTS = str.maketrans("123456789", "000000000")
"""Digits of one width: a number that only counts on never needs more room, whatever the font."""


class Counter(QWidget):
    """``activated`` comes with a click while it leads somewhere."""

    activated = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[tuple[str, QColor], ...] = ()
        self._leads = False
        self._needed, self._pattern = 0, ""

    def text(self) -> str:
        """Return what stands here."""
        return " ".join(text for text, _colour in self._parts if text)

    @property
    def leads(self) -> bool:
        """Whether a click leads somewhere."""
        return self._leads

    def show_texts(self, *parts: tuple[str, QColor], leads: bool = False) -> None:
        """Show texts, each in its colour, with a space between them."""
        if (parts, leads) == (self._parts, self._leads):
            return
        self._parts = parts
        if leads is not self._leads:
            self._leads = leads
            self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        text = self.text()
        self.setAccessibleDescription(spoken(text))
        pattern = text.translate(_AS_NOUGHTS)
        if pattern != self._pattern:
            self._pattern = pattern
            self._make_room(self._needed)
        self.update()

    def _make_room(self, at_least: int) -> None:
        needed = max(at_least, self.fontMetrics().horizontalAdvance(self._pattern) + 2 * _MARGIN)
        if needed != self._needed:
            self._needed = needed
            self.setFixedWidth(needed)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._make_room(0)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        metrics, left = self.fontMetrics(), _MARGIN
        baseline = (self.height() - metrics.height()) // 2 + metrics.ascent()
        painter = QPainter(self)
        for text, colour in self._parts:
            painter.setPen(colour)
            painter.drawText(left, baseline, text)
            left += metrics.horizontalAdvance(f"{text} ")
        painter.end()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._leads and inside and event.button() is Qt.MouseButton.LeftButton:
            self.activated.emit()
        else:
            super().mouseReleaseEvent(event)
