"""A text edit for queries: colours, an underlined error, completion. One line in the filter bar, many in the editor.

Owner: the filter bar or the filter editor. Thread: the window's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget
from typing_extensions import override

from clacks_monitor.gui.kit.text_units import units
from clacks_monitor.gui.kit.theme import digits_font

if TYPE_CHECKING:
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QTextEdit

    from clacks_monitor.gui.kit.theme import Theme
    from clacks_monitor.gui.query.completion import Completer, CompletionPopup
    from clacks_monitor.gui.query.query_highlighter import QueryHighlighter
    from clacks_monitor.xquery.errors import QueryError


LONG_TEXT = 5_000
"""Characters from which on a text is shown without colours: they take longer than a frame."""
MAX_TEXT = 100_000
"""Characters of a query, see clacks_monitor.xquery. One more is taken, so that checking says that it is too long."""
MAX_LINES = 20_000
"""Lines of a query, likewise."""
MANY_MARKS = 1_000
"""Combining characters from which on a long text is shown in one font only: Qt looks for each in several fonts."""
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")


def _beginning(text: str) -> str:
    """Return as much of a text as is taken."""
    text = text[: MAX_TEXT + 1]
    return text if text.count("\n") < MAX_LINES else "\n".join(text.split("\n", MAX_LINES + 1)[: MAX_LINES + 1])


class QueryEdit(QPlainTextEdit):
    """``edited`` comes when the user changes the text, not when a program does."""

    edited = Signal(str)
    apply_wanted = Signal()
    revert_wanted = Signal()
    history_wanted = Signal(int)
    """-1 for older, 1 for newer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFont(digits_font())
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self._theme: Theme | None = None
        self._popup: CompletionPopup | None = None
        self._highlighter: QueryHighlighter | None = None
        self._long = self._one_font = False
        self._loading = False
        self._error: QueryError | None = None
        self.textChanged.connect(self._changed)

    def _prepare(self, length: int, added: str) -> None:
        """Get ready to hold a text of ``length`` characters, ``added`` among them: Qt lays it out as it comes in."""
        self._loading = True  # another font and the end of the highlighter count as changes of the text
        self._fit(length, added)
        self._loading = False

    def _fit(self, length: int, added: str = "") -> None:
        """Show a text of ``length`` characters, ``added`` among them, so that laying it out takes a bounded time.

        A long text has one colour, and is broken wherever a line is full: looking for words takes a time that grows
        with the square of their length.
        """
        long = length > LONG_TEXT
        self._use_one_font(on=long and (self._one_font or len(_MARKS.findall(added)) > MANY_MARKS))
        if long == self._long:
            return
        self._long = long
        wrap = QTextOption.WrapMode.WrapAnywhere if long else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        if self.lineWrapMode() is not QPlainTextEdit.LineWrapMode.NoWrap:
            self.setWordWrapMode(wrap)
        self._colour()

    def _use_one_font(self, *, on: bool) -> None:
        """Show what the font does not have as boxes, or look for it in other fonts."""
        if on is not self._one_font:
            self._one_font = on
            font, strategies = self.font(), QFont.StyleStrategy
            font.setStyleStrategy(strategies.NoFontMerging if on else strategies.PreferDefault)
            self.setFont(font)

    def _colour(self) -> None:
        """Have a short text coloured, and a long one not; taking the document away from its highlighter crashes."""
        from clacks_monitor.gui.query.query_highlighter import QueryHighlighter  # see set_up()

        if self._highlighter is None and self._theme is not None and not self._long:
            self._highlighter = QueryHighlighter(self.document(), self._theme)
        elif self._highlighter is not None and self._long:
            shiboken6.delete(self._highlighter)
            self._highlighter = None

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self._insert(source.text())

    def _insert(self, text: str) -> None:
        space = max(0, MAX_TEXT + 1 - self.document().characterCount() + len(self.textCursor().selectedText()) + 1)
        text = _beginning(text[:space])
        self._prepare(self.document().characterCount() + len(text), text)
        self.insertPlainText(text)
        self.ensureCursorVisible()

    def set_up(self, theme: Theme, completer: Completer) -> None:
        """Give the edit its colours and its words; to be called once.

        Until then it takes what is typed, in one colour: the window's first frame does without the query language.
        """
        from clacks_monitor.gui.query.completion import CompletionPopup  # see above

        self._theme = theme
        self._colour()
        self._popup = CompletionPopup(self, completer)

    @Slot()
    def _changed(self) -> None:
        if not self._loading:
            self._fit(self.document().characterCount())
            self.edited.emit(self.toPlainText())

    def load(self, text: str) -> None:
        """Show a text that was not typed here; undo can take it back. Of one that is too long, it is the beginning."""
        text = _beginning(text)
        if text == self.toPlainText():
            return
        self._prepare(len(text), text)
        self._loading = True
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._loading = False
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.ensureCursorVisible()

    # -- errors --------------------------------------------------------------------------------------------------

    def show_error(self, error: QueryError | None) -> None:
        """Underline where an error is; None takes the underline away."""
        self._error = error
        self.setExtraSelections([] if error is None else [self._underline(error)])

    def _underline(self, error: QueryError) -> QTextEdit.ExtraSelection:
        from PySide6.QtWidgets import QTextEdit  # the window's first frame has no errors

        mark = QTextEdit.ExtraSelection()
        shown = QTextCharFormat()
        shown.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        shown.setUnderlineColor(self._theme.bad if self._theme else self.palette().color(QPalette.ColorRole.Text))
        mark.cursor = self._word_at(self._place(error))
        mark.format = shown
        return mark

    def _place(self, error: QueryError) -> int:
        """Return the position of an error in UTF-16 units; lines and columns count from 1, in code points."""
        block = self.document().findBlockByNumber((error.line or 1) - 1)
        if not block.isValid():
            return self.document().characterCount() - 1
        return block.position() + min(units(block.text()[: (error.column or 1) - 1]), block.length() - 1)

    def _word_at(self, position: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(min(position, self.document().characterCount() - 1))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor)
        if not cursor.selectedText().strip("\u2029 "):
            cursor.setPosition(position)
            cursor.movePosition(QTextCursor.MoveOperation.PreviousWord, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def go_to_error(self) -> None:
        """Put the cursor where the error is."""
        if self._error is not None:
            cursor = self.textCursor()
            cursor.setPosition(self._place(self._error))
            self.setTextCursor(cursor)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def tint(self, colour: QColor) -> None:
        """Colour the background by the state of the filter."""
        palette = self.palette()
        if palette.color(QPalette.ColorRole.Base) != colour:
            palette.setColor(QPalette.ColorRole.Base, colour)
            self.setPalette(palette)

    # -- keys ----------------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup is not None and self._popup.takes_key(event):
            return
        key, modifiers = event.key(), event.modifiers()
        control = modifiers == Qt.KeyboardModifier.ControlModifier
        alt = modifiers == Qt.KeyboardModifier.AltModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._applies(modifiers):
            self.apply_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.revert_wanted.emit()
        elif alt and key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.history_wanted.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif control and key == Qt.Key.Key_Space and self._popup is not None:
            self._popup.ask(wanted=True)
        else:
            super().keyPressEvent(event)
            if self._popup is not None and event.text().strip():
                self._popup.ask()
            elif self._popup is not None and event.text():
                self._popup.hide()  # a blank ends the word that the offers are for

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        """Take the offer on Tab while the list is open; else go on to the next control."""
        if next and self._popup is not None and self._popup.accept_current():
            return True
        return super().focusNextPrevChild(next)

    def _applies(self, modifiers: Qt.KeyboardModifier) -> bool:
        """Tell whether Enter with these modifiers applies the filter here."""
        return modifiers == Qt.KeyboardModifier.ControlModifier

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._popup is not None and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()


class QueryLine(QueryEdit):
    """One line: Enter applies; line breaks of a longer query are shown as blanks."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[str] = []
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._set_height()

    def _set_height(self) -> None:
        self.setFixedHeight(QFontMetrics(self.font()).height() + 8)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_height()

    @override
    def load(self, text: str) -> None:
        self._lines = text.split("\n")
        super().load(" ".join(self._lines))

    @override
    def _place(self, error: QueryError) -> int:
        """Return the place of an error in the text as it was loaded, line breaks and all."""
        if len(self._lines) < 2 or " ".join(self._lines) != self.toPlainText():  # several lines
            return super()._place(error)
        above = self._lines[: (error.line or 1) - 1]
        return sum(units(line) + 1 for line in above) + units(self._lines[len(above)][: (error.column or 1) - 1])

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.ensureCursorVisible()

    @override
    def sizeHint(self) -> QSize:
        return QSize(400, self.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.height())

    @override
    def insertFromMimeData(self, source: QMimeData) -> None:
        self._insert(" ".join(source.text().split("\n")))

    @override
    def _applies(self, modifiers: Qt.KeyboardModifier) -> bool:
        del modifiers
        return True
