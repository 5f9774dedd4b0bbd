"""The state of the lexer within one line: the position, the levels around it, and the tokens so far.

Owner: lexer. Thread: a state belongs to one call.
"""

from __future__ import annotations

from typing import Final

from clacks_monitor.xquery.editor.tokens import Expect, Level, Token, TokenClass

MAX_LINE: Final = 10_000
"""Code points of one line that are read; the rest of a longer line is plain text."""
MAX_DEPTH: Final = 200
"""Open brackets and elements that are tracked; deeper ones are marked as errors."""
_new: Final = tuple.__new__  # half the time of Token(...), which runs thousands of times per text


class LexerState:
    """A position in a line, the levels around it, and the tokens so far."""

    def __init__(self, line: str, levels: list[Level]) -> None:
        self.line = line
        self.end = min(len(line), MAX_LINE)
        self.levels = levels
        self.tokens: list[Token] = []
        self.pos = 0

    def emit(self, end: int, kind: TokenClass) -> None:
        """Add a token from here to ``end``, unless it is empty."""
        if end > self.pos:
            self.tokens.append(_new(Token, (self.pos, end, kind)))
            self.pos = end

    def push(self, level: Level, end: int, kind: TokenClass) -> None:
        """Add a token and enter the level that it opens."""
        if len(self.levels) >= MAX_DEPTH:
            self.emit(end, TokenClass.ERROR)
        else:
            self.emit(end, kind)
            self.levels.append(level)

    def pop(self, end: int, kind: TokenClass) -> None:
        """Add a token and leave the level that it closes; a query below it has got its operand."""
        self.emit(end, kind)
        self.levels.pop()
        below = self.levels[-1]
        if below.mode == "query" and below.expect in {Expect.OPERAND, Expect.STEP}:
            self.expect(Expect.OPERATOR)

    def expect(self, expect: Expect) -> None:
        """Set what the grammar takes next on this level."""
        level = self.levels[-1]
        if level.expect != expect:
            self.levels[-1] = Level(level.mode, level.detail, expect)
