"""Two events side by side, line by line: what only one of them has is tinted.

Large events are laid out and compared on a thread; what is compared is their beginning, and the dialog says so.
Owner: who opens it. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QKeySequence, QShortcut, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from clacks_monitor.core.untrusted import one_line
from clacks_monitor.gui.detail.reading import AT_ONCE_BYTES
from clacks_monitor.gui.detail.shown_text import Shown, shown
from clacks_monitor.gui.detail.text_pane import TextPane
from clacks_monitor.gui.kit import formats, xml_text
from clacks_monitor.gui.kit.labels import PlainLabel
from clacks_monitor.gui.kit.latest_task import LatestTask
from clacks_monitor.gui.kit.layouts import child
from clacks_monitor.gui.kit.plain_text import spoken
from clacks_monitor.gui.kit.theme import digits_font
from clacks_monitor.gui.table.line_diff import Alignment, align
from clacks_monitor.gui.ui.ui_dialog_difference import Ui_DifferenceDialog

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from clacks_monitor.core.event import Event, Excerpt
    from clacks_monitor.gui.kit.theme import Theme

MAX_LINES = 2_000
MAX_CHARACTERS = 200_000
_FEW = 100
Numbered = tuple[int, "Event", "Excerpt"]


def lines_of(event: Event, excerpt: Excerpt) -> Shown:
    """Return the beginning of an event as lines: its properties and its body, laid out where that is XML."""
    raw = event.raw
    head = [f"{name} = {value}" for name, value in sorted(raw.properties.items())]
    facts = [("subject", raw.subject), ("user", raw.user_id), ("content type", raw.content_type)]
    head += [f"{name}: {value}" for name, value in facts if value]
    body = xml_text.pretty(raw.body, whole=not excerpt.cut)
    found = shown("\n".join((*head, body)), MAX_CHARACTERS, MAX_LINES)
    return Shown(found.lines, cut=found.cut or excerpt.cut or excerpt.unlisted > 0)


def _compared(left: Numbered, right: Numbered, wanted: Callable[[], None]) -> tuple[Alignment, bool]:
    one = lines_of(*left[1:])
    wanted()
    other = lines_of(*right[1:])
    return align(one.lines, other.lines, wanted), one.cut or other.cut


def _is_small(event: Event, excerpt: Excerpt) -> bool:
    return excerpt.size <= AT_ONCE_BYTES and excerpt.unlisted == 0 and len(event.raw.properties) <= _FEW


class DifferenceDialog(QDialog):
    """Shows two events; both sides scroll together, F3 goes to the next difference."""

    def __init__(self, left: Numbered, right: Numbered, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        Ui_DifferenceDialog().setupUi(self)
        self._theme = theme
        self._find: Sequence[int] = ()
        self._filling = 0
        self.differences = 0
        self.task = LatestTask("comparing events", self)
        self.task.done.connect(self._on_compared)
        self.sides = (child(self, TextPane, "left"), child(self, TextPane, "right"))
        for side, (sequence, event, _excerpt), name in zip(
            self.sides, (left, right), ("leftTitle", "rightTitle"), strict=True
        ):
            title = f"{formats.number(sequence)}  {one_line(event.type, 60)}  {formats.clock(event.wall_ns)}"
            child(self, PlainLabel, name).setText(title)
            side.setAccessibleName(spoken(title))
            side.setFont(digits_font())
            side.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            side.filled.connect(self._begin)
        bars = [side.verticalScrollBar() for side in self.sides]
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)
        child(self, QDialogButtonBox, "buttons").rejected.connect(self.reject)
        self.finished.connect(self.task.give_up)
        QShortcut(QKeySequence(QKeySequence.StandardKey.FindNext), self).activated.connect(self.next_difference)
        if _is_small(*left[1:]) and _is_small(*right[1:]):
            self._on_compared(_compared(left, right, lambda: None))
        else:
            child(self, PlainLabel, "summary").setText(self.tr("Comparing…"))
            self.task.ask(lambda wanted: _compared(left, right, wanted))

    @Slot(object)
    def _on_compared(self, found: tuple[Alignment, bool]) -> None:
        alignment, cut = found
        self.differences = alignment.differences
        self._find = [number for number, pair in enumerate(alignment.pairs) if pair[2]]
        tinted, tint = frozenset(self._find), QTextBlockFormat()
        tint.setBackground(self._theme.washed(self._theme.warn, 0.18))
        self._filling = len(self.sides)
        for number, side in enumerate(self.sides):
            side.show_lines([pair[1] if number else pair[0] for pair in alignment.pairs], tinted, tint)
        child(self, PlainLabel, "summary").setText(self._message(alignment, cut=cut))

    def _message(self, alignment: Alignment, *, cut: bool) -> str:
        if self.differences:
            text = [self.tr("%Ln line(s) differ", "", self.differences)]
        else:
            text = [self.tr("The compared beginnings are identical") if cut else self.tr("The events are identical")]
        if alignment.coarse:
            text.append(self.tr("too different for a line-by-line comparison"))
        if cut:
            text.append(self.tr("only the beginning of each event is compared"))
        return "; ".join(text)

    @Slot()
    def _begin(self) -> None:
        """Go to the first difference once both sides are there."""
        self._filling -= 1
        if self._filling == 0:
            self.next_difference()

    @Slot()
    def next_difference(self) -> None:
        """Go to the first line that differs below the cursor."""
        here = self.sides[0].textCursor().blockNumber()
        line = next((n for n in self._find if n > here), self._find[0] if self._find else 0)
        for side in self.sides:
            cursor = QTextCursor(side.document().findBlockByNumber(line))
            side.setTextCursor(cursor)
            side.centerCursor()
