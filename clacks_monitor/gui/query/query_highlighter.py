"""Colours query text by what its pieces are. Offsets of the lexer are code points, Qt's are UTF-16 units.

Owner: the text edit whose document it colours. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from typing_extensions import override

from clacks_monitor.gui.kit.contrast import readable_on
from clacks_monitor.gui.kit.text_units import units
from clacks_monitor.xquery.editor.highlight import highlight_line
from clacks_monitor.xquery.editor.tokens import INITIAL, LineState, TokenClass

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

_LIGHT = {
    TokenClass.KEYWORD: "#7b2fa8", TokenClass.FUNCTION: "#1f5f96", TokenClass.VARIABLE: "#8a4b00",
    TokenClass.PREFIX: "#5b636b", TokenClass.TYPE: "#0f6b6b", TokenClass.STRING: "#1d6f42",
    TokenClass.NUMBER: "#a03a1a", TokenClass.COMMENT: "#5b636b", TokenClass.TAG: "#1f5f96",
    TokenClass.ATTRIBUTE: "#8a4b00", TokenClass.ENTITY: "#a03a1a", TokenClass.OPERATOR: "#5b636b",
    TokenClass.ERROR: "#b3261e",
}  # fmt: skip
_DARK = {
    TokenClass.KEYWORD: "#c99af0", TokenClass.FUNCTION: "#86b8e8", TokenClass.VARIABLE: "#e5b27a",
    TokenClass.PREFIX: "#a2abb3", TokenClass.TYPE: "#78cfcf", TokenClass.STRING: "#8fd0a6",
    TokenClass.NUMBER: "#f0a58a", TokenClass.COMMENT: "#a2abb3", TokenClass.TAG: "#86b8e8",
    TokenClass.ATTRIBUTE: "#e5b27a", TokenClass.ENTITY: "#f0a58a", TokenClass.OPERATOR: "#a2abb3",
    TokenClass.ERROR: "#f2908a",
}  # fmt: skip


def token_formats(theme: Theme) -> dict[TokenClass, QTextCharFormat]:
    """Return a format for each class of token, readable on the theme's base."""
    formats: dict[TokenClass, QTextCharFormat] = {}
    for kind, name in (_DARK if theme.dark else _LIGHT).items():
        shown = QTextCharFormat()
        shown.setForeground(readable_on(theme.base, QColor(name), theme.text))
        if kind is TokenClass.COMMENT:
            shown.setFontItalic(True)
        if kind is TokenClass.KEYWORD:
            shown.setFontWeight(QFont.Weight.DemiBold)
        formats[kind] = shown
    return formats


class QueryHighlighter(QSyntaxHighlighter):
    """Colours a document that holds a query. The state of each line is kept with a number that stands for it."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats = token_formats(theme)
        self._states: list[LineState] = [INITIAL]
        self._numbers: dict[LineState, int] = {INITIAL: 0}
        theme.changed.connect(self._recolour)

    def _recolour(self) -> None:
        self._formats = token_formats(self._theme)
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        before = self.previousBlockState()
        tokens, after = highlight_line(text, self._states[max(0, before)])
        plane = text.isascii() or units(text) == len(text)
        for start, end, kind in tokens:
            shown = self._formats.get(kind)
            if shown is None:
                continue
            first = start if plane else units(text[:start])
            last = end if plane else units(text[:end])
            self.setFormat(first, last - first, shown)
        if after not in self._numbers:
            self._numbers[after] = len(self._states)
            self._states.append(after)
        self.setCurrentBlockState(self._numbers[after])
