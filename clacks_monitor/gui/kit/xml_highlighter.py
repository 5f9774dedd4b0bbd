"""Colours XML in a text document, a bounded number of pieces in each turn of the event loop.

A text of some 200,000 characters can have tens of thousands of tags and entities; colouring all of them at once would
stop the window for a third of a second. Owner: the pane that shows the document. Thread: the window's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QSyntaxHighlighter, QTextBlock, QTextCharFormat, QTextDocument
from typing_extensions import override

from clacks_monitor.gui.detail.xml_scanner import State, pieces
from clacks_monitor.gui.kit.text_units import units
from clacks_monitor.gui.query.query_highlighter import token_formats
from clacks_monitor.xquery.editor.tokens import TokenClass

if TYPE_CHECKING:
    from clacks_monitor.gui.kit.theme import Theme

PIECES: Final = 2_000
"""How many pieces are coloured in a turn; the line in which that is reached is still coloured."""
LINE_PIECES: Final = 400
"""The further pieces of a line have no colour: each one costs at every painting of the line."""
_NOTHING: Final = -1


class XmlHighlighter(QSyntaxHighlighter):
    """Colours XML line by line; the state at a line's end is kept with it."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._formats: dict[str, QTextCharFormat] = {}
        self._spent = 0
        self._reached = _NOTHING
        self._waiting = _NOTHING
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._go_on)
        theme.changed.connect(self._recolour)
        self._read_colours()

    def _read_colours(self) -> None:
        formats = token_formats(self._theme)
        kinds = (TokenClass.COMMENT, TokenClass.STRING, TokenClass.TAG, TokenClass.ATTRIBUTE, TokenClass.ENTITY)
        self._formats = {kind.value: formats[kind] for kind in kinds}

    def _recolour(self) -> None:
        self._read_colours()
        self.rehighlight()

    @override
    def highlightBlock(self, text: str) -> None:
        number = self.currentBlock().blockNumber()
        self._turn.start()
        if self._spent >= PIECES:
            # The state stays as it was, so Qt does not go on to the lines behind this one.
            self.setCurrentBlockState(self.currentBlockState())
            self._waiting = number if self._waiting == _NOTHING else min(self._waiting, number)
            return
        self._reached = number
        self.setCurrentBlockState(self._colour(text, State(max(0, self.previousBlockState()))))

    def _colour(self, text: str, state: State) -> State:
        """Colour a line that begins in a state; return the one it ends in."""
        plane = text.isascii()
        at = count = 0
        for count, piece in enumerate(pieces(text, state), 1):
            state = piece.state
            length = piece.end - piece.start if plane else units(text[piece.start : piece.end])
            if piece.kind and count <= LINE_PIECES:
                self.setFormat(at, length, self._formats[piece.kind])
            at += length
        self._spent += count + 1  # a line without pieces costs, too
        return state

    def _go_on(self) -> None:
        """Begin a turn: colour the lines that wait, from the first one on."""
        self._spent = 0
        if self._waiting == _NOTHING:
            return
        block = self.document().findBlockByNumber(self._waiting)
        self._waiting = _NOTHING
        while block.isValid() and self._waiting == _NOTHING:
            self._reached = block.blockNumber()
            self.rehighlightBlock(block)  # Qt goes on behind it as long as lines' states change
            block = self._behind(block)

    def _behind(self, block: QTextBlock) -> QTextBlock:
        reached = max(self._reached, block.blockNumber())
        return self.document().findBlockByNumber(reached + 1)
