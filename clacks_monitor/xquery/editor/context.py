"""The context at a position of a query text: its declarations, and the elements that its paths select.

Role: the tolerant reading under completion and hover; it guesses where the parser would refuse. Owner: the call that
makes it. Thread: one call, nothing is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.editor import keywords
from clacks_monitor.xquery.editor.declarations import Declarations
from clacks_monitor.xquery.editor.source_tokens import SourceToken, SourceTokens
from clacks_monitor.xquery.editor.tokens import TokenClass
from clacks_monitor.xquery.editor.vocabulary import ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_ELEMENTS: Final = 5_000
"""Elements that are examined below a ``//``."""
_MAX_HOPS: Final = 20
"""Variables that are followed one after the other."""

_SLASHES: Final = frozenset({"/", "//"})
_PATH_SIGNS: Final = frozenset({"/", "//", ".", "..", "@", "*", "::"})
_PATH_KINDS: Final = frozenset({
    TokenClass.NAME, TokenClass.PREFIX, TokenClass.ATTRIBUTE, TokenClass.VARIABLE,
})  # fmt: skip  # a table, by rows
_ENDS_OPERAND: Final = frozenset({TokenClass.NAME, TokenClass.ATTRIBUTE, TokenClass.VARIABLE})
_DOWN: Final = frozenset({"descendant", "descendant-or-self"})


class EditorContext:
    """A text as tokens, what it declares, and the elements of the schemas that its paths select."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary
        self.document = ElementWord("", vocabulary.roots)
        self.tokens = SourceTokens(text)
        self.declarations = Declarations(self.tokens)
        self._parents: dict[ElementWord, ElementWord] | None = None

    def prefix(self) -> str:
        """Return what names of the vocabulary begin with here: ``f:``, nothing, or ``*:``."""
        uri = self.vocabulary.namespace
        prefixes = [prefix for prefix, bound in self.declarations.namespaces().items() if bound == uri]
        if not uri or "" in prefixes:
            return ""
        return f"{prefixes[0]}:" if prefixes else "*:"

    def context_of(self, index: int) -> list[ElementWord]:
        """Find the context item at a token: what a predicate tests, or the document."""
        opening = self.tokens.unmatched(index, "[")
        if opening is None:
            return [self.document]
        return self.select(self.path_start(opening), opening)

    def base_of(self, index: int) -> list[ElementWord]:
        """Find the elements that a step which begins at token ``index`` starts from."""
        before = index
        while self.tokens.text_at(before - 1) == "::" or self.tokens.text_at(before - 1) == "@":
            before -= 2 if self.tokens.text_at(before - 1) == "::" else 1
        if self.tokens.text_at(before - 1) not in _SLASHES:
            return self.context_of(index)
        start = self.path_start(before - 1)
        found = self.select(start, before - 1) if start < before - 1 else [self.document]
        deep = self.tokens.text_at(before - 1) == "//" or self.tokens.text_at(before) in _DOWN
        return list(self.below(found)) if deep else found

    def path_start(self, end: int) -> int:
        """Walk back from token ``end`` (excluded) over what belongs to one path."""
        i = end
        while i > 0:
            token = self.tokens[i - 1]
            following = self.tokens[i] if i < end else None
            if token.text in {")", "]"} and token.kind is TokenClass.OPERATOR:
                opening = self.tokens.matching(i - 1)
                if opening is None:
                    break
                i = opening
                continue
            if not self._in_path(i - 1) or _two_operands(token, following):
                break
            i -= 1
        return i

    def select(self, start: int, end: int, hops: int = 0) -> list[ElementWord]:
        """Follow the path of tokens ``start`` to ``end`` as far as the vocabulary knows it."""
        current = self.context_of(start)
        down = False
        i = start
        while i < end:
            token = self.tokens[i]
            if token.text in _SLASHES:
                current = [self.document] if i == start else current
                down = token.text == "//"
            elif token.text in {"[", "("}:
                closing = self.tokens.closing(i, end)
                if token.text == "(" and i == start:
                    current = self.select(i + 1, closing, hops)
                i = closing
            elif token.kind is TokenClass.VARIABLE:
                current = self._bound(token.text, i, hops)
            elif token.text == "..":
                current = self._up(current)
            elif token.kind is TokenClass.NAME:
                axis = self.tokens.text_at(i - 1 - (self.tokens.kind_at(i - 1) is TokenClass.PREFIX))
                deep = down or (axis == "::" and self._axis(i) in _DOWN)
                current = _children(self.below(current) if deep else current, token.text)
                down = False
            i += 1
        return current

    def below(self, elements: Iterable[ElementWord]) -> Iterator[ElementWord]:
        """Yield elements and everything below them, each once, up to a bound."""
        seen: set[ElementWord] = set()
        stack = list(elements)[::-1]
        while stack and len(seen) < MAX_ELEMENTS:
            word = stack.pop()
            if word not in seen:
                seen.add(word)
                yield word
                stack.extend(reversed(word.children))

    def _bound(self, name: str, before: int, hops: int) -> list[ElementWord]:
        if hops < _MAX_HOPS:
            for bound, index in self.declarations.bindings(before):
                if bound == name:
                    start = index + 1
                    while start < before and self.tokens[start].text not in {":=", "in"}:
                        start += 1
                    return self.select(start + 1, self._path_end(start + 1, before), hops + 1)
        return []

    def _path_end(self, start: int, limit: int) -> int:
        i = start
        while i < limit:
            if self.tokens[i].text in {"(", "["}:
                i = self.tokens.closing(i, limit)
            elif not self._in_path(i) or (i > start and _two_operands(self.tokens[i - 1], self.tokens[i])):
                break
            i += 1
        return min(i, limit)

    def _up(self, elements: list[ElementWord]) -> list[ElementWord]:
        if self._parents is None:
            self._parents = {child: word for word in self.below([self.document]) for child in word.children}
        return [self._parents[word] for word in elements if word in self._parents]

    def _in_path(self, index: int) -> bool:
        token = self.tokens[index]
        if token.kind in _PATH_KINDS or token.text in _PATH_SIGNS:
            return True
        after = self.tokens.text_at(index + 1)
        return (after == "::" and token.text in keywords.AXES) or (
            after == "(" and (token.text in keywords.KIND_TESTS or token.kind is TokenClass.FUNCTION)
        )

    def _axis(self, index: int) -> str:
        prefixed = self.tokens.kind_at(index - 1) is TokenClass.PREFIX
        return self.tokens.text_at(index - 2 - prefixed)


def _children(elements: Iterable[ElementWord], name: str) -> list[ElementWord]:
    found = {child: None for word in elements for child in word.children}
    return [child for child in found if name in {"*", child.name}]


def _two_operands(left: SourceToken, right: SourceToken | None) -> bool:
    """Whether two neighbours cannot be of one path: ``$a $b``, ``a b``."""
    if right is None or left.kind not in _ENDS_OPERAND or left.kind is TokenClass.PREFIX:
        return False
    return right.kind in _PATH_KINDS or right.text in {".", ".."}
