"""Editors whose value is text: one line, several lines, raw XML.

Owner: the form's rows. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from typing_extensions import override

from clacks_monitor.gui.compose.editors.base import ValueEditor
from clacks_monitor.gui.kit.theme import digits_font

if TYPE_CHECKING:
    from collections.abc import Iterable

MIN_LINES, MAX_LINES = 3, 12


class LineEditor(ValueEditor):
    """One line of text. A text with line breaks is kept until it is edited; a line edit shows them as signs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit(self)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)
        self.row.addWidget(self.line)
        self._value = ""
        self.line.textEdited.connect(self._edited)
        self.watch_focus(self.line)

    def _edited(self, text: str) -> None:
        self._value = text
        self.edited.emit(text)

    @override
    def text(self) -> str:
        return self._value

    @override
    def set_text(self, text: str) -> None:
        self._value = text
        if text != self.line.text():
            self.line.setText(text)

    @override
    def targets(self) -> Iterable[QWidget]:
        return (self.line,)

    @override
    def set_hint(self, hint: str) -> None:
        self.line.setPlaceholderText(hint)

    def change(self, text: str) -> None:
        """Set a value on the user's behalf: a button of the editor was pressed."""
        self.set_text(text)
        self.edited.emit(text)


class GrowingText(QPlainTextEdit):
    """A text that is as high as its lines, within bounds. Tab leaves it: a form is walked through by Tab."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.document().blockCountChanged.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        lines = min(max(self.blockCount(), MIN_LINES), MAX_LINES)
        margins = self.contentsMargins()
        height = QFontMetricsF(self.font()).lineSpacing() * lines + 2 * self.document().documentMargin()
        self.setFixedHeight(round(height) + margins.top() + margins.bottom() + 2 * self.frameWidth())

    @override
    def sizeHint(self) -> QSize:
        return QSize(240, self.height())


class MultilineEditor(ValueEditor):
    """Several lines of text; ``code`` shows them in the fixed font, without wrapping."""

    def __init__(self, parent: QWidget | None = None, *, code: bool = False) -> None:
        super().__init__(parent)
        self.area = GrowingText(self)
        if code:
            self.area.setFont(digits_font())
            self.area.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self.column.addWidget(self.area)
        self.area.textChanged.connect(self._changed)
        self.watch_focus(self.area)

    def _changed(self) -> None:
        self.edited.emit(self.area.toPlainText())

    @override
    def text(self) -> str:
        return self.area.toPlainText()

    @override
    def set_text(self, text: str) -> None:
        if text != self.area.toPlainText():
            with QSignalBlocker(self.area):
                self.area.setPlainText(text)

    @override
    def targets(self) -> Iterable[QWidget]:
        return (self.area,)

    @override
    def set_hint(self, hint: str) -> None:
        self.area.setPlaceholderText(hint)

    def change(self, text: str) -> None:
        """Set a value on the user's behalf: a button of the editor was pressed."""
        self.set_text(text)
        self.edited.emit(text)
