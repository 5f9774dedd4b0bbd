"""What a query text says up to a position: declarations, bindings, and what a path leads to.

Role: the tolerant reading under completion and hover; it guesses where the engine would refuse.
Owner: the call that makes it. Thread: one call, nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from clacks_monitor.xquery.editor import words
from clacks_monitor.xquery.editor.highlight import highlight
from clacks_monitor.xquery.editor.tokens import TokenClass
from clacks_monitor.xquery.editor.vocabulary import ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_WORDS: Final = 5_000
"""Elements that are looked at below a `//`."""
_MAX_HOPS: Final = 20
"""Variables that are followed one after the other."""

_CLOSING: Final = {")": "(", "]": "[", "}": "{"}
_OPENING: Final = frozenset(_CLOSING.values())
_SLASHES: Final = frozenset({"/", "//"})
_PATH_SIGNS: Final = frozenset({"/", "//", ".", "..", "@", "*", "::"})
_PATH_KINDS: Final = frozenset({
    TokenClass.NAME, TokenClass.PREFIX, TokenClass.ATTRIBUTE, TokenClass.VARIABLE,
})  # fmt: skip  # a table, by rows
_ENDS_OPERAND: Final = frozenset({TokenClass.NAME, TokenClass.ATTRIBUTE, TokenClass.VARIABLE})
_DOWN: Final = frozenset({"descendant", "descendant-or-self"})


class Piece(NamedTuple):
    """A token with its text; comments are left out."""

    text: str
    kind: TokenClass
    start: int
    end: int


class EditorContext:
    """A text as pieces, with the questions that the services ask about it."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.document = ElementWord("", vocabulary.roots)
        self.pieces = [
            Piece(text[start:end], kind, start, end)
            for start, end, kind in highlight(text)
            if kind is not TokenClass.COMMENT
        ]
        self._parents: dict[ElementWord, ElementWord] | None = None

    # -- declarations

    def index_at(self, offset: int) -> int:
        """Find the first piece that ends after `offset`."""
        low, high = 0, len(self.pieces)
        while low < high:
            middle = (low + high) // 2
            if self.pieces[middle].end <= offset:
                low = middle + 1
            else:
                high = middle
        return low

    def namespaces(self) -> dict[str, str]:
        """Collect the declared prefixes; "" is the default element namespace."""
        found: dict[str, str] = {}
        texts = [piece.text for piece in self.pieces]
        for i, text in enumerate(texts):
            if text != "namespace" or self.pieces[i].kind is not TokenClass.KEYWORD:
                continue
            if texts[i + 2 : i + 3] == ["="] and texts[i + 3 : i + 4]:
                found[texts[i + 1]] = texts[i + 3][1:-1]
            elif texts[i - 1] == "element" and texts[i + 1 : i + 2]:
                found[""] = texts[i + 1][1:-1]
        return found

    def prefix(self) -> str:
        """Return what names of the vocabulary begin with here: `f:`, nothing, or `*:`."""
        uri = self.vocabulary.namespace
        prefixes = [prefix for prefix, bound in self.namespaces().items() if bound == uri]
        if not uri or "" in prefixes:
            return ""
        return f"{prefixes[0]}:" if prefixes else "*:"

    def bindings(self, before: int | None = None) -> Iterator[tuple[str, int]]:
        """Yield each variable that is bound, with the index of its piece, the nearest first."""
        last = len(self.pieces) if before is None else min(before, len(self.pieces))
        for i in range(last - 1, -1, -1):
            if self.pieces[i].kind is TokenClass.VARIABLE and self._is_binding(i):
                yield self.pieces[i].text, i

    def _is_binding(self, index: int) -> bool:
        after = self._text(index + 1)
        if after in {":=", "in", "at"}:
            return True
        before = self._text(index - 1)
        if before in {"variable", "at", "count", "let", "for", "some", "every", "window"}:
            return True
        in_list = after in {",", ")", "as"} and before in {"(", ","}
        return in_list and self._in_parameters(index)

    def _in_parameters(self, index: int) -> bool:
        opening = self._unmatched(index, "(")
        before = self._piece(opening - 1) if opening is not None else None
        if opening is None or before is None:
            return False
        if before.text == "function":
            return True
        start = opening - 2
        while start >= 0 and self.pieces[start].kind in {TokenClass.PREFIX, TokenClass.KEYWORD}:
            if self.pieces[start].text == "function":
                return True
            start -= 1
        return False

    def functions(self) -> Iterator[tuple[str, int]]:
        """Yield each declared function, with the index of its (unprefixed) name."""
        for i, piece in enumerate(self.pieces):
            if piece.kind is TokenClass.FUNCTION:
                prefixed = self._kind(i - 1) is TokenClass.PREFIX
                if self._text(i - 1 - prefixed) == "function":
                    yield (self._text(i - 1) if prefixed else "") + piece.text, i

    # -- paths

    def context_of(self, index: int) -> list[ElementWord]:
        """Find the context item at a piece: what a predicate tests, or the document."""
        opening = self._unmatched(index, "[")
        if opening is None:
            return [self.document]
        return self.select(self.path_start(opening), opening)

    def base_of(self, index: int) -> list[ElementWord]:
        """Find the elements that a step which begins at piece `index` starts from."""
        before = index
        while self._text(before - 1) == "::" or self._text(before - 1) == "@":
            before -= 2 if self._text(before - 1) == "::" else 1
        if self._text(before - 1) not in _SLASHES:
            return self.context_of(index)
        start = self.path_start(before - 1)
        found = self.select(start, before - 1) if start < before - 1 else [self.document]
        deep = self._text(before - 1) == "//" or self._text(before) in _DOWN
        return list(self.below(found)) if deep else found

    def path_start(self, end: int) -> int:
        """Walk back from piece `end` (excluded) over what belongs to one path."""
        i = end
        while i > 0:
            piece = self.pieces[i - 1]
            following = self._piece(i) if i < end else None
            if piece.text in {")", "]"} and piece.kind is TokenClass.OPERATOR:
                opening = self._matching(i - 1)
                if opening is None:
                    break
                i = opening
                continue
            if not self._in_path(i - 1) or _two_operands(piece, following):
                break
            i -= 1
        return i

    def select(self, start: int, end: int, hops: int = 0) -> list[ElementWord]:
        """Follow the path of pieces `start` to `end` as far as the vocabulary knows it."""
        current = self.context_of(start)
        down = False
        i = start
        while i < end:
            piece = self.pieces[i]
            if piece.text in _SLASHES:
                current = [self.document] if i == start else current
                down = piece.text == "//"
            elif piece.text in {"[", "("}:
                closing = self._closing(i, end)
                if piece.text == "(" and i == start:
                    current = self.select(i + 1, closing, hops)
                i = closing
            elif piece.kind is TokenClass.VARIABLE:
                current = self._bound(piece.text, i, hops)
            elif piece.text == "..":
                current = self._up(current)
            elif piece.kind is TokenClass.NAME:
                axis = self._text(i - 1 - (self._kind(i - 1) is TokenClass.PREFIX))
                deep = down or (axis == "::" and self._axis(i) in _DOWN)
                current = _children(self.below(current) if deep else current, piece.text)
                down = False
            i += 1
        return current

    def below(self, elements: Iterable[ElementWord]) -> Iterator[ElementWord]:
        """Yield elements and everything below them, each once, up to a bound."""
        seen: set[ElementWord] = set()
        stack = list(elements)[::-1]
        while stack and len(seen) < MAX_WORDS:
            word = stack.pop()
            if word not in seen:
                seen.add(word)
                yield word
                stack.extend(reversed(word.children))

    def _bound(self, name: str, before: int, hops: int) -> list[ElementWord]:
        if hops < _MAX_HOPS:
            for bound, index in self.bindings(before):
                if bound == name:
                    start = index + 1
                    while start < before and self.pieces[start].text not in {":=", "in"}:
                        start += 1
                    return self.select(start + 1, self._path_end(start + 1, before), hops + 1)
        return []

    def _path_end(self, start: int, limit: int) -> int:
        i = start
        while i < limit:
            if self.pieces[i].text in {"(", "["}:
                i = self._closing(i, limit)
            elif not self._in_path(i) or (i > start and _two_operands(self.pieces[i - 1], self.pieces[i])):
                break
            i += 1
        return min(i, limit)

    def _up(self, elements: list[ElementWord]) -> list[ElementWord]:
        if self._parents is None:
            self._parents = {child: word for word in self.below([self.document]) for child in word.children}
        return [self._parents[word] for word in elements if word in self._parents]

    def _in_path(self, index: int) -> bool:
        piece = self.pieces[index]
        if piece.kind in _PATH_KINDS or piece.text in _PATH_SIGNS:
            return True
        after = self._text(index + 1)
        return (after == "::" and piece.text in words.AXES) or (
            after == "(" and (piece.text in words.KIND_TESTS or piece.kind is TokenClass.FUNCTION)
        )

    def _axis(self, index: int) -> str:
        prefixed = self._kind(index - 1) is TokenClass.PREFIX
        return self._text(index - 2 - prefixed)

    # -- brackets

    def _unmatched(self, index: int, wanted: str) -> int | None:
        """Walk outwards to the nearest open bracket of a kind, `{` ends the search for `(`."""
        closed = 0
        for i in range(min(index, len(self.pieces)) - 1, -1, -1):
            piece = self.pieces[i]
            if piece.kind is not TokenClass.OPERATOR:
                continue
            if piece.text in _CLOSING:
                closed += 1
            elif piece.text in _OPENING:
                if closed:
                    closed -= 1
                elif piece.text == wanted:
                    return i
                elif piece.text == "{" and wanted == "(":
                    return None
        return None

    def _matching(self, closing: int) -> int | None:
        depth = 0
        for i in range(closing, -1, -1):
            if self.pieces[i].kind is TokenClass.OPERATOR:
                depth += (self.pieces[i].text in _CLOSING) - (self.pieces[i].text in _OPENING)
                if depth == 0:
                    return i
        return None

    def _closing(self, opening: int, limit: int) -> int:
        depth = 0
        for i in range(opening, limit):
            if self.pieces[i].kind is TokenClass.OPERATOR:
                depth += (self.pieces[i].text in _OPENING) - (self.pieces[i].text in _CLOSING)
                if depth == 0:
                    return i
        return limit

    def _piece(self, index: int) -> Piece | None:
        return self.pieces[index] if 0 <= index < len(self.pieces) else None

    def _text(self, index: int) -> str:
        return self.pieces[index].text if 0 <= index < len(self.pieces) else ""

    def _kind(self, index: int) -> TokenClass | None:
        return self.pieces[index].kind if 0 <= index < len(self.pieces) else None


def _children(elements: Iterable[ElementWord], name: str) -> list[ElementWord]:
    found = {child: None for word in elements for child in word.children}
    return [child for child in found if name in {"*", child.name}]


def _two_operands(left: Piece, right: Piece | None) -> bool:
    """Whether two neighbours cannot be of one path: `$a $b`, `a b`."""
    if right is None or left.kind not in _ENDS_OPERAND or left.kind is TokenClass.PREFIX:
        return False
    return right.kind in _PATH_KINDS or right.text in {".", ".."}
