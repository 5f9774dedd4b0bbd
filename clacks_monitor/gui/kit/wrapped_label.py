"""A text over as many lines as it needs, up to a few: its height follows its width.

A label that wraps tells no splitter how high it will be, and what is below would overlap it. Owner: its parent.
Thread: the window's.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.tool_tips import plain_tip

MAX_CHARACTERS = 600
MAX_LINES = 4
"""What goes beyond is in the tooltip."""


class WrappedLabel(PlainLabel):
    """Its text is bounded by MAX_CHARACTERS; the tooltip has more."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, limit=MAX_CHARACTERS)
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.setText(text)
        self.setToolTip(plain_tip(text))
        self._fit(self.width())

    def _fit(self, width: int) -> None:
        metrics = QFontMetrics(self.font())
        room = QRect(0, 0, max(width, 1), MAX_LINES * metrics.lineSpacing())
        flags = int(Qt.TextFlag.TextWordWrap.value)
        needed = metrics.boundingRect(room, flags, self.text()).height()
        self.setFixedHeight(max(metrics.lineSpacing(), min(needed, room.height())))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(event.size().width())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
