"""Shows what waits to be allowed: all of it, nothing hidden or reordered; of a command, each argument with its number.

Owner: the pages of a profile's alert and webhook. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QWidget
from typing_extensions import override

from clacks_monitor.core.untrusted import clip, reveal
from clacks_monitor.gui.kit.theme import digits_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtGui import QPaintEvent

    from clacks_monitor.session.profiles.alert_consents import Looked

_AS_WRITTEN = "\u202d"
"""Letters of languages that are written from right to left would reorder what stands beside them."""
_LINES = 5
MAX_SHOWN = 20_000
"""Characters of a command that cannot be allowed; of one that can, all are shown."""


class ReviewView(QPlainTextEdit):
    """``seen`` comes when the end of the text was in sight: before that nobody can have judged it."""

    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.was_seen = False
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFont(digits_font())
        self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setMinimumHeight(_LINES * self.fontMetrics().lineSpacing() + 12)

    def show_blocks(self, blocks: Iterable[tuple[str, str]], most: int | None = None) -> None:
        """Show titles with texts; they count as not seen until the end was in sight. ``most`` clips them."""
        self.was_seen = False
        text = "\n".join(line for title, text in blocks for line in _block(title, text))
        self.setPlainText(text if most is None else clip(text, most))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Take note when the end of the text is painted: how long the text is, Qt finds out by and by."""
        super().paintEvent(event)
        if not self.was_seen and self.toPlainText():
            end = QTextCursor(self.document())
            end.movePosition(QTextCursor.MoveOperation.End)
            if self.cursorRect(end).bottom() <= self.viewport().height():
                self.was_seen = True
                self.seen.emit()


class CommandView(ReviewView):
    """Shows a command."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Program and arguments"))

    def show_command(self, looked: Looked) -> None:
        """Show a command; of one that cannot be allowed, the beginning."""
        self.show_blocks(self._blocks(looked) if looked.command else (), MAX_SHOWN if looked.problem else None)

    def _blocks(self, looked: Looked) -> Iterator[tuple[str, str]]:
        yield self.tr("Program"), looked.command[0]
        if looked.program not in {"", looked.command[0]}:
            yield self.tr("found at"), looked.program
        width = len(str(len(looked.command)))
        for number, argument in enumerate(looked.command[1:], 1):
            yield f"{number:>{width}}", argument or self.tr("(empty)")
        for file in looked.files:
            yield self.tr("includes"), f"{file.path}  ({file.size:,} B, SHA-256 {file.digest[:16]}…)"


def _block(title: str, text: str) -> Iterator[str]:
    """Yield a text behind its title; further lines are set in, so that they are not taken for another argument."""
    shown = reveal(text).replace("\t", "‹U+0009›").replace("\r", "‹U+000D›")
    first, *more = shown.split("\n")
    yield f"{_AS_WRITTEN}{title}: {first}"
    yield from (f"{_AS_WRITTEN}{' ' * (len(title) + 2)}{line}" for line in more)
