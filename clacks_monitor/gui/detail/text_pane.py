"""A text to be read, filled in pieces so that the window does not wait for it.

Owner: its parent. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QTimer, Signal, Slot
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from clacks_monitor.gui.detail.shown_text import SOFT_BREAK, joined
from clacks_monitor.gui.kit.text_units import code_points

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_LINES = 100
_CHARACTERS = 6_000
"""Of a piece: what is laid out and coloured in a few milliseconds."""
_BETWEEN_MS = 1


class TextPane(QPlainTextEdit):
    """``filled`` comes when the last piece is there. Breaks put into long lines are not copied."""

    filled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self._lines: Sequence[str] = ()
        self._next = 0
        self._tinted: Collection[int] = ()
        self._tint: QTextBlockFormat | None = None
        self._timer = QTimer(self, singleShot=True, interval=_BETWEEN_MS)
        self._timer.timeout.connect(self._add_piece)

    @property
    def filling(self) -> bool:
        """Whether pieces are still to come."""
        return self._next < len(self._lines)

    def show_lines(
        self, lines: Sequence[str], tinted: Collection[int] = (), tint: QTextBlockFormat | None = None
    ) -> None:
        """Show lines as shown_text makes them: the first piece now, the rest while the window lives on.

        Those at the places ``tinted`` get the format ``tint``.
        """
        self._lines, self._next, self._tinted, self._tint = lines, 0, tinted, tint
        self.clear()
        self._add_piece()

    def _piece(self) -> list[str]:
        """Return the next lines: one at least, and more while they are short."""
        first, size = self._next, 0
        while self._next < len(self._lines) and self._next - first < _LINES and size < _CHARACTERS:
            size += len(self._lines[self._next])
            self._next += 1
        return list(self._lines[first : self._next])

    @Slot()
    def _add_piece(self) -> None:
        first, lines = self._next, self._piece()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        if self._tint is None:
            cursor.insertText(("\n" if first else "") + "\n".join(line.removesuffix(SOFT_BREAK) for line in lines))
        else:
            self._add_tinted(cursor, first, lines)
        self._go_on()

    def _add_tinted(self, cursor: QTextCursor, first: int, lines: Sequence[str]) -> None:
        plain, tint = QTextBlockFormat(), self._tint or QTextBlockFormat()
        cursor.beginEditBlock()
        for number, line in enumerate(lines, first):
            look = tint if number in self._tinted else plain
            if number:
                cursor.insertBlock(look)
            else:
                cursor.setBlockFormat(look)
            cursor.insertText(line.removesuffix(SOFT_BREAK))
        cursor.endEditBlock()

    def _go_on(self) -> None:
        if self.filling:
            self._timer.start()
        else:
            self._timer.stop()
            self.filled.emit()

    # -- the text without what was put into it ---------------------------------------------------------------------

    def content(self) -> str:
        """Return what is shown, without the breaks put into long lines."""
        return joined("\n".join(self._lines[: self._next]))

    def place_in_content(self, position: int) -> int:
        """Return the character of content() at a position of the document."""
        block = self.document().findBlock(position)
        before = "".join(f"{line}\n" for line in self._lines[: block.blockNumber()])
        return len(joined(before)) + code_points(block.text(), position - block.position())

    def selected(self) -> str:
        """Return what is selected, without the breaks put into long lines."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return ""
        return self.content()[
            self.place_in_content(cursor.selectionStart()) : self.place_in_content(cursor.selectionEnd())
        ]

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.selected())
        return data
