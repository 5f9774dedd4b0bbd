"""The tokens of a query text with their texts, and how brackets pair among them.

Owner: the call that makes it. Thread: one call, nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clacks_monitor.xquery.editor.highlight import highlight
from clacks_monitor.xquery.editor.tokens import TokenClass

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_OPENING: Final = frozenset(_CLOSING.values())


class SourceToken(NamedTuple):
    """A token with its text; comments are left out."""

    text: str
    kind: TokenClass
    start: int
    end: int


class SourceTokens:
    """The tokens of a text without its comments."""

    def __init__(self, text: str) -> None:
        self._tokens = [
            SourceToken(text[start:end], kind, start, end)
            for start, end, kind in highlight(text)
            if kind is not TokenClass.COMMENT
        ]

    def __len__(self) -> int:
        return len(self._tokens)

    def __iter__(self) -> Iterator[SourceToken]:
        return iter(self._tokens)

    def __getitem__(self, index: int) -> SourceToken:
        return self._tokens[index]

    def index_at(self, offset: int) -> int:
        """Find the first token that ends after ``offset``."""
        low, high = 0, len(self._tokens)
        while low < high:
            middle = (low + high) // 2
            if self._tokens[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def text_at(self, index: int) -> str:
        """Return the text of a token, "" outside of the query."""
        return self._tokens[index].text if 0 <= index < len(self._tokens) else ""

    def kind_at(self, index: int) -> TokenClass | None:
        """Return the class of a token, None outside of the query."""
        return self._tokens[index].kind if 0 <= index < len(self._tokens) else None

    def unmatched(self, index: int, wanted: str) -> int | None:
        """Walk outwards to the nearest open bracket of a kind, ``{`` ends the search for ``(``."""
        closed = 0
        for i in range(min(index, len(self._tokens)) - 1, -1, -1):
            token = self._tokens[i]
            if token.kind is not TokenClass.OPERATOR:
                continue
            if token.text in _CLOSING:
                closed += 1
            elif token.text in _OPENING:
                if closed:
                    closed -= 1
                elif token.text == wanted:
                    return i
                elif token.text == "{" and wanted == "(":
                    return None
        return None

    def matching(self, closing: int) -> int | None:
        """Return the bracket that a closing one belongs to, None if there is none."""
        depth = 0
        for i in range(closing, -1, -1):
            if self._tokens[i].kind is TokenClass.OPERATOR:
                depth += (self._tokens[i].text in _CLOSING) - (self._tokens[i].text in _OPENING)
                if depth == 0:
                    return i
        return None

    def closing(self, opening: int, limit: int) -> int:
        """Return the bracket that closes an opening one, ``limit`` if there is none before."""
        depth = 0
        for i in range(opening, limit):
            if self._tokens[i].kind is TokenClass.OPERATOR:
                depth += (self._tokens[i].text in _OPENING) - (self._tokens[i].text in _CLOSING)
                if depth == 0:
                    return i
        return limit
