"""Tokens of a query for the editor's colours; also what completion, hover and layout read.

Role: text -> classified tokens, line by line, on any text however broken or half typed.
Owner: the editor that calls it. Thread: any; lines are remembered, so a key press costs one line.

Offsets count code points. An editor that counts UTF-16 units (Qt does) converts at its border.
"""

from __future__ import annotations

from functools import lru_cache

from clacks_monitor.xquery.editor.lexer import tokenize_line
from clacks_monitor.xquery.editor.lexer_state import MAX_DEPTH, MAX_LINE
from clacks_monitor.xquery.editor.tokens import INITIAL, LineState, Token, TokenClass

__all__ = ["INITIAL", "MAX_DEPTH", "MAX_LINE", "LineState", "Token", "TokenClass", "highlight", "highlight_line"]


@lru_cache(maxsize=2_000)
def highlight_line(line: str, state: LineState = INITIAL) -> tuple[tuple[Token, ...], LineState]:
    """Classify one line (without its line end) that begins in ``state``; never raises."""
    return tokenize_line(line, state)


def highlight(text: str) -> list[Token]:
    """Classify a whole text; a token never spans lines. Never raises."""
    tokens: list[Token] = []
    state = INITIAL
    start = 0
    for line in text.split("\n"):
        found, state = highlight_line(line, state)
        tokens += [Token(start + a, start + b, kind) for a, b, kind in found]
        start += len(line) + 1
    return tokens
