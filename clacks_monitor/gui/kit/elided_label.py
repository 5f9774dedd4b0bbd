"""A line of text that never asks for more width than it is given: what has no room ends in dots.

Owner: its parent. Thread: the window's.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.tool_tips import plain_tip


class ElidedLabel(PlainLabel):
    """Its text() is the whole text, and so is its tooltip."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.setText(text)
        self.setToolTip(plain_tip(text))

    def shown(self) -> str:
        """Return what there is room for."""
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.contentsRect().width())

    @override
    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        area, role = self.contentsRect(), self.foregroundRole()
        alignment = int(self.alignment().value)
        self.style().drawItemText(painter, area, alignment, self.palette(), self.isEnabled(), self.shown(), role)
        painter.end()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
