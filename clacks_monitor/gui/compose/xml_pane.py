"""The event as XML text: edited here, or following the form.

The form's changes are put in where the texts differ, so the cursor, the scrolling and the text's own undo stay.
Owner: the compose window. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.kit.xml_highlighter import XmlHighlighter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent

    from clacks_monitor.forms import ValidationIssue
    from clacks_monitor.gui.kit.theme import Theme

PARAGRAPH = "\u2029"
MARKS = 50
"""More problems than this are not underlined: the list has them all."""


class XmlPane(QPlainTextEdit):
    """``typed`` comes after each change that the user made here."""

    typed = Signal()
    entered = Signal()
    """The user came here: what is shown has to be up to date before the first key."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFont(digits_font())
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        XmlHighlighter(self.document(), theme)
        self._following = False
        self._true = ""
        self._shown = ""
        self._problems: Sequence[ValidationIssue] = ()
        self._line = 0
        self.textChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._following:
            shown = self._raw()
            self._true = merged(self._true, self._shown, shown)
            self._shown = shown
            self.typed.emit()

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.entered.emit()
        super().focusInEvent(event)

    def text(self) -> str:
        """Return the text; what was not edited has the line ends and spaces that it came with."""
        return self._true

    def _raw(self) -> str:
        """Return what is shown: not toPlainText(), which makes plain spaces of those that do not break."""
        return self.document().toRawText().replace(PARAGRAPH, "\n")

    def load(self, text: str) -> None:
        """Show another event's text."""
        self._following = True
        try:
            self.setPlainText(text)
            self._true, self._shown = text, self._raw()
        finally:
            self._following = False

    def follow(self, text: str) -> None:
        """Show what the form has become."""
        if text == self._true:
            return
        self._true = text
        old, text = self._shown, _as_shown(text)
        same = _common(old, text)
        rest = _common(old[same:][::-1], text[same:][::-1])
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(old[:same]))
        cursor.setPosition(_units(old[: len(old) - rest]), QTextCursor.MoveMode.KeepAnchor)
        self._following = True
        try:
            cursor.insertText(text[same : len(text) - rest])
            self._shown = self._raw()
        finally:
            self._following = False

    def show_problems(self, problems: Sequence[ValidationIssue]) -> None:
        """Underline where something is wrong."""
        self._problems = problems
        self._mark()

    def show_line(self, line: int) -> None:
        """Mark the line (from 1) of the field that is edited; 0 for none."""
        self._line = line
        self._mark()

    def _mark(self) -> None:
        placed = [problem for problem in self._problems[:MARKS] if problem.line]
        marks = [self._line_mark(self._line)] if self._line else []
        marks += [self._problem_mark(problem.line or 1, problem.column or 1) for problem in placed]
        self.setExtraSelections(marks)

    def _line_mark(self, line: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = self._cursor_at(line, 1)
        shown = QTextCharFormat()
        tint = QColor(self.palette().color(QPalette.ColorRole.Highlight))
        tint.setAlpha(36)
        shown.setBackground(tint)
        shown.setProperty(QTextCharFormat.Property.FullWidthSelection, True)
        mark.format = shown
        return mark

    def _problem_mark(self, line: int, column: int) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        cursor = self._cursor_at(line, column)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfLine, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor)
        shown = QTextCharFormat()
        shown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shown.setUnderlineColor(self._theme.bad)
        mark.cursor = cursor
        mark.format = shown
        return mark

    def _cursor_at(self, line: int, column: int) -> QTextCursor:
        block = self.document().findBlockByNumber(line - 1)
        cursor = QTextCursor(self.document())
        if not block.isValid():
            cursor.movePosition(QTextCursor.MoveOperation.End)
            return cursor
        cursor.setPosition(block.position() + min(_units(block.text()[: column - 1]), max(block.length() - 1, 0)))
        return cursor

    def go_to(self, line: int, column: int) -> None:
        """Put the cursor at a place (from 1) and the focus here."""
        self.setTextCursor(self._cursor_at(line, column))
        self.centerCursor()
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def merged(true: str, old: str, new: str) -> str:
    """Return ``true`` with the edit that made ``new`` of ``old``, which is how ``true`` was shown."""
    same = _common(old, new)
    rest = _common(old[same:][::-1], new[same:][::-1])
    places = _offsets(true)
    if len(places) != len(old) + 1:
        return new
    result = true[: places[same]] + new[same : len(new) - rest] + true[places[len(old) - rest] :]
    # A line feed typed behind a lone carriage return would make one line end of two.
    return result if _as_shown(result) == new else new


def _as_shown(text: str) -> str:
    """Return a text as the pane shows it: every line end is a line feed."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace(PARAGRAPH, "\n")


def _offsets(text: str) -> Sequence[int]:
    """Return where each shown character begins in a text, and its end: a line end of two signs is shown as one."""
    if "\r\n" not in text:
        return range(len(text) + 1)
    return [at for at, sign in enumerate(text) if sign != "\n" or at == 0 or text[at - 1] != "\r"] + [len(text)]


def _units(text: str) -> int:
    """Length in UTF-16 units: what Qt counts positions in."""
    return len(text) + sum(1 for sign in text if ord(sign) > 0xFFFF)  # end of the basic plane


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
