"""Labels: their text is never markup, is bounded, and never widens the window. Use no QLabel beside them.

Owner: their parents. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize
from PySide6.QtGui import QGuiApplication, Qt
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import MAX_TEXT, breakable, paragraph

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent

MAX_WIDTH = 120
"""The most that a label asks for, in average characters."""


class PlainLabel(QLabel):
    """A label that shows its text as it is. A text that was cut can be copied whole from the context menu.

    A lone ``&`` is an access key only where there is a buddy, as everywhere in Qt.
    """

    def __init__(self, parent: QWidget | None = None, text: str = "", limit: int = MAX_TEXT) -> None:
        super().__init__(parent)
        self._limit = limit
        self._whole = ""
        super().setTextFormat(Qt.TextFormat.PlainText)
        if text:
            self.setText(text)

    @property
    def whole(self) -> str:
        """What was to be shown; text() is what is."""
        return self._whole

    @override
    def setText(self, text: str) -> None:
        self._whole = text
        shown = paragraph(text, self._limit)
        # What can be selected is copied as it stands there, so it has to be without characters of our own.
        if self.wordWrap() and not self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            shown = breakable(shown)
        super().setText(shown)

    @override
    def setWordWrap(self, on: bool) -> None:
        super().setWordWrap(on)
        if self._whole:
            self.setText(self._whole)

    @override
    def setTextFormat(self, format: Qt.TextFormat) -> None:
        if format is not Qt.TextFormat.PlainText:
            raise ValueError("a PlainLabel shows plain text only")

    @override
    def sizeHint(self) -> QSize:
        return self._bounded(super().sizeHint())

    @override
    def minimumSizeHint(self) -> QSize:
        return self._bounded(super().minimumSizeHint())

    def _bounded(self, hint: QSize) -> QSize:
        return hint.boundedTo(QSize(MAX_WIDTH * self.fontMetrics().averageCharWidth(), hint.height()))

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if len(self._whole) <= self._limit:
            super().contextMenuEvent(event)
            return
        menu = QMenu(self)
        copy = menu.addAction(QCoreApplication.translate("PlainLabel", "Copy the whole text"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(self._whole))
        menu.exec(event.globalPos())
        menu.deleteLater()
