"""Two events side by side, line by line: what only one of them has is tinted. Owner: whoever opens it; its thread."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QWidget

from clacks_monitor.gui import formats
from clacks_monitor.gui.detail import xml_text
from clacks_monitor.gui.labels import PlainLabel
from clacks_monitor.gui.layouts import child, load_layout
from clacks_monitor.gui.plain_text import spoken
from clacks_monitor.gui.theme import digits_font

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clacks_monitor.core.event import Event
    from clacks_monitor.gui.theme import Theme

MAX_LINES = 2_000
Numbered = tuple[int, "Event"]


def lines_of(event: Event) -> list[str]:
    """Return an event's properties and its body as lines, the body laid out where it is XML."""
    raw = event.raw
    head = [f"{name} = {value}" for name, value in sorted(raw.properties.items())]
    facts = [("subject", raw.subject), ("user", raw.user_id), ("content type", raw.content_type)]
    head += [f"{name}: {value}" for name, value in facts if value]
    return [*head, *xml_text.pretty(raw.body).splitlines()][:MAX_LINES]


def aligned(left: Sequence[str], right: Sequence[str]) -> list[tuple[str, str, bool]]:
    """Return pairs of lines, "" where one side has none, and whether they differ."""
    pairs: list[tuple[str, str, bool]] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        ours, theirs = left[a:b], right[c:d]
        for n in range(max(len(ours), len(theirs))):
            one = ours[n] if n < len(ours) else ""
            other = theirs[n] if n < len(theirs) else ""
            pairs.append((one, other, kind != "equal"))
    return pairs


class DifferenceDialog(QDialog):
    """Shows two events; both sides scroll together, F3 goes to the next difference."""

    def __init__(self, left: Numbered, right: Numbered, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_layout("dialog_difference", self)
        self._theme = theme
        self.sides = (child(self, QPlainTextEdit, "left"), child(self, QPlainTextEdit, "right"))
        pairs = aligned(lines_of(left[1]), lines_of(right[1]))
        self.differences = sum(differs for _one, _other, differs in pairs)
        for number, (side, (sequence, event), name) in enumerate(
            zip(self.sides, (left, right), ("leftTitle", "rightTitle"), strict=True)
        ):
            title = f"{formats.number(sequence)}  {event.type}  {formats.clock(event.wall_ns)}"
            child(self, PlainLabel, name).setText(title)
            side.setAccessibleName(spoken(title))
            side.setFont(digits_font())
            side.setPlainText("\n".join(pair[1] if number else pair[0] for pair in pairs))
            self._tint(side, [pair[2] for pair in pairs])
        words = (
            self.tr("%Ln line(s) differ", "", self.differences) if self.differences else self.tr("They are the same")
        )
        child(self, PlainLabel, "summary").setText(words)
        bars = [side.verticalScrollBar() for side in self.sides]
        bars[0].valueChanged.connect(bars[1].setValue)
        bars[1].valueChanged.connect(bars[0].setValue)
        child(self, QDialogButtonBox, "buttons").rejected.connect(self.reject)
        self._find = [number for number, pair in enumerate(pairs) if pair[2]]
        self.next_difference()

    def _tint(self, side: QPlainTextEdit, differ: Sequence[bool]) -> None:
        form = QTextBlockFormat()
        form.setBackground(self._theme.washed(self._theme.warn, 0.18))
        cursor = QTextCursor(side.document())
        for number, differs in enumerate(differ):
            if differs:
                cursor.setPosition(side.document().findBlockByNumber(number).position())
                cursor.setBlockFormat(form)

    @Slot()
    def next_difference(self) -> None:
        """Go to the first line that differs below the cursor."""
        here = self.sides[0].textCursor().blockNumber()
        line = next((n for n in self._find if n > here), self._find[0] if self._find else 0)
        for side in self.sides:
            cursor = QTextCursor(side.document().findBlockByNumber(line))
            side.setTextCursor(cursor)
            side.centerCursor()
