"""The elements of the schemas that axes lead to.

Owner: one call of lint. Thread: one call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from clacks_monitor.xquery.editor.vocabulary import ElementWord, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clacks_monitor.xquery import syntax as s

MAX_ELEMENTS: Final = 5_000
"""Elements that are examined below a ``//``; beyond that nothing is certain."""
DOWN: Final = frozenset(("descendant", "descendant-or-self"))


ANYTHING: Final = ElementWord("", open=True)
"""Stands for elements that are not known, beside those that are."""


class SchemaPaths:
    """The vocabulary and the axes through it; ``namespaces`` are the prefixes of the query."""

    def __init__(self, vocabulary: Vocabulary, namespaces: Mapping[str, str]) -> None:
        self.namespace = vocabulary.namespace
        self.document = ElementWord("", vocabulary.roots)
        self.prefix = next((p for p, uri in namespaces.items() if uri == vocabulary.namespace and p), "")
        self._parents: dict[ElementWord, list[ElementWord]] | None = None

    def has_name(self, word: ElementWord, name: s.NameTest) -> bool:
        """Whether an element has this name; the document has none."""
        return (
            word is not self.document
            and name.local in (None, word.name)
            and (name.uri is None or name.uri == self.namespace)
        )

    def along(self, axis: str, elements: Sequence[ElementWord]) -> tuple[tuple[ElementWord, ...], bool]:
        """Return the elements that an axis leads to, and whether it certainly leads to no others."""
        if axis == "child":
            return _once(child for word in elements for child in word.children), True
        if axis == "self":
            return tuple(elements), True
        if axis in DOWN:
            return self._below(elements, itself=axis == "descendant-or-self")
        parents = _once(parent for word in elements for parent in self._parents_of(word))
        if axis == "parent":
            return parents, True
        if axis in ("following-sibling", "preceding-sibling"):
            return _once(child for parent in parents for child in parent.children), True
        return (), False

    def _below(self, elements: Sequence[ElementWord], *, itself: bool) -> tuple[tuple[ElementWord, ...], bool]:
        certain = not any(word.open for word in elements)
        seen: dict[ElementWord, None] = dict.fromkeys(elements if itself else ())
        stack = [child for word in elements for child in word.children][::-1]
        while stack:
            word = stack.pop()
            if word not in seen:
                seen[word] = None
                stack += word.children[::-1]
                certain = certain and not word.open
            if len(seen) > MAX_ELEMENTS:
                return tuple(seen), False
        return tuple(seen), certain

    def _parents_of(self, word: ElementWord) -> list[ElementWord]:
        if self._parents is None:
            self._parents = {}
            for parent in (self.document, *self._below([self.document], itself=False)[0]):
                for child in parent.children:
                    self._parents.setdefault(child, []).append(parent)
        return self._parents.get(word, [])


def _once(elements: Iterable[ElementWord]) -> tuple[ElementWord, ...]:
    return tuple(dict.fromkeys(elements))
