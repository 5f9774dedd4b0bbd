"""The list that offers how to complete a word of a query. It never takes the focus: the edit below gets the keys.

Owner: the query edit. Thread: the window's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QPlainTextEdit

from clacks_monitor.gui.kit.text_units import code_points, units
from clacks_monitor.gui.kit.tool_tips import plain_tip

_SHOWN_ROWS = 10
_MAX_OFFERS = 200


@dataclass(frozen=True, slots=True)
class Offer:
    """One completion: ``text`` replaces the code points from ``start`` to ``end``; ``note`` says what it is."""

    text: str
    start: int
    end: int
    note: str = ""


Completer = Callable[[str, int], Sequence[Offer]]
"""Text and position in code points to offers, the best first."""


class CompletionPopup(QListWidget):
    """A list below the cursor."""

    def __init__(self, edit: QPlainTextEdit, completer: Completer) -> None:
        super().__init__(edit.window())
        self._edit = edit
        self._completer = completer
        self._offers: Sequence[Offer] = ()
        self.setWindowFlags(Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.Box)
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("Completions"))
        self.itemClicked.connect(self._clicked)

    def ask(self, *, wanted: bool = False) -> None:
        """Look for offers at the cursor; ``wanted`` also where nothing has been typed yet."""
        text = self._edit.toPlainText()
        position = code_points(text, self._edit.textCursor().position())
        offers = [o for o in self._completer(text, position)[:_MAX_OFFERS] if o.text != text[o.start : o.end]]
        if not wanted:
            offers = [offer for offer in offers if offer.end > offer.start]
        self._offers = offers
        if not offers:
            self.hide()
            return
        self._fill()

    def _fill(self) -> None:
        self.clear()
        for offer in self._offers:
            note = offer.note if offer.note not in {"", offer.text.rpartition(":")[2]} else ""
            item = QListWidgetItem(f"{offer.text}   {note}" if note else offer.text, self)
            item.setToolTip(plain_tip(offer.note))
        self.setCurrentRow(0)
        row = self.sizeHintForRow(0)
        width = self.sizeHintForColumn(0) + self.verticalScrollBar().sizeHint().width() + 8
        self.resize(min(max(width, 160), 480), row * min(len(self._offers), _SHOWN_ROWS) + 2 * self.frameWidth())
        at = self._edit.cursorRect().bottomLeft()
        self.move(self._edit.viewport().mapToGlobal(at + QPoint(0, 2)))
        self.show()
        self.raise_()

    def takes_key(self, event: QKeyEvent) -> bool:
        """Handle a key that was meant for the list; False when it is the edit's."""
        if not self.isVisible():
            return False
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageDown, Qt.Key.Key_PageUp}:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _SHOWN_ROWS}.get(
                Qt.Key(key), -_SHOWN_ROWS
            )
            self.setCurrentRow(max(0, min(self.count() - 1, self.currentRow() + step)))
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._walked():
            return self.accept_current()
        if key == Qt.Key.Key_Escape:
            self.hide()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home}:
            self.hide()
        return False

    def accept_current(self) -> bool:
        """Insert the chosen offer; False when the list is not open."""
        open_ = self.isVisible()
        if open_:
            self._accept(self.currentRow())
        return open_

    def _walked(self) -> bool:
        """Tell whether the user has chosen in the list: only then Enter takes the offer instead of applying."""
        return self.currentRow() > 0

    @Slot(QListWidgetItem)
    def _clicked(self, item: QListWidgetItem) -> None:
        self._accept(self.row(item))

    def _accept(self, row: int) -> None:
        self.hide()
        if not 0 <= row < len(self._offers):
            return
        offer = self._offers[row]
        text = self._edit.toPlainText()
        cursor = self._edit.textCursor()
        cursor.setPosition(units(text[: offer.start]))
        cursor.setPosition(units(text[: offer.end]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(offer.text)
        self._edit.setTextCursor(cursor)
