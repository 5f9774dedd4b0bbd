"""The declarations and bindings of an incomplete query text: prefixes, variables, functions.

Role: reads tokens tolerantly, for completion and hover. Owner: the call that makes it. Thread: one call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from clacks_monitor.xquery.editor.tokens import TokenClass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clacks_monitor.xquery.editor.source_tokens import SourceTokens


class Declarations:
    """The declarations and bindings among the tokens of a text."""

    def __init__(self, tokens: SourceTokens) -> None:
        self._tokens = tokens

    def namespaces(self) -> dict[str, str]:
        """Collect the declared prefixes; "" is the default element namespace."""
        found: dict[str, str] = {}
        texts = [token.text for token in self._tokens]
        for i, text in enumerate(texts):
            if text != "namespace" or self._tokens[i].kind is not TokenClass.KEYWORD:
                continue
            if texts[i + 2 : i + 3] == ["="] and texts[i + 3 : i + 4]:
                found[texts[i + 1]] = texts[i + 3][1:-1]
            elif texts[i - 1] == "element" and texts[i + 1 : i + 2]:
                found[""] = texts[i + 1][1:-1]
        return found

    def bindings(self, before: int | None = None) -> Iterator[tuple[str, int]]:
        """Yield each variable that is bound, with the index of its token, the nearest first."""
        last = len(self._tokens) if before is None else min(before, len(self._tokens))
        for i in range(last - 1, -1, -1):
            if self._tokens[i].kind is TokenClass.VARIABLE and self._is_binding(i):
                yield self._tokens[i].text, i

    def _is_binding(self, index: int) -> bool:
        after = self._tokens.text_at(index + 1)
        if after in {":=", "in", "at"}:
            return True
        before = self._tokens.text_at(index - 1)
        if before in {"variable", "at", "count", "let", "for", "some", "every", "window"}:
            return True
        in_list = after in {",", ")", "as"} and before in {"(", ","}
        return in_list and self._in_parameters(index)

    def _in_parameters(self, index: int) -> bool:
        opening = self._tokens.unmatched(index, "(")
        if not opening:
            return False
        if self._tokens[opening - 1].text == "function":
            return True
        start = opening - 2
        while start >= 0 and self._tokens[start].kind in {TokenClass.PREFIX, TokenClass.KEYWORD}:
            if self._tokens[start].text == "function":
                return True
            start -= 1
        return False

    def functions(self) -> Iterator[tuple[str, int]]:
        """Yield each declared function, with the index of its (unprefixed) name."""
        for i, token in enumerate(self._tokens):
            if token.kind is TokenClass.FUNCTION:
                prefixed = self._tokens.kind_at(i - 1) is TokenClass.PREFIX
                if self._tokens.text_at(i - 1 - prefixed) == "function":
                    yield (self._tokens.text_at(i - 1) if prefixed else "") + token.text, i
